"""What breaks under the program – server, disk, rights, other hands – is a sentence, and nothing passes unseen."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from inclusion_desk.domain.refus import BaseRefusee, EcritureRefusee, Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import engine, opening, rows, schema, tables
from inclusion_desk.store.engine import Session
from tests.serveur import ServeurPostgres


@pytest.fixture
def partagee(serveur: ServeurPostgres, demo_postgres: str) -> object:
    with serveur.base_neuve(demo_postgres) as url:
        yield url


def _sql(url: str, *ordres: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for ordre in ordres:
            connection.execute(ordre.encode())


def _coupee(session: Session, url: str) -> Changes:
    pid = session.execute(text("SELECT pg_backend_pid()")).scalar()
    _sql(url, f"SELECT pg_terminate_backend({pid})")
    rows.read_one(session, tables.proposition, 9)
    return Changes("essai", {})


def test_a_connection_cut_in_mid_work_is_a_sentence_and_work_goes_on(partagee: str) -> None:
    desk = ouvrir(partagee)
    with pytest.raises(BaseRefusee, match="coupée"):
        desk.read(_coupee, partagee)
    with pytest.raises(BaseRefusee, match="coupée"):
        desk.do(_coupee, partagee)
    desk.do(edition.update, "propositions", 9, 1, {"volume": 7})
    desk.close()


def test_a_base_gone_from_the_server_is_a_sentence(serveur: ServeurPostgres, demo_postgres: str) -> None:
    with serveur.base_neuve(demo_postgres) as url:
        desk = ouvrir(url)
    with pytest.raises(BaseRefusee, match="coupée"):
        desk.read(rows.read_one, tables.proposition, 9)
    desk.close()


def test_rights_that_lack_are_sentences(serveur: ServeurPostgres, partagee: str) -> None:
    compte = f"lecteur_{os.getpid()}"
    _sql(partagee, f"CREATE ROLE {compte} LOGIN")
    sien = partagee.replace("postgres@", f"{compte}@")
    try:
        with pytest.raises(BaseRefusee, match="avec votre compte"):
            ouvrir(sien)
        with serveur.base_neuve() as vide, pytest.raises(BaseRefusee, match="avec votre compte"):
            ouvrir(vide.replace("postgres@", f"{compte}@"), creer=True)
        _sql(partagee, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {compte}")
        desk = ouvrir(sien)
        with pytest.raises(EcritureRefusee, match="droit"):
            desk.do(edition.update, "propositions", 9, 1, {"volume": 7})
        desk.close()
    finally:
        _sql(partagee, f"DROP OWNED BY {compte}", f"DROP ROLE {compte}")


def test_a_row_locked_elsewhere_does_not_hang_the_program(partagee: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ATTENTE", "300ms")
    desk = ouvrir(partagee)
    with psycopg.connect(partagee) as autre:
        autre.execute(b"UPDATE proposition SET volume = 1 WHERE id = 9")
        with pytest.raises(EcritureRefusee, match="occupée"):
            desk.do(edition.update, "propositions", 9, 1, {"volume": 7})
        autre.rollback()
    desk.close()


@pytest.mark.parametrize(
    "ordre",
    [
        "ALTER TABLE proposition DISABLE TRIGGER tr_proposition_engage",
        "CREATE OR REPLACE FUNCTION inclusion_desk_engage() RETURNS trigger AS 'BEGIN END' LANGUAGE plpgsql",
        "DROP TRIGGER tr_proposition_journal ON proposition",
    ],
    ids=["disabled", "replaced", "dropped"],
)
def test_a_server_whose_triggers_do_not_work_is_refused(partagee: str, ordre: str) -> None:
    desk = ouvrir(partagee)
    _sql(partagee, ordre)
    assert any("Déclencheur" in a for a in desk.read(verification.anomalies))
    desk.close()
    with pytest.raises(BaseRefusee, match="déclencheurs"):
        ouvrir(partagee)


def test_temporary_tables_do_not_draw_the_triggers_away(partagee: str) -> None:
    _sql(
        partagee,
        "CREATE TEMP TABLE ligne_budgetaire AS SELECT * FROM public.ligne_budgetaire; "
        "CREATE TEMP TABLE journal AS SELECT * FROM public.journal LIMIT 0; "
        "UPDATE public.proposition SET montant = montant - 100 WHERE id = 9",
    )
    desk = ouvrir(partagee)
    assert desk.read(verification.anomalies) == ("Journal : 1\u00a0écriture faite hors de l’application.",)
    desk.close()


def test_without_the_driver_of_shared_bases_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BaseRefusee, match="pilote"):
        ouvrir("postgresql://personne@127.0.0.1:1/rien")


def test_a_write_from_outside_is_not_hidden_by_the_next_edit(desk: Desk) -> None:
    with desk._base.engine.execution_options(**{engine.ECRITURE: True}).begin() as connection:
        connection.execute(text("UPDATE proposition SET montant = montant - 1 WHERE id = 9"))
    desk.do(edition.update, "structures", 1, 1, {"commune": "Arras"})
    assert desk.read(verification.anomalies) == ("Journal : 1\u00a0écriture faite hors de l’application.",)


def test_a_constraint_taken_away_is_seen(demo: Path) -> None:
    connection = sqlite3.connect(demo, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'engage <= ae', 'engage >= 0 OR ae') "
        "WHERE name = 'ligne_budgetaire'"
    )
    connection.execute("CREATE TABLE intruse (id INTEGER)")
    connection.close()
    desk = ouvrir(demo)
    assert desk.read(verification.anomalies) == (
        "Schéma : l’objet intruse est inconnu.",
        "Schéma : l’objet ligne_budgetaire est modifié.",
    )
    desk.close()


def test_text_that_is_no_text_is_a_sentence(demo: Path) -> None:
    connection = sqlite3.connect(demo, isolation_level=None)
    connection.execute("UPDATE proposition SET convention_initiale = CAST(X'ff41' AS TEXT) WHERE id = 9")
    connection.close()
    desk = ouvrir(demo)
    with pytest.raises(BaseRefusee, match="abîmée"):
        desk.read(SUJETS["propositions"].index, 1)
    desk.close()


def test_a_base_left_in_another_journal_mode_comes_back_to_wal(demo: Path) -> None:
    connection = sqlite3.connect(demo)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    desk = ouvrir(demo)
    assert desk.read(lambda s: s.exec_driver_sql("PRAGMA journal_mode").scalar()) == "wal"
    desk.close()


def test_every_pooled_connection_has_the_settings(bureau: Desk) -> None:
    connections = [bureau._base.engine.connect() for _ in range(8)]
    for connection in connections:
        lus = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("foreign_keys", "synchronous", "busy_timeout")
        ]
        assert lus == [1, 2, 5000]
        connection.close()


def test_paths_that_cannot_be_followed_are_sentences(tmp_path: Path) -> None:
    for creer in (False, True):
        with pytest.raises(BaseRefusee, match="ne peut pas être suivi"):
            ouvrir(tmp_path / ("a" * 300), creer=creer)
    with pytest.raises(BaseRefusee, match="n’est pas une base connue"):
        ouvrir("sqlite://")


def test_a_relative_url_and_odd_names_open(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo.parent)
    ouvrir("sqlite:///base.sqlite").close()
    for nom in ("a b?c#d%41é.sqlite", "l’été & co;x=1?mode=memory.sqlite"):
        ouvrir(demo.parent / nom, creer=True).close()
        assert (demo.parent / nom).stat().st_size > 0


_MONTAGES = """/dev/sda1 / ext4 rw 0 0
autofs /partage autofs rw 0 0
serveur:/x /partage nfs4 rw 0 0
//serveur/y /mnt/mon\\040dossier cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("dossier", "nature"), [("/partage/a", "nfs4"), ("/mnt/mon dossier/b", "cifs"), ("/x", "ext4")]
)
def test_shares_are_known_by_their_last_mount_and_real_name(
    dossier: str, nature: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_mounts", lambda: _MONTAGES)
    assert opening._file_system(Path(dossier)) == nature


def test_two_first_starts_at_once_never_overwrite_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = tmp_path / "base.sqlite"
    vrai = schema.upgrade

    def plus_tard(*arguments: object) -> None:
        vrai(*arguments)  # type: ignore[arg-type]
        chemin.write_text("celle de l’autre", encoding="utf-8")

    monkeypatch.setattr(schema, "upgrade", plus_tard)
    with pytest.raises(Refus, match="ne peut pas être créée"):
        ouvrir(chemin, creer=True)
    assert [p.name for p in tmp_path.iterdir()] == ["base.sqlite"]
    assert chemin.read_text(encoding="utf-8") == "celle de l’autre"


def test_what_a_killed_creation_left_is_removed(tmp_path: Path) -> None:
    vieux, recent = tmp_path / ".base.sqlite.1.nouveau-wal", tmp_path / ".base.sqlite.2.nouveau"
    for reste in (vieux, recent):
        reste.write_bytes(b"")
    os.utime(vieux, (0, 0))
    ouvrir(tmp_path / "base.sqlite", creer=True).close()
    assert [p.name for p in tmp_path.glob(".*")] == [recent.name]


_LIT = """
import sys
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.desk import ouvrir
from inclusion_desk.store import rows, tables
try:
    print(ouvrir(sys.argv[1]).read(rows.read_one, tables.proposition, 9)["volume"])
except Refus as refus:
    print(refus)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="another user is needed")
def test_changes_waiting_in_the_wal_of_a_read_only_folder_are_not_passed_over(demo: Path) -> None:
    dossier = Path(tempfile.mkdtemp(dir="/tmp"))
    copie = dossier / "base.sqlite"
    desk = ouvrir(demo)
    desk.do(edition.update, "propositions", 9, 1, {"volume": 4242})
    for suffixe in ("", "-wal"):
        Path(f"{copie}{suffixe}").write_bytes(Path(f"{demo}{suffixe}").read_bytes())
    desk.close()
    dossier.chmod(0o555)
    lance = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", _LIT, str(copie)]
    lu = subprocess.run(lance, capture_output=True, text=True, check=False, cwd=Path.cwd())
    shutil.rmtree(dossier)
    assert "des écritures y sont en attente" in lu.stdout, lu
