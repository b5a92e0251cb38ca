"""Service fait: what is finally due, step by step, never under zero, never less for having achieved more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.money import MONTANT_MAX
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import (
    QUALITATIVE,
    QUANTITATIVE,
    REPARTITION,
    REPARTITION_DEMARRAGE,
    Penalite,
    Volet,
    arreter,
    taux_realisation,
)

MONTANTS = st.integers(0, MONTANT_MAX)
TAUX = st.integers(0, 10_000)
REALISATIONS = st.integers(0, 15_000)
PENALITES = st.lists(st.builds(Penalite, st.just("Retard"), st.integers(0, 10**6), TAUX), max_size=4)


def volets(quantite: int, qualite: int) -> tuple[Volet, Volet]:
    return Volet(QUANTITATIVE, 5_000, quantite), Volet(QUALITATIVE, 5_000, qualite)


def test_each_half_earns_its_achievement() -> None:
    fait = arreter(7_985_000, volets(9_250, 10_000), verse=4_791_000)
    assert [(v.base, v.du) for v in fait.volets] == [(3_992_500, 3_693_063), (3_992_500, 3_992_500)]
    assert (fait.calcule, fait.retenue, fait.definitif) == (7_685_563, 0, 7_685_563)
    assert (fait.solde, fait.a_verser, fait.a_recouvrer) == (2_894_563, 2_894_563, 0)


def test_the_breakdown_explains_itself() -> None:
    fait = arreter(7_985_000, volets(9_250, 11_000), (Penalite("remise tardive du bilan", taux=200),), verse=4_791_000)
    moitie = "50\u00a0%, soit 39\u00a0925\u00a0€"
    assert fait.phrases == (
        "La participation financière du Département est de 79\u00a0850\u00a0€ au plus.",
        f"Part quantitative ({moitie})\u00a0: réalisée à 92,5\u00a0%, soit 36\u00a0930,63\u00a0€.",
        f"Part qualitative ({moitie})\u00a0: réalisée à 110\u00a0%, retenue à 100\u00a0%, soit 39\u00a0925\u00a0€.",
        "Pénalité (2\u00a0%)\u00a0: remise tardive du bilan, soit une retenue de 1\u00a0537,11\u00a0€.",
        "Le montant définitif de la participation financière s’établit à 75\u00a0318,52\u00a0€.",
        "Compte tenu des 47\u00a0910\u00a0€ déjà versés, le solde à verser est de 27\u00a0408,52\u00a0€.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verse", "phrase"),
    [
        (0, "Le solde à verser est de 50\u00a0€."),
        (50_00, "Compte tenu des 50\u00a0€ déjà versés, aucune somme ne reste due."),
        (80_00, "Compte tenu des 80\u00a0€ déjà versés, un trop-perçu de 30\u00a0€ est à recouvrer."),
    ],
)
def test_what_was_paid_leaves_a_balance_or_a_debt(verse: int, phrase: str) -> None:
    fait = arreter(100_00, volets(10_000, 0), verse=verse)
    assert fait.phrases[-1] == phrase
    assert fait.a_verser - fait.a_recouvrer == fait.solde == 50_00 - verse


def test_nothing_due_and_nothing_paid_is_said_with_a_capital() -> None:
    assert arreter(100, volets(0, 0)).phrases[-1] == "Aucune somme ne reste due."


def test_while_an_action_starts_only_its_quality_counts() -> None:
    taux = {QUANTITATIVE: 1_000, QUALITATIVE: 10_000}
    for repartition, attendu in ((REPARTITION, 5_500), (REPARTITION_DEMARRAGE, 10_000)):
        assert arreter(10_000, [Volet(nom, poids, taux[nom]) for nom, poids in repartition]).definitif == attendu


def test_penalties_in_percent_and_in_euros_add_up_and_stop_at_zero() -> None:
    lourdes = (Penalite("absence", montant=9_000), Penalite("retard", taux=5_000), Penalite("défaut", montant=900))
    fait = arreter(10_000, volets(10_000, 10_000), lourdes)
    assert [p.montant for p in fait.penalites] == [9_000, 1_000, 0]
    assert fait.definitif == 0
    legeres = arreter(10_000, volets(10_000, 10_000), (Penalite("a", taux=1_000), Penalite("b", montant=500)))
    assert legeres.definitif == 8_500


def test_a_share_or_a_penalty_without_weight_counts_for_nothing_even_by_a_cent() -> None:
    parts = (Volet("a", 5_000, 10_000), Volet("b", 5_000, 10_000), Volet("c", 0, 10_000))
    assert [v.du for v in arreter(1, parts).volets] == [1, 0, 0]
    amendes = (Penalite("a", taux=5_000), Penalite("b", taux=5_000), Penalite("c"))
    assert [p.montant for p in arreter(1, parts, amendes).penalites] == [1, 0, 0]


@pytest.mark.parametrize(
    ("realise", "objectif", "taux"),
    [(0, 400, 0), (380, 400, 9_500), (400, 400, 10_000), (2, 3, 6_667), (440, 400, 11_000)],
)
def test_an_achievement_is_measured_against_its_target(realise: int, objectif: int, taux: int) -> None:
    assert taux_realisation(realise, objectif) == taux


@pytest.mark.parametrize(
    ("poids", "realisation", "penalite", "phrase", "champ"),
    [
        (4_000, 0, None, "font 90\u00a0% : ramenez leur total à 100\u00a0%", "poids"),
        (5_000, -1, None, "réalisation de la part quantitative est négatif", "realisation"),
        (5_000, 0, Penalite("retard", taux=10_001), "«\u00a0retard\u00a0» est de 100,01\u00a0%", "taux"),
        (5_000, 0, Penalite("retard", montant=-1), "«\u00a0retard\u00a0» est négative", "montant"),
    ],
)
def test_refuses_figures_that_mean_nothing(
    poids: int, realisation: int, penalite: Penalite | None, phrase: str, champ: str
) -> None:
    parts = (Volet(QUANTITATIVE, poids, realisation), Volet(QUALITATIVE, 5_000, 0))
    with pytest.raises(Refus, match=phrase) as refus:
        arreter(100, parts, (penalite,) if penalite else ())
    assert refus.value.champ == champ


@pytest.mark.parametrize(("maximum", "verse", "champ"), [(-1, 0, "montant"), (1, -1, "verse")])
def test_refuses_negative_amounts(maximum: int, verse: int, champ: str) -> None:
    with pytest.raises(Refus, match="est négatif") as refus:
        arreter(maximum, volets(0, 0), verse=verse)
    assert refus.value.champ == champ


def test_refuses_no_share_negative_weights_and_a_target_of_zero() -> None:
    for parts in ((), (Volet("a", -1, 0), Volet("b", 10_001, 0))):
        with pytest.raises(Refus, match="positive ou nulle"):
            arreter(100, parts)
    with pytest.raises(Refus, match="objectif est nul"):
        taux_realisation(1, 0)
    with pytest.raises(Refus, match="négatif"):
        taux_realisation(-1, 5)


@given(MONTANTS, st.tuples(REALISATIONS, REALISATIONS), st.integers(0, 10_000), PENALITES, MONTANTS)
def test_what_is_due_stays_between_zero_and_the_maximum(
    maximum: int, taux: tuple[int, int], poids: int, penalites: list[Penalite], verse: int
) -> None:
    moitie = (10_000 - poids) // 2
    parts = (
        Volet(QUANTITATIVE, poids, taux[0]),
        Volet(QUALITATIVE, moitie, taux[1]),
        Volet("Part expérimentale", 10_000 - poids - moitie, taux[0]),
    )
    fait = arreter(maximum, parts, penalites, verse=verse)
    assert 0 <= fait.definitif <= fait.calcule <= maximum
    assert sum(v.base for v in fait.volets) == maximum
    assert all(0 <= v.du <= v.base for v in fait.volets)
    assert all(p.montant >= 0 for p in fait.penalites)
    assert len(fait.penalites) == len(penalites)
    assert fait.definitif == verse + fait.a_verser - fait.a_recouvrer
    assert min(fait.a_verser, fait.a_recouvrer) == 0
    assert all(phrase.endswith(".") for phrase in fait.phrases)


@given(st.integers(0, 10_000), REALISATIONS, REALISATIONS, REALISATIONS, PENALITES)
def test_achieving_more_never_pays_less(
    maximum: int, quantite: int, plus: int, qualite: int, penalites: list[Penalite]
) -> None:
    moins = arreter(maximum, volets(quantite, qualite), penalites).definitif
    assert moins <= arreter(maximum, volets(quantite + plus, qualite), penalites).definitif
    assert moins <= arreter(maximum, volets(quantite, qualite + plus), penalites).definitif


@given(MONTANTS)
def test_a_full_achievement_earns_the_whole(maximum: int) -> None:
    assert arreter(maximum, volets(10_000, 10_000)).definitif == maximum
    assert arreter(maximum, volets(0, 0)).definitif == 0
