"""The workbook of the real case: its figures, read by two readers, and its formulas."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.child import _WorkbookChild
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inclusion_desk.documents.workbook import render_workbook, verify_workbook
from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import dossier_du_cas

EDITED = datetime(2024, 12, 9, 14, 5, tzinfo=UTC)
FEUILLES = ("Synthèse", "Annexe 4", "Par structure", "Par territoire", "Budget", "Contrôles")


def render(dossier: DossierSeance) -> bytes:
    return render_workbook(dossier, controler(dossier), edited=EDITED)


def vide() -> DossierSeance:
    cas = dossier_du_cas()
    return replace(cas, thematiques=(), budget=tuple(replace(ligne, proposition=0) for ligne in cas.budget))


@pytest.fixture(scope="module")
def cas() -> DossierSeance:
    return dossier_du_cas()


@pytest.fixture(scope="module")
def content(cas: DossierSeance) -> bytes:
    return render(cas)


@pytest.fixture(scope="module")
def values(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(feuille: _WorkbookChild) -> list[tuple[Any, ...]]:
    assert isinstance(feuille, Worksheet)
    return list(feuille.iter_rows(min_row=5, values_only=True))


def row_of(feuille: _WorkbookChild, debut: str) -> tuple[Any, ...]:
    return next(row for row in rows(feuille) if str(row[0]).startswith(debut) or str(row[1]).startswith(debut))


def calamine(content: bytes, nom: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(nom).to_python()


def load(workbook: Workbook, nom: str) -> dict[str, list[Any]]:
    """Give the columns of a sheet under their titles."""
    feuille = workbook[nom]
    assert isinstance(feuille, Worksheet)
    colonnes = list(zip(*feuille.iter_rows(min_row=4, values_only=True), strict=True))
    return {str(titre): list(contenu) for titre, *contenu in colonnes}


def midnight(annee: int, mois: int, jour: int) -> datetime:
    return datetime.combine(date(annee, mois, jour), time())


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield from ((nom, archive.read(nom)) for nom in archive.namelist())


def test_sheets_are_in_their_order(values: Workbook) -> None:
    assert tuple(values.sheetnames) == FEUILLES


BUDGET = [
    ("C02-446A05", "6568/93446", 8_589_450.00, 915_067.73, 712_000.00, 203_067.73),
    ("C01-444H02", "6568/93444", 13_789_480.46, 620_612.11, 99_998.00, 520_614.11),
    ("C02-428C01", "6568/93428", 130_000.00, 90_500.00, 59_220.00, 31_280.00),
    ("Total général", None, 22_508_930.46, 1_626_179.84, 871_218.00, 754_961.84),
]


def test_budget_table_gives_the_figures_of_the_case(values: Workbook) -> None:
    lus = [(row[0], row[1], *row[3:7]) for row in rows(values["Budget"])]
    assert lus == BUDGET


def test_another_reader_finds_the_same_budget(content: bytes) -> None:
    lus = [(row[0], row[1] or None, *row[3:7]) for row in calamine(content, "Budget")[-4:]]
    assert lus == BUDGET


def test_consumption_is_what_the_ae_has_lost(values: Workbook) -> None:
    assert row_of(values["Budget"], "C02-428C01")[7] == pytest.approx((130_000 - 31_280) / 130_000)


SYNTHESE = [
    ("1", "Accompagnement des bénéficiaires", 18, None, None, 63.36, 712_000),
    ("1.1", "Dynamisation des parcours", 8, 4783, "diagnostics", 11.96, 0),
    ("–", "Accompagnement équilibré", 12, 2706, "places", 49.2, 567_150),
    ("1.7", "Accompagnement des bénéficiaires", 1, None, "ETP", 1.2, 79_850),
    ("–", "Expérimentation du coaching", 1, 50, "familles", 1, 65_000),
    ("3", "Développement des compétences", 3, 270, "personnes", 0, 99_998),
    ("3.16", "Accompagner autrement", 1, 100, "personnes", 0, 30_000),
    ("3.14", "Actions d’insertion innovantes", 2, 170, "personnes", 0, 69_998),
    ("4", "Autonomie et inclusion", 2, 2, "projets", 0, 59_220),
    ("4.1", "Projets collectifs jeunesse", 2, 2, "projets", 0, 59_220),
]


def test_synthese_gives_the_figures_of_the_case(values: Workbook) -> None:
    lus = rows(values["Synthèse"])
    for lu, attendu in zip(lus, SYNTHESE, strict=False):
        assert (lu[0], *lu[2:7]) == (attendu[0], *attendu[2:])
        assert lu[1].startswith(attendu[1])
    assert lus[10][:7] == ("Total général", None, 23, None, None, 63.36, 871_218)


def test_shares_of_the_total_add_up(values: Workbook) -> None:
    parts_lues = [row[7] for row in rows(values["Synthèse"]) if row[0] in {"1", "3", "4"}]
    assert sum(parts_lues) == pytest.approx(1)
    assert parts_lues[0] == pytest.approx(0.81725, abs=1e-5)


def test_annexe_4_has_every_line_and_its_sub_totals(values: Workbook, cas: DossierSeance) -> None:
    lus = rows(values["Annexe 4"])
    lignes = [row for row in lus if row[17]]
    assert [round(row[15] * 100) for row in lignes] == [ligne.montant for ligne in cas.lignes]
    assert [row[0][:48] for row in lus if str(row[0]).startswith("Total")] == [
        "Total de la thématique 1 – Accompagnement des bé",
        "Total de la thématique 3 – Développement des com",
        "Total de la thématique 4 – Autonomie et inclusio",
        "Total général",
    ]
    assert [row[15] for row in lus if str(row[0]).startswith("Total")] == [712_000, 99_998, 59_220, 871_218]
    assert [row[15] for row in lus if str(row[0]).startswith("Sous-total")] == [
        0, 567_150, 79_850, 65_000, 30_000, 69_998, 59_220,
    ]  # fmt: skip


def test_annexe_4_shows_a_whole_line(values: Workbook) -> None:
    ligne = next(row for row in rows(values["Annexe 4"]) if row[4] == "Pas-de-Calais Actif")
    assert ligne == (
        "1", "1.7", "Accompagnement des bénéficiaires du RSA ayant une activité indépendante", "Départemental",
        "Pas-de-Calais Actif", "Groupement d’intérêt public", "18620009300083", "Avenant", "Annexe 10", "2024-01213",
        midnight(2025, 1, 1), midnight(2025, 12, 31), None, "ETP", 1.2, 79_850, "Contrepartie FSE", "C02-446A05",
        "6568/93446",
    )  # fmt: skip


def test_siret_is_a_text_and_dates_are_dates(formulas: Workbook) -> None:
    feuille = formulas["Annexe 4"]
    assert [feuille.cell(5, colonne).data_type for colonne in (7, 11, 12)] == ["s", "d", "d"]
    assert feuille.cell(5, 11).number_format == "dd/mm/yyyy"


def test_structures_and_territoires_add_up(values: Workbook) -> None:
    structures = rows(values["Par structure"])
    assert len(structures) == 24
    assert structures[-1][4:7] == (27, 63.36, 871_218)
    assert row_of(values["Par structure"], "Structure exemple 05")[3:7] == ("Calaisis", 2, 7.4, 69_165)
    territoires = load(values, "Par territoire")
    assert territoires["Lens-Liévin"] == [0, 138_329, 0, 65_000, 0, 0, 0, 203_329, pytest.approx(0.23338, abs=1e-5)]
    assert territoires["Total"][:8] == [0, 567_150, 79_850, 65_000, 30_000, 69_998, 59_220, 871_218]


def test_findings_are_listed_with_french_spaces(values: Workbook) -> None:
    lus = rows(values["Contrôles"])
    phrase = (
        "Le dispositif «\u00a0Accompagnement équilibré social-professionnel\u00a0» n’a pas de numéro\u00a0: "
        "donnez-lui-en un, ou précisez dans le rapport qu’il s’agit d’une expérimentation."
    )
    assert lus[0] == ("DIS-01", "Attention", phrase, 1)


def test_no_finding_is_said_in_one_sentence(cas: DossierSeance) -> None:
    feuille = load_workbook(BytesIO(render_workbook(cas, (), edited=EDITED)))["Contrôles"]
    assert rows(feuille) == [("Les contrôles n’ont relevé aucune anomalie.", None, None, None)]


def test_every_total_is_a_live_formula_with_its_value(formulas: Workbook, values: Workbook) -> None:
    for nom in FEUILLES[:5]:
        for row in formulas[nom].iter_rows(min_row=5):
            if str(row[0].value).startswith(("Total", "Sous-total")):
                nombres = [c for c in row if c.value is not None and not isinstance(c.value, str)]
                calcules = [c for c in row if c.data_type == "f"]
                assert calcules
                assert not nombres
                assert all(isinstance(values[nom][c.coordinate].value, int | float) for c in calcules)


def test_filtering_annexe_4_moves_only_its_own_totals(formulas: Workbook) -> None:
    annexe = [c.value for row in formulas["Annexe 4"].iter_rows() for c in row if c.data_type == "f"]
    assert all(str(formule).startswith("=SUBTOTAL(9,") for formule in annexe)
    ailleurs = [
        c.value for nom in FEUILLES if nom != "Annexe 4" for row in formulas[nom].iter_rows() for c in row
        if c.data_type == "f" and ("Annexe" in str(c.value) or "Lignes_" in str(c.value))
    ]  # fmt: skip
    assert ailleurs
    assert not any("SUBTOTAL" in str(formule) for formule in ailleurs)


def test_proposition_follows_annexe_4_and_solde_follows_it(formulas: Workbook) -> None:
    assert formulas["Budget"]["F5"].value == "=SUMIFS(Lignes_montant,Lignes_code,A5)"
    assert formulas["Budget"]["G5"].value == "=ROUND(E5-F5,2)"


def test_an_empty_phase_is_a_right_workbook() -> None:
    dossier = vide()
    content = render(dossier)
    verify_workbook(content, dossier)
    values = load_workbook(BytesIO(content), data_only=True)
    assert row_of(values["Synthèse"], "Total général")[6] == 0
    for nom in FEUILLES[:4]:
        assert rows(values[nom])[0][0].startswith("Aucune ligne n’est proposée")
    assert not [nom for nom, _ in parts(content) if "chart" in nom]


def test_a_sitting_without_a_date_is_said(cas: DossierSeance) -> None:
    dossier = replace(cas, seance=replace(cas.seance, jour=None))
    feuille = load_workbook(BytesIO(render(dossier)))["Budget"]
    assert str(feuille["A2"].value).endswith("Commission permanente, date à fixer")
