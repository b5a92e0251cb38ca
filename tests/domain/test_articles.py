"""Articles number themselves from what the phase proposes, in the order and with the texts the user chose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.articles import (
    arranger,
    articles,
    articles_depense,
    articles_proposes,
    lignes_imputees,
)
from inclusion_desk.domain.deliberations import ArticleSaisi, NatureArticle
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import avec_lignes, dossier_du_cas

F, C, A, I, _ = NatureArticle  # noqa: E741 - the natures, in order


def test_the_case_has_six_articles() -> None:
    suite = articles(dossier_du_cas())
    assert [(a.numero, a.nature) for a in suite] == [(1, F), (2, F), (3, F), (4, C), (5, A), (6, I)]
    assert [a.thematique.montant for a in suite if a.thematique] == [71_200_000, 9_999_800, 5_922_000]


def test_an_article_that_would_say_nothing_is_left_out() -> None:
    dossier = dossier_du_cas()
    avenants = avec_lignes(dossier, [ligne for ligne in dossier.lignes if ligne.acte == "avenant"])
    assert [a.nature for a in articles(avenants)] == [F, A, I]
    vide = replace(dossier, thematiques=(replace(dossier.thematiques[0], operations=()),), budget=())
    assert articles(vide) == ()


def test_only_articles_that_spend_are_imputed() -> None:
    dossier = dossier_du_cas()
    gratuites = avec_lignes(dossier, [ligne for ligne in dossier.lignes if not ligne.montant])
    assert articles_depense(articles(gratuites)) == ()
    assert [a.numero for a in articles_depense(articles(dossier))] == [1, 2, 3]


def test_a_budget_line_without_a_proposal_is_not_imputed() -> None:
    dossier = dossier_du_cas()
    premiere, *autres = dossier.budget
    assert lignes_imputees(replace(dossier, budget=(replace(premiere, proposition=0), *autres))) == tuple(autres)


F1, F3, F4 = (ArticleSaisi("financement", n) for n in (1, 3, 4))
CONVENTIONS, AVENANTS, IMPUTATION = ArticleSaisi("conventions"), ArticleSaisi("avenants"), ArticleSaisi("imputation")
LIBRE = ArticleSaisi("libre", texte="D’autoriser ceci.")
TOUS = (F1, F3, F4, CONVENTIONS, AVENANTS, IMPUTATION)


def arrange(*saisis: ArticleSaisi, sans: tuple[int, ...] = ()) -> DossierSeance:
    """Give the case with its articles arranged, and with some thématiques that propose nothing."""
    dossier = dossier_du_cas()
    thematiques = tuple(replace(t, operations=()) if t.numero in sans else t for t in dossier.thematiques)
    deliberation = replace(dossier.deliberation, articles=saisis)
    return replace(dossier, thematiques=thematiques, deliberation=deliberation)


def test_without_an_arrangement_the_order_is_that_of_the_law() -> None:
    assert arranger(arrange()) == TOUS == articles_proposes(arrange())


def test_the_order_and_the_texts_of_the_user_are_kept() -> None:
    voulus = (IMPUTATION, replace(F4, texte="{thematique-4.montant}"), LIBRE, F1, F3, AVENANTS, CONVENTIONS, LIBRE)
    assert arranger(arrange(*voulus)) == voulus
    suite = articles(arrange(*voulus))
    assert [a.numero for a in suite] == list(range(1, 9))
    assert [a.nature.value for a in suite] == [a.nature for a in voulus]
    assert [a.texte for a in suite if a.texte] == ["{thematique-4.montant}", LIBRE.texte, LIBRE.texte]
    assert [a.thematique.numero for a in suite if a.thematique] == [4, 1, 3]


def test_an_article_removed_by_hand_stays_in_the_list_and_leaves_the_act() -> None:
    dossier = arrange(F1, replace(F3, retire=True), F4, CONVENTIONS, replace(AVENANTS, retire=True), IMPUTATION)
    assert [a.retire for a in arranger(dossier)] == [False, True, False, False, True, False]
    suite = articles(dossier)
    assert [(a.numero, a.nature) for a in suite] == [(1, F), (2, F), (3, C), (4, I)]
    assert [a.numero for a in articles_depense(suite)] == [1, 2]


def test_a_thematique_that_proposes_nothing_any_more_leaves_and_comes_back_to_its_place() -> None:
    voulus = (F4, replace(F3, texte="Écrit."), F1, CONVENTIONS, AVENANTS, IMPUTATION)
    assert arranger(arrange(*voulus, sans=(3,))) == (F4, F1, CONVENTIONS, AVENANTS, IMPUTATION)
    assert arranger(arrange(*voulus)) == voulus


@pytest.mark.parametrize(
    ("saisis", "attendus"),
    [
        ((F1, F4, CONVENTIONS, AVENANTS, IMPUTATION), TOUS),
        ((F4, F1, CONVENTIONS, AVENANTS, IMPUTATION), (F4, F1, F3, CONVENTIONS, AVENANTS, IMPUTATION)),
        ((CONVENTIONS, F1, F4, AVENANTS, IMPUTATION), (CONVENTIONS, F1, F3, F4, AVENANTS, IMPUTATION)),
        ((F3, F4, CONVENTIONS, AVENANTS, IMPUTATION), TOUS),
        ((LIBRE, F3, F4, CONVENTIONS, AVENANTS, IMPUTATION), (LIBRE, *TOUS)),
        ((F1, F3, F4, CONVENTIONS, IMPUTATION, LIBRE), (*TOUS, LIBRE)),
        ((F1, F3, F4, AVENANTS, CONVENTIONS), (F1, F3, F4, AVENANTS, CONVENTIONS, IMPUTATION)),
        ((LIBRE,), (*TOUS, LIBRE)),
        ((LIBRE, IMPUTATION, F1, F3, F4, AVENANTS), (LIBRE, IMPUTATION, F1, F3, F4, CONVENTIONS, AVENANTS)),
    ],
)
def test_a_new_article_comes_after_its_kind_and_those_before(
    saisis: tuple[ArticleSaisi, ...], attendus: tuple[ArticleSaisi, ...]
) -> None:
    assert arranger(arrange(*saisis)) == attendus


def test_an_article_listed_twice_is_kept_once_but_free_ones_are_all_kept() -> None:
    double = replace(F1, texte="Encore.")
    assert arranger(arrange(F1, double, LIBRE, F3, F4, CONVENTIONS, AVENANTS, IMPUTATION, LIBRE, IMPUTATION)) == (
        F1, LIBRE, F3, F4, CONVENTIONS, AVENANTS, IMPUTATION, LIBRE,
    )  # fmt: skip


def test_only_financing_articles_speak_of_a_thematique() -> None:
    suite = articles(arrange(replace(LIBRE, thematique=1), *TOUS))
    assert suite[0].thematique is None
    assert [a.numero for a in articles_depense(suite)] == [2, 3, 4]


SAISIS = st.lists(
    st.builds(
        ArticleSaisi,
        st.sampled_from(["financement", "conventions", "avenants", "imputation", "libre", "inconnue"]),
        st.sampled_from([None, 1, 3, 4, 9]),
        st.sampled_from([None, "texte"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(SAISIS, st.sets(st.sampled_from([1, 3, 4])))
def test_any_arrangement_holds_each_article_called_for_once_and_every_free_one(
    saisis: list[ArticleSaisi], sans: set[int]
) -> None:
    dossier = arrange(*saisis, sans=tuple(sans))
    arranges = arranger(dossier)
    fixes = sorted((a.nature, a.thematique or 0) for a in arranges if a.nature != "libre")
    assert fixes == sorted((a.nature, a.thematique or 0) for a in articles_proposes(dossier))
    assert [a for a in arranges if a.nature == "libre"] == [a for a in saisis if a.nature == "libre"]
    connus = iter(saisis)
    assert all(a in connus for a in arranges if a in saisis)  # the user's order is kept
    assert arranger(replace(dossier, deliberation=replace(dossier.deliberation, articles=arranges))) == arranges
    assert [a.numero for a in articles(dossier)] == list(range(1, sum(not a.retire for a in arranges) + 1))
