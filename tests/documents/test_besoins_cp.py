"""The workbook of what payments call for, read back by another reader than the one that writes it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inclusion_desk.documents.besoins_cp import render_besoins, verify_besoins
from inclusion_desk.documents.besoins_graphique import COULEURS
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import BesoinCp

EDITE = datetime(2025, 6, 2)  # noqa: DTZ001 - the local time printed
BESOINS = (
    BesoinCp(2024, "C02-446A05", 14_543_750, 14_543_750, 0),
    BesoinCp(2026, "C01-444H02", 8_455_668, 0, 8_455_668),
    BesoinCp(None, "", 1, 0, 1),
    BesoinCp(None, "C02-446A05", 7_985_000, 0, 7_985_000, echelonne=False),
)


def test_every_amount_is_a_number_in_its_place() -> None:
    lignes = (
        CalamineWorkbook.from_filelike(io.BytesIO(render_besoins(BESOINS, EDITE))).get_sheet_by_index(0).to_python()
    )
    trouvees = [ligne for ligne in lignes if ligne and ligne[0] in {2024, 2026, "Sans échéance", "Non échelonné"}]
    assert [ligne[2] for ligne in trouvees] == [145_437.5, 84_556.68, 0.01, 79_850]
    assert [ligne[4] for ligne in trouvees] == [0, 84_556.68, 0.01, 79_850]
    assert [ligne[1] for ligne in trouvees] == ["C02-446A05", "C01-444H02", "", "C02-446A05"]


def test_the_total_is_a_formula_over_every_line() -> None:
    feuille = load_workbook(io.BytesIO(render_besoins(BESOINS, EDITE))).worksheets[0]
    assert feuille["E8"].value == "=SUM(E4:E7)"


def test_two_renderings_are_alike_in_their_cells_and_an_altered_one_is_refused() -> None:
    contenu = render_besoins(BESOINS, EDITE)
    verify_besoins(contenu, BESOINS)
    classeur = load_workbook(io.BytesIO(contenu))
    classeur.worksheets[0]["C4"] = 145_437.51
    out = io.BytesIO()
    classeur.save(out)
    with pytest.raises(Refus, match="Le classeur relu porte"):
        verify_besoins(out.getvalue(), BESOINS)


def par_ligne(besoins: Sequence[BesoinCp] = BESOINS) -> Worksheet:
    classeur = load_workbook(io.BytesIO(render_besoins(besoins, EDITE)))
    assert classeur.sheetnames == ["Paiements", "Par ligne"]
    return classeur.worksheets[1]


def test_the_second_sheet_sets_credits_out_by_year_and_line() -> None:
    lignes = [[case.value for case in rangee] for rangee in par_ligne().iter_rows(min_row=3, max_row=8)]
    assert lignes[0] == [
        "Année", "C02-446A05 – payé", "C01-444H02 – payé", "Sans ligne budgétaire – payé",
        "C02-446A05 – reste à payer", "C01-444H02 – reste à payer", "Sans ligne budgétaire – reste à payer", "Total",
    ]  # fmt: skip
    assert [ligne[0] for ligne in lignes[1:]] == ["2024", "2026", "Sans échéance", "Non échelonné", "Total"]
    assert lignes[1][1:7] == [145_437.5, 0, 0, 0, 0, 0]
    assert lignes[2][1:7] == [0, 0, 0, 0, 84_556.68, 0]
    assert (lignes[1][7], lignes[5][7]) == ("=SUM(B4:G4)", "=SUM(H4:H7)")


def test_the_chart_stacks_lines_paid_hatched_and_its_axes_are_shown() -> None:
    (graphique,) = par_ligne()._charts  # type: ignore[attr-defined]  # openpyxl keeps them so
    assert (graphique.grouping, graphique.overlap, graphique.x_axis.delete, graphique.y_axis.delete) == (
        "stacked", 100, False, False,
    )  # fmt: skip
    series = [(s.tx.strRef.f, s.val.numRef.f, s.spPr.pattFill is not None) for s in graphique.series]
    assert series == [
        ("'Par ligne'!B3", "'Par ligne'!$B$4:$B$7", True), ("'Par ligne'!E3", "'Par ligne'!$E$4:$E$7", False),
        ("'Par ligne'!F3", "'Par ligne'!$F$4:$F$7", False), ("'Par ligne'!G3", "'Par ligne'!$G$4:$G$7", False),
    ]  # fmt: skip
    assert {s.cat.numRef.f if s.cat.numRef else s.cat.strRef.f for s in graphique.series} == {"'Par ligne'!$A$4:$A$7"}
    payee, due = graphique.series[:2]
    assert str(payee.spPr.pattFill.fgClr.srgbClr) == str(due.spPr.solidFill.srgbClr) == COULEURS[0]


def test_without_any_amount_there_is_no_chart() -> None:
    feuille = par_ligne([BesoinCp(2024, "C02-446A05", 100, 0, 0)])
    assert feuille._charts == []  # type: ignore[attr-defined]  # idem


def test_a_code_is_never_a_formula_and_an_altered_sheet_is_refused() -> None:
    besoins = [BesoinCp(2024, "=1+1", 100, 0, 100)]
    contenu = render_besoins(besoins, EDITE)
    classeur = load_workbook(io.BytesIO(contenu))
    assert classeur.worksheets[1]["B3"].data_type == "s"
    classeur.worksheets[1]["C4"] = 2
    out = io.BytesIO()
    classeur.save(out)
    with pytest.raises(Refus, match="Par ligne"):
        verify_besoins(out.getvalue(), besoins)


MONTANTS = st.integers(0, 10**11)
LIGNES = st.builds(
    BesoinCp,
    st.none() | st.integers(2000, 2100),
    st.sampled_from(["", "C02-446A05", "C01-444H02"]),
    MONTANTS,
    MONTANTS,
    MONTANTS,
)


@given(st.lists(LIGNES, min_size=1, max_size=4))
def test_any_amount_is_read_back_to_the_cent(besoins: list[BesoinCp]) -> None:
    verify_besoins(render_besoins(besoins, EDITE), besoins)
