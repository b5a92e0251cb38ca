"""Payments: where each stands on a day, what is refused, and the credits that a year calls for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.champs import check_valeurs
from inclusion_desk.domain.codes import DECLENCHEURS
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import (
    CHAMPS,
    ETATS_VERSEMENT,
    BesoinCp,
    Versement,
    besoins_cp,
    check_plafond,
    check_versements,
    non_echelonnes,
    reste_a_prevoir,
)

AVANCE = Versement(1, 1, 9, 1, "Avance", 4_300, 14_543_750, "signature", date(2025, 1, 15))
SOLDE = Versement(
    2, 1, 9, 2, "Solde", None, 8_455_668, "bilan_final", date(2026, 3, 31), "Bilan final", code_operation="C02-446A05"
)
JOURS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
VERSEMENTS = st.builds(
    Versement,
    id=st.integers(1, 99),
    version=st.just(1),
    convention_id=st.integers(1, 3),
    rang=st.integers(1, 9),
    libelle=st.just("Versement"),
    part=st.none(),
    montant=st.integers(0, 10**9),
    declencheur=st.sampled_from(sorted(DECLENCHEURS)),
    echeance=st.none() | JOURS,
    piece=st.sampled_from(["", "Bilan"]),
    paye_le=st.none() | JOURS,
    piece_recue_le=st.none() | JOURS,
    code_operation=st.sampled_from(["C02-446A05", "C01-444H02"]),
).map(lambda v: replace(v, montant_paye=v.montant // 2 if v.paye_le else None))


@pytest.mark.parametrize(
    ("jour", "etat", "retard"),
    [
        (date(2025, 1, 14), "a_venir", 0),
        (date(2025, 1, 15), "exigible", 0),
        (date(2025, 3, 16), "exigible", 0),
        (date(2025, 3, 17), "retard", 1),
        (date(2025, 4, 15), "retard", 30),
    ],
)
def test_an_instalment_is_due_on_its_day_and_late_sixty_days_after(jour: date, etat: str, retard: int) -> None:
    assert AVANCE.etat(jour) == etat
    assert AVANCE.retard(jour) == retard


def test_an_instalment_without_a_day_is_to_come() -> None:
    sans_date = replace(AVANCE, echeance=None)
    assert sans_date.etat(date(2030, 1, 1)) == "a_venir"
    assert sans_date.exigible_le is None
    assert sans_date.limite is None


def test_an_instalment_paid_is_paid_from_its_payment_on_and_leaves_nothing() -> None:
    paye = replace(AVANCE, montant_paye=14_000_000, paye_le=date(2025, 2, 1))
    assert paye.etat(date(2025, 1, 31)) == "exigible"
    assert paye.etat(date(2025, 2, 1)) == "paye"
    assert paye.retard(date(2026, 1, 1)) == 0
    assert paye.reste == 0
    assert AVANCE.reste == 14_543_750


def test_what_waits_for_a_bilan_falls_due_when_it_comes_and_not_before() -> None:
    assert SOLDE.etat(date(2026, 3, 30)) == "a_venir"
    assert SOLDE.etat(date(2026, 3, 31)) == "attente"
    assert SOLDE.etat(date(2027, 3, 31)) == "attente"
    assert SOLDE.retard(date(2027, 3, 31)) == 0
    en_avance = replace(SOLDE, piece_recue_le=date(2026, 2, 1))
    assert en_avance.etat(date(2026, 2, 1)) == "exigible"
    assert en_avance.limite == date(2026, 4, 2)
    assert replace(SOLDE, piece_recue_le=date(2026, 7, 1)).exigible_le == date(2026, 7, 1)


def test_an_early_bilan_does_not_make_late_what_is_paid_by_the_day_agreed() -> None:
    solde = replace(SOLDE, echeance=date(2026, 6, 30), piece_recue_le=date(2026, 2, 1))
    assert solde.limite == date(2026, 6, 30)
    assert solde.etat(date(2026, 6, 30)) == "exigible"
    assert solde.retard(date(2026, 7, 1)) == 1


def test_a_document_that_comes_early_does_not_bring_a_fixed_date_forward() -> None:
    versement = replace(SOLDE, declencheur="fin", echeance=date(2026, 6, 30))
    assert versement.etat(date(2026, 7, 1)) == "attente"
    assert replace(versement, piece_recue_le=date(2026, 3, 31)).exigible_le == date(2026, 6, 30)
    assert replace(versement, piece_recue_le=date(2026, 9, 1)).exigible_le == date(2026, 9, 1)


@given(VERSEMENTS, JOURS)
def test_every_instalment_has_one_state_each_day_and_is_late_in_one_only(versement: Versement, jour: date) -> None:
    etat = versement.etat(jour)
    assert etat in ETATS_VERSEMENT
    assert (versement.retard(jour) > 0) == (etat == "retard")
    demain = versement.etat(jour + timedelta(days=1))
    suites = {"a_venir": ETATS_VERSEMENT, "attente": {"attente", "exigible", "paye"}, "retard": {"retard", "paye"}}
    suites |= {"exigible": {"exigible", "retard", "paye"}, "paye": {"paye"}}
    assert demain in suites[etat]


def test_payments_within_what_is_planned_and_planned_within_the_convention_pass() -> None:
    check_versements(22_999_418, (replace(AVANCE, montant_paye=14_543_750, paye_le=date(2025, 2, 1)), SOLDE))
    check_versements(99_999_999, (AVANCE, SOLDE))
    assert reste_a_prevoir(33_822_674, (AVANCE, SOLDE)) == 10_823_256


@pytest.mark.parametrize(
    ("total", "versement", "phrase", "champ"),
    [
        (14_543_749, AVANCE, "dépassent le montant de la convention, 145\u00a0437,49\u00a0€.*0,01\u00a0€", "montant"),
        (10**9, replace(AVANCE, montant=-1), "n°\u00a01 est négatif", "montant"),
        (10**9, replace(AVANCE, montant_paye=1), "saisissez la date de paiement", "paye_le"),
        (10**9, replace(AVANCE, paye_le=date(2025, 1, 1)), "saisissez le montant payé", "montant_paye"),
        (
            10**9,
            replace(AVANCE, montant_paye=14_543_751, paye_le=date(2025, 1, 1)),
            "hauteur de 145\u00a0437,51\u00a0€ pour 145\u00a0437,50\u00a0€ prévus",
            "montant_paye",
        ),
    ],
)
def test_refuses_what_passes_the_convention_or_the_plan(
    total: int, versement: Versement, phrase: str, champ: str
) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        check_versements(total, (versement,))
    assert refus.value.champ == champ


@given(st.integers(-(10**9), 10**11), st.lists(VERSEMENTS, max_size=6))
def test_the_instalments_of_an_act_never_pass_what_it_brings(apport: int, versements: list[Versement]) -> None:
    prevus = sum(v.montant for v in versements)
    if prevus <= max(apport, 0):
        check_plafond("la convention", apport, versements)
        return
    with pytest.raises(Refus, match="dépassent ce qu’apporte la convention") as refus:
        check_plafond("la convention", apport, versements)
    assert format_montant(prevus - max(apport, 0)) in str(refus.value)


def test_the_credits_of_a_year_add_up_by_line_and_late_payments_move_to_the_current_year() -> None:
    paye = replace(AVANCE, montant_paye=14_000_000, paye_le=date(2025, 2, 1), code_operation="C02-446A05")
    oublie = replace(AVANCE, echeance=date(2024, 6, 1), montant=100)
    sans_date = replace(AVANCE, echeance=None, montant=7)
    assert besoins_cp((sans_date, SOLDE, oublie, paye), 2025) == (
        BesoinCp(2025, "", 100, 0, 100, reporte=100),
        BesoinCp(2025, "C02-446A05", 14_543_750, 14_000_000, 0),
        BesoinCp(2026, "C02-446A05", 8_455_668, 0, 8_455_668),
        BesoinCp(None, "", 7, 0, 7),
    )
    assert besoins_cp((oublie,)) == (BesoinCp(2024, "", 100, 0, 100),)
    assert besoins_cp((paye,))[0].libere == 543_750


@given(st.lists(VERSEMENTS, max_size=12), st.none() | st.integers(2020, 2030))
def test_credits_lose_and_invent_no_cent(versements: list[Versement], annee: int | None) -> None:
    besoins = besoins_cp(versements, annee)
    assert sum(b.prevu for b in besoins) == sum(v.montant for v in versements)
    assert sum(b.paye for b in besoins) == sum(v.montant_paye or 0 for v in versements)
    assert sum(b.reste for b in besoins) == sum(v.reste for v in versements)
    assert len({(b.annee, b.code_operation) for b in besoins}) == len(besoins)
    assert all(b.libere >= 0 for b in besoins)
    assert all(0 <= b.reporte <= b.reste for b in besoins)
    assert all(b.annee == annee for b in besoins if b.reporte)


CODES = st.dictionaries(st.sampled_from(["", "C01-444H02", "C02-446A05"]), st.integers(-(10**6), 10**9))


@given(CODES, st.lists(VERSEMENTS, max_size=6))
def test_what_no_instalment_pays_is_all_there_and_no_more(apports: dict[str, int], versements: list[Versement]) -> None:
    siens = [replace(v, convention_id=1) for v in versements]
    libres = non_echelonnes({1: apports}, siens)
    assert sum(b.reste for b in libres) == max(0, sum(apports.values()) - sum(v.montant for v in siens))
    assert all(b.prevu == b.reste > 0 == b.paye == b.libere and b.periode == "Non échelonné" for b in libres)


def test_one_convention_never_makes_up_for_another() -> None:
    apports = {9: {"C02-446A05": 8_455_668}, 10: {"C02-446A05": 7_985_000, "C01-444H02": 100}}
    assert non_echelonnes(apports, (AVANCE, SOLDE)) == (
        BesoinCp(None, "C01-444H02", 100, 0, 100, echelonne=False),
        BesoinCp(None, "C02-446A05", 7_985_000, 0, 7_985_000, echelonne=False),
    )


def test_a_form_is_read_by_its_fields() -> None:
    lues = check_valeurs(CHAMPS, {"part": 4_300, "declencheur": "fin", "echeance": date(2025, 1, 1), "montant": 1})
    assert lues == {"part": 4_300, "declencheur": "fin", "echeance": date(2025, 1, 1), "montant": 1}
