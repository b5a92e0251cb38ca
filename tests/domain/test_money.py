"""Amounts: what is read, what is refused and in which words, how they are shown and split."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.money import (
    MONTANT_MAX,
    euros,
    format_montant,
    format_montant_acte,
    format_nombre,
    format_part,
    parse_montant,
    partager,
)
from inclusion_desk.domain.refus import Refus

MONTANTS = st.integers(0, MONTANT_MAX)


@pytest.mark.parametrize(
    ("texte", "cents"),
    [
        ("0", 0),
        ("79850", 7_985_000),
        ("79 850", 7_985_000),
        ("79\u00a0850,00\u00a0€", 7_985_000),
        ("79\u202f850,5", 7_985_050),
        ("79850.50", 7_985_050),
        ("79850.5", 7_985_050),
        ("8 589 450,00", 858_945_000),
        (" 567 150 € ", 56_715_000),
        ("999 999 999,99", MONTANT_MAX),
        ("0,01", 1),
        ("007", 700),
    ],
)
def test_reads_what_users_type(texte: str, cents: int) -> None:
    assert parse_montant(texte) == cents


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("12,345", "plus de deux décimales"),
        ("1.234", "ambigu"),
        ("1.234,50", "pas lisible"),
        ("NaN", "pas lisible"),
        ("inf", "pas lisible"),
        ("1e3", "pas lisible"),
        ("12 34", "pas lisible"),
        ("1 2345", "pas lisible"),
        ("1,2,3", "pas lisible"),
        ("douze", "pas lisible"),
        ("٣", "pas lisible"),
        ("€", "vide"),
        ("", "vide"),
        ("12,", "finit par une virgule"),
        ("-5", "négatif"),
        ("\u2212 5", "négatif"),
        ("1 000 000 000", "dépasse"),
        ("999999999,999", "plus de deux décimales"),
        ("9" * 400, "dépasse"),
    ],
)
def test_refuses_the_rest_with_its_own_sentence(texte: str, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        parse_montant(texte, "Le montant", "montant")
    assert refus.value.champ == "montant"
    assert str(refus.value).startswith("Le montant ")


@given(MONTANTS)
def test_what_is_shown_reads_back_the_same(cents: int) -> None:
    assert parse_montant(format_montant(cents)) == cents
    assert parse_montant(format_montant(cents, symbole=False)) == cents
    assert parse_montant(format_montant_acte(cents)) == cents
    assert euros(cents) * 100 == cents


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(texte: str) -> None:
    with contextlib.suppress(Refus):
        assert 0 <= parse_montant(texte) <= MONTANT_MAX


def test_shows_french_amounts_with_non_breaking_spaces() -> None:
    assert format_montant(858_945_000) == "8\u00a0589\u00a0450,00\u00a0€"
    assert format_montant(858_945_000, symbole=False) == "8\u00a0589\u00a0450,00"
    assert format_montant_acte(71_200_000) == "712\u00a0000\u00a0€"
    assert format_montant_acte(8_455_668) == "84\u00a0556,68\u00a0€"
    assert format_montant_acte(20_306_773) == "203\u00a0067,73\u00a0€", "never cut, never rounded"
    assert format_montant_acte(99) == "0,99\u00a0€"
    assert format_nombre(4783) == "4\u00a0783"
    assert format_nombre(Decimal("209.586"), 2) == "209,59"


def test_a_negative_number_begins_with_the_sign_of_typographers() -> None:
    assert format_montant(-50_893_227) == "\u2212508\u00a0932,27\u00a0€"
    assert format_montant_acte(-71_200_000) == "\u2212712\u00a0000\u00a0€"
    assert format_montant_acte(-71_200_050) == "\u2212712\u00a0000,50\u00a0€"
    assert format_nombre(Decimal("-0.001"), 2) == "0,00"


def test_shows_shares() -> None:
    assert format_part(71_200_000, 87_121_800) == "81,7\u00a0%"
    assert format_part(0, 0) == "–"


def test_the_last_instalment_is_the_complement() -> None:
    """The case, l.3276: 43 %, 32 %, then the balance of 338 226,74 €."""
    assert partager(33_822_674, (43, 32, 25)) == (14_543_750, 10_823_256, 8_455_668)
    assert partager(7_985_000, (60, 40)) == (4_791_000, 3_194_000)


@given(MONTANTS, st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_shares_always_add_up(total: int, parts: list[int]) -> None:
    assert sum(partager(total, parts)) == total


@pytest.mark.parametrize("parts", [(), (0, 0), (1, -1)])
def test_meaningless_shares_are_a_bug(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        partager(100, parts)
