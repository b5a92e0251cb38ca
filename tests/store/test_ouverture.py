"""Opening: what is not a sound base of ours is refused in a sentence, and left untouched to the byte."""

from __future__ import annotations

import gzip
import os
import random
import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine

from inclusion_desk.domain.refus import BaseRefusee, EcritureRefusee, Refus
from inclusion_desk.services import edition, phases, verification
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import dossiers, opening, schema
from inclusion_desk.store.colonnes import metadata
from inclusion_desk.store.engine import APPLICATION_ID, ECRITURE, Session, make_engine, url_of
from inclusion_desk.store.journal import start_chain
from inclusion_desk.store.migrations import CONNUES, TETE
from inclusion_desk.store.tables import all_tables
from inclusion_desk.store.triggers.empreinte import SQLITE, fingerprint
from inclusion_desk.store.triggers.tous import expected_triggers, installed_triggers
from tests.fabrique import dossier_du_cas
from tests.serveur import ServeurPostgres

BASES = Path(__file__).parents[1] / "bases"
"""A base of each schema ever released, holding the case."""
JOUR = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - the user’s own clock


def _sql(*ordres: str) -> Callable[[Path], None]:
    def abimer(chemin: Path) -> None:
        connection = sqlite3.connect(chemin, isolation_level=None)
        for ordre in ordres:
            connection.execute(ordre)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    return abimer


def _bytes(debut: int, contenu: bytes) -> Callable[[Path], None]:
    def abimer(chemin: Path) -> None:
        lu = bytearray(chemin.read_bytes())
        lu[debut : debut + len(contenu)] = contenu
        chemin.write_bytes(lu)

    return abimer


CAS: dict[str, tuple[Callable[[Path], object], str]] = {
    "not a database": (lambda p: p.write_text("bonjour"), "n’est pas une base Inclusion Desk"),
    "empty file": (lambda p: p.write_bytes(b""), "n’est pas une base Inclusion Desk"),
    "another program's": (_sql("PRAGMA application_id = 42"), "base d’un autre logiciel"),
    "no schema": (_sql("DROP TABLE alembic_version"), "n’a pas de schéma"),
    "newer": (_sql("UPDATE alembic_version SET version_num = '9999'"), "version plus récente (schéma 9999)"),
    "a trigger removed": (_sql("DROP TRIGGER tr_proposition_engage_insert"), "modifiée hors de"),
    "a trigger added": (
        _sql("CREATE TRIGGER vol AFTER UPDATE ON proposition BEGIN DELETE FROM visa; END"),
        "modifiée hors de",
    ),
    "a view added": (_sql("CREATE VIEW v AS SELECT 1"), "modifiée hors de"),
    "cut short": (lambda p: p.write_bytes(p.read_bytes()[:9000]), "abîmée"),
    "pages overwritten": (_bytes(4096, b"\xff" * 20000), "abîmée"),
}


@pytest.mark.parametrize("cas", CAS)
def test_refuses_what_is_not_sound_and_leaves_it_untouched(demo: Path, cas: str) -> None:
    abimer, phrase = CAS[cas]
    abimer(demo)
    avant = demo.read_bytes()
    with pytest.raises(BaseRefusee) as refus:
        ouvrir(demo)
    assert phrase.replace(" ", "\u00a0") in str(refus.value).replace(" ", "\u00a0")
    assert demo.read_bytes() == avant


