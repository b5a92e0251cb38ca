"""Credits by period and budget line: every cent is in one part, the smallest lines together where there are many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.besoins import AUTRES, SANS_LIGNE, croiser
from inclusion_desk.domain.versements import BesoinCp

MONTANTS = st.integers(0, 10**11)
BESOINS = st.lists(
    st.builds(BesoinCp, st.none() | st.integers(2020, 2023), st.sampled_from(["", *"ABCDEF"]), MONTANTS, MONTANTS,
              MONTANTS, st.booleans()),
    max_size=20,
)  # fmt: skip


@given(BESOINS, st.none() | st.integers(1, 5))
def test_every_cent_is_in_one_part(besoins: list[BesoinCp], maximum: int | None) -> None:
    periodes = croiser(besoins, maximum)
    assert sum(p.paye for p in periodes) == sum(b.paye for b in besoins)
    assert sum(p.reste for p in periodes) == sum(b.reste for b in besoins)
    assert [p.titre for p in periodes] == list(dict.fromkeys(b.periode for b in besoins))
    noms = {tuple(part.ligne for part in p.parts) for p in periodes}
    assert len(noms) <= 1
    for lignes in noms:
        assert len(lignes) == len(set(lignes)) <= (maximum or 7)
        totaux = [sum(p.parts[rang].total for p in periodes) for rang in range(len(lignes))]
        connus = totaux[:-1] if lignes[-1] == AUTRES else totaux
        assert connus == sorted(connus, reverse=True)


def test_the_greatest_line_comes_first_and_the_smallest_are_one() -> None:
    besoins = [BesoinCp(2025, code, 0, 0, reste) for code, reste in (("A", 1), ("B", 5), ("", 3), ("C", 2))]
    assert [part.ligne for part in croiser(besoins)[0].parts] == ["B", SANS_LIGNE, "C", "A"]
    (periode,) = croiser(besoins, 3)
    assert [(part.ligne, part.reste) for part in periode.parts] == [("B", 5), (SANS_LIGNE, 3), (AUTRES, 3)]


def test_a_period_is_said_in_words_line_by_line() -> None:
    besoins = [BesoinCp(2026, "A", 0, 200_00, 300_00), BesoinCp(2026, "B", 0, 0, 1_00), BesoinCp(2027, "A", 0, 0, 2)]
    premiere, seconde = (p.phrase.replace("\u00a0", " ") for p in croiser(besoins))
    assert premiere.split("\n") == [
        "2026 : 200,00 € payés, 301,00 € restant à payer",
        "A : 200,00 € payés, 300,00 € restant à payer",
        "B : 0,00 € payé, 1,00 € restant à payer",
    ]
    assert seconde.split("\n")[1:] == ["A : 0,00 € payé, 0,02 € restant à payer"]
    assert "\n" not in croiser(besoins[:1])[0].phrase
