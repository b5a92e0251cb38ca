"""The vote of a phase: what allows it, what it freezes, and what stays the same for ever after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from inclusion_desk.documents.textes import NOMS_MODELES
from inclusion_desk.domain.deliberations import Vote
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.services import (
    adoption,
    campagnes,
    deliberations,
    edition,
    etapes,
    evenements,
    modeles,
    production,
    seances,
    textes,
    verification,
)
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.natures import DOCUMENTS, FIGES, Format, Nature
from inclusion_desk.store import journal, tables
from tests.services.gestes import (
    PHASE,
    acte,
    adopter,
    deplacer,
    dossier,
    inscrire_a_nouveau,
    ligne,
    modifier,
    nouvelle_phase,
    rejeter,
    silence,
    vue,
)
from tests.services.presences import PRESENT
from tests.store.test_actes_figes import temoin

Geste = Callable[[Desk], object]


def preparer(desk: Desk, issue: str = "adopte") -> adoption.Preparation:
    return adoption.preparer(desk, PHASE, issue, silence)


def voter(desk: Desk, **nombres: int) -> Changes:
    """Type a count over the one of the case."""
    lus = {v.position: v.nombre for v in dossier(desk).deliberation.votes}
    votes = [Vote(position, n) for position, n in {**lus, **nombres}.items()]
    return desk.do(deliberations.voter, PHASE, acte(desk).version, votes)


def modele(desk: Desk, nom: str = "rapport") -> Changes:
    """Keep a template of the user's own."""
    numero = desk.read(modeles.lire, nom).numero
    return desk.do(modeles.enregistrer, nom, numero, modeles.livre(nom) + "\n\nUne phrase de plus.\n")


def changer_en_seance(desk: Desk) -> None:
    inscrire_a_nouveau(desk)
    modifier(desk, 9, montant=1)


# -- what is frozen


def test_the_copy_is_the_dossier_as_it_was_voted(desk: Desk) -> None:
    avant, tete = dossier(desk), desk.read(journal.head)
    desk.auteur = "Une secrétaire"
    assert adopter(desk).label == "Adopté – phase 2024/6"
    vote = dossier(desk)
    assert vote.deliberation.adoption is not None
    assert vote.deliberation.adoption.tete_journal == tete.abrege
    attendu = replace(avant, etat="adoptee", deliberation=replace(avant.deliberation, issue="adopte"))
    assert replace(vote, modeles=(), deliberation=replace(vote.deliberation, adoption=None)) == attendu
    assert {m.nom for m in vote.modeles} == set(NOMS_MODELES)
    assert (vue(desk).etat, acte(desk).issue, vote.projet) == ("adoptee", "adopte", False)
    (dernier, *_) = desk.read(evenements.historique, "phases", PHASE)
    assert (dernier.geste, dernier.de, dernier.vers, dernier.auteur) == (
        "Adopté", "seance", "adoptee", "Une secrétaire",
    )  # fmt: skip
    fige = desk.read(etapes.lire, PHASE).fige
    assert fige is not None
    assert [nature for nature, _ in fige.documents] == list(FIGES)
    assert desk.read(verification.anomalies) == ()


def _documents(desk: Desk, dossier_: Path, natures: dict[Nature, tuple[Format, ...]]) -> Any:
    faits = {}
    for nature, formats in natures.items():
        for extension in formats:
            cible = dossier_ / f"{nature}.{extension}"
            production.produire(desk, nature, PHASE, cible, extension=extension)
            faits[nature, extension] = cible.read_bytes()
    return faits


TOUS = {nature: document.formats for nature, document in DOCUMENTS.items()}
QUELQUES: dict[Nature, tuple[Format, ...]] = {
    "classeur": ("xlsx",), "deliberation": ("pdf", "docx"),
}  # fmt: skip


