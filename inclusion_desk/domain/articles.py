"""The articles of a deliberation, numbered from what the phase proposes."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.dossier import DossierSeance, ThematiqueDossier


class NatureArticle(enum.Enum):
    """What an article decides; the value is the word templates compare with."""

    FINANCEMENT = "financement"
    CONVENTIONS = "conventions"
    AVENANTS = "avenants"
    IMPUTATION = "imputation"


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``thematique`` only where its financing is decided."""

    numero: int
    nature: NatureArticle
    thematique: ThematiqueDossier | None = None


def articles(dossier: DossierSeance) -> tuple[Article, ...]:
    """List the articles in the order of the act: financings, conventions, avenants, imputation; none is empty."""
    suite: list[tuple[NatureArticle, ThematiqueDossier | None]] = [
        (NatureArticle.FINANCEMENT, thematique) for thematique in dossier.thematiques if thematique.operations
    ]
    if dossier.a_des("convention"):
        suite.append((NatureArticle.CONVENTIONS, None))
    if dossier.a_des("avenant"):
        suite.append((NatureArticle.AVENANTS, None))
    if lignes_imputees(dossier):
        suite.append((NatureArticle.IMPUTATION, None))
    return tuple(Article(numero, nature, thematique) for numero, (nature, thematique) in enumerate(suite, start=1))


def articles_depense(suite: tuple[Article, ...]) -> tuple[Article, ...]:
    """Keep the financing articles that spend something: those the imputation refers to."""
    return tuple(article for article in suite if article.thematique and article.thematique.montant)


def lignes_imputees(dossier: DossierSeance) -> tuple[LigneBudgetaire, ...]:
    """List the budget lines on which the phase spends something, in the order of the budget."""
    return tuple(ligne for ligne in dossier.budget if ligne.proposition)
