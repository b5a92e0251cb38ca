"""The bar chart of Synthèse: amounts read from the table, their values cached for viewers that compute nothing."""

from __future__ import annotations

from typing import Literal

from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook import synthese as recap
from inclusion_desk.documents.workbook.cells import hundredths
from inclusion_desk.documents.workbook.formulas import union
from inclusion_desk.documents.workbook.sheet import Chart, Sheet
from inclusion_desk.documents.workbook.styles import ACCENT, ENCRE
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.money import INSECABLE

_FORMAT = f'#,##0\\{INSECABLE}"€"'
_PIXELS_PAR_UNITE = 7  # a digit of the default font
_PIXELS_PAR_UNITE, _EMU_PAR_PIXEL = 7, 9525  # of a column width, of a drawing
_RANGS_FIXES, _RANGS_PAR_BARRE, _RANGS_MAX = 5, 1.4, 34  # heights in rows of the sheet
_LIBELLE_MAX = 90


def add_chart(feuille: Worksheet, sheet: Sheet, chart: Chart) -> None:
    """Place the chart under its table, as wide as the table."""
    barres = BarChart()
    barres.type, barres.gapWidth, barres.legend = "bar", 45, None
    barres.title = _title(chart.titre)
    barres.series = [_series(sheet, chart)]
    _set_axes(barres)
    debut = chart.sous + 1
    fin = debut + min(_RANGS_MAX, _RANGS_FIXES + round(_RANGS_PAR_BARRE * len(chart.montants)))
    barres.anchor = TwoCellAnchor(  # type: ignore[assignment]  # the stub only knows the address of a corner
        editAs="oneCell",
        _from=AnchorMarker(row=debut),
        to=AnchorMarker(col=len(sheet.columns) - 1, colOff=_last_offset(sheet), row=fin),
    )
    feuille.add_chart(barres)


def _last_offset(sheet: Sheet) -> int:
    """Give where the chart ends in the last column: two pixels short of the next one, which would be printed too."""
    return (int(sheet.columns[-1].largeur * _PIXELS_PAR_UNITE) - 2) * _EMU_PAR_PIXEL


def _title(texte: str) -> Title:
    lettres = _letters(12, gras=True)
    paragraphe = Paragraph(pPr=ParagraphProperties(defRPr=lettres), r=[RegularTextRun(rPr=lettres, t=texte)])
    return Title(tx=Text(rich=RichText(p=[paragraphe])), overlay=False)


def _series(sheet: Sheet, chart: Chart) -> Series:
    nom = f"'{sheet.nom}'"
    montants = [NumVal(idx=rang, v=hundredths(montant)) for rang, montant in enumerate(chart.montants)]
    libelles = [StrVal(idx=rang, v=clean(texte, _LIBELLE_MAX)) for rang, texte in enumerate(chart.libelles)]
    return Series(
        idx=0,
        order=0,
        spPr=GraphicalProperties(solidFill=ACCENT),
        invertIfNegative=False,
        dLbls=_labels(),
        cat=AxDataSource(
            strRef=StrRef(
                f=f"({union(recap.LIBELLE, chart.etendues, nom)})", strCache=StrData(ptCount=len(libelles), pt=libelles)
            )
        ),
        val=NumDataSource(
            numRef=NumRef(
                f=f"({union(recap.MONTANT, chart.etendues, nom)})",
                numCache=NumData(formatCode=_FORMAT, ptCount=len(montants), pt=montants),
            )
        ),
    )


def _labels() -> DataLabelList:
    return DataLabelList(
        numFmt=_FORMAT,
        txPr=_text(9, renvoi="none"),
        dLblPos="outEnd",
        showVal=True,
        showLegendKey=False,
        showCatName=False,
        showSerName=False,
        showPercent=False,
        showBubbleSize=False,
    )


def _set_axes(barres: BarChart) -> None:
    noms, valeurs = barres.x_axis, barres.y_axis
    noms.delete = valeurs.delete = False
    noms.scaling.orientation, valeurs.crosses = "maxMin", "max"
    noms.txPr, valeurs.txPr = _text(9), _text(9)
    noms.tickLblSkip = 1
    noms.majorTickMark = valeurs.majorTickMark = "none"
    valeurs.scaling.min = 0
    valeurs.number_format, valeurs.numFmt.sourceLinked = _FORMAT, False
    valeurs.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E3E9EE")))
    valeurs.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    noms.spPr = GraphicalProperties(ln=LineProperties(solidFill="9FB4C3"))


def _letters(points: int, *, gras: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=points * 100, b=gras, solidFill=ENCRE, lang="fr-FR")


def _text(points: int, renvoi: Literal["none", "square"] | None = None) -> RichText:
    return RichText(
        bodyPr=RichTextProperties(wrap=renvoi),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=_letters(points)), endParaRPr=CharacterProperties())],
    )
