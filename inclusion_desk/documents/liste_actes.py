"""The list of the acts of a batch, as a workbook of one sheet: one row an act, real dates and amounts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook.archive import weave
from inclusion_desk.documents.workbook.styles import ACCENT
from inclusion_desk.documents.workbook.texts import clean, needs_quote
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import euros

_COLONNES = (
    ("N°", 6), ("Acte", 14), ("Convention", 14), ("Avenant", 9), ("Structure", 44), ("SIRET", 20), ("Objet", 52),
    ("Début", 12), ("Fin", 12), ("Apport (€)", 15), ("Total de la convention (€)", 17), ("Annexes", 12),
    ("Fichier", 56), ("Observation", 60),
)  # fmt: skip
_EUROS, _JOUR = "#,##0.00", "dd/mm/yyyy"
_TITRE = 3
"""The row of the column titles, under the title of the list."""


@dataclass(frozen=True, slots=True)
class LigneListe:
    """One row: the act, the files made of it, and why there is none."""

    acte: Acte
    fichiers: tuple[str, ...]
    refus: str = ""


def render_liste(titre: str, lignes: Sequence[LigneListe], edited: datetime) -> bytes:
    """Make the list; ``edited`` dates it, and the same list at the same moment gives the same bytes."""
    classeur = Workbook()
    feuille = classeur.worksheets[0]
    feuille.title = "Actes"
    feuille["A1"] = clean(titre)
    feuille["A1"].font = Font(bold=True, size=14)
    for colonne, (nom, largeur) in enumerate(_COLONNES, start=1):
        case = feuille.cell(_TITRE, colonne, nom)
        case.font, case.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=ACCENT)
        case.alignment = Alignment(vertical="center", wrap_text=True)
        feuille.column_dimensions[case.column_letter].width = largeur
    for rang, ligne in enumerate(lignes, start=1):
        for colonne, valeur in enumerate(_values(rang, ligne), start=1):
            _write(feuille.cell(_TITRE + rang, colonne), valeur)
    _lay_out(feuille, len(lignes))
    classeur.properties.creator = classeur.properties.lastModifiedBy = "Inclusion Desk"
    classeur.properties.title, classeur.properties.language = clean(titre, 250), "fr-FR"
    classeur.properties.created = classeur.properties.modified = edited.replace(microsecond=0, tzinfo=None)
    out = io.BytesIO()
    classeur.save(out)
    return weave(out.getvalue(), (), None)  # openpyxl dates what it saves by its own clock


def _lay_out(feuille: Worksheet, lignes: int) -> None:
    derniere = feuille.cell(_TITRE + lignes, len(_COLONNES)).coordinate
    feuille.freeze_panes = f"A{_TITRE + 1}"
    feuille.auto_filter.ref = f"A{_TITRE}:{derniere}"
    feuille.sheet_view.showGridLines = False
    feuille.page_setup.orientation, feuille.page_setup.fitToHeight = "landscape", 0
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    feuille.print_title_rows = f"{_TITRE}:{_TITRE}"


def _values(rang: int, ligne: LigneListe) -> tuple[object, ...]:
    acte, siret = ligne.acte, ligne.acte.beneficiaire.siret
    return (
        rang, "Avenant" if acte.avenant else "Convention", acte.numero, acte.rang or None, acte.beneficiaire.nom,
        format_siret(siret) if siret else "", acte.objet, acte.debut, acte.fin, acte.apport, acte.montant,
        ", ".join(str(fiche.annexe) for fiche in acte.fiches), "\n".join(ligne.fichiers), ligne.refus,
    )  # fmt: skip


def _write(case: Cell | MergedCell, valeur: object) -> None:
    haut = Alignment(vertical="top", wrap_text=isinstance(valeur, str))
    if isinstance(valeur, str):
        case.value, case.data_type = clean(valeur), "s"
        case.quotePrefix = needs_quote(valeur)
    elif isinstance(valeur, date):
        case.value, case.number_format = valeur, _JOUR
    elif case.column in {10, 11} and isinstance(valeur, int):
        case.value, case.number_format = euros(valeur), _EUROS
    elif isinstance(valeur, int):
        case.value = valeur
    case.alignment = haut
