"""Nothing changes under an adopted act, whoever writes and whatever they write; the same on both databases."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import deliberations as actes
from inclusion_desk.services import edition, etapes, pouvoirs, seances, textes, verification
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.natures import FIGES
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import deliberations, dossiers, tables
from inclusion_desk.store.engine import ECRITURE, Session
from inclusion_desk.store.erreurs import constraint_of
from inclusion_desk.store.migrations import CONNUES, TETE
from inclusion_desk.store.rows import read_parts
from inclusion_desk.store.tables import all_tables
from tests.serveur import ServeurPostgres
from tests.services.gestes import PHASE, adopter, ligne, vue
from tests.store.attaques import ATTAQUES, ATTAQUES_SQLITE, AUTRE, prepare

BASES = Path(__file__).parents[1] / "bases"


def temoin(connection: Session) -> str:
    """Give the fingerprint of every row of every table."""
    somme = hashlib.sha256()
    for table in all_tables():
        for r in connection.execute(select(table).order_by(*table.primary_key.columns)):
            somme.update(repr(tuple(r)).encode())
    return somme.hexdigest()


def etat_de_l_acte(desk: Desk, phase_id: int = PHASE) -> tuple[object, ...]:
    """Read what an adopted act is made of: total, fingerprint, and the fingerprints of its documents."""
    copie = desk.read(deliberations.load_copy, phase_id, "deliberation")
    assert copie is not None
    documents = [desk.read(deliberations.load_document, phase_id, nature) for nature in FIGES]
    return (
        desk.read(dossiers.load, phase_id).montant,
        copie,
        tuple(hashlib.sha256(d[0]).hexdigest() for d in documents if d),
    )


def _attack(desk: Desk, ordre: str) -> None:
    """Run an attack in a transaction of its own; the database refuses it, by our guard or by a foreign key."""
    with desk._base.engine.execution_options(**{ECRITURE: True}).connect() as connection:
        with pytest.raises(DBAPIError) as refus:
            connection.exec_driver_sql(ordre)
        connection.rollback()
    texte = str(refus.value.orig)
    cle = "FOREIGN KEY" in texte or getattr(refus.value.orig, "sqlstate", None) in {"23503", "23001", "42501"}
    assert constraint_of(refus.value) in {"acte_fige", "ck_ligne_budgetaire_ae_depassee"} or cle, texte


@contextmanager
def _intact(desk: Desk) -> Iterator[None]:
    """Check that a base is, in the end, what it was to the last byte of the last row."""
    avant, acte_avant = desk.read(temoin), etat_de_l_acte(desk)
    yield
    assert desk.read(temoin) == avant
    assert etat_de_l_acte(desk) == acte_avant
    assert desk.read(verification.anomalies) == ()


@pytest.fixture(scope="module", params=["adopted", "reopened", *(r for r in CONNUES if r != TETE)])
def attaquee(
    request: pytest.FixtureRequest, modele_adopte: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """Give an adopted base: just adopted, opened again, or brought from each released schema then adopted."""
    chemin = tmp_path_factory.mktemp("attaquee") / "base.sqlite"
    if request.param in CONNUES:
        chemin.write_bytes(gzip.decompress((BASES / f"{request.param}.sqlite.gz").read_bytes()))
    else:
        shutil.copy(modele_adopte, chemin)
    desk = ouvrir(chemin)
    if request.param in CONNUES:
        _adopt_migrated(desk)
    prepare(desk)
    if request.param == "reopened":
        desk.close()
        desk = ouvrir(chemin)
    with _intact(desk):
        yield desk
    desk.close()


def _adopt_migrated(desk: Desk) -> None:
    """Adopt the case as an older schema held it: on the agenda; who signed the new commitment is typed first."""
    if not desk.read(SUJETS["periodes"].index, PHASE).ids:  # before the third schema
        periode = {"numero": 1, "debut": date(2024, 4, 1), "fin": date(2024, 5, 31)}
        (periode_id,) = desk.do(edition.create, "periodes", PHASE, periode).ids["periodes"]
        desk.do(actes.instruire, PHASE, vue(desk).version, (periode_id,))
        desk.do(edition.create, "annexes", PHASE, {"numero": 5, "titre": "Projet d’avenant", "texte": "Texte"})
    for structure in desk.read(
        SUJETS["structures"].rows, PHASE, list(desk.read(SUJETS["structures"].index, PHASE).ids)
    ):
        if structure.forme in {"association", "fondation"}:
            desk.do(edition.update, "structures", structure.id, structure.version, {"engagement_republicain": True})
    adopter(desk)


@pytest.mark.parametrize("attaque", [*ATTAQUES, *ATTAQUES_SQLITE])
def test_an_adopted_act_withstands(attaquee: Desk, attaque: str) -> None:
    _attack(attaquee, {**ATTAQUES, **ATTAQUES_SQLITE}[attaque])


ATTAQUES_POSTGRES = {
    "empty the table": "TRUNCATE proposition",
    "silence the guard": "ALTER TABLE proposition DISABLE TRIGGER tr_proposition_acte",
    "drop the guard": "DROP TRIGGER tr_proposition_acte ON proposition",
    "rewrite the guard": "CREATE OR REPLACE FUNCTION inclusion_desk_acte() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'",
    "pass for a replica": "SET session_replication_role = replica",
    "lead the guard elsewhere": "CREATE TEMP TABLE phase AS SELECT id, 'seance'::text AS etat FROM public.phase; "
    "UPDATE public.proposition SET montant = 1 WHERE id = 9",
    "change it through a query": "WITH u AS (UPDATE proposition SET montant = 1 WHERE id = 9 RETURNING id) "
    "SELECT * FROM u",
    "merge over a line": "MERGE INTO proposition p USING (SELECT 9 AS cle) v ON p.id = v.cle "
    "WHEN MATCHED THEN UPDATE SET montant = 1",
}
"""What only PostgreSQL knows how to say."""


@contextmanager
def compte_ordinaire(url: str) -> Iterator[str]:
    """Give the address of a base for an account that reads and writes rows, and does nothing else."""
    compte = f"instructeur_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        for ordre in (
            f"CREATE ROLE {compte} LOGIN",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {compte}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {compte}",
        ):
            connection.execute(ordre.encode())
        yield url.replace("postgres@", f"{compte}@")
        for ordre in (f"DROP OWNED BY {compte}", f"DROP ROLE {compte}"):
            connection.execute(ordre.encode())


@pytest.fixture(scope="module")
def partagee(serveur: ServeurPostgres, postgres_adopte: str) -> Iterator[Desk]:
    """Open an adopted base of the server as an ordinary account does."""
    with serveur.base_neuve(postgres_adopte) as url:
        desk = ouvrir(url)
        prepare(desk)
        desk.close()
        with compte_ordinaire(url) as sienne:
            desk = ouvrir(sienne)
            with _intact(desk):
                yield desk
            desk.close()


@pytest.mark.parametrize("attaque", [*ATTAQUES, *ATTAQUES_POSTGRES])
def test_it_withstands_an_ordinary_account_of_the_server(partagee: Desk, attaque: str) -> None:
    _attack(partagee, {**ATTAQUES, **ATTAQUES_POSTGRES}[attaque])


def test_an_ordinary_account_adopts(serveur: ServeurPostgres, demo_postgres: str) -> None:
    with serveur.base_neuve(demo_postgres) as url, compte_ordinaire(url) as sienne:
        desk = ouvrir(sienne)
        adopter(desk)
        assert vue(desk).etat == "adoptee"
        assert desk.read(verification.anomalies) == ()
        desk.close()


def test_work_goes_on_around_an_adopted_act(vote: Desk) -> None:
    prepare(vote)
    figee = etat_de_l_acte(vote)
    vote.do(edition.update, "structures", 1, 1, {"nom": "Renommée", "siret": None})
    vote.do(edition.update, "dispositifs", 1, 1, {"intitule": "Renommé"})
    vote.do(edition.update, "thematiques", 1, 1, {"intitule": "Renommée"})
    vote.do(edition.update, "elus", 1, 1, {"nom": "RENOMMÉ"})
    vote.do(edition.update, "groupes", 1, 1, {"nom": "Renommé"})
    vote.do(edition.update, "references", 1, 1, {"objet": "Renommée"})
    vote.do(edition.update, "budget", 1, ligne(vote, 1, tables.ligne_budgetaire)["version"], {"libelle": "Renommée"})
    decision = {"ligne_budgetaire_id": 1, "jour": date(2025, 1, 6), "libelle": "DM n° 1", "montant": 10_000_000}
    vote.do(edition.create, "decisions", PHASE, decision)
    vote.do(edition.create, "propositions", AUTRE, {**ligne(vote, 9), "montant": 20_306_773 + 10_000_000})
    vote.do(edition.delete, "propositions", [li["id"] for li in vote.read(_lines_of, AUTRE)])
    assert etat_de_l_acte(vote) == figee
    assert vote.read(verification.anomalies) == ()


def _lines_of(session: Session, phase_id: int) -> list[dict[str, Any]]:
    return read_parts(session, tables.proposition, "phase_id", [phase_id])


REFUSEES: dict[str, tuple[Any, ...]] = {
    "a line changed": (edition.update, "propositions", 9, 1, {"montant": 1}),
    "a line deleted": (edition.delete, "propositions", (9,)),
    "the phase renamed": (edition.update, "phases", 1, 2, {"titre": "Autre"}),
    "the phase deleted": (edition.delete, "phases", (1,)),
    "an opinion changed": (edition.update, "avis", 1, 1, {"sens": "défavorable"}),
    "an opinion deleted": (edition.delete, "avis", (1,)),
    "an annexe changed": (edition.update, "annexes", 1, 1, {"titre": "Autre"}),
    "the act described": (actes.decrire, 1, 2, {"numero": "2024-999"}),
    "its references chosen": (actes.citer, 1, 2, ()),
    "its vote counted": (actes.voter, 1, 2, ()),
    "its articles arranged": (actes.arranger, 1, 2, ()),
    "its periods chosen": (actes.instruire, 1, 2, ()),
    "its context written": (textes.ecrire, 1, "contexte", 2, "Autre"),
    "its operations ordered": (textes.ordonner, 1, 2, (1, 2)),
    "its sitting moved": (seances.fixer, 1, 2, {"jour": date(2024, 12, 10), "instance": "Commission permanente"}),
    "a member marked absent": (seances.pointer, 1, 1, (1,), "absent"),
    "a member added": (seances.inscrire, 1, 1, {99: "present"}),
    "a member taken off": (seances.retirer, 1, 1, (1,)),
    "members interested": (seances.interesser, 1, 2, ()),
    "a proxy given": (pouvoirs.donner, 1, 1, 40, 1),
    "the phase sent back": (etapes.deplacer, 1, 2, "retirer", "Motif"),
}  # fmt: skip


@pytest.mark.parametrize("geste", REFUSEES)
def test_the_program_says_why_nothing_changes_in_it(vote: Desk, geste: str) -> None:
    figee = etat_de_l_acte(vote)
    with pytest.raises(Refus, match=r"[Aa]dopté|n’est possible"):
        vote.do(*REFUSEES[geste])
    assert etat_de_l_acte(vote) == figee


def test_what_a_foreign_connection_forces_is_told(adoptee: Path) -> None:
    """A program that does not fire delete triggers on REPLACE passes our guard on SQLite: verification tells."""
    connection = sqlite3.connect(adoptee, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.execute("INSERT INTO phase (id, campagne_id, numero) VALUES (2, 1, 7)")
    connection.execute(
        "INSERT OR REPLACE INTO proposition SELECT id, 1, 2, dispositif_id, structure_id, territoire_id, "
        "ligne_budgetaire_id, montant, volume, etp, debut, fin, acte, modele, convention_initiale, observations "
        "FROM proposition WHERE id = 9"
    )
    connection.close()
    desk = ouvrir(adoptee)
    assert any("2024/6" in a for a in desk.read(verification.anomalies))
    desk.close()
