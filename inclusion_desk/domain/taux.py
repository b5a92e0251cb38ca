"""Rates in hundredths of a percent, applied half-up to the cent: 4300 is 43 %."""

from __future__ import annotations

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


def format_taux(taux: int) -> str:
    """Show a rate without useless zeros, U+00A0 before its sign: 9250 is ``92,5 %``."""
    return f"{format_centiemes(taux)}{INSECABLE}%"
