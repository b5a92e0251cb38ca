"""Numbers of conventions under competition and under the axe: none twice, none missing, on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE
from tests.services.gestes_actes import avenant_a, avenants, creee, neuve, nommee, numeros, preparer

TOURS = 30


def suite(nombre: int) -> list[str]:
    """List the first numbers of 2025."""
    return [f"2025-{rang:05d}" for rang in range(1, nombre + 1)]


def _at_once(taches: Sequence[Callable[[], object]]) -> list[str]:
    """Run tasks in threads that start together; gives what each raised, or nothing."""
    depart, issues = threading.Barrier(len(taches)), [""] * len(taches)

    def agir(rang: int) -> None:
        depart.wait()
        try:
            taches[rang]()
        except Exception as erreur:  # noqa: BLE001 - a bug is what the test is after
            issues[rang] = repr(erreur)

    fils = [threading.Thread(target=agir, args=(rang,)) for rang in range(len(taches))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return issues


def _create_many(adresse: str) -> None:
    desk = ouvrir(adresse)
    try:
        for _ in range(TOURS):
            desk.do(edition.create, "conventions", PHASE, neuve())
    finally:
        desk.close()


def test_two_stations_at_once_leave_no_gap_and_no_duplicate(amendable: Desk, conventionnee: str) -> None:
    assert _at_once([lambda: _create_many(conventionnee)] * 2) == ["", ""]
    assert numeros(amendable) == suite(2 * TOURS)
    assert amendable.read(verification.anomalies) == ()


def _create_and_delete(adresse: str, graine: int) -> None:
    """Create conventions and delete some as soon: those that another station followed are refused."""
    desk, hasard = ouvrir(adresse), Random(graine)
    try:
        for _ in range(TOURS):
            fait = desk.do(edition.create, "conventions", PHASE, neuve())
            if hasard.random() < 0.5:
                try:
                    assert fait.inverse is not None
                    defait = desk.do(fait.inverse.use_case, *fait.inverse.args)
                    assert defait.inverse is not None
                    desk.do(defait.inverse.use_case, *defait.inverse.args)
                except Refus as refus:
                    assert "numéro" in str(refus)  # noqa: PT017 - the sentence is what is checked
    finally:
        desk.close()


def test_what_one_station_deletes_while_another_creates_leaves_no_gap(amendable: Desk, conventionnee: str) -> None:
    assert _at_once([partial(_create_and_delete, conventionnee, g) for g in range(2)]) == ["", ""]
    lus = numeros(amendable)
    assert lus == suite(len(lus))
    assert len(lus) >= TOURS
    assert amendable.read(verification.anomalies) == ()


@pytest.mark.parametrize("tour", range(5))
def test_a_year_begun_by_two_stations_at_once_begins_once(amendable: Desk, conventionnee: str, tour: int) -> None:
    del tour
    postes = [ouvrir(conventionnee) for _ in range(3)]
    taches = [partial(p.do, edition.create, "conventions", PHASE, neuve()) for p in postes]
    assert _at_once(taches) == [""] * 3
    for poste in postes:
        poste.close()
    assert numeros(amendable) == suite(3)


def test_acts_by_hand_and_acts_of_a_phase_share_the_numbers_of_their_year(
    amendable: Desk, conventionnee: str
) -> None:  # fmt: skip
    """The phase of the case numbers in the year of its campaign, an act by hand in that of its deliberation."""
    postes = [ouvrir(conventionnee) for _ in range(2)]

    def ajouter() -> None:
        for _ in range(6):
            postes[1].do(edition.create, "conventions", PHASE, neuve(deliberation_le=date(2024, 12, 9)))

    assert _at_once([lambda: preparer(postes[0]), ajouter]) == [""] * 2
    for poste in postes:
        poste.close()
    assert numeros(amendable, 2024) == [f"2024-{rang:05d}" for rang in range(1, 13)]


def test_avenants_added_at_once_follow(amendable: Desk, conventionnee: str) -> None:
    une = nommee(amendable, "2024-01213").id
    postes = [ouvrir(conventionnee) for _ in range(3)]

    def ajouter(poste: Desk) -> None:
        for _ in range(4):
            poste.do(edition.create, "avenants", PHASE, avenant_a(une))

    assert _at_once([partial(ajouter, p) for p in postes]) == [""] * 3
    for poste in postes:
        poste.close()
    assert [a.rang for a in avenants(amendable, "2024-01213")] == list(range(1, 13))


_TUABLE = textwrap.dedent("""
    import sys
    from inclusion_desk.services import edition
    from inclusion_desk.services.desk import ouvrir
    from tests.services.gestes import PHASE
    from tests.services.gestes_actes import neuve
    desk = ouvrir(sys.argv[1])
    print("pret", flush=True)
    while True:
        desk.do(edition.create, "conventions", PHASE, neuve())
        print("fait", flush=True)
