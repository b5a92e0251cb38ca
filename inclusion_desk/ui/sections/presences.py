"""The attendance sheet of a sitting: who is there, who gave a proxy to whom, who is interested, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.seances import STATUTS, Seance
from inclusion_desk.domain.text import compter, pluriel
from inclusion_desk.services import pouvoirs, seances
from inclusion_desk.ui.cartes import Chiffre
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.presences_modele import (
    AUCUN,
    ELU,
    GROUPE,
    INCONNU,
    INTERET,
    MANDATS,
    ORDRE,
    POUVOIR,
    STATUT,
    ModelePresences,
)
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase

_LARGEURS = {ORDRE: 56, ELU: 254, GROUPE: 124, STATUT: 164, POUVOIR: 180, INTERET: 112, MANDATS: 180}
_TOUCHES = {"present": "P", "excuse": "E", "absent": "A"}
_COMPTES = ("membres", "presents", "pouvoirs", "quorum", "interesses", "voix")
_NOMS = {
    "membres": "membres en exercice", "presents": "présents", "pouvoirs": "pouvoirs utilisables",
    "quorum": "présents ou représentés", "interesses": "intéressés à l’affaire", "voix": "voix",
}  # fmt: skip


class Choix(QStyledItemDelegate):
    """Edits a cell of the sheet with a list, shown at once."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Make the list of the cell."""
        liste = QComboBox(parent)
        liste.setProperty("cellule", "true")
        modele = index.model()
        if isinstance(modele, ModelePresences):
            choix: Sequence[tuple[object, str]] = (
                [(code, f"{nom[:1].upper()}{nom[1:]}") for code, nom in STATUTS.items()]
                if index.column() == STATUT
                else modele.mandataires(modele.lignes[index.row()])
            )
            for code, nom in choix:
                liste.addItem(nom, code)
        liste.activated.connect(lambda _rang: self._commit(liste))
        return liste

    def _commit(self, liste: QComboBox) -> None:
        self.commitData.emit(liste)
        self.closeEditor.emit(liste)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show what the cell holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ask for the choice made."""
        if isinstance(editor, QComboBox) and isinstance(model, ModelePresences):
            model.setData(index, editor.currentData())


class Presences(Section):
    """The attendance of the sitting of a phase."""

    TITRE = "Présences"
    IMAGE = "presences"
    SUJETS = frozenset({"seances", "phases", "elus", "groupes", "mandats", "structures", "propositions"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._feuille: seances.FeuilleSeance | None = None
        self.modele = ModelePresences(self)
        self.modele.demande.connect(self._on_edit)
        self.table = QTableView()
        self.table.setModel(self.modele)
        self.chiffres = {nom: Chiffre(_NOMS[nom]) for nom in _COMPTES}
        self.confirmer = self.bouton("&Confirmer les intéressés", "valide", self._confirm, principal=True)
        self.ajouter = self.bouton("Aj&outer des élus", "ajouter", lambda: None)
        self.retirer = self.bouton("&Retirer", "supprimer", self._remove)
        self._menu = QMenu(self)
        self.ajouter.setMenu(self._menu)
        self._build()

    def _build(self) -> None:
        comptes = QHBoxLayout()
        comptes.setContentsMargins(16, 0, 16, 12)
        comptes.setSpacing(10)
        for chiffre in self.chiffres.values():
            comptes.addWidget(chiffre)
        comptes.addStretch()
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(0)
        pile.addLayout(comptes)
        pile.addWidget(self.table, 1)
        self._prepare_table()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Feuille de présence")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        for colonne in (STATUT, POUVOIR):
            table.setItemDelegateForColumn(colonne, Choix(table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        entete = table.horizontalHeader()
        entete.setHighlightSections(False)
        entete.setStretchLastSection(True)
        entete.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for colonne, largeur in _LARGEURS.items():
            table.setColumnWidth(colonne, largeur)
        table.selectionModel().selectionChanged.connect(self._on_selection)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for statut in STATUTS:
            nom = STATUTS[statut]
            action = QAction(f"{nom[:1].upper()}{nom[1:]}", table)
            if statut in _TOUCHES:
                action.setShortcut(QKeySequence(_TOUCHES[statut]))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _coche=False, s=statut: self._point(s))
            table.addAction(action)

    def lire(self, phase: Phase) -> None:
        """Read the attendance sheet."""
        self._feuille = feuille = self.contexte.desk.read(seances.lire, phase.id)
        if feuille.phase.seance_id is None:
            self.manquer(
                "La séance n’est pas fixée",
                "Fixez d’abord sa date : les membres de la Commission permanente en fonction ce jour-là formeront la "
                "feuille de présence.",
                "Fixer la date",
            )
        else:
            self.modele.montrer(feuille, modifiable=self.modifiable)
            self.table.setColumnHidden(GROUPE, not any(p.groupe for p in feuille.seance.presences))
            self._count(feuille.seance)
            self.montrer_corps()
        self._fill_menu(feuille)
        self._on_selection()

    def remedier(self) -> None:
        """Lead to the date of the sitting."""
        self.partie_demandee.emit("seance")

    def _count(self, seance: Seance) -> None:
        presents = len(seance.avec_statut("present"))
        representes = seance.presents_ou_representes
        atteint = representes >= seance.quorum
        nom = f"présents ou représentés, quorum {seance.quorum}{INSECABLE}{'atteint' if atteint else 'non atteint'}"
        self.chiffres["membres"].dire(str(seance.membres))
        self.chiffres["presents"].dire(str(presents))
        self.chiffres["pouvoirs"].dire(str(representes - presents))
        self.chiffres["quorum"].dire(str(representes), nom, faute=not atteint)
        ici = sum(p.statut == "present" for p in seance.interesses)
        self.chiffres["interesses"].dire(
            str(len(seance.interesses)),
            f"{pluriel(len(seance.interesses), 'intéressé')}, dont {compter(ici, 'présent')}",
        )
        self.chiffres["voix"].dire(str(seance.voix))

    def _fill_menu(self, feuille: seances.FeuilleSeance) -> None:
        self._menu.clear()
        membres = [elu for elu in feuille.absents if elu.membre]
        if len(membres) > 1:
            tous = self._menu.addAction(f"Tous les membres en fonction ({len(membres)})")
            tous.triggered.connect(lambda: self._add({elu.id: "present" for elu in membres}))
            self._menu.addSeparator()
        for elu in feuille.absents:
            statut = "present" if elu.membre else "present_sans_voix"
            suite = "" if elu.membre else " – sans voix délibérative"
            action = self._menu.addAction(f"{elu.civilite} {elu.libelle}{suite}")
            action.triggered.connect(lambda _coche=False, i=elu.id, s=statut: self._add({i: s}))
        if not feuille.absents:
            self._menu.addAction("Tous les élus en fonction y sont").setEnabled(False)

    def _a_confirmer(self) -> frozenset[int]:
        """List those whom a mandate makes interested, and who are not marked so."""
        if self._feuille is None:
            return frozenset()
        votants = {p.elu_id for p in self._feuille.seance.presences if p.statut in _TOUCHES}
        return (self._feuille.proposes & votants) - self._interesses()

    def _interesses(self) -> frozenset[int]:
        return frozenset(p.elu_id for p in self.modele.lignes if p.interesse)

    def _on_selection(self) -> None:
        fixee = self._feuille is not None and self._feuille.phase.seance_id is not None
        permis = self.modifiable and fixee
        attendus = len(self._a_confirmer())
        self.confirmer.setVisible(permis and attendus > 0)
        self.confirmer.setText(f"&Confirmer {compter(attendus, 'intéressé')}")
        self.ajouter.setEnabled(permis)
        self.retirer.setEnabled(permis and self.table.selectionModel().hasSelection())
        self.etat_change.emit()

    def _choisis(self) -> tuple[int, ...]:
        return tuple(self.modele.lignes[i.row()].elu_id for i in self.table.selectionModel().selectedRows())

    def _on_edit(self, colonne: int, elu_id: int, valeur: object) -> None:
        if colonne == STATUT:
            self._run(seances.pointer, (elu_id,), str(valeur))
        elif colonne == INTERET:
            nouveaux = self._interesses() ^ {elu_id}
            self._interest(nouveaux)
        elif valeur == AUCUN:
            self._run(pouvoirs.reprendre, elu_id)
        else:
            self._run(pouvoirs.donner, elu_id, None if valeur == INCONNU else valeur)

    def _run(self, use_case: object, *args: object) -> None:
        if self.phase is not None and self._feuille is not None and callable(use_case):
            self.faire(use_case, self.phase.id, self._feuille.version, *args)

    def _interest(self, elus: frozenset[int]) -> None:
        if self.phase is not None and self._feuille is not None:
            acte = self._feuille.acte
            self.faire(seances.interesser, self.phase.id, acte.version if acte else 0, tuple(sorted(elus)))

    def _confirm(self) -> None:
        self._interest(self._interesses() | self._a_confirmer())

    def _point(self, statut: str) -> None:
        if self.modifiable and (choisis := self._choisis()):
            self._run(seances.pointer, choisis, statut)

    def _add(self, elus: dict[int, str]) -> None:
        self._run(seances.inscrire, elus)

    def _remove(self) -> None:
        if choisis := self._choisis():
            self._run(seances.retirer, choisis)

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Select councillors on the sheet."""
        del sujet
        self.rattraper()
        rangs = self.modele.rangs(ids)
        if not rangs:
            return False
        self.table.clearSelection()
        mode = self.table.selectionModel().SelectionFlag.Select | self.table.selectionModel().SelectionFlag.Rows
        for rang in rangs:
            self.table.selectionModel().select(self.modele.index(rang, 0), mode)
        self.table.scrollTo(self.modele.index(rangs[0], 0))
        self.table.setFocus()
        return True

    def resume(self) -> tuple[str, ...]:
        """Say how many are on the sheet."""
        return (compter(len(self.modele.lignes), "élu"),)
