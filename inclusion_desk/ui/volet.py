"""A tab in several parts: a strip or a rail to choose one, each built when first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
)

from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.vues import Touche, Vue

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.page import Page

_RAIL = 196
_LIGNE = 30
_ICONE = 18
_RANG = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Partie:
    """One part of a tab: its name, title, icon, what makes it, and the group it stands under in a rail."""

    nom: str
    titre: str
    image: str
    creer: Callable[[], Vue]
    groupe: str = ""
    sujets: tuple[str, ...] = ()
    """The subjects whose rows it shows, to which findings lead."""


class Rail(QListWidget):
    """The parts of a tab, one under the other, under the titles of their groups."""

    def __init__(self, parties: Sequence[Partie]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(_RAIL)
        self.setIconSize(QSize(_ICONE, _ICONE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Rubriques")
        groupe = ""
        for rang, partie in enumerate(parties):
            if partie.groupe != groupe:
                groupe = partie.groupe
                self._add_title(groupe)
            item = QListWidgetItem(icone(partie.image), partie.titre)
            item.setData(_RANG, rang)
            item.setSizeHint(QSize(0, _LIGNE))
            self.addItem(item)

    def _add_title(self, titre: str) -> None:
        item = QListWidgetItem(titre)
        police = QFont(self.font())
        police.setPixelSize(12)
        police.setBold(True)
        item.setFont(police)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, _LIGNE))
        self.addItem(item)

    def choisir(self, rang: int) -> None:
        """Show a part as the current one."""
        for ligne in range(self.count()):
            if self.item(ligne).data(_RANG) == rang:
                self.setCurrentRow(ligne)

    @staticmethod
    def rang(item: QListWidgetItem | None) -> int | None:
        """Give the part of an entry; None for the title of a group."""
        return None if item is None else item.data(_RANG)


class Volet(Vue):
    """Holds the parts of one tab; what the tabs ask goes to the part shown."""

    def __init__(self, parties: Sequence[Partie], *, rail: bool = False) -> None:
        super().__init__()
        self.parties = tuple(parties)
        self._vues: dict[str, Vue] = {}
        self._phase: Phase | None = None
        self._rang = 0
        self._pile = QStackedWidget()
        self._rail = Rail(self.parties) if rail else None
        self._bande = None if rail else self._strip()
        boite = QHBoxLayout(self) if rail else QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(0)
        for choix in (self._rail, self._bande):
            if choix is not None:
                boite.addWidget(choix)
        boite.addWidget(self._pile, 1)
        if self._rail is not None:
            self._rail.currentItemChanged.connect(self._on_rail)
            self._rail.choisir(0)

    def _strip(self) -> QTabBar:
        bande = QTabBar()
        bande.setObjectName("bande")
        bande.setDrawBase(False)
        bande.setExpanding(False)
        bande.setIconSize(QSize(_ICONE, _ICONE))
        for partie in self.parties:
            bande.addTab(icone(partie.image), partie.titre)
        bande.currentChanged.connect(self._show)
        return bande

    def _on_rail(self, item: QListWidgetItem | None) -> None:
        if (rang := Rail.rang(item)) is not None:
            self._show(rang)

    @property
    def nom(self) -> str:
        """The name of the part shown."""
        return self.parties[self._rang].nom

    @property
    def vue(self) -> Vue | None:
        """The part shown, once built."""
        return self._vues.get(self.nom)

    @property
    def courante(self) -> Page | None:
        """The page of rows of the part shown, if it has one."""
        return self.vue.courante if self.vue else None

    @property
    def suspens(self) -> str:
        """Where something typed in a part is not saved."""
        return next((vue.suspens for vue in self._vues.values() if vue.suspens), "")

    def partie(self, nom: str) -> Vue:
        """Give a part, built on first use."""
        if nom not in self._vues:
            voulue = next(p for p in self.parties if p.nom == nom)
            vue = voulue.creer()
            vue.etat_change.connect(self.etat_change)
            vue.message.connect(self.message)
            vue.partie_demandee.connect(self.montrer)
            vue.lignes_demandees.connect(self.aller)
            vue.phase_demandee.connect(self.phase_demandee)
            self._vues[nom] = vue
            self._pile.addWidget(vue)
            vue.ouvrir(self._phase)
        return self._vues[nom]

    def choisir(self, nom: str) -> None:
        """Make a part the one shown, now or when the tab is."""
        rang = next(n for n, p in enumerate(self.parties) if p.nom == nom)
        if self._rail is not None:
            self._rail.choisir(rang)
        elif self._bande is not None:
            self._bande.setCurrentIndex(rang)
        self._show(rang)

    def montrer(self, nom: str) -> Vue:
        """Show a part, and give it, read even before the window is on screen."""
        self.choisir(nom)
        vue = self.partie(nom)
        self._pile.setCurrentWidget(vue)
        vue.rattraper()
        return vue

    def _show(self, rang: int) -> None:
        self._rang = rang
        if self.isVisible():
            self._pile.setCurrentWidget(self.partie(self.nom))
            self.etat_change.emit()

    def ouvrir(self, phase: Phase | None) -> None:
        """Show a phase in every part built."""
        self._phase = phase
        for vue in self._vues.values():
            vue.ouvrir(phase)

    def appliquer(self, ids: Touche) -> None:
        """Hand what an edit touched to every part built."""
        for vue in self._vues.values():
            vue.appliquer(ids)

    def rattraper(self) -> None:
        """Build and read the part shown."""
        vue = self.partie(self.nom)
        self._pile.setCurrentWidget(vue)
        vue.rattraper()
        self.etat_change.emit()

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Show the part that holds a subject, and its rows."""
        for partie in self.parties:
            if sujet in partie.sujets:
                return self.montrer(partie.nom).aller(sujet, ids)
        return False

    def resume(self) -> tuple[str, ...]:
        """Say what the part shown sums up to."""
        return self.vue.resume() if self.vue else ()

    def fermer(self) -> None:
        """Let go of what every part holds."""
        for vue in self._vues.values():
            vue.fermer()
