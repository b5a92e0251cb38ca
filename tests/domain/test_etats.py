"""States: every move leads from known states to a known one, and no state is a trap but those that are final."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inclusion_desk.domain.campagnes import SITUATIONS, TRANSITIONS_CANDIDATURE
from inclusion_desk.domain.etats import Transition, depuis, possibles, trouver
from inclusion_desk.domain.phases import ETATS_PHASE, FERMES, FIGES, TRANSITIONS_PHASE, Phase, refus_fermee
from inclusion_desk.domain.refus import Refus

VOTES = tuple(
    Transition(f"phase_{vers}", depuis("propose"), vers, f"La phase est {vers}")
    for vers in ("vote", "rejete", "ajourne")
)
"""What becomes of an application with its phase: no move of its own."""

MACHINES: dict[str, tuple[tuple[Transition, ...], Mapping[str, str], str, frozenset[str]]] = {
    "phases": (TRANSITIONS_PHASE, ETATS_PHASE, "preparation", frozenset({"rejetee", "remplacee"})),
    "candidatures": ((*TRANSITIONS_CANDIDATURE, *VOTES), SITUATIONS, "depose", frozenset({"vote"})),
}
"""The moves, the states with their words, the first state, and the final ones."""


@pytest.mark.parametrize("machine", MACHINES)
def test_moves_lead_from_known_states_to_another_known_one(machine: str) -> None:
    transitions, etats, _, _ = MACHINES[machine]
    for t in transitions:
        assert t.depuis
        assert t.depuis <= etats.keys()
        assert t.vers in etats
        assert t.vers not in t.depuis
        assert t.geste[0].isupper()


@pytest.mark.parametrize("machine", MACHINES)
def test_only_final_states_cannot_be_left(machine: str) -> None:
    transitions, etats, _, finals = MACHINES[machine]
    assert {etat for etat in etats if not possibles(transitions, etat)} == finals


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached_from_the_first(machine: str) -> None:
    transitions, etats, premier, _ = MACHINES[machine]
    atteints = {premier}
    for _ in etats:
        atteints |= {t.vers for t in transitions if t.depuis & atteints}
    assert atteints == etats.keys()


@pytest.mark.parametrize("machine", MACHINES)
def test_a_state_never_offers_two_moves_of_one_name(machine: str) -> None:
    transitions, etats, _, _ = MACHINES[machine]
    for etat in etats:
        offerts = possibles(transitions, etat)
        assert len({t.code for t in offerts}) == len({t.geste for t in offerts}) == len(offerts)


@pytest.mark.parametrize("machine", MACHINES)
def test_each_move_is_found_where_it_is_allowed_and_refused_elsewhere(machine: str) -> None:
    transitions, etats, _, _ = MACHINES[machine]
    for t in transitions:
        for etat in etats:
            if etat in t.depuis:
                assert trouver(transitions, t.code, etat, dict(etats)) is t
            else:
                with pytest.raises(Refus) as refus:
                    trouver(iter(transitions), t.code, etat, dict(etats))
                assert refus.value.phrase == (
                    f"«\u00a0{t.geste}\u00a0» n’est pas possible dans l’état «\u00a0{etats[etat]}\u00a0» : "
                    "actualisez l’affichage."
                )


def test_a_move_with_several_departures_is_found_by_the_state() -> None:
    aller, revenir = Transition("a", depuis("x", "y"), "z", "Aller"), Transition("a", depuis("z"), "x", "Revenir")
    assert trouver((aller, revenir), "a", "z", {}) is revenir
    assert possibles((aller, revenir), "y") == (aller,)


def test_a_move_that_does_not_exist_is_a_sentence() -> None:
    with pytest.raises(Refus, match="«\u00a0voler\u00a0» n’est pas possible dans l’état «\u00a0Adoptée\u00a0»"):
        trouver(TRANSITIONS_PHASE, "voler", "adoptee", ETATS_PHASE)


def test_what_is_frozen_is_closed_and_only_a_vote_or_a_correction_freezes() -> None:
    assert FIGES < FERMES <= ETATS_PHASE.keys()
    assert {t.code for t in TRANSITIONS_PHASE if t.vers in FIGES} == {"adopter", "rejeter", "remplacer"}
    assert {t.vers for t in TRANSITIONS_PHASE if t.depuis & FIGES} == {"remplacee"}


@pytest.mark.parametrize(
    ("etat", "phrase"),
    [
        ("adoptee", "est adoptée : rien n’y change plus, une correction passe par une nouvelle délibération."),
        ("rejetee", "est rejetée : rien n’y change plus, une correction passe par une nouvelle délibération."),
        ("remplacee", "est remplacée : rien n’y change plus, modifiez celle qui la remplace."),
        ("ajournee", "est ajournée : rien n’y change plus, reprenez d’abord son instruction."),
    ],
)
def test_a_closed_phase_says_why_it_is_and_what_to_do(etat: str, phrase: str) -> None:
    phase = Phase(1, 1, 2024, 6, "T", None, etat)
    assert phase.fermee
    assert phase.figee == (etat != "ajournee")
    assert refus_fermee(phase).phrase == f"La phase 2024/6 {phrase}"
