"""What every part of the window is given: the desk, the actions, and what is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inclusion_desk.services import choix
from inclusion_desk.services.desk import Desk
from inclusion_desk.ui.actions import Actions
from inclusion_desk.ui.reglages import Reglages
from inclusion_desk.ui.saisie import Choix
from inclusion_desk.ui.taches import Taches


@dataclass(frozen=True, slots=True)
class Contexte:
    """The tools shared by the pages of one window on one database."""

    desk: Desk
    actions: Actions
    reglages: Reglages
    taches: Taches

    def options(self, sujet: str, phase_id: int) -> Sequence[Choix]:
        """Read the rows a reference can point to."""
        return self.desk.read(choix.options, sujet, phase_id)
