"""What the databases refuse by themselves, whatever the program above does; the same on both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget
from inclusion_desk.store.engine import Session
from inclusion_desk.store.erreurs import constraint_of
from inclusion_desk.store.tables import all_tables


def ecrire(ordre: str) -> Callable[[Session], Changes]:
    def use_case(session: Session) -> Changes:
        session.execute(text(ordre))
        return Changes("essai", {})

    return use_case


def lire(desk: Desk, demande: str) -> object:
    return desk.read(lambda session: session.execute(text(demande)).scalar())


@pytest.mark.parametrize(
    ("ordre", "contrainte"),
    [
        ("UPDATE proposition SET montant = 99999999999 WHERE id = 9", "ck_ligne_budgetaire_ae_depassee"),
        ("UPDATE ligne_budgetaire SET ae_initiale = 1 WHERE id = 1", "ck_ligne_budgetaire_ae_depassee"),
        (
            "UPDATE ligne_budgetaire SET ae_initiale = ae_initiale - 20306774 WHERE id = 1",
            "ck_ligne_budgetaire_ae_depassee",
        ),
        ("UPDATE ligne_budgetaire SET code_operation = 'C02-999A05' WHERE id = 1", "ck_ligne_budgetaire_fonction"),
        ("UPDATE proposition SET fin = '2020-01-01' WHERE id = 1", "ck_proposition_periode"),
        ("UPDATE proposition SET montant = -1 WHERE id = 1", "ck_proposition_montant"),
        ("UPDATE proposition SET acte = 'contrat' WHERE id = 1", "ck_proposition_acte"),
        ("UPDATE structure SET siret = '18620009300083' WHERE id = 1", "uq_structure_siret"),
        ("UPDATE structure SET nom = 'Pas-de-Calais Actif' WHERE id = 1", "uq_structure_nom"),
        ("UPDATE dispositif SET numero = '1.7' WHERE id = 1", "uq_dispositif_thematique_id_numero"),
        ("DELETE FROM journal", "journal_immuable"),
        ("UPDATE journal SET apres = '{}' WHERE rang = 3", "journal_immuable"),
        ("UPDATE journal SET empreinte = NULL, rang = NULL WHERE rang = 3", "journal_immuable"),
        ("DELETE FROM journal_tete", "journal_immuable"),
        ("UPDATE journal_tete SET rang = 0", "journal_immuable"),
    ],
)
def test_refuses_by_name(desk: Desk, ordre: str, contrainte: str) -> None:
    with pytest.raises((Refus, DBAPIError)) as refus:
        desk.do(ecrire(ordre))
    erreur = refus.value if isinstance(refus.value, DBAPIError) else refus.value.__cause__
    assert isinstance(erreur, DBAPIError)
    assert constraint_of(erreur) == contrainte


def test_a_referenced_row_cannot_be_deleted_behind_the_program(desk: Desk) -> None:
    with pytest.raises(Refus, match="encore utilisée"):
        desk.do(ecrire("DELETE FROM structure WHERE id = 1"))


def test_commitment_to_the_last_cent_is_accepted_and_one_more_is_not(desk: Desk) -> None:
    desk.do(ecrire("UPDATE proposition SET montant = montant + 20306773 WHERE id = 9"))
    assert lire(desk, "SELECT ae_initiale - engage_anterieur - engage FROM ligne_budgetaire WHERE id = 1") == 0
    with pytest.raises(Refus, match="au-delà de son AE"):
        desk.do(ecrire("UPDATE proposition SET montant = montant + 1 WHERE id = 9"))


def test_the_counter_follows_insertions_moves_and_deletions(desk: Desk) -> None:
    ordres = (
        (
            "INSERT INTO proposition (phase_id, dispositif_id, structure_id, territoire_id, ligne_budgetaire_id, "
            "montant, debut, fin, acte) VALUES (1, 1, 1, 1, 1, 12345, '2025-01-01', '2025-12-31', 'convention')"
        ),
        "UPDATE proposition SET ligne_budgetaire_id = 2, montant = 999 WHERE montant = 12345",
        "UPDATE proposition SET montant = montant - 100 WHERE ligne_budgetaire_id IN (1, 2) AND montant > 100",
        "INSERT INTO phase (id, campagne_id, numero, titre) VALUES (2, 1, 7, 'Phase 7')",
        "UPDATE proposition SET phase_id = 2 WHERE id IN (10, 11)",
        "UPDATE proposition SET phase_id = 1, ligne_budgetaire_id = 2, montant = montant - 7 WHERE id = 10",
        "DELETE FROM proposition WHERE id IN (9, 10, 11, 26)",
    )
    for ordre in ordres:
        desk.do(ecrire(ordre))
        assert desk.read(budget.drifts) == [], ordre
        ecart = lire(
            desk,
            "SELECT COUNT(*) FROM ligne_budgetaire l WHERE engage <> "
            "(SELECT COALESCE(SUM(montant), 0) FROM proposition p WHERE p.ligne_budgetaire_id = l.id)",
        )
        assert ecart == 0, ordre


@pytest.mark.parametrize(
    ("ordre", "annonce"),
    [
        ("UPDATE engagement SET montant = montant + 1 WHERE ligne_budgetaire_id = 2", "C01-444H02, phase 6"),
        ("DELETE FROM engagement WHERE ligne_budgetaire_id = 1", "C02-446A05, phase 6"),
        ("UPDATE ligne_budgetaire SET engage = engage - 1 WHERE id = 3", "C02-428C01"),
    ],
)
def test_a_counter_changed_by_hand_is_told(desk: Desk, ordre: str, annonce: str) -> None:
    desk.do(ecrire(ordre))
    assert [nom for nom, _, _ in desk.read(budget.drifts)] == [annonce]


def test_every_constraint_has_a_name() -> None:
    for table in all_tables():
        for contrainte in table.constraints:
            assert contrainte.name, f"{table.name}: {contrainte!r}"


def test_amounts_are_never_stored_as_floating_point(desk: Desk) -> None:
    with pytest.raises(DBAPIError):
        desk.do(ecrire("UPDATE proposition SET montant = 'beaucoup' WHERE id = 1"))
    assert isinstance(lire(desk, "SELECT montant FROM proposition WHERE id = 9"), int)
