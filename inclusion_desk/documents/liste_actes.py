"""The list of the acts of a batch, as a workbook of one sheet: one row an act, real dates and amounts, a live total."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook.archive import weave
from inclusion_desk.documents.workbook.cells import Ink, letter, row, serial
from inclusion_desk.documents.workbook.formulas import total
from inclusion_desk.documents.workbook.plan import ENTETE, PREMIERE
from inclusion_desk.documents.workbook.sheet import Column, Sheet, band, head, height
from inclusion_desk.documents.workbook.styles import ACCENT, Band, Fmt, register_styles
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.actes_proposes import ActePropose
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter, enumerer, format_date_longue, typo

_COLONNES = (
    Column("N°", 5, Fmt.NOMBRE), Column("Acte", 11), Column("Convention", 12, Fmt.CENTRE),
    Column("Avenant", 9, Fmt.NOMBRE), Column("Modèle", 24, Fmt.LONG), Column("Structure", 28, Fmt.LONG),
    Column("SIRET", 18, Fmt.CENTRE), Column("Dispositifs", 32, Fmt.LONG), Column("Objet", 32, Fmt.LONG),
    Column("Début", 11, Fmt.DATE), Column("Fin", 11, Fmt.DATE), Column("Apport", 15, Fmt.EUROS),
    Column("Total de la convention", 16, Fmt.EUROS), Column("Annexes", 9, Fmt.CENTRE), Column("État", 16, Fmt.LONG),
    Column("Fichiers", 50, Fmt.LONG), Column("Observation", 36, Fmt.LONG),
)  # fmt: skip
_APPORT = 12
_TEXTES = frozenset({Fmt.TEXTE, Fmt.LONG, Fmt.CENTRE})
_FEUILLE = "Actes"
_A4 = 9


@dataclass(frozen=True, slots=True)
class LigneListe:
    """One row: what the act is, the files made of it, and why there is none; amounts in cents.

    ``rang`` is the row of the act in the list of the phase; ``avenant`` is None for a convention, and ``total`` for an
    act that is not prepared.
    """

    rang: int
    acte: str
    convention: str
    avenant: int | None
    modele: str
    structure: str
    siret: str
    dispositifs: str
    objet: str
    debut: date
    fin: date
    apport: int
    total: int | None
    annexes: str
    etat: str
    fichiers: tuple[str, ...] = ()
    refus: str = ""


def ligne_faite(rang: int, acte: Acte, etat: str, fichiers: tuple[str, ...], refus: str = "") -> LigneListe:
    """Give the row of an act prepared."""
    return LigneListe(
        rang=rang,
        acte="Avenant" if acte.avenant else "Convention",
        convention=acte.numero,
        avenant=acte.rang or None,
        modele=acte.parametres.libelle if acte.avenant else "",
        structure=acte.beneficiaire.nom,
        siret=acte.beneficiaire.siret,
        dispositifs=enumerer(list(dict.fromkeys(f.fiche.dispositif for f in acte.fiches))),
        objet=acte.objet,
        debut=acte.debut,
        fin=acte.fin,
        apport=acte.apport,
        total=acte.montant,
        annexes=", ".join(str(fiche.annexe) for fiche in acte.fiches),
        etat=etat,
        fichiers=fichiers,
        refus=refus,
    )


def ligne_proposee(propose: ActePropose, refus: str) -> LigneListe:
    """Give the row of an act set aside before it is prepared."""
    avenant = propose.nature == "avenant"
    return LigneListe(
        rang=propose.rang,
        acte="Avenant" if avenant else "Convention",
        convention=propose.convention.numero if propose.convention else propose.lignes[0].convention_initiale or "",
        avenant=None,
        modele=propose.libelle_modele,
        structure=propose.structure,
        siret=propose.lignes[0].siret or "",
        dispositifs=propose.dispositif,
        objet=propose.objet,
        debut=min(ligne.debut for ligne in propose.lignes),
        fin=max(ligne.fin for ligne in propose.lignes),
        apport=propose.montant,
        total=None,
        annexes="",
        etat="À préparer",
        refus=refus,
    )


def render_liste(titre: str, lignes: Sequence[LigneListe], edited: datetime) -> bytes:
    """Make the list; ``edited`` dates it, and the same list at the same moment gives the same bytes."""
    classeur = Workbook()
    classeur.remove(classeur.worksheets[0])
    ink = Ink(register_styles(classeur))
    derniere = ENTETE + len(lignes)
    sheet = Sheet(_FEUILLE, _COLONNES, derniere + 1, _rows(ink, titre, lignes, edited), filtre=derniere)
    _lay_out(classeur.create_sheet(_FEUILLE), sheet)
    classeur.properties.creator = classeur.properties.lastModifiedBy = "Inclusion Desk"
    classeur.properties.title, classeur.properties.language = clean(titre, 250), "fr-FR"
    classeur.properties.created = classeur.properties.modified = edited.replace(microsecond=0, tzinfo=None)
    out = io.BytesIO()
    classeur.save(out)
    return weave(out.getvalue(), (sheet,), None)  # openpyxl dates what it saves by its own clock


def _rows(ink: Ink, titre: str, lignes: Sequence[LigneListe], edited: datetime) -> Iterator[str]:
    ecartes = sum(bool(ligne.refus) for ligne in lignes)
    dont = f", dont {compter(ecartes, 'écarté')}" if ecartes else ""
    heure = f"{edited.hour}{INSECABLE}h{INSECABLE}{edited.minute:02}"
    contexte = f"{compter(len(lignes), 'acte')}{dont} – édité le {format_date_longue(edited.date())} à {heure}"
    yield from head(ink, titre, typo(contexte), _COLONNES)
    for numero, ligne in enumerate(lignes, start=PREMIERE):
        yield _row(ink, numero, ligne)
    yield _total(ink, lignes)


def _row(ink: Ink, numero: int, ligne: LigneListe) -> str:
    valeurs = _values(ligne)
    hauteur = height(
        (str(v), c.largeur) for v, c in zip(valeurs, _COLONNES, strict=True) if v is not None and c.fmt is Fmt.LONG
    )
    cases = [
        ink.text(Band.LIGNE, c.fmt)(str(v or "")) if c.fmt in _TEXTES else ink.number(Band.LIGNE, c.fmt)(_number(v))
        for v, c in zip(valeurs, _COLONNES, strict=True)
    ]
    return row(numero, cases, hauteur=hauteur)


def _values(ligne: LigneListe) -> tuple[str | int | None, ...]:
    return (
        ligne.rang, ligne.acte, ligne.convention, ligne.avenant, typo(ligne.modele), ligne.structure,
        format_siret(ligne.siret) if ligne.siret else "", typo(ligne.dispositifs), typo(ligne.objet),
        serial(ligne.debut), serial(ligne.fin), ligne.apport, ligne.total, ligne.annexes, ligne.etat,
        "\n".join(ligne.fichiers), typo(ligne.refus),
    )  # fmt: skip


def _number(valeur: str | int | None) -> int | None:
    return valeur if isinstance(valeur, int) else None


def _total(ink: Ink, lignes: Sequence[LigneListe]) -> str:
    """Add up what the acts bring; totals of conventions do not add up, two acts may be of the same one."""
    numero, apport = PREMIERE + len(lignes), sum(ligne.apport for ligne in lignes)
    somme = ink.formula(Band.TOTAL, Fmt.EUROS)(total(_APPORT, PREMIERE, numero - 1), apport)
    cases = {
        1: ink.text(Band.TOTAL)("Total"),
        _APPORT: somme if lignes else ink.number(Band.TOTAL, Fmt.EUROS)(0),
    }
    return row(numero, band(ink, Band.TOTAL, _COLONNES, cases), hauteur=24)


def _lay_out(feuille: Worksheet, sheet: Sheet) -> None:
    for colonne, une in enumerate(sheet.columns, start=1):
        feuille.column_dimensions[letter(colonne)].width = une.largeur
    feuille.freeze_panes = f"A{PREMIERE}"
    feuille.auto_filter.ref = f"A{ENTETE}:{letter(len(sheet.columns))}{sheet.filtre}"
    feuille.sheet_view.showGridLines = False
    feuille.sheet_properties.tabColor = ACCENT
    feuille.page_setup.orientation, feuille.page_setup.paperSize = "landscape", _A4
    marges = feuille.page_margins
    marges.left = marges.right = marges.top = marges.bottom = 0.35
    feuille.page_setup.fitToWidth, feuille.page_setup.fitToHeight = 1, 0
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    feuille.print_title_rows = f"{ENTETE}:{ENTETE}"
