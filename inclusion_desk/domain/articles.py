"""The articles of a deliberation: what the phase proposes, in the order and with the texts the user chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.deliberations import ArticleSaisi, NatureArticle
from inclusion_desk.domain.dossier import DossierSeance, ThematiqueDossier

_RANG = {nature.value: rang for rang, nature in enumerate(NatureArticle)}


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``thematique`` only where its financing is decided, ``texte`` only where it was edited."""

    numero: int
    nature: NatureArticle
    thematique: ThematiqueDossier | None = None
    texte: str | None = None


def articles_proposes(dossier: DossierSeance) -> tuple[ArticleSaisi, ...]:
    """List the articles that the lines call for: financings, conventions, avenants, imputation; none is empty."""
    suite = [ArticleSaisi("financement", t.numero) for t in dossier.thematiques if t.operations]
    if dossier.a_des("convention"):
        suite.append(ArticleSaisi("conventions"))
    if dossier.a_des("avenant"):
        suite.append(ArticleSaisi("avenants"))
    if lignes_imputees(dossier):
        suite.append(ArticleSaisi("imputation"))
    return tuple(suite)


def arranger(dossier: DossierSeance) -> tuple[ArticleSaisi, ...]:
    """Give the articles as arranged by the user, without those that no line calls for any more, with the new ones.

    Those removed by hand are kept in the list, marked so; a new one comes after those of its kind and of the kinds
    before it, or else just before the others. An article listed twice is kept once.
    """
    nouveaux = {_cle(article): article for article in articles_proposes(dossier)}
    saisis = dossier.deliberation.articles
    suite = [a for a in saisis if a.nature == "libre" or nouveaux.pop(_cle(a), None) is not None]
    for article in nouveaux.values():
        suite.insert(_place(suite, article), article)
    return tuple(suite)


def _cle(article: ArticleSaisi) -> tuple[str, int | None]:
    return (article.nature, article.thematique)


def _place(suite: list[ArticleSaisi], article: ArticleSaisi) -> int:
    """Find where a new article goes; free articles are of no kind, those at the head stay there."""
    rangs = {place: _rank(a) for place, a in enumerate(suite) if a.nature != "libre"}
    avant = [place for place, rang in rangs.items() if rang <= _rank(article)]
    return max(avant) + 1 if avant else min(rangs, default=0)


def _rank(article: ArticleSaisi) -> tuple[int, int]:
    return (_RANG[article.nature], article.thematique or 0)


def articles(dossier: DossierSeance) -> tuple[Article, ...]:
    """List the articles in the order of the act, numbered from 1."""
    return tuple(_numbered(dossier))


def _numbered(dossier: DossierSeance) -> Iterator[Article]:
    thematiques: dict[int | None, ThematiqueDossier] = {t.numero: t for t in dossier.thematiques}
    retenus = (article for article in arranger(dossier) if not article.retire)
    for numero, article in enumerate(retenus, start=1):
        nature = NatureArticle(article.nature)
        thematique = thematiques.get(article.thematique) if nature is NatureArticle.FINANCEMENT else None
        yield Article(numero, nature, thematique, article.texte)


def articles_depense(suite: tuple[Article, ...]) -> tuple[Article, ...]:
    """Keep the financing articles that spend something: those the imputation refers to."""
    return tuple(article for article in suite if article.thematique and article.thematique.montant)


def lignes_imputees(dossier: DossierSeance) -> tuple[LigneBudgetaire, ...]:
    """List the budget lines on which the phase spends something, in the order of the budget."""
    return tuple(ligne for ligne in dossier.budget if ligne.proposition)
