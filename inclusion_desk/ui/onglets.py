"""The tabs: each built when first shown, and the preview when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QVBoxLayout, QWidget

from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.plan import planifier
from inclusion_desk.ui.volet import Volet
from inclusion_desk.ui.vues import Vue

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.apercu import Apercu

_ICONE = 18
PREMIER = "structures"
"""The tab shown the first time."""


class Onglets(QTabWidget):
    """Holds what is shown of one phase; ``etat_change`` and ``message`` are those of the tab shown."""

    etat_change = Signal()
    message = Signal(str)
    phase_demandee = Signal(int)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._phase: Phase | None = None
        self.plan = {onglet.nom: onglet for onglet in planifier(contexte)}
        self._vues: dict[str, Vue] = {}
        self._piles: dict[str, QVBoxLayout] = {}
        self.noms = tuple(self.plan)
        self.apercu: Apercu | None = None
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setIconSize(QSize(_ICONE, _ICONE))
        for nom, onglet in self.plan.items():
            cadre = QWidget()
            pile = QVBoxLayout(cadre)
            pile.setContentsMargins(0, 0, 0, 0)
            self._piles[nom] = pile
            self.addTab(cadre, icone(onglet.image), onglet.titre)
        self.setCurrentIndex(self.noms.index(PREMIER))
        self.currentChanged.connect(self._on_tab)

    @property
    def vue(self) -> Vue | None:
        """What the tab shown holds, unless it is the preview."""
        return self.onglet(self.nom_courant) if self.nom_courant else None

    @property
    def courante(self) -> Page | None:
        """The page of rows shown, if any."""
        return self.vue.courante if self.vue else None

    @property
    def nom_courant(self) -> str:
        """The tab shown; nothing for the preview."""
        rang = self.currentIndex()
        return self.noms[rang] if 0 <= rang < len(self.noms) else ""

    @property
    def controles(self) -> bool:
        """Whether the findings of the phase are of use beside the tab shown."""
        return self.plan[self.nom_courant].controles if self.nom_courant else True

    @property
    def lieu(self) -> str:
        """The tab shown and its part, as the settings remember them: ``seance/vote``."""
        return f"{self.nom_courant}/{self.vue.nom}" if isinstance(self.vue, Volet) else self.nom_courant

    def commencer(self, nom: str, partie: str) -> None:
        """Start on the tab and the part last shown; unknown ones are left aside."""
        if nom not in self.plan:
            return
        self.setCurrentIndex(self.noms.index(nom))
        vue = self.onglet(nom)
        if isinstance(vue, Volet) and partie in {p.nom for p in vue.parties}:
            vue.choisir(partie)

    @property
    def faits(self) -> tuple[str, ...]:
        """The tabs built so far."""
        return tuple(self._vues)

    @property
    def suspens(self) -> str:
        """Where something typed is not saved."""
        return next((vue.suspens for vue in self._vues.values() if vue.suspens), "")

    def onglet(self, nom: str) -> Vue:
        """Give what a tab holds, built on first use."""
        if nom not in self._vues:
            vue = self.plan[nom].creer()
            vue.etat_change.connect(partial(self._on_state, nom))
            vue.message.connect(self.message)
            vue.phase_demandee.connect(self.phase_demandee)
            self._vues[nom] = vue
            self._piles[nom].addWidget(vue)
            vue.show()  # added to a tab already on screen, it would wait for the next turn of the loop
            vue.ouvrir(self._phase)
        return self._vues[nom]

    def page(self, sujet: str) -> Page:
        """Give the page of rows of a subject, built on first use.

        Raises:
            LookupError: no tab shows rows of it.
        """
        nom, partie = self._seek(sujet)
        vue = self.onglet(nom)
        if isinstance(vue, Volet):
            vue = vue.partie(partie)
        if vue.courante is None:
            raise LookupError(sujet)
        return vue.courante

    def _seek(self, sujet: str) -> tuple[str, str]:
        for nom, onglet in self.plan.items():
            for partie in onglet.parties:
                if sujet in partie.sujets:
                    return nom, partie.nom
        raise LookupError(sujet)

    def montrer(self, sujet: str) -> Page:
        """Show the page of rows of a subject."""
        self.montrer_partie(*self._seek(sujet))
        return self.page(sujet)

    def montrer_partie(self, nom: str, partie: str = "") -> Vue:
        """Show a tab, and one of its parts."""
        self.setCurrentIndex(self.noms.index(nom))
        vue = self.onglet(nom)
        vue.rattraper()
        return vue.montrer(partie) if partie and isinstance(vue, Volet) else vue

    def ouvrir(self, phase: Phase | None) -> None:
        """Show another phase everywhere."""
        self._phase = phase
        for vue in self._vues.values():
            vue.ouvrir(phase)
        if self.apercu is not None:
            self.apercu.ouvrir(phase.id if phase else None)
        self._on_tab()

    def appliquer(self, changes: Changes) -> None:
        """Hand what an edit touched to what is built."""
        for vue in self._vues.values():
            vue.appliquer(changes.ids)
        if self.apercu is not None:
            self.apercu.perimer()

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Show rows of a subject, the first one current; False when they are gone."""
        nom, partie = self._seek(sujet)
        return self.montrer_partie(nom, partie).aller(sujet, ids)

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

    def fermer(self) -> None:
        """Let go of what every tab holds."""
        self.fermer_apercu()
        for vue in self._vues.values():
            vue.fermer()

    def _on_tab(self) -> None:
        if self.vue is not None:
            self.vue.rattraper()
        self.etat_change.emit()

    def _on_state(self, nom: str) -> None:
        if nom == self.nom_courant:
            self.etat_change.emit()
