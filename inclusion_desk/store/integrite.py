"""The database's own checks: pages, foreign keys, schema and triggers as released."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from inclusion_desk.domain.text import compter, pluriel
from inclusion_desk.store import schema
from inclusion_desk.store.engine import Session, is_sqlite
from inclusion_desk.store.migrations import TETE
from inclusion_desk.store.triggers.tous import expected_triggers, installed_triggers


def faults(session: Session) -> Iterator[str]:
    """Say in French what the database engine and the schema find wrong."""
    connection = session
    if is_sqlite(connection):
        for ligne in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if ligne != "ok":
                yield f"Fichier abîmé : {ligne}."
        orphelines = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphelines:
            nombre = len(orphelines)
            verbe = pluriel(nombre, "renvoie", "renvoient")
            yield f"Clés étrangères : {compter(nombre, 'ligne')} {verbe} à des lignes absentes."
    if (trouvee := schema.revision(connection)) != TETE:
        yield f"Schéma : révision {trouvee} au lieu de {TETE}."
    elif is_sqlite(connection):
        yield from _table_faults(connection)
    yield from _trigger_faults(installed_triggers(connection), expected_triggers(connection))


def _table_faults(connection: Connection) -> Iterator[str]:
    """Compare the tables and indexes with those of a new base: a constraint taken away shows in no other check."""
    attendus, installes = schema.released_definitions(), schema.definitions(connection)
    for nom in sorted(attendus.keys() | installes.keys()):
        if attendus.get(nom) != installes.get(nom):
            etat = "absent" if nom not in installes else "modifié" if nom in attendus else "inconnu"
            yield f"Schéma : l’objet {nom} est {etat}."


def _trigger_faults(installes: set[tuple[str, str]], attendus: set[tuple[str, str]]) -> Iterator[str]:
    for nom, _ in sorted(attendus - installes):
        yield f"Déclencheur {nom} : absent ou modifié."
    for nom, _ in sorted(installes - attendus):
        if nom not in {n for n, _ in attendus}:
            yield f"Déclencheur {nom} : inconnu."
