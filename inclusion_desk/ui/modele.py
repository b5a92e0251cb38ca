"""The model of every table: windowed rows, early returns in ``data``, changes merged without losing the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inclusion_desk.domain.recherche import Index, Tri
from inclusion_desk.domain.refus import Refus
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.lignes import PEU, Lignes
from inclusion_desk.ui.source import Source

Place = QModelIndex | QPersistentModelIndex

_AFFICHER = int(Qt.ItemDataRole.DisplayRole)
_EDITER = int(Qt.ItemDataRole.EditRole)
_ALIGNER = int(Qt.ItemDataRole.TextAlignmentRole)
_BULLE = int(Qt.ItemDataRole.ToolTipRole)
LIGNE = int(Qt.ItemDataRole.UserRole)
"""The role that gives the frozen row itself."""

_HORIZONTAL = Qt.Orientation.Horizontal
_FIXE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_MODIFIABLE = _FIXE | Qt.ItemFlag.ItemIsEditable
_RACINE = QModelIndex()
_LIGNES_SEULES = QAbstractTableModel.LayoutChangeHint.VerticalSortHint
"""Says that columns stay: the header would take a plain change of layout for columns resized by hand."""
_INDICE = ("QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint")
"""The signature under which a change of layout says so; the short one takes no argument in Qt for Python."""


class RowModel(QAbstractTableModel):
    """Shows frozen rows; an edit is asked for by a signal and the row itself is never touched."""

    edit_requested = Signal(int, int, object)
    """Id, version and {field: value} of an edit; whoever refuses it sets ``refus`` before returning."""
    compte_change = Signal()
    """The count or the total of the rows shown may have changed."""

    def __init__(self, colonnes: Sequence[Column], tri: Tri, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colonnes = tuple(colonnes)
        self.lignes = Lignes(tri)
        self._tri_naturel = tri
        self.lecture_seule = False
        self.refus: Refus | None = None

    def rowCount(self, parent: Place = _RACINE) -> int:
        """Count the rows shown."""
        return 0 if parent.isValid() else len(self.lignes)

    def columnCount(self, parent: Place = _RACINE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.colonnes)

    def data(self, index: Place, role: int = _AFFICHER) -> Any:  # noqa: ANN401 - Qt's variant
        """Give what a cell shows, edits, or says."""
        if role == _ALIGNER:
            return self.colonnes[index.column()].alignement if index.isValid() else None
        if role not in _ROLES_LUS or not index.isValid():
            return None
        row = self.lignes.row(index.row())
        if row is None or role == LIGNE:
            return row
        colonne = self.colonnes[index.column()]
        if role == _AFFICHER:
            return colonne.texte(row)
        if role == _EDITER:
            return colonne.valeur(row) if colonne.champ else colonne.texte(row)
        return colonne.bulle(row) if colonne.bulle else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _AFFICHER) -> Any:  # noqa: ANN401
        """Give the title of a column, its alignment and its help."""
        if orientation != _HORIZONTAL or not 0 <= section < len(self.colonnes):
            return None
        colonne = self.colonnes[section]
        dits = {_AFFICHER: colonne.titre, _ALIGNER: colonne.alignement, _BULLE: colonne.aide or None}
        return dits.get(role)

    def flags(self, index: Place) -> Qt.ItemFlag:
        """Tell which cells can be edited in place."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        colonne = self.colonnes[index.column()]
        libre = colonne.champ is not None and colonne.editable and not self.lecture_seule
        return _MODIFIABLE if libre else _FIXE

    def setData(self, index: Place, value: Any, role: int = _EDITER) -> bool:  # noqa: ANN401 - Qt's variant
        """Read the typed text and ask for the edit; False leaves its reason in ``refus``."""
        champ = self.colonnes[index.column()].champ if index.isValid() else None
        row = self.lignes.row(index.row()) if champ is not None else None
        if champ is None or row is None or role != _EDITER:
            return False
        self.refus = None
        try:
            valeur = champ.lire(str(value))
        except Refus as erreur:
            self.refus = erreur
            return False
        if valeur != getattr(row, champ.nom):
            self.edit_requested.emit(row.id, row.version, {champ.nom: valeur})
        return self.refus is None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column (-1: the natural order); the selection follows its rows."""
        tri = self._tri_naturel
        if 0 <= column < len(self.colonnes):
            tri = Tri(self.colonnes[column].attribut, descendant=order == Qt.SortOrder.DescendingOrder)
        if tri != self.lignes.tri:
            self._relayout(lambda: self.lignes.trier(tri))

    def ouvrir(self, source: Source | None) -> None:
        """Show another subject or phase."""
        self.beginResetModel()
        self.lignes.ouvrir(source)
        self.endResetModel()
        self.compte_change.emit()

    def filtrer(self, texte: str) -> None:
        """Show the rows that hold every word of a text."""
        if texte == self.lignes.filtre:
            return
        avant, apres = self.lignes.vue, self.lignes.filtree(texte)
        if apres.trouves.positions is avant.trouves.positions:
            self.lignes.montrer(apres)
        else:
            self._relayout(lambda: self.lignes.montrer(apres))
        self.compte_change.emit()

    def appliquer(self, ids: Sequence[int]) -> None:
        """Merge what an edit touched; no id at all means that everything is to be read again."""
        if not ids or len(ids) > PEU:
            self._relayout(self.lignes.relire)
        else:
            self._merge(ids)
        self.compte_change.emit()

    def _merge(self, ids: Sequence[int]) -> None:
        frais = self.lignes.extrait(ids)
        connus = self.lignes.places(ids)
        for identifiant in [i for i in ids if i in connus and i not in frais.ids]:
            self._remove(identifiant)
        for rang, identifiant in enumerate(frais.ids):
            if identifiant not in connus:
                self._insert(_slice(frais, rang))
        self._update(_keep(frais, connus))

    def _remove(self, identifiant: int) -> None:
        rang = self.lignes.rangs([identifiant]).get(identifiant)
        apres = self.lignes.sans(identifiant)
        if rang is None:
            self.lignes.montrer(apres)
            return
        self.beginRemoveRows(_RACINE, rang, rang)
        self.lignes.montrer(apres)
        self.endRemoveRows()

    def _insert(self, nouvelle: Index) -> None:
        apres = self.lignes.avec(nouvelle)
        rang = apres.rang_de(nouvelle.ids[0])
        if rang is None:
            self.lignes.montrer(apres)
            return
        self.beginInsertRows(_RACINE, rang, rang)
        self.lignes.montrer(apres)
        self.endInsertRows()

    def _update(self, frais: Index) -> None:
        if not frais.ids:
            return
        derniere = len(self.colonnes) - 1
        for rang in self.lignes.mettre_a_jour(frais):
            self.dataChanged.emit(self.index(rang, 0), self.index(rang, derniere))

    def _relayout(self, changer: Callable[[], None]) -> None:
        """Change the rows shown, and lead every persistent index (selection, current, editor) to its row."""
        self.layoutAboutToBeChanged[_INDICE].emit([], _LIGNES_SEULES)  # type: ignore[index]
        avant = self.persistentIndexList()
        ids = [self.lignes.id_de(place.row()) for place in avant]
        changer()
        rangs = self.lignes.rangs(list(dict.fromkeys(ids)))
        apres = [
            self.index(rangs[i], place.column()) if i in rangs else QModelIndex()
            for i, place in zip(ids, avant, strict=True)
        ]
        self.changePersistentIndexList(avant, apres)
        self.layoutChanged[_INDICE].emit([], _LIGNES_SEULES)  # type: ignore[index]


_ROLES_LUS = frozenset({_AFFICHER, _EDITER, _BULLE, LIGNE})


def _slice(index: Index, rang: int) -> Index:
    return index.extraire([rang])


def _keep(index: Index, connus: Iterable[int]) -> Index:
    return index.extraire([rang for rang, identifiant in enumerate(index.ids) if identifiant in connus])
