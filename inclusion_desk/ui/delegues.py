"""Delegates: cells drawn and edited in place; a refused text stays open in its editor with the reason under it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from inclusion_desk.domain.champs import NATURES_A_DROITE, Nature
from inclusion_desk.ui.bulle import Bulle
from inclusion_desk.ui.modele import RowModel
from inclusion_desk.ui.saisie import Options, SaisieListe, SaisieTexte, creer_saisie, marquer

Place = QModelIndex | QPersistentModelIndex

_LARGEUR_LISTE = 260
_LARGEUR_TEXTE = 120


class Delegue(QStyledItemDelegate):
    """Edits any field in its cell; ``refuse`` is the editor whose text was just refused, if any."""

    def __init__(self, vue: QAbstractItemView, options: Options) -> None:
        super().__init__(vue)
        self._vue = vue
        self._options = options
        self._bulle: Bulle | None = None
        self.refuse: QWidget | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Place) -> QWidget:
        """Build the editor of the column's field."""
        modele = index.model()
        champ = modele.colonnes[index.column()].champ if isinstance(modele, RowModel) else None
        if champ is None:
            return super().createEditor(parent, _option, index)
        editeur = creer_saisie(champ, self._options, parent)
        editeur.setProperty("cellule", "true")
        if isinstance(editeur, SaisieTexte):
            editeur.setAlignment(
                Qt.AlignmentFlag.AlignRight if champ.nature in NATURES_A_DROITE else Qt.AlignmentFlag.AlignLeft
            )
        elif isinstance(editeur, SaisieListe) and champ.nature is not Nature.REFERENCE:
            editeur.activated.connect(lambda: self._leave(editeur))
        return editeur

    def setEditorData(self, editor: QWidget, index: Place) -> None:
        """Show the stored value once; later changes of the row never overwrite what is being typed."""
        if editor.property("pose"):
            return
        editor.setProperty("pose", "true")
        if isinstance(editor, SaisieTexte | SaisieListe):
            editor.poser(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Place) -> None:
        """Hand the text to the model; a refusal is shown under the editor, which stays as it is."""
        if not isinstance(editor, SaisieTexte | SaisieListe) or not isinstance(model, RowModel):
            return
        accepte = model.setData(index, editor.texte())
        self.refuse = None if accepte or model.refus is None else editor
        marquer(editor, "faute", vrai=self.refuse is editor)
        if self.refuse is editor and model.refus is not None:
            self._say(str(model.refus), editor)
        else:
            self.taire()

    def _say(self, phrase: str, editeur: QWidget) -> None:
        if self._bulle is None:
            self._bulle = Bulle(self._vue.window())
        self._bulle.montrer(phrase, editeur)
        editeur.setFocus()

    def taire(self) -> None:
        """Take the bubble away."""
        self.refuse = None
        if self._bulle is not None:
            self._bulle.hide()

    def _leave(self, editeur: QWidget) -> None:
        self.commitData.emit(editeur)
        self.closeEditor.emit(editeur, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Commit on Enter even in a list, and keep a refused editor open when the focus leaves it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, SaisieListe):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._leave(editor)
                return True
        elif event.type() == QEvent.Type.FocusOut and editor is self.refuse:
            return False
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Place) -> None:
        """Give the editor its cell, and more room where the cell is too narrow to type in."""
        rect = QRect(option.rect)
        voulue = _LARGEUR_LISTE if isinstance(editor, SaisieListe) else _LARGEUR_TEXTE
        large = max(rect.width(), voulue)
        if isinstance(editor, QLineEdit) and editor.alignment() & Qt.AlignmentFlag.AlignRight:
            rect.setLeft(rect.right() - large + 1)
        else:
            rect.setWidth(large)
        limite = self._vue.viewport().width()
        if rect.right() > limite:
            rect.moveRight(limite - 1)
        editor.setGeometry(rect)

    def helpEvent(self, event: QEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Place) -> bool:
        """Show the whole text of a cell that is cut, or what its column has to say."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)  # type: ignore[arg-type]
        bulle = index.data(Qt.ItemDataRole.ToolTipRole) or self._cut_text(option, index)
        if bulle:
            QToolTip.showText(event.globalPos(), f"<p style='white-space:pre-line'>{_plain(bulle)}</p>", view)  # type: ignore[attr-defined]
        else:
            QToolTip.hideText()
        return True

    def _cut_text(self, option: QStyleOptionViewItem, index: Place) -> str:
        texte = str(index.data() or "")
        return texte if self.sizeHint(option, index).width() > option.rect.width() else ""


def _plain(texte: str) -> str:
    """Escape user data for a tooltip, which would take a tag for rich text."""
    return texte.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
