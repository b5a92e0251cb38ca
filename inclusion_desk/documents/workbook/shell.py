"""The shell openpyxl makes: sheets without rows, widths, panes, filters, print set-up, names and properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook import annexe4
from inclusion_desk.documents.workbook import budget as table
from inclusion_desk.documents.workbook import synthese as recap
from inclusion_desk.documents.workbook.cells import letter
from inclusion_desk.documents.workbook.chart import add_chart
from inclusion_desk.documents.workbook.formulas import ANNEXE, span, union
from inclusion_desk.documents.workbook.plan import ENTETE, PREMIERE, Plan
from inclusion_desk.documents.workbook.sheet import Sheet, sitting
from inclusion_desk.documents.workbook.styles import ACCENT, GRIS
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.text import format_date, typo

_SYNTHESE = "'Synthèse'"
_A4 = 9
_CALCUL = 191029  # the engine of Excel 2019 and later: an older number makes it ask to save a file nobody changed


def furnish(workbook: Workbook, plan: Plan, sheets: Sequence[Sheet], edited: datetime) -> None:
    """Give a workbook its sheets, without their rows, and everything that is not a cell."""
    for sheet in sheets:
        feuille = workbook.create_sheet(sheet.nom)
        _lay_out(feuille, sheet)
        _set_print(feuille, sheet, plan.dossier, edited)
        if sheet.chart:
            add_chart(feuille, sheet, sheet.chart)
    for nom, adresse in _names(plan):
        workbook.defined_names[nom] = DefinedName(nom, attr_text=adresse)
    workbook.calculation = CalcProperties(calcId=_CALCUL, fullCalcOnLoad=False)
    workbook.properties = _properties(plan.dossier, edited)


def _properties(dossier: DossierSeance, edited: datetime) -> DocumentProperties:
    instant = edited.astimezone(UTC).replace(tzinfo=None) if edited.tzinfo else edited
    return DocumentProperties(
        creator="Inclusion Desk",
        lastModifiedBy="Inclusion Desk",
        title=clean(typo(dossier.titre), 250),
        subject=clean(sitting(dossier.seance), 250),
        keywords=clean(f"{dossier.departement}, inclusion, campagne {dossier.annee}, phase {dossier.phase}", 250),
        language="fr-FR",
        created=instant.replace(microsecond=0),
    )


def _lay_out(feuille: Worksheet, sheet: Sheet) -> None:
    for numero, column in enumerate(sheet.columns, start=1):
        feuille.column_dimensions[letter(numero)].width = column.largeur
    feuille.freeze_panes = f"A{PREMIERE}"
    feuille.sheet_view.showGridLines = False
    feuille.sheet_format.outlineLevelRow = sheet.niveaux
    feuille.sheet_properties.tabColor = ACCENT if sheet.nom in {"Synthèse", "Annexe 4"} else "9FB4C3"
    if sheet.filtre:
        feuille.auto_filter.ref = f"A{ENTETE}:{letter(len(sheet.columns))}{sheet.filtre}"


def _set_print(feuille: Worksheet, sheet: Sheet, dossier: DossierSeance, edited: datetime) -> None:
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    feuille.page_setup.orientation, feuille.page_setup.paperSize = "landscape", _A4
    feuille.page_setup.fitToWidth, feuille.page_setup.fitToHeight = 1, int(sheet.une_page)
    if sheet.chart and not sheet.une_page:
        feuille.row_breaks.append(Break(id=sheet.derniere))
    feuille.print_title_rows = f"{ENTETE}:{ENTETE}"
    feuille.print_options.horizontalCentered = True
    marges = feuille.page_margins
    marges.left = marges.right = 0.35
    marges.top, marges.bottom, marges.header, marges.footer = 0.75, 0.65, 0.35, 0.3
    titre, seance = clean(typo(dossier.titre), 90), clean(sitting(dossier.seance), 60)
    bords = feuille.HeaderFooter
    bords.oddHeader = _edges(titre.replace("&", "&&"), None, seance.replace("&", "&&"))
    bords.oddFooter = _edges("&A", "Page &P sur &N", f"Édité le {format_date(edited.date())}")


def _edges(gauche: str, centre: str | None, droite: str) -> HeaderFooterItem:
    item = HeaderFooterItem()
    for partie, texte in ((item.left, gauche), (item.center, centre), (item.right, droite)):
        partie.text, partie.size, partie.color = texte, 9, GRIS
    return item


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    """Name what formulas and ``read_totals`` look for."""
    total, fin = plan.total_synthese, plan.total_annexe - 1
    yield "Total_general", span(recap.MONTANT, total, total, _SYNTHESE)
    yield "Total_annexe", span(annexe4.MONTANT, plan.total_annexe, plan.total_annexe, ANNEXE)
    yield "Lignes_montant", span(annexe4.MONTANT, PREMIERE, fin, ANNEXE)
    yield "Lignes_ETP", span(annexe4.ETP, PREMIERE, fin, ANNEXE)
    yield "Lignes_structure", span(annexe4.STRUCTURE, PREMIERE, fin, ANNEXE)
    yield "Lignes_code", span(annexe4.CODE, PREMIERE, fin, ANNEXE)
    if plan.groupes:
        bandes = ((groupe.synthese, groupe.synthese) for groupe in plan.groupes)
        yield "Totaux_thematiques", union(recap.MONTANT, bandes, _SYNTHESE)
        yield "Totaux_dispositifs", union(recap.MONTANT, (g.dispositifs for g in plan.groupes), _SYNTHESE)
    if plan.dossier.budget:
        derniere = PREMIERE + len(plan.dossier.budget) - 1
        yield "Budget_code", span(table.CODE, PREMIERE, derniere, "Budget")
        yield "Budget_proposition", span(table.PROPOSITION, PREMIERE, derniere, "Budget")
        yield "Budget_solde", span(table.SOLDE, PREMIERE, derniere, "Budget")
