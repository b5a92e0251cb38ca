"""A list whose entries are put in order: dragged, or moved with the keyboard (Alt and the arrows)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

_COTE, _MARGE = 14, 7
_HAUTEUR_MAX = 2000
CLE = int(Qt.ItemDataRole.UserRole)


class _Lignes(QStyledItemDelegate):
    """Gives each entry the height of its text, wrapped: the style forgets the padding of the style sheet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Measure the text in the width there is."""
        liste = self.parent()
        large = liste.viewport().width() if isinstance(liste, QListWidget) else 0
        mots = int(Qt.TextFlag.TextWordWrap)
        cadre = option.fontMetrics.boundingRect(0, 0, large - 2 * _COTE, _HAUTEUR_MAX, mots, index.data())
        return QSize(0, cadre.height() + 2 * _MARGE)


class Rangement(QListWidget):
    """Entries hold a key; ``ordonne`` tells the keys in their new order, ``ouvert`` the one opened."""

    ordonne = Signal(object)
    ouvert = Signal(object)

    def __init__(self, nom: str, *, mobile: bool = True) -> None:
        super().__init__()
        self._mobile = mobile
        self.setAccessibleName(nom)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Lignes(self))
        self.permettre(oui=mobile)
        self.itemDoubleClicked.connect(self._on_double)
        self.model().rowsMoved.connect(self._tell)

    def permettre(self, *, oui: bool) -> None:
        """Allow entries to be moved, or not."""
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if oui and self._mobile else mode.NoDragDrop)

    def remplir(self, entrees: Sequence[tuple[object, str]]) -> None:
        """Show entries, keeping the current one where it still stands, else its place; nothing is signalled."""
        courante, rang = self.cle, self.currentRow()
        self.blockSignals(True)  # whoever fills the list then shows what is current
        self.clear()
        for cle, texte in entrees:
            item = QListWidgetItem(texte)
            item.setData(CLE, cle)
            self.addItem(item)
        rangs = [n for n, (cle, _texte) in enumerate(entrees) if cle == courante]
        if entrees and (rangs or rang >= 0):
            self.setCurrentRow(rangs[0] if rangs else min(rang, len(entrees) - 1))
        self.blockSignals(False)

    @property
    def cle(self) -> object:
        """The key of the current entry, if any."""
        rang = self.currentRow()
        return self.item(rang).data(CLE) if rang >= 0 else None

    @property
    def cles(self) -> tuple[object, ...]:
        """Every key, in the order shown."""
        return tuple(self.item(rang).data(CLE) for rang in range(self.count()))

    def choisir(self, cle: object) -> bool:
        """Make an entry the current one; False when it is not there."""
        for rang, autre in enumerate(self.cles):
            if autre == cle:
                self.setCurrentRow(rang)
                return True
        return False

    def deplacer(self, pas: int) -> None:
        """Move the current entry up (-1) or down (1)."""
        rang = self.currentRow()
        cles = list(self.cles)
        if 0 <= rang < len(cles) and 0 <= rang + pas < len(cles):
            cles.insert(rang + pas, cles.pop(rang))
            self.ordonne.emit(tuple(cles))

    def _tell(self) -> None:
        QTimer.singleShot(0, self, lambda: self.ordonne.emit(self.cles))  # once the list has done moving

    def _on_double(self, item: QListWidgetItem) -> None:
        self.ouvert.emit(item.data(CLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give Enter and Alt with the arrows their meaning."""
        monte = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.ouvert.emit(self.cle)
        elif monte is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self.dragDropMode() is not QAbstractItemView.DragDropMode.NoDragDrop:
                self.deplacer(monte)
        else:
            super().keyPressEvent(event)
