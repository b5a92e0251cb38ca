"""The index of a table: what a filter finds, what a sort keeps, what an edit replaces."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.recherche import Index
from inclusion_desk.domain.text import fold

ROWS = [
    (3, fold("CCAS de Liévin"), "2024-00901", 100),
    (1, fold("Pas-de-Calais Actif"), "2024-01213", 250),
    (7, fold("CCAS de Liévin"), "", 0),
    (2, fold("Cœur d’Artois"), "", 40),
]
INDEX = Index.compose(ROWS)
TEXTES = st.text(alphabet="abcé -1", max_size=8).map(fold)
LIGNES = st.lists(
    st.tuples(st.integers(1, 10**6), TEXTES, st.sampled_from(["", "2024-1", "12"]), st.integers(0, 10**6)),
    unique_by=lambda row: row[0],
    max_size=30,
)


def ids(index: Index, filtre: str) -> list[int]:
    return [index.ids[p] for p in index.positions(filtre)]


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ("", [3, 1, 7, 2]),
        ("LIEVIN", [3, 7]),
        ("liévin ccas", [3, 7]),
        ("coeur", [2]),
        ("01213", [1]),
        ("lievin 00901", [3]),
        ("2024-", [3, 1]),
        ("inconnu", []),
    ],
)
def test_finds_every_word_whatever_accents_and_case(filtre: str, attendus: list[int]) -> None:
    assert ids(INDEX, filtre) == attendus


def test_adds_up_what_is_shown() -> None:
    assert INDEX.total(INDEX.positions("")) == 390
    assert INDEX.total(INDEX.positions("ccas")) == 100
    assert Index.build(()).total([]) == 0


@given(LIGNES, st.text(alphabet="abcé -1", max_size=5))
def test_finds_what_a_plain_search_finds(rows: list[tuple[int, str, str, int]], filtre: str) -> None:
    index = Index.compose(rows)
    mots = fold(filtre).split()
    attendus = [r[0] for r in rows if all(m in r[1] or m in r[2] for m in mots)]
    assert ids(index, filtre) == attendus


@given(LIGNES, st.text(alphabet="ab1", max_size=3), st.text(alphabet="ab1", max_size=3))
def test_narrowing_earlier_hits_finds_the_same(rows: list[tuple[int, str, str, int]], debut: str, suite: str) -> None:
    index = Index.compose(rows)
    assert list(index.positions(debut + suite, index.positions(debut))) == list(index.positions(debut + suite))


@given(LIGNES, st.randoms())
def test_another_order_keeps_the_rows(rows: list[tuple[int, str, str, int]], hasard: object) -> None:
    index = Index.compose(rows)
    melange = [row[0] for row in rows]
    hasard.shuffle(melange)  # type: ignore[attr-defined]
    par_id = {row[0]: row for row in rows}
    assert index.ranger(array("q", melange)).rows == [par_id[i] for i in melange]


def test_an_order_that_knows_more_or_less_rows_is_followed() -> None:
    assert list(INDEX.ranger(array("q", [7, 99, 1])).ids) == [7, 1]


@given(LIGNES, LIGNES, st.integers(0, 30), st.integers(0, 3))
def test_replacing_rows_is_slicing(
    rows: list[tuple[int, str, str, int]], autres: list[tuple[int, str, str, int]], debut: int, retires: int
) -> None:
    debut = min(debut, len(rows))
    fin = min(debut + retires, len(rows))
    fait = Index.compose(rows).remplacer(debut, fin, Index.compose(autres))
    assert fait.rows == [*rows[:debut], *autres, *rows[fin:]]


@given(LIGNES)
def test_rows_go_in_and_come_out(rows: list[tuple[int, str, str, int]]) -> None:
    index = Index.compose(rows)
    assert index.rows == rows
    assert index.extraire(range(len(rows))).rows == rows
