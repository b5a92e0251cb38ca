"""Bilans: due on the days of the case and of the law, late when they are, reminded level by level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.bilans import (
    COMPTE_RENDU,
    DEPARTS,
    ETATS_BILAN,
    RAPPELS,
    REGLES_BILAN,
    Bilan,
    Rappel,
    RegleBilan,
    check_lettres,
    clotures,
    echeance_de,
    prevoir_bilans,
)
from inclusion_desk.domain.codes import NATURES_BILAN
from inclusion_desk.domain.delais import AuJour, EnMois
from inclusion_desk.domain.refus import Refus

BILAN = Bilan(1, 1, 9, "final", date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31))
JOURS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
REGLES = st.builds(
    RegleBilan,
    st.sampled_from(sorted(NATURES_BILAN)),
    st.sampled_from(sorted(DEPARTS)),
    st.builds(EnMois, st.integers(0, 24)) | st.builds(AuJour, st.integers(1, 28), st.integers(1, 12)),
    st.sampled_from([0, 12, 24]),
)


@pytest.mark.parametrize(
    ("code", "debut", "fin", "attendus"),
    [
        (
            "accueil", date(2024, 1, 1), date(2025, 12, 31),
            [("intermediaire", date(2025, 3, 31)), ("final", date(2026, 3, 31))],
        ),
        ("accueil", date(2025, 1, 1), date(2025, 12, 31), [("final", date(2026, 3, 31))]),
        ("equilibre", date(2025, 1, 1), date(2025, 6, 30), [("final", date(2025, 12, 31))]),
        ("independants", date(2023, 7, 1), date(2025, 12, 31), [("final", date(2026, 3, 31))]),
    ],
)  # fmt: skip
def test_the_actions_of_the_case_owe_their_bilans_on_its_days(
    code: str, debut: date, fin: date, attendus: list[tuple[str, date]]
) -> None:
    bilans = prevoir_bilans(REGLES_BILAN[code], debut, fin, 9)
    assert [(b.nature, b.echeance) for b in bilans] == attendus
    assert {b.convention_id for b in bilans} == {9}


def test_the_intermediate_bilan_reports_on_the_first_year() -> None:
    bilans = prevoir_bilans(REGLES_BILAN["accueil"], date(2024, 1, 1), date(2025, 12, 31))
    assert (bilans[0].debut, bilans[0].fin) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (bilans[1].debut, bilans[1].fin) == (date(2024, 1, 1), date(2025, 12, 31))


def test_a_financial_report_is_due_six_months_after_each_financial_year() -> None:
    """Loi 2000-321, art. 10."""
    bilans = prevoir_bilans((COMPTE_RENDU,), date(2023, 7, 1), date(2025, 12, 31))
    assert [(b.libelle, b.debut, b.fin, b.echeance) for b in bilans] == [
        ("Compte rendu financier 2023", date(2023, 7, 1), date(2023, 12, 31), date(2024, 6, 30)),
        ("Compte rendu financier 2024", date(2024, 1, 1), date(2024, 12, 31), date(2025, 6, 30)),
        ("Compte rendu financier 2025", date(2025, 1, 1), date(2025, 12, 31), date(2026, 6, 30)),
    ]


def test_a_financial_year_may_close_in_summer_and_outlive_the_action() -> None:
    bilans = prevoir_bilans((COMPTE_RENDU,), date(2024, 11, 1), date(2025, 11, 30), cloture=(31, 8))
    assert [(b.debut, b.fin, b.echeance) for b in bilans] == [
        (date(2024, 11, 1), date(2025, 8, 31), date(2026, 2, 28)),
        (date(2025, 9, 1), date(2025, 11, 30), date(2027, 2, 28)),
    ]


def test_an_action_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refus, match="finit le 31/12/2024, avant de commencer le 01/01/2025") as refus:
        prevoir_bilans((COMPTE_RENDU,), date(2025, 1, 1), date(2024, 12, 31))
    assert refus.value.champ == "fin"


@given(st.lists(REGLES, max_size=4), JOURS, st.integers(0, 1500), st.integers(1, 12))
def test_no_bilan_is_due_before_the_period_it_reports_on_ends(
    regles: list[RegleBilan], debut: date, duree: int, mois: int
) -> None:
    fin = debut + timedelta(days=duree)
    bilans = prevoir_bilans(regles, debut, fin, cloture=(28, mois))
    assert [b.echeance for b in bilans] == sorted(b.echeance for b in bilans)
    for bilan in bilans:
        assert debut <= bilan.debut <= bilan.fin <= min(fin, bilan.echeance)


@given(JOURS, st.integers(0, 1500), st.integers(1, 31), st.integers(1, 12))
def test_the_financial_years_cover_the_period_without_gap(debut: date, duree: int, jour: int, mois: int) -> None:
    fin = debut + timedelta(days=duree)
    bilans = prevoir_bilans((COMPTE_RENDU,), debut, fin, cloture=(jour, mois))
    assert bilans[0].debut == debut
    assert bilans[-1].fin == fin
    for avant, apres in pairwise(bilans):
        assert apres.debut == avant.fin + timedelta(days=1)
    assert len(clotures(debut, fin, (jour, mois))) == len(bilans)


@pytest.mark.parametrize(
    ("jour", "etat", "retard"),
    [
        (date(2025, 11, 30), "a_venir", 0),
        (date(2025, 12, 1), "attendu", 0),
        (date(2025, 12, 31), "attendu", 0),
        (date(2026, 1, 1), "retard", 1),
        (date(2026, 1, 31), "retard", 31),
    ],
)
def test_a_bilan_is_expected_thirty_days_before_and_late_the_day_after(jour: date, etat: str, retard: int) -> None:
    assert BILAN.etat(jour) == etat
    assert BILAN.retard(jour) == retard


def test_a_bilan_received_is_in_time_or_late_for_ever() -> None:
    a_temps = replace(BILAN, recu_le=date(2025, 12, 31))
    tardif = replace(BILAN, recu_le=date(2026, 1, 10))
    assert a_temps.etat(date(2026, 5, 1)) == "recu"
    assert tardif.etat(date(2026, 1, 9)) == "retard"
    assert tardif.etat(date(2026, 5, 1)) == "recu_retard"
    assert (a_temps.retard(date(2026, 5, 1)), tardif.retard(date(2026, 5, 1))) == (0, 10)


@pytest.mark.parametrize(
    ("jour", "niveau"),
    [
        (date(2025, 11, 30), None),
        (date(2025, 12, 1), 1),
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 2),
        (date(2026, 1, 31), 3),
        (date(2026, 3, 2), 4),
        (date(2027, 1, 1), 4),
    ],
)
def test_reminders_rise_with_the_days(jour: date, niveau: int | None) -> None:
    rappel = BILAN.rappel(jour)
    assert (rappel.niveau if rappel else None) == niveau
    assert replace(BILAN, recu_le=jour).rappel(jour) is None


def test_a_letter_is_to_send_until_it_or_a_stronger_one_has_gone() -> None:
    jour = BILAN.echeance + timedelta(days=40)
    rappel, relance, seconde, demeure = RAPPELS
    assert BILAN.a_envoyer(BILAN.echeance) == rappel
    assert replace(BILAN, rappel_le=BILAN.echeance).a_envoyer(BILAN.echeance) is None
    assert BILAN.a_envoyer(jour) == relance  # one level at a time, however late
    relancee = replace(BILAN, relance_le=jour)
    assert (relancee.a_envoyer(jour), relancee.lettre_du(jour)) == (None, relance)
    assert relancee.a_envoyer(jour + timedelta(days=relance.reponse)) is None
    assert relancee.a_envoyer(jour + timedelta(days=relance.reponse + 1)) == seconde
    assert replace(BILAN, seconde_relance_le=jour).a_envoyer(jour + timedelta(days=20)) is None
    assert replace(BILAN, seconde_relance_le=jour).a_envoyer(jour + timedelta(days=21)) == demeure
    assert replace(BILAN, mise_en_demeure_le=jour).a_envoyer(jour + timedelta(days=99)) is None
    assert replace(relancee, recu_le=jour).lettre_du(jour) is None
    assert replace(BILAN, relance_le=jour, rappel_le=jour).lettres == ((RAPPELS[0], jour), (RAPPELS[1], jour))


@pytest.mark.parametrize(
    ("jours", "phrase"),
    [
        ((date(2026, 1, 2), date(2026, 1, 1)), "La date de la relance précède celle du rappel, le 02/01/2026"),
        ((date(2026, 2, 2), None), "La date du rappel est postérieure à ce jour"),
    ],
)
def test_letters_follow_one_another(jours: tuple[date | None, ...], phrase: str) -> None:
    lettres = [(r, jour) for r, jour in zip(RAPPELS, jours, strict=False) if jour is not None]
    with pytest.raises(Refus, match=phrase):
        check_lettres(lettres, date(2026, 2, 1))


def test_a_direction_may_choose_its_own_reminders() -> None:
    assert BILAN.rappel(date(2026, 6, 1), ()) is None
    assert BILAN.rappel(date(2026, 1, 5), (Rappel(1, "Appel", 5, "rappel_le"),)) == Rappel(1, "Appel", 5, "rappel_le")


@given(JOURS, st.none() | JOURS, JOURS)
def test_every_bilan_has_one_state_each_day(echeance: date, recu: date | None, jour: date) -> None:
    bilan = replace(BILAN, echeance=echeance, recu_le=recu)
    assert bilan.etat(jour) in ETATS_BILAN
    assert (bilan.retard(jour) > 0) == (bilan.etat(jour) in {"retard", "recu_retard"})


def test_the_day_a_payment_waits_for_is_that_of_the_first_bilan_of_its_kind() -> None:
    bilans = prevoir_bilans(REGLES_BILAN["accueil"], date(2024, 1, 1), date(2025, 12, 31))
    assert echeance_de(bilans, "intermediaire") == date(2025, 3, 31)
    assert echeance_de(bilans, "financier") is None
