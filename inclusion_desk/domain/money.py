"""Amounts of public money: integer cents inside, one parser and one formatter for the whole program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from inclusion_desk.domain.refus import Refus

INSECABLE = "\u00a0"
MOINS = "\u2212"
"""The sign of a negative number, as wide as the « + » and never a place to break a line."""
MONTANT_MAX = 99_999_999_999
"""The largest amount accepted, in cents: 999 999 999,99 €."""

_ESPACES = re.compile(r"[\u0020\u00a0\u202f\u2009]")
_SANS_GROUPES = re.compile(r"\d+(?:[.,](\d*))?")
_GROUPES = re.compile(r"\d{1,3}(?: \d{3})+(?:,(\d*))?")


def parse_montant(texte: str, libelle: str = "Le montant", champ: str | None = None) -> int:
    """Read an amount in euros as French users type it, and return it in cents.

    Accepts ``79850``, ``79 850``, ``79 850,5``, ``79850,50 €`` and ``79850.50`` (the numeric keypad); spaces may be
    of any width but group by three. ``libelle`` opens the sentence of a refusal.

    Raises:
        Refus: not a number, more than two decimals, an ambiguous ``1.234``, negative, or over ``MONTANT_MAX``.
    """
    net = _ESPACES.sub(" ", texte).strip().removesuffix("€").strip()
    if not net:
        raise Refus(f"{libelle} est vide : saisissez un montant en euros, par exemple 79{INSECABLE}850,00.", champ)
    if net[0] in f"-{MOINS}" and net[1:].strip()[:1].isdigit():
        raise Refus(f"{libelle} est négatif ({net}) : saisissez un montant positif ou nul.", champ)
    trouve = _SANS_GROUPES.fullmatch(net) if " " not in net else _GROUPES.fullmatch(net)
    if trouve is None or not net.isascii():
        raise Refus(
            f"{libelle} n’est pas lisible («{INSECABLE}{_court(net)}{INSECABLE}») : saisissez des chiffres, "
            f"avec une virgule pour les centimes, par exemple 79{INSECABLE}850,00.",
            champ,
        )
    _check_decimals(net, trouve.group(1), libelle, champ)
    return _bounded(net, libelle, champ)


def _check_decimals(net: str, decimales: str | None, libelle: str, champ: str | None) -> None:
    if decimales is None or len(decimales) in {1, 2}:
        return
    if not decimales:
        signe = "un point" if "." in net else "une virgule"
        raise Refus(f"{libelle} finit par {signe} («{INSECABLE}{net}{INSECABLE}») : ajoutez les centimes.", champ)
    if "." in net:
        raise Refus(
            f"{libelle} est ambigu («{INSECABLE}{_court(net)}{INSECABLE}») : le point peut séparer les milliers ou les "
            "centimes. Utilisez la virgule pour les centimes et rien, ou une espace, pour les milliers.",
            champ,
        )
    raise Refus(
        f"{libelle} a plus de deux décimales («{INSECABLE}{_court(net)}{INSECABLE}») : arrondissez au centime.", champ
    )


def _bounded(net: str, libelle: str, champ: str | None) -> int:
    cents = int(Decimal(net.replace(" ", "").replace(",", ".")).scaleb(2))
    if cents > MONTANT_MAX:
        plafond = format_montant(MONTANT_MAX)
        raise Refus(f"{libelle} dépasse {plafond}, le plus grand montant admis : vérifiez la saisie.", champ)
    return cents


def _court(texte: str) -> str:
    return texte if len(texte) <= 30 else f"{texte[:29]}…"  # noqa: PLR2004 - the width of a cell


def format_montant(cents: int, *, symbole: bool = True) -> str:
    """Show cents as French euros: ``79 850,00 €`` with non-breaking spaces (U+00A0), two decimals always."""
    nombre = format_nombre(Decimal(cents).scaleb(-2), 2)
    return f"{nombre}{INSECABLE}€" if symbole else nombre


def format_montant_acte(cents: int) -> str:
    """Show cents as a text or a chart does: ``712 000 €``, with decimals only where there are cents; never rounded."""
    return format_montant(cents) if cents % 100 else f"{format_nombre(cents // 100)}{INSECABLE}€"


def format_nombre(nombre: int | Decimal, decimales: int = 0) -> str:
    """Show a number with U+00A0 between thousands and a decimal comma, rounded half-up to ``decimales``.

    A negative one begins with U+2212, but for what rounds to nothing.
    """
    arrondi = Decimal(nombre).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP) + 0
    return f"{arrondi:,f}".replace(",", INSECABLE).replace(".", ",").replace("-", MOINS)


def format_part(partie: int, total: int) -> str:
    """Show a share as a French percentage with one decimal (``81,7 %``), or a dash when the total is nil."""
    if total == 0:
        return "–"
    return f"{format_nombre(Decimal(partie) * 100 / Decimal(total), 1)}{INSECABLE}%"


def euros(cents: int) -> Decimal:
    """Turn cents into euros, exactly, for what leaves the program (workbooks, exports)."""
    return Decimal(cents).scaleb(-2)


def partager(total: int, parts: Sequence[Decimal | int]) -> tuple[int, ...]:
    """Split ``total`` cents in proportion to ``parts``: each share half-up to the cent, the last is the complement.

    The shares always add up to the total (the case, l.3276: three rounded shares gave one cent too many).

    Raises:
        ValueError: no part, a negative part, or parts that add up to nothing.
    """
    somme = sum(Decimal(p) for p in parts)
    if not parts or somme <= 0 or any(p < 0 for p in parts):
        raise ValueError(parts)
    unite = Decimal(1)
    montants = [int((Decimal(total) * Decimal(p) / somme).quantize(unite, ROUND_HALF_UP)) for p in parts[:-1]]
    return (*montants, total - sum(montants))
