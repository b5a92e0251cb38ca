"""What the tabs ask of what they hold: pages of rows, and sections of the sitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.page import Page

Touche = Mapping[str, tuple[int, ...]]
"""The rows touched by an edit, by subject; no row: all of them."""


class Vue(QWidget):
    """Something a tab shows of the phase chosen; reads only when shown, catches up before being seen."""

    etat_change = Signal()
    """What the status bar says of it may have changed."""
    message = Signal(str)
    """Something to say in passing."""
    partie_demandee = Signal(str)
    """Another part of the same tab to show."""
    lignes_demandees = Signal(str, tuple)
    """Rows to show in another part of the same tab: their subject and ids."""
    phase_demandee = Signal(int)
    """Another phase to work on."""

    @property
    def courante(self) -> Page | None:
        """The page of rows shown, if there is one: commands of the edit menu go to it."""
        return None

    @property
    def suspens(self) -> str:
        """Where something typed is not saved, because it is refused or waits for a button; nothing most often."""
        return ""

    def ouvrir(self, phase: Phase | None) -> None:
        """Show a phase."""
        raise NotImplementedError

    def appliquer(self, ids: Touche) -> None:
        """Take note of what an edit touched: now when shown, else when it will be."""
        raise NotImplementedError

    def rattraper(self) -> None:
        """Read what changed while hidden."""
        raise NotImplementedError

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Show rows of a subject, the first one current; False when they are not here, or gone."""
        del sujet, ids
        return False

    def resume(self) -> tuple[str, ...]:
        """Say what the view sums up to."""
        return ()

    def fermer(self) -> None:
        """Let go of what the view holds."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up before being seen."""
        super().showEvent(event)
        self.rattraper()
