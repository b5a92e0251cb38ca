"""The attendance sheet as a table: status, proxy, interest, each edited in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication

from inclusion_desk.domain.seances import STATUTS, VOTANTS, Presence
from inclusion_desk.domain.text import enumerer
from inclusion_desk.ui.apparence import couleurs_de

if TYPE_CHECKING:
    from inclusion_desk.services.seances import FeuilleSeance

ORDRE, ELU, GROUPE, STATUT, POUVOIR, INTERET, MANDATS = range(7)
TITRES = ("Rang", "Élu", "Groupe", "Présence", "Pouvoir donné à", "Intéressé", "Mandats (structures financées)")
AUCUN, INCONNU = 0, -1
"""What the list of proxies holds besides councillors: none given, and one whose holder is not known."""
SANS_MANDATAIRE = "Mandataire non précisé"
REPRESENTABLES = frozenset({"excuse", "absent"})
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class ModelePresences(QAbstractTableModel):
    """Rows are councillors in the order of the minutes; ``demande`` asks for an edit: column, councillor, value."""

    demande = Signal(int, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lignes: tuple[Presence, ...] = ()
        self.modifiable = False
        self._mandats: dict[int, list[str]] = {}
        self._proposes: frozenset[int] = frozenset()

    def montrer(self, feuille: FeuilleSeance, *, modifiable: bool) -> None:
        """Show a sheet; the selection stands when the same councillors do."""
        memes = [p.elu_id for p in self.lignes] == [p.elu_id for p in feuille.seance.presences]
        if not memes:
            self.beginResetModel()
        self.lignes = feuille.seance.presences
        self.modifiable = modifiable
        self._proposes = feuille.proposes
        self._mandats = {}
        for mandat in feuille.mandats:
            qualite = f" ({mandat.qualite})" if mandat.qualite else ""
            self._mandats.setdefault(mandat.elu_id, []).append(f"{mandat.structure}{qualite}")
        if memes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lignes) - 1, MANDATS))
        else:
            self.endResetModel()

    def mandataires(self, ligne: Presence) -> list[tuple[int, str]]:
        """List what a proxy of a councillor may be: none, unknown, or a member present who may hold it."""
        pris = {p.mandataire for p in self.lignes if p.elu_id != ligne.elu_id}
        libres = [
            (p.elu_id, p.nom_complet)
            for p in self.lignes
            if p.statut == "present" and not p.interesse and p.elu_id not in pris
        ]
        return [(AUCUN, ""), (INCONNU, SANS_MANDATAIRE), *libres]

    def rowCount(self, parent: _Index | None = None) -> int:
        """Count the councillors."""
        return 0 if parent is not None and parent.isValid() else len(self.lignes)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else len(TITRES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return TITRES[section]
        if role == _Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if section == ORDRE else Qt.AlignmentFlag.AlignLeft
            ))  # fmt: skip
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Say which cells are edited."""
        drapeaux = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not self.modifiable:
            return drapeaux
        ligne = self.lignes[index.row()]
        if index.column() == STATUT or (index.column() == POUVOIR and ligne.statut in REPRESENTABLES):
            return drapeaux | Qt.ItemFlag.ItemIsEditable
        if index.column() == INTERET and ligne.statut in VOTANTS:
            return drapeaux | Qt.ItemFlag.ItemIsUserCheckable
        return drapeaux

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt
        """Give what a cell shows."""
        ligne = self.lignes[index.row()]
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            texte = self._text(ligne, index.column())
            return texte if role == _Role.DisplayRole or index.column() in {GROUPE, MANDATS} else None
        if role == _Role.EditRole:
            return self._value(ligne, index.column())
        if role == _Role.CheckStateRole and index.column() == INTERET and ligne.statut in VOTANTS:
            return Qt.CheckState.Checked if ligne.interesse else Qt.CheckState.Unchecked
        if role == _Role.ForegroundRole:
            return self._ink(ligne, index.column())
        if role == _Role.TextAlignmentRole and index.column() == ORDRE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, ligne: Presence, colonne: int) -> str:
        if colonne == ORDRE:
            return str(ligne.ordre)
        if colonne == STATUT:
            return statut_accorde(ligne)
        if colonne == POUVOIR:
            return self._pouvoir(ligne)
        if colonne == INTERET:
            return self._interet(ligne)
        if colonne == MANDATS:
            return enumerer(self._mandats.get(ligne.elu_id, []))
        return ligne.nom_complet if colonne == ELU else ligne.groupe

    def _pouvoir(self, ligne: Presence) -> str:
        if not ligne.pouvoir:
            return ""
        detenteur = next((p for p in self.lignes if p.elu_id == ligne.mandataire), None)
        return detenteur.nom_complet if detenteur else SANS_MANDATAIRE

    def _interet(self, ligne: Presence) -> str:
        if ligne.statut not in VOTANTS:
            return ""
        if not ligne.interesse and ligne.elu_id in self._proposes:
            return "à confirmer"
        return ligne.accorder("intéressé") if ligne.interesse else ""

    def _value(self, ligne: Presence, colonne: int) -> object:
        if colonne == STATUT:
            return ligne.statut
        if colonne == POUVOIR:
            return (ligne.mandataire or INCONNU) if ligne.pouvoir else AUCUN
        return None

    def _ink(self, ligne: Presence, colonne: int) -> QColor | None:
        couleurs = couleurs_de(QGuiApplication.palette())
        if colonne == INTERET and not ligne.interesse and ligne.elu_id in self._proposes:
            return QColor(couleurs.attention)
        if colonne in {ORDRE, GROUPE, MANDATS} or (colonne == STATUT and ligne.statut == "absent"):
            return QColor(couleurs.doux)
        return None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:  # noqa: ANN401 - Qt
        """Ask for an edit; the sheet is shown again once it is made."""
        ligne = self.lignes[index.row()]
        if role == _Role.CheckStateRole and index.column() == INTERET:
            self.demande.emit(INTERET, ligne.elu_id, not ligne.interesse)
            return True
        if role == _Role.EditRole and value != self._value(ligne, index.column()):
            self.demande.emit(index.column(), ligne.elu_id, value)
            return True
        return False

    def rangs(self, elus: Sequence[int]) -> list[int]:
        """Find the rows of councillors."""
        return [rang for rang, ligne in enumerate(self.lignes) if ligne.elu_id in elus]


def statut_accorde(ligne: Presence) -> str:
    """Say the attendance of a councillor, agreed: ``Présente``, ``Excusée sans voix délibérative``."""
    mot, _, suite = STATUTS[ligne.statut].partition(" ")
    accorde = mot if mot == "assistant" else ligne.accorder(mot)
    return f"{accorde[:1].upper()}{accorde[1:]}{' ' if suite else ''}{suite}"
