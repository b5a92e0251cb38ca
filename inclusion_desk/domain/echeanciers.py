"""Models of payment schedules: what each act of the case pays, when, against which document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inclusion_desk.domain.delais import AuJour, Delai, EnMois
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.partage import Part, PartSolde, PartTaux, echeancier
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT
from inclusion_desk.domain.versements import Versement

PART_SOLDE_AVENANT = 4_000
"""The share paid last of what the avenant adds, in hundredths of a percent: 40 % (the case, l.3282).

It is neither the flat rate nor the part du Département of ``cofinancement``, which are 40 % too."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """The days of a convention that trigger its payments; None for one that is not known yet."""

    debut: date
    fin: date
    signature: date | None = None
    bilan_intermediaire: date | None = None
    bilan_final: date | None = None
    convention_id: int = 0
    code_operation: str = ""


@dataclass(frozen=True, slots=True)
class LigneModele:
    """One instalment of a model; ``part`` is None where the instructor gives the amount.

    ``delai`` counts from the end of the action for the trigger ``fin``, from its beginning for ``date``.
    """

    libelle: str
    part: Part | None
    declencheur: str
    piece: str = ""
    delai: Delai | None = None


@dataclass(frozen=True, slots=True)
class ModeleEcheancier:
    """One model of schedule; ``source`` is where the case has it."""

    code: str
    libelle: str
    lignes: tuple[LigneModele, ...]
    source: str = ""

    @property
    def a_saisir(self) -> tuple[str, ...]:
        """The labels of the instalments whose amount the instructor gives."""
        return tuple(ligne.libelle for ligne in self.lignes if ligne.part is None)


MODELES_ECHEANCIER: Mapping[str, ModeleEcheancier] = {
    modele.code: modele
    for modele in (
        ModeleEcheancier(
            "accueil",
            "Accueil : trois versements",
            (
                LigneModele("Premier versement", None, "signature"),
                LigneModele("Deuxième versement", None, "bilan_intermediaire", "Bilan intermédiaire"),
                # Paid in the first half of the year after the end.
                LigneModele("Solde", PartSolde(), "fin", "Bilan final", EnMois(6)),
            ),
            "l.614-626",
        ),
        ModeleEcheancier(
            "equilibre",
            "Accompagnement équilibré : avance et solde",
            (
                LigneModele("Avance", None, "signature"),
                LigneModele("Solde", PartSolde(), "bilan_final", "Bilan quantitatif et qualitatif"),
            ),
            "l.1304-1308",
        ),
        ModeleEcheancier(
            "independants",
            "Activité indépendante : avance, paiement intermédiaire et solde",
            (
                LigneModele("Avance", PartTaux(4_300), "signature"),
                # Within the year N+1: its last day at the latest.
                LigneModele("Paiement intermédiaire", PartTaux(3_200), "date", delai=AuJour(31, 12)),
                LigneModele("Solde", PartSolde(), "bilan_final", "Bilan final"),
            ),
            "l.3272-3276",
        ),
        ModeleEcheancier(
            "avenant",
            f"Avenant : 60{INSECABLE}% et 40{INSECABLE}%",
            (
                LigneModele("Premier versement", PartTaux(CENT_POUR_CENT - PART_SOLDE_AVENANT), "signature"),
                LigneModele("Solde", PartTaux(PART_SOLDE_AVENANT), "fin", delai=EnMois(0)),
            ),
            "l.3280-3282",
        ),
    )
}
"""The schedules of the case by their code."""


def date_echeance(declencheur: str, cadre: Cadre, delai: Delai | None = None, jour: date | None = None) -> date | None:
    """Give the day a trigger falls on, or None while it is unknown.

    A bilan counts on its own due date, the end of the action after ``delai``, a fixed date on ``jour`` or, failing
    that, after ``delai`` from the beginning.

    Raises:
        KeyError: a trigger that does not exist.
    """
    connues: Mapping[str, date | None] = {
        "signature": cadre.signature,
        "bilan_intermediaire": cadre.bilan_intermediaire,
        "bilan_final": cadre.bilan_final,
        "fin": delai.apres(cadre.fin) if delai else cadre.fin,
        "date": jour or (delai.apres(cadre.debut) if delai else None),
    }
    return connues[declencheur]


def prevoir(
    modele: ModeleEcheancier, total: int, cadre: Cadre, saisies: Sequence[Part] = (), *, rang: int = 1
) -> tuple[Versement, ...]:
    """Draw up the instalments of ``total`` cents after a model, numbered from ``rang``, none of them stored yet.

    ``saisies`` are the parts that the model leaves to the instructor, in their order.

    Raises:
        Refus: a part is missing or in excess, or the parts do not make the total (``echeancier``).
    """
    parts = _fill(modele, saisies)
    return tuple(
        Versement(
            id=0,
            version=1,
            convention_id=cadre.convention_id,
            rang=rang + place,
            libelle=ligne.libelle,
            part=part.taux if isinstance(part, PartTaux) else None,
            montant=montant,
            declencheur=ligne.declencheur,
            echeance=date_echeance(ligne.declencheur, cadre, ligne.delai),
            piece=ligne.piece,
            code_operation=cadre.code_operation,
        )
        for place, (ligne, part, montant) in enumerate(zip(modele.lignes, parts, echeancier(total, parts), strict=True))
    )


def _fill(modele: ModeleEcheancier, saisies: Sequence[Part]) -> tuple[Part, ...]:
    attendues = modele.a_saisir
    if len(saisies) < len(attendues):
        manque = attendues[len(saisies)]
        raise Refus(f"Le montant du versement «{INSECABLE}{manque}{INSECABLE}» est à renseigner.", "montant")
    if len(saisies) > len(attendues):
        raise Refus(
            f"L’échéancier «{INSECABLE}{modele.libelle}{INSECABLE}» attend moins de montants qu’il n’en est donné : "
            "retirez ceux qui sont en trop.",
            "montant",
        )
    donnees = iter(saisies)
    return tuple(ligne.part if ligne.part is not None else next(donnees) for ligne in modele.lignes)


def redater(versements: Iterable[Versement], cadre: Cadre) -> tuple[Versement, ...]:
    """Date again what waits for a signature or a bilan, once those days are known or have moved.

    Instalments paid, those at a fixed date and those after the end keep their day.
    """
    return tuple(
        replace(versement, echeance=date_echeance(versement.declencheur, cadre))
        if versement.paye_le is None and versement.declencheur not in {"date", "fin"}
        else versement
        for versement in versements
    )
