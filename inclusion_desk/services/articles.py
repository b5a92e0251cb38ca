"""Reads the articles of a deliberation as they will be printed, and writes the text of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from inclusion_desk.domain.articles import arranger as arranged
from inclusion_desk.domain.deliberations import ArticleSaisi
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.figures import Repere, remplir, reperer, sources
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.services import deliberations, textes
from inclusion_desk.services.changes import Changes
from inclusion_desk.store import deliberations as store
from inclusion_desk.store import dossiers
from inclusion_desk.store.engine import Session

_TITRES = {
    "conventions": "Conventions",
    "avenants": "Avenants",
    "imputation": "Imputation budgétaire",
    "libre": "Article libre",
}


@dataclass(frozen=True, slots=True)
class ArticleLu:
    """One article as its list shows it; ``numero`` is None once removed, ``texte`` is what will be printed.

    ``edite`` tells that the text is the user's, no longer that of the template; ``reperes`` are its figures.
    """

    saisi: ArticleSaisi
    numero: int | None
    titre: str
    texte: str
    edite: bool
    reperes: tuple[Repere, ...]


@dataclass(frozen=True, slots=True)
class FeuilleArticles:
    """The articles of a phase, and the version of its deliberation."""

    version: int
    articles: tuple[ArticleLu, ...]

    @property
    def saisis(self) -> tuple[ArticleSaisi, ...]:
        """The articles as arranged."""
        return tuple(article.saisi for article in self.articles)


def lire(session: Session, phase_id: int) -> FeuilleArticles:
    """Read the articles of a phase.

    Raises:
        Refus: the template of the deliberation cannot be filled.
    """
    acte = store.find(session, phase_id)
    return FeuilleArticles(acte.version if acte else 0, tuple(_read(dossiers.load(session, phase_id))))


def _read(dossier: DossierSeance) -> Iterable[ArticleLu]:
    connues = sources(dossier)
    intitules = {t.numero: t.intitule for t in dossier.thematiques}
    imprimes = _printed(dossier)
    numero = 0
    for saisi in arranged(dossier):
        numero += not saisi.retire
        edite = saisi.texte is not None
        texte = remplir(saisi.texte or "", connues) if edite else imprimes.get(numero, "") if not saisi.retire else ""
        reperes = reperer(texte, connues, dabord=textes.dabord(saisi))
        yield ArticleLu(saisi, None if saisi.retire else numero, _title(saisi, intitules), texte, edite, reperes)


def _title(saisi: ArticleSaisi, intitules: Mapping[int, str]) -> str:
    if saisi.thematique is not None:
        return f"Thématique {saisi.thematique} – {intitules.get(saisi.thematique, '')}"
    return _TITRES.get(saisi.nature, saisi.nature)


def _printed(dossier: DossierSeance) -> dict[int, str]:
    """Give the text of each article as the template words it, by number; tables are left out."""
    from inclusion_desk.documents.articles_imprimes import articles_imprimes  # noqa: PLC0415 - loaded on first use

    return articles_imprimes(dossier)


def ecrire(session: Session, phase_id: int, version: int, rang: int, texte: str) -> Changes:
    """Write the text of an article; its figures are tied to their sources, those of its thématique first.

    An empty text brings the wording of the template back; a free article keeps it.

    Raises:
        Refus: the text cannot be printed, or the phase is closed.
        ConflitDeVersion: the deliberation was changed since it was read.
    """
    suite = list(deliberations.articles(session, phase_id))
    if rang >= len(suite):
        raise Introuvable("Cet article n’existe plus : actualisez l’affichage.")
    lie = textes.lier_article(session, phase_id, suite[rang], texte)
    suite[rang] = replace(suite[rang], texte=lie or (None if suite[rang].nature != "libre" else ""))
    faits = deliberations.arranger(session, phase_id, version, suite)
    return replace(faits, label="Modifier le texte d’un article")


def ajouter(articles: Sequence[ArticleSaisi], rang: int) -> tuple[ArticleSaisi, ...]:
    """Add a free article after the one at a rank (-1: at the head)."""
    return (*articles[: rang + 1], ArticleSaisi("libre", texte=""), *articles[rang + 1 :])
