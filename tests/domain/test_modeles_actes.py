"""The models of acts, against what the case prints of each (annexes 5 to 10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE, Cout, proposer
from inclusion_desk.domain.propositions import MODELES

DU_CAS = {
    "5": ((1, 4, 8, 12), (2,), True, False),
    "6": ((1, 4, 8, 12), (2, 3), True, False),
    "7": ((1, 8, 12), (3, 2), False, False),
    "8": ((1, 8, 12), (2,), False, False),
    "9": ((1, 3, 4, 8, 12), (2,), True, True),
    "10": ((4, 12), (2,), True, False),
}
"""Articles amended, sheets annexed, whether the cost changes, whether the term does."""


@pytest.mark.parametrize("code", DU_CAS)
def test_a_model_has_the_parameters_of_its_annexe(code: str) -> None:
    modele = MODELES_ACTE[code]
    assert (modele.articles, modele.annexes, modele.cout is not Cout.AUCUN, modele.duree) == DU_CAS[code]
    assert modele.avenant
    assert (4 in modele.articles) == (modele.cout is not Cout.AUCUN)
    assert (3 in modele.articles) == modele.duree
    assert (1 in modele.articles) == modele.objet
    assert (8 in modele.articles) == modele.obligations


def test_only_an_avenant_with_a_cost_article_is_called_financial() -> None:
    """The case calls 7 and 8 so without one (l.1353, l.1999)."""
    financiers = {m.code for m in MODELES_ACTE.values() if "financier" in m.titre}
    assert financiers == {"5", "6"}
    assert all(MODELES_ACTE[code].cout is Cout.TOTAL for code in financiers)


def test_there_is_a_model_for_each_annexe_that_a_line_may_name() -> None:
    assert set(MODELES_ACTE) == {CONVENTION, *MODELES}
    assert not MODELES_ACTE[CONVENTION].avenant
    assert all(modele.code == code for code, modele in MODELES_ACTE.items())


def test_sheets_take_different_numbers_above_the_first_annexe() -> None:
    for modele in MODELES_ACTE.values():
        assert len(set(modele.annexes)) == len(modele.annexes)
        assert min(modele.annexes) > 1


@pytest.mark.parametrize(
    ("codes", "attendu"),
    [(["5"], "5"), (["5", "6"], "6"), (["8", "7"], "7"), ([None, "9"], "9"), ([], ""), ([None], ""), (["4"], "")],
)
def test_the_model_proposed_is_the_one_that_annexes_most(codes: list[str | None], attendu: str) -> None:
    assert proposer(codes) == attendu


@given(st.lists(st.sampled_from([*MODELES, None]), max_size=6), st.randoms())
def test_the_order_of_the_lines_does_not_change_the_model(codes: list[str | None], hasard: object) -> None:
    melanges = list(codes)
    hasard.shuffle(melanges)  # type: ignore[attr-defined]
    assert proposer(melanges) == proposer(codes)
    assert proposer(codes) in {*codes, ""}
