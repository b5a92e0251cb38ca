"""Actions of a convention: the period of each, those that overlap, and the one that an act pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.actions import Action, continue_action, en_cours, payee, periode

TERME = (date(2024, 1, 1), date(2025, 12, 31))
SEMESTRE = (date(2025, 1, 1), date(2025, 6, 30))
ACCUEIL = Action(7, None, 0, engagee=True, dispositif_id=1, fiche_id=None, titre="Accueil", suivi="accueil",
                 echeancier="accueil", debut=TERME[0], fin=TERME[1], apport=0)  # fmt: skip
EQUILIBRE = replace(
    ACCUEIL, avenant_id=3, rang=1, dispositif_id=2, fiche_id=9, suivi="equilibre", debut=SEMESTRE[0], fin=SEMESTRE[1],
    apport=6_916_500,
)  # fmt: skip


def test_an_action_lasts_as_long_as_the_lines_that_pay_for_it() -> None:
    assert periode(TERME, SEMESTRE, 6_916_500) == SEMESTRE
    assert periode(TERME, SEMESTRE, 6_916_500, "6") == SEMESTRE
    assert periode(TERME, SEMESTRE, 0, "6") == TERME  # paid by the convention itself
    assert periode(TERME, SEMESTRE, 7_985_000, "10") == TERME  # it goes on
    assert periode(TERME, None, 0) == TERME
    assert [code for code in ("5", "6", "7", "8", "9", "10", "?") if continue_action(code)] == ["10"]


def test_an_act_renews_an_action_over_the_same_days_and_adds_the_one_that_follows() -> None:
    renouvelee = replace(ACCUEIL, avenant_id=3, rang=1, fiche_id=8)
    suivante = replace(ACCUEIL, avenant_id=4, rang=2, debut=date(2026, 1, 1), fin=date(2026, 12, 31))
    assert set(en_cours((suivante, ACCUEIL, EQUILIBRE, renouvelee))) == {EQUILIBRE, renouvelee, suivante}


def test_an_act_pays_the_action_that_its_lines_bring_money_to() -> None:
    sans = replace(ACCUEIL, avenant_id=3, rang=1)
    assert payee((ACCUEIL, sans, EQUILIBRE), 3) == EQUILIBRE
    assert payee((ACCUEIL, EQUILIBRE), None) == ACCUEIL  # its only one
    assert payee((ACCUEIL, replace(ACCUEIL, dispositif_id=5)), None) is None


_JOURS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(_JOURS, _JOURS, st.integers(0, 3), st.integers(1, 2)), max_size=8))
def test_of_one_dispositif_no_two_actions_overlap(bornes: list[tuple[date, date, int, int]]) -> None:
    actions = [replace(ACCUEIL, rang=rang, dispositif_id=d, debut=min(a, b), fin=max(a, b)) for a, b, rang, d in bornes]
    gardees = en_cours(actions)
    for n, une in enumerate(gardees):
        assert not any(
            une.dispositif_id == autre.dispositif_id and une.chevauche(autre.debut, autre.fin)
            for autre in gardees[n + 1 :]
        )
    assert set(gardees) <= set(actions)
