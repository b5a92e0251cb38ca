"""The workbook of what payments call for, read back by another reader than the one that writes it."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from inclusion_desk.documents.besoins_cp import render_besoins, verify_besoins
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


MONTANTS = st.integers(0, 10**11)
LIGNES = st.builds(
    BesoinCp, st.none() | st.integers(2000, 2100), st.sampled_from(["", "C02-446A05"]), MONTANTS, MONTANTS, MONTANTS
)


@given(st.lists(LIGNES, min_size=1, max_size=4))
def test_any_amount_is_read_back_to_the_cent(besoins: list[BesoinCp]) -> None:
    verify_besoins(render_besoins(besoins, EDITE), besoins)
