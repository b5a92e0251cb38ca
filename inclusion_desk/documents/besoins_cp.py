"""What payments call for by year and budget line, as a workbook: a table whose totals are formulas, and a chart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.besoins_graphique import add_sheet, verify_sheet
from inclusion_desk.documents.workbook.archive import weave
from inclusion_desk.documents.workbook.styles import ACCENT
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.money import euros, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import BesoinCp

TITRE = "Besoins en crédits de paiement"
_COLONNES = (("Année", 14), ("Code opération", 18), ("Prévu (€)", 18), ("Payé (€)", 18), ("Reste à payer (€)", 18),
             ("Non consommé (€)", 18))  # fmt: skip
_EUROS = "#,##0.00"
_ENTETE = 3
"""The row of the column titles, under the title."""


def render_besoins(besoins: Sequence[BesoinCp], edited: datetime) -> bytes:
    """Make the workbook; ``edited`` dates it."""
    classeur = Workbook()
    feuille = classeur.worksheets[0]
    feuille.title = "Paiements"
    feuille["A1"] = TITRE
    feuille["A1"].font = Font("Calibri", bold=True, size=14)
    for colonne, (nom, largeur) in enumerate(_COLONNES, start=1):
        case = feuille.cell(_ENTETE, colonne, nom)
        case.font, case.fill = Font("Calibri", bold=True, color="FFFFFF"), PatternFill("solid", fgColor=ACCENT)
        case.alignment = Alignment(vertical="center", wrap_text=True)
        feuille.column_dimensions[get_column_letter(colonne)].width = largeur
    for rang, besoin in enumerate(besoins, start=_ENTETE + 1):
        feuille.cell(rang, 1, besoin.periode if besoin.annee is None else besoin.annee).alignment = _LEFT
        feuille.cell(rang, 2, clean(besoin.code_operation))
        for colonne, montant in enumerate(_amounts(besoin), start=3):
            feuille.cell(rang, colonne, euros(montant)).number_format = _EUROS
    _total(feuille, _ENTETE + len(besoins))
    add_sheet(classeur, besoins)
    classeur.properties.creator = classeur.properties.lastModifiedBy = "Inclusion Desk"
    classeur.properties.title, classeur.properties.language = TITRE, "fr-FR"
    classeur.properties.created = classeur.properties.modified = edited.replace(microsecond=0, tzinfo=None)
    out = io.BytesIO()
    classeur.save(out)
    return weave(out.getvalue(), (), None)  # openpyxl dates what it saves by its own clock


_LEFT = Alignment(horizontal="left")


def _amounts(besoin: BesoinCp) -> tuple[int, ...]:
    return besoin.prevu, besoin.paye, besoin.reste, besoin.libere


def _total(feuille: Worksheet, derniere: int) -> None:
    """Add up the columns under them, and lay the sheet out."""
    total = derniere + 1
    feuille.cell(total, 1, "Total").font = Font("Calibri", bold=True)
    for colonne in range(3, len(_COLONNES) + 1):
        case = feuille.cell(total, colonne)
        lettre = get_column_letter(colonne)
        case.value = f"=SUM({lettre}{_ENTETE + 1}:{lettre}{derniere})"
        case.number_format, case.font = _EUROS, Font("Calibri", bold=True)
    feuille.freeze_panes = f"A{_ENTETE + 1}"
    feuille.sheet_view.showGridLines = False
    feuille.page_setup.orientation, feuille.page_setup.fitToHeight = "landscape", 0
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def verify_besoins(content: bytes, besoins: Sequence[BesoinCp]) -> None:
    """Read the workbook back: every amount is there, in its place.

    Raises:
        Refus: naming the year and the budget line at fault.
    """
    feuille, par_ligne = load_workbook(io.BytesIO(content)).worksheets
    verify_sheet(par_ligne, besoins)
    for rang, besoin in enumerate(besoins, start=_ENTETE + 1):
        for colonne, montant in enumerate(_amounts(besoin), start=3):
            lu = feuille.cell(rang, colonne).value
            if Decimal(str(lu)) != euros(montant):
                raise Refus(
                    f"Le classeur relu porte {lu} pour {format_montant(montant)} ({besoin.periode}, "
                    f"{besoin.code_operation}) : recommencez."
                )
