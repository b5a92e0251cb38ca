"""How a vote prints: every member counted is printed, interested apart or among the abstentions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.deliberations import POSITIONS, Deliberation, VoixGroupe, Vote

_NOMBRES = st.dictionaries(st.sampled_from(list(POSITIONS)), st.integers(0, 60), min_size=1)


def deliberation(*votes: Vote, en_abstention: bool) -> Deliberation:
    return Deliberation("2024-587", "Titre", votes=votes, interesses_en_abstention=en_abstention)


@given(_NOMBRES, st.booleans())
def test_what_is_printed_accounts_for_whoever_was_counted(nombres: dict[str, int], en_abstention: bool) -> None:  # noqa: FBT001
    acte = deliberation(*(Vote(p, n) for p, n in nombres.items()), en_abstention=en_abstention)
    imprimes = {v.position: v.nombre for v in acte.votes_imprimes}
    assert sum(imprimes.values()) == sum(nombres.values())
    assert imprimes.keys() >= {"pour", "contre", "abstention"}
    assert all(imprimes.get(p, 1) for p in ("ne_prend_pas_part", "absent"))
    assert list(imprimes) == [p for p in POSITIONS if p in imprimes]


def test_a_vote_not_counted_prints_nothing() -> None:
    assert deliberation(en_abstention=True).votes_imprimes == ()


def test_the_interested_are_printed_even_where_nobody_abstained() -> None:
    acte = deliberation(Vote("pour", 29), Vote("ne_prend_pas_part", 12), Vote("absent", 0), en_abstention=True)
    assert [(v.position, v.nombre) for v in acte.votes_imprimes] == [("pour", 29), ("contre", 0), ("abstention", 12)]


def test_a_group_known_in_part_has_no_number() -> None:
    abstention = Vote("abstention", 5, (VoixGroupe("A", 5),))
    apart = Vote("ne_prend_pas_part", 3, (VoixGroupe("A"), VoixGroupe("B", 1)))
    (imprime,) = [
        v for v in deliberation(abstention, apart, en_abstention=True).votes_imprimes if v.position == "abstention"
    ]
    assert imprime == Vote("abstention", 8, (VoixGroupe("A"), VoixGroupe("B", 1)))
