"""The acts that a voted phase calls for: what each lacks, those prepared, and their production in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.preparation import ActePropose
from inclusion_desk.domain.refus import Interrompu, Refus
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.services import preparation_actes, production_actes
from inclusion_desk.services.production_actes import FormatActe, Lot
from inclusion_desk.ui.apparence import police_chiffres
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.documents import ouvrir_fichier
from inclusion_desk.ui.progression import Progression
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.taches import Avance

_TITRES = ("Structure", "Acte", "Dispositifs", "Apport (€)", "Où il en est")
_LARGEURS = (270, 190, 400, 112)
_MONTANT = 3
_AIR = 10
_COCHE = Qt.ItemDataRole.CheckStateRole


class ActesAProduire(Section):
    """The table of the acts, with a box to tick, and the buttons that prepare and produce those ticked."""

    TITRE = "Actes à produire"
    IMAGE = "actes"
    DE_LA_PHASE = False
    SUJETS = frozenset({"phases", "conventions", "avenants", "fiches", "structures", "seances"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._proposes: tuple[ActePropose, ...] = ()
        self._manques: dict[tuple[int, int | None], str] = {}
        self.tous = QCheckBox("Tout cocher")
        self.filtre_dit = QLabel()
        self.filtre_dit.setProperty("role", "doux")
        self.table = QTableWidget(0, len(_TITRES))
        self.progression = Progression()
        self.formats: dict[FormatActe, QCheckBox] = {"pdf": QCheckBox("PDF"), "docx": QCheckBox("Word")}
        self.preparer = self.bouton("Préparer les actes cochés", "ajouter", self.preparer_coches)
        self.produire = self.bouton("Produire les actes cochés…", "enregistrer", self.demander_dossier, principal=True)
        self._build()

    def _build(self) -> None:
        rangee = QHBoxLayout()
        rangee.setContentsMargins(MARGE, 0, MARGE, 0)
        rangee.addWidget(self.tous)
        rangee.addSpacing(12)
        rangee.addWidget(self.filtre_dit)
        rangee.addStretch()
        rangee.addWidget(self.progression)
        rangee.addWidget(QLabel(f"Formats{INSECABLE}:"))
        for case in self.formats.values():
            case.setChecked(True)
            case.toggled.connect(self._allow)
            rangee.addWidget(case)
        autour = QVBoxLayout()
        autour.setContentsMargins(MARGE, 0, MARGE, MARGE)
        autour.addWidget(self.table)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(8)
        pile.addLayout(rangee)
        pile.addLayout(autour, 1)
        self._prepare_table()
        self.tous.setTristate(False)
        self.tous.clicked.connect(self._tick_all)
        self.table.itemChanged.connect(self._on_tick)

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_TITRES))
        table.setAccessibleName("Actes de la phase")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        for colonne, largeur in enumerate(_LARGEURS):
            table.setColumnWidth(colonne, largeur)
        table.horizontalHeader().setSectionResizeMode(len(_TITRES) - 1, QHeaderView.ResizeMode.Stretch)
        for colonne in range(len(_TITRES)):
            if (entete := table.horizontalHeaderItem(colonne)) is not None:
                entete.setTextAlignment(_alignment(colonne))

    def lire(self, phase: Phase) -> None:
        """Read the acts that the phase calls for; it must be adopted."""
        if phase.etat != "adoptee":
            self._proposes = ()
            self.preparer.setEnabled(False)
            self.produire.setEnabled(False)
            self.manquer(
                f"La phase {phase.reference} n’est pas adoptée",
                "Les conventions et les avenants se préparent d’après les lignes votées : enregistrez d’abord le vote.",
                "",
            )
            return
        cochees = self.cles if self._proposes else None
        self._proposes = self.contexte.desk.read(preparation_actes.examiner, phase.id)
        self._manques = self.contexte.desk.read(production_actes.manques, [p.fait for p in self._proposes if p.fait])
        self._fill(cochees)
        self.montrer_corps()
        self._allow()

    def _fill(self, cochees: Sequence[str] | None) -> None:
        self.table.blockSignals(True)  # ticking here is not the user's
        self.table.setRowCount(len(self._proposes))
        for rang, propose in enumerate(self._proposes):
            for colonne, texte in enumerate(self._cells(propose)):
                item = QTableWidgetItem(texte)
                item.setTextAlignment(_alignment(colonne))
                if colonne == _MONTANT:
                    item.setFont(police_chiffres(self.table.font()))
                self.table.setItem(rang, colonne, item)
            if (premiere := self.table.item(rang, 0)) is not None:
                oui = cochees is None or propose.cle in cochees
                premiere.setData(_COCHE, Qt.CheckState.Checked if oui else Qt.CheckState.Unchecked)
        self.table.blockSignals(False)
        self.table.resizeRowsToContents()
        for rang in range(self.table.rowCount()):
            self.table.setRowHeight(rang, self.table.rowHeight(rang) + _AIR)
        self._on_tick()

    def _cells(self, propose: ActePropose) -> tuple[str, ...]:
        modele = MODELES_ACTE.get(propose.modele)
        acte = "Convention" if propose.nature == "convention" else "Avenant"
        annexe = f", modèle {propose.modele}" if modele and modele.avenant else ""
        return (
            propose.structure,
            propose.libelle_fait or f"{acte}{annexe}",
            propose.dispositif,
            format_montant(propose.montant, symbole=False),
            self._where(propose),
        )

    def _where(self, propose: ActePropose) -> str:
        """Say where an act stands: what it lacks to be prepared, or to be produced, or that it is ready."""
        if propose.manques:
            return typo(" ".join(propose.manques))
        if propose.fait is None:
            return "À préparer"
        return typo(self._manques.get(propose.fait, "")) or "Prêt à produire"

    @property
    def cles(self) -> list[str]:
        """The keys of the acts ticked."""
        return [propose.cle for propose in self._ticked()]

    def _ticked(self) -> list[ActePropose]:
        return [
            propose
            for rang, propose in enumerate(self._proposes)
            if (item := self.table.item(rang, 0)) is not None and item.checkState() == Qt.CheckState.Checked
        ]

    def cocher(self, cles: Sequence[str]) -> None:
        """Tick these acts and no other."""
        for rang, propose in enumerate(self._proposes):
            if (item := self.table.item(rang, 0)) is not None:
                item.setCheckState(Qt.CheckState.Checked if propose.cle in cles else Qt.CheckState.Unchecked)

    def _tick_all(self, oui: bool) -> None:  # noqa: FBT001 - the signal of a box
        self.cocher([propose.cle for propose in self._proposes] if oui else [])

    def _on_tick(self, _item: QTableWidgetItem | None = None) -> None:
        coches = self._ticked()
        self.tous.blockSignals(True)
        self.tous.setChecked(bool(coches) and len(coches) == len(self._proposes))
        self.tous.blockSignals(False)
        faits = sum(propose.fait is not None for propose in self._proposes)
        self.filtre_dit.setText(
            f"{compter(len(coches), 'acte coché', 'actes cochés')} sur {len(self._proposes)}, "
            f"{compter(faits, 'préparé')}"
        )
        self._allow()

    def _allow(self) -> None:
        coches = self._ticked()
        libre = not self.contexte.desk.lecture_seule and not self.progression.isVisible()
        self.preparer.setEnabled(libre and any(propose.fait is None for propose in coches))
        formats = any(case.isChecked() for case in self.formats.values())
        libre = not self.progression.isVisible()
        self.produire.setEnabled(libre and formats and any(propose.fait is not None for propose in coches))

    def preparer_coches(self) -> None:
        """Prepare the acts ticked that are not yet; those that lack something may be left aside."""
        restants = [propose for propose in self._ticked() if propose.fait is None]
        prets, manquants = [p for p in restants if p.pret], [p for p in restants if p.manques]
        if manquants and not self._leave_aside([f"{p.structure} : {p.manques[0]}" for p in manquants], len(prets)):
            return
        if prets and self.phase is not None:
            cles = tuple(propose.cle for propose in prets)
            self.faire(preparation_actes.preparer, self.phase.id, cles, titre="Actes non préparés")

    def _leave_aside(self, manques: Sequence[str], restants: int) -> bool:
        """Ask whether to go on without the acts that lack something; False to stop."""
        titre = f"{compter(len(manques), 'acte incomplet', 'actes incomplets')}"
        phrase = typo("\n".join(manques[:8]))
        suite = "\n…" if len(manques) > 8 else ""  # noqa: PLR2004 - what a box shows at ease
        if not restants:
            avertir(self.window(), titre, f"{phrase}{suite}")
            return False
        continuer = f"Continuer avec {compter(restants, 'acte')}"
        return demander(self.window(), titre, f"{phrase}{suite}", (continuer, "Annuler")) == 0

    def demander_dossier(self) -> None:
        """Ask where to put the batch, after the check list; then make it."""
        if self.phase is None:
            return
        choisis = self._chosen()
        incomplets = [choisi.phrase for choisi in choisis if choisi.refus]
        if incomplets and not self._leave_aside(incomplets, len(choisis) - len(incomplets)):
            return
        lieu = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        parent = QFileDialog.getExistingDirectory(self, "Choisir où créer le dossier des actes", lieu)
        if parent:
            self.lancer(choisis, _free(Path(parent) / production_actes.nom_du_lot(self.phase)))

    def _chosen(self) -> tuple[production_actes.ActeChoisi, ...]:
        faits = tuple(dict.fromkeys(propose.fait for propose in self._ticked() if propose.fait is not None))
        return self.contexte.desk.read(production_actes.lire, faits)

    def lancer(self, choisis: Sequence[production_actes.ActeChoisi], dossier: Path) -> None:
        """Make a batch off the window's thread, with progress and Cancel; incomplete acts are set aside."""
        formats = tuple(nom for nom, case in self.formats.items() if case.isChecked())
        titre = production_actes.nom_du_lot(self.phase) if self.phase else dossier.name
        travail = partial(_work, self.contexte.desk, titre, tuple(choisis), dossier, formats)
        tache = self.contexte.taches.lancer(travail, self._on_done, self.progression.avancer)
        self.progression.commencer("Production des actes…", tache.annuler)
        self._allow()

    def _on_done(self, resultat: Lot | Exception) -> None:
        self.progression.finir()
        self._allow()
        if isinstance(resultat, Interrompu):
            self.message.emit("La production des actes est annulée : rien n’a été écrit.")
        elif isinstance(resultat, Refus):
            avertir(self.window(), "Actes non produits", str(resultat))
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self._offer(resultat)

    def _offer(self, lot: Lot) -> None:
        self.message.emit(typo(lot.phrase))
        ecartes = "\n\n" + "\n".join(lot.ecartes) if lot.ecartes else ""
        phrase = typo(f"{lot.phrase} Chaque document a été relu : ses montants sont ceux de la base.{ecartes}")
        choix = demander(self.window(), "Actes produits", phrase, ("Ouvrir le dossier", "Fermer"))
        if choix == 0 and not ouvrir_fichier(lot.dossier):
            avertir(self.window(), "Actes produits", f"Aucun programme de ce poste n’a pu ouvrir {lot.dossier}.")


def _alignment(colonne: int) -> Qt.AlignmentFlag:
    cote = Qt.AlignmentFlag.AlignRight if colonne == _MONTANT else Qt.AlignmentFlag.AlignLeft
    return cote | Qt.AlignmentFlag.AlignVCenter


def _free(dossier: Path) -> Path:
    """Give a name that nothing bears yet: « actes-2024-phase-6 (2) »."""
    rang = 1
    libre = dossier
    while libre.exists():
        rang += 1
        libre = dossier.with_name(f"{dossier.name} ({rang})")
    return libre


def _work(
    desk: Desk,
    titre: str,
    choisis: tuple[production_actes.ActeChoisi, ...],
    dossier: Path,
    formats: tuple[FormatActe, ...],
    avance: Avance,
) -> Lot:
    return production_actes.produire(desk, titre, choisis, dossier, formats, avance, poursuivre=True)