def test_refuses_a_missing_file_without_creating_it(tmp_path: Path) -> None:
    with pytest.raises(BaseRefusee, match="n’existe pas"):
        ouvrir(tmp_path / "absente.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_refuses_a_folder_and_an_unreadable_address(tmp_path: Path) -> None:
    with pytest.raises(BaseRefusee):
        ouvrir(tmp_path)
    with pytest.raises(BaseRefusee, match="n’est pas une base connue"):
        ouvrir("mysql://serveur/base")
    with pytest.raises(BaseRefusee, match="pas lisible"):
        ouvrir("postgresql://serveur:port/base")


def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    with pytest.raises(BaseRefusee, match="ne répond pas"):
        ouvrir("postgresql://personne@127.0.0.1:1/rien?connect_timeout=2")


def test_a_foreign_server_database_is_refused(serveur: ServeurPostgres) -> None:
    with serveur.base_neuve() as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE paie (id integer)")
        engine.dispose()
        with pytest.raises(BaseRefusee, match="autre logiciel"):
            ouvrir(url, creer=True)


def test_never_creates_over_something(demo: Path) -> None:
    avant = demo.read_bytes()
    with pytest.raises(FileExistsError):
        schema.create_sqlite(demo, JOUR)
    assert demo.read_bytes() == avant


def test_a_share_is_refused_and_postgresql_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_file_system", lambda _: "cifs")
    with pytest.raises(BaseRefusee, match="PostgreSQL"):
        ouvrir(tmp_path / "base.sqlite", creer=True)
    assert list(tmp_path.iterdir()) == []


def test_read_only_reads_and_says_so_when_written_to(demo: Path) -> None:
    desk = ouvrir(demo, lecture_seule=True)
    assert desk.lecture_seule
    phase = desk.read(phases.trouver, "2024/6")
    with pytest.raises(EcritureRefusee, match="lecture seule"):
        desk.do(edition.delete, "propositions", (1,))
    assert len(desk.read(dossiers.load, phase.id).lignes) == 27
    desk.close()


def test_files_belong_to_their_owner_only(tmp_path: Path) -> None:
    desk = ouvrir(tmp_path / "dossier" / "base.sqlite", creer=True)
    desk.close()
    if os.name == "posix":
        assert (tmp_path / "dossier" / "base.sqlite").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "dossier").stat().st_mode & 0o777 == 0o700


def _pragma(session: Session, nom: str) -> object:
    return session.exec_driver_sql(f"PRAGMA {nom}").scalar()


def test_the_file_is_marked_as_ours_and_in_wal_mode(demo: Path) -> None:
    assert int.from_bytes(demo.read_bytes()[68:72], "big") == APPLICATION_ID
    desk = ouvrir(demo)
    reglages = {
        nom: desk.read(_pragma, nom)
        for nom in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "recursive_triggers",
            "secure_delete",
            "trusted_schema",
        )
    }
    desk.close()
    assert reglages == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


def test_the_revisions_build_the_declared_schema(desk: Desk) -> None:
    def ecarts(session: Session) -> list[object]:
        all_tables()  # all of them declared
        contexte = MigrationContext.configure(session, opts={"compare_type": True})
        return [e for e in compare_metadata(contexte, metadata) if "alembic_version" not in str(e)]

    assert desk.read(ecarts) == []


def test_the_revisions_build_every_check_declared(desk: Desk) -> None:
    def noms(session: Session) -> set[str]:
        if desk.locale:
            textes = session.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'").scalars()
            return {nom for texte in textes for nom in re.findall(r"CONSTRAINT (ck_\w+) CHECK", texte)}
        return set(session.exec_driver_sql("SELECT conname FROM pg_constraint WHERE contype = 'c'").scalars())

    declares = {
        str(contrainte.name)
        for table in all_tables()
        for contrainte in table.constraints
        if isinstance(contrainte, CheckConstraint)
    }
    assert {nom for nom in desk.read(noms) if nom.startswith("ck_")} == declares


def test_every_table_is_strict_on_sqlite(demo: Path) -> None:
    connection = sqlite3.connect(demo)
    stricts = {nom for nom, strict in connection.execute("SELECT name, strict FROM pragma_table_list") if strict}
    connection.close()
    assert stricts >= {t.name for t in all_tables()}


