"""Rates in hundredths of a percent, applied half-up to the cent: 4300 is 43 %."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from inclusion_desk.domain.champs import format_centiemes
from inclusion_desk.domain.money import INSECABLE

CENT_POUR_CENT = 10_000
"""A whole, in hundredths of a percent."""


def arrondir(dividende: int, diviseur: int) -> int:
    """Divide two whole numbers, the first not negative and the second positive, half-up."""
    return (2 * dividende + diviseur) // (2 * diviseur)


def appliquer(taux: int, montant: int) -> int:
    """Give ``taux`` hundredths of a percent of ``montant`` cents, in cents, half-up."""
    return arrondir(montant * taux, CENT_POUR_CENT)


def repartir(total: int, poids: Sequence[int]) -> tuple[int, ...]:
    """Split ``total`` cents by whole weights: the shares add up to it, none is negative, a weight of 0 gets nothing.

    The bounds between shares are rounded half-up rather than the shares, so that no cent is left for the last one to
    make good.

    Raises:
        ValueError: a negative weight, or weights that add up to nothing.
    """
    somme = sum(poids)
    if somme <= 0 or any(p < 0 for p in poids):
        raise ValueError(poids)
    bornes = [arrondir(total * cumul, somme) for cumul in accumulate(poids, initial=0)]
    return tuple(apres - avant for avant, apres in pairwise(bornes))


def format_taux(taux: int) -> str:
    """Show a rate without useless zeros, U+00A0 before its sign: 9250 is ``92,5 %``."""
    return f"{format_centiemes(taux)}{INSECABLE}%"
