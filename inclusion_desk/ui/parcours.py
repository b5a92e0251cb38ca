"""A page of rows and, beside it, the path of what is selected: state, facts, what may be done next, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.etats import Evenement, Transition
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.formulaire import demander_motif
from inclusion_desk.ui.historique import Historique
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES
from inclusion_desk.ui.pastilles import dire_etat, pastille
from inclusion_desk.ui.vues import Touche, Vue

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase

Geste = Callable[[Transition], None]
_LARGEUR = 264


@dataclass(frozen=True, slots=True)
class Vu:
    """What the panel says of a selection; ``histoire`` is None for several rows or none."""

    titre: str
    etat: str = ""
    ton: str = ""
    faits: str = ""
    histoire: Sequence[Evenement] | None = None
    sans_histoire: str = ""


class Parcours(QFrame):
    """The panel beside the table."""

    def __init__(self, principaux: frozenset[str], largeur: int = _LARGEUR) -> None:
        super().__init__()
        self._principaux = principaux
        self.setProperty("role", "panneau")
        self.setMinimumWidth(largeur)
        self._titre = etiquette("", "sous-titre")
        self._etat = pastille()
        self._faits = etiquette("", "doux")
        self.boutons: dict[str, QPushButton] = {}
        self._gestes = QVBoxLayout()
        self._gestes.setSpacing(6)
        self._sous = QLabel("Historique")
        self._sous.setProperty("role", "sous-titre")
        self._historique = Historique()
        contenu = QWidget()
        self._pile = pile = QVBoxLayout(contenu)
        pile.setContentsMargins(16, 14, 16, 16)
        pile.setSpacing(10)
        for element in (self._titre, self._etat, self._faits):
            pile.addWidget(element)
        pile.addLayout(self._gestes)
        pile.addSpacing(6)
        pile.addWidget(self._sous)
        pile.addWidget(self._historique)
        pile.addStretch()
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        zone.setWidget(contenu)
        autour = QVBoxLayout(self)
        autour.setContentsMargins(0, 0, 0, 0)
        autour.addWidget(zone)

    def inserer(self, element: QWidget) -> None:
        """Add something between what may be done and the history."""
        self._pile.insertWidget(self._pile.indexOf(self._sous), element)

    def montrer(self, vu: Vu, gestes: Sequence[Transition], geste: Geste) -> None:
        """Show what is selected; ``geste`` makes a move."""
        self._titre.setText(vu.titre)
        dire_etat(self._etat, vu.etat, vu.ton)
        self._faits.setText(vu.faits)
        self._faits.setVisible(bool(vu.faits))
        self._buttons(gestes, geste)
        self._sous.setVisible(vu.histoire is not None)
        self._historique.setVisible(vu.histoire is not None)
        if vu.histoire is not None:
            self._historique.montrer(vu.histoire, vu.sans_histoire)

    def _buttons(self, gestes: Sequence[Transition], geste: Geste) -> None:
        for ancien in self.boutons.values():
            ancien.hide()
            ancien.deleteLater()
        self.boutons = {}
        for transition in gestes:
            bouton = QPushButton(transition.geste + ("…" if transition.motive or transition.saisies else ""))
            bouton.setProperty("principal", "true" if transition.code in self._principaux else "false")
            bouton.setAutoDefault(False)
            bouton.clicked.connect(lambda _coche=False, t=transition: geste(t))
            self._gestes.addWidget(bouton)
            self.boutons[transition.code] = bouton


class PageSuivie(Vue):
    """A page of one subject beside the path of what is selected in it."""

    SUJET: ClassVar[str] = ""
    SUIVIS: ClassVar[frozenset[str]] = frozenset()
    """The subjects whose edits change what the panel says."""
    PRINCIPAUX: ClassVar[frozenset[str]] = frozenset()
    """The moves that go forward: their button stands out."""
    LARGEUR: ClassVar[int] = _LARGEUR
    OUVRIR: ClassVar[str] = "Ouvrir la fiche"
    """The button that leads from a refusal to the form."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self.contexte = contexte
        self.phase: Phase | None = None
        self.page = Page(PAGES[self.SUJET], contexte)
        self.parcours = Parcours(self.PRINCIPAUX, self.LARGEUR)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(self.page)
        partage.addWidget(self.parcours)
        partage.setStretchFactor(0, 1)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(partage)
        self.page.etat_change.connect(self._on_selection)
        self.page.message.connect(self.message)

    @property
    def courante(self) -> Page:
        """The page of rows."""
        return self.page

    def ouvrir(self, phase: Phase | None) -> None:
        """Show the rows of a phase, or of its campaign."""
        self.phase = phase
        self.page.ouvrir(phase)
        self._on_selection()

    def appliquer(self, ids: Touche) -> None:
        """Hand what an edit touched to the page; the panel follows."""
        self.page.appliquer(ids)
        if (self.SUIVIS | {self.SUJET}) & ids.keys():
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

    @property
    def permis(self) -> bool:
        """Whether what is shown may be edited."""
        return self.phase is not None and not self.contexte.desk.lecture_seule

    def _on_selection(self) -> None:
        self.decrire(self.choisis() if self.phase is not None else [])
        self.etat_change.emit()

    def decrire(self, choisis: Sequence[Any]) -> None:
        """Say in the panel what is selected, and offer what may be done."""
        raise NotImplementedError

    def executer(self, transition: Transition, motif: str) -> Changes | None:
        """Make what is selected move.

        Raises:
            Refus: it may not.
        """
        raise NotImplementedError

    def deplacer(self, transition: Transition) -> None:
        """Make a move, after asking for its reason where it needs one; a refusal leads to the field at fault."""
        if transition.motive:
            demander_motif(self.window(), transition.geste, partial(self._do, transition))
            return
        try:
            self._do(transition)
        except Refus as erreur:
            self._explain(transition, erreur)

    def _do(self, transition: Transition, motif: str = "") -> None:
        changes = self.executer(transition, motif)
        if changes is not None:
            self.message.emit(changes.label)

    def _explain(self, transition: Transition, erreur: Refus) -> None:
        """Say why a move is refused; when a field is missing, lead to it."""
        titre = f"{transition.geste.rstrip('…')}{INSECABLE}: impossible"
        if erreur.champ is None or len(self.choisis()) != 1:
            avertir(self.window(), titre, str(erreur))
        elif demander(self.window(), titre, str(erreur), (self.OUVRIR, "Fermer")) == 0:
            self.page.edition.modifier()
            formulaire = self.page.edition.formulaire
            if formulaire is not None and erreur.champ in formulaire.rubriques:
                formulaire.rubriques[erreur.champ].saisie.setFocus()