def test_its_documents_are_the_same_to_the_byte_whenever_they_are_made(vote: Desk, tmp_path: Path) -> None:
    """Names, templates, money and years change around it; then the base is opened again, ten years later."""
    natures = TOUS if vote.locale else QUELQUES
    avant = _documents(vote, tmp_path, natures)
    vote.do(edition.update, "structures", 1, 1, {"nom": "Un autre nom", "siret": None, "representant": "Une autre"})
    vote.do(edition.update, "dispositifs", 1, 1, {"intitule": "Un autre intitulé", "unite": "etp"})
    vote.do(edition.update, "thematiques", 1, 1, {"intitule": "Une autre thématique"})
    vote.do(edition.update, "elus", 1, 1, {"nom": "AUTRE", "civilite": "Mme"})
    vote.do(edition.update, "references", 1, 1, {"objet": "Un autre code"})
    vote.do(edition.update, "groupes", 1, 1, {"nom": "Un autre groupe"})
    vote.do(edition.update, "periodes", 1, 1, {"numero": 12})
    dm = {"ligne_budgetaire_id": 1, "jour": date(2025, 1, 6), "libelle": "DM", "montant": 10**9}
    vote.do(edition.create, "decisions", PHASE, dm)
    for nom in modeles.NOMS:
        modele(vote, nom)
    vote.do(campagnes.ouvrir, 2025, 2024)
    vote.do(edition.create, "propositions", nouvelle_phase(vote), {**ligne(vote, 9), "montant": 100})
    plus_tard = Desk(vote._base, lambda: datetime(2035, 7, 1, 12, 0))  # noqa: DTZ001 - the user's own clock
    assert _documents(plus_tard, tmp_path, natures) == avant
    if vote.locale:
        vote.close()
        encore = ouvrir(vote.adresse)
        assert _documents(encore, tmp_path, QUELQUES).items() <= avant.items()
        encore.close()


def test_the_documents_kept_are_those_shown(bureau: Desk) -> None:
    preparation = preparer(bureau)
    bureau.do(adoption.figer, preparation)
    for nature in FIGES:
        assert production.apercu(bureau, PHASE, nature=nature) == preparation.documents[nature]


# -- what is refused


def nouveau_mandat(desk: Desk) -> None:
    """Record a mandate of a member present, not interested, in a structure of the phase."""
    desk.do(edition.create, "mandats", PHASE, {"elu_id": PRESENT, "structure_id": 5, "qualite": "Administrateur"})


REFUSES: dict[str, tuple[Geste, str, str]] = {
    "a vote that does not add up": (lambda d: voter(d, pour=28), "adopte", "corrigez l’un ou l’autre"),
    "more votes than voters": (lambda d: voter(d, pour=41), "adopte", "corrigez l’un ou l’autre"),
    "no vote": (lambda d: d.do(deliberations.voter, PHASE, 1, ()), "adopte", "décompte du vote est à saisir"),
    "no number": (lambda d: d.do(deliberations.decrire, PHASE, 1, {"numero": ""}), "adopte", "Le numéro de la délib"),
    "adopted by a minority": (lambda d: voter(d, pour=14, contre=15), "adopte", "14 voix pour et 15 contre, l’acte n’"),
    "adopted by nobody": (lambda d: voter(d, pour=0, abstention=29), "adopte", "0 voix pour et 0 contre, l’acte n’"),
    "a sitting still to come": (
        lambda d: d.do(seances.fixer, PHASE, vue(d).version, {**ligne(d, 1, tables.seance), "jour": date(2099, 1, 5)}),
        "adopte",
        "fixée au 05/01/2099 : un vote ne s’enregistre qu’une fois tenue",
    ),
    "a member with a mandate and no interest": (
        nouveau_mandat,
        "adopte",
        "un mandat dans une structure que la phase finance",
    ),
    "rejected by a majority": (lambda _: None, "rejete", "29 voix pour et 0 contre, l’acte n’est pas rejeté"),
    "a control that blocks": (
        lambda d: d.do(edition.update, "structures", 5, 1, {"engagement_republicain": False}),
        "adopte",
        "contrat d’engagement républicain",
    ),
    "adopted though its lines changed": (
        changer_en_seance,
        "adopte",
        "enregistrez l’acte comme « Adopté avec modifications »",
    ),
    "modified though nothing changed": (
        inscrire_a_nouveau,
        "modifie",
        "enregistrez l’acte comme « Adopté »",
    ),
    "a phase taken off the agenda": (lambda d: deplacer(d, "retirer"), "adopte", "n’est pas possible dans l’état"),
    "a phase postponed": (lambda d: deplacer(d, "ajourner"), "adopte", "n’est pas possible dans l’état"),
    "a phase adopted already": (adopter, "adopte", "n’est pas possible dans l’état"),
    "an adopted one rejected": (adopter, "rejete", "n’est pas possible dans l’état"),
    "a rejected one adopted": (rejeter, "adopte", "n’est pas possible dans l’état"),
}


