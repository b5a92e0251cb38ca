"""The crédits de paiement set out by period and budget line, as charts draw them: every line in every period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.text import pluriel
from inclusion_desk.domain.versements import BesoinCp

SANS_LIGNE, AUTRES = "Sans ligne budgétaire", "Autres lignes"
"""What stands for the code of money that no line pays, and for the lines too small to be told apart."""


@dataclass(frozen=True, slots=True)
class PartCp:
    """What one budget line was and is to be paid on in one period, in cents."""

    ligne: str
    paye: int
    reste: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.paye + self.reste

    @property
    def phrase(self) -> str:
        """What it says in words."""
        return f"{self.ligne}{INSECABLE}: {_say(self.paye, self.reste)}"


@dataclass(frozen=True, slots=True)
class PeriodeCp:
    """One period, with the part of every line in one order, those it does not concern included."""

    titre: str
    parts: tuple[PartCp, ...]

    @property
    def paye(self) -> int:
        """What was paid in it, in cents."""
        return sum(part.paye for part in self.parts)

    @property
    def reste(self) -> int:
        """What is left to pay in it, in cents."""
        return sum(part.reste for part in self.parts)

    @property
    def total(self) -> int:
        """Both together."""
        return self.paye + self.reste

    @property
    def phrase(self) -> str:
        """What it says in words, then line by line where there are several."""
        dite = f"{self.titre}{INSECABLE}: {_say(self.paye, self.reste)}"
        siennes = [part.phrase for part in self.parts if part.total]
        return "\n".join((dite, *siennes)) if len(self.parts) > 1 else dite


def _say(paye: int, reste: int) -> str:
    return f"{format_montant(paye)} {pluriel(paye // 100, 'payé')}, {format_montant(reste)} restant à payer"


def nommer(code: str) -> str:
    """Name the line of a code, or say that there is none."""
    return code or SANS_LIGNE


def croiser(besoins: Sequence[BesoinCp], maximum: int | None = None) -> tuple[PeriodeCp, ...]:
    """Set credits out by period, in their order, then by line, the greatest first.

    Beyond ``maximum`` lines, the smallest are one: ``AUTRES``.
    """
    sommes: dict[str, int] = defaultdict(int)
    for besoin in besoins:
        sommes[besoin.code_operation] += besoin.paye + besoin.reste
    codes = sorted(sommes, key=lambda code: (-sommes[code], code))
    gardes = codes if maximum is None or len(codes) <= maximum else codes[: maximum - 1]
    noms = {code: nommer(code) if code in set(gardes) else AUTRES for code in codes}
    payes: dict[tuple[str, str], int] = defaultdict(int)
    restes: dict[tuple[str, str], int] = defaultdict(int)
    for besoin in besoins:
        cle = (besoin.periode, noms[besoin.code_operation])
        payes[cle] += besoin.paye
        restes[cle] += besoin.reste
    lignes = tuple(dict.fromkeys(noms.values()))
    return tuple(
        PeriodeCp(periode, tuple(PartCp(nom, payes[periode, nom], restes[periode, nom]) for nom in lignes))
        for periode in dict.fromkeys(besoin.periode for besoin in besoins)
    )
