"""An act that an adopted phase calls for: its lines, its model and why, what it lacks, the act made of it."""

from __future__ import annotations

from dataclasses import dataclass

from inclusion_desk.domain.choix_modele import Faits, dire_faits, reserve
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.dossier import Ligne, Operation, somme
from inclusion_desk.domain.modeles_actes import MODELES_ACTE, Cout
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import enumerer, format_date

IdsActe = tuple[int, int | None]
"""An act prepared: the id of its convention, and that of its avenant if it is one."""


@dataclass(frozen=True, slots=True)
class ActePrepare:
    """What is shown of an act prepared already; ``rang`` is 0 for a convention, else the number of the avenant."""

    ids: IdsActe
    libelle: str
    rang: int
    modele: str
    etat: str
    etat_dit: str
    """Its state in words, with its day: « Signé le 20/01/2025 »."""


@dataclass(frozen=True, slots=True)
class ActePropose:
    """One act that a phase calls for; ``manques`` are sentences, none when it may be prepared.

    ``rang`` is its row in the list of the phase, from 1; ``modele`` is that of the act once it is prepared.
    """

    rang: int
    cle: str
    nature: str
    """``convention`` or ``avenant``."""
    structure_id: int
    structure: str
    convention: Convention | None
    modele: str
    faits: Faits
    lignes: tuple[Ligne, ...]
    dispositifs: tuple[Operation, ...]
    manques: tuple[str, ...] = ()
    prepare: ActePrepare | None = None

    @property
    def fait(self) -> IdsActe | None:
        """The act prepared already, by its ids."""
        return self.prepare.ids if self.prepare else None

    @property
    def pret(self) -> bool:
        """Whether nothing is missing to prepare it, and it is not prepared yet."""
        return not self.manques and self.prepare is None

    @property
    def libelle_modele(self) -> str:
        """The label of the model of an avenant; nothing for a convention, or while none is known."""
        return MODELES_ACTE[self.modele].libelle if self.nature == "avenant" and self.modele else ""

    @property
    def reserve(self) -> str:
        """What is to be checked of its model, in a sentence; nothing when the lines name it and the facts allow it."""
        return reserve(self.faits, [li.modele for li in self.lignes], self.modele) if self.nature == "avenant" else ""

    @property
    def explication(self) -> str:
        """Why this model, in a sentence."""
        if self.nature != "avenant":
            return ""
        return self.reserve or f"D’après les faits : {dire_faits(self.faits)}."

    @property
    def avertissement(self) -> str:
        """What its model leaves unsaid, in a sentence: money brought without an article on the cost (annexes 7, 8)."""
        modele = MODELES_ACTE.get(self.modele)
        if modele is None or not modele.avenant or modele.cout is not Cout.AUCUN or not self.montant:
            return ""
        return (
            f"Son modèle n’a pas d’article sur le coût : les {format_montant_acte(self.montant)} apportés ne figurent "
            "que dans la fiche annexée."
        )

    @property
    def refus(self) -> str:
        """The first thing missing, naming its row; nothing when it may be prepared."""
        return self.nommer(self.manques[0]) if self.manques else ""

    def nommer(self, phrase: str) -> str:
        """Say a sentence of it, naming its row: « Ligne 14 – CCAS de Liévin : … »."""
        return nommer_ligne(self.rang, self.structure, phrase)

    @property
    def montant(self) -> int:
        """What its lines bring, in cents."""
        return somme(self.lignes)

    @property
    def objet(self) -> str:
        """What the act is about: the titles of its dispositifs."""
        return enumerer([operation.intitule for operation in self.dispositifs])

    @property
    def dispositif(self) -> str:
        """Its dispositifs with their numbers, as listed."""
        return enumerer([operation.libelle for operation in self.dispositifs])


def nommer_ligne(rang: int, structure: str, phrase: str) -> str:
    """Say a sentence of an act, naming its row in the list of the phase; an acronym keeps its capitals."""
    bas = phrase if phrase[1:2].isupper() else f"{phrase[:1].lower()}{phrase[1:]}"
    return f"Ligne {rang} – {structure} : {bas}"


def dire_etat(acte: Convention | Avenant) -> str:
    """Say the state of an act with its day: « À signer », « Signée le 20/01/2025 », « Exécutoire depuis le … »."""
    libelle = (ETATS_AVENANT if isinstance(acte, Avenant) else ETATS_CONVENTION)[acte.etat]
    if acte.etat == "signee" and acte.signee_le is not None:
        return f"{libelle} le {format_date(acte.signee_le)}"
    if acte.etat == "executoire" and acte.executoire_le is not None:
        return f"{libelle} depuis le {format_date(acte.executoire_le)}"
    return libelle
