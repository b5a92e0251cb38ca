"""The lines of a phase that Europe pays for too: what a plan of financing takes from one, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from inclusion_desk.domain.cofinancement import FSE, FTJ, Fonds, PlanFinancement, dire_ecart, fonds_du_territoire
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.text import fold, typo


@dataclass(frozen=True, slots=True)
class LigneCofinancee:
    """One line of a phase whose dispositif names a co-financing; ``montant`` in cents."""

    proposition_id: int
    structure: str
    dispositif: str
    territoire: str
    bassin_minier: bool
    montant: int
    cofinancement: str
    """As its dispositif has it: « Contrepartie FSE »."""

    @property
    def fonds(self) -> Fonds:
        """The fund that its dispositif names; the one of its territory where it names both, or neither."""
        dit = fold(self.cofinancement)
        nommes = [fonds for mot, fonds in (("fse", FSE), ("ftj", FTJ)) if mot in dit]
        return nommes[0] if len(nommes) == 1 else fonds_du_territoire(bassin_minier=self.bassin_minier)

    @property
    def titre(self) -> str:
        """What it is, as a plan is headed."""
        return f"{self.structure} – {self.dispositif} ({self.territoire})"

    @property
    def libelle(self) -> str:
        """The same with its amount, as picked in a list."""
        return f"{self.titre}{INSECABLE}: {format_montant(self.montant)}"


@dataclass(frozen=True, slots=True)
class Projet:
    """A plan of financing as it leaves the calculator: what it is for, and what the département would pay in cents.

    ``appele`` tells that the plan follows from that amount, no staff being known yet.
    """

    plan: PlanFinancement
    ligne: LigneCofinancee | None = None
    montant: int | None = None
    appele: bool = False

    @property
    def titre(self) -> str:
        """Its heading."""
        return f"Plan de financement – {self.ligne.titre}" if self.ligne else "Plan de financement"

    @property
    def comparaison(self) -> str:
        """Set the amount proposed against the part du Département; nothing where the plan follows from it."""
        if self.montant is None or self.appele:
            return ""
        exact = "Le montant proposé est exactement la part du Département."
        return dire_ecart(self.plan, self.montant) or exact

    @property
    def phrases(self) -> tuple[str, ...]:
        """Explain it step by step."""
        debut = ("Plan que le montant proposé appelle, avant le détail des postes :",) if self.appele else ()
        return tuple(typo(phrase) for phrase in (*debut, *self.plan.phrases))

    @property
    def texte(self) -> str:
        """Tell the whole, as it is copied."""
        fonds = f"{self.plan.fonds.nom} ({self.plan.fonds.code})"
        lignes = (self.titre, f"Fonds{INSECABLE}: {fonds}", *self.phrases, self.comparaison)
        return "\n".join(filter(None, lignes))
