"""A table of words as tall as its rows, to be read, selected and copied: what a page shows of a history."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from inclusion_desk.domain.releves import Colonne, Releve
from inclusion_desk.ui.apparence import couleurs_de, police_chiffres
from inclusion_desk.ui.presse_papiers import cellule, nombre, tsv

_AIR = 10
_ENTETE = 40
_MINCE = 30
"""Height of the titles, on one line or on two."""
_MARGES = 18
"""Width lost in a title’s cell."""


class TableReleve(QTableWidget):
    """Shows one table; its columns share the width, and the page around it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.releve: Releve | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setFont(police_chiffres(self.font()))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)

    def montrer(self, releve: Releve) -> None:
        """Show a table."""
        self.releve = releve
        self.clearSpans()
        self.setAccessibleName(releve.titre)
        self.setColumnCount(len(releve.colonnes))
        self.setRowCount(len(releve.rangees))
        for colonne, decrite in enumerate(releve.colonnes):
            titre = QTableWidgetItem(decrite.titre)
            titre.setTextAlignment(_side(decrite))
            self.setHorizontalHeaderItem(colonne, titre)
        gras = _bold(self.font())
        for rang, rangee in enumerate(releve.rangees):
            for colonne, texte in enumerate(rangee):
                item = QTableWidgetItem(texte)
                item.setTextAlignment(_side(releve.colonnes[colonne]))
                if rang in releve.groupes | releve.totaux:
                    item.setFont(gras)
                self.setItem(rang, colonne, item)
            if rang in releve.groupes:
                self.setSpan(rang, 0, 1, len(releve.colonnes))
        self._colour()
        self._fit()

    def _colour(self) -> None:
        """Set apart what calls for something to be done, in the colours of the mode of the day."""
        if self.releve is None:
            return
        couleurs, gras = couleurs_de(self.palette()), _bold(self.font())
        signaux = [colonne for colonne, decrite in enumerate(self.releve.colonnes) if decrite.signal]
        for rang in self.releve.alertes:
            tard = rang in self.releve.retards
            for colonne in signaux:
                if (item := self.item(rang, colonne)) is not None:
                    item.setForeground(QColor(couleurs.bloquant if tard else couleurs.attention))
                    if tard:
                        item.setFont(gras)

    def _fit(self) -> None:
        """Share the width between the columns, and take the height of the rows."""
        if self.releve is None:
            return
        parts = [colonne.part for colonne in self.releve.colonnes]
        large = self.width() - 2 * self.frameWidth()
        for colonne, part in enumerate(parts):
            self.setColumnWidth(colonne, large * part // sum(parts))
        self.resizeRowsToContents()
        hauteurs = []
        for rang in range(self.rowCount()):
            self.setRowHeight(rang, self.rowHeight(rang) + _AIR)
            hauteurs.append(self.rowHeight(rang))
        entete = _ENTETE if _break_titles(self, self.releve) else _MINCE
        self.horizontalHeader().setFixedHeight(entete)
        self.setFixedHeight(entete + sum(hauteurs) + 2 * self.frameWidth() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the page."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the mode of the day."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to the page: every row is shown already."""
        e.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give Ctrl+C its meaning."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copier()
        else:
            super().keyPressEvent(event)

    def copier(self) -> None:
        """Copy the rows selected as tab-separated text, amounts as numbers."""
        if self.releve is None:
            return
        faire = [nombre if colonne.chiffres else cellule for colonne in self.releve.colonnes]
        rangs = sorted({index.row() for index in self.selectedIndexes()})
        rangees = [self.releve.rangees[rang] for rang in rangs]
        copiees = [[f(texte) for f, texte in zip(faire, rangee, strict=True)] for rangee in rangees]
        QGuiApplication.clipboard().setText(tsv(copiees))


def _bold(police: QFont) -> QFont:
    grasse = QFont(police)
    grasse.setBold(True)
    return grasse


def _break_titles(table: QTableWidget, releve: Releve) -> bool:
    """Set on two lines the titles wider than their columns; tell whether there are any."""
    mesure, coupes = QFontMetrics(_bold(table.font())), False
    for colonne, decrite in enumerate(releve.colonnes):
        large = mesure.horizontalAdvance(decrite.titre) + _MARGES > table.columnWidth(colonne)
        coupes = coupes or large
        if (titre := table.horizontalHeaderItem(colonne)) is not None:
            titre.setText(_broken(decrite.titre) if large else decrite.titre)
    return coupes


def _side(colonne: Colonne) -> Qt.AlignmentFlag:
    cote = Qt.AlignmentFlag.AlignRight if colonne.chiffres else Qt.AlignmentFlag.AlignLeft
    return cote | Qt.AlignmentFlag.AlignVCenter


def _broken(titre: str) -> str:
    """Set a title on two lines, cut at the space nearest to its middle; one word stays whole."""
    coupes = [place for place, lettre in enumerate(titre) if lettre == " "]
    if not coupes:
        return titre
    place = min(coupes, key=lambda c: abs(c - len(titre) / 2))
    return f"{titre[:place]}\n{titre[place + 1 :]}"
