"""The panel of controls: findings of the phase, live, each leading to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHeaderView,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.constats import Cible, Constat, Gravite
from inclusion_desk.domain.money import INSECABLE, format_nombre
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.services import controles
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.ui.apparence import couleurs_de
from inclusion_desk.ui.icones import dessiner
from inclusion_desk.ui.rubriques import rubrique
from inclusion_desk.ui.taches import Avance, Taches

_REPIT_MS = 250
_MAXIMUM = 300
_ICONE = 18
_LIGNES_MIN = 2
_HAUTEUR = 184
_CONSTAT = int(Qt.ItemDataRole.UserRole)


class Liste(QTreeWidget):
    """The findings as lines: severity with icon and word, sentence, code; Enter leads to the row."""

    choisi = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(4)
        self.setHeaderLabels(["Gravité", "Constat", "Concerne", "Règle"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIconSize(QSize(_ICONE, _ICONE))
        self.setAccessibleName("Constats des contrôles")
        tete = self.header()
        tete.setStretchLastSection(False)
        tete.setSectionsClickable(False)
        tete.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for colonne, largeur in ((0, 132), (2, 168), (3, 88)):
            self.setColumnWidth(colonne, largeur)
        self.itemDoubleClicked.connect(self._choose)

    def remplir(self, constats: Sequence[Constat]) -> None:
        """Show findings, keeping the current one where it still stands."""
        item_courant = self.currentItem()
        courant = item_courant.data(0, _CONSTAT) if item_courant else None
        self.clear()
        for constat in constats[:_MAXIMUM]:
            item = QTreeWidgetItem([constat.gravite.value, typo(constat.phrase), _cibles(constat), constat.code])
            item.setData(0, _CONSTAT, constat)
            item.setToolTip(1, _plain(typo(constat.phrase)))
            self.addTopLevelItem(item)
            if constat == courant:
                self.setCurrentItem(item)
        self.colorer()
        if len(constats) > _MAXIMUM:
            self._say_more(len(constats) - _MAXIMUM)

    @property
    def hauteur_utile(self) -> int:
        """The height that shows every line, in pixels."""
        lignes = max(_LIGNES_MIN, self.topLevelItemCount())
        ligne = max(self.sizeHintForRow(0), self.fontMetrics().height() + 4)
        return self.header().sizeHint().height() + lignes * ligne + 2 * self.frameWidth() + 4

    def _say_more(self, reste: int) -> None:
        """Say how many findings are not listed: a list of 100 000 helps nobody and weighs a gigabyte."""
        autres = compter(reste, "autre constat", "autres constats")
        self.addTopLevelItem(QTreeWidgetItem(["", f"Et {autres}{INSECABLE}: réglez d’abord ceux-ci."]))

    def colorer(self) -> None:
        """Give each severity the icon and the colour of the mode of the day."""
        couleurs = couleurs_de(self.palette())
        nuances = {
            Gravite.BLOQUANT: couleurs.bloquant,
            Gravite.ATTENTION: couleurs.attention,
            Gravite.INFORMATION: couleurs.information,
        }
        for rang in range(self.topLevelItemCount()):
            item = self.topLevelItem(rang)
            constat = item.data(0, _CONSTAT) if item is not None else None
            if item is None or constat is None:
                continue
            gravite = constat.gravite
            item.setForeground(0, QColor(nuances[gravite]))
            item.setForeground(3, QColor(couleurs.doux))
            item.setForeground(2, QColor(couleurs.doux))
            item.setIcon(0, _pastille(gravite, QColor(nuances[gravite])))

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.colorer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the row on Enter."""
        courant = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and courant is not None:
            self._choose(courant)
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QTreeWidgetItem, _colonne: int = 0) -> None:
        constat = item.data(0, _CONSTAT)
        if constat is not None:
            self.choisi.emit(constat)


def _plain(texte: str) -> str:
    return f"<qt>{texte.replace('&', '&amp;').replace('<', '&lt;')}</qt>"


def _cibles(constat: Constat) -> str:
    if not constat.cibles:
        return rubrique(constat).titre
    sujet = SUJETS[constat.cibles[0].sujet]
    if len(constat.cibles) == 1:
        return sujet.singulier.capitalize()
    return compter(len(constat.cibles), sujet.singulier, sujet.pluriel)


