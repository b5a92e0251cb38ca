"""Deadlines as a tree: what is late, what waits for a document or a signature, what is to settle, then by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from inclusion_desk.domain.calendrier import Echeance, par_mois
from inclusion_desk.domain.text import compter, format_date
from inclusion_desk.ui.apparence import couleurs_de, police_chiffres

_TITRES = ("Date", "Nature", "À faire", "Structure", "Convention", "Retard")
_LARGEURS = (144, 236, 220, 320, 110, 110)
_ECHEANCE = int(Qt.ItemDataRole.UserRole)


class ArbreEcheances(QTreeWidget):
    """Shows deadlines as seen on a day; groups cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._echeances: tuple[Echeance, ...] = ()
        self._jour = date.min
        self.setHeaderLabels(list(_TITRES))
        self.setAccessibleName("Échéances par mois")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFont(police_chiffres(self.font()))
        for colonne, largeur in enumerate(_LARGEURS):
            self.setColumnWidth(colonne, largeur)
        self.header().setSectionResizeMode(_TITRES.index("Structure"), QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)

    def montrer(self, echeances: Sequence[Echeance], jour: date) -> None:
        """Show deadlines, the latest first among those that are late."""
        self._echeances, self._jour = tuple(echeances), jour
        self.clear()
        self._add_group("En retard", sorted((e for e in echeances if e.retard), key=lambda e: -e.retard))
        a_temps = [e for e in echeances if not e.retard]
        passees = [e for e in a_temps if e.jour < jour]
        # Its day is past, and it waits for something before it may be paid.
        self._add_group("En attente d’une pièce ou d’une signature", [e for e in passees if e.nature != "fin"])
        self._add_group("À solder", [e for e in passees if e.nature == "fin"])
        for mois in par_mois(e for e in a_temps if e.jour >= jour):
            self._add_group(f"{mois.libelle[:1].upper()}{mois.libelle[1:]}", mois.echeances)

    def _add_group(self, titre: str, echeances: Sequence[Echeance]) -> None:
        if not echeances:
            return
        groupe = QTreeWidgetItem([f"{titre} ({len(echeances)})"])
        groupe.setFlags(Qt.ItemFlag.ItemIsEnabled)
        police = QFont(self.font())
        police.setBold(True)
        groupe.setFont(0, police)
        self.addTopLevelItem(groupe)
        groupe.setFirstColumnSpanned(True)
        for echeance in echeances:
            groupe.addChild(self._line(echeance))
        groupe.setExpanded(True)

    def _line(self, echeance: Echeance) -> QTreeWidgetItem:
        retard = compter(echeance.retard, "jour") if echeance.retard else ""
        textes = (format_date(echeance.jour), echeance.nature_libelle, echeance.libelle, echeance.structure,
                  echeance.convention, retard)  # fmt: skip
        ligne = QTreeWidgetItem(list(textes))
        ligne.setData(0, _ECHEANCE, echeance)
        if echeance.retard:
            rouge = QBrush(QColor(couleurs_de(self.palette()).bloquant))
            for colonne in (0, _TITRES.index("Retard")):
                ligne.setForeground(colonne, rouge)
        return ligne

    def choisies(self) -> tuple[Echeance, ...]:
        """Give the deadlines selected."""
        lues = (item.data(0, _ECHEANCE) for item in self.selectedItems())
        return tuple(e for e in lues if isinstance(e, Echeance))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the day's mode."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._echeances:
            self.montrer(self._echeances, self._jour)
