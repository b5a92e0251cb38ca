"""A page of what is followed, and beside it what is selected: its facts and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import UseCase
from inclusion_desk.ui.cartes import Faits
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.dialogues import avertir
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.modifications import avec_modifier
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pastilles import dire_etat, pastille
from inclusion_desk.ui.vues import Touche, Vue

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.description import Description

_LARGEUR = 280
_AVANT_BOUTONS = 3
"""The place, in the row of a page, after its filter, its lock and its stretch."""


@dataclass(frozen=True, slots=True)
class Geste:
    """One thing to do with what is selected: its name, the words of its button, and what it does."""

    nom: str
    texte: str
    faire: Callable[[], object]
    principal: bool = False


class Volet(QFrame):
    """The panel beside the table."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panneau")
        self.setMinimumWidth(_LARGEUR)
        self._titre = etiquette("", "sous-titre")
        self._sous = etiquette("")
        self._etat = pastille()
        self.faits = Faits()
        self.boutons: dict[str, QPushButton] = {}
        self._gestes = QVBoxLayout()
        self._gestes.setSpacing(6)
        contenu = QWidget()
        self.pile = pile = QVBoxLayout(contenu)
        pile.setContentsMargins(16, 14, 16, 16)
        pile.setSpacing(10)
        for element in (self._titre, self._sous, self._etat, self.faits):
            pile.addWidget(element)
        pile.addLayout(self._gestes)
        pile.addStretch()
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        zone.setWidget(contenu)
        autour = QVBoxLayout(self)
        autour.setContentsMargins(0, 0, 0, 0)
        autour.addWidget(zone)

    def inserer(self, element: QWidget) -> None:
        """Add something under what may be done."""
        self.pile.insertWidget(self.pile.count() - 1, element)

    def dire(self, titre: str, sous: str = "", etat: str = "", ton: str = "neutre") -> None:
        """Name what is selected, and its state."""
        self._titre.setText(titre)
        self._sous.setText(sous)
        self._sous.setVisible(bool(sous))
        dire_etat(self._etat, etat, ton)

    def proposer(self, gestes: Sequence[Geste]) -> None:
        """Offer what may be done, in its order."""
        for ancien in self.boutons.values():
            ancien.hide()
            ancien.deleteLater()
        self.boutons = {}
        for geste in gestes:
            bouton = QPushButton(geste.texte)
            bouton.setProperty("principal", "true" if geste.principal else "false")
            bouton.setAutoDefault(False)
            bouton.clicked.connect(lambda _coche=False, g=geste: g.faire())
            self._gestes.addWidget(bouton)
            self.boutons[geste.nom] = bouton


class Suivie(Vue):
    """A page whose rows are changed by a use case of their own, beside the panel of what is selected."""

    SUIVIS: ClassVar[frozenset[str]] = frozenset({"conventions", "avenants"})
    """The subjects whose edits change what is shown, beside the one of the page."""

    def __init__(self, contexte: Contexte, description: Description, modifier: UseCase) -> None:
        super().__init__()
        self.contexte = contexte
        self.phase: Phase | None = None
        self.page = Page(description, avec_modifier(contexte, modifier))
        self.volet = Volet()
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(self.page)
        partage.addWidget(self.volet)
        partage.setStretchFactor(0, 1)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(partage)
        self.page.etat_change.connect(self._on_selection)
        self.page.message.connect(self.message)

    def outil(self, texte: str, image: str, geste: Callable[[], object]) -> QPushButton:
        """Add a button beside the filter of the page."""
        bouton = QPushButton(icone(image), texte)
        bouton.setAutoDefault(False)
        bouton.clicked.connect(lambda _coche=False: geste())
        self.page.rangee.insertWidget(_AVANT_BOUTONS, bouton)
        return bouton

    @property
    def courante(self) -> Page:
        """The page of rows."""
        return self.page

    @property
    def permis(self) -> bool:
        """Whether what is shown may be edited."""
        return self.phase is not None and not self.contexte.desk.lecture_seule

    def ouvrir(self, phase: Phase | None) -> None:
        """Show the rows: those of every phase."""
        self.phase = phase
        self.page.ouvrir(phase)
        self._on_selection()

    def appliquer(self, ids: Touche) -> None:
        """Hand what an edit touched to the page; a convention renamed or signed makes it read everything again."""
        sujet = self.page.sujet.nom
        if self.SUIVIS & ids.keys():
            self.page.appliquer({sujet: ()})
        else:
            self.page.appliquer(ids)
        if (self.SUIVIS | {sujet}) & ids.keys():
            self._on_selection()

    def rattraper(self) -> None:
        """Read what changed while hidden."""
        self.page.rattraper()

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Show rows."""
        return self.page.aller(sujet, ids)

    def resume(self) -> tuple[str, ...]:
        """Say what the page sums up to."""
        return self.page.resume()

    def choisis(self) -> list[Any]:
        """Give the rows selected."""
        return [row for rang in self.page.table.rangs() if (row := self.page.modele.lignes.row(rang)) is not None]

    def _on_selection(self) -> None:
        self.decrire(self.choisis() if self.phase is not None else [])
        self.etat_change.emit()

    def decrire(self, choisis: Sequence[Any]) -> None:
        """Say in the panel what is selected, and offer what may be done."""
        raise NotImplementedError

    def faire(self, titre: str, use_case: UseCase, *args: object) -> bool:
        """Run a use case; a refusal is said. Tells whether it was done."""
        try:
            changes = self.contexte.actions.do(use_case, *args)
        except Refus as erreur:
            avertir(self.window(), f"{titre}{INSECABLE}: impossible", str(erreur))
            return False
        self.message.emit(changes.label)
        return True


def sous_titre(texte: str) -> QLabel:
    """Make the title of a part of the panel."""
    return etiquette(texte, "sous-titre")
