"""The editors of fields, for forms and cells alike: each gives the text that the field reads, and shows its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QMenu,
    QWidget,
    QWidgetAction,
)

from inclusion_desk.domain.champs import Champ, Nature, Valeur
from inclusion_desk.domain.text import fold, format_date
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.zone import ZoneTexte

_PLI = int(Qt.ItemDataRole.UserRole) + 1
_INCONNU = "?"
"""What an unknown choice reads as: no field takes it for an id or a code."""


class Choix(Protocol):
    """One row that a reference can point to."""

    @property
    def id(self) -> int:
        """The id stored."""

    @property
    def libelle(self) -> str:
        """The label picked."""


Options = Callable[[str], Sequence[Choix]]
"""Gives the rows a reference of some subject can point to."""


class Saisie(Protocol):
    """What forms and cells ask of an editor."""

    def texte(self) -> str:
        """Give the text that ``Champ.lire`` reads."""

    def poser(self, valeur: Valeur) -> None:
        """Show a stored value."""


class SaisieTexte(QLineEdit):
    """One line of text: everything but lists and long texts."""

    modifie = Signal()

    def __init__(self, champ: Champ, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._champ = champ
        self.textChanged.connect(self.modifie)

    def texte(self) -> str:
        """Give the text as typed."""
        return self.text()

    def poser(self, valeur: Valeur) -> None:
        """Show a stored value as its field shows it."""
        self.setText(self._champ.montrer(valeur))


class SaisieDate(SaisieTexte):
    """A date typed freely, or picked in a calendar."""

    def __init__(self, champ: Champ, parent: QWidget | None = None) -> None:
        super().__init__(champ, parent)
        self.setPlaceholderText("jj/mm/aaaa")
        ouvrir = QAction(icone("calendrier"), "Choisir dans le calendrier", self)
        ouvrir.setShortcut("Alt+Down")
        ouvrir.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        ouvrir.triggered.connect(self._open)
        self.addAction(ouvrir, QLineEdit.ActionPosition.TrailingPosition)

    def _open(self) -> None:
        menu = QMenu(self)
        calendrier = QCalendarWidget(menu)
        calendrier.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendrier.setSelectedDate(self._present())
        calendrier.activated.connect(self._pick)
        calendrier.clicked.connect(self._pick)
        calendrier.activated.connect(menu.close)
        calendrier.clicked.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendrier)
        menu.addAction(action)
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def _present(self) -> QDate:
        connue = QDate.fromString(self.text().strip(), "dd/MM/yyyy")
        return connue if connue.isValid() else QDate.currentDate()

    def _pick(self, jour: QDate) -> None:
        self.setText(format_date(date(jour.year(), jour.month(), jour.day())))


class SaisieLongue(ZoneTexte):
    """A text of several lines; Tab leaves it."""

    modifie = Signal()

    def __init__(self, champ: Champ, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._champ = champ
        self.setTabChangesFocus(True)
        self.setFixedHeight(72)
        self.textChanged.connect(self.modifie)

    def texte(self) -> str:
        """Give the text as typed."""
        return self.brut()

    def poser(self, valeur: Valeur) -> None:
        """Show a stored text."""
        self.setPlainText(self._champ.montrer(valeur))


class _Completer(QCompleter):
    """Finds what is typed anywhere in the labels, accents and case ignored."""

    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data())


class SaisieListe(QComboBox):
    """A list of choices; a long one (references) is searched by typing any part of a label."""

    modifie = Signal()

    def __init__(self, champ: Champ, choix: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for code, libelle in [*([] if champ.obligatoire else [("", "")]), *choix]:
            self.addItem(libelle, code)
            self.setItemData(self.count() - 1, fold(libelle), _PLI)
        if champ.nature is Nature.REFERENCE:
            self._make_searchable()
        self.setCurrentIndex(-1)
        self.currentTextChanged.connect(self.modifie)

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = _Completer(self)
        completer.setModel(self.model())
        completer.setCompletionRole(_PLI)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(12)
        self.setCompleter(completer)
        if (ligne := self.lineEdit()) is not None:
            ligne.setPlaceholderText("Tapez quelques lettres…")

    def texte(self) -> str:
        """Give the code of the choice, nothing when left empty, and an unreadable mark for anything else."""
        saisi = self.currentText().strip()
        if not saisi:
            return ""
        rang = self.currentIndex() if self.itemText(self.currentIndex()).strip() == saisi else self._seek(saisi)
        return str(self.itemData(rang)) if rang >= 0 else _INCONNU

    def _seek(self, saisi: str) -> int:
        """Find the one label that holds what was typed; -1 when none or several do."""
        pli = fold(saisi)
        plis = [str(self.itemData(rang, _PLI)) for rang in range(self.count())]
        exacts = [rang for rang, texte in enumerate(plis) if texte == pli]
        proches = exacts or [rang for rang, texte in enumerate(plis) if pli in texte]
        return proches[0] if len(proches) == 1 else -1

    def poser(self, valeur: Valeur) -> None:
        """Show the choice of a stored code or id."""
        self.setCurrentIndex(self.findData(self._code(valeur)))
        if (ligne := self.lineEdit()) is not None:
            ligne.setCursorPosition(0)

    def _code(self, valeur: Valeur) -> str:
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        return "" if valeur is None else str(valeur)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to the page: a value never changes because one scrolls past it."""
        e.ignore()


AnySaisie = SaisieTexte | SaisieDate | SaisieLongue | SaisieListe


def creer_saisie(champ: Champ, options: Options, parent: QWidget | None = None) -> AnySaisie:
    """Build the editor of a field; ``options`` is only asked for references."""
    if champ.nature is Nature.REFERENCE:
        choix = [(str(option.id), option.libelle) for option in options(champ.sujet)]
        return SaisieListe(champ, choix, parent)
    if champ.nature is Nature.CHOIX:
        return SaisieListe(champ, list((champ.choix or {}).items()), parent)
    if champ.nature is Nature.BOOLEEN:
        return SaisieListe(champ, [("oui", "oui"), ("non", "non")], parent)
    if champ.nature is Nature.TEXTE_LONG:
        return SaisieLongue(champ, parent)
    return SaisieDate(champ, parent) if champ.nature is Nature.DATE else SaisieTexte(champ, parent)


def marquer(editeur: QWidget, propriete: str, *, vrai: bool) -> None:
    """Set a style property (a fault, a cell) and have the style sheet read it again."""
    if bool(editeur.property(propriete)) == vrai:
        return
    editeur.setProperty(propriete, vrai)
    editeur.style().unpolish(editeur)
    editeur.style().polish(editeur)
