"""States and the moves between them: who may become what, under which name, and what was done when and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: its code, the states it leaves from, the one it leads to, and the words of its button."""

    code: str
    depuis: frozenset[str]
    vers: str
    geste: str
    motive: bool = False
    """Whether a reason must be given."""
    saisies: tuple[str, ...] = ()
    """The fields that the move asks for."""


@dataclass(frozen=True, slots=True)
class Evenement:
    """One move that was made; ``moment`` is ISO local time, ``auteur`` the name the user goes by."""

    de: str
    vers: str
    geste: str
    auteur: str
    moment: str
    motif: str


def depuis(*etats: str) -> frozenset[str]:
    """Name the states a move may leave from."""
    return frozenset(etats)


def possibles(transitions: Iterable[Transition], etat: str) -> tuple[Transition, ...]:
    """List the moves that a state allows, in their order."""
    return tuple(t for t in transitions if etat in t.depuis)


def trouver(transitions: Iterable[Transition], code: str, etat: str, libelles: dict[str, str]) -> Transition:
    """Find a move by its code, provided the state allows it.

    Raises:
        Refus: it does not; the sentence names the state.
    """
    candidates = [t for t in transitions if t.code == code]
    for transition in candidates:
        if etat in transition.depuis:
            return transition
    geste = candidates[0].geste if candidates else code
    raise Refus(
        f"«{INSECABLE}{geste}{INSECABLE}» n’est pas possible dans l’état «{INSECABLE}{libelles[etat]}{INSECABLE}» : "
        "actualisez l’affichage."
    )
