"""The tab of structures: their table, and the history of the one selected, kept on the same structure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QPushButton

from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES
from inclusion_desk.ui.volet import Partie, Volet

if TYPE_CHECKING:
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.sections.fiche_structure import FicheStructure
    from inclusion_desk.ui.vues import Vue

LISTE, HISTORIQUE = "structures", "historique"


class Annuaire(Volet):
    """A page of rows and a section: what is selected in one is shown in the other."""

    def __init__(self, contexte: Contexte) -> None:
        page = partial(Page, PAGES[LISTE], contexte)
        fiche = partial(_section, contexte)
        super().__init__((
            Partie(LISTE, "Répertoire", LISTE, page, "", (LISTE,)),
            Partie(HISTORIQUE, "Historique", HISTORIQUE, fiche),
        ))  # fmt: skip
        self._bouton = QPushButton(icone(HISTORIQUE), "&Historique")
        self._bouton.setToolTip("Tout ce qui concerne la structure choisie, toutes années")
        self._bouton.setAutoDefault(False)
        self._bouton.clicked.connect(lambda _coche=False: self.montrer(HISTORIQUE))

    def partie(self, nom: str) -> Vue:
        """Give a part, built and tied to the other on first use."""
        neuve = nom not in self._vues
        vue = super().partie(nom)
        if neuve and isinstance(vue, Page):
            vue.rangee.insertWidget(3, self._bouton)
            vue.etat_change.connect(self._on_selection)
            self._on_selection()
        elif neuve:
            self.fiche.structure_choisie.connect(self._on_choice)
            self._on_selection()
        return vue

    @property
    def liste(self) -> Page:
        """The table of structures."""
        return cast("Page", self.partie(LISTE))

    @property
    def fiche(self) -> FicheStructure:
        """The history, built on first use."""
        return cast("FicheStructure", self.partie(HISTORIQUE))

    def _on_selection(self) -> None:
        """Hand the first structure selected to the history, if it is there."""
        if LISTE not in self._vues:
            return
        choisis = self.liste.table.ids()
        self._bouton.setEnabled(bool(choisis))
        if choisis and HISTORIQUE in self._vues:
            self.fiche.choisir(choisis[0])

    def _on_choice(self, structure_id: int) -> None:
        """Select in the table the structure chosen in the history, unless a filter hides it."""
        self.liste.table.aller(structure_id)


def _section(contexte: Contexte) -> Vue:
    """Build the history; it is loaded on first use."""
    from inclusion_desk.ui.sections.fiche_structure import FicheStructure  # noqa: PLC0415 - see above

    return FicheStructure(contexte)
