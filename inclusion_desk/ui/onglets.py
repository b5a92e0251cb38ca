"""The tabs: one page per subject, built when first shown, and the preview when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QVBoxLayout, QWidget

from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES

if TYPE_CHECKING:
    from inclusion_desk.ui.apercu import Apercu

_ICONE = 18


class Onglets(QTabWidget):
    """Holds the pages of one phase; ``etat_change`` and ``message`` are those of the page shown."""

    etat_change = Signal()
    message = Signal(str)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._phase_id: int | None = None
        self._pages: dict[str, Page] = {}
        self._piles: dict[str, QVBoxLayout] = {}
        self.noms = tuple(PAGES)
        self.apercu: Apercu | None = None
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setIconSize(QSize(_ICONE, _ICONE))
        for nom in self.noms:
            cadre = QWidget()
            pile = QVBoxLayout(cadre)
            pile.setContentsMargins(0, 0, 0, 0)
            self._piles[nom] = pile
            self.addTab(cadre, icone(PAGES[nom].image), PAGES[nom].titre)
        self.currentChanged.connect(self._on_tab)

    @property
    def courante(self) -> Page | None:
        """The page shown, unless it is the preview."""
        rang = self.currentIndex()
        return self.page(self.noms[rang]) if 0 <= rang < len(self.noms) else None

    def page(self, nom: str) -> Page:
        """Give the page of a subject, built on first use."""
        if nom not in self._pages:
            page = Page(PAGES[nom], self._contexte)
            page.etat_change.connect(self._on_state)
            page.message.connect(self.message)
            self._pages[nom] = page
            self._piles[nom].addWidget(page)
            page.show()  # added to a tab already on screen, it would wait for the next turn of the loop
            page.ouvrir(self._phase_id)
        return self._pages[nom]

    def montrer(self, nom: str) -> Page:
        """Show the page of a subject."""
        self.setCurrentIndex(self.noms.index(nom))
        return self.page(nom)

    @property
    def nom_courant(self) -> str:
        """The subject shown; nothing for the preview."""
        rang = self.currentIndex()
        return self.noms[rang] if 0 <= rang < len(self.noms) else ""

    def ouvrir(self, phase_id: int | None) -> None:
        """Show another phase in every page."""
        self._phase_id = phase_id
        for page in self._pages.values():
            page.ouvrir(phase_id)
        if self.apercu is not None:
            self.apercu.ouvrir(phase_id)
        self._on_tab()

    def appliquer(self, changes: Changes) -> None:
        """Hand what an edit touched to the pages concerned."""
        for nom, ids in changes.ids.items():
            if nom in self._pages:
                self._pages[nom].appliquer(ids)
        if self.apercu is not None:
            self.apercu.perimer()

    def actualiser(self) -> None:
        """Read everything again."""
        for page in self._pages.values():
            page.appliquer(())

    def aller(self, nom: str, ids: Sequence[int]) -> bool:
        """Show rows of a subject, the first one current; False when they are gone."""
        page = self.montrer(nom)
        trouve = page.aller(ids[0])
        if trouve and len(ids) > 1:
            page.table.selectionner(list(page.modele.lignes.rangs(list(ids)).values()))
        return trouve

    def montrer_apercu(self, apercu: Apercu) -> None:
        """Add the preview as the last tab, and show it."""
        self.apercu = apercu
        rang = self.addTab(apercu, icone("apercu"), "Aperçu")
        fermer = QToolButton()
        fermer.setIcon(icone("fermer"))
        fermer.setToolTip("Fermer l’aperçu (Ctrl+W)")
        fermer.setAccessibleName("Fermer l’aperçu")
        fermer.setShortcut("Ctrl+W")
        fermer.setAutoRaise(True)
        fermer.setIconSize(QSize(14, 14))
        fermer.setProperty("mince", "true")
        fermer.clicked.connect(self.fermer_apercu)
        self.tabBar().setTabButton(rang, QTabBar.ButtonPosition.RightSide, fermer)
        self.setCurrentIndex(rang)

    def fermer_apercu(self) -> None:
        """Take the preview away."""
        if self.apercu is None:
            return
        apercu, self.apercu = self.apercu, None
        self.removeTab(self.indexOf(apercu))
        apercu.liberer()
        apercu.deleteLater()

    def _on_tab(self) -> None:
        page = self.courante
        if page is not None:
            page.rattraper()
        self.etat_change.emit()

    def _on_state(self) -> None:
        if self.sender() is self._pages.get(self.nom_courant):
            self.etat_change.emit()
