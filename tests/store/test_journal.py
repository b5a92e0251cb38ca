"""The journal: every write leaves its trace, and no tampering goes unseen; the same on both databases."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from inclusion_desk.services import edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import journal as chaine
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import journal, structure, territoire
from inclusion_desk.store.triggers.tous import expected_triggers, install_triggers, journalised


def dernieres(desk: Desk, nombre: int = 1) -> list[tuple[str, int, str, str | None, str | None, str]]:
    c = journal.c
    demande = (
        select(c.table_nom, c.ligne_id, c.operation, c.avant, c.apres, c.etape).order_by(c.rang.desc()).limit(nombre)
    )
    return [tuple(r) for r in desk.read(lambda s: s.execute(demande).all())]


def test_an_edit_is_journalised_with_its_step_before_and_after(desk: Desk) -> None:
    desk.do(edition.update, "propositions", 9, 1, {"montant": 7_000_000})
    nom, identifiant, operation, avant, apres, etape = dernieres(desk)[0]
    assert (nom, identifiant, operation) == ("proposition", 9, "update")
    assert json.loads(avant or "")["montant"] != 7_000_000
    assert json.loads(apres or "")["montant"] == 7_000_000
    assert etape.startswith("Modifier le montant")


CHEMINS = {
    "core insert": lambda s: s.execute(insert(territoire).values(nom="Essai")),
    "core update of many": lambda s: s.execute(update(structure).values(qualite="Trésorière")),
    "core delete": lambda s: s.execute(text("DELETE FROM proposition WHERE id < 5")),
    "raw insert": lambda s: s.execute(text("INSERT INTO territoire (nom) VALUES ('Essai')")),
    "insert from select": lambda s: s.execute(text("INSERT INTO territoire (nom) SELECT nom || '2' FROM territoire")),
    "upsert": lambda s: s.execute(
        text("INSERT INTO territoire (nom) VALUES ('Artois') ON CONFLICT (nom) DO UPDATE SET ordre = 99")
    ),
    "cascade": lambda s: s.execute(text("DELETE FROM visa WHERE deliberation_id = 1")),
}


@pytest.mark.parametrize("chemin", CHEMINS)
def test_every_write_path_is_traced(desk: Desk, chemin: str) -> None:
    avant = desk.read(chaine.head).rang

    def use_case(session: Session) -> Changes:
        CHEMINS[chemin](session)
        return Changes("essai", {})

    desk.do(use_case)
    assert desk.read(chaine.head).rang > avant
    assert desk.read(verification.anomalies) == ()


def test_personal_data_stays_out_of_the_journal(desk: Desk) -> None:
    desk.do(edition.update, "structures", 17, 1, {"representant": "Dominique INCONNUE"})
    tout = desk.read(lambda s: s.execute(select(journal.c.avant, journal.c.apres)).all())
    texte = " ".join(str(v) for ligne in tout for v in ligne)
    assert dernieres(desk)[0][:3] == ("structure", 17, "update")
    assert "INCONNUE" not in texte
    assert "VASSEUR" not in texte


def test_hostile_texts_are_still_json(desk: Desk) -> None:
    texte = "guillemet \" antislash \\ apostrophe ' fin\n=1+1\tœ 漢 😀"
    desk.do(edition.update, "propositions", 9, 1, {"observations": texte.strip()})
    assert json.loads(dernieres(desk)[0][4] or "")["observations"] == texte.strip()


def test_the_journal_rolls_back_with_its_transaction(desk: Desk) -> None:
    avant = desk.read(chaine.head)

    def use_case(session: Session) -> Changes:
        session.execute(update(structure).values(qualite="Perdue"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.do(use_case)
    assert desk.read(chaine.head) == avant
    assert desk.read(verification.anomalies) == ()


def _unprotected(chemin: Path) -> sqlite3.Connection:
    """Open the file as a forger would, the guards removed."""
    connection = sqlite3.connect(chemin, isolation_level=None)
    for (nom,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'tr_journal%'").fetchall():
        connection.execute(f"DROP TRIGGER {nom}")
    return connection


def _tamper(connection: sqlite3.Connection, hasard: random.Random) -> None:
    rangs = [r for (r,) in connection.execute("SELECT rang FROM journal ORDER BY rang")]
    rang = hasard.choice(rangs)
    colonne = hasard.choice(["table_nom", "ligne_id", "operation", "avant", "apres", "moment", "etape", "empreinte"])
    nature = hasard.choice(["column", "row", "tail", "swap"])
    if nature == "row" and rang != rangs[-1]:
        connection.execute("DELETE FROM journal WHERE rang = ?", (rang,))
    elif nature == "tail":
        connection.execute("DELETE FROM journal WHERE rang >= ?", (rang,))
    elif nature == "swap" and rang != rangs[-1]:
        connection.execute("UPDATE journal SET rang = -1 WHERE rang = ?", (rang,))
        connection.execute("UPDATE journal SET rang = ? WHERE rang = ?", (rang, rang + 1))
        connection.execute("UPDATE journal SET rang = ? WHERE rang = -1", (rang + 1,))
    else:
        valeur = {"operation": "delete", "ligne_id": 424242}.get(colonne, "faux")
        if colonne == "operation":
            connection.execute(
                "UPDATE journal SET operation = CASE operation WHEN 'delete' THEN 'insert' ELSE 'delete' END "
                "WHERE rang = ?",
                (rang,),
            )
        else:
            connection.execute(f"UPDATE journal SET {colonne} = ? WHERE rang = ?", (valeur, rang))


def test_three_hundred_tamperings_are_all_found(demo: Path, tmp_path: Path) -> None:
    hasard = random.Random(2024)
    sain = demo.read_bytes()
    trouves = 0
    for numero in range(300):
        copie = tmp_path / "essai.sqlite"
        copie.write_bytes(sain)
        connection = _unprotected(copie)
        _tamper(connection, hasard)
        for texte in sorted(dict(_triggers(demo)).values()):
            if "TRIGGER tr_journal" in texte:
                connection.execute(texte)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        desk = ouvrir(copie)
        trouves += bool(desk.read(verification.anomalies))
        desk.close()
        assert trouves == numero + 1, f"tampering {numero} went unseen"
    assert trouves == 300


def _triggers(chemin: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(chemin)
    lus = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    return lus


def test_rows_written_outside_the_program_are_reported(demo: Path) -> None:
    connection = sqlite3.connect(demo, isolation_level=None)
    connection.execute("UPDATE structure SET commune = 'Ailleurs' WHERE id = 1")
    connection.close()
    desk = ouvrir(demo)
    assert any("hors de l’application" in a for a in desk.read(verification.anomalies))
    desk.close()


def test_every_table_that_users_edit_is_journalised() -> None:
    assert {"proposition", "structure", "ligne_budgetaire", "dispositif", "deliberation"} <= {
        t.name for t in journalised()
    }


def test_installing_the_triggers_twice_changes_nothing(desk: Desk) -> None:
    def use_case(session: Session) -> Changes:
        install_triggers(session)
        return Changes("essai", {})

    desk.do(use_case)
    assert desk.read(verification.anomalies) == ()
    assert len(desk.read(expected_triggers)) > 40
