"""The applications of a campaign: their table, and beside it the path of those selected, with what may be done next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inclusion_desk.domain.campagnes import SITUATIONS, TRANSITIONS_CANDIDATURE, Candidature
from inclusion_desk.domain.etats import Evenement, Transition, possibles
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.text import compter
from inclusion_desk.services import candidatures, evenements
from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.parcours import PageSuivie, Vu
from inclusion_desk.ui.pastilles import TONS_CANDIDATURE

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase


_AILLEURS = {
    "instruit": "\nPour proposer à une phase, choisissez-la en haut de la fenêtre.",
    "ajourne": "\nReprésenté, il quitte la phase ajournée.",
}
"""What to know before an application goes to another phase than the one shown, by situation."""


class Dossiers(PageSuivie):
    """The page of applications and the path of those selected; what is proposed goes to the phase shown."""

    SUJET = "candidatures"
    PRINCIPAUX = frozenset({"completer", "instruire", "proposer", "representer"})
    OUVRIR = "Ouvrir le dossier"

    def decrire(self, choisis: Sequence[Candidature]) -> None:
        """Say where the applications selected stand, and offer what they may all do."""
        gestes = _moves(choisis, self.phase) if choisis and self.permis else ()
        histoire = (
            self.contexte.desk.read(evenements.historique, "candidatures", choisis[0].id) if len(choisis) == 1 else None
        )
        self.parcours.montrer(_say(choisis, histoire, self.phase), gestes, self.deplacer)

    def executer(self, transition: Transition, motif: str) -> Changes | None:
        """Make the applications selected move.

        Raises:
            Refus: they may not; none did.
        """
        dossiers = tuple((c.id, c.version) for c in self.choisis())
        if self.phase is None or not dossiers:
            return None
        return self.contexte.actions.do(candidatures.deplacer_tous, dossiers, transition.code, self.phase.id, motif)


def _moves(choisis: Sequence[Candidature], phase: Phase | None) -> tuple[Transition, ...]:
    """List the moves that every application selected may make; nothing is proposed to a closed phase."""
    permis = [possibles(TRANSITIONS_CANDIDATURE, c.situation) for c in choisis]
    communs = (t for t in TRANSITIONS_CANDIDATURE if all(t in siens for siens in permis))
    return tuple(t for t in communs if t.code != "proposer" or _open(phase))


def _open(phase: Phase | None) -> bool:
    return phase is not None and not phase.fermee


def _say(choisis: Sequence[Candidature], histoire: Sequence[Evenement] | None, phase: Phase | None) -> Vu:
    situations = {c.situation for c in choisis}
    commune = situations.pop() if len(situations) == 1 else ""
    seul = choisis[0] if len(choisis) == 1 else None
    ailleurs = _AILLEURS.get(commune, "") if commune == "ajourne" or not _open(phase) else ""
    return Vu(
        titre=_title(choisis),
        etat=SITUATIONS.get(commune, ""),
        ton=TONS_CANDIDATURE.get(commune, ""),
        faits=(_facts(seul) if seul else "" if choisis else "Choisissez un dossier pour l’instruire.") + ailleurs,
        histoire=histoire,
        sans_histoire="Déposé, rien n’a encore été fait.",
    )


def _title(choisis: Sequence[Candidature]) -> str:
    if not choisis:
        return "Aucun dossier choisi"
    return choisis[0].structure_nom if len(choisis) == 1 else compter(len(choisis), "dossier")


def _facts(dossier: Candidature) -> str:
    demande = f"{dossier.dispositif}\nDemandé{INSECABLE}: {format_montant(dossier.montant_demande)}"
    propose = dossier.montant_propose
    suite = f"\nProposé{INSECABLE}: {format_montant(propose)}" if propose is not None else ""
    vote = dossier.montant_vote
    suite += f"\nVoté{INSECABLE}: {format_montant(vote)}" if vote is not None else ""
    phase = f"\nPhase {dossier.phase_reference}" if dossier.phase_reference else ""
    pieces = f"\nPièces manquantes{INSECABLE}:\n{dossier.pieces_manquantes}" if dossier.pieces_manquantes else ""
    return f"{demande}{suite}{phase}{pieces}"
