"""Reads what the vote of a phase rests on, checks a count as it is typed, and shows how the act will print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inclusion_desk.domain.constats import Constat
from inclusion_desk.domain.controles import controler_vote
from inclusion_desk.domain.deliberations import Deliberation, Vote
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.seances import Groupe, Seance
from inclusion_desk.store import deliberations, phases, seances
from inclusion_desk.store.engine import Session


@dataclass(frozen=True, slots=True)
class FeuilleVote:
    """What the count of a vote shows: the phase, its deliberation and the version to name, attendance, groups."""

    phase: Phase
    version: int
    deliberation: Deliberation
    seance: Seance
    groupes: tuple[Groupe, ...]

    def avec(self, votes: Sequence[Vote], *, en_abstention: bool) -> Deliberation:
        """Give the deliberation as it would be with this count."""
        return replace(self.deliberation, votes=tuple(votes), interesses_en_abstention=en_abstention, issue=None)


def lire(session: Session, phase_id: int) -> FeuilleVote:
    """Read what the vote of a phase rests on."""
    vue = phases.load(session, phase_id)
    acte = deliberations.find(session, phase_id)
    return FeuilleVote(
        phase=vue,
        version=acte.version if acte else 0,
        deliberation=deliberations.load(session, vue),
        seance=seances.load(session, vue.seance_id, acte.id if acte else None, vue.id),
        groupes=tuple(seances.load_groupes(session)),
    )


def constats(feuille: FeuilleVote, deliberation: Deliberation) -> tuple[Constat, ...]:
    """Apply the controls of the sitting to a count being typed."""
    return controler_vote(feuille.seance, deliberation)


def imprimer(deliberation: Deliberation) -> tuple[str, ...]:
    """Give the lines in which the act will print a count."""
    from inclusion_desk.documents.deliberation_variables import dire_vote  # noqa: PLC0415 - loaded on first use

    return tuple(dire_vote(vote) for vote in deliberation.votes_imprimes)


def proposer(seance: Seance) -> tuple[Vote, ...]:
    """Propose the count that the attendance allows: every vote in favour, interested members apart, the rest absent.

    The case: 39 present, 2 proxies and 12 interested make 29 in favour, 12 taking no part, 3 absent.
    """
    interesses = sum(p.statut == "present" for p in seance.interesses)
    absents = seance.membres - seance.voix - interesses
    nombres = {"pour": seance.voix, "contre": 0, "abstention": 0, "ne_prend_pas_part": interesses, "absent": absents}
    return tuple(Vote(position, nombre) for position, nombre in nombres.items())
