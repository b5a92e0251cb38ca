"""The looks of the cells: one restrained palette, bands × formats, registered once in the openpyxl workbook."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, product
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from inclusion_desk.domain.money import INSECABLE

ENCRE, ACCENT, GRIS = "1F2A37", "1F4E6B", "5B6770"
_FILET, _TRAIT = "D5DCE3", "1F4E6B"

EUROS = f'#,##0.00\\{INSECABLE}"€"'
"""Amounts; format codes are en-US whatever the reader's language."""


class Band(enum.IntEnum):
    """What a row is."""

    TITRE = enum.auto()
    CONTEXTE = enum.auto()
    ENTETE = enum.auto()
    LIGNE = enum.auto()
    SOUS_TOTAL = enum.auto()
    GROUPE = enum.auto()
    TOTAL = enum.auto()


class Fmt(enum.IntEnum):
    """What a cell holds."""

    TEXTE = enum.auto()
    LONG = enum.auto()
    CENTRE = enum.auto()
    DATE = enum.auto()
    NOMBRE = enum.auto()
    ETP = enum.auto()
    EUROS = enum.auto()
    EUROS_TIRET = enum.auto()
    SOLDE = enum.auto()
    PART = enum.auto()
    BLOQUANT = enum.auto()
    ATTENTION = enum.auto()
    INFORMATION = enum.auto()


_NOMBRES: Mapping[Fmt, str] = {
    Fmt.CENTRE: "@",  # SIRET, codes and numbers of acts stay texts when they are typed over
    Fmt.DATE: "dd/mm/yyyy",
    Fmt.NOMBRE: "#,##0",
    Fmt.ETP: '0.00;-0.00;"–"',
    Fmt.EUROS: EUROS,
    Fmt.EUROS_TIRET: f'{EUROS};\\-{EUROS};"–"',
    Fmt.SOLDE: f"{EUROS};[Red]\\-{EUROS}",
    Fmt.PART: f"0.0\\{INSECABLE}%",
}
CENTIEMES = frozenset({Fmt.ETP, Fmt.EUROS, Fmt.EUROS_TIRET, Fmt.SOLDE})
"""Formats whose numbers are given in hundredths (cents, hundredths of ETP)."""

_DROITE = CENTIEMES | {Fmt.NOMBRE, Fmt.PART}
_CENTRE = frozenset({Fmt.CENTRE, Fmt.DATE, Fmt.BLOQUANT, Fmt.ATTENTION, Fmt.INFORMATION})
_HORS_TABLE = frozenset({Band.TITRE, Band.CONTEXTE})
_COULEURS = {Fmt.BLOQUANT: "B42318", Fmt.ATTENTION: "9A5B00", Fmt.INFORMATION: ACCENT}


_Trait = tuple[Literal["thin", "medium"], str]


@dataclass(frozen=True, slots=True)
class _Look:
    taille: int = 10
    gras: bool = False
    encre: str = ENCRE
    fond: str | None = None
    haut: _Trait | None = None
    bas: _Trait | None = None


_LOOKS: Mapping[Band, _Look] = {
    Band.TITRE: _Look(taille=16, gras=True, encre=ACCENT),
    Band.CONTEXTE: _Look(encre=GRIS),
    Band.ENTETE: _Look(gras=True, encre="FFFFFF", fond=ACCENT),
    Band.LIGNE: _Look(bas=("thin", _FILET)),
    Band.SOUS_TOTAL: _Look(gras=True, fond="F1F5F8", bas=("thin", _FILET)),
    Band.GROUPE: _Look(gras=True, fond="DCE7EF", bas=("thin", "B9C9D6")),
    Band.TOTAL: _Look(gras=True, fond="C3D6E3", haut=("medium", _TRAIT), bas=("medium", _TRAIT)),
}


@dataclass(frozen=True, slots=True)
class Styles:
    """The style ids of one workbook, by band and format; ``quoted`` are the twins that carry quotePrefix."""

    ids: Mapping[tuple[Band, Fmt], int]
    quoted: Mapping[tuple[Band, Fmt], int]


def register_styles(workbook: Workbook) -> Styles:
    """Add every look to a workbook that has no style yet, and give their ids."""
    feuille = workbook.create_sheet("styles")
    cellules = (feuille.cell(numero, 1) for numero in count(1))
    ids, quoted = ({look: _register(next(cellules), look, quote) for look in product(Band, Fmt)} for quote in (0, 1))
    workbook.remove(feuille)
    return Styles(ids, quoted)


def _register(cellule: Cell, look: tuple[Band, Fmt], quote: int) -> int:
    _dress(cellule, *look)
    cellule.quotePrefix = quote
    return cellule.style_id


def _dress(cellule: Cell, band: Band, fmt: Fmt) -> None:
    look = _LOOKS[band]
    encre = _COULEURS.get(fmt, look.encre) if band is Band.LIGNE else look.encre
    cellule.font = Font(name="Calibri", size=look.taille, bold=look.gras or fmt in _COULEURS, color=encre)
    cellule.fill = PatternFill("solid", fgColor=look.fond) if look.fond else PatternFill()
    cellule.border = Border(top=_side(look.haut), bottom=_side(look.bas))
    cellule.alignment = _alignment(band, fmt)
    cellule.number_format = _NOMBRES.get(fmt, "General") if band is not Band.ENTETE else "General"


def _side(trait: _Trait | None) -> Side:
    return Side(style=trait[0], color=trait[1]) if trait else Side()


def _alignment(band: Band, fmt: Fmt) -> Alignment:
    horizontal = "right" if fmt in _DROITE else "center" if fmt in _CENTRE else "left"
    renvoi = band is Band.ENTETE or fmt is Fmt.LONG
    retrait = 0 if horizontal == "center" or band in _HORS_TABLE else 1
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=renvoi, indent=retrait)
