"""The models of acts, against what the case prints of each (annexes 5 to 10)."""

from __future__ import annotations

import pytest

from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE, Cout, nommer

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
    assert set(MODELES_ACTE) == {CONVENTION, *MODELES_AVENANT}
    assert not MODELES_ACTE[CONVENTION].avenant
    assert all(modele.code == code for code, modele in MODELES_ACTE.items())


def test_sheets_take_different_numbers_above_the_first_annexe() -> None:
    for modele in MODELES_ACTE.values():
        assert len(set(modele.annexes)) == len(modele.annexes)
        assert min(modele.annexes) > 1


def test_a_model_is_picked_under_what_it_is_for() -> None:
    assert MODELES_AVENANT == {
        "5": "5 – accueil seul, avec article de coût",
        "6": "6 – accueil et équilibré, avec article de coût",
        "7": "7 – équilibré et accueil, sans article de coût",
        "8": "8 – équilibré seul, sans article de coût",
        "9": "9 – prolongation, coût par période",
        "10": "10 – ajout à une action en cours, coût par période",
    }
    assert MODELES_ACTE[CONVENTION].libelle == "Convention"
    assert nommer("9") == "« 9 – prolongation, coût par période »"
    assert nommer("42") == "« 42 »"


@pytest.mark.parametrize("code", DU_CAS)
def test_a_label_says_of_the_cost_what_the_model_does(code: str) -> None:
    modele = MODELES_ACTE[code]
    dit = {Cout.AUCUN: "sans article de coût", Cout.TOTAL: "avec article de coût", Cout.PERIODES: "coût par période"}
    assert modele.libelle.endswith(dit[modele.cout])
