"""Conventions and avenants on both databases: numbers, chain, moves, and the copy of what goes out for signature."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.services import conventions, edition, modeles, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.evenements import historique
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import actes, rows, tables
from inclusion_desk.store import conventions as rangees
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, jouer, ligne
from tests.services.gestes_actes import (
    SIGNATURES,
    avenant_a,
    avenants,
    changer,
    copie,
    creee,
    creer,
    deplacer,
    document,
    etat,
    nommee,
    numeros,
    preparer,
    renommer,
    resilier,
    signer,
    toutes,
)

CAS = "2024-01213"


# Numbers


def test_numbers_follow_year_by_year_of_the_deliberation(amendable: Desk) -> None:
    for jour in (date(2024, 12, 9), date(2026, 2, 2), date(2024, 6, 3)):
        creer(amendable, deliberation_le=jour, debut=date(2025, 1, 1), fin=date(2026, 12, 31))
    assert numeros(amendable, 2024) == ["2024-00001", "2024-00002"]
    assert numeros(amendable, 2026) == ["2026-00001"]
    assert numeros(amendable) == []


def test_a_number_is_of_the_current_year_until_a_deliberation_is_known(amendable: Desk) -> None:
    une = creee(amendable, deliberation_numero="", deliberation_le=None)
    cette_annee = f"{aujourdhui().year}-00001"
    assert ligne(amendable, une, tables.convention)["numero"] == cette_annee
    changer(amendable, "conventions", une, deliberation_numero="2024-587", deliberation_le=date(2024, 12, 9))
    assert ligne(amendable, une, tables.convention)["numero"] == cette_annee


def test_a_number_given_by_hand_follows_those_of_the_phase(amendable: Desk) -> None:
    preparer(amendable)
    creer(amendable, deliberation_le=date(2024, 12, 9))
    assert numeros(amendable, 2024)[-2:] == ["2024-00006", "2024-00007"]


def test_the_last_number_deleted_is_given_again(amendable: Desk) -> None:
    creer(amendable)
    amendable.do(edition.delete, "conventions", (creee(amendable),))
    creer(amendable)
    assert numeros(amendable) == ["2025-00001", "2025-00002"]


def test_a_number_in_the_middle_is_not_deleted(amendable: Desk) -> None:
    ids = [creee(amendable) for _ in range(3)]
    with pytest.raises(Refus, match=r"2025-00001 n’est pas la dernière de l’année.*un trou"):
        amendable.do(edition.delete, "conventions", (ids[0], ids[2]))
    assert numeros(amendable) == ["2025-00001", "2025-00002", "2025-00003"]
    amendable.do(edition.delete, "conventions", (ids[1], ids[2]))
    assert numeros(amendable) == ["2025-00001"]


def test_undoing_and_redoing_a_creation_gives_the_same_number(amendable: Desk) -> None:
    fait = creer(amendable)
    avant = numeros(amendable)
    defait = jouer(amendable, fait.inverse)
    assert numeros(amendable) == []
    refait = jouer(amendable, defait.inverse)
    assert numeros(amendable) == avant
    jouer(amendable, refait.inverse)
    assert numeros(amendable) == []


def test_a_deletion_is_not_undone_over_a_number_given_since(amendable: Desk) -> None:
    fait = amendable.do(edition.delete, "conventions", (creee(amendable),))
    creer(amendable, objet="Autre")
    with pytest.raises(Refus, match=r"2025-00001 a été donné à une autre convention.*prendra le 2025-00002"):
        jouer(amendable, fait.inverse)
    assert [c.objet for c in toutes(amendable) if c.numero.startswith("2025")] == ["Autre"]
    creer(amendable)
    assert numeros(amendable) == ["2025-00001", "2025-00002"]


def test_several_deleted_at_once_come_back_with_their_numbers(amendable: Desk) -> None:
    ids = [creee(amendable, objet=f"Essai {n}") for n in range(3)]
    avant = toutes(amendable)
    fait = amendable.do(edition.delete, "conventions", ids)
    assert numeros(amendable) == []
    jouer(amendable, fait.inverse)
    assert toutes(amendable) == avant
    creer(amendable)
    assert numeros(amendable)[-1] == "2025-00004"


def test_numbers_of_paper_are_passed_over_both_ways(amendable: Desk) -> None:
    creer(amendable, externe=True, numero="2025-00002")
    creer(amendable, externe=True, numero="2025-00003")
    premiere, suivante = creee(amendable), creee(amendable)
    assert numeros(amendable) == ["2025-00001", "2025-00004"]
    amendable.do(edition.delete, "conventions", (suivante,))
    amendable.do(edition.delete, "conventions", (premiere,))
    creer(amendable)
    assert numeros(amendable) == ["2025-00001"]


def test_a_number_of_paper_typed_twice_is_refused(amendable: Desk) -> None:
    with pytest.raises(Refus, match=f"La convention {CAS} de Pas-de-Calais Actif porte déjà ce numéro") as refus:
        creer(amendable, externe=True, numero=CAS)
    assert refus.value.champ == "numero"
    autre = nommee(amendable, "2024-00901").id
    with pytest.raises(Refus, match=f"La convention {CAS} de Pas-de-Calais Actif porte déjà ce numéro"):
        changer(amendable, "conventions", autre, numero=CAS)
    changer(amendable, "conventions", autre, numero="2024-00901", objet="Autre")


@pytest.mark.parametrize(
    ("valeurs", "phrase"),
    [
        ({"externe": True}, "Le numéro est obligatoire pour une convention née hors de l’outil"),
        ({"externe": False, "numero": "2025-00009"}, "donné par l’outil"),
        ({"externe": True, "numero": "25-9"}, "s’écrit année, tiret et rang"),
        ({"fin": date(2024, 12, 31)}, "finit"),
        ({"signee_structure": date(2025, 2, 1), "signee_departement": date(2025, 2, 3),
          "executoire_le": date(2025, 2, 2)}, "avant sa dernière signature"),
    ],
)  # fmt: skip
def test_a_convention_is_refused_with_its_field(amendable: Desk, valeurs: dict[str, Any], phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        creer(amendable, **valeurs)
    assert refus.value.champ
    assert numeros(amendable) == []


def test_a_number_given_stays(amendable: Desk) -> None:
    une = creee(amendable)
    for valeurs in ({"numero": "2025-00099"}, {"numero": None}):
        with pytest.raises(SaisieRefusee, match=r"ne se change pas|à renseigner"):
            changer(amendable, "conventions", une, **valeurs)
    for cible, externe in ((nommee(amendable, CAS).id, False), (une, True)):
        with pytest.raises(SaisieRefusee, match="L’origine d’une convention ne se change pas"):
            changer(amendable, "conventions", cible, externe=externe, numero="2025-00777")


@pytest.mark.parametrize(
    ("valeurs", "attendu"),
    [({}, "projet"), (SIGNATURES, "signee"), ({**SIGNATURES, "executoire_le": date(2025, 2, 1)}, "executoire"),
     ({"signee_structure": date(2025, 1, 1)}, "projet")],
)  # fmt: skip
def test_one_recorded_from_paper_is_signed_at_once(amendable: Desk, valeurs: dict[str, Any], attendu: str) -> None:
    une = creee(amendable, externe=True, numero="2025-00500", **valeurs)
    assert etat(amendable, "conventions", une) == attendu
    assert copie(amendable, une) is None


def test_one_recorded_from_paper_goes_and_comes_back_with_its_payments(amendable: Desk) -> None:
    une = nommee(amendable, CAS)

    def payments(session: Session) -> list[dict[str, Any]]:
        return [
            r for t in (tables.versement, tables.tranche, tables.fiche_annexee)
            for r in rows.read_parts(session, t, "convention_id", [une.id])
        ]  # fmt: skip

    avant = amendable.read(payments)
    assert len(avant) == 5
    fait = amendable.do(edition.delete, "conventions", (une.id,))
    assert amendable.read(payments) == []
    jouer(amendable, fait.inverse)
    assert amendable.read(payments) == avant
    assert nommee(amendable, CAS) == une


def test_a_convention_with_avenants_is_not_deleted(amendable: Desk) -> None:
    creer(amendable, "avenants", **avenant_a(nommee(amendable, CAS).id))
    with pytest.raises(Refus, match="a des avenants"):
        amendable.do(edition.delete, "conventions", (nommee(amendable, CAS).id,))


# Avenants


def test_the_rank_of_an_avenant_follows(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    ids = [creee(amendable, "avenants", **avenant_a(une)) for _ in range(3)]
    assert [a.rang for a in avenants(amendable, CAS)] == [1, 2, 3]
    with pytest.raises(Refus, match="n° 2 à 2024-01213 n’est pas le dernier"):
        amendable.do(edition.delete, "avenants", (ids[1],))
    amendable.do(edition.delete, "avenants", (ids[1], ids[2]))
    creer(amendable, "avenants", **avenant_a(une))
    assert [a.rang for a in avenants(amendable, CAS)] == [1, 2]


def test_undoing_and_redoing_an_avenant_gives_the_same_rank(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    fait = creer(amendable, "avenants", **avenant_a(une))
    defait = jouer(amendable, fait.inverse)
    assert avenants(amendable, CAS) == []
    jouer(amendable, defait.inverse)
    assert [a.rang for a in avenants(amendable, CAS)] == [1]


def test_an_avenant_put_back_follows_the_others_or_is_refused(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    premier, second = (creee(amendable, "avenants", **avenant_a(une)) for _ in range(2))
    supprime = amendable.do(edition.delete, "avenants", (second,))
    amendable.do(edition.delete, "avenants", (premier,))
    with pytest.raises(Refus, match=r"n° 2 à 2024-01213 ne suit plus les autres.*prendra le n° 1"):
        jouer(amendable, supprime.inverse)
    assert avenants(amendable, CAS) == []


def test_two_avenants_deleted_at_once_come_back_together(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    ids = [creee(amendable, "avenants", **avenant_a(une)) for _ in range(3)]
    avant = avenants(amendable, CAS)
    fait = amendable.do(edition.delete, "avenants", (ids[2], ids[1]))
    jouer(amendable, fait.inverse)
    assert avenants(amendable, CAS) == avant


def test_an_avenant_does_not_change_convention(amendable: Desk) -> None:
    un = creee(amendable, "avenants", **avenant_a(nommee(amendable, CAS).id))
    with pytest.raises(SaisieRefusee, match="ne change pas de convention") as refus:
        changer(amendable, "avenants", un, convention_id=nommee(amendable, "2024-00901").id)
    assert refus.value.champ == "convention_id"


def test_a_draft_takes_no_avenant(amendable: Desk) -> None:
    with pytest.raises(SaisieRefusee, match="2025-00001 n’est pas signée") as refus:
        creer(amendable, "avenants", **avenant_a(creee(amendable)))
    assert refus.value.champ == "convention_id"


@pytest.mark.parametrize(("code", "mot"), [("solder", "soldée"), ("resilier", "résiliée")])
def test_a_closed_convention_takes_no_avenant(amendable: Desk, code: str, mot: str) -> None:
    une = nommee(amendable, CAS).id
    changer(amendable, "conventions", une, executoire_le=date(2024, 9, 1))
    deplacer(amendable, "conventions", une, "executer")
    deplacer(amendable, "conventions", une, code)
    with pytest.raises(SaisieRefusee, match=f"est {mot}.*ne reçoit plus d’avenant"):
        creer(amendable, "avenants", **avenant_a(une))
    assert avenants(amendable, CAS) == []


@pytest.mark.parametrize(
    ("valeurs", "phrase", "champ"),
    [
        ({"fin": date(2026, 6, 30)}, "ne change pas la durée", "fin"),
        ({"debut": date(2026, 6, 30)}, "ne change pas la durée", "debut"),
        ({"modele": "9", "fin": date(2023, 6, 30)}, "avant son début", "fin"),
        ({"modele": "9", "debut": date(2026, 6, 30)}, "avant son début", "fin"),
        ({"modele": "4"}, "modèle", "modele"),
    ],
)
def test_a_term_that_does_not_hold_is_refused(
    amendable: Desk, valeurs: dict[str, Any], phrase: str, champ: str
) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        creer(amendable, "avenants", **avenant_a(nommee(amendable, CAS).id, **valeurs))
    assert refus.value.champ == champ


# Moves


def prete(desk: Desk) -> tuple[int, int]:
    """Prepare the case; gives an avenant of model 10 with its convention."""
    preparer(desk)
    (un,) = avenants(desk, CAS)
    return un.convention_id, un.id


def preparee(desk: Desk) -> int:
    """Give a convention prepared, whose structure is known whole."""
    return next(c.id for c in toutes(desk) if c.structure_nom.startswith("Structure exemple 17"))


@pytest.mark.parametrize("sujet", ["conventions", "avenants"])
def test_an_act_goes_from_draft_to_its_effect_and_each_step_is_undone(amendable: Desk, sujet: str) -> None:
    convention_id, avenant_id = prete(amendable)
    cible = avenant_id if sujet == "avenants" else preparee(amendable)
    ids = (convention_id, avenant_id) if sujet == "avenants" else (cible, None)
    changer(amendable, sujet, cible, **SIGNATURES, executoire_le=date(2025, 2, 1))
    for code, de, vers in (("envoyer", "projet", "a_signer"), ("signer", "a_signer", "signee"),
                           ("executer", "signee", "executoire")):  # fmt: skip
        fait = deplacer(amendable, sujet, cible, code)
        assert etat(amendable, sujet, cible) == vers
        assert copie(amendable, *ids) is not None
        defait = jouer(amendable, fait.inverse)
        assert etat(amendable, sujet, cible) == de
        assert (copie(amendable, *ids) is None) == (de == "projet")
        jouer(amendable, defait.inverse)
        assert etat(amendable, sujet, cible) == vers
    gestes = [e.geste for e in amendable.read(historique, sujet, cible)]
    assert len(gestes) == 9
    assert gestes.count("Annulation") == 6
    assert amendable.read(verification.anomalies) == ()


def test_the_end_of_a_convention_is_undone(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    changer(amendable, "conventions", une, executoire_le=date(2024, 9, 1))
    resilie = resilier(amendable, une, date(2024, 12, 15))
    assert nommee(amendable, CAS).resiliee_le == date(2024, 12, 15)
    defait = jouer(amendable, resilie.inverse)
    assert (etat(amendable, "conventions", une), nommee(amendable, CAS).resiliee_le) == ("signee", None)
    jouer(amendable, jouer(amendable, defait.inverse).inverse)
    assert (etat(amendable, "conventions", une), nommee(amendable, CAS).resiliee_le) == ("signee", None)
    deplacer(amendable, "conventions", une, "executer")
    solde = deplacer(amendable, "conventions", une, "solder")
    jouer(amendable, jouer(amendable, solde.inverse).inverse)
    assert etat(amendable, "conventions", une) == "soldee"
    rouvert = deplacer(amendable, "conventions", une, "rouvrir")
    jouer(amendable, rouvert.inverse)
    assert etat(amendable, "conventions", une) == "soldee"


@pytest.mark.parametrize(
    ("sujet", "code", "depart"),
    [
        ("conventions", "signer", "projet"), ("conventions", "executer", "projet"), ("conventions", "solder", "projet"),
        ("conventions", "reprendre", "projet"), ("conventions", "resilier", "a_signer"),
        ("conventions", "reprendre", "signee"), ("conventions", "envoyer", "signee"),
        ("conventions", "solder", "signee"), ("conventions", "rouvrir", "signee"),
        ("avenants", "solder", "signee"), ("avenants", "resilier", "signee"), ("avenants", "reprendre", "signee"),
    ],
)  # fmt: skip
def test_a_move_that_the_state_does_not_allow_is_refused(amendable: Desk, sujet: str, code: str, depart: str) -> None:
    _, avenant_id = prete(amendable)
    cible = avenant_id if sujet == "avenants" else preparee(amendable)
    if depart == "a_signer":
        deplacer(amendable, sujet, cible, "envoyer")
    elif depart == "signee":
        signer(amendable, sujet, cible)
    with pytest.raises(Refus, match=r"n’est possible|n’est pas possible"):
        deplacer(amendable, sujet, cible, code)
    assert etat(amendable, sujet, cible) == depart


def test_signatures_and_the_day_of_effect_are_asked_for(amendable: Desk) -> None:
    _, un = prete(amendable)
    deplacer(amendable, "avenants", un, "envoyer")
    with pytest.raises(Refus, match="par la structure") as refus:
        deplacer(amendable, "avenants", un, "signer")
    assert refus.value.champ == "signee_structure"
    changer(amendable, "avenants", un, signee_structure=date(2025, 1, 10))
    with pytest.raises(Refus, match="par le Département"):
        deplacer(amendable, "avenants", un, "signer")
    changer(amendable, "avenants", un, **SIGNATURES)
    deplacer(amendable, "avenants", un, "signer")
    with pytest.raises(Refus, match="devient exécutoire"):
        deplacer(amendable, "avenants", un, "executer")


def test_the_dates_of_a_signed_act_are_corrected_and_not_taken_away(amendable: Desk) -> None:
    _, un = prete(amendable)
    signer(amendable, "avenants", un)
    changer(amendable, "avenants", un, signee_departement=date(2025, 1, 22))
    with pytest.raises(SaisieRefusee, match="par le Département ne s’efface pas"):
        changer(amendable, "avenants", un, signee_departement=None)
    with pytest.raises(SaisieRefusee, match="avant sa dernière signature"):
        changer(amendable, "avenants", un, executoire_le=date(2025, 1, 21))
    changer(amendable, "avenants", un, executoire_le=date(2025, 1, 23))
    deplacer(amendable, "avenants", un, "executer")
    with pytest.raises(SaisieRefusee, match="ne s’efface pas"):
        changer(amendable, "avenants", un, executoire_le=None)


def test_taking_a_draft_back_asks_for_a_reason(amendable: Desk) -> None:
    _, un = prete(amendable)
    deplacer(amendable, "avenants", un, "envoyer")
    with pytest.raises(Refus, match="se motive"):
        deplacer(amendable, "avenants", un, "reprendre", " ")
    deplacer(amendable, "avenants", un, "reprendre", "Montant à corriger")
    assert amendable.read(historique, "avenants", un)[0].motif == "Montant à corriger"


def test_an_act_moved_on_another_station_is_told(amendable: Desk) -> None:
    _, un = prete(amendable)
    version = ligne(amendable, un, tables.avenant)["version"]
    envoi = deplacer(amendable, "avenants", un, "envoyer")
    with pytest.raises(Refus, match="n’est pas possible"):
        amendable.do(conventions.deplacer, "avenants", un, version, "envoyer")
    changer(amendable, "avenants", un, **SIGNATURES)
    with pytest.raises(ConflitDeVersion, match="autre poste"):
        amendable.do(conventions.deplacer, "avenants", un, version, "signer")
    deplacer(amendable, "avenants", un, "signer")
    with pytest.raises(ConflitDeVersion, match="a changé d’état"):
        jouer(amendable, envoi.inverse)


@pytest.mark.parametrize(
    ("champ", "quoi"), [("siret", "le SIRET"), ("representant", "le nom du représentant"), ("commune", "l’adresse")]
)
def test_an_act_that_lacks_something_does_not_go_out_even_again(amendable: Desk, champ: str, quoi: str) -> None:
    convention_id, un = prete(amendable)
    structure_id = ligne(amendable, convention_id, tables.convention)["structure_id"]
    defait = jouer(amendable, deplacer(amendable, "avenants", un, "envoyer").inverse)
    version = ligne(amendable, structure_id, tables.structure)["version"]
    amendable.do(edition.update, "structures", structure_id, version, {champ: None if champ == "siret" else ""})
    with pytest.raises(Refus, match=f"Il manque.*{quoi}"):
        deplacer(amendable, "avenants", un, "envoyer")
    with pytest.raises(Refus, match=f"Il manque.*{quoi}"):
        jouer(amendable, defait.inverse)
    assert etat(amendable, "avenants", un) == "projet"


# The chain


def second(desk: Desk) -> tuple[int, int, int]:
    """Give a convention with two avenants, the second made like the first."""
    convention_id, premier = prete(desk)
    un = creee(desk, "avenants", **avenant_a(convention_id))

    def furnish(session: Session) -> Changes:
        parents = {"convention_id": convention_id, "avenant_id": un}
        annexe = next(a for a in rangees.load_annexes(session, convention_id) if a.rang == 1)
        feuille = {"annexe": 2, "titre": annexe.titre, "fiche_id": annexe.fiche_id}
        rows.insert_row(session, tables.fiche_annexee, {**parents, **feuille})
        montant = {"debut": date(2025, 1, 1), "fin": date(2025, 12, 31), "montant": 1_000_00}
        rows.insert_row(session, tables.tranche, {**parents, **montant})
        phase = {"phase_id": PHASE}
        rows.update_values(session, tables.avenant, un, phase)
        return Changes("essai", {})

    desk.do(furnish)
    return convention_id, premier, un


def test_avenants_go_out_and_are_signed_in_their_order(amendable: Desk) -> None:
    _, premier, suivant = second(amendable)
    with pytest.raises(Refus, match="n° 1 est encore en projet"):
        deplacer(amendable, "avenants", suivant, "envoyer")
    deplacer(amendable, "avenants", premier, "envoyer")
    deplacer(amendable, "avenants", suivant, "envoyer")
    changer(amendable, "avenants", suivant, **SIGNATURES)
    with pytest.raises(Refus, match="n° 1 n’est pas signé"):
        deplacer(amendable, "avenants", suivant, "signer")
    with pytest.raises(Refus, match="n° 2 est déjà à la signature"):
        deplacer(amendable, "avenants", premier, "reprendre")
    changer(amendable, "avenants", premier, **SIGNATURES)
    signe = deplacer(amendable, "avenants", premier, "signer")
    deplacer(amendable, "avenants", suivant, "signer")
    with pytest.raises(Refus, match="n° 2 est déjà à la signature ou signé"):
        jouer(amendable, signe.inverse)
    assert nommee(amendable, CAS).montant == 33_822_674 + 7_985_000 + 1_000_00


def test_what_is_in_force_counts_the_avenants_signed(amendable: Desk) -> None:
    convention_id, premier, suivant = second(amendable)
    assert amendable.read(conventions.lire, convention_id).en_vigueur.montant == 33_822_674
    assert nommee(amendable, CAS).montant == 33_822_674
    signer(amendable, "avenants", premier)
    lue = amendable.read(conventions.lire, convention_id)
    assert lue.en_vigueur.montant == nommee(amendable, CAS).montant == 41_807_674
    assert [etape.montant for etape in lue.etapes] == [33_822_674, 41_807_674, 41_907_674]
    signer(amendable, "avenants", suivant)
    assert amendable.read(conventions.lire, convention_id).en_vigueur.montant == 41_907_674


@pytest.mark.parametrize("code", ["solder", "resilier"])
def test_a_convention_does_not_end_with_an_avenant_under_way(amendable: Desk, code: str) -> None:
    convention_id, un = prete(amendable)
    changer(amendable, "conventions", convention_id, executoire_le=date(2024, 9, 1))
    deplacer(amendable, "conventions", convention_id, "executer")
    with pytest.raises(Refus, match="n° 1 de la convention 2024-01213 n’est pas signé"):
        deplacer(amendable, "conventions", convention_id, code)
    signer(amendable, "avenants", un)
    deplacer(amendable, "conventions", convention_id, code)


def test_signatures_are_not_taken_back_under_an_avenant(amendable: Desk) -> None:
    preparer(amendable)
    une = preparee(amendable)
    deplacer(amendable, "conventions", une, "envoyer")
    changer(amendable, "conventions", une, **SIGNATURES)
    signe = deplacer(amendable, "conventions", une, "signer")
    creer(amendable, "avenants", **avenant_a(une))
    with pytest.raises(Refus, match="reste signée tant qu’il existe"):
        jouer(amendable, signe.inverse)
    assert etat(amendable, "conventions", une) == "signee"


def test_a_deleted_avenant_does_not_come_back_on_a_convention_that_ended(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    supprime = amendable.do(edition.delete, "avenants", (creee(amendable, "avenants", **avenant_a(une)),))
    deplacer(amendable, "conventions", une, "resilier")
    with pytest.raises(Refus, match="résiliée"):
        jouer(amendable, supprime.inverse)


# What goes out


def test_an_act_out_for_signature_says_the_same_whatever_changes_around_it(amendable: Desk) -> None:
    convention_id, un = prete(amendable)
    structure_id = ligne(amendable, convention_id, tables.convention)["structure_id"]
    deplacer(amendable, "avenants", un, "envoyer")
    octets, copiee = document(amendable, convention_id, un), copie(amendable, convention_id, un)
    amendable.do(renommer, structure_id)
    source = amendable.read(modeles.en_vigueur, "avenant")
    amendable.do(_template, "avenant", source.replace("##", "## Autre", 1) + "\n\nAjout.\n")
    changer(amendable, "conventions", convention_id, objet="Autre objet")
    assert document(amendable, convention_id, un) == octets
    assert copie(amendable, convention_id, un) == copiee
    changer(amendable, "avenants", un, **SIGNATURES)
    deplacer(amendable, "avenants", un, "signer")
    assert document(amendable, convention_id, un) == octets


def _template(session: Session, nom: str, source: str) -> Changes:
    """Keep another text of a template, whatever the editor would say of it."""
    rows.insert_row(
        session, tables.modele, {"nom": nom, "numero": 1, "source": source, "auteur": "Essai", "moment": "2025-01-01"}
    )
    return Changes("essai", {})


def test_a_draft_follows_what_changes_around_it(amendable: Desk) -> None:
    convention_id, un = prete(amendable)
    avant = document(amendable, convention_id, un)
    amendable.do(renommer, ligne(amendable, convention_id, tables.convention)["structure_id"])
    assert document(amendable, convention_id, un) != avant


def test_taking_the_draft_back_lets_the_copy_go(amendable: Desk) -> None:
    convention_id, un = prete(amendable)
    deplacer(amendable, "avenants", un, "envoyer")
    deplacer(amendable, "avenants", un, "reprendre")
    assert copie(amendable, convention_id, un) is None
    amendable.do(renommer, ligne(amendable, convention_id, tables.convention)["structure_id"])
    assert amendable.read(actes.load, convention_id, un).beneficiaire.nom == "Renommée depuis"


def test_undoing_a_taking_back_sends_what_had_gone_out_or_nothing(amendable: Desk) -> None:
    convention_id, un = prete(amendable)
    deplacer(amendable, "avenants", un, "envoyer")
    partie = copie(amendable, convention_id, un)
    reprise = deplacer(amendable, "avenants", un, "reprendre")
    defait = jouer(amendable, reprise.inverse)
    assert copie(amendable, convention_id, un) == partie
    refait = jouer(amendable, defait.inverse)
    amendable.do(renommer, ligne(amendable, convention_id, tables.convention)["structure_id"])
    with pytest.raises(ConflitDeVersion, match="ne peut pas repartir tel quel"):
        jouer(amendable, refait.inverse)
    assert etat(amendable, "avenants", un) == "projet"


CONTENU = {
    "conventions": ({"objet": "Autre"}, {"fin": date(2025, 6, 30)}, {"structure_id": 2}),
    "avenants": ({"objet": "Autre"}, {"modele": "5"}),
}


@pytest.mark.parametrize("sujet", CONTENU)
def test_nothing_changes_in_an_act_that_went_out(amendable: Desk, sujet: str) -> None:
    _, avenant_id = prete(amendable)
    cible = avenant_id if sujet == "avenants" else preparee(amendable)
    deplacer(amendable, sujet, cible, "envoyer")
    for valeurs in CONTENU[sujet]:
        with pytest.raises(SaisieRefusee, match="est à la signature ou signé : rien n’y change"):
            changer(amendable, sujet, cible, **valeurs)
    with pytest.raises(Refus, match="ne se supprime pas"):
        amendable.do(edition.delete, sujet, (cible,))
    changer(amendable, sujet, cible, observations="Relancée par téléphone")


def test_an_avenant_never_shows_the_copy_of_its_convention(amendable: Desk) -> None:
    preparer(amendable)
    une = preparee(amendable)
    signer(amendable, "conventions", une)
    un = creee(amendable, "avenants", **avenant_a(une))
    assert copie(amendable, une) is not None
    assert copie(amendable, une, un) is None
    assert amendable.read(actes.load, une, un).rang == 1
    assert amendable.read(actes.load, une).rang == 0


def test_an_act_that_is_gone_is_told(amendable: Desk) -> None:
    convention_id, _ = prete(amendable)
    with pytest.raises(Refus, match="n’existe plus"):
        amendable.read(actes.load, convention_id, 9999)
    with pytest.raises(Refus, match="n’existe plus"):
        amendable.read(actes.load, 9999)
