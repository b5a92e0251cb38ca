"""Rates: rounded half-up, split without losing a cent, shown as French percentages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.money import MONTANT_MAX
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir, format_taux, repartir

MONTANTS = st.integers(0, MONTANT_MAX)


def test_the_shares_of_the_case_are_rounded_half_up() -> None:
    assert appliquer(4_300, 33_822_674) == 14_543_750
    assert appliquer(3_200, 33_822_674) == 10_823_256
    assert appliquer(5_000, 1) == 1


@given(MONTANTS, st.integers(1, MONTANT_MAX))
def test_rounding_agrees_with_decimals(dividende: int, diviseur: int) -> None:
    attendu = (Decimal(dividende) / Decimal(diviseur)).quantize(Decimal(1), ROUND_HALF_UP)
    assert arrondir(dividende, diviseur) == attendu


@given(MONTANTS, st.lists(st.integers(0, CENT_POUR_CENT), min_size=1, max_size=8).filter(any))
def test_a_split_loses_no_cent_and_no_share_is_negative(total: int, poids: list[int]) -> None:
    parts = repartir(total, poids)
    assert sum(parts) == total
    for part, p in zip(parts, poids, strict=True):
        assert part >= 0
        assert part == 0 or p > 0
        assert abs(part * sum(poids) - total * p) <= sum(poids)


@pytest.mark.parametrize("poids", [(), (0, 0), (2, -1)])
def test_meaningless_weights_are_a_bug(poids: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        repartir(100, poids)


def test_shows_rates_without_useless_zeros() -> None:
    assert format_taux(9_250) == "92,5\u00a0%"
    assert format_taux(10_000) == "100\u00a0%"
