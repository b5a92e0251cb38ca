"""Articles number themselves from what the phase proposes."""

from __future__ import annotations

from dataclasses import replace

from inclusion_desk.domain.articles import NatureArticle, articles, articles_depense, lignes_imputees
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
