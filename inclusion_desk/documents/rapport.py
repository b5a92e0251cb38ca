"""The President’s report: the text put to the vote."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.lecture import amounts
from inclusion_desk.documents.modeles import render_modele
from inclusion_desk.documents.rapport_variables import variables
from inclusion_desk.documents.textes_libres import lines
from inclusion_desk.documents.textes_modeles import modele_de
from inclusion_desk.documents.textes_pied import pied
from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.articles import articles, lignes_imputees
from inclusion_desk.domain.deliberations import NatureArticle
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.figures import sources
from inclusion_desk.domain.money import format_montant, format_montant_acte

NOM = "rapport"
TITRE = "Rapport du Président"


def sections(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of the report.

    Raises:
        Refus: a template that cannot be filled.
    """
    source = modele_de(dossier, NOM) if modele is None else modele
    dossier = dossier.rapporte
    return (Section(render_modele(source, variables(dossier)), footer=pied(dossier, TITRE)),)


def expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the report, as many times as it must be."""
    dossier = dossier.rapporte
    connues = sources(dossier)
    montants = [thematique.montant for _, thematique in thematiques_annexees(dossier) if thematique.montant]
    yield from map(format_montant_acte, montants)
    for article in articles(dossier):
        if article.texte and article.nature is not NatureArticle.IMPUTATION:
            yield from amounts(" ".join(lines(article.texte, connues)))
        elif article.thematique and article.thematique.montant:
            yield format_montant_acte(article.thematique.montant)
    if dossier.montant:
        yield format_montant_acte(dossier.montant)
    yield from amounts(" ".join(lines(dossier.contexte, connues)))
    yield from _budget(dossier)


def _budget(dossier: DossierSeance) -> Iterator[str]:
    colonnes: list[tuple[int, ...]] = [
        (li.ae, li.disponible, li.proposition, li.solde) for li in lignes_imputees(dossier)
    ]
    if colonnes:
        colonnes.append(tuple(map(sum, zip(*colonnes, strict=True))))
    yield from (format_montant(montant, symbole=False) for ligne in colonnes for montant in ligne)
