"""Cutting a total: the figures of the case to the cent, sums that always hold, parts that do not make it refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.money import MONTANT_MAX
from inclusion_desk.domain.partage import Part, PartFixe, PartSolde, PartTaux, echeancier
from inclusion_desk.domain.refus import Refus

TOTAL = 33_822_674
MONTANTS = st.integers(0, MONTANT_MAX)
PARTS = st.one_of(
    st.builds(PartFixe, st.integers(-10, MONTANT_MAX)),
    st.builds(PartTaux, st.integers(-10, 10_010)),
    st.just(PartSolde()),
)


@pytest.mark.parametrize(
    "parts",
    [
        (PartFixe(14_543_750), PartFixe(10_823_256), PartSolde()),
        (PartTaux(4_300), PartTaux(3_200), PartSolde()),
        (PartTaux(4_300), PartTaux(3_200), PartTaux(2_500)),
        (PartFixe(14_543_750), PartFixe(10_823_256), PartFixe(8_455_668)),
        (PartFixe(14_543_750), PartTaux(3_200), PartSolde()),
        (PartFixe(14_543_750), PartTaux(3_200), PartTaux(2_500)),
        (PartTaux(4_300), PartTaux(3_200), PartFixe(8_455_668)),
    ],
)
def test_the_initial_convention_of_the_case_is_cut_alike_however_it_is_given(parts: tuple[Part, ...]) -> None:
    """The case, l.3272-3276: three rounded shares would give one cent too many."""
    assert echeancier(TOTAL, parts) == (14_543_750, 10_823_256, 8_455_668)


def test_the_avenant_of_the_case_is_cut_at_60_and_40() -> None:
    assert echeancier(7_985_000, (PartTaux(6_000), PartTaux(4_000))) == (4_791_000, 3_194_000)
    assert echeancier(7_985_000, (PartTaux(6_000), PartSolde())) == (4_791_000, 3_194_000)


def test_one_part_is_the_whole() -> None:
    for part in (PartSolde(), PartTaux(10_000), PartFixe(100)):
        assert echeancier(100, (part,)) == (100,)


def test_halves_rounded_up_never_leave_a_negative_balance() -> None:
    assert echeancier(1, (PartTaux(5_000), PartTaux(5_000), PartSolde())) == (1, 0, 0)
    assert echeancier(0, (PartTaux(5_000), PartSolde())) == (0, 0)


@pytest.mark.parametrize(
    ("parts", "phrase", "champ"),
    [
        ((), "vide : prévoyez", "part"),
        ((PartSolde(), PartTaux(5_000)), "n°\u00a01 est le solde", "part"),
        ((PartTaux(10_001), PartSolde()), "100,01\u00a0%.*entre 0 et 100", "part"),
        ((PartTaux(-1), PartSolde()), "entre 0 et 100", "part"),
        ((PartFixe(-1), PartSolde()), "n°\u00a01 est négatif", "montant"),
        ((PartTaux(6_000), PartTaux(5_000)), "représentent 110\u00a0%", "part"),
        ((PartTaux(6_000), PartTaux(3_000)), "représentent 90\u00a0%", "part"),
        ((PartTaux(6_000), PartTaux(5_000), PartSolde()), "représentent 110\u00a0%", "part"),
        ((PartFixe(TOTAL + 1), PartSolde()), "dépassent.*338\u00a0226,74\u00a0€.*0,01\u00a0€", "montant"),
        ((PartFixe(TOTAL), PartFixe(1)), "dépassent.*0,01\u00a0€, réduisez", "montant"),
        ((PartFixe(100), PartFixe(TOTAL - 101)), "n’atteignent pas.*0,01\u00a0€, ajoutez un solde", "montant"),
        ((PartFixe(TOTAL), PartTaux(100), PartSolde()), "dépassent.*3\u00a0382,27\u00a0€", "montant"),
        ((PartFixe(TOTAL // 2), PartTaux(4_000)), "n’atteignent pas", "montant"),
        ((PartTaux(4_300), PartTaux(3_200), PartFixe(8_455_669)), "dépassent.*0,01\u00a0€", "montant"),
    ],
)
def test_refuses_parts_that_do_not_make_the_total(parts: tuple[Part, ...], phrase: str, champ: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        echeancier(TOTAL, parts)
    assert refus.value.champ == champ


def test_a_negative_total_is_a_bug() -> None:
    with pytest.raises(ValueError, match="-1"):
        echeancier(-1, (PartSolde(),))


@given(MONTANTS, st.lists(PARTS, max_size=6))
def test_instalments_always_add_up_and_none_is_negative(total: int, parts: list[Part]) -> None:
    with contextlib.suppress(Refus):
        montants = echeancier(total, parts)
        assert len(montants) == len(parts)
        assert sum(montants) == total
        assert min(montants) >= 0


@given(MONTANTS, st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_percentages_under_the_whole_are_never_refused_before_a_balance(total: int, taux: list[int]) -> None:
    while sum(taux) > 10_000:
        taux.pop()
    montants = echeancier(total, (*map(PartTaux, taux), PartSolde()))
    assert sum(montants) == total
    assert min(montants) >= 0
    for montant, part in zip(montants, taux, strict=False):
        assert abs(montant * 10_000 - total * part) <= 5_000 or montant == 0 or sum(montants[len(taux) :]) == 0


@given(st.lists(st.integers(0, MONTANT_MAX // 10), min_size=1, max_size=10))
def test_amounts_that_make_the_total_come_back_as_given(montants: list[int]) -> None:
    assert echeancier(sum(montants), [PartFixe(m) for m in montants]) == tuple(montants)
    assert echeancier(sum(montants), (*map(PartFixe, montants[:-1]), PartSolde())) == tuple(montants)
