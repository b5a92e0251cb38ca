"""The table of every page: a keyboard-first view of a RowModel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from inclusion_desk.ui.apparence import police_chiffres
from inclusion_desk.ui.delegues import Delegue
from inclusion_desk.ui.entete import Entete
from inclusion_desk.ui.modele import RowModel
from inclusion_desk.ui.presse_papiers import cellule, nombre, tsv
from inclusion_desk.ui.reglages import Reglages
from inclusion_desk.ui.saisie import Options

HAUTEUR_LIGNE = 32
_COPIE_MAX = 20_000

_RANGEE = QItemSelectionModel.SelectionFlag.Rows
_SEULE = QItemSelectionModel.SelectionFlag.ClearAndSelect | _RANGEE


class Table(QTableView):
    """Rows selected whole, cells edited with F2; Enter opens the form, Suppr deletes, Tab leaves."""

    formulaire_demande = Signal()
    suppression_demandee = Signal()

    def __init__(self, modele: RowModel, options: Options, reglages: Reglages, nom: str) -> None:
        super().__init__()
        self.modele = modele
        self.delegue = Delegue(self, options)
        self.entete = Entete(self, modele.colonnes, reglages, nom)
        self.setHorizontalHeader(self.entete)
        self.setModel(modele)
        self.setItemDelegate(self.delegue)
        self._set_up()
        self.setSortingEnabled(True)
        self.entete.restaurer()

    def _set_up(self) -> None:
        self.setFont(police_chiffres(self.font()))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setCornerButtonEnabled(False)
        self.entete.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        vertical = self.verticalHeader()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(HAUTEUR_LIGNE)
        vertical.hide()
        self.doubleClicked.connect(self._on_double_click)

    def rangs(self) -> list[int]:
        """List the rows selected, from the top."""
        trouves: set[int] = set()
        choix = self.selectionModel().selection()
        for plage in (choix.at(n) for n in range(choix.count())):
            trouves.update(range(plage.top(), plage.bottom() + 1))
        return sorted(trouves)

    def ids(self) -> list[int]:
        """List the ids of the rows selected, from the top."""
        return [self.modele.lignes.id_de(rang) for rang in self.rangs()]

    def aller(self, identifiant: int) -> bool:
        """Select one row and bring it into view; False when the filter hides it or it is gone."""
        rang = self.modele.lignes.rangs([identifiant]).get(identifiant)
        if rang is None:
            return False
        colonne = max(0, self.currentIndex().column())
        self.selectionModel().setCurrentIndex(self.modele.index(rang, colonne), _SEULE)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def selectionner(self, rangs: list[int]) -> None:
        """Select several rows."""
        choix = QItemSelection()
        for rang in rangs:
            choix.select(self.modele.index(rang, 0), self.modele.index(rang, 0))
        self.selectionModel().select(choix, _SEULE)

    def copier(self) -> None:
        """Copy the rows selected, visible columns in their order, as tab-separated text."""
        visuelles = [self.entete.logicalIndex(place) for place in range(self.entete.count())]
        colonnes = [self.modele.colonnes[c] for c in visuelles if not self.isColumnHidden(c)]
        faire: dict[bool, Callable[[str], str]] = {True: nombre, False: cellule}
        rows = filter(None, (self.modele.lignes.row(rang) for rang in self.rangs()[:_COPIE_MAX]))
        QGuiApplication.clipboard().setText(tsv([faire[c.a_droite](c.texte(row)) for c in colonnes] for row in rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give Enter, Suppr and Ctrl+C their meaning; F2 is Qt's own."""
        en_edition = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copier()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not en_edition:
            self.formulaire_demande.emit()
        elif event.key() == Qt.Key.Key_Delete and not en_edition:
            self.suppression_demandee.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: Qt would read every row to look for the letter typed; the filter does it better."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor, unless its text was just refused and is not given up."""
        annule = hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
        if editor is self.delegue.refuse and not annule:
            editor.setFocus()
            return
        self.delegue.taire()
        super().closeEditor(editor, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the elastic columns follow the window."""
        super().resizeEvent(event)
        self.entete.ajuster()

    def _on_double_click(self, index: QModelIndex) -> None:
        if not self.modele.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.formulaire_demande.emit()
