"""Schedules on a real base: drawn up, kept whole, paid, taken back, on SQLite."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inclusion_desk.domain.partage import PartFixe, PartTaux
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.services import conventions as machine
from inclusion_desk.services import demonstration, edition, paiements, verification, versements
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.sujets import ORDRE_NATUREL, SUJETS
from inclusion_desk.store import actes, conventions, rows, tables
from inclusion_desk.store import versements as store
from tests.services.gestes import aller_retour, jouer

JOUR = date(2025, 6, 2)


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("conventions") / "base.sqlite"
    demonstration.creer(chemin)
    return chemin


@pytest.fixture
def desk(modele: Path, tmp_path: Path) -> Iterator[Desk]:
    copie = tmp_path / "base.sqlite"
    copie.write_bytes(modele.read_bytes())
    ouvert = ouvrir(copie)
    d_office = [v.id for v in ouvert.read(store.load, JOUR) if v.acte_etat == "projet"]
    if d_office:
        ouvert.do(edition.delete, "versements", d_office)
    yield ouvert
    ouvert.close()


def convention(desk: Desk, numero: str = "2024-01213") -> int:
    return desk.read(conventions.by_numbers, [numero])[numero].id


def lus(desk: Desk, numero: str = "2024-01213") -> list[VersementSuivi]:
    return desk.read(store.load, JOUR, convention_id=convention(desk, numero))


def faits(desk: Desk) -> list[VersementSuivi]:
    """Read the instalments whatever their version."""
    return [replace(v, version=0) for v in lus(desk)]


def montants(desk: Desk) -> list[int]:
    return [v.montant for v in lus(desk)]


def modifier(desk: Desk, versement: VersementSuivi, **valeurs: object) -> None:
    desk.do(paiements.modifier, versement.id, versement.version, valeurs)


def avenant(desk: Desk, numero: str = "2024-01213") -> int:
    return desk.read(conventions.load_avenants, convention_id=convention(desk, numero))[0].id


def signer(desk: Desk, identifiant: int, jour: date) -> None:
    """Send an avenant out and record its signatures."""

    def version() -> int:
        return int(desk.read(rows.read_one, tables.avenant, identifiant)["version"])

    desk.do(machine.deplacer, "avenants", identifiant, version(), "envoyer", "")
    signatures = {"signee_structure": jour, "signee_departement": jour}
    desk.do(edition.update, "avenants", identifiant, version(), signatures)
    desk.do(machine.deplacer, "avenants", identifiant, version(), "signer", "")


def test_an_act_being_prepared_has_its_schedule_where_nothing_is_left_to_type(modele: Path) -> None:
    desk = ouvrir(modele)
    try:
        prevus = desk.read(store.load, JOUR)
        actes = {(v.convention_numero, v.acte_rang): v for v in prevus if v.acte_etat == "projet"}
        assert ("2024-01213", 1) in actes
        assert {v.part for v in actes.values()} <= {4_000, 6_000, 4_300, 3_200, None}
        repris = actes["2024-01213", 1]
        assert desk.do(versements.etablir_d_office, repris.convention_id, repris.avenant_id).ids == {}
    finally:
        desk.close()


def sheets(desk: Desk, numero: str) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """Read what the sheets of the avenant of a convention say of money: the rule of each, its cost, its instalments."""
    acte = desk.read(actes.load, convention(desk, numero), avenant(desk, numero))
    return [
        (f.fiche.suivi, f.montants, tuple(texte.partition("\u00a0:")[0] for texte in f.versements)) for f in acte.fiches
    ]


@pytest.mark.parametrize("numero", ["2024-00905", "2024-00907"])
def test_each_sheet_says_the_schedule_of_its_own_cost(desk: Desk, numero: str) -> None:
    avant = {suivi: dits for suivi, _, dits in sheets(desk, numero)}
    assert (len(avant["accueil"]), avant["equilibre"]) == (3, ())
    identifiant, parts = convention(desk, numero), (PartTaux(6_000),)
    (acte,) = [a for a in desk.read(versements.actes_a_payer, identifiant, JOUR) if a.avenant_id]
    assert acte.modele == "equilibre"  # that of the action whose lines bring the money
    desk.do(versements.etablir, identifiant, avenant(desk, numero), acte.modele, parts)
    lues = {suivi: (montants, dits) for suivi, montants, dits in sheets(desk, numero)}
    assert lues["accueil"][1] == ("premier versement", "deuxième versement", "solde")
    assert lues["equilibre"][1] == ("avance", "solde")
    assert all(montants for montants, _ in lues.values())


def test_an_avenant_without_money_says_the_schedule_of_its_convention(desk: Desk) -> None:
    assert sheets(desk, "2024-00901") == [
        ("accueil", (26_640_000,), ("premier versement", "deuxième versement", "solde"))
    ]


def test_the_avenant_of_the_case_is_paid_in_sixty_and_forty_hundredths(desk: Desk) -> None:
    identifiant = convention(desk)
    acte = desk.read(versements.actes_a_payer, identifiant, JOUR)[1]
    assert (acte.libelle, acte.apport, acte.modele, acte.versements) == ("Avenant n° 1", 7_985_000, "avenant", ())
    aller_retour(desk, montants, versements.etablir, identifiant, avenant(desk), acte.modele)
    premier, solde = lus(desk)[-2:]
    assert (premier.montant, premier.part, premier.acte_rang) == (4_791_000, 6_000, 1)
    assert (solde.montant, solde.part, solde.declencheur) == (3_194_000, 4_000, "bilan_final")
    assert premier.rang == 4
    assert premier.code_operation == "C02-446A05"
    assert premier.echeance is None
    assert desk.read(verification.anomalies) == ()


def test_a_schedule_with_an_advance_leaves_the_remainder_last(desk: Desk) -> None:
    identifiant = convention(desk)
    desk.do(versements.etablir, identifiant, avenant(desk), "equilibre", (PartTaux(7_000),))
    assert montants(desk)[-2:] == [5_589_500, 2_395_500]
    desk.do(versements.etablir, identifiant, avenant(desk), "equilibre", (PartFixe(1_000_000),))
    assert montants(desk)[-2:] == [1_000_000, 6_985_000]
    assert len(lus(desk)) == 5


def test_a_schedule_partly_paid_is_not_drawn_up_again(desk: Desk) -> None:
    with pytest.raises(Refus, match="a déjà un versement payé"):
        desk.do(versements.etablir, convention(desk, "2024-00901"), None, "independants")


def test_an_unknown_model_and_a_missing_advance_are_refused(desk: Desk) -> None:
    for modele, phrase in (("inconnu", "à choisir dans la liste"), ("equilibre", "Avance")):
        with pytest.raises(Refus, match=phrase):
            desk.do(versements.etablir, convention(desk), avenant(desk), modele)


def test_changing_an_amount_keeps_the_sum_and_moves_the_share(desk: Desk) -> None:
    total = sum(montants(desk))
    deuxieme, solde = lus(desk)[1:3]
    aller_retour(
        desk, montants, paiements.modifier, deuxieme.id, deuxieme.version, {"montant": deuxieme.montant + 100_000}
    )
    apres = lus(desk)
    assert apres[2].montant == solde.montant - 100_000
    assert sum(v.montant for v in apres) == total
    assert apres[1].part == round(apres[1].montant * 10_000 / total)


def test_changing_a_share_makes_the_amount(desk: Desk) -> None:
    deuxieme = lus(desk)[1]
    modifier(desk, deuxieme, part=3_000)
    assert lus(desk)[1].montant == (33_822_674 * 3_000 + 5_000) // 10_000
    assert sum(montants(desk)) == 33_822_674
    with pytest.raises(Refus, match="entre 0 et 100"):
        modifier(desk, lus(desk)[1], part=10_100)


def test_instalments_never_pass_the_convention(desk: Desk) -> None:
    deuxieme, solde = lus(desk)[1:3]
    avant = montants(desk)
    with pytest.raises(Refus, match="Les versements dépassent ce qu’apporte la convention, 338\xa0226,74\xa0€"):
        modifier(desk, deuxieme, montant=deuxieme.montant + solde.montant + 1)
    with pytest.raises(Refus, match="Les versements dépassent ce qu’apporte la convention"):
        modifier(desk, solde, montant=solde.montant + 1)
    assert montants(desk) == avant


@given(st.lists(st.tuples(st.integers(1, 1), st.integers(0, 20_000_000)), min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_amounts_are_typed_the_sum_stays_that_of_the_convention(
    desk: Desk, saisies: list[tuple[int, int]]
) -> None:
    for rang, montant in saisies:
        with contextlib.suppress(Refus):
            modifier(desk, lus(desk)[rang], montant=montant)
        assert sum(montants(desk)) == 33_822_674
        assert min(montants(desk)) >= 0


def test_a_change_over_an_older_reading_is_refused(desk: Desk) -> None:
    deuxieme = lus(desk)[1]
    modifier(desk, deuxieme, libelle="Second versement")
    with pytest.raises(ConflitDeVersion):
        modifier(desk, deuxieme, montant=1)


def test_paying_needs_the_signature(desk: Desk) -> None:
    identifiant = convention(desk)
    desk.do(versements.etablir, identifiant, avenant(desk), "avenant")
    premier = lus(desk)[-2]
    with pytest.raises(Refus, match="n’est pas signé"):
        desk.do(paiements.payer, [premier.id], JOUR)
    signer(desk, avenant(desk), date(2025, 1, 20))
    desk.do(versements.redater, identifiant)
    assert lus(desk)[-2].echeance == date(2025, 1, 20)
    assert lus(desk)[-2].statut == "retard"
    aller_retour(desk, faits, paiements.payer, [premier.id], JOUR)
    assert lus(desk)[-2].statut == "paye"
    with pytest.raises(Refus, match="déjà payé"):
        desk.do(paiements.payer, [premier.id], JOUR)
    with pytest.raises(Refus, match="il ne se supprime pas"):
        desk.do(edition.delete, "versements", (premier.id,))
    aller_retour(desk, faits, paiements.annuler_paiement, [premier.id])
    with pytest.raises(Refus, match="Aucun de ces versements"):
        desk.do(paiements.annuler_paiement, [premier.id])


def test_paying_needs_the_document_it_waits_for(desk: Desk) -> None:
    attendu = lus(desk, "2024-00901")[1]
    with pytest.raises(Refus, match="attend une pièce"):
        desk.do(paiements.payer, [attendu.id], JOUR)
    modifier(desk, attendu, piece_recue_le=date(2025, 6, 10))
    with pytest.raises(Refus, match="avant la réception de sa pièce"):
        desk.do(paiements.payer, [attendu.id], JOUR)
    desk.do(paiements.payer, [attendu.id], date(2025, 6, 11))


def test_never_more_is_paid_than_planned(desk: Desk) -> None:
    attendu = lus(desk, "2024-00901")[1]
    valeurs = {"piece_recue_le": JOUR, "paye_le": JOUR, "montant_paye": attendu.montant + 1}
    with pytest.raises(Refus, match="prévus"):
        modifier(desk, attendu, **valeurs)
    modifier(desk, attendu, **{**valeurs, "montant_paye": attendu.montant - 1})
    assert lus(desk, "2024-00901")[1].reste == 0


def test_an_instalment_is_added_by_hand_within_what_its_act_brings(desk: Desk) -> None:
    valeurs = {
        "convention_id": convention(desk), "avenant_id": avenant(desk), "libelle": "Complément", "montant": 7_985_001,
        "declencheur": "date", "echeance": date(2025, 9, 1),
    }  # fmt: skip
    with pytest.raises(Refus, match="ce qu’apporte l’avenant n°\xa01, 79\xa0850,00\xa0€"):
        desk.do(edition.create, "versements", 1, valeurs)
    fait = desk.do(edition.create, "versements", 1, {**valeurs, "montant": 7_985_000})
    ajoute = lus(desk)[-1]
    assert (ajoute.rang, ajoute.code_operation, ajoute.acte) == (4, "C02-446A05", "Avenant n°\xa01")
    with pytest.raises(Refus, match="ne change pas d’acte"):
        modifier(desk, ajoute, avenant_id=None)
    with pytest.raises(Refus, match="ne change pas de convention"):
        modifier(desk, ajoute, convention_id=convention(desk, "2024-00901"))
    jouer(desk, fait.inverse)
    assert len(lus(desk)) == 3


def test_an_instalment_put_back_finds_its_room_or_is_refused(desk: Desk) -> None:
    valeurs = {
        "convention_id": convention(desk), "avenant_id": avenant(desk), "libelle": "Complément", "montant": 7_985_000,
        "declencheur": "date",
    }  # fmt: skip
    desk.do(edition.create, "versements", 1, valeurs)
    retire = desk.do(edition.delete, "versements", (lus(desk)[-1].id,))
    autre = desk.do(edition.create, "versements", 1, {**valeurs, "montant": 1}).ids["versements"]
    with pytest.raises(Refus, match="ce qu’apporte l’avenant n°\xa01"):
        jouer(desk, retire.inverse)
    desk.do(edition.delete, "versements", autre)
    jouer(desk, retire.inverse)
    assert lus(desk)[-1].montant == 7_985_000


def test_the_money_of_an_avenant_is_never_paid_under_the_convention(desk: Desk) -> None:
    valeurs = {"convention_id": convention(desk), "libelle": "Complément", "montant": 1, "declencheur": "date"}
    paye = {"montant_paye": 1, "paye_le": JOUR}
    with pytest.raises(Refus, match="ce qu’apporte la convention"):
        desk.do(edition.create, "versements", 1, {**valeurs, **paye})
    with pytest.raises(Refus, match="n’est pas signé"):
        desk.do(edition.create, "versements", 1, {**valeurs, **paye, "avenant_id": avenant(desk)})
    autre = {**valeurs, "convention_id": convention(desk, "2024-00901"), "avenant_id": avenant(desk)}
    with pytest.raises(Refus, match="n’est pas de la convention choisie"):
        desk.do(edition.create, "versements", 1, autre)


def test_nothing_is_paid_before_the_signature_nor_after_today(desk: Desk) -> None:
    premier = lus(desk)[0]
    with pytest.raises(Refus, match=r"avant la signature de l’acte \(14/08/2024\)"):
        desk.do(paiements.payer, [premier.id], date(2024, 8, 13))
    demain = aujourdhui() + timedelta(days=1)
    with pytest.raises(Refus, match="La date de paiement est postérieure à ce jour"):
        desk.do(paiements.payer, [premier.id], demain)
    with pytest.raises(Refus, match="La date de réception de la pièce est postérieure"):
        modifier(desk, lus(desk)[1], piece_recue_le=demain)
    desk.do(paiements.payer, [premier.id], date(2024, 8, 14))


def test_every_instalment_of_the_case_stands_by_the_rules(desk: Desk) -> None:
    for versement in desk.read(store.load, JOUR):
        modifier(desk, versement, libelle=f"{versement.libelle} (revu)")


def test_the_table_finds_instalments_by_state_and_adds_them_up(desk: Desk) -> None:
    sujet = SUJETS["versements"]
    index = desk.read(sujet.index, 1, None)
    ordre = desk.read(sujet.ordre, 1, Tri(ORDRE_NATUREL), index)
    trouves = index.chercher("paye", ordre)
    assert 0 < len(trouves.positions) < len(index.ids)
    assert trouves.total == sum(v.montant for v in desk.read(store.load, JOUR) if v.paye_le)
    lignes = desk.read(sujet.rows, 1, index.ids[:3])
    assert [ligne.id for ligne in lignes] == list(index.ids[:3])


def test_credits_by_year_count_every_instalment_once(desk: Desk) -> None:
    besoins = desk.read(paiements.besoins, JOUR)
    tous = desk.read(store.load, JOUR)
    assert sum(b.prevu for b in besoins if b.echelonne) == sum(v.montant for v in tous)
    assert sum(b.paye for b in besoins) == sum(v.montant_paye or 0 for v in tous)
    assert [b.annee for b in besoins if b.reste and b.annee] == sorted(b.annee for b in besoins if b.reste and b.annee)
    assert min(b.annee for b in besoins if b.reste and b.annee) == 2025
    assert sum(b.prevu for b in besoins) == sum(desk.read(store.load_apports).values())
    libre = sum(b.reste for b in besoins if not b.echelonne)
    assert libre >= 7_985_000
    desk.do(versements.etablir, convention(desk), avenant(desk), "avenant")
    assert sum(b.reste for b in desk.read(paiements.besoins, JOUR) if not b.echelonne) == libre - 7_985_000


def test_dating_again_changes_nothing_that_is_known(desk: Desk) -> None:
    avant = lus(desk)
    assert desk.do(versements.redater, convention(desk)).ids == {}
    assert lus(desk) == [replace(v) for v in avant]
