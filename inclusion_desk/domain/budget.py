"""Budget lines: what may be committed, what is, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.domain.identifiants import fonctions_concordent
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import fold


@dataclass(frozen=True, slots=True)
class LigneBudgetaire:
    """One budget line as seen from one phase; every amount in cents.

    ``anterieur`` is what earlier deliberations committed (before the tool and in earlier phases); ``proposition`` is
    the phase's own; ``ulterieur`` belongs to later phases of the campaign.
    """

    id: int
    version: int
    code_operation: str
    imputation: str
    libelle: str
    ae: int
    engage_anterieur: int
    anterieur: int
    proposition: int
    ulterieur: int = 0
    modifications: int = 0
    """What the décisions modificatives added to the AE voted first, or took from it; counted in ``ae``."""

    @property
    def ae_initiale(self) -> int:
        """The AE as voted first, in cents."""
        return self.ae - self.modifications

    @property
    def disponible(self) -> int:
        """AE less what earlier deliberations committed, in cents (the case, l.3400)."""
        return self.ae - self.anterieur

    @property
    def solde(self) -> int:
        """What remains once the phase is voted, in cents; never negative."""
        return self.disponible - self.proposition

    @property
    def consommation(self) -> tuple[int, int, int]:
        """Committed before, proposed, and remaining, in cents: the three parts of the bar, adding up to the AE."""
        return self.anterieur, self.proposition, self.solde

    @property
    def libelle_complet(self) -> str:
        """Operation code and title, as picked in a list."""
        return f"{self.code_operation} – {self.libelle}"


CHAMPS = (
    Champ(
        "code_operation", "Code opération", "Le code opération", Nature.CODE_OPERATION, obligatoire=True,
        aide="Comme C02-446A05 : 446 est la fonction",
    ),
    Champ(
        "imputation", "Imputation", "L’imputation", Nature.IMPUTATION, obligatoire=True,
        aide="Nature/fonction, comme 6568/93446",
    ),
    Champ("libelle", "Libellé", "Le libellé", obligatoire=True, maximum=200),
    Champ(
        "ae_initiale", "AE votée", "Le montant de l’AE", Nature.MONTANT, obligatoire=True,
        aide="Avant toute décision modificative",
    ),
    Champ(
        "engage_anterieur", "Engagé hors outil", "Le montant déjà engagé", Nature.MONTANT, obligatoire=True,
        aide="Ce que les délibérations antérieures à l’outil ont engagé",
    ),
)  # fmt: skip


def check_ligne(valeurs: Valeurs) -> None:
    """Check that the operation code carries the function of its imputation.

    Raises:
        Refus: on ``code_operation``.
    """
    code, imputation = valeurs.get("code_operation"), valeurs.get("imputation")
    if not isinstance(code, str) or not isinstance(imputation, str) or fonctions_concordent(code, imputation):
        return
    raise Refus(
        f"Le code opération {code} porte la fonction {code[4:7]} et l’imputation {imputation} la fonction "
        f"{imputation[-3:]} : corrigez l’un ou l’autre.",
        "code_operation",
    )


def refus_depassement(code_operation: str, disponible: int, demande: int) -> Refus:
    """Word the refusal of an amount over what is left on a line; both amounts in cents."""
    return Refus(
        f"La ligne {code_operation} dispose encore de {format_montant(disponible)} et il en faudrait "
        f"{format_montant(demande)} : réduisez le montant ou choisissez une autre ligne.",
        "montant",
    )


def refus_ae(code_operation: str, engage: int) -> Refus:
    """Word the refusal of an AE under what is committed and proposed (cents)."""
    return Refus(
        f"L’AE de la ligne {code_operation} ne peut descendre sous {format_montant(engage)}, le total déjà engagé "
        "et proposé : augmentez l’AE ou réduisez d’abord les propositions.",
        "ae_initiale",
    )


@dataclass(frozen=True, slots=True)
class DecisionModificative:
    """A dated change of a line's AE; ``montant`` in cents, negative where it takes back."""

    id: int
    version: int
    ligne_budgetaire_id: int
    code_operation: str
    jour: date
    libelle: str
    montant: int


CHAMPS_DECISION = (
    Champ(
        "ligne_budgetaire_id", "Ligne budgétaire", "La ligne budgétaire", Nature.REFERENCE, obligatoire=True,
        sujet="budget",
    ),
    Champ("jour", "Date", "La date", Nature.DATE, obligatoire=True, aide="Celle du vote de la décision"),
    Champ("libelle", "Libellé", "Le libellé", obligatoire=True, maximum=150, aide="Comme DM n° 2 du 30 juin 2025"),
    Champ(
        "montant", "Montant", "Le montant", Nature.MONTANT_SIGNE, obligatoire=True,
        aide="Négatif pour réduire l’AE, comme -10 000",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of the chain of a budget line: what it adds (or takes, when negative) and what remains, in cents."""

    libelle: str
    nature: str
    """``ae``, ``modification``, ``anterieur``, ``phase``, ``reste``."""
    montant: int
    reste: int
    etat: str = ""


@dataclass(frozen=True, slots=True)
class ChaineBudgetaire:
    """A budget line with its steps, from the AE voted first to what remains."""

    ligne: LigneBudgetaire
    etapes: tuple[Etape, ...]

    @property
    def reste(self) -> int:
        """What remains in the end, in cents: the same from whichever phase one looks."""
        return self.etapes[-1].reste


def recherche(code_operation: str, imputation: str, libelle: str) -> str:
    """Build the folded text in which a budget line is searched."""
    return fold(f"{code_operation} {imputation} {libelle}")
