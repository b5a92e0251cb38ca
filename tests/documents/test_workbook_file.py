"""The workbook as a file: formats, print set-up, chart, XML order, identical bytes, progress."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import timedelta, timezone
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.workbook import render_workbook, verify_workbook
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import Interrompu
from tests.documents.test_workbook import EDITED, FEUILLES, parts, render
from tests.fabrique import dossier_du_cas

ORDRE = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells conditionalFormatting "
    "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks ignoredErrors drawing"
)


@pytest.fixture(scope="module")
def cas() -> DossierSeance:
    return dossier_du_cas()


@pytest.fixture(scope="module")
def content(cas: DossierSeance) -> bytes:
    return render(cas)


@pytest.fixture(scope="module")
def formulas(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def test_number_formats_are_french_euros(formulas: Workbook) -> None:
    assert formulas["Annexe 4"]["P5"].number_format == '#,##0.00\\\u00a0"€"'
    assert formulas["Synthèse"]["H5"].number_format == "0.0\\\u00a0%"
    assert formulas["Synthèse"]["D6"].number_format == "#,##0"
    assert formulas["Synthèse"]["F6"].number_format == '0.00;-0.00;"–"'
    assert formulas["Par territoire"]["C5"].number_format.endswith(';"–"')
    assert formulas["Annexe 4"]["G5"].number_format == "@"


def test_annexe_4_is_outlined_frozen_and_filtered(content: bytes, formulas: Workbook) -> None:
    feuille = formulas["Annexe 4"]
    assert feuille.freeze_panes == "A5"
    assert feuille.auto_filter.ref == "A4:S41"
    niveaux = {numero: feuille.row_dimensions[numero].outlineLevel for numero in (5, 13, 31, 42)}
    assert niveaux == {5: 2, 13: 1, 31: 0, 42: 0}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        noms = archive.read("xl/workbook.xml").decode()
    assert '<definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">\'Annexe 4\'!$A$4:$S$41<' in noms


@pytest.mark.parametrize("nom", FEUILLES)
def test_print_set_up(formulas: Workbook, nom: str) -> None:
    feuille = formulas[nom]
    assert isinstance(feuille, Worksheet)
    assert (feuille.page_setup.paperSize, feuille.page_setup.orientation) == (9, "landscape")
    assert feuille.sheet_properties.pageSetUpPr is not None
    assert feuille.sheet_properties.pageSetUpPr.fitToPage
    assert feuille.page_setup.fitToWidth == 1
    assert feuille.print_title_rows == "$4:$4"
    assert feuille.oddFooter is not None
    assert feuille.oddHeader is not None
    assert feuille.oddFooter.center.text == "Page &P sur &N"
    assert str(feuille.oddHeader.left.text).startswith("Appels à projets")
    assert str(feuille.oddHeader.right.text).endswith("du 9\u00a0décembre\u00a02024")


def test_document_properties(formulas: Workbook) -> None:
    lues = formulas.properties
    assert lues.creator == "Inclusion Desk"
    assert lues.language == "fr-FR"
    assert lues.created == lues.modified == EDITED.replace(tzinfo=None)


def test_a_clock_elsewhere_is_stored_in_universal_time(cas: DossierSeance) -> None:
    paris = EDITED.astimezone(timezone(timedelta(hours=1)))
    feuilles = load_workbook(BytesIO(render_workbook(cas, (), edited=paris)))
    assert feuilles.properties.created == EDITED.replace(tzinfo=None)
    assert str(feuilles["Synthèse"]["A2"].value).endswith("édité le 9\u00a0décembre\u00a02024 à 15\u00a0h\u00a005")


def test_chart_shows_its_axes_and_reads_the_table(content: bytes) -> None:
    (xml,) = [partie.decode() for nom, partie in parts(content) if nom.startswith("xl/charts/")]
    assert xml.count('<delete val="0"/>') == 2
    assert "'Synthèse'!$G$6:$G$9,'Synthèse'!$G$11:$G$12,'Synthèse'!$G$14" in xml
    assert "<v>567150</v>" in xml


def test_chart_stands_under_the_table(formulas: Workbook) -> None:
    (chart,) = formulas["Synthèse"]._charts  # type: ignore[attr-defined]
    assert chart.anchor._from.row > 15


def test_many_dispositifs_are_charted_by_thematique(cas: DossierSeance) -> None:
    operation = cas.operations[1]
    operations = tuple(replace(operation, dispositif_id=n, numero=f"1.{n}") for n in range(1, 31))
    dossier = replace(cas, thematiques=(replace(cas.thematiques[0], operations=operations),), budget=())
    content = render(dossier)
    verify_workbook(content, dossier)
    (xml,) = [partie.decode() for nom, partie in parts(content) if nom.startswith("xl/charts/")]
    assert "Montant proposé par thématique" in xml


def sheet_roots(content: bytes) -> list[ET.Element]:
    return [ET.fromstring(xml) for nom, xml in parts(content) if nom.startswith("xl/worksheets/sheet")]  # noqa: S314 - our own bytes


def test_worksheets_are_written_as_the_format_wants(content: bytes) -> None:
    for racine in sheet_roots(content):
        noms = [enfant.tag.rpartition("}")[2] for enfant in racine]
        assert noms == sorted(noms, key=ORDRE.split().index)
        assert len(set(noms)) == len(noms)
        numeros = [int(ligne.get("r", "")) for ligne in racine.iterfind("{*}sheetData/{*}row")]
        assert numeros == sorted(set(numeros))


def test_dimension_covers_the_cells(content: bytes) -> None:
    for racine in sheet_roots(content):
        dimension = racine.find("{*}dimension")
        assert dimension is not None
        derniere = [c.get("r") for c in racine.iterfind("{*}sheetData/{*}row/{*}c")][-1]
        assert dimension.get("ref") == f"A1:{derniere}"


def test_same_dossier_same_bytes(cas: DossierSeance, content: bytes) -> None:
    assert render(cas) == content


def test_no_clock_in_the_archive(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entree.date_time for entree in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_progress_goes_up_to_its_total(cas: DossierSeance) -> None:
    vus: list[tuple[int, int]] = []
    render_workbook(cas, (), edited=EDITED, progress=lambda fait, total: vus.append((fait, total)))
    assert vus == sorted(vus)
    assert vus[-1][0] == vus[-1][1]


def test_cancelling_goes_through(cas: DossierSeance) -> None:
    def cancel(_fait: int, _total: int) -> None:
        raise Interrompu("L’édition est annulée.")

    with pytest.raises(Interrompu):
        render_workbook(cas, (), edited=EDITED, progress=cancel)
