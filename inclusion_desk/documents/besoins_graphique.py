"""The sheet of credits set out by period and budget line, and the chart made of it: paid hatched, left to pay plain."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook.styles import ACCENT, ENCRE
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.besoins import PeriodeCp, croiser
from inclusion_desk.domain.money import INSECABLE, euros, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import BesoinCp

FEUILLE = "Par ligne"
TITRE = "Crédits de paiement par année et ligne budgétaire"
COULEURS = ("24588F", "B35C00", "1F6F43", "7A3E9D", "0B7285", "B3261E", "6B6B00", "57606C")
"""The colours of the lines, as on screen."""
_EUROS, _AXE = "#,##0.00", f'#,##0\\{INSECABLE}"€"'
_ENTETE, _LARGEUR, _HAUTEUR = 3, 18, 32
_TAILLE = (28.0, 12.5)
"""Width and height of the chart, in centimetres."""


def add_sheet(classeur: Workbook, besoins: Sequence[BesoinCp]) -> None:
    """Add the sheet, with its chart under its table."""
    feuille = classeur.create_sheet(FEUILLE)
    periodes = croiser(besoins)
    feuille["A1"] = TITRE
    feuille["A1"].font = Font("Calibri", bold=True, size=14)
    _headers(feuille, periodes)
    for rang, periode in enumerate(periodes, start=_ENTETE + 1):
        _text(feuille, rang, 1, periode.titre)
        for colonne, montant in enumerate(amounts(periode), start=2):
            feuille.cell(rang, colonne, euros(montant)).number_format = _EUROS
        _sum(feuille, rang, len(amounts(periode)) + 2, f"B{rang}", f"{_last(periode)}{rang}")
    _totals(feuille, periodes)
    if any(periode.total for periode in periodes):
        feuille.add_chart(_chart(feuille, periodes), f"A{_ENTETE + len(periodes) + 3}")
    feuille.freeze_panes = f"B{_ENTETE + 1}"
    feuille.sheet_view.showGridLines = False
    feuille.page_setup.orientation, feuille.page_setup.fitToHeight = "landscape", 0
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def amounts(periode: PeriodeCp) -> tuple[int, ...]:
    """Give a row in cents: what was paid on each line, then what is left to pay on each."""
    return (*(part.paye for part in periode.parts), *(part.reste for part in periode.parts))


def _last(periode: PeriodeCp) -> str:
    return get_column_letter(len(amounts(periode)) + 1)


def _headers(feuille: Worksheet, periodes: Sequence[PeriodeCp]) -> None:
    lignes = [part.ligne for part in periodes[0].parts]
    noms = (*(f"{ligne} – payé" for ligne in lignes), *(f"{ligne} – reste à payer" for ligne in lignes))
    for colonne, nom in enumerate(("Année", *noms, "Total"), start=1):
        _text(feuille, _ENTETE, colonne, nom)
        case = feuille.cell(_ENTETE, colonne)
        case.font, case.fill = Font("Calibri", bold=True, color="FFFFFF"), PatternFill("solid", fgColor=ACCENT)
        case.alignment = Alignment("left" if colonne == 1 else "right", "center", wrap_text=True)
        feuille.column_dimensions[get_column_letter(colonne)].width = _LARGEUR
    feuille.row_dimensions[_ENTETE].height = _HAUTEUR


def _text(feuille: Worksheet, rang: int, colonne: int, texte: str) -> None:
    """Write a text, never read as a formula."""
    feuille.cell(rang, colonne, clean(texte)).data_type = "s"


def _totals(feuille: Worksheet, periodes: Sequence[PeriodeCp]) -> None:
    total, derniere = _ENTETE + len(periodes) + 1, _ENTETE + len(periodes)
    feuille.cell(total, 1, "Total").font = Font("Calibri", bold=True)
    for colonne in range(2, len(amounts(periodes[0])) + 3):
        lettre = get_column_letter(colonne)
        _sum(feuille, total, colonne, f"{lettre}{_ENTETE + 1}", f"{lettre}{derniere}")
        feuille.cell(total, colonne).font = Font("Calibri", bold=True)


def _sum(feuille: Worksheet, rang: int, colonne: int, debut: str, fin: str) -> None:
    feuille.cell(rang, colonne, f"=SUM({debut}:{fin})").number_format = _EUROS


def _chart(feuille: Worksheet, periodes: Sequence[PeriodeCp]) -> BarChart:
    """Stack the columns of the table: what was paid at the foot of each bar, what is left above."""
    barres = BarChart()
    barres.type, barres.grouping, barres.overlap, barres.gapWidth = "col", "stacked", 100, 60
    barres.width, barres.height = _TAILLE  # type: ignore[assignment]  # the stub takes the first values for the type
    derniere, lignes = _ENTETE + len(periodes), len(periodes[0].parts)
    for rang in range(2 * lignes):
        if not any(amounts(periode)[rang] for periode in periodes):
            continue  # nothing to show, and a word less in the legend
        valeurs = Reference(feuille, min_col=rang + 2, min_row=_ENTETE, max_row=derniere)
        barres.append(_series(valeurs, COULEURS[rang % lignes % len(COULEURS)], hachure=rang < lignes))
    barres.set_categories(Reference(feuille, min_col=1, min_row=_ENTETE + 1, max_row=derniere))
    barres.legend.position = "b"
    _set_axes(barres)
    return barres


def _series(valeurs: Reference, couleur: str, *, hachure: bool) -> Series:
    serie: Series = SeriesFactory(valeurs, title_from_data=True)
    encre, blanc = ColorChoice(), ColorChoice()
    encre.srgbClr, blanc.srgbClr = couleur, "FFFFFF"  # given to the class, the stub refuses them
    motif = PatternFillProperties(prst="wdUpDiag", fgClr=encre, bgClr=blanc)
    contour = LineProperties(solidFill=couleur, w=9_525)
    serie.spPr = GraphicalProperties(pattFill=motif, ln=contour) if hachure else GraphicalProperties(solidFill=couleur)
    serie.invertIfNegative = False
    return serie


def _set_axes(barres: BarChart) -> None:
    noms, valeurs = barres.x_axis, barres.y_axis
    noms.delete = valeurs.delete = False  # openpyxl hides them otherwise
    noms.txPr, valeurs.txPr = _letters(), _letters()
    noms.majorTickMark = valeurs.majorTickMark = "none"
    valeurs.scaling.min = 0
    valeurs.number_format, valeurs.numFmt.sourceLinked = _AXE, False
    valeurs.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E3E9EE")))


def _letters() -> RichText:
    lettres = CharacterProperties(sz=900, solidFill=ENCRE, lang="fr-FR")
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=lettres), endParaRPr=CharacterProperties())])


def verify_sheet(feuille: Worksheet, besoins: Sequence[BesoinCp]) -> None:
    """Read the sheet back: every amount is there, in its place.

    Raises:
        Refus: naming the period at fault.
    """
    for rang, periode in enumerate(croiser(besoins), start=_ENTETE + 1):
        for colonne, montant in enumerate(amounts(periode), start=2):
            lu = feuille.cell(rang, colonne).value
            if Decimal(str(lu)) != euros(montant):
                raise Refus(
                    f"La feuille «{INSECABLE}{FEUILLE}{INSECABLE}» relue porte {lu} pour {format_montant(montant)} "
                    f"({periode.titre}) : recommencez."
                )
