"""Fiches action: the technical annexe of a convention, a block of its dispositif kept version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import ECHEANCIERS, RUBRIQUES, SUIVIS
from inclusion_desk.domain.refus import Refus


@dataclass(frozen=True, slots=True)
class Indicateur:
    """What a bilan measures; ``cible`` is the target in words or figures, empty where none is set."""

    libelle: str
    cible: str = ""


@dataclass(frozen=True, slots=True)
class FicheAction:
    """One version of the sheet of a dispositif; ``rang`` is its number, 1 for the first.

    Texts: a blank line separates paragraphs, « - » begins an entry of a list, « 1. » one of a numbered list, « # » a
    small title.
    """

    id: int
    version: int
    dispositif_id: int
    dispositif: str
    rang: int
    titre: str
    public: str = ""
    finalite: str = ""
    objectifs: str = ""
    moyens: str = ""
    portefeuilles: str = ""
    deroulement: str = ""
    profil: str = ""
    financement: str = ""
    versement: str = ""
    bilan: str = ""
    indicateurs: tuple[Indicateur, ...] = ()
    suivi: str = ""
    """The rule of its bilans, a code of ``SUIVIS``."""
    echeancier: str = ""
    """The model of its schedule, a code of ``MODELES_ECHEANCIER``."""
    publiee_le: date | None = None
    """When it was made ready for acts: from then on nothing in it changes, a new version does."""
    actes: int = 0
    """How many acts carry it."""

    @property
    def publiee(self) -> bool:
        """Whether acts may carry it, and nothing in it changes."""
        return self.publiee_le is not None

    @property
    def mesures(self) -> str:
        """The indicators as typed: one a line, ``=`` before its target."""
        return "\n".join(f"{i.libelle} = {i.cible}" if i.cible else i.libelle for i in self.indicateurs)

    @property
    def etat_libelle(self) -> str:
        """Whether acts may carry it, as shown."""
        return "Publiée" if self.publiee else "En préparation"

    @property
    def libelle(self) -> str:
        """Title and number of the version, as picked in a list."""
        return f"{self.titre} (version {self.rang})"


CHAMPS = (
    Champ("dispositif_id", "Dispositif", "Le dispositif", Nature.REFERENCE, obligatoire=True, sujet="dispositifs"),
    Champ("titre", "Titre", "Le titre", obligatoire=True, maximum=250, aide="Tel qu’il ouvre la fiche"),
    *(Champ(nom, libelle, f"La rubrique « {libelle} »", Nature.TEXTE_LONG) for nom, libelle in RUBRIQUES.items()),
    Champ(
        "mesures", "Indicateurs", "La liste des indicateurs", Nature.TEXTE_LONG,
        aide="Un par ligne ; « = » le sépare de sa cible : Taux de sorties à 12 mois = 50 %",
    ),
    Champ("suivi", "Échéance des bilans", "La règle des bilans", Nature.CHOIX, choix=SUIVIS),
    Champ(
        "echeancier", "Échéancier", "Le modèle d’échéancier", Nature.CHOIX,
        choix=ECHEANCIERS,
    ),
)  # fmt: skip


def read_indicateurs(texte: str) -> tuple[Indicateur, ...]:
    """Read indicators, one a line: the label, and the target after the last ``=`` where there is one."""
    lignes = (ligne.strip().removeprefix("-").strip() for ligne in texte.split("\n"))
    return tuple(_read_indicateur(ligne) for ligne in lignes if ligne)


def _read_indicateur(ligne: str) -> Indicateur:
    libelle, egal, cible = ligne.rpartition("=")
    return Indicateur(libelle.strip(), cible.strip()) if egal and libelle.strip() else Indicateur(ligne)


def refus_publiee(titre: str) -> Refus:
    """Word the refusal to change a version that acts may carry."""
    return Refus(f"La fiche « {titre} » est publiée : rien n’y change plus, préparez-en une nouvelle version.")
