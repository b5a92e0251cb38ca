"""An act is voted while others write: what its copy holds is what its rows hold, whoever comes first."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import adoption, deliberations, edition, seances, textes, verification
from inclusion_desk.services.adoption import Preparation
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import dossiers
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, acte, ligne, silence, vue

TOURS = 20
Geste = Callable[[Desk], object]
NouvelleBase = Callable[[], Any]


def _written(ordre: str) -> Geste:
    """Write behind the program, which checks nothing."""

    def use_case(session: Session) -> Changes:
        session.execute(text(ordre))
        return Changes("essai", {})

    return lambda desk: desk.do(use_case)


GESTES: dict[str, Geste] = {
    "a line": lambda desk: desk.do(edition.update, "propositions", 9, ligne(desk, 9)["version"], {"montant": 4242}),
    "a line, behind": _written("UPDATE proposition SET montant = montant - 1 WHERE id = 10"),
    "a line added": lambda desk: desk.do(edition.create, "propositions", PHASE, {**ligne(desk, 9), "montant": 100}),
    "a line deleted, behind": _written("DELETE FROM proposition WHERE id = 27"),
    "the attendance": lambda desk: desk.do(seances.pointer, PHASE, 1, (3,), "absent"),
    "the attendance, behind": _written("UPDATE presence SET statut = 'absent' WHERE elu_id = 2"),
    "the vote": lambda desk: desk.do(deliberations.voter, PHASE, acte(desk).version, ()),
    "the vote, behind": _written("UPDATE vote SET nombre = nombre - 1 WHERE position = 'pour'"),
    "a text": lambda desk: desk.do(textes.ecrire, PHASE, "contexte", vue(desk).version, "Autre"),
    "an opinion, behind": _written("DELETE FROM avis WHERE deliberation_id = 1"),
}


COUPLES = [
    *(("postgresql", geste) for geste in GESTES),
    *(("sqlite", geste) for geste in ("a line", "the vote, behind", "a text")),
]
"""SQLite lets one writer in at a time, whatever is written: three gestures tell as much as ten."""


@pytest.fixture(params=["sqlite", "postgresql"])
def nouvelle_base(request: pytest.FixtureRequest, demo_modele: Path, tmp_path: Path) -> NouvelleBase:
    """Give a function that makes a fresh base of the case, on each of the two databases in turn."""
    if request.param == "postgresql":
        serveur, modele = request.getfixturevalue("serveur"), request.getfixturevalue("demo_postgres")
        return lambda: serveur.base_neuve(modele)

    @contextmanager
    def copie() -> Iterator[str]:
        for reste in tmp_path.glob("base.sqlite*"):
            reste.unlink()
        shutil.copy(demo_modele, tmp_path / "base.sqlite")
        yield str(tmp_path / "base.sqlite")

    return copie


@pytest.fixture(scope="module")
def preparation(demo_modele: Path) -> Preparation:
    """Prepare the act of the case once: the bases of every round hold the same rows."""
    desk = ouvrir(demo_modele)
    try:
        return adoption.preparer(desk, PHASE, "adopte", silence)
    finally:
        desk.close()


def _at_once(desk: Desk, gestes: list[Geste], hasard: random.Random) -> list[str]:
    """Run gestures at once, each in its own connection; gives the refusal of each, or nothing."""
    depart, issues = threading.Barrier(len(gestes)), [""] * len(gestes)
    pauses = [hasard.uniform(0, 0.012) for _ in gestes]

    def agir(rang: int) -> None:
        depart.wait()
        time.sleep(pauses[rang])
        try:
            gestes[rang](desk)
        except Refus as refus:
            issues[rang] = str(refus)
        except Exception as erreur:  # noqa: BLE001 - anything else is what the test is after
            issues[rang] = f"bug: {erreur!r}"

    taches = [threading.Thread(target=agir, args=(rang,)) for rang in range(len(gestes))]
    for tache in taches:
        tache.start()
    for tache in taches:
        tache.join()
    return issues


def _voting(preparation: Preparation) -> Geste:
    return lambda desk: desk.do(adoption.figer, preparation)


def test_nothing_changes_beneath_an_act_while_it_is_adopted(
    nouvelle_base: NouvelleBase, preparation: Preparation
) -> None:
    """Twenty rounds of four writers against one adoption: whoever is late is refused in a sentence."""
    hasard = random.Random()
    for _ in range(TOURS):
        choisis = hasard.sample(sorted(GESTES), 4)
        with nouvelle_base() as adresse, _opened(adresse) as desk:
            adopte, *autres = _at_once(desk, [_voting(preparation), *(GESTES[nom] for nom in choisis)], hasard)
            assert not any(issue.startswith("bug") for issue in (adopte, *autres)), (choisis, adopte, autres)
            if adopte:
                assert "a changé" in adopte or "modifiée" in adopte
                assert vue(desk).etat == "seance"
                assert "" in autres, "the adoption lost to nobody"
            else:
                assert vue(desk).etat == "adoptee"
                assert all(autres), (choisis, autres)
                assert desk.read(dossiers.load, PHASE).montant == 87_121_800
            assert desk.read(verification.anomalies) == ()


def test_of_two_adoptions_at_once_one_wins_and_the_other_is_told(
    nouvelle_base: NouvelleBase, preparation: Preparation
) -> None:
    hasard = random.Random()
    for _ in range(TOURS // 2):
        with nouvelle_base() as adresse, _opened(adresse) as desk:
            issues = sorted(_at_once(desk, [_voting(preparation)] * 2, hasard))
            assert issues[0] == ""
            assert "n’est pas possible dans l’état «\u00a0Adoptée\u00a0»" in issues[1]
            assert desk.read(verification.anomalies) == ()


@contextmanager
def _opened(adresse: str) -> Iterator[Desk]:
    desk = ouvrir(adresse)
    try:
        yield desk
    finally:
        desk.close()


def _during(desk: Desk, premier: Geste, second: Geste) -> list[str]:
    """Run a gesture while the first is written and not yet committed; gives the refusals of the second."""
    issues: list[str] = []

    def agir() -> None:
        try:
            second(desk)
        except Refus as refus:
            issues.append(str(refus))

    tache = threading.Thread(target=agir)

    def pendant() -> None:
        tache.start()
        time.sleep(0.05)

    _held_open(desk, pendant)
    premier(desk)
    tache.join()
    return issues


def _held_open(desk: Desk, pendant: Callable[[], None]) -> None:
    """Let something happen between the writing of the next use case and its commit."""
    vrai = desk._attempt

    def tenir(use_case: Any, args: tuple[object, ...]) -> Changes:
        def fait(session: Session, *a: object) -> Changes:
            changes: Changes = use_case(session, *a)
            pendant()
            return changes

        desk._attempt = vrai  # type: ignore[method-assign]
        return vrai(fait, args)

    desk._attempt = tenir  # type: ignore[method-assign]


@pytest.mark.parametrize(("nouvelle_base", "geste"), COUPLES, indirect=["nouvelle_base"])
def test_an_edit_begun_before_the_adoption_is_waited_for(
    nouvelle_base: NouvelleBase, preparation: Preparation, geste: str
) -> None:
    """The edit is written and not committed when the adoption begins: the adoption waits, sees it, and is refused."""
    with nouvelle_base() as adresse, _opened(adresse) as desk:
        assert len(_during(desk, GESTES[geste], _voting(preparation))) == 1
        assert vue(desk).etat == "seance"
        assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize(("nouvelle_base", "geste"), COUPLES, indirect=["nouvelle_base"])
def test_an_edit_begun_during_the_adoption_is_refused(
    nouvelle_base: NouvelleBase, preparation: Preparation, geste: str
) -> None:
    """The act is frozen and not committed when the edit begins: the edit waits, and finds an adopted act."""
    with nouvelle_base() as adresse, _opened(adresse) as desk:
        assert len(_during(desk, _voting(preparation), GESTES[geste])) == 1
        assert vue(desk).etat == "adoptee"
        assert desk.read(verification.anomalies) == ()
