"""What a sitting changed: lines and texts, told apart from what merely follows the lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from inclusion_desk.domain.deliberations import AnnexeJointe, ArticleSaisi
from inclusion_desk.domain.dossier import DossierSeance, Ligne, ThematiqueDossier
from inclusion_desk.domain.modifications import dire, est_modifie, lignes_modifiees
from tests.fabrique import dossier_du_cas

Change = Callable[[DossierSeance], DossierSeance]


def lignes(dossier: DossierSeance, change: Callable[[Ligne], Ligne | None]) -> DossierSeance:
    """Change the lines one by one; None takes one away."""

    def thematique(t: ThematiqueDossier) -> ThematiqueDossier:
        operations = (replace(o, lignes=tuple(filter(None, map(change, o.lignes)))) for o in t.operations)
        return replace(t, operations=tuple(o for o in operations if o.lignes))

    return replace(dossier, thematiques=tuple(map(thematique, dossier.thematiques)))


def articles(*saisis: ArticleSaisi) -> Change:
    return lambda d: replace(d, deliberation=replace(d.deliberation, articles=saisis))


def operation(texte: str) -> Change:
    def change(d: DossierSeance) -> DossierSeance:
        premiere, *autres = d.thematiques
        une, *suite = premiere.operations
        return replace(
            d, thematiques=(replace(premiere, operations=(replace(une, texte=texte), *suite)), *autres)
        )  # fmt: skip

    return change


def jointes(*annexes: AnnexeJointe) -> Change:
    return lambda d: replace(d, annexes=annexes)


def montant(cents: int, rang: int = 9) -> Change:
    return lambda d: lignes(d, lambda li: replace(li, montant=cents) if li.proposition_id == rang else li)


FINANCEMENTS = [ArticleSaisi("financement", n) for n in (1, 3, 4)]
LIBRE = ArticleSaisi("libre", texte="De publier la présente délibération.")
EDITE = ArticleSaisi("financement", 1, "D’approuver {thematique-1.montant} au plus.")
RIEN: Change = lambda d: d  # noqa: E731 - read as data below
A, B = AnnexeJointe(5, "Un modèle", "Un texte", "5"), AnnexeJointe(6, "Un autre", "Un texte", "6")

CAS: dict[str, tuple[Change, Change, str]] = {
    "nothing": (RIEN, RIEN, ""),
    "an amount": (RIEN, montant(1), "1\u00a0proposition a été modifiée"),
    "two lines": (RIEN, lambda d: montant(1, 9)(montant(1, 10)(d)), "2\u00a0propositions ont été modifiées"),
    "a word that no vote decides": (
        RIEN, lambda d: lignes(d, lambda li: replace(li, structure="Autre", observations="Un mot")), "",
    ),
    "a whole thématique, and the article that goes with it": (
        RIEN, lambda d: lignes(d, lambda li: None if li.code_operation == "C02-428C01" else li),
        "2\u00a0propositions ont été modifiées",
    ),
    "an article edited": (RIEN, articles(EDITE, *FINANCEMENTS[1:]), "l’article\u00a01 a été modifié"),
    "an article edited again": (
        articles(EDITE), articles(replace(EDITE, texte="D’approuver rien.")), "l’article\u00a01 a été modifié",
    ),
    "an article that follows its amount": (
        articles(EDITE), lambda d: montant(1)(articles(EDITE)(d)), "1\u00a0proposition a été modifiée",
    ),
    "a figure tied to another source that prints the same": (
        articles(replace(EDITE, texte="{thematique-1.montant}")),
        articles(replace(EDITE, texte="712\u00a0000\u00a0€")), "",
    ),
    "an article taken away": (
        RIEN, articles(replace(FINANCEMENTS[0], retire=True)), "l’article\u00a01 du projet a été retiré",
    ),
    "an article put back": (
        articles(replace(FINANCEMENTS[0], retire=True)), RIEN, "l’article\u00a01 a été ajouté",
    ),
    "a free article at the head": (RIEN, articles(LIBRE, *FINANCEMENTS), "l’article\u00a01 a été ajouté"),
    "a free article gone": (
        articles(LIBRE, *FINANCEMENTS), RIEN, "l’article\u00a01 du projet a été retiré",
    ),
    "one of two free articles gone": (
        articles(LIBRE, replace(LIBRE, texte="Autre."), *FINANCEMENTS),
        articles(replace(LIBRE, texte="Autre."), *FINANCEMENTS), "l’article\u00a01 du projet a été retiré",
    ),
    "a free article in other words": (
        articles(LIBRE, *FINANCEMENTS), articles(replace(LIBRE, texte="De la notifier."), *FINANCEMENTS),
        "l’article\u00a01 a été modifié",
    ),
    "two articles": (
        RIEN, articles(EDITE, FINANCEMENTS[1], replace(FINANCEMENTS[2], texte="Rien.")),
        "les articles\u00a01 et 3 ont été modifiés",
    ),
    "their order": (RIEN, articles(*FINANCEMENTS[::-1]), "l’ordre des articles a été modifié"),
    "the title": (
        RIEN, lambda d: replace(d, deliberation=replace(d.deliberation, titre="Autre")), "le titre a été modifié",
    ),
    "the text of an operation": (RIEN, operation("Autre"), "l’annexe\u00a01 a été modifiée"),
    "joined texts": (
        jointes(A), jointes(replace(A, texte="Autre"), B),
        "l’annexe\u00a05 a été modifiée et l’annexe\u00a06 a été ajoutée",
    ),
    "a joined text gone": (jointes(A, B), jointes(B), "l’annexe\u00a05 du projet a été retirée"),
    "the context, which is of the report alone": (RIEN, lambda d: replace(d, contexte="Autre"), ""),
    "a line and a text": (
        RIEN, lambda d: montant(1)(operation("Autre")(d)),
        "1\u00a0proposition a été modifiée et l’annexe\u00a01 a été modifiée",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", CAS)
def test_says_what_the_sitting_changed(cas: str) -> None:
    avant, apres, phrase = CAS[cas]
    propose, vote = (change(dossier_du_cas()) for change in (avant, apres))
    assert dire(propose, vote) == phrase
    assert est_modifie(propose, vote) is bool(phrase)


def test_lists_changed_lines_dispositif_by_dispositif() -> None:
    propose = dossier_du_cas()
    derniere = propose.lignes[-1]
    vote = lignes(propose, lambda li: None if li == derniere else replace(li, montant=li.montant and 1))
    changees = lignes_modifiees(propose, vote)
    assert [li.dispositifs for li in changees] == [
        (o.libelle, o.libelle) for o in propose.operations for ligne in o.lignes if ligne.montant
    ]
    assert (changees[-1].avant, changees[-1].apres) == (derniere, None)
    (ajoutee, *_) = reversed(lignes_modifiees(vote, propose))
    assert (ajoutee.avant, ajoutee.apres) == (None, derniere)


def test_the_report_puts_to_the_vote_what_was_on_the_agenda() -> None:
    propose = dossier_du_cas()
    vote = articles(EDITE, *FINANCEMENTS[1:])(montant(1)(propose))
    rapporte = replace(vote, propose=propose).rapporte
    assert (rapporte.montant, rapporte.deliberation.articles) == (propose.montant, propose.deliberation.articles)
    assert rapporte.deliberation.votes == vote.deliberation.votes
