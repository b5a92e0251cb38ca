"""What a deliberation is described by, rests on and decides, and how it was voted: written, undone, redone, refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.deliberations import ArticleSaisi, VoixGroupe, Vote
from inclusion_desk.domain.refus import ConflitDeVersion, Introuvable, Refus, SaisieRefusee
from inclusion_desk.services import actes, articles, campagnes, deliberations, edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import deliberations as store
from inclusion_desk.store import rows, tables
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, acte, aller_retour, annulation_refusee, deplacer, dossier, jouer, ligne, vue

UN_VOTE = (
    Vote("pour", 20, (VoixGroupe("Non-inscrit", 3), VoixGroupe("Groupe Communiste et Républicain"))),
    Vote("contre", 4),
    Vote("abstention", 5),
)
GESTES: dict[str, tuple[Any, tuple[object, ...], tuple[object, ...]]] = {
    "described": (deliberations.decrire, ({"numero": "2024-600", "signataire": ""},), ({"numero": "2024-601"},)),
    "its dates": (
        deliberations.decrire,
        ({"date_signature": None, "date_modele_convention": date(2024, 1, 2)},),
        ({"date_signature": date(2024, 12, 20)},),
    ),
    "its printing": (deliberations.decrire, ({"interesses_en_abstention": False},), ({"titre": "T"},)),
    "references": (deliberations.citer, ((3, 1, 2),), ((2,),)),
    "no reference": (deliberations.citer, ((),), ((2,),)),
    "the vote": (deliberations.voter, (UN_VOTE,), ((),)),
    "articles": (
        deliberations.arranger,
        ((ArticleSaisi("libre", texte="Un"), ArticleSaisi("imputation", retire=True)),),
        ((ArticleSaisi("libre", texte="Autre"),),),
    ),
}
"""Each use case of a deliberation with what it writes, and what somebody else writes after it."""


@pytest.mark.parametrize("geste", GESTES)
def test_it_is_written_undone_and_redone(desk: Desk, geste: str) -> None:
    use_case, args, _ = GESTES[geste]
    aller_retour(desk, dossier, use_case, PHASE, acte(desk).version, *args)
    assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize("geste", GESTES)
def test_two_who_read_the_same_version_do_not_overwrite_each_other(desk: Desk, geste: str) -> None:
    use_case, args, autres = GESTES[geste]
    version = acte(desk).version
    desk.do(use_case, PHASE, version, *args)
    ecrit = dossier(desk)
    with pytest.raises(ConflitDeVersion, match="autre poste"):
        desk.do(use_case, PHASE, version, *autres)
    assert dossier(desk) == ecrit


@pytest.mark.parametrize("geste", [g for g in GESTES if g not in {"its printing", "its dates"}])
def test_undoing_never_takes_away_what_somebody_wrote_since(bureau: Desk, geste: str) -> None:
    use_case, args, autres = GESTES[geste]
    fait = bureau.do(use_case, PHASE, acte(bureau).version, *args)
    bureau.do(use_case, PHASE, acte(bureau).version, *autres)
    annulation_refusee(bureau, fait, dossier)


@pytest.mark.parametrize("geste", GESTES)
def test_nothing_of_it_changes_in_a_closed_phase(bureau: Desk, geste: str) -> None:
    deplacer(bureau, "ajourner")
    use_case, args, _ = GESTES[geste]
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        bureau.do(use_case, PHASE, acte(bureau).version, *args)


def test_a_number_is_given_once(desk: Desk) -> None:
    phase_id = desk.do(edition.create, "phases", PHASE, {"numero": 7, "titre": "Phase 7"}).ids["phases"][0]
    with pytest.raises(Refus, match="porte déjà ce numéro") as refus:
        desk.do(deliberations.decrire, phase_id, 1, {"numero": "2024-587"})
    assert refus.value.champ == "numero"
    for autre in (phase_id, desk.do(edition.create, "phases", PHASE, {"numero": 8, "titre": "T"}).ids["phases"][0]):
        desk.do(deliberations.decrire, autre, acte(desk, autre).version, {"numero": ""})
    assert acte(desk, phase_id).numero == ""


def test_what_describes_it_is_checked_field_by_field(bureau: Desk) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        bureau.do(deliberations.decrire, PHASE, 1, {"titre": "", "numero": "x" * 41, "qualite_signataire": "<b>"})
    assert [r.champ for r in refus.value.refus] == ["numero", "titre", "qualite_signataire"]


def test_references_come_in_the_order_chosen_each_once(desk: Desk) -> None:
    desk.do(deliberations.citer, PHASE, acte(desk).version, (5, 2, 5, 9))
    choisies, autres = desk.read(deliberations.bibliotheque, PHASE)
    assert [r.id for r in choisies] == [5, 2, 9]
    assert {r.id for r in autres} == {r.id for r in desk.read(store.load_references)} - {5, 2, 9}


def test_a_reference_gone_meanwhile_is_a_sentence_and_the_others_stay(desk: Desk) -> None:
    avant = dossier(desk)
    with pytest.raises(Refus, match="n’existe plus"):
        desk.do(deliberations.citer, PHASE, acte(desk).version, (1, 999))
    assert dossier(desk) == avant


def test_a_new_phase_cites_what_is_cited_by_default(bureau: Desk) -> None:
    bureau.do(edition.update, "references", 3, 1, {"par_defaut": False})
    phase_id = bureau.do(edition.create, "phases", PHASE, {"numero": 7, "titre": "Phase 7"}).ids["phases"][0]
    choisies, _ = bureau.read(deliberations.bibliotheque, phase_id)
    assert [r.id for r in choisies] == [r.id for r in bureau.read(store.load_references) if r.id != 3]


def test_a_reference_in_use_is_not_deleted_and_the_reason_is_said(desk: Desk) -> None:
    with pytest.raises(Refus, match="figure dans 1\u00a0délibération"):
        desk.do(edition.delete, "references", (1,))


@pytest.mark.parametrize(
    ("votes", "phrase"),
    [
        ((Vote("pour", -1),), "entre 0 et 999"),
        ((Vote("pour", 10**6),), "entre 0 et 999"),
        ((Vote("pour", 1, (VoixGroupe("Non-inscrit", -2),)),), "entre 0 et 999"),
        ((Vote("pour", 1, (VoixGroupe("Groupe inconnu"),)),), "« Groupe inconnu » n’est pas enregistré"),
        ((Vote("pour", 1), Vote("pour", 2)), "rien n’a été enregistré"),
    ],
)
def test_a_count_that_is_none_is_refused_whole(desk: Desk, votes: tuple[Vote, ...], phrase: str) -> None:
    avant = dossier(desk)
    with pytest.raises(Refus, match=phrase):
        desk.do(deliberations.voter, PHASE, acte(desk).version, votes)
    assert dossier(desk) == avant


def test_a_vote_is_read_by_position_with_the_groups_in_their_order(desk: Desk) -> None:
    desk.do(deliberations.voter, PHASE, acte(desk).version, tuple(reversed(UN_VOTE)))
    lus = dossier(desk).deliberation.votes
    assert [v.position for v in lus] == ["pour", "contre", "abstention"]
    assert [(g.nom, g.nombre) for g in lus[0].groupes] == [
        ("Groupe Communiste et Républicain", None),
        ("Non-inscrit", 3),
    ]


def test_articles_move_go_and_come_back(bureau: Desk) -> None:
    suite = bureau.read(deliberations.articles, PHASE)
    assert [a.nature for a in suite] == ["financement"] * 3 + ["conventions", "avenants", "imputation"]
    bureau.do(deliberations.arranger, PHASE, 1, deliberations.deplace(deliberations.bascule(suite, 3), 5, -1))
    lus = bureau.read(deliberations.articles, PHASE)
    assert [(a.nature, a.retire) for a in lus][3:] == [
        ("conventions", True),
        ("imputation", False),
        ("avenants", False),
    ]
    bureau.do(deliberations.arranger, PHASE, 2, deliberations.bascule(lus, 3))
    assert not any(a.retire for a in bureau.read(deliberations.articles, PHASE))
    bureau.do(deliberations.arranger, PHASE, 3, ())
    assert bureau.read(deliberations.articles, PHASE) == suite


def test_an_article_at_an_end_stays_there(bureau: Desk) -> None:
    suite = bureau.read(deliberations.articles, PHASE)
    assert deliberations.deplace(suite, 0, -1) == deliberations.deplace(suite, len(suite) - 1, 1) == suite


def test_a_free_article_is_added_written_and_goes_for_good(bureau: Desk) -> None:
    suite = articles.ajouter(bureau.read(deliberations.articles, PHASE), 1)
    bureau.do(deliberations.arranger, PHASE, acte(bureau).version, suite)
    bureau.do(articles.ecrire, PHASE, acte(bureau).version, 2, "Un total de 871 218 € est voté.")
    lue = bureau.read(articles.lire, PHASE).articles[2]
    assert (lue.numero, lue.texte, lue.saisi.texte) == (
        3, "Un total de 871\u00a0218\u00a0€ est voté.", "Un total de {phase.montant} est voté.",
    )  # fmt: skip
    sans = deliberations.bascule(bureau.read(deliberations.articles, PHASE), 2)
    bureau.do(deliberations.arranger, PHASE, acte(bureau).version, sans)
    assert len(bureau.read(articles.lire, PHASE).articles) == 6


def test_the_text_of_an_article_is_undone_and_an_empty_one_is_ours_again(desk: Desk) -> None:
    fait = aller_retour(desk, dossier, articles.ecrire, PHASE, acte(desk).version, 5, "Texte de l’utilisateur.")
    assert fait.label == "Modifier le texte d’un article"
    desk.do(articles.ecrire, PHASE, acte(desk).version, 5, "")
    assert dossier(desk).deliberation.articles[5].texte is None


def test_an_article_gone_meanwhile_or_unprintable_is_a_sentence(bureau: Desk) -> None:
    with pytest.raises(Introuvable, match="n’existe plus"):
        bureau.do(articles.ecrire, PHASE, 1, 12, "Texte")
    with pytest.raises(Refus, match=r"U\+0007"):
        bureau.do(articles.ecrire, PHASE, 1, 0, "bip\x07")


def test_periods_are_chosen_undone_and_redone(desk: Desk) -> None:
    aller_retour(desk, dossier, deliberations.instruire, PHASE, vue(desk).version, (1,))
    assert dossier(desk).periodes.startswith("2e")
    cadre = desk.read(deliberations.cadre, PHASE)
    assert cadre.instruites == {1}
    assert [p.id for p in cadre.periodes] == [1, 2]


def test_the_framework_report_is_dated_undone_and_redone(desk: Desk) -> None:
    aller_retour(desk, dossier, campagnes.dater_rapport_cadre, PHASE, date(2024, 6, 17), date(2024, 6, 18))
    with pytest.raises(ConflitDeVersion, match="rapport-cadre"):
        desk.do(campagnes.dater_rapport_cadre, PHASE, date(2020, 1, 1), None)


def test_periods_chosen_at_once_by_two_or_in_a_closed_phase_are_refused(bureau: Desk) -> None:
    version = vue(bureau).version
    fait = bureau.do(deliberations.instruire, PHASE, version, (1,))
    with pytest.raises(ConflitDeVersion):
        bureau.do(deliberations.instruire, PHASE, version, (2,))
    bureau.do(deliberations.instruire, PHASE, version + 1, (2,))
    annulation_refusee(bureau, fait, dossier)
    deplacer(bureau, "ajourner")
    with pytest.raises(Refus, match="ajournée"):
        bureau.do(deliberations.instruire, PHASE, vue(bureau).version, ())


@pytest.mark.parametrize(
    ("sujet", "valeurs"),
    [
        ("avis", {"commission": "3e commission", "intitule": "Finances", "jour": date(2024, 12, 2), "sens": ""}),
        ("annexes", {"numero": 11, "titre": "Une autre", "texte": "Texte", "modele": None}),
    ],
)
def test_opinions_and_annexes_are_added_changed_deleted_and_undone(
    desk: Desk, sujet: str, valeurs: dict[str, Any]
) -> None:
    fait = aller_retour(desk, dossier, edition.create, sujet, PHASE, valeurs)
    (identifiant,) = fait.ids[sujet]
    texte = "intitule" if sujet == "avis" else "titre"
    aller_retour(desk, dossier, edition.update, sujet, identifiant, 1, {texte: "Autre"})
    aller_retour(desk, dossier, edition.delete, sujet, (identifiant,))
    assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize("sujet", ["avis", "annexes"])
def test_they_neither_come_nor_come_back_in_a_closed_phase(desk: Desk, sujet: str) -> None:
    table = tables.avis if sujet == "avis" else tables.annexe
    fait = desk.do(edition.delete, sujet, (1,))
    deplacer(desk, "ajourner")
    avant = dossier(desk)
    appels: tuple[tuple[Any, ...], ...] = (
        (edition.create, sujet, PHASE, {**ligne(desk, 2, table), "numero": 30}),
        (edition.update, sujet, 2, 1, {"intitule" if sujet == "avis" else "titre": "Autre"}),
        (edition.delete, sujet, (2,)),
    )
    for appel in appels:
        with pytest.raises(Refus, match="reprenez d’abord son instruction"):
            desk.do(*appel)
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        jouer(desk, fait.inverse)
    assert dossier(desk) == avant


def test_an_opinion_put_back_where_another_came_meanwhile_is_a_sentence(desk: Desk) -> None:
    """Deleted, then another added at the same rank by somebody: undoing the deletion finds the place taken."""
    fait = desk.do(edition.delete, "avis", (2,))
    desk.do(edition.create, "avis", PHASE, {**ligne(desk, 1, tables.avis), "commission": "3e commission"})
    with pytest.raises(Refus, match="occupe déjà cette place"):
        jouer(desk, fait.inverse)


def test_a_number_of_annexe_is_given_once_and_begins_at_one(desk: Desk) -> None:
    for numero, phrase in ((5, "porte déjà ce numéro"), (0, "commence à 1")):
        with pytest.raises(Refus, match=phrase) as refus:
            desk.do(edition.create, "annexes", PHASE, {"numero": numero, "titre": "T", "texte": "T"})
        assert refus.value.champ == "numero"


def test_a_deliberation_quoted_needs_its_number_its_day_and_its_body(desk: Desk) -> None:
    complete = {
        "nature": "deliberation", "objet": "Titre", "numero": "2023-1", "instance": "Conseil", "jour": date(2023, 1, 9),
    }  # fmt: skip
    for champ in ("numero", "jour", "instance"):
        with pytest.raises(Refus, match="se cite avec son numéro") as refus:
            desk.do(edition.create, "references", PHASE, {**complete, champ: None})
        assert refus.value.champ == champ
    aller_retour(desk, lambda d: d.read(store.load_references), edition.create, "references", PHASE, complete)


def test_an_act_is_made_where_a_phase_has_none(desk: Desk) -> None:
    """Bases brought from an older schema hold phases without a deliberation."""

    def sans_acte(session: Session) -> Changes:
        (phase_id,) = edition.create(session, "phases", PHASE, {"numero": 7, "titre": "Ancienne"}).ids["phases"]
        session.execute(tables.visa.delete().where(tables.visa.c.deliberation_id != 1))
        session.execute(tables.deliberation.delete().where(tables.deliberation.c.phase_id == phase_id))
        return Changes("essai", {"phases": (phase_id,)})

    phase_id = desk.do(sans_acte).ids["phases"][0]
    assert desk.read(store.find, phase_id) is None
    assert dossier(desk, phase_id).deliberation.titre == "Ancienne"
    desk.do(deliberations.decrire, phase_id, 0, {"numero": "2024-700"})
    assert acte(desk, phase_id).titre == "Ancienne"
    assert desk.read(rows.count_by, tables.visa, "deliberation_id", [acte(desk, phase_id).id])
    assert desk.read(actes.phase_of, acte(desk, phase_id).id) == phase_id
