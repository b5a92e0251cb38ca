"""An adoption stopped at any moment – killed, or the disk full – leaves the act as before or as voted, never half."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

from inclusion_desk.domain.refus import BaseRefusee, EcritureRefusee
from inclusion_desk.services import adoption, verification
from inclusion_desk.services.adoption import Preparation
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.natures import FIGES
from inclusion_desk.store import deliberations, dossiers
from tests.serveur import ServeurPostgres
from tests.services.gestes import PHASE, adopter, inscrire_a_nouveau, silence, vue
from tests.store.test_actes_figes import temoin

COUPS = int(os.environ.get("INCLUSION_DESK_TEST_COUPS", "32"))
"""How many kills a run of the suite makes; 300 by hand."""
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
"""From Python 3.12 on, forking beside threads is frowned upon; the child here opens its own base and dies."""
posix = pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed")


@dataclass(frozen=True)
class Depart:
    """A base about to be adopted: its file, its rows, the act prepared, and what freezing it takes."""

    base: Path
    avant: str
    preparation: Preparation
    ordres: int
    duree: float


@pytest.fixture(scope="module")
def depart(demo_modele: Path, tmp_path_factory: pytest.TempPathFactory) -> Depart:
    dossier = tmp_path_factory.mktemp("depart")
    base, essai = dossier / "base.sqlite", dossier / "essai.sqlite"
    shutil.copy(demo_modele, base)
    desk = ouvrir(base)
    inscrire_a_nouveau(desk)
    preparation = adoption.preparer(desk, PHASE, "adopte", silence)
    avant = desk.read(temoin)
    desk.close()
    shutil.copy(base, essai)
    ordres: list[str] = []
    desk = ouvrir(essai)
    event.listen(desk._base.engine, "before_cursor_execute", lambda _c, _k, ordre, *_: ordres.append(ordre))
    debut = time.monotonic()
    desk.do(adoption.figer, preparation)
    duree = time.monotonic() - debut
    desk.close()
    return Depart(base, avant, preparation, len(ordres), duree)


def _at_statement(rang: int) -> Callable[[Engine], None]:
    """Kill this process before its statement of that rank."""

    def armer(engine: Engine) -> None:
        reste = [rang]

        def compter(*_: object) -> None:
            reste[0] -= 1
            if reste[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(engine, "before_cursor_execute", compter)

    return armer


def _around_commit(apres: float) -> Callable[[Engine], None]:
    """Kill this process so many seconds after it begins to commit, from outside."""

    def armer(engine: Engine) -> None:
        event.listen(engine, "commit", lambda _: _kill_in(apres))

    return armer


def _kill_in(secondes: float) -> None:
    """Let a child kill its parent in a while."""
    cible = os.getpid()
    if os.fork() == 0:
        time.sleep(secondes)
        os.kill(cible, signal.SIGKILL)
        os._exit(0)


def _adopt_and_die(chemin: Path, depart: Depart, armer: Callable[[Engine], None]) -> bool:
    """Adopt in a process that will be killed; tells whether it announced that the act was adopted."""
    lu, ecrit = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        try:
            os.close(lu)
            desk = ouvrir(chemin)
            armer(desk._base.engine)
            desk.do(adoption.figer, depart.preparation)
            os.write(ecrit, b"fait")
            time.sleep(60)
        finally:
            os._exit(1)
    os.close(ecrit)
    with os.fdopen(lu, "rb") as tuyau:
        annonce = tuyau.read() == b"fait"
    _, statut = os.waitpid(enfant, 0)
    assert os.WIFSIGNALED(statut), "the adoption failed instead of being killed"
    return annonce


def _state(chemin: Path, depart: Depart) -> str:
    """Open the base again: everything holds together, and it is as before or as voted, to the last row."""
    desk = ouvrir(chemin)
    try:
        assert desk.read(verification.anomalies) == ()
        if desk.read(temoin) == depart.avant:
            return "before"
        copie = desk.read(deliberations.load_copy, PHASE, "deliberation")
        assert copie is not None
        assert (vue(desk).etat, copie.empreinte) == ("adoptee", depart.preparation.empreinte)
        for nature in FIGES:
            garde = desk.read(deliberations.load_document, PHASE, nature)
            assert garde is not None
            assert garde[0] == depart.preparation.documents[nature]
        assert desk.read(dossiers.load, PHASE).montant == 87_121_800
        return "voted"
    finally:
        desk.close()


def _kill(depart: Depart, dossier: Path, armer: Callable[[Engine], None]) -> tuple[bool, str]:
    chemin = dossier / "base.sqlite"
    for reste in dossier.glob("base.sqlite*"):
        reste.unlink()
    shutil.copy(depart.base, chemin)
    annonce = _adopt_and_die(chemin, depart, armer)
    return annonce, _state(chemin, depart)


@posix
def test_killed_before_any_statement_nothing_is_written(depart: Depart, tmp_path: Path) -> None:
    """From the first statement to the last one before the commit."""
    coups = COUPS // 2
    for coup in range(coups):
        rang = coup * (depart.ordres - 1) // max(coups - 1, 1)
        assert _kill(depart, tmp_path, _at_statement(rang)) == (False, "before"), f"statement {rang}"


@posix
def test_killed_while_it_commits_it_is_as_before_or_as_voted(depart: Depart, tmp_path: Path) -> None:
    """Whoever was told that the act is adopted finds it adopted."""
    hasard = random.Random()
    for _ in range(COUPS // 4):
        annonce, etat = _kill(depart, tmp_path, _around_commit(hasard.uniform(0, depart.duree / 4)))
        assert etat == "voted" or not annonce


@posix
def test_killed_at_any_moment_it_is_as_before_or_as_voted(depart: Depart, tmp_path: Path) -> None:
    hasard = random.Random()
    for _ in range(COUPS // 4):
        delai = hasard.uniform(0, 1.5 * depart.duree)
        annonce, etat = _kill(depart, tmp_path, lambda _engine, delai=delai: _kill_in(delai))  # type: ignore[misc]
        assert etat == "voted" or not annonce


def _refused_then_adopted(chemin: Path, depart: Depart, desk: Desk, liberer: Callable[[], object]) -> None:
    """Check that a full disk is a sentence, that nothing is half-written, and that room is all it takes."""
    with pytest.raises(EcritureRefusee, match="disque est plein"):
        desk.do(adoption.figer, depart.preparation)
    assert desk.read(temoin) == depart.avant
    liberer()
    desk.close()
    assert _state(chemin, depart) == "before"
    desk = ouvrir(chemin)
    adopter(desk)
    desk.close()
    encore = ouvrir(chemin)
    assert vue(encore).etat == "adoptee"
    assert encore.read(verification.anomalies) == ()
    encore.close()


def test_cut_from_the_server_at_any_statement_it_is_as_before(serveur: ServeurPostgres, demo_postgres: str) -> None:
    with serveur.base_neuve(demo_postgres) as url:
        desk = ouvrir(url)
        preparation = adoption.preparer(desk, PHASE, "adopte", silence)
        avant = desk.read(temoin)
        reste = [0]

        def couper(connection: Connection, *_: object) -> None:
            reste[0] -= 1
            if reste[0] == 0:
                pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
                with psycopg.connect(serveur.url, autocommit=True) as autre:
                    autre.execute("SELECT pg_terminate_backend(%s)", [pid])

        event.listen(desk._base.engine, "before_cursor_execute", couper)
        for rang in (1, 5, 20, 35, 45, 50):
            reste[0] = rang
            with pytest.raises(BaseRefusee, match="coupée"):
                desk.do(adoption.figer, preparation)
            assert desk.read(temoin) == avant
        reste[0] = 0
        desk.do(adoption.figer, preparation)
        assert desk.read(verification.anomalies) == ()
        desk.close()


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.8, 0.95])
def test_a_base_that_cannot_grow_is_left_as_it_was(depart: Depart, tmp_path: Path, part: float) -> None:
    """SQLite is told how many pages it may have: it runs out at each stage of the adoption."""
    chemin = tmp_path / "base.sqlite"
    shutil.copy(depart.base, chemin)
    desk = ouvrir(chemin)
    pages = desk.read(lambda s: int(s.exec_driver_sql("PRAGMA page_count").scalar_one()))
    limite = pages + int(part * sum(map(len, depart.preparation.documents.values())) / 4096)
    desk.close()
    event.listen(desk._base.engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {limite}"))
    _refused_then_adopted(chemin, depart, desk, lambda: None)


@pytest.fixture
def petit_disque(tmp_path: Path, depart: Depart) -> Iterator[Path]:
    """Mount a disk with room for the base and a third of what its adoption writes."""
    disque = tmp_path / "disque"
    disque.mkdir()
    octets = depart.base.stat().st_size + sum(map(len, depart.preparation.documents.values())) // 3
    options = f"size={octets // 1024}k"
    commande = ["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disque)]
    if os.name != "posix" or subprocess.run(commande, check=False, capture_output=True).returncode:
        pytest.skip("this machine cannot mount a small disk")
    yield disque
    subprocess.run(["/bin/umount", str(disque)], check=True)


def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(depart: Depart, petit_disque: Path) -> None:
    chemin = petit_disque / "base.sqlite"
    shutil.copy(depart.base, chemin)
    agrandir = ["/bin/mount", "-o", "remount,size=64m", str(petit_disque)]
    desk = ouvrir(chemin)
    _refused_then_adopted(chemin, depart, desk, lambda: subprocess.run(agrandir, check=True))
