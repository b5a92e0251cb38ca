"""Propositions: the lines of annexe 4, dispositif × structure × territoire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import fold, format_date

ACTES = {"convention": "Convention", "avenant": "Avenant", "notification": "Notification"}


@dataclass(frozen=True, slots=True)
class Proposition:
    """One line of a phase with the names it refers to; ``montant`` in cents, ``etp`` in hundredths."""

    id: int
    version: int
    phase_id: int
    dispositif_id: int
    structure_id: int
    territoire_id: int
    ligne_budgetaire_id: int
    thematique_numero: int
    dispositif_numero: str | None
    dispositif_intitule: str
    structure_nom: str
    territoire_nom: str
    code_operation: str
    imputation: str
    montant: int
    volume: int
    unite: str
    etp: int | None
    debut: date
    fin: date
    acte: str
    modele: str | None
    convention_initiale: str | None
    observations: str

    @property
    def dispositif(self) -> str:
        """Number (where there is one) and title of the dispositif."""
        numero = self.dispositif_numero
        return f"{numero} – {self.dispositif_intitule}" if numero else self.dispositif_intitule


CHAMPS = (
    Champ("dispositif_id", "Dispositif", "Le dispositif", Nature.REFERENCE, obligatoire=True, sujet="dispositifs"),
    Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures"),
    Champ("territoire_id", "Territoire", "Le territoire", Nature.REFERENCE, obligatoire=True, sujet="territoires"),
    Champ(
        "ligne_budgetaire_id", "Ligne budgétaire", "La ligne budgétaire", Nature.REFERENCE, obligatoire=True,
        sujet="budget",
    ),
    Champ("montant", "Montant", "Le montant", Nature.MONTANT, obligatoire=True, aide="En euros ; 0 est permis"),
    Champ("volume", "Volume", "Le volume", Nature.ENTIER, obligatoire=True, aide="Dans l’unité du dispositif"),
    Champ("etp", "ETP", "Le nombre d’ETP", Nature.CENTIEMES),
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
    Champ("acte", "Acte", "L’acte", Nature.CHOIX, obligatoire=True, choix=ACTES),
    Champ("modele", "Modèle", "Le modèle d’avenant", Nature.CHOIX, choix=MODELES_AVENANT, aide="Pour un avenant"),
    Champ(
        "convention_initiale", "Convention initiale", "Le numéro de la convention initiale", Nature.CONVENTION,
        aide="Pour un avenant, comme 2024-01213",
    ),
    Champ("observations", "Observations", "Le texte des observations", Nature.TEXTE_LONG),
)  # fmt: skip


def check_periode(valeurs: Valeurs) -> None:
    """Check that a period does not end before it begins.

    Raises:
        Refus: on ``fin``.
    """
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if isinstance(debut, date) and isinstance(fin, date) and fin < debut:
        raise Refus(
            f"La période finit le {format_date(fin)}, avant de commencer le {format_date(debut)} : "
            "corrigez l’une des deux dates.",
            "fin",
        )


def recherche(structure: str, dispositif: str, territoire: str, code_operation: str, convention: str | None) -> str:
    """Build the folded text in which a proposition is searched."""
    return fold(f"{structure} {dispositif} {territoire} {code_operation} {convention or ''}")
