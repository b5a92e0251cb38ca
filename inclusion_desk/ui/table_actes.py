"""The table of the acts that a phase calls for, with a box to tick on each, its model and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from inclusion_desk.domain.actes_proposes import ActePropose, IdsActe
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import fold, typo
from inclusion_desk.ui.apparence import police_chiffres

_TITRES = ("Structure", "Acte", "Modèle", "Dispositifs", "Apport (€)", "Où il en est")
_LARGEURS = (208, 132, 180, 316, 96)
_MODELE, _MONTANT = 2, 4
_AIR = 10
_BORDS = 22
"""What the style keeps on both sides of a text, which the height of a row does not count."""
_REPOS = 80
_COCHE = Qt.ItemDataRole.CheckStateRole
Situations = Mapping[IdsActe, str]
"""Where each draft stands, in a sentence: what it lacks, or that it is ready."""


class TableActes(QTableWidget):
    """Shows acts, and tells when one is ticked, when others are selected, or when a model is to be changed."""

    coche = Signal()
    modele_demande = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_TITRES))
        self.proposes: tuple[ActePropose, ...] = ()
        self.setHorizontalHeaderLabels(list(_TITRES))
        self.setAccessibleName("Actes de la phase")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        for colonne, largeur in enumerate(_LARGEURS):
            self.setColumnWidth(colonne, largeur)
        self.horizontalHeader().setSectionResizeMode(len(_TITRES) - 1, QHeaderView.ResizeMode.Stretch)
        for colonne in range(len(_TITRES)):
            if (entete := self.horizontalHeaderItem(colonne)) is not None:
                entete.setTextAlignment(_alignment(colonne))
        self.itemChanged.connect(self.coche)
        self.cellDoubleClicked.connect(self._on_double_click)
        self._repos = QTimer(self)
        self._repos.setSingleShot(True)
        self._repos.setInterval(_REPOS)
        self._repos.timeout.connect(self._set_heights)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._repos.start())

    def montrer(self, proposes: tuple[ActePropose, ...], situations: Situations | None) -> None:
        """Show acts, those ticked before staying so; all of them are at first. ``situations`` may come later."""
        avant = {p.cle for rang, p in enumerate(self.proposes) if self._ticked(rang)} if self.proposes else None
        self.proposes = proposes
        self.blockSignals(True)  # ticking here is not the user's
        self.setRowCount(len(proposes))
        for rang, propose in enumerate(proposes):
            for colonne, texte in enumerate(_cells(propose, situations)):
                self.setItem(rang, colonne, self._item(colonne, texte, propose))
            self._tick(rang, oui=avant is None or propose.cle in avant)
        self.blockSignals(False)
        self._set_heights()
        self.coche.emit()

    def _item(self, colonne: int, texte: str, propose: ActePropose) -> QTableWidgetItem:
        item = QTableWidgetItem(texte)
        item.setTextAlignment(_alignment(colonne))
        if colonne == _MONTANT:
            item.setFont(police_chiffres(self.font()))
        if colonne == _MODELE:
            item.setToolTip(typo(propose.explication))
        return item

    def _on_double_click(self, _rang: int, colonne: int) -> None:
        if colonne == _MODELE:
            self.modele_demande.emit()

    @property
    def a_modeler(self) -> list[ActePropose]:
        """The avenants selected whose model may be changed: they are not prepared yet."""
        rangs = sorted({index.row() for index in self.selectedIndexes()})
        choisis = [self.proposes[rang] for rang in rangs if not self.isRowHidden(rang)]
        return [p for p in choisis if p.nature == "avenant" and p.prepare is None]

    def _set_heights(self) -> None:
        self.resizeRowsToContents()
        derniere = len(_TITRES) - 1
        largeur = self.columnWidth(derniere) - _BORDS
        for rang in range(self.rowCount()):
            item = self.item(rang, derniere)
            cadre = QRect(0, 0, largeur, 10_000)
            dit = self.fontMetrics().boundingRect(cadre, Qt.TextFlag.TextWordWrap, item.text() if item else "")
            self.setRowHeight(rang, max(self.rowHeight(rang), dit.height()) + _AIR)

    def preciser(self, situations: Situations) -> None:
        """Say where each act prepared stands, once that is known."""
        self.blockSignals(True)  # nothing is ticked
        for rang, propose in enumerate(self.proposes):
            if (item := self.item(rang, len(_TITRES) - 1)) is not None:
                item.setText(_where(propose, situations))
        self.blockSignals(False)
        self._set_heights()

    @property
    def coches(self) -> list[ActePropose]:
        """The acts ticked, among those shown."""
        return [p for rang, p in enumerate(self.proposes) if self._ticked(rang) and not self.isRowHidden(rang)]

    def _ticked(self, rang: int) -> bool:
        item = self.item(rang, 0)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def cocher(self, cles: Sequence[str]) -> None:
        """Tick the acts of these keys and no other."""
        self.blockSignals(True)  # told once, at the end
        for rang, propose in enumerate(self.proposes):
            self._tick(rang, oui=propose.cle in cles)
        self.blockSignals(False)
        self.coche.emit()

    def filtrer(self, texte: str) -> None:
        """Show only the acts that hold every word; those hidden count as not ticked."""
        mots = fold(texte).split()
        for rang, propose in enumerate(self.proposes):
            dit = fold(" ".join((propose.structure, propose.dispositif, propose.libelle_modele, _named(propose))))
            self.setRowHidden(rang, not all(mot in dit for mot in mots))
        self.coche.emit()

    @property
    def montres(self) -> list[ActePropose]:
        """The acts that the filter keeps."""
        return [propose for rang, propose in enumerate(self.proposes) if not self.isRowHidden(rang)]

    def _tick(self, rang: int, *, oui: bool) -> None:
        if (item := self.item(rang, 0)) is not None:
            item.setData(_COCHE, Qt.CheckState.Checked if oui else Qt.CheckState.Unchecked)


def _cells(propose: ActePropose, situations: Situations | None) -> tuple[str, ...]:
    return (
        propose.structure,
        _named(propose),
        typo(propose.libelle_modele),
        propose.dispositif,
        format_montant(propose.montant, symbole=False),
        _where(propose, situations),
    )


def _named(propose: ActePropose) -> str:
    if propose.prepare:
        return propose.prepare.libelle
    return "Convention" if propose.nature == "convention" else "Avenant"


def _where(propose: ActePropose, situations: Situations | None) -> str:
    """Say where an act stands: what it lacks, that it is ready, or its state once it went out; and what to check."""
    if propose.manques:
        return typo(" ".join(propose.manques))
    if propose.prepare is None:
        return _sentences("À préparer", propose.reserve)
    if propose.prepare.etat != "projet":
        return _sentences(propose.prepare.etat_dit, propose.reserve)
    if situations is None:
        return "Vérification…"
    return _sentences(situations.get(propose.prepare.ids, ""), propose.reserve, propose.avertissement)


def _sentences(premiere: str, *suite: str) -> str:
    dites = [phrase for phrase in suite if phrase]
    return typo(" ".join((f"{premiere.rstrip('.')}.", *dites)) if dites else premiere)


def _alignment(colonne: int) -> Qt.AlignmentFlag:
    cote = Qt.AlignmentFlag.AlignRight if colonne == _MONTANT else Qt.AlignmentFlag.AlignLeft
    return cote | Qt.AlignmentFlag.AlignVCenter
