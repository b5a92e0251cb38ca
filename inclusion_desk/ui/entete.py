"""The header of a table: widths, order, visibility and sort, fitted to the window and remembered per tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.reglages import Reglages

_HAUTEUR = 34
_MINIMUM = 48
_RETRECI = 0.62
"""How far an elastic column may shrink before the table scrolls sideways."""


class Entete(QHeaderView):
    """A header described by columns; elastic columns share the room left until the user sets a width."""

    def __init__(self, vue: QTableView, colonnes: Sequence[Column], reglages: Reglages, nom: str) -> None:
        super().__init__(Qt.Orientation.Horizontal, vue)
        self._vue = vue
        self._colonnes = tuple(colonnes)
        self._reglages = reglages
        self._cle = f"table.{nom}"
        self._automatique = True
        self._occupe = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setMinimumSectionSize(_MINIMUM)
        self.setFixedHeight(_HAUTEUR)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def restaurer(self) -> None:
        """Set the columns as they were left, or as they are described."""
        self._occupe = True
        memoire = self._reglages.groupe(self._cle)
        self._automatique = not memoire.get("largeurs")
        largeurs = memoire.get("largeurs") or {}
        caches = memoire.get("caches")
        for rang, colonne in enumerate(self._colonnes):
            largeur = largeurs.get(colonne.attribut)
            self.resizeSection(rang, largeur if isinstance(largeur, int) else colonne.largeur)
            self.setSectionHidden(rang, colonne.attribut in caches if caches is not None else not colonne.visible)
        self._restore_order(memoire.get("ordre"))
        self._restore_sort(memoire.get("tri"))
        self._occupe = False
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._remember)
        self.sortIndicatorChanged.connect(self._remember)
        self.customContextMenuRequested.connect(self._menu)

    def _restore_order(self, ordre: Any) -> None:  # noqa: ANN401 - whatever the file holds
        noms = [colonne.attribut for colonne in self._colonnes]
        connus = [nom for nom in ordre if nom in noms] if isinstance(ordre, list) else []
        for place, nom in enumerate(connus):
            self.moveSection(self.visualIndex(noms.index(nom)), place)

    def _restore_sort(self, tri: Any) -> None:  # noqa: ANN401 - idem
        noms = [colonne.attribut for colonne in self._colonnes]
        descendant = Qt.SortOrder.DescendingOrder
        if isinstance(tri, list) and len(tri) == 2 and tri[0] in noms:  # noqa: PLR2004 - name and direction
            self.setSortIndicator(noms.index(tri[0]), descendant if tri[1] else Qt.SortOrder.AscendingOrder)
        else:
            self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def ajuster(self) -> None:
        """Share the room between the elastic columns, unless the user set widths."""
        visibles = [r for r in range(len(self._colonnes)) if not self.isSectionHidden(r)]
        souples = [r for r in visibles if self._colonnes[r].elastique]
        if not self._automatique or not souples:
            return
        fixes = sum(self._colonnes[r].largeur for r in visibles if r not in souples)
        voulues = sum(self._colonnes[r].largeur for r in souples)
        rapport = max(_RETRECI, (self._vue.viewport().width() - fixes) / voulues)
        deja, self._occupe = self._occupe, True  # a scroll bar that appears calls this again, half-way
        for rang in souples:
            self.resizeSection(rang, int(self._colonnes[rang].largeur * rapport))
        self._occupe = deja

    def _resized(self) -> None:
        if not self._occupe:
            self._automatique = False
            self._remember()

    def _remember(self) -> None:
        if self._occupe:
            return
        noms = [colonne.attribut for colonne in self._colonnes]
        tri = self.sortIndicatorSection()
        largeurs = {} if self._automatique else {n: self.sectionSize(r) or self._colonnes[r].largeur
                                                 for r, n in enumerate(noms)}  # fmt: skip
        self._reglages.retenir(
            self._cle,
            {
                "largeurs": largeurs,
                "caches": [n for r, n in enumerate(noms) if self.isSectionHidden(r)],
                "ordre": [noms[self.logicalIndex(place)] for place in range(len(noms))],
                "tri": [noms[tri], self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder] if tri >= 0 else None,
            },
        )

    def remplir_menu(self, menu: QMenu) -> None:
        """Fill a menu with one entry per column, to show or hide it, and one to come back to the start."""
        menu.clear()
        for rang, colonne in enumerate(self._colonnes):
            action = QAction(colonne.titre, menu, checkable=True)
            action.setChecked(not self.isSectionHidden(rang))
            action.setEnabled(rang > 0)
            action.toggled.connect(lambda visible, r=rang: self._show(r, visible=visible))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("Rétablir les colonnes d’origine", self.retablir)

    def _show(self, rang: int, *, visible: bool) -> None:
        self.setSectionHidden(rang, not visible)
        if visible and self.sectionSize(rang) < _MINIMUM:
            self.resizeSection(rang, self._colonnes[rang].largeur)
        self.ajuster()
        self._remember()

    def retablir(self) -> None:
        """Come back to the widths, order and columns described."""
        self._occupe = True
        self._automatique = True
        self._restore_order([colonne.attribut for colonne in self._colonnes])
        for rang, colonne in enumerate(self._colonnes):
            self.setSectionHidden(rang, not colonne.visible)
            self.resizeSection(rang, colonne.largeur)
        self._occupe = False
        self.ajuster()
        self._remember()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.remplir_menu(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(place))