@pytest.mark.parametrize("cas", REFUSES)
def test_a_vote_that_is_none_is_refused_and_nothing_is_written(bureau: Desk, cas: str) -> None:
    geste, issue, phrase = REFUSES[cas]
    geste(bureau)
    avant = bureau.read(temoin)
    with pytest.raises(Refus, match=phrase):
        adopter(bureau, issue=issue)
    assert bureau.read(temoin) == avant


@pytest.mark.parametrize("issue", ["adopte", "rejete"])
def test_a_tie_is_settled_by_who_presides(bureau: Desk, issue: str) -> None:
    voter(bureau, pour=14, contre=14, abstention=1)
    adopter(bureau, issue=issue)
    assert vue(bureau).etat == {"adopte": "adoptee", "rejete": "rejetee"}[issue]


def test_a_preparation_may_be_given_up(bureau: Desk) -> None:
    avant = bureau.read(temoin)

    def renoncer(fait: int, _total: int) -> None:
        if fait == 2:
            raise Refus("Préparation abandonnée.")

    with pytest.raises(Refus, match="abandonnée"):
        adoption.adopter(bureau, PHASE, "adopte", renoncer)
    assert bureau.read(temoin) == avant


ENTRE_TEMPS: dict[str, Geste] = {
    "a line": lambda d: modifier(d, 9, montant=1),
    "a word in a line": lambda d: modifier(d, 9, observations="Une remarque"),
    "a structure's name": lambda d: d.do(edition.update, "structures", 1, 1, {"nom": "Autre"}),
    "a thématique's title": lambda d: d.do(edition.update, "thematiques", 1, 1, {"intitule": "Autre"}),
    "an AE": lambda d: d.do(edition.update, "budget", 1, 1, {"ae_initiale": 10**9}),
    "an outside commitment": lambda d: d.do(edition.update, "budget", 1, 1, {"engage_anterieur": 0}),
    "a template": modele,
    "the attendance": lambda d: d.do(seances.pointer, PHASE, 1, (4,), "absent"),
    "a councillor's name": lambda d: d.do(edition.update, "elus", 1, 1, {"nom": "AUTRE"}),
    "a group's name": lambda d: d.do(edition.update, "groupes", 1, 1, {"nom": "Autre"}),
    "a reference": lambda d: d.do(edition.update, "references", 1, 1, {"objet": "Autre"}),
    "a text": lambda d: d.do(textes.ecrire, PHASE, "contexte", vue(d).version, "Autre"),
    "the number": lambda d: d.do(deliberations.decrire, PHASE, 1, {"numero": "2024-999"}),
    "the vote": lambda d: voter(d, pour=28, contre=1),
    "what another phase gives a structure": lambda d: d.do(
        edition.create, "propositions", nouvelle_phase(d), {**ligne(d, 9), "montant": 1}
    ),
}


@pytest.mark.parametrize("quoi", ENTRE_TEMPS)
def test_what_changed_while_its_documents_were_made_is_not_frozen(bureau: Desk, quoi: str) -> None:
    preparation = preparer(bureau)
    ENTRE_TEMPS[quoi](bureau)
    avant = bureau.read(temoin)
    with pytest.raises(ConflitDeVersion, match="a changé pendant la préparation"):
        bureau.do(adoption.figer, preparation)
    assert bureau.read(temoin) == avant
    assert vue(bureau).etat == "seance"


def test_work_elsewhere_while_its_documents_are_made_does_not_matter(desk: Desk) -> None:
    preparation = preparer(desk)
    desk.do(edition.create, "structures", PHASE, {"nom": "Nouvelle", "forme": "ccas"})
    nouvelle_phase(desk)
    desk.do(campagnes.ouvrir, 2025, 2024)
    desk.do(adoption.figer, preparation)
    assert vue(desk).etat == "adoptee"
    with pytest.raises(Refus, match="n’est pas possible"):
        desk.do(adoption.figer, preparation)
    assert desk.read(verification.anomalies) == ()
