"""The sitting: who counts for the quorum, who may vote, what a proxy is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.seances import STATUTS, VOTANTS, Elu, Mandat, Presence, Seance


def elu(numero: int, statut: str = "present") -> Presence:
    """One councillor, who is not interested and gives no proxy."""
    return Presence("Mme", "Prénom", f"NOM{numero}", statut, numero, interesse=False, pouvoir=False, elu_id=numero)


def seance(*presences: Presence) -> Seance:
    return Seance(date(2024, 12, 9), "Commission permanente", "Arras", "M. X", "", "", presences)


def absent(numero: int, mandataire: int | None, statut: str = "excuse") -> Presence:
    """One councillor who cannot attend and gave a proxy."""
    return replace(elu(numero, statut), pouvoir=True, mandataire=mandataire)


@pytest.mark.parametrize(
    ("membres", "quorum"), [(1, 1), (2, 2), (3, 2), (4, 3), (43, 22), (44, 23), (45, 23)]
)  # fmt: skip
def test_the_quorum_is_more_than_half_of_the_members_in_office(membres: int, quorum: int) -> None:
    reunie = seance(*(elu(n) for n in range(1, membres + 1)))
    assert (reunie.membres, reunie.quorum) == (membres, quorum)
    assert 2 * quorum > membres >= 2 * (quorum - 1)


def test_those_who_attend_without_a_vote_count_for_nothing() -> None:
    reunie = seance(elu(1), elu(2, "present_sans_voix"), replace(elu(3, "excuse_sans_voix"), pouvoir=True))
    assert (reunie.membres, reunie.quorum, reunie.presents_ou_representes, reunie.voix) == (1, 1, 1, 1)


def test_a_member_represented_counts_for_the_quorum_and_votes() -> None:
    reunie = seance(elu(1), elu(2), absent(3, 1), absent(4, 2, "absent"), elu(5, "excuse"), elu(6, "absent"))
    assert (reunie.membres, reunie.presents_ou_representes, reunie.voix) == (6, 4, 4)


def test_a_member_present_counts_once_even_if_a_proxy_is_recorded() -> None:
    reunie = seance(replace(elu(1), pouvoir=True, mandataire=2), elu(2))
    assert (reunie.presents_ou_representes, reunie.voix) == (2, 2)


def test_an_interested_member_counts_for_the_quorum_but_does_not_vote() -> None:
    reunie = seance(elu(1), replace(elu(2), interesse=True), replace(absent(3, 1), interesse=True))
    assert (reunie.presents_ou_representes, reunie.voix) == (3, 1)
    assert [p.elu_id for p in reunie.interesses] == [2, 3]


def test_the_proxy_held_by_an_interested_member_is_lost() -> None:
    assert seance(elu(1), replace(elu(2), interesse=True), absent(3, 2)).voix == 1
    assert seance(elu(1), replace(elu(2), interesse=True), absent(3, 1)).voix == 2
    assert seance(elu(1), replace(elu(2), interesse=True), absent(3, None)).voix == 2


def test_an_interested_member_without_an_identity_does_not_take_every_proxy_away() -> None:
    inconnu = replace(elu(0), interesse=True)
    assert seance(elu(1), inconnu, replace(elu(0, "excuse"), pouvoir=True)).voix == 2


def test_only_members_with_a_vote_are_interested() -> None:
    assert seance(replace(elu(1, "present_sans_voix"), interesse=True)).interesses == ()


def test_attendance_is_listed_in_the_order_of_the_minutes() -> None:
    reunie = seance(elu(3), elu(1, "absent"), elu(2))
    assert [p.elu_id for p in reunie.avec_statut("present")] == [3, 2]
    assert reunie.presences[0].nom_complet == "Mme Prénom NOM3"
    assert seance().membres == seance().voix == 0


PRESENCES = st.lists(
    st.builds(
        Presence,
        st.sampled_from(["Mme", "M."]),
        st.just("P"),
        st.just("N"),
        st.sampled_from(sorted(STATUTS)),
        st.integers(0, 9),
        interesse=st.booleans(),
        pouvoir=st.booleans(),
        elu_id=st.integers(0, 9),
        mandataire=st.none() | st.integers(1, 9),
    ),
    max_size=9,
)


@given(PRESENCES)
def test_votes_never_exceed_those_present_or_represented_nor_these_the_members(presences: list[Presence]) -> None:
    reunie = seance(*presences)
    assert reunie.voix + len([p for p in reunie.interesses if p.statut == "present"]) <= reunie.presents_ou_representes
    assert reunie.presents_ou_representes <= reunie.membres == sum(p.statut in VOTANTS for p in presences)
    assert sum(len(reunie.avec_statut(statut)) for statut in STATUTS) == len(presences)


@given(PRESENCES, st.data())
def test_declaring_an_interest_never_adds_a_vote(presences: list[Presence], data: st.DataObject) -> None:
    if presences:
        rang = data.draw(st.integers(0, len(presences) - 1))
        autres = [replace(p, interesse=p.interesse or n == rang) for n, p in enumerate(presences)]
        assert seance(*autres).voix <= seance(*presences).voix


JOURS = [date(2024, 12, 8), date(2024, 12, 9), date(2024, 12, 10)]


@pytest.mark.parametrize("debut", [None, *JOURS])
@pytest.mark.parametrize("fin", [None, *JOURS])
def test_an_office_and_a_mandate_run_from_their_first_to_their_last_day(debut: date | None, fin: date | None) -> None:
    attendu = (debut is None or debut <= JOURS[1]) and (fin is None or fin >= JOURS[1])
    preuves: list[Callable[[date], bool]] = [
        Elu(1, 1, "Mme", "A", "B", None, "", membre=True, debut=debut, fin=fin, ordre=1).en_fonction,
        Mandat(1, 1, 1, 1, "A", "B", "", debut, fin).en_cours,
    ]
    assert [preuve(JOURS[1]) for preuve in preuves] == [attendu, attendu]
