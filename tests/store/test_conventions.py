"""Nothing changes in an act out for signature nor in a published sheet, whoever writes; the same on both databases."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from inclusion_desk.domain.refus import BaseRefusee, Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import actes, fiches, rows, tables
from inclusion_desk.store import conventions as rangees
from inclusion_desk.store.engine import ECRITURE, Session
from inclusion_desk.store.erreurs import constraint_of, refus_of
from tests.serveur import ServeurPostgres
from tests.services.gestes import ligne
from tests.services.gestes_actes import deplacer, document, nommee, preparer, signer
from tests.store.attaques_conventions import ATTAQUES, ATTAQUES_SQLITE
from tests.store.test_actes_figes import compte_ordinaire, temoin


def _furnish(adresse: str | Path) -> dict[str, int]:
    """Prepare the case and send some of its acts out; gives the ids that attacks name."""
    desk = ouvrir(adresse)
    try:
        preparer(desk)
        signee, externe, autre = (nommee(desk, n).id for n in ("2024-00002", "2024-01213", "2024-00902"))
        signer(desk, "conventions", signee)
        siens = {a.convention_id: a.id for a in desk.read(rangees.load_avenants)}
        deplacer(desk, "avenants", siens[externe], "envoyer")
        signer(desk, "avenants", siens[nommee(desk, "2024-00901").id])
        fiche = desk.read(fiches.load, None)[0].id
        return {
            "c": signee, "a": siens[externe], "s": siens[nommee(desk, "2024-00901").id], "x": externe, "y": autre,
            "p": nommee(desk, "2024-00003").id, "q": siens[autre], "f": fiche,
        }  # fmt: skip
    finally:
        desk.close()


Attaquee = tuple[Desk, dict[str, int]]


@contextmanager
def _intact(desk: Desk, ids: dict[str, int]) -> Iterator[None]:
    """Check that a base is, in the end, what it was to the last byte of the last row."""
    avant = desk.read(temoin), document(desk, ids["x"], ids["a"])
    yield
    assert (desk.read(temoin), document(desk, ids["x"], ids["a"])) == avant
    assert desk.read(verification.anomalies) == ()


@pytest.fixture(scope="module")
def fichier(modele_conventionne: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attaquee]:
    chemin = tmp_path_factory.mktemp("attaquee") / "base.sqlite"
    shutil.copy(modele_conventionne, chemin)
    ids = _furnish(chemin)
    desk = ouvrir(chemin)
    with _intact(desk, ids):
        yield desk, ids
    desk.close()


@pytest.fixture(scope="module")
def partagee(serveur: ServeurPostgres, postgres_conventionne: str) -> Iterator[Attaquee]:
    with serveur.base_neuve(postgres_conventionne) as url:
        ids = _furnish(url)
        with compte_ordinaire(url) as sienne:
            desk = ouvrir(sienne)
            with _intact(desk, ids):
                yield desk, ids
            desk.close()


def _attack(desk: Desk, ordre: str) -> None:
    """Run an attack in a transaction of its own; the database refuses it, by our guard or by a foreign key."""
    with desk._base.engine.execution_options(**{ECRITURE: True}).connect() as connection:
        with pytest.raises(DBAPIError) as refus:
            connection.exec_driver_sql(ordre)
        connection.rollback()
    texte = str(refus.value.orig)
    cle = "FOREIGN KEY" in texte or getattr(refus.value.orig, "sqlstate", None) in {"23503", "23001"}
    assert constraint_of(refus.value) in {"acte_envoye", "fiche_publiee", "acte_fige"} or cle, texte
    assert refus_of(refus.value) is not None


@pytest.mark.parametrize("attaque", [*ATTAQUES, *ATTAQUES_SQLITE])
def test_an_act_out_for_signature_withstands_in_a_file(fichier: Attaquee, attaque: str) -> None:
    desk, ids = fichier
    _attack(desk, {**ATTAQUES, **ATTAQUES_SQLITE}[attaque].format(**ids))


@pytest.mark.parametrize("attaque", ATTAQUES)
def test_it_withstands_an_ordinary_account_of_the_server(partagee: Attaquee, attaque: str) -> None:
    desk, ids = partagee
    _attack(desk, ATTAQUES[attaque].format(**ids))


def test_an_ordinary_account_prepares_and_signs(serveur: ServeurPostgres, postgres_conventionne: str) -> None:
    with serveur.base_neuve(postgres_conventionne) as url, compte_ordinaire(url) as sienne:
        ids = _furnish(sienne)
        desk = ouvrir(sienne)
        assert desk.read(actes.load, ids["c"]).source
        assert desk.read(verification.anomalies) == ()
        desk.close()


def test_work_goes_on_around_an_act_out_for_signature(amendable: Desk, conventionnee: str) -> None:
    ids = _furnish(conventionnee)
    avant = document(amendable, ids["x"], ids["a"])
    for table, cible, valeurs in (
        (tables.convention, ids["x"], {"objet": "Corrigé", "observations": "Vu"}),
        (tables.avenant, ids["a"], {"observations": "Relancé", "signee_structure": date(2025, 1, 10)}),
        (tables.convention, ids["p"], {"objet": "Autre", "fin": date(2026, 6, 30)}),
    ):
        sujet = "avenants" if table is tables.avenant else "conventions"
        amendable.do(edition.update, sujet, cible, ligne(amendable, cible, table)["version"], valeurs)
    amendable.do(edition.delete, "avenants", (ids["q"],))
    versement = {
        "convention_id": ids["c"], "rang": 1, "libelle": "Avance", "montant": 100, "declencheur": "signature",
    }  # fmt: skip

    def pay(session: Session) -> Changes:
        rows.insert_row(session, tables.versement, versement)
        return Changes("essai", {})

    amendable.do(pay)
    assert document(amendable, ids["x"], ids["a"]) == avant
    assert amendable.read(verification.anomalies) == ()


def test_a_copy_that_a_server_superuser_altered_is_refused(
    serveur: ServeurPostgres, postgres_conventionne: str
) -> None:
    with serveur.base_neuve(postgres_conventionne) as url:
        ids = _furnish(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                b"SET session_replication_role = replica; "
                b"UPDATE copie_acte SET contenu = replace(contenu, '7985000', '9985000')"
            )
        desk = ouvrir(url)
        with pytest.raises(BaseRefusee, match="ne correspond plus à son empreinte"):
            desk.read(actes.load, ids["x"], ids["a"])
        dite = "Avenant n° 1 à la convention 2024-01213 : sa copie ne correspond plus à son empreinte."
        assert dite in desk.read(verification.anomalies)
        desk.close()


FORCES = {
    "DELETE FROM copie_acte": [
        "Convention 2024-00002 : l’acte est à la signature ou signé, et sa copie manque.",
        "Avenant n° 1 à la convention 2024-00901 : l’acte est à la signature ou signé, et sa copie manque.",
        "Avenant n° 1 à la convention 2024-01213 : l’acte est à la signature ou signé, et sa copie manque.",
    ],
    "UPDATE convention SET etat = 'projet' WHERE id = {c}": [
        "Convention 2024-00002 : une copie en est gardée, et l’acte est en projet."
    ],
    "UPDATE convention SET numero = '2024-09999' WHERE id = {c}": [
        "Convention 2024-09999 : sa copie est celle d’un autre acte."
    ],
}


@pytest.mark.parametrize("ordre", FORCES)
def test_what_passes_by_the_guards_is_told(modele_conventionne: Path, tmp_path: Path, ordre: str) -> None:
    chemin = tmp_path / "forcee.sqlite"
    shutil.copy(modele_conventionne, chemin)
    ids = _furnish(chemin)
    connection = sqlite3.connect(chemin, isolation_level=None)
    textes = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for nom in textes:
        connection.execute(f'DROP TRIGGER "{nom}"')
    connection.execute(ordre.format(**ids))
    for texte in textes.values():
        connection.execute(texte)
    connection.close()
    desk = ouvrir(chemin)
    assert list(desk.read(verification.anomalies)) == FORCES[ordre]
    desk.close()


def test_each_line_voted_has_one_act_at_most(amendable: Desk) -> None:
    preparer(amendable)
    prise = amendable.read(rangees.lines_of, nommee(amendable, "2024-00003").id, None)[0]
    parent = {"convention_id": nommee(amendable, "2024-00004").id, "avenant_id": None}

    def twice(session: Session) -> Changes:
        rows.insert_row(session, tables.acte_ligne, {**parent, "proposition_id": prise})
        return Changes("essai", {})

    with pytest.raises(Refus, match="occupe déjà cette place"):
        amendable.do(twice)
    assert len(amendable.read(lambda s: rangees.acts_of_lines(s, range(1, 100)))) == 27
