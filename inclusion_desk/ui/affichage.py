"""The entries of the view menu that depend on the tabs: one per tab, and the columns of the table shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from inclusion_desk.ui.onglets import Onglets


def menu_affichage(premiere: QAction, onglets: Onglets) -> QMenu:
    """Put the tabs before the entry ``premiere`` of its menu and the columns at its end; give the menu.

    Raises:
        TypeError: the entry is in no menu.
    """
    menu = premiere.parent()
    if not isinstance(menu, QMenu):
        raise TypeError(menu)
    for rang, nom in enumerate(onglets.noms):
        action = QAction(onglets.tabText(rang), menu)
        action.setShortcut(QKeySequence(f"Ctrl+{rang + 1}"))
        action.triggered.connect(partial(_show, onglets, nom))
        menu.insertAction(premiere, action)
    menu.insertSeparator(premiere)
    menu.addSeparator()
    colonnes = menu.addMenu("C&olonnes")
    colonnes.aboutToShow.connect(partial(_fill, colonnes, onglets))
    return menu


def _show(onglets: Onglets, nom: str, _coche: object = None) -> None:
    vue = onglets.montrer_partie(nom)
    if vue.courante is not None:
        vue.courante.table.setFocus()
    else:
        vue.setFocus()


def _fill(colonnes: QMenu, onglets: Onglets) -> None:
    colonnes.clear()
    if (page := onglets.courante) is not None:
        page.table.entete.remplir_menu(colonnes)