@pytest.mark.parametrize("ancienne", [r for r in CONNUES if r != TETE])
def test_a_base_of_each_released_schema_is_copied_then_brought_up_to_date(tmp_path: Path, ancienne: str) -> None:
    chemin = tmp_path / "base.sqlite"
    chemin.write_bytes(gzip.decompress((BASES / f"{ancienne}.sqlite.gz").read_bytes()))
    avant = chemin.read_bytes()
    base = opening.open_base(chemin, moment=JOUR)
    base.engine.dispose()
    assert base.copie is not None
    assert base.copie.name == f"base-avant-{ancienne}-vers-{TETE}-20260102-030405.sqlite"
    assert sqlite3.connect(base.copie).execute("SELECT SUM(montant) FROM proposition").fetchone() == (87_121_800,)
    assert len(base.copie.read_bytes()) == len(avant)
    desk = ouvrir(chemin)
    lu, cas = desk.read(dossiers.load, 1), dossier_du_cas()
    assert (lu.montant, lu.budget, len(lu.lignes), lu.seance.voix) == (cas.montant, cas.budget, 27, 29)
    assert [v.objet for v in lu.deliberation.visas] == [v.objet for v in cas.deliberation.visas]
    assert {p.nom for p in lu.seance.interesses} == {p.nom for p in cas.seance.interesses}
    assert (lu.etat, lu.projet, lu.deliberation.votes) == ("seance", True, cas.deliberation.votes)
    assert desk.read(verification.anomalies) == ()
    desk.close()


def test_a_server_base_of_the_first_schema_gets_its_counters(serveur: ServeurPostgres) -> None:
    with serveur.base_neuve() as url:
        engine = make_engine(url_of(url))
        with engine.connect().execution_options(**{ECRITURE: True}) as connection, connection.begin():
            schema._run_revisions(connection, "0001")
            start_chain(connection)
            for ordre in _UNE_PROPOSITION:
                connection.exec_driver_sql(ordre)
        engine.dispose()
        desk = ouvrir(url)
        assert desk.read(lambda s: s.exec_driver_sql("SELECT montant FROM engagement").scalars().all()) == [500]
        assert [a for a in desk.read(verification.anomalies) if "compteur" in a] == []
        desk.close()


_UNE_PROPOSITION = (
    "INSERT INTO campagne (id, annee) VALUES (1, 2024)",
    "INSERT INTO phase (id, campagne_id, numero) VALUES (1, 1, 6)",
    "INSERT INTO thematique (id, campagne_id, numero) VALUES (1, 1, 1)",
    "INSERT INTO dispositif (id, thematique_id, intitule, unite) VALUES (1, 1, 'Accueil', 'place')",
    "INSERT INTO structure (id, nom, forme) VALUES (1, 'CCAS', 'ccas')",
    "INSERT INTO territoire (id, nom) VALUES (1, 'Artois')",
    (
        "INSERT INTO ligne_budgetaire (id, campagne_id, code_operation, imputation, ae, engage) "
        "VALUES (1, 1, 'C02-446A05', '6568/93446', 1000, 500)"
    ),
    (
        "INSERT INTO proposition (id, phase_id, dispositif_id, structure_id, territoire_id, ligne_budgetaire_id, "
        "montant, debut, fin, acte) VALUES (1, 1, 1, 1, 1, 1, 500, '2025-01-01', '2025-12-31', 'convention')"
    ),
)


def test_damaged_bases_never_crash_nor_open_with_a_wrong_total(demo: Path, tmp_path: Path) -> None:
    """Flip bytes at random: either the base is refused, or ``verifier`` sees it, or the total is right."""
    hasard = random.Random(587)
    sain = demo.read_bytes()
    for numero in range(150):
        contenu = bytearray(sain)
        for _ in range(hasard.choice([1, 1, 1, 8, 200])):
            contenu[hasard.randrange(len(contenu))] ^= 1 << hasard.randrange(8)
        copie = tmp_path / f"abimee-{numero}.sqlite"
        copie.write_bytes(contenu)
        try:
            desk = ouvrir(copie)
        except BaseRefusee:
            continue
        try:
            total = desk.read(dossiers.load, 1).montant
            anomalies = desk.read(verification.anomalies)
        except Refus:
            continue
        finally:
            desk.close()
        assert total == 87_121_800 or anomalies, f"damage {numero} went unseen"


def test_the_fingerprint_of_the_triggers_is_that_of_a_new_base(tmp_path: Path) -> None:
    desk = ouvrir(tmp_path / "neuve.sqlite", creer=True)
    try:
        assert desk.read(lambda session: fingerprint(installed_triggers(session))) == SQLITE
        assert desk.read(lambda session: fingerprint(expected_triggers(session))) == SQLITE
    finally:
        desk.close()
