"""What acts are made of beside their own row: amounts by period, and annexed sheets, as edited one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus


def dire_acte(rang: int) -> str:
    """Name an act of a convention: itself, or one of its avenants."""
    return f"Avenant n°{INSECABLE}{rang}" if rang else "Convention"


@dataclass(frozen=True, slots=True)
class MontantActe:
    """One amount of an act for one period; ``montant`` in cents, negative where an avenant takes away."""

    id: int
    version: int
    convention_id: int
    avenant_id: int | None
    convention_numero: str
    structure_nom: str
    rang: int
    debut: date
    fin: date
    montant: int
    ligne_budgetaire_id: int | None
    code_operation: str

    @property
    def acte(self) -> str:
        """The act that brings it."""
        return dire_acte(self.rang)


@dataclass(frozen=True, slots=True)
class AnnexeDeclaree:
    """One annexe of an act: the sheet it carries, or the title of one born outside."""

    id: int
    version: int
    convention_id: int
    avenant_id: int | None
    convention_numero: str
    structure_nom: str
    rang: int
    annexe: int
    titre: str
    territoire: str
    fiche_id: int | None
    fiche: str
    dispositif_id: int | None = None
    """The dispositif whose rules follow the action, for an annexe born outside."""

    @property
    def acte(self) -> str:
        """The act that annexes it."""
        return dire_acte(self.rang)


def refus_ae(code_operation: str, ae: int, engage: int, demande: int) -> Refus:
    """Word the refusal of amounts typed by hand that pass the AE of a line, the phases counted; all in cents."""
    plafond = format_montant(max(ae - engage, 0))
    return Refus(
        f"La ligne {code_operation} a une AE de {format_montant(ae)}, dont {format_montant(engage)} engagés par les "
        f"phases : les autres actes y porteraient {format_montant(demande)}, pour {plafond} au plus. Réduisez le "
        "montant, ou choisissez une autre ligne.",
        "montant",
    )


_ACTE = (
    Champ("convention_id", "Convention", "La convention", Nature.REFERENCE, obligatoire=True, sujet="conventions"),
    Champ(
        "avenant_id", "Avenant", "L’avenant", Nature.REFERENCE, sujet="avenants", aide="Vide pour la convention même"
    ),
)
CHAMPS_MONTANT = (
    *_ACTE,
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
    Champ(
        "montant", "Montant (€)", "Le montant", Nature.MONTANT_SIGNE, obligatoire=True,
        aide="Négatif si l’avenant réduit la participation",
    ),
    Champ("ligne_budgetaire_id", "Ligne budgétaire", "La ligne budgétaire", Nature.REFERENCE, sujet="budget"),
)  # fmt: skip
CHAMPS_ANNEXE = (
    *_ACTE,
    Champ("annexe", "Annexe n°", "Le numéro de l’annexe", Nature.ENTIER, obligatoire=True, aide="À partir de 2"),
    Champ(
        "fiche_id", "Fiche action", "La fiche action", Nature.REFERENCE, sujet="fiches",
        aide="Publiée ; vide pour une annexe née hors de l’outil",
    ),
    Champ("titre", "Titre", "Le titre", maximum=250, aide="Vide, c’est celui de la fiche"),
    Champ("territoire", "Territoire", "Le territoire", maximum=250, aide="Pour une annexe née hors de l’outil"),
    Champ(
        "dispositif_id", "Dispositif", "Le dispositif", Nature.REFERENCE, sujet="dispositifs",
        aide="Pour une annexe née hors de l’outil : ses bilans en suivent les règles",
    ),
)  # fmt: skip
