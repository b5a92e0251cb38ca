"""Cells and rows as worksheet XML: a text stays a text, a number keeps its decimals, a formula its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import count

from openpyxl.utils import get_column_letter

from inclusion_desk.documents.workbook.styles import CENTIEMES, Band, Fmt, Styles
from inclusion_desk.documents.workbook.texts import clean, escape_xml, needs_quote

Number = int | float | None
_JOUR_ZERO = date(1899, 12, 30).toordinal()
_MEMOIRE = 8192  # distinct contents remembered per look: names and amounts repeat


def hundredths(nombre: int) -> str:
    """Write hundredths (cents) as an exact decimal number: ``7985000`` is ``79850``, ``-5`` is ``-0.05``."""
    entier, reste = divmod(abs(nombre), 100)
    signe = "-" if nombre < 0 else ""
    return f"{signe}{entier}.{reste:02}" if reste else f"{signe}{entier}"


def serial(jour: date) -> int:
    """Give the day number of the spreadsheet's calendar."""
    return jour.toordinal() - _JOUR_ZERO


class Ink:
    """Makes the cells of one workbook: each method gives a fast function from a content to its XML.

    That XML begins after ``<c r="A1"``: ``row`` adds the address.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.text = cache(self._text)
        self.number = cache(self._number)
        self.formula = cache(self._formula)

    def blank(self, band: Band, fmt: Fmt = Fmt.TEXTE) -> str:
        """Give an empty cell with the look of its band."""
        return f' s="{self._styles.ids[band, fmt]}"/>'

    def _text(self, band: Band, fmt: Fmt = Fmt.TEXTE) -> Callable[[str], str]:
        plain, quoted = self._styles.ids[band, fmt], self._styles.quoted[band, fmt]

        def render(texte: str) -> str:
            net = clean(texte)
            if not net:
                return f' s="{plain}"/>'
            style = quoted if needs_quote(net) else plain
            return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape_xml(net)}</t></is></c>'

        return lru_cache(_MEMOIRE)(render)

    def _number(self, band: Band, fmt: Fmt) -> Callable[[Number], str]:
        style, write = self._styles.ids[band, fmt], _writer(fmt)

        def render(nombre: Number) -> str:
            return f' s="{style}"/>' if nombre is None else f' s="{style}"><v>{write(nombre)}</v></c>'

        return lru_cache(_MEMOIRE)(render)

    def _formula(self, band: Band, fmt: Fmt) -> Callable[[str, float], str]:
        style, write = self._styles.ids[band, fmt], _writer(fmt)

        def render(expression: str, valeur: float) -> str:
            return f' s="{style}"><f>{escape_xml(expression)}</f><v>{write(valeur)}</v></c>'

        return render


def _writer(fmt: Fmt) -> Callable[[float], str]:
    return (lambda nombre: hundredths(int(nombre))) if fmt in CENTIEMES else repr


@cache
def letter(colonne: int) -> str:
    """Give the letters of a column counted from 1."""
    return get_column_letter(colonne)


def row(numero: int, cells: Iterable[str], *, hauteur: float = 0, niveau: int = 0) -> str:
    """Assemble one row from its cells, first column first; ``hauteur`` in points, ``niveau`` the outline level."""
    ht = f' ht="{hauteur:g}"' if hauteur else ""
    plan = f' outlineLevel="{niveau}"' if niveau else ""
    corps = "".join([f'<c r="{letter(colonne)}{numero}"{cell}' for colonne, cell in zip(count(1), cells, strict=False)])
    return f'<row r="{numero}"{ht}{plan}>{corps}</row>'
