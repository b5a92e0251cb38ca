"""What the user does: one use case at a time through the desk, an undo step for each, one signal when rows changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from inclusion_desk.services.changes import Call, Changes, UseCase
from inclusion_desk.services.desk import Desk

_PROFONDEUR = 200


class _Step(QUndoCommand):
    """A step done; it only holds the call that undoes (then redoes) it, and runs nothing by itself."""

    def __init__(self, label: str, appel: Call) -> None:
        super().__init__(label)
        self.appel = appel


class Actions(QObject):
    """Runs use cases and their undoing; a refusal is raised to the caller and leaves the stack as it was."""

    changed = Signal(object)
    """The Changes of a use case that was done, undone or redone."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pile = QUndoStack(self)
        self.pile.setUndoLimit(_PROFONDEUR)

    def do(self, use_case: UseCase, *args: object) -> Changes:
        """Run a use case and push its undo step.

        Raises:
            Refus: nothing was written.
        """
        changes = self._desk.do(use_case, *args)
        if changes.inverse is not None:
            self.pile.push(_Step(changes.label, changes.inverse))
        self.changed.emit(changes)
        return changes

    def oublier(self) -> None:
        """Empty the stack: what was voted cannot be undone, nor can what lies under it be reached."""
        self.pile.clear()

    def undo(self) -> Changes | None:
        """Undo the last step; None when there is none.

        Raises:
            Refus: the step stays to be undone.
        """
        if not self.pile.canUndo():
            return None
        changes = self._replay(self.pile.index() - 1)
        self.pile.undo()
        self.changed.emit(changes)
        return changes

    def redo(self) -> Changes | None:
        """Redo the step last undone; None when there is none.

        Raises:
            Refus: the step stays to be redone.
        """
        if not self.pile.canRedo():
            return None
        changes = self._replay(self.pile.index())
        self.pile.redo()
        self.changed.emit(changes)
        return changes

    def _replay(self, rang: int) -> Changes:
        """Run the call held by a step, and let the step hold the call that reverts it."""
        etape = self.pile.command(rang)
        if not isinstance(etape, _Step):
            raise TypeError(etape)
        changes = self._desk.do(etape.appel.use_case, *etape.appel.args)
        if changes.inverse is not None:
            etape.appel = changes.inverse
        return changes
