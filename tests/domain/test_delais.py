"""Delays: months that end right, terms that never come before their start, delays typed in words."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.delais import (
    AuJour,
    Delai,
    EnMois,
    ajouter_mois,
    dire_delai,
    duree_mois,
    fin_de_mois,
    fin_periode,
    format_delai,
    parse_delai,
    terme,
)
from inclusion_desk.domain.refus import Refus

JOURS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
MOIS = st.integers(0, 120)
LONGUEURS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DELAIS = st.one_of(
    st.builds(EnMois, MOIS),
    st.integers(1, 12).flatmap(lambda m: st.builds(AuJour, st.integers(1, LONGUEURS[m - 1]), st.just(m))),
)


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2024, 12, 9), 3, date(2025, 3, 9)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 2, 28), 3, date(2025, 5, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(jour: date, mois: int, attendu: date) -> None:
    assert ajouter_mois(jour, mois) == attendu


@pytest.mark.parametrize(
    ("fin", "mois", "attendu"),
    [
        (date(2025, 6, 30), 6, date(2025, 12, 31)),
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2025, 12, 31), 3, date(2026, 3, 31)),
        (date(2025, 2, 28), 3, date(2025, 5, 31)),
        (date(2024, 2, 28), 3, date(2024, 5, 28)),
        (date(2025, 6, 29), 6, date(2025, 12, 29)),
        (date(2025, 6, 30), 0, date(2025, 6, 30)),
    ],
)
def test_what_ends_with_a_month_has_a_term_that_does_too(fin: date, mois: int, attendu: date) -> None:
    assert terme(fin, mois) == attendu


@given(JOURS, MOIS, MOIS)
def test_a_term_never_comes_before_its_start_and_grows_with_its_months(jour: date, mois: int, plus: int) -> None:
    assert jour <= ajouter_mois(jour, mois) <= terme(jour, mois) <= terme(jour, mois + plus)
    assert (terme(jour, mois).year * 12 + terme(jour, mois).month) - (jour.year * 12 + jour.month) == mois


@given(JOURS, DELAIS)
def test_no_delay_falls_before_the_end_it_counts_from(fin: date, delai: Delai) -> None:
    assert delai.apres(fin) >= fin


@given(JOURS, JOURS, DELAIS)
def test_a_later_end_never_gives_an_earlier_term(fin: date, autre: date, delai: Delai) -> None:
    tot, tard = sorted((fin, autre))
    assert delai.apres(tot) <= delai.apres(tard)


@given(JOURS, st.integers(1, 120))
def test_a_period_lasts_the_months_it_was_made_of(debut: date, mois: int) -> None:
    fin = fin_periode(debut, mois)
    assert duree_mois(debut, fin) == mois
    assert duree_mois(debut, fin - timedelta(days=1)) < mois


@pytest.mark.parametrize(
    ("debut", "fin", "mois"),
    [
        (date(2024, 1, 1), date(2025, 12, 31), 24),
        (date(2023, 7, 1), date(2025, 12, 31), 30),
        (date(2024, 11, 1), date(2025, 10, 31), 12),
        (date(2024, 11, 1), date(2025, 11, 30), 13),
        (date(2025, 1, 1), date(2025, 6, 30), 6),
        (date(2025, 1, 1), date(2025, 1, 30), 0),
    ],
)
def test_the_periods_of_the_case_are_counted_in_months(debut: date, fin: date, mois: int) -> None:
    assert duree_mois(debut, fin) == mois


def test_a_fixed_day_is_that_of_the_next_year_and_february_is_clipped() -> None:
    assert AuJour(31, 3).apres(date(2024, 12, 31)) == date(2025, 3, 31)
    assert AuJour(31, 3).apres(date(2024, 6, 30)) == date(2025, 3, 31)
    assert AuJour(29, 2).apres(date(2024, 6, 30)) == date(2025, 2, 28)
    assert AuJour(29, 2).apres(date(2023, 6, 30)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("texte", "delai"),
    [
        ("6 mois", EnMois(6)),
        ("6\u00a0mois", EnMois(6)),
        ("6mois", EnMois(6)),
        (" 3 ", EnMois(3)),
        ("0", EnMois(0)),
        ("31/03", AuJour(31, 3)),
        ("31/3", AuJour(31, 3)),
        ("31/03/N+1", AuJour(31, 3)),
        ("31 mars", AuJour(31, 3)),
        ("31 Mars N + 1", AuJour(31, 3)),
        ("1er décembre de l’année suivante", AuJour(1, 12)),
        ("29/02", AuJour(29, 2)),
    ],
)
def test_reads_what_users_type(texte: str, delai: Delai) -> None:
    assert parse_delai(texte) == delai


@pytest.mark.parametrize("texte", ["", "six mois", "6 semaines", "31/13", "30/02", "0/1", "31 marrs", "31/03/2025"])
def test_refuses_the_rest_and_says_what_to_type(texte: str) -> None:
    with pytest.raises(Refus, match=r"6 mois.*31/03") as refus:
        parse_delai(texte, "Le délai", "delai")
    assert refus.value.champ == "delai"


def test_refuses_a_delay_of_more_than_ten_years() -> None:
    with pytest.raises(Refus, match="dépasse 120"):
        parse_delai("121 mois")


@given(DELAIS)
def test_a_delay_shown_reads_back_the_same(delai: Delai) -> None:
    assert parse_delai(format_delai(delai)) == delai


@given(st.text(max_size=20))
def test_any_text_is_a_delay_or_a_refusal(texte: str) -> None:
    with contextlib.suppress(Refus):
        assert parse_delai(format_delai(parse_delai(texte))) == parse_delai(texte)


def test_says_delays_in_a_sentence() -> None:
    assert dire_delai(EnMois(6)) == "dans les 6\u00a0mois"
    assert dire_delai(EnMois(1)) == "dans le mois"
    assert dire_delai(EnMois(0)) == "le dernier jour"
    assert dire_delai(AuJour(31, 3)) == "au plus tard le 31\u00a0mars de l’année suivante"
    assert dire_delai(AuJour(1, 2)) == "au plus tard le 1er\u00a0février de l’année suivante"


@given(JOURS)
def test_the_last_day_of_a_month_is_followed_by_a_first(jour: date) -> None:
    assert (fin_de_mois(jour) + timedelta(days=1)).day == 1
    assert fin_de_mois(jour).month == jour.month
