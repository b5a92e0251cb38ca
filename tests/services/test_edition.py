"""Editing: what each use case writes, refuses and undoes, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inclusion_desk.domain.champs import Valeur
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.refus import ConflitDeVersion, Introuvable, Refus, SaisieRefusee
from inclusion_desk.services import choix, edition, verification
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import dossiers
from tests.fabrique import dossier_a_voter

PHASE = 1
NOUVELLES: dict[str, dict[str, Valeur]] = {
    "structures": {"nom": "Nouvelle structure", "forme": "association", "siret": "35600000000048", "commune": "Lens"},
    "dispositifs": {"thematique_id": 1, "numero": "1.9", "intitule": "Nouveau dispositif", "unite": "place"},
    "budget": {
        "code_operation": "C02-447A01", "imputation": "6568/93447", "libelle": "Nouvelle ligne", "ae_initiale": 100_000,
        "engage_anterieur": 0,
    },
    "propositions": {
        "dispositif_id": 2, "structure_id": 3, "territoire_id": 4, "ligne_budgetaire_id": 1, "montant": 1234,
        "volume": 5, "debut": date(2025, 1, 1), "fin": date(2025, 6, 30), "acte": "convention",
    },
}  # fmt: skip
MODIFICATIONS: dict[str, dict[str, Valeur]] = {
    "structures": {"nom": "Structure renommée", "commune": "Béthune"},
    "dispositifs": {"intitule": "Intitulé changé"},
    "budget": {"libelle": "Libellé changé", "ae_initiale": 900_000_000},
    "propositions": {"montant": 4321, "fin": date(2025, 7, 31)},
}


def etat(desk: Desk) -> dict[str, list[Any]]:
    """Read everything the four tables show, versions aside."""
    lu = {}
    for nom, sujet in SUJETS.items():
        ids = list(desk.read(sujet.index, PHASE).ids)
        lu[nom] = [_sans_version(ligne) for ligne in desk.read(sujet.rows, PHASE, ids)]
    return lu


def _sans_version(ligne: Any) -> Any:
    return tuple(getattr(ligne, nom) for nom in type(ligne).__slots__ if nom != "version")


def jouer(desk: Desk, appel: Call | None) -> Changes:
    assert appel is not None
    return desk.do(appel.use_case, *appel.args)


def premiere(desk: Desk, sujet: str) -> Any:
    return desk.read(SUJETS[sujet].rows, PHASE, [1])[0]


@pytest.mark.parametrize("sujet", NOUVELLES)
def test_create_then_undo_then_redo(desk: Desk, sujet: str) -> None:
    avant = etat(desk)
    fait = desk.do(edition.create, sujet, PHASE, NOUVELLES[sujet])
    apres = etat(desk)
    assert len(apres[sujet]) == len(avant[sujet]) + 1
    defait = jouer(desk, fait.inverse)
    assert etat(desk) == avant
    refait = jouer(desk, defait.inverse)
    assert etat(desk) == apres
    jouer(desk, refait.inverse)
    assert etat(desk) == avant


@pytest.mark.parametrize("sujet", MODIFICATIONS)
def test_update_then_undo_then_redo(desk: Desk, sujet: str) -> None:
    avant = etat(desk)
    fait = desk.do(edition.update, sujet, 1, 1, MODIFICATIONS[sujet])
    apres = etat(desk)
    assert apres != avant
    defait = jouer(desk, fait.inverse)
    assert etat(desk) == avant
    jouer(desk, defait.inverse)
    assert etat(desk) == apres
    assert desk.read(verification.anomalies) == ()


def test_delete_many_then_undo_puts_the_same_rows_back(desk: Desk) -> None:
    avant = etat(desk)
    fait = desk.do(edition.delete, "propositions", (1, 9, 27))
    assert fait.label == "Supprimer 3\u00a0propositions"
    assert len(etat(desk)["propositions"]) == 24
    jouer(desk, fait.inverse)
    assert etat(desk) == avant


@pytest.mark.parametrize(("sujet", "mot"), [("structures", "proposition"), ("dispositifs", "8"), ("budget", "22")])
def test_what_is_used_is_not_deleted_and_the_reason_is_said(desk: Desk, sujet: str, mot: str) -> None:
    avant = etat(desk)
    with pytest.raises(Refus, match=mot):
        desk.do(edition.delete, sujet, (1,))
    assert etat(desk) == avant


def test_an_edit_says_what_it_touched(desk: Desk) -> None:
    ligne = desk.read(SUJETS["propositions"].rows, PHASE, [9])[0]
    fait = desk.do(edition.update, "propositions", 9, ligne.version, {"ligne_budgetaire_id": 2, "montant": 1})
    assert fait.ids["propositions"] == (9,)
    assert set(fait.ids["budget"]) == {1, 2}
    assert fait.ids["structures"] == (ligne.structure_id,)
    assert fait.label == f"Modifier la ligne budgétaire, le montant – {ligne.structure_nom}"


def test_an_edit_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    tete = desk.read(verification.tete_du_journal)
    fait = desk.do(edition.update, "propositions", 9, 1, {"volume": premiere_valeur(desk, 9)})
    assert fait.inverse is None
    assert fait.kinds == frozenset()
    assert desk.read(verification.tete_du_journal) == tete


def premiere_valeur(desk: Desk, identifiant: int) -> int:
    volume: int = desk.read(SUJETS["propositions"].rows, PHASE, [identifiant])[0].volume
    return volume


def test_the_balance_follows_the_edit(desk: Desk) -> None:
    avant = premiere(desk, "budget")
    desk.do(edition.update, "propositions", 9, 1, {"montant": 0})
    apres = premiere(desk, "budget")
    assert apres.solde > avant.solde
    assert apres.disponible == avant.disponible
    assert sum(apres.consommation) == apres.ae


def test_the_last_cent_may_be_committed_but_not_one_more(desk: Desk) -> None:
    ligne, solde = desk.read(SUJETS["propositions"].rows, PHASE, [9])[0], premiere(desk, "budget").solde
    desk.do(edition.update, "propositions", 9, 1, {"montant": ligne.montant + solde})
    assert premiere(desk, "budget").solde == 0
    with pytest.raises(SaisieRefusee, match="dispose encore de") as refus:
        desk.do(edition.update, "propositions", 9, 2, {"montant": ligne.montant + solde + 1})
    assert refus.value.champ == "montant"
    assert premiere(desk, "budget").solde == 0


REFUS_PAR_CHAMP: list[tuple[str, dict[str, Valeur], str, str]] = [
    ("propositions", {"fin": date(2020, 1, 1)}, "fin", "avant de commencer"),
    ("propositions", {"montant": 10**11}, "montant", "dépasse"),
    ("propositions", {"acte": "contrat"}, "acte", "n’est pas dans la liste"),
    ("propositions", {"structure_id": None}, "structure_id", "à choisir"),
    ("propositions", {"observations": "a" * 20_001}, "observations", "20\u00a0001 caractères"),
    ("propositions", {"observations": "=cmd|' /C calc'!A0"}, "observations", "formule"),
    ("propositions", {"convention_initiale": "1213"}, "convention_initiale", "2024-01213"),
    ("structures", {"siret": "18620009300084"}, "siret", "clé"),
    ("structures", {"nom": ""}, "nom", "à renseigner"),
    ("structures", {"nom": "ASSOC <b>X"}, "nom", "balise"),
    ("structures", {"nom": "bip\x07"}, "nom", r"U\+0007"),
    ("dispositifs", {"numero": "3.1"}, "numero", "ne commence pas par 1"),
    ("budget", {"code_operation": "C02-444A05"}, "code_operation", "fonction 444"),
    ("budget", {"ae_initiale": 1}, "ae_initiale", "ne peut descendre sous"),
]


@pytest.mark.parametrize(("sujet", "valeurs", "champ", "phrase"), REFUS_PAR_CHAMP)
def test_bad_values_are_refused_at_their_field(
    desk: Desk, sujet: str, valeurs: dict[str, Valeur], champ: str, phrase: str
) -> None:
    avant = etat(desk)
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        desk.do(edition.update, sujet, 1, 1, valeurs)
    assert refus.value.refus[0].champ == champ
    assert etat(desk) == avant


@pytest.mark.parametrize(
    ("sujet", "champ"), [("structures", "nom"), ("dispositifs", "numero"), ("budget", "code_operation")]
)
def test_a_duplicate_is_refused_at_its_field(desk: Desk, sujet: str, champ: str) -> None:
    existante = premiere(desk, sujet)
    doublon = {c.nom: getattr(existante, c.nom) for c in SUJETS[sujet].champs} | (
        {"siret": None} if sujet == "structures" else {"intitule": "Autre"} if sujet == "dispositifs" else {}
    )
    with pytest.raises(Refus, match="déjà") as refus:
        desk.do(edition.create, sujet, PHASE, doublon)
    assert refus.value.champ == champ


def test_every_field_at_fault_is_named_at_once(desk: Desk) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        desk.do(edition.create, "propositions", PHASE, {"montant": 10**11, "volume": -1})
    assert [r.champ for r in refus.value.refus] == [
        "dispositif_id", "structure_id", "territoire_id", "ligne_budgetaire_id", "montant", "volume", "debut", "fin",
        "acte",
    ]  # fmt: skip


def test_undo_is_refused_when_somebody_changed_the_same_values(desk: Desk) -> None:
    fait = desk.do(edition.update, "propositions", 9, 1, {"montant": 100})
    desk.do(edition.update, "propositions", 9, 2, {"montant": 200})
    with pytest.raises(ConflitDeVersion, match="annulée"):
        jouer(desk, fait.inverse)
    assert desk.read(SUJETS["propositions"].rows, PHASE, [9])[0].montant == 200


def test_undo_leaves_alone_what_somebody_else_changed(desk: Desk) -> None:
    avant = desk.read(SUJETS["propositions"].rows, PHASE, [9])[0]
    fait = desk.do(edition.update, "propositions", 9, 1, {"montant": 100})
    desk.do(edition.update, "propositions", 9, 2, {"volume": 7})
    jouer(desk, fait.inverse)
    ligne = desk.read(SUJETS["propositions"].rows, PHASE, [9])[0]
    assert (ligne.montant, ligne.volume) == (avant.montant, 7)


def test_a_row_deleted_meanwhile_is_said(desk: Desk) -> None:
    desk.do(edition.delete, "propositions", (9,))
    with pytest.raises(Introuvable, match="n’existe plus"):
        desk.do(edition.update, "propositions", 9, 1, {"montant": 1})
    with pytest.raises(Refus, match="n’existent plus"):
        desk.do(edition.delete, "propositions", (9,))


@pytest.mark.parametrize(
    "sujet", ["thematiques", "territoires", "budget", "dispositifs", "structures", "periodes", "elus", "groupes"]
)
def test_every_reference_field_has_its_choices(desk: Desk, sujet: str) -> None:
    proposes = desk.read(choix.options, sujet, PHASE)
    assert len(proposes) >= 2
    assert all(option.libelle for option in proposes)


@pytest.mark.parametrize("sujet", SUJETS)
def test_every_column_sorts_both_ways_and_loses_nothing(desk: Desk, sujet: str) -> None:
    s = SUJETS[sujet]
    index = desk.read(s.index, PHASE)
    toutes = list(range(len(index)))
    for colonne in ("ordre", *(champ.nom for champ in s.champs)):
        montant = desk.read(s.ordre, PHASE, Tri(colonne), index)
        descendant = desk.read(s.ordre, PHASE, Tri(colonne, descendant=True), index)
        assert sorted(montant) == sorted(descendant) == toutes, colonne


def test_the_dossier_of_the_base_is_that_of_the_case(desk: Desk) -> None:
    assert desk.read(dossiers.load, PHASE) == dossier_a_voter()


class Campagne(RuleBasedStateMachine):
    """A campaign edited at random: whatever is done, the books balance and undo goes back."""

    @initialize()
    def ouvre(self) -> None:
        self.desk = ouvrir(self.chemin)  # type: ignore[attr-defined]
        self.pile: list[Call] = []
        self.depart = etat(self.desk)

    def _faire(self, use_case: Any, *args: object) -> None:
        try:
            fait = self.desk.do(use_case, *args)
        except Refus:
            return
        if fait.inverse:
            self.pile.append(fait.inverse)

    def _ids(self) -> list[int]:
        return list(self.desk.read(SUJETS["propositions"].index, PHASE).ids)

    @rule(rang=st.integers(0, 60), cents=st.integers(0, 40_000_000), ligne=st.integers(1, 3))
    def modifie(self, rang: int, cents: int, ligne: int) -> None:
        ids = self._ids()
        if ids:
            lue = self.desk.read(SUJETS["propositions"].rows, PHASE, [ids[rang % len(ids)]])[0]
            valeurs = {"montant": cents, "ligne_budgetaire_id": ligne}
            self._faire(edition.update, "propositions", lue.id, lue.version, valeurs)

    @rule(cents=st.integers(0, 10_000_000))
    def ajoute(self, cents: int) -> None:
        self._faire(edition.create, "propositions", PHASE, {**NOUVELLES["propositions"], "montant": cents})

    @rule(rang=st.integers(0, 60))
    def supprime(self, rang: int) -> None:
        ids = self._ids()
        if ids:
            self._faire(edition.delete, "propositions", (ids[rang % len(ids)],))

    @rule(ae=st.integers(0, 2_000_000_000), ligne=st.integers(1, 3))
    def change_l_ae(self, ae: int, ligne: int) -> None:
        lue = self.desk.read(SUJETS["budget"].rows, PHASE, [ligne])[0]
        self._faire(edition.update, "budget", ligne, lue.version, {"ae_initiale": ae})

    @precondition(lambda self: self.pile)
    @rule()
    def annule(self) -> None:
        appel = self.pile.pop()
        self.desk.do(appel.use_case, *appel.args)

    @invariant()
    def les_comptes_tiennent(self) -> None:
        if not hasattr(self, "desk"):
            return
        dossier = self.desk.read(dossiers.load, PHASE)
        assert dossier.montant == sum(ligne.proposition for ligne in dossier.budget)
        assert all(ligne.solde >= 0 for ligne in dossier.budget)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            while self.pile:
                self.annule()
            assert etat(self.desk) == self.depart
            assert self.desk.read(verification.anomalies) == ()
            self.desk.close()


def test_campaigns_edited_at_random_balance_to_the_cent(demo: Any) -> None:
    class Ici(Campagne):
        chemin = demo

    reglages = settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    machine = Ici.TestCase
    machine.settings = reglages
    machine("runTest").runTest()
