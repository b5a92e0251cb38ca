"""Acts that no phase made: they go out under the deliberation typed; avenants of paper take their place in a chain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from inclusion_desk.documents import lecture
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.services import collectivite, conventions, edition, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import actes, fiches, rows, tables
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
    preparer,
    signer,
    toutes,
)

CAS = "2024-01213"
SEANCE = date(2025, 1, 6)
DELIBERATION: dict[str, Any] = {"deliberation_numero": "2025-12", "deliberation_le": SEANCE}
PAPIER = {"externe": True, "signee_structure": date(2024, 9, 2), "signee_departement": date(2024, 9, 12)}


def garnir(desk: Desk, convention_id: int, avenant_id: int | None = None) -> None:
    """Give an act the sheet that it annexes."""
    fiche = desk.read(fiches.load, None)[0].id
    valeurs = {"convention_id": convention_id, "avenant_id": avenant_id, "annexe": 2, "fiche_id": fiche}
    desk.do(edition.create, "annexes_actes", PHASE, valeurs)


def complete(desk: Desk) -> int:
    """Give a structure known whole, which an act of the case names."""
    return nommee(desk, CAS).structure_id


def signataire(desk: Desk) -> None:
    """Name who signs for the Département."""
    avant = desk.read(collectivite.lire)
    desk.do(collectivite.ecrire, avant, {**avant, "nom": "Pas-de-Calais", "signataire": "Dominique EXEMPLE"})


# Deliberation


@pytest.mark.parametrize("sujet", ["conventions", "avenants"])
def test_an_act_added_by_hand_goes_out_under_its_deliberation(amendable: Desk, sujet: str) -> None:
    preparer(amendable)
    convention_id = nommee(amendable, CAS).id
    signataire(amendable)
    if sujet == "avenants":
        signer(amendable, "avenants", avenants(amendable, CAS)[0].id)
        un = creee(amendable, sujet, **avenant_a(convention_id))
        ids: tuple[int, int | None] = (convention_id, un)
    else:
        un = creee(amendable, structure_id=complete(amendable), deliberation_numero="", deliberation_le=None)
        ids = (un, None)
    garnir(amendable, *ids)
    with pytest.raises(Refus, match="Il manque la délibération de la Commission permanente") as refus:
        deplacer(amendable, sujet, un, "envoyer")
    assert refus.value.champ == "deliberation_numero"
    changer(amendable, sujet, un, **DELIBERATION)
    acte = amendable.read(actes.load, *ids)
    assert acte.autorisation is not None
    assert (acte.autorisation.numero, acte.autorisation.instance, acte.autorisation.jour) == (
        "2025-12", "Commission permanente", SEANCE,
    )  # fmt: skip
    signer(amendable, sujet, un)
    assert etat(amendable, sujet, un) == "signee"
    assert copie(amendable, *ids) is not None
    texte = " ".join(lecture.read_pdf(document(amendable, *ids)).split())
    assert "2025-12 de la Commission permanente du 6 janvier 2025" in texte
    with pytest.raises(SaisieRefusee, match="rien n’y change"):
        changer(amendable, sujet, un, deliberation_numero="2025-13")
    assert amendable.read(verification.anomalies) == ()


def test_the_sheet_of_an_act_by_hand_costs_what_it_brings(amendable: Desk) -> None:
    identifiant = creee(amendable, structure_id=complete(amendable), **DELIBERATION)
    for annexe in (2, 3):
        fiche = amendable.read(fiches.load, None)[annexe].id
        valeurs = {"convention_id": identifiant, "annexe": annexe, "fiche_id": fiche}
        amendable.do(edition.create, "annexes_actes", PHASE, valeurs)
    montant = {"convention_id": identifiant, "debut": date(2025, 1, 1), "fin": date(2025, 12, 31), "montant": 1_234_567}
    amendable.do(edition.create, "montants", PHASE, montant)
    acte = amendable.read(actes.load, identifiant)
    assert [fiche.montants for fiche in acte.fiches] == [(1_234_567,), ()]
    assert (acte.departement.president, acte.departement.lieu) == ("Jean-Claude LEROY", "Arras")  # of the last sitting


def test_an_act_of_a_phase_leaves_its_deliberation_to_it(amendable: Desk) -> None:
    preparer(amendable)
    (un,) = avenants(amendable, CAS)
    assert un.deliberation == "n°\u00a02024-587 du 09/12/2024"
    une = next(c for c in toutes(amendable) if c.phase_id == PHASE)
    assert une.deliberation == un.deliberation
    for sujet, cible in (("avenants", un.id), ("conventions", une.id)):
        with pytest.raises(SaisieRefusee, match="celle de sa phase") as refus:
            changer(amendable, sujet, cible, **DELIBERATION)
        assert refus.value.champ == "deliberation_numero"
        changer(amendable, sujet, cible, observations="Relue")


# Days


@pytest.mark.parametrize(
    ("valeurs", "champ", "phrase"),
    [
        ({"signee_structure": date(2025, 1, 5)}, "signee_structure", "précède la délibération qui autorise l’acte"),
        ({"signee_departement": date(2024, 12, 1)}, "signee_departement", r"\(06/01/2025\)"),
        ({"executoire_le": date(2025, 2, 1)}, "executoire_le", "une fois signé des deux parties"),
        ({**SIGNATURES, "executoire_le": date(2025, 1, 15)}, "executoire_le", "avant sa dernière signature"),
    ],
)
def test_the_days_of_a_convention_follow_each_other(
    amendable: Desk, valeurs: dict[str, Any], champ: str, phrase: str
) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        creer(amendable, **DELIBERATION, **valeurs)
    assert refus.value.champ == champ
    une = creee(amendable, **DELIBERATION)
    with pytest.raises(SaisieRefusee, match=phrase):
        changer(amendable, "conventions", une, **valeurs)


def test_nothing_is_signed_decided_or_in_force_ahead_of_today(amendable: Desk) -> None:
    demain = aujourdhui() + timedelta(days=1)
    with pytest.raises(SaisieRefusee) as refus:
        creer(amendable, deliberation_numero="1", deliberation_le=demain, signee_structure=demain)
    assert [r.champ for r in refus.value.refus] == ["deliberation_le", "signee_structure"]
    with pytest.raises(SaisieRefusee, match="postérieure à ce jour") as refus:
        changer(amendable, "conventions", nommee(amendable, CAS).id, executoire_le=demain)
    assert refus.value.champ == "executoire_le"


def test_an_act_of_a_phase_is_not_signed_before_its_sitting(amendable: Desk) -> None:
    preparer(amendable)
    (un,) = avenants(amendable, CAS)
    with pytest.raises(SaisieRefusee, match=r"précède la délibération qui autorise l’acte \(09/12/2024\)"):
        changer(amendable, "avenants", un.id, signee_structure=date(2024, 12, 8))
    changer(amendable, "avenants", un.id, signee_structure=date(2024, 12, 9))


def test_an_avenant_is_not_signed_before_its_convention_nor_the_convention_after_it(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    with pytest.raises(SaisieRefusee, match=r"précède la signature de sa convention \(14/08/2024\)") as refus:
        creer(amendable, "avenants", **avenant_a(une, **{**PAPIER, "signee_structure": date(2024, 8, 13)}))
    assert refus.value.champ == "signee_structure"
    creer(amendable, "avenants", **avenant_a(une, **PAPIER))
    with pytest.raises(SaisieRefusee, match=r"suit celle d’un avenant à la convention \(02/09/2024\)") as refus:
        changer(amendable, "conventions", une, signee_departement=date(2024, 9, 3))
    assert refus.value.champ == "signee_departement"
    changer(amendable, "conventions", une, signee_departement=date(2024, 9, 2))


def test_days_recorded_before_they_were_checked_do_not_stand_in_the_way(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id

    def ancient(session: Session) -> Changes:
        rows.update_values(session, tables.convention, une, {"executoire_le": date(2020, 1, 1)})
        return Changes("essai", {})

    amendable.do(ancient)
    changer(amendable, "conventions", une, observations="Vue")
    with pytest.raises(SaisieRefusee, match="avant sa dernière signature"):
        changer(amendable, "conventions", une, executoire_le=date(2020, 1, 2))


# Avenants of paper


def test_an_avenant_of_paper_is_signed_at_once_and_the_next_of_a_phase_follows(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    un = creee(amendable, "avenants", **avenant_a(une, rang=1, **PAPIER))
    assert etat(amendable, "avenants", un) == "signee"
    assert copie(amendable, une, un) is None
    deux = creee(amendable, "avenants", **avenant_a(une, **PAPIER, executoire_le=date(2024, 10, 1)))
    assert etat(amendable, "avenants", deux) == "executoire"
    preparer(amendable)
    assert [(a.rang, a.externe, a.phase_reference) for a in avenants(amendable, CAS)] == [
        (1, True, ""), (2, True, ""), (3, False, "2024/6"),
    ]  # fmt: skip
    signer(amendable, "avenants", avenants(amendable, CAS)[2].id)
    assert amendable.read(verification.anomalies) == ()


def test_an_avenant_of_paper_counts_in_the_chain_and_may_be_put_right(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    valeurs = avenant_a(une, modele="9", fin=date(2026, 6, 30), **PAPIER)
    un = creee(amendable, "avenants", **valeurs)
    tranche = {"convention_id": une, "avenant_id": un, "debut": date(2026, 1, 1), "fin": date(2026, 6, 30)}
    amendable.do(edition.create, "montants", PHASE, {**tranche, "montant": 1_000_00})
    lue = nommee(amendable, CAS)
    assert (lue.montant, lue.terme) == (33_822_674 + 1_000_00, date(2026, 6, 30))
    assert [e.montant for e in amendable.read(conventions.lire, une).etapes] == [33_822_674, 33_922_674]
    changer(amendable, "avenants", un, objet="Corrigé", signee_departement=date(2024, 9, 20))
    retire = amendable.do(edition.delete, "avenants", (un,))
    assert nommee(amendable, CAS).montant == 33_822_674
    jouer(amendable, retire.inverse)
    assert nommee(amendable, CAS).montant == 33_922_674


def test_the_chain_of_avenants_has_no_gap_whoever_numbers_them(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    for rang, phrase in ((2, "enregistrez d’abord le n° 1"), (0, "enregistrez d’abord le n° 1")):
        with pytest.raises(SaisieRefusee, match=phrase) as refus:
            creer(amendable, "avenants", **avenant_a(une, rang=rang, **PAPIER))
        assert refus.value.champ == "rang"
    with pytest.raises(SaisieRefusee, match="Le numéro est donné par l’outil"):
        creer(amendable, "avenants", **avenant_a(une, rang=7))
    un = creee(amendable, "avenants", **avenant_a(une, rang=1))
    with pytest.raises(SaisieRefusee, match=r"n° 1 à la convention 2024-01213 existe déjà \(projet\)"):
        creer(amendable, "avenants", **avenant_a(une, rang=1, **PAPIER))
    with pytest.raises(Refus, match="n° 1 n’est pas signé"):
        creer(amendable, "avenants", **avenant_a(une, **PAPIER))
    for valeurs, phrase in (({"rang": 2}, "ne se change pas"), ({"externe": True}, "L’origine d’un avenant")):
        with pytest.raises(SaisieRefusee, match=phrase):
            changer(amendable, "avenants", un, **valeurs)
    assert [a.rang for a in avenants(amendable, CAS)] == [1]


def test_an_avenant_of_paper_that_was_paid_stays(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    un = creee(amendable, "avenants", **avenant_a(une, **PAPIER))

    def pay(session: Session) -> Changes:
        verse = {"libelle": "Avance", "montant": 5, "montant_paye": 5, "paye_le": date(2025, 1, 6)}
        parents = {"convention_id": une, "avenant_id": un, "rang": 9, "declencheur": "date"}
        rows.insert_row(session, tables.versement, {**parents, **verse})
        return Changes("essai", {})

    amendable.do(pay)
    with pytest.raises(Refus, match="a des versements payés"):
        amendable.do(edition.delete, "avenants", (un,))


# Terms and amounts


def test_a_convention_is_not_shortened_under_its_amounts(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    for valeurs, champ in (({"fin": date(2025, 6, 30)}, "fin"), ({"debut": date(2024, 1, 1)}, "debut")):
        with pytest.raises(SaisieRefusee, match=r"Un montant de la convention .338.226,74") as refus:
            changer(amendable, "conventions", une, **valeurs)
        assert refus.value.champ == champ
    changer(amendable, "conventions", une, fin=date(2026, 6, 30))
    changer(amendable, "conventions", une, fin=date(2025, 12, 31))


def test_an_avenant_does_not_end_before_its_own_amounts(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    un = creee(amendable, "avenants", **avenant_a(une, modele="9", fin=date(2026, 6, 30)))
    tranche = {"convention_id": une, "avenant_id": un, "debut": date(2026, 1, 1), "fin": date(2026, 6, 30)}
    montant = amendable.do(edition.create, "montants", PHASE, {**tranche, "montant": 1_000_00}).ids["montants"][0]
    with pytest.raises(SaisieRefusee, match=r"Un montant de l’avenant n° 1.*01/01/2026 au 30/06/2026") as refus:
        changer(amendable, "avenants", un, fin=date(2026, 3, 31))
    assert refus.value.champ == "fin"
    with pytest.raises(SaisieRefusee, match="Un montant de l’avenant n° 1"):
        changer(amendable, "avenants", un, fin=None)
    version = ligne(amendable, montant, tables.tranche)["version"]
    amendable.do(edition.update, "montants", montant, version, {"fin": date(2026, 3, 31)})
    changer(amendable, "avenants", un, fin=date(2026, 3, 31))
