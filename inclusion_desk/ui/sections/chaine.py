"""The chain of phases on a budget line: its waterfall, and the same steps as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.budget import ChaineBudgetaire, Etape
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.services import chaine
from inclusion_desk.ui.apparence import police_chiffres
from inclusion_desk.ui.cascade import Cascade
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.rangement import Rangement
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_LARGEUR, _LIGNE = 320, 28
_TITRES = ("Étape", "État", "Montant (€)", "Reste (€)")


class Chaine(Section):
    """The lines of the campaign, and the chain of the one chosen."""

    TITRE = "Chaîne des phases"
    IMAGE = "chaine"
    DE_LA_PHASE = False
    SUJETS = frozenset({"budget", "phases", "propositions", "decisions"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._chaines: dict[int, ChaineBudgetaire] = {}
        self.liste = Rangement("Lignes budgétaires", mobile=False)
        self.cascade = Cascade()
        self.table = QTableWidget(0, len(_TITRES))
        self._titre = etiquette("", "rubrique")
        self._build()
        self.liste.currentRowChanged.connect(self._show)

    def _build(self) -> None:
        gauche, droite = QWidget(), QWidget()
        autour = QVBoxLayout(gauche)
        autour.setContentsMargins(MARGE, 0, 0, MARGE)
        autour.addWidget(self.liste)
        pile = QVBoxLayout(droite)
        pile.setContentsMargins(12, 0, MARGE, MARGE)
        pile.setSpacing(8)
        pile.addWidget(self._titre)
        pile.addWidget(self.cascade, 1)
        pile.addWidget(self.table, 3)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(gauche)
        partage.addWidget(droite)
        partage.setStretchFactor(1, 1)
        partage.setSizes([_LARGEUR, 2 * _LARGEUR])
        dessous = QVBoxLayout(self.corps)
        dessous.setContentsMargins(0, 0, 0, 0)
        dessous.addWidget(partage)
        self._prepare_table()

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_TITRES))
        table.setAccessibleName("Étapes de la ligne budgétaire")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_LIGNE)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for colonne, largeur in ((1, 200), (2, 150), (3, 150)):
            table.setColumnWidth(colonne, largeur)
        for colonne in range(len(_TITRES)):
            if (entete := table.horizontalHeaderItem(colonne)) is not None:
                entete.setTextAlignment(_alignement(colonne))

    def lire(self, phase: Phase) -> None:
        """Read the lines of the campaign, and the chain of the one chosen."""
        lues = self.contexte.desk.read(chaine.lire, phase.id)
        if not lues:
            phrase = "Ajoutez d’abord les lignes budgétaires de la campagne, à la rubrique Lignes."
            self.manquer("Aucune ligne budgétaire", phrase, "Voir les lignes")
            return
        self._chaines = {lue.ligne.id: lue for lue in lues}
        self.liste.remplir([(lue.ligne.id, _entry(lue)) for lue in lues])
        if self.liste.currentRow() < 0:
            self.liste.setCurrentRow(0)
        self._show()
        self.montrer_corps()

    def remedier(self) -> None:
        """Lead to the budget lines."""
        self.partie_demandee.emit("budget")

    def _show(self) -> None:
        lue = self._chaines.get(int(str(self.liste.cle))) if self.liste.cle is not None else None
        if lue is None:
            return
        self._titre.setText(f"{lue.ligne.libelle_complet} ({lue.ligne.imputation})")
        self.cascade.montrer(lue.etapes)
        self._fill(lue.etapes)

    def _fill(self, suite: Sequence[Etape]) -> None:
        self.table.setRowCount(len(suite))
        lignes = self.table.horizontalHeader().sizeHint().height() + _LIGNE * len(suite)
        self.table.setMaximumHeight(lignes + 2 * self.table.frameWidth())  # the waterfall takes the room left
        for rang, etape in enumerate(suite):
            signe = "+" if etape.nature == "modification" and etape.montant > 0 else ""
            montant = f"{signe}{format_montant(etape.montant, symbole=False)}"
            cases = (etape.libelle, etape.etat, montant, format_montant(etape.reste, symbole=False))
            for colonne, texte in enumerate(cases):
                item = QTableWidgetItem(texte)
                item.setTextAlignment(_alignement(colonne))
                item.setFont(police_chiffres(self.table.font()))
                self.table.setItem(rang, colonne, item)


def _alignement(colonne: int) -> Qt.AlignmentFlag:
    cote = Qt.AlignmentFlag.AlignRight if colonne >= _TITRES.index("Montant (€)") else Qt.AlignmentFlag.AlignLeft
    return cote | Qt.AlignmentFlag.AlignVCenter


def _entry(lue: ChaineBudgetaire) -> str:
    return f"{lue.ligne.libelle_complet}\nReste{INSECABLE}: {format_montant(lue.reste)}"
