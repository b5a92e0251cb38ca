"""Several people at once, and machines that stop in the middle: nothing is lost, nothing over-committed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import select, text

from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one, update_row
from inclusion_desk.store.tables import proposition

TOURS = 20


def increment(session: Session, identifiant: int, cents: int) -> Changes:
    """Read, add, write: the shape of every lost update."""
    ligne = read_one(session, proposition, identifiant)
    update_row(session, proposition, identifiant, ligne["version"], {"montant": ligne["montant"] + cents})
    return Changes("essai", {})


def _writer(adresse: str, cents: int, retour: Connection) -> None:
    desk = ouvrir(adresse)
    reussis = 0
    for _ in range(TOURS):
        while True:
            try:
                desk.do(increment, 9, cents)
            except ConflitDeVersion:
                continue
            except Refus:
                break
            reussis += 1
            break
    desk.close()
    retour.send(reussis)
    retour.close()


def _race(adresse: str, cents: int, nombre: int) -> int:
    contexte = multiprocessing.get_context("spawn")
    tuyaux = [contexte.Pipe(duplex=False) for _ in range(nombre)]
    courses = [contexte.Process(target=_writer, args=(adresse, cents, envoi)) for _, envoi in tuyaux]
    for course in courses:
        course.start()
    for _, envoi in tuyaux:
        envoi.close()
    total: int = sum(recu.recv() for recu, _ in tuyaux)
    for course in courses:
        course.join()
    return total


def _montant(desk: Desk) -> int:
    return int(desk.read(lambda s: s.execute(select(proposition.c.montant).where(proposition.c.id == 9)).scalar_one()))


def _writers(adresse: str) -> int:
    return 8 if "://" in adresse else 4


def test_no_acknowledged_edit_is_lost(adresse: str) -> None:
    desk = ouvrir(adresse)
    avant = _montant(desk)
    reussis = _race(adresse, 1, _writers(adresse))
    assert reussis == TOURS * _writers(adresse)
    assert _montant(desk) == avant + reussis
    assert desk.read(verification.anomalies) == ()
    desk.close()


def test_together_they_never_commit_beyond_the_ae(adresse: str) -> None:
    """Each wants 3 000 € twenty times where 203 067,73 € are left: 67 succeed, whoever they are."""
    desk = ouvrir(adresse)
    avant = _montant(desk)
    reussis = _race(adresse, 300_000, _writers(adresse))
    assert reussis == min(67, TOURS * _writers(adresse))
    assert _montant(desk) == avant + reussis * 300_000
    assert desk.read(verification.anomalies) == ()
    desk.close()


def test_two_open_forms_cannot_overwrite_each_other(desk: Desk, adresse: str) -> None:
    autre = ouvrir(adresse)
    autre.do(edition.update, "propositions", 9, 1, {"volume": 400})
    with pytest.raises(ConflitDeVersion, match="autre poste"):
        desk.do(edition.update, "propositions", 9, 1, {"volume": 500})
    assert desk.read(read_one, proposition, 9)["volume"] == 400
    autre.close()


def test_a_reader_sees_one_moment(desk: Desk, adresse: str) -> None:
    """A dossier read while others write is of one instant: lines and counters agree."""
    autre = ouvrir(adresse)
    if "://" not in adresse:
        with desk._base.engine.connect() as session, session.begin():
            premier = session.execute(text("SELECT SUM(montant) FROM proposition")).scalar()
            autre.do(edition.update, "propositions", 9, 1, {"montant": 1})
            assert session.execute(text("SELECT SUM(montant) FROM proposition")).scalar() == premier
    autre.close()


_TUABLE = textwrap.dedent("""
    import sys
    from inclusion_desk.services.desk import ouvrir
    from tests.store.test_concurrence import increment
    desk = ouvrir(sys.argv[1])
    print("pret", flush=True)
    while True:
        desk.do(increment, 9, 1)
        print("fait", flush=True)
""")


@pytest.mark.parametrize("serie", range(6))
def test_killed_in_the_middle_nothing_acknowledged_is_lost(demo: Path, serie: int) -> None:
    """Ten kills a series, sixty a run: every commit announced is there, at most one more, and all holds together."""
    for coup in range(10):
        avant = _read(demo)
        tache = subprocess.Popen(
            [sys.executable, "-c", _TUABLE, str(demo)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert tache.stdout is not None
        assert tache.stdout.readline().strip() == "pret"
        time.sleep(0.002 * (serie * 10 + coup) % 0.05)
        os.kill(tache.pid, signal.SIGKILL)
        annonces = tache.stdout.read().count("fait")
        tache.wait()
        tache.stdout.close()
        assert annonces <= _read(demo) - avant <= annonces + 1


def _read(chemin: Path) -> int:
    desk = ouvrir(chemin)
    try:
        assert desk.read(verification.anomalies) == ()
        return _montant(desk)
    finally:
        desk.close()
