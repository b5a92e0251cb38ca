"""The editor of a text in which figures follow their source: those tied are marked, amounts tied to nothing as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip

from inclusion_desk.domain.figures import Repere, reperer
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter
from inclusion_desk.ui.apparence import couleurs_de
from inclusion_desk.ui.zone import ZoneTexte

if TYPE_CHECKING:
    from inclusion_desk.services.textes import Chiffres

_REPIT_MS = 250


class Redaction(ZoneTexte):
    """``quitte`` tells that one leaves a text that was changed; ``repere`` that its figures were found again."""

    quitte = Signal()
    repere = Signal()

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self.setTabChangesFocus(True)
        self.reperes: tuple[Repere, ...] = ()
        self._depart = ""
        self._chiffres: Chiffres | None = None
        self._dabord: tuple[str, ...] = ()
        self._minuterie = QTimer(self, singleShot=True, interval=_REPIT_MS)
        self._minuterie.timeout.connect(self.marquer)
        self.textChanged.connect(self._minuterie.start)

    @property
    def change(self) -> bool:
        """Whether the text differs from the one shown."""
        return self.brut() != self._depart

    def montrer(self, texte: str, chiffres: Chiffres, dabord: tuple[str, ...]) -> None:
        """Show a text, and mark its figures."""
        self._chiffres, self._dabord = chiffres, dabord
        if texte != self.brut():
            place = self.textCursor().position()
            self.setPlainText(texte)
            curseur = self.textCursor()
            curseur.setPosition(min(place, len(texte)))
            self.setTextCursor(curseur)
        self._depart = self.brut()
        self.marquer()

    def marquer(self) -> None:
        """Find the figures of the text typed, and mark them."""
        self._minuterie.stop()
        if self._chiffres is None:
            return
        self.reperes = reperer(self.brut(), self._chiffres.connues, dabord=self._dabord)
        couleurs = couleurs_de(self.palette())
        marques = []
        for repere in self.reperes:
            marque = QTextEdit.ExtraSelection()
            marque.format = _format(couleurs.accent if repere.source else couleurs.attention, lie=bool(repere.source))
            curseur = QTextCursor(self.document())
            curseur.setPosition(repere.debut)
            curseur.setPosition(repere.fin, QTextCursor.MoveMode.KeepAnchor)
            marque.cursor = curseur
            marques.append(marque)
        self.setExtraSelections(marques)
        self.repere.emit()

    def resumer(self) -> str:
        """Say how many figures are tied, and which amounts are not."""
        texte = self.brut()
        lies = sum(bool(repere.source) for repere in self.reperes)
        libres = dict.fromkeys(texte[r.debut : r.fin] for r in self.reperes if not r.source)
        phrases = []
        if lies:
            phrases.append(f"{compter(lies, 'chiffre suit', 'chiffres suivent')} leur source."
                           if lies > 1 else "1 chiffre suit sa source.")  # fmt: skip
        if libres:
            nombre = compter(len(libres), "montant n’est lié", "montants ne sont liés")
            phrases.append(f"{nombre} à rien{INSECABLE}: {', '.join(libres)}.")
        return " ".join(phrases)

    def dire(self, repere: Repere) -> str:
        """Say where a figure comes from."""
        libelles: Mapping[str, tuple[str, str]] = self._chiffres.libelles if self._chiffres else {}
        if not repere.source:
            return "Ce montant n’est lié à rien : il ne suivra pas les lignes."
        de, quoi = libelles.get(repere.source, ("", repere.source))
        return f"Suit sa source{INSECABLE}: {de}, {quoi}"

    def remplir_menu(self, menu: QMenu) -> None:
        """List the figures that may be inserted, by what they belong to."""
        menu.clear()
        if self._chiffres is None:
            return
        sous_menus: dict[str, QMenu] = {}
        for nom, (de, quoi) in self._chiffres.libelles.items():
            if de not in sous_menus:
                sous_menus[de] = menu.addMenu(de.replace("&", "&&"))
            valeur = self._chiffres.connues[nom]
            action = sous_menus[de].addAction(f"{quoi[:1].upper()}{quoi[1:]}{INSECABLE}: {valeur}")
            action.triggered.connect(lambda _coche=False, v=valeur: self._insert(v))

    def _insert(self, valeur: str) -> None:
        self.insertPlainText(valeur)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Say where the figure under the pointer comes from."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position()
            repere = next((r for r in self.reperes if r.debut <= place <= r.fin), None)
            QToolTip.showText(event.globalPos(), self.dire(repere) if repere else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.marquer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text is left."""
        super().focusOutEvent(event)
        if self.change:
            self.quitte.emit()


def _format(couleur: str, *, lie: bool) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(couleur))
    style.setUnderlineColor(QColor(couleur))
    souligne = QTextCharFormat.UnderlineStyle
    style.setUnderlineStyle(souligne.DotLine if lie else souligne.WaveUnderline)
    return style