def _pastille(gravite: Gravite, couleur: QColor) -> QIcon:
    image = QPixmap(_ICONE, _ICONE)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    dessiner(painter, image.rect(), gravite.name.lower(), couleur)
    painter.end()
    return QIcon(image)


class Controles(QDockWidget):
    """Re-runs the controls a moment after each change, off the window's thread."""

    cible_choisie = Signal(str, tuple)
    """The subject and the ids a finding leads to."""
    rubrique_choisie = Signal(str, str)
    """The tab and the part a finding leads to that names no row."""
    actualise = Signal()
    """The findings shown are those of the rows as they stand."""

    def __init__(self, desk: Desk, taches: Taches, hauteur: object = None) -> None:
        super().__init__("Contrôles")
        self.setObjectName("controles")
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self._desk = desk
        self._taches = taches
        self._phase_id: int | None = None
        self._tour = 0
        self.voulu, self._concerne = True, True
        self.hauteur = hauteur if isinstance(hauteur, int) and hauteur > 0 else _HAUTEUR
        self.constats: tuple[Constat, ...] = ()
        self.liste = Liste()
        self._rien = QLabel()
        self._rien.setTextFormat(Qt.TextFormat.PlainText)
        self._rien.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rien.setProperty("role", "doux")
        self._pile = QStackedWidget()
        self._pile.addWidget(self.liste)
        self._pile.addWidget(self._rien)
        cadre = QWidget()
        rangee = QVBoxLayout(cadre)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.addWidget(self._pile)
        self.setWidget(cadre)
        self._minuterie = QTimer(self, singleShot=True, interval=_REPIT_MS)
        self._minuterie.timeout.connect(self._run)
        self.liste.choisi.connect(self._on_choice)
        self.toggleViewAction().triggered.connect(self._on_wish)

    def ouvrir(self, phase_id: int | None) -> None:
        """Run the controls of a phase now."""
        self._phase_id = phase_id
        self._run()

    def concerner(self, oui: bool) -> None:  # noqa: FBT001 - a state, like setVisible
        """Stand beside what the findings speak of, if the user wants them, and leave the room elsewhere."""
        self._concerne = oui
        self.setVisible(oui and self.voulu)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember that the user does without."""
        super().closeEvent(event)
        self.voulu = self.voulu and not self._concerne

    def _on_wish(self, montre: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self.voulu = self.voulu or montre

    def relancer(self) -> None:
        """Run the controls again once edits pause."""
        self._minuterie.start()

    def _run(self) -> None:
        self._minuterie.stop()
        self._tour += 1
        if self._phase_id is None:
            self._show(())
            return
        self._taches.lancer(partial(_read, self._desk, self._phase_id), partial(self._on_done, self._tour))

    def _on_done(self, tour: int, resultat: tuple[Constat, ...] | Exception) -> None:
        if tour != self._tour:
            return
        if isinstance(resultat, Exception):
            self._show(())
            self._rien.setText(typo(f"Les contrôles n’ont pas pu être faits. {resultat}"))
        else:
            self._show(resultat)

    def _show(self, constats: tuple[Constat, ...]) -> None:
        self.constats = constats
        nombre = f" ({format_nombre(len(constats))})" if constats else ""
        self.setWindowTitle(f"Contrôles{nombre}")
        self._rien.setText("Aucun constat pour cette phase.")
        self._pile.setCurrentWidget(self.liste if constats else self._rien)
        self.liste.remplir(constats)
        self.ajuster()
        self.actualise.emit()

    def ajuster(self) -> None:
        """Take the height chosen by the user, or less where there is less to show: the rest is for the tab."""
        fenetre = self.parentWidget()
        if isinstance(fenetre, QMainWindow):
            titre = self.height() - self._pile.height()
            fenetre.resizeDocks([self], [min(self.hauteur, self.liste.hauteur_utile + titre)], Qt.Orientation.Vertical)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the height that the user gives by hand."""
        super().resizeEvent(event)
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.hauteur = event.size().height()

    def _on_choice(self, constat: Constat) -> None:
        if not constat.cibles:
            lieu = rubrique(constat)
            self.rubrique_choisie.emit(lieu.onglet, lieu.partie)
            return
        premiere: Cible = constat.cibles[0]
        self.cible_choisie.emit(premiere.sujet, tuple(c.id for c in constat.cibles if c.sujet == premiere.sujet))


def _read(desk: Desk, phase_id: int, _avance: Avance) -> tuple[Constat, ...]:
    return desk.read(controles.constats, phase_id)
