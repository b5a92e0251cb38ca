"""Editing among other campaigns, other people and many rows, on both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Table, event, select

from inclusion_desk.domain.champs import Valeur
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.services import choix, edition
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import dossiers, rows, tables
from inclusion_desk.store.engine import Session
from tests.fabrique import dossier_a_voter

BEAUCOUP = 70_000


def _autre_campagne(session: Session) -> Changes:
    campagne_id = rows.insert_row(session, tables.campagne, {"annee": 2025})
    rows.insert_row(session, tables.phase, {"campagne_id": campagne_id, "numero": 1})
    thematique_id = rows.insert_row(session, tables.thematique, {"campagne_id": campagne_id, "numero": 1})
    dispositif: dict[str, Valeur] = {"thematique_id": thematique_id, "numero": "1.1", "intitule": "D", "unite": "place"}
    ligne: dict[str, Valeur] = {
        "campagne_id": campagne_id,
        "code_operation": "C02-446A05",
        "imputation": "6568/93446",
        "ae_initiale": 10**8,
    }
    ids = (
        rows.insert_row(session, tables.dispositif, dispositif),
        rows.insert_row(session, tables.ligne_budgetaire, ligne),
    )
    return Changes(
        "essai", {"dispositif_id": ids[:1], "ligne_budgetaire_id": ids[1:], "thematique_id": (thematique_id,)}
    )


@pytest.mark.parametrize("champ", ["dispositif_id", "ligne_budgetaire_id"])
@pytest.mark.parametrize("absent", [False, True], ids=["another campaign", "gone"])
def test_a_proposition_names_only_what_its_campaign_holds(desk: Desk, champ: str, *, absent: bool) -> None:
    cible = 999 if absent else desk.do(_autre_campagne).ids[champ][0]
    modele = desk.read(rows.read_one, tables.proposition, 9)
    appels: tuple[Sequence[Any], ...] = (
        (edition.update, "propositions", 9, 1, {champ: cible}),
        (edition.create, "propositions", 1, {**modele, "montant": 1, champ: cible}),
    )
    for appel in appels:
        with pytest.raises(SaisieRefusee, match="autre campagne") as refus:
            desk.do(*appel)
        assert refus.value.champ == champ
    assert desk.read(dossiers.load, 1) == dossier_a_voter()


def test_a_dispositif_stays_in_its_campaign(desk: Desk) -> None:
    (ailleurs,) = desk.do(_autre_campagne).ids["thematique_id"]
    with pytest.raises(SaisieRefusee, match="autre campagne"):
        desk.do(edition.update, "dispositifs", 1, 1, {"thematique_id": ailleurs})


@pytest.mark.parametrize("champ", ["structure_id", "territoire_id"])
def test_what_was_deleted_meanwhile_is_not_said_to_be_still_used(desk: Desk, champ: str) -> None:
    modele = desk.read(rows.read_one, tables.proposition, 9)
    with pytest.raises(Refus, match="n’existe plus"):
        desk.do(edition.create, "propositions", 1, {**modele, "montant": 1, champ: 999})


def test_undoing_a_deletion_keeps_what_somebody_wrote_just_before(
    desk: Desk, adresse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    autre = ouvrir(adresse)
    jumelles = []

    def ecrire() -> None:
        try:
            autre.do(edition.update, "propositions", 20, 1, {"montant": 777})
            jumelles.append("written")
        except Refus:
            jumelles.append("refused")

    tache = threading.Thread(target=ecrire)

    def supprimer(session: Session, table: Table, ids: Sequence[int]) -> None:
        tache.start()
        time.sleep(0.3)
        rows.delete_rows(session, table, ids)

    monkeypatch.setattr(edition, "delete_rows", supprimer)
    fait = desk.do(edition.delete, "propositions", (20,))
    tache.join()
    autre.close()
    _jouer(desk, fait.inverse)
    montant = desk.read(rows.read_one, tables.proposition, 20)["montant"]
    assert (jumelles, montant == 777) in [(["written"], True), (["refused"], False)]


def test_a_dispositif_without_lines_goes_with_its_place_in_the_phase_and_comes_back(desk: Desk) -> None:
    avant = desk.read(_operations)
    lignes = [li.proposition_id for li in desk.read(dossiers.load, 1).lignes if li.dispositif_id == 1]
    vidage = desk.do(edition.delete, "propositions", lignes)
    fait = desk.do(edition.delete, "dispositifs", (1,))
    assert len(desk.read(_operations)) == len(avant) - 1
    _jouer(desk, fait.inverse)
    _jouer(desk, vidage.inverse)
    assert desk.read(_operations) == avant
    assert desk.read(dossiers.load, 1) == dossier_a_voter()


def _operations(session: Session) -> list[tuple[Any, ...]]:
    return [tuple(ligne) for ligne in session.execute(select(tables.operation).order_by(tables.operation.c.id))]


def _jouer(desk: Desk, appel: Call | None) -> Changes:
    assert appel is not None
    return desk.do(appel.use_case, *appel.args)


def test_more_rows_than_one_statement_can_name(desk: Desk) -> None:
    ids = list(range(BEAUCOUP))
    assert len(desk.read(SUJETS["propositions"].rows, 1, ids)) == 27
    assert sum(desk.read(rows.count_by, tables.proposition, "structure_id", ids).values()) == 27
    assert desk.read(SUJETS["propositions"].index, 1, ids).total(range(27)) == 87_121_800


def test_what_many_rows_touch_is_joined_without_repeating_a_row() -> None:
    union = edition._union(*({"propositions": (i,), "budget": (i % 3,), "structures": ()} for i in range(BEAUCOUP)))
    assert union == {"propositions": tuple(range(BEAUCOUP)), "budget": (0, 1, 2), "structures": ()}


def test_the_choices_are_sorted_with_accents_ignored(desk: Desk) -> None:
    for nom in ("Écurie solidaire", "Zèbre", "Eau vive"):
        desk.do(edition.create, "structures", 1, {"nom": nom, "forme": "association"})
    libelles = [o.libelle for o in desk.read(choix.options, "structures", 1)]
    assert libelles.index("Eau vive") < libelles.index("Écurie solidaire") < libelles.index("Zèbre")


def test_undoing_a_deletion_is_refused_where_the_money_has_gone_meanwhile(desk: Desk) -> None:
    fait = desk.do(edition.delete, "propositions", (1, 9))
    ligne = desk.read(rows.read_one, tables.ligne_budgetaire, 1)
    ae = ligne["engage_anterieur"] + ligne["engage"]
    desk.do(edition.update, "budget", 1, ligne["version"], {"ae_initiale": ae})
    with pytest.raises(Refus, match="au-delà de son AE"):
        _jouer(desk, fait.inverse)
    assert len(desk.read(dossiers.load, 1).lignes) == 25


def test_thousands_of_lines_are_deleted_and_put_back_in_a_few_statements(desk: Desk) -> None:
    def remplir(session: Session) -> Changes:
        modele = {**rows.read_one(session, tables.proposition, 9), "montant": 0}
        rows.insert_rows(session, tables.proposition, [{**modele, "id": 1000 + n} for n in range(4000)])
        return Changes("essai", {})

    desk.do(remplir)
    ordres: list[str] = []
    event.listen(desk._base.engine, "before_cursor_execute", lambda _c, _k, ordre, *_: ordres.append(ordre))
    fait = desk.do(edition.delete, "propositions", tuple(range(1000, 5000)))
    _jouer(desk, fait.inverse)
    assert len(ordres) < 60, "one statement for each row would be 8 000"
    assert len(desk.read(dossiers.load, 1).lignes) == 4027


def _tries(desk: Desk, tri: Tri) -> list[Any]:
    """Read every line of the phase in an order."""
    sujet = SUJETS["propositions"]
    index = desk.read(sujet.index, 1)
    return desk.read(sujet.rows, 1, [index.ids[p] for p in desk.read(sujet.ordre, 1, tri, index)])


@pytest.mark.parametrize("colonne", ["etp", "modele", "convention_initiale"])
def test_lines_without_a_value_sort_last_and_first_when_turned_round(desk: Desk, colonne: str) -> None:
    desk.do(edition.update, "propositions", 9, 1, {colonne: None})
    desk.do(edition.update, "propositions", 10, 1, {"etp": 120})
    for descendant, place in ((False, -1), (True, 0)):
        assert getattr(_tries(desk, Tri(colonne, descendant))[place], colonne) is None


def test_models_of_avenants_sort_as_numbers(desk: Desk) -> None:
    desk.do(edition.update, "propositions", 9, 1, {"modele": "10"})
    modeles = [li.modele for li in _tries(desk, Tri("modele")) if li.modele]
    assert modeles == sorted(modeles, key=int)
