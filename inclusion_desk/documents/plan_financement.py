"""A plan of European co-financing as a workbook of one sheet: the staff of the action, then who pays what."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook.archive import weave
from inclusion_desk.documents.workbook.styles import ACCENT, ENCRE
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.cofinancement import TAUX_FORFAITAIRE
from inclusion_desk.domain.cofinancement_lignes import Projet
from inclusion_desk.domain.money import INSECABLE, euros, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT, format_taux

_EUROS, _TAUX = f'#,##0.00\\{INSECABLE}"€"', f"0.00\\{INSECABLE}%"
_LARGEURS = (("A", 62), ("B", 20), ("C", 16), ("D", 20))
_GRAS = Font("Calibri", bold=True, color=ENCRE)
Ligne = tuple[str, int | None, int | None, int | None]
"""A row: its words, a cost in cents, a rate in hundredths of a percent, an amount in cents."""


def lignes(projet: Projet) -> Iterator[tuple[Ligne, bool]]:
    """Give the rows of a plan, and which of them add up."""
    plan = projet.plan
    for depense in plan.depenses:
        yield (depense.fonction, depense.cout, depense.affectation, depense.montant), False
    yield ("Dépenses directes de personnel", None, None, plan.personnel), True
    forfait = f"Autres coûts, au taux forfaitaire de {format_taux(TAUX_FORFAITAIRE)} des dépenses de personnel"
    yield (forfait, None, TAUX_FORFAITAIRE, plan.autres), False
    yield ("Coût total de l’opération", None, None, plan.total), True
    taux = plan.fonds.taux_departement
    yield ("Part du Département", None, taux, plan.part_departement), False
    yield (f"Part européenne ({plan.fonds.code})", None, CENT_POUR_CENT - taux, plan.part_europeenne), False
    if projet.montant is not None and not projet.appele:
        yield ("Montant proposé", None, None, projet.montant), True
        yield ("Écart avec la part du Département", None, None, plan.ecart(projet.montant)), False


def render(projet: Projet, edited: datetime) -> bytes:
    """Make the workbook; ``edited`` dates it."""
    classeur = Workbook()
    feuille = classeur.worksheets[0]
    feuille.title = "Plan de financement"
    _heading(feuille, projet)
    entete = _header_row(projet)
    for colonne, nom in enumerate(("Poste", "Coût complet", "Taux", "Montant"), start=1):
        case = feuille.cell(entete, colonne, nom)
        case.font, case.fill = Font("Calibri", bold=True, color="FFFFFF"), PatternFill("solid", fgColor=ACCENT)
        case.alignment = Alignment("left" if colonne == 1 else "right", "center")
    for rang, (ligne, somme) in enumerate(lignes(projet), start=entete + 1):
        _row(feuille, rang, ligne, somme=somme)
    for lettre, largeur in _LARGEURS:
        feuille.column_dimensions[lettre].width = largeur
    feuille.sheet_view.showGridLines = False
    feuille.page_setup.orientation, feuille.page_setup.fitToHeight = "landscape", 0
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    classeur.properties.creator = classeur.properties.lastModifiedBy = "Inclusion Desk"
    classeur.properties.title, classeur.properties.language = clean(projet.titre, 255), "fr-FR"
    classeur.properties.created = classeur.properties.modified = edited.replace(microsecond=0, tzinfo=None)
    out = io.BytesIO()
    classeur.save(out)
    return weave(out.getvalue(), (), None)  # openpyxl dates what it saves by its own clock


def _said(projet: Projet) -> tuple[str, ...]:
    """Give what is said above the table."""
    fonds = f"{projet.plan.fonds.nom} ({projet.plan.fonds.code})"
    ligne = projet.ligne.titre if projet.ligne else ""
    appele = "Plan que le montant proposé appelle, avant le détail des postes" if projet.appele else ""
    return tuple(filter(None, ("Plan de financement", ligne, f"Fonds{INSECABLE}: {fonds}", appele, projet.comparaison)))


def _header_row(projet: Projet) -> int:
    return len(_said(projet)) + 2


def _heading(feuille: Worksheet, projet: Projet) -> None:
    for rang, texte in enumerate(_said(projet), start=1):
        _text(feuille, rang, texte)
        feuille.cell(rang, 1).font = Font("Calibri", bold=rang == 1, size=14 if rang == 1 else 11, color=ENCRE)


def _text(feuille: Worksheet, rang: int, texte: str) -> None:
    """Write a text, never read as a formula."""
    feuille.cell(rang, 1, clean(texte)).data_type = "s"


def _row(feuille: Worksheet, rang: int, ligne: Ligne, *, somme: bool) -> None:
    libelle, cout, taux, montant = ligne
    _text(feuille, rang, libelle)
    if cout is not None:
        feuille.cell(rang, 2, euros(cout)).number_format = _EUROS
    if taux is not None:
        feuille.cell(rang, 3, Decimal(taux) / CENT_POUR_CENT).number_format = _TAUX
    if montant is not None:
        feuille.cell(rang, 4, euros(montant)).number_format = _EUROS
    for colonne in range(1, 5):
        case = feuille.cell(rang, colonne)
        case.border = Border(bottom=Side(style="thin", color="D5DCE3"))
        if somme:
            case.font = _GRAS


def verify(content: bytes, projet: Projet) -> None:
    """Read the workbook back: every amount is there, in its place.

    Raises:
        Refus: naming the row at fault.
    """
    feuille = load_workbook(io.BytesIO(content)).worksheets[0]
    for rang, ((libelle, cout, _, montant), _) in enumerate(lignes(projet), start=_header_row(projet) + 1):
        for colonne, attendu in ((2, cout), (4, montant)):
            lu = feuille.cell(rang, colonne).value
            if attendu is not None and Decimal(str(lu)) != euros(attendu):
                raise Refus(f"Le classeur relu porte {lu} pour {format_montant(attendu)} ({libelle}) : recommencez.")
