"""The index of a table: what a filter finds, what a sort keeps, what an edit replaces."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.recherche import Index, Noms
from inclusion_desk.domain.text import fold

Row = tuple[int, str, str, int]
ROWS: list[Row] = [
    (3, fold("CCAS de Liévin"), "2024-00901", 100),
    (1, fold("Pas-de-Calais Actif"), "2024-01213", 250),
    (7, fold("CCAS de Liévin"), "", 0),
    (2, fold("Cœur d’Artois"), "", 40),
]
TEXTES = st.text(alphabet="abcé -1", max_size=8).map(fold)
LIGNES = st.lists(
    st.tuples(st.integers(1, 10**6), TEXTES, st.sampled_from(["", "2024-1", "12"]), st.integers(0, 10**6)),
    unique_by=lambda row: row[0],
    max_size=30,
)


def make(rows: list[Row]) -> Index:
    """Index rows with two names each: what their text begins with, and the whole of it."""
    return Index(
        array("q", [r[0] for r in rows]),
        array("q", [r[3] for r in rows]),
        (Noms.compose(r[1][:4] for r in rows), Noms.compose(r[1] for r in rows)),
        (array("q", [r[3] % 5 for r in rows]),),
        tuple(r[2] for r in rows),
    )


def rows_of(index: Index) -> list[Row]:
    assert list(index.cles[0]) == [m % 5 for m in index.montants]
    textes = [index.noms[1][p] for p in range(len(index))]
    assert [index.noms[0][p] for p in range(len(index))] == [t[:4] for t in textes]
    return list(zip(index.ids, textes, index.numeros or [""] * len(index), index.montants, strict=True))


INDEX = make(ROWS)


def ids(index: Index, filtre: str) -> list[int]:
    return [index.ids[p] for p in index.chercher(filtre, range(len(index))).positions]


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
    assert INDEX.chercher("", range(4)).total == 390
    assert INDEX.chercher("ccas", range(4)).total == 100
    assert INDEX.chercher("2024-", range(4)).total == 350
    assert Index.build(()).chercher("", ()).total == 0


def test_keeps_the_order_it_is_given() -> None:
    assert list(INDEX.chercher("lievin", [2, 1, 3, 0]).positions) == [2, 0]


@given(LIGNES, st.text(alphabet="abcé -1", max_size=5))
def test_finds_what_a_plain_search_finds(rows: list[Row], filtre: str) -> None:
    index = make(rows)
    mots = fold(filtre).split()
    attendus = [r for r in rows if all(m in r[1] or m in r[2] for m in mots)]
    trouves = index.chercher(filtre, range(len(rows)))
    assert [index.ids[p] for p in trouves.positions] == [r[0] for r in attendus]
    assert trouves.total == sum(r[3] for r in attendus)


@given(LIGNES, st.text(alphabet="ab1 ", max_size=3), st.text(alphabet="ab1 ", max_size=3), st.randoms())
def test_typing_on_finds_what_typing_at_once_does(rows: list[Row], debut: str, suite: str, hasard: Any) -> None:
    index = make(rows)
    ordre = list(range(len(rows)))
    hasard.shuffle(ordre)
    depuis = index.chercher(debut + suite, ordre, index.chercher(debut, ordre))
    neuf = index.chercher(debut + suite, ordre)
    assert (list(depuis.positions), depuis.total) == (list(neuf.positions), neuf.total)


def test_a_longer_word_that_keeps_the_same_rows_keeps_the_same_positions() -> None:
    court = INDEX.chercher("li", range(4))
    assert INDEX.chercher("liev", range(4), court).positions is court.positions


def test_an_order_that_knows_more_or_less_rows_is_followed() -> None:
    assert INDEX.ranger([7, 99, 1]) == [2, 1]


@given(st.lists(st.none() | st.integers(0, 5), max_size=20))
def test_rows_without_a_value_come_last_and_first_when_turned_round(valeurs: list[int | None]) -> None:
    index = Index.build((n, "", 0) for n in range(len(valeurs)))
    monte = [valeurs[p] for p in index.par_valeur(valeurs)]
    descend = [valeurs[p] for p in index.par_valeur(valeurs, descendant=True)]
    pleins = sorted(v for v in valeurs if v is not None)
    assert monte == [*pleins, *[None] * (len(valeurs) - len(pleins))]
    assert descend == monte[::-1]


def test_values_are_aligned_by_id() -> None:
    assert INDEX.aligner((1, 2, 99), "abc") == [None, "a", None, "b"]
    assert "".join(INDEX.aligner(INDEX.ids, "abcd")) == "abcd"


@given(LIGNES, LIGNES, st.integers(0, 30), st.integers(0, 3))
def test_replacing_rows_is_slicing(rows: list[Row], autres: list[Row], debut: int, retires: int) -> None:
    debut = min(debut, len(rows))
    fin = min(debut + retires, len(rows))
    fait = make(rows).remplacer(debut, fin, make(autres))
    assert rows_of(fait) == [*rows[:debut], *autres, *rows[fin:]]


@given(LIGNES)
def test_rows_go_in_and_come_out(rows: list[Row]) -> None:
    index = make(rows)
    assert rows_of(index) == rows
    assert rows_of(index.extraire(range(len(rows)))) == rows
