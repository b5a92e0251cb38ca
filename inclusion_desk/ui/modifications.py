"""The actions of a page whose rows do not change alone: saving one is a use case of its own."""

from __future__ import annotations

from dataclasses import replace

from inclusion_desk.services.changes import Changes, UseCase
from inclusion_desk.ui.actions import Actions
from inclusion_desk.ui.contexte import Contexte


class Modifications(Actions):
    """Runs ``modifier`` (id, version, values) where a page asks for the plain change of a row; hands on the rest."""

    def __init__(self, contexte: Contexte, modifier: UseCase) -> None:
        super().__init__(contexte.desk, contexte.actions)
        self._actions = contexte.actions
        self._modifier = modifier

    def do(self, use_case: UseCase, *args: object) -> Changes:
        """Run a use case on the undo stack of the window.

        Raises:
            Refus: nothing was written.
        """
        from inclusion_desk.services import edition  # noqa: PLC0415 - loaded with the first edit, not with the window

        if use_case is edition.update:
            return self._actions.do(self._modifier, *args[1:])
        return self._actions.do(use_case, *args)


def avec_modifier(contexte: Contexte, modifier: UseCase) -> Contexte:
    """Give the context of a page whose rows are changed by a use case of their own."""
    return replace(contexte, actions=Modifications(contexte, modifier))