""")


def test_killed_in_the_middle_numbers_stay_without_a_gap(amendable: Desk, conventionnee: str) -> None:
    """Six kills at moments that shift: every number announced is there, at most one more, none skipped."""
    for coup in range(6):
        avant = len(numeros(amendable))
        tache = subprocess.Popen(
            [sys.executable, "-c", _TUABLE, conventionnee], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert tache.stdout is not None
        assert tache.stdout.readline().strip() == "pret"
        time.sleep(0.03 + 0.011 * coup)
        os.kill(tache.pid, signal.SIGKILL)
        annonces = tache.stdout.read().count("fait")
        tache.wait()
        tache.stdout.close()
        lus = numeros(amendable)
        assert annonces <= len(lus) - avant <= annonces + 1
        assert lus == suite(len(lus))
    creee(amendable)
    lus = numeros(amendable)
    assert lus == suite(len(lus))
    assert amendable.read(verification.anomalies) == ()


@given(gestes=st.lists(st.tuples(st.sampled_from("cdup"), st.integers(0, 5)), max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_created_deleted_and_undone_numbers_have_no_gap(
    gestes: list[tuple[str, int]], modele_conventionne: Path, tmp_path: Path
) -> None:
    chemin = tmp_path / "hasard.sqlite"
    chemin.write_bytes(modele_conventionne.read_bytes())
    desk = ouvrir(chemin)
    pile: list[Changes] = []
    try:
        for geste, rang in gestes:
            _play(desk, geste, rang, pile)
            siens, papier = desk.read(_numbers, 0), desk.read(_numbers, 1)
            dernier = int(max(siens, default="2025-0")[5:])
            assert set(suite(dernier)) <= {*siens, *papier}
    finally:
        desk.close()
        for reste in tmp_path.glob("hasard.sqlite*"):
            reste.unlink()


def _play(desk: Desk, geste: str, rang: int, pile: list[Changes]) -> None:
    """Create, delete, undo the last step, or record the very next number from paper; a refusal changes nothing."""
    try:
        if geste == "c":
            pile.append(desk.do(edition.create, "conventions", PHASE, neuve()))
        elif geste == "d":
            siens = desk.read(_ids)
            if siens:
                pile.append(desk.do(edition.delete, "conventions", siens[-1 - rang % len(siens) :]))
        elif geste == "u" and pile:
            appel = pile.pop().inverse
            assert appel is not None
            desk.do(appel.use_case, *appel.args)
        elif geste == "p":
            suivant = f"2025-{len(desk.read(_ids)) + len(desk.read(_numbers, 1)) + 1:05d}"
            desk.do(edition.create, "conventions", PHASE, neuve(externe=True, numero=suivant))
    except Refus as refus:
        assert "numéro" in str(refus) or "n’existe" in str(refus)  # noqa: PT017 - the sentence is what is checked


def _ids(session: Session) -> list[int]:
    """List the conventions of the program in 2025, in the order of their numbers."""
    c = tables.convention.c
    return list(session.execute(select(c.id).where(*_of(0)).order_by(c.numero)).scalars())


def _numbers(session: Session, externe: int) -> list[str]:
    return list(session.execute(select(tables.convention.c.numero).where(*_of(externe))).scalars())


def _of(externe: int) -> tuple[Any, ...]:
    c = tables.convention.c
    return c.externe == externe, c.numero.like("2025-%")
