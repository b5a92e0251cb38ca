"""The calendar: what falls due on every convention; first what is late, then what waits, then month by month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from inclusion_desk.domain.calendrier import NATURES_ECHEANCE, Echeance, par_mois
from inclusion_desk.domain.text import compter, format_date
from inclusion_desk.services import exports_suivi, paiements, suivi
from inclusion_desk.services.changes import Call, ensemble
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.apparence import couleurs_de, police_chiffres
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from datetime import date

    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_TITRES = ("Date", "Nature", "À faire", "Structure", "Convention", "Retard")
_LARGEURS = (144, 236, 220, 320, 110, 110)
_ECHEANCE = int(Qt.ItemDataRole.UserRole)
_GESTES = {"bilan": suivi.recevoir, "versement": paiements.payer, "publication": suivi.publier}
"""What records a deadline as met, by its kind; the end of a convention asks for nothing."""


class Calendrier(Section):
    """The deadlines of all conventions, whatever their phase."""

    TITRE = "Calendrier"
    IMAGE = "calendrier"
    DE_LA_PHASE = False
    SUJETS = frozenset({"versements", "bilans", "conventions", "avenants", "suivi", "structures"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._jour = aujourdhui()
        self.echeances: tuple[Echeance, ...] = ()
        self.nature = QComboBox()
        self.nature.setAccessibleName("Nature des échéances")
        for code, libelle in (("", "Toutes les échéances"), *NATURES_ECHEANCE.items()):
            self.nature.addItem(libelle, code)
        self._rangee.addWidget(self.nature)
        self.fait = self.bouton("Fait aujourd’hui", "valide", self._done)
        self._exporter = self.bouton("Exporter (.ics)…", "enregistrer", self._export)
        self.export = Export(contexte, self)
        self.arbre = QTreeWidget()
        self._build()
        self.nature.currentIndexChanged.connect(self._show)
        self.arbre.itemSelectionChanged.connect(self._on_selection)
        self.export.message.connect(self.message)

    def _build(self) -> None:
        arbre = self.arbre
        arbre.setHeaderLabels(list(_TITRES))
        arbre.setAccessibleName("Échéances par mois")
        arbre.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        arbre.setUniformRowHeights(True)
        arbre.setAllColumnsShowFocus(True)
        arbre.setFont(police_chiffres(arbre.font()))
        for colonne, largeur in enumerate(_LARGEURS):
            arbre.setColumnWidth(colonne, largeur)
        arbre.header().setSectionResizeMode(_TITRES.index("Structure"), QHeaderView.ResizeMode.Stretch)
        arbre.header().setStretchLastSection(False)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(arbre)

    def lire(self, phase: Phase) -> None:
        """Read the deadlines off the window's thread, then show them."""
        del phase  # conventions span the phases
        jour, desk = aujourdhui(), self.contexte.desk
        self.contexte.taches.lancer(lambda _avance: desk.read(suivi.calendrier, jour), partial(self._on_read, jour))

    def _on_read(self, jour: date, lues: tuple[Echeance, ...] | Exception) -> None:
        if isinstance(lues, Exception):
            raise lues
        self._jour, self.echeances = jour, lues
        if lues:
            self._show()
            self.montrer_corps()
        else:
            phrase = "Les versements, les bilans et les publications des conventions s’afficheront ici."
            self.manquer("Aucune échéance", phrase, "")
        self.etat_change.emit()

    @property
    def montrees(self) -> tuple[Echeance, ...]:
        """The deadlines of the kind chosen."""
        code = self.nature.currentData()
        return tuple(e for e in self.echeances if not code or e.nature == code)

    def _show(self) -> None:
        self.arbre.clear()
        retards = sorted((e for e in self.montrees if e.retard), key=lambda e: -e.retard)
        if retards:
            self._add_group(f"En retard ({len(retards)})", retards)
        a_temps = [e for e in self.montrees if not e.retard]
        attente = [e for e in a_temps if e.jour < self._jour]
        if attente:  # its day is past, and it waits for a document or a signature
            self._add_group(f"En attente d’une pièce ou d’une signature ({len(attente)})", attente)
        for mois in par_mois(e for e in a_temps if e.jour >= self._jour):
            libelle = f"{mois.libelle[:1].upper()}{mois.libelle[1:]}"
            self._add_group(f"{libelle} ({len(mois.echeances)})", mois.echeances)
        self._on_selection()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the day's mode."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.echeances:
            self._show()

    def _add_group(self, titre: str, echeances: Sequence[Echeance]) -> None:
        groupe = QTreeWidgetItem([titre])
        groupe.setFlags(Qt.ItemFlag.ItemIsEnabled)
        police = QFont(self.arbre.font())
        police.setBold(True)
        groupe.setFont(0, police)
        self.arbre.addTopLevelItem(groupe)
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
        lues = (item.data(0, _ECHEANCE) for item in self.arbre.selectedItems())
        return tuple(e for e in lues if isinstance(e, Echeance))

    def _on_selection(self) -> None:
        natures = {e.nature for e in self.choisies()}
        permis = bool(natures) and natures <= _GESTES.keys() and not self.contexte.desk.lecture_seule
        self.fait.setEnabled(permis)
        self._exporter.setEnabled(bool(self.montrees))
        self.etat_change.emit()

    def _done(self) -> None:
        """Record what is selected as paid, received or published today, in one step."""
        choisies, jour = self.choisies(), aujourdhui()
        appels = [Call(_GESTES[e.nature], ((e.cible,), jour)) for e in choisies]
        label = f"Enregistrer comme fait – {compter(len(appels), 'échéance')}"
        self.faire(ensemble, label, appels, titre="Enregistrement impossible")

    def _export(self) -> None:
        desk, echeances = self.contexte.desk, self.montrees

        def ecrire(cible: Path) -> Path:
            return exports_suivi.exporter_calendrier(desk, echeances, cible)

        titre, filtre = "Exporter le calendrier", "Calendriers (*.ics)"
        self.export.demander(titre, exports_suivi.CALENDRIER, filtre, ecrire)

    def resume(self) -> tuple[str, ...]:
        """Say how much is to be done, and how much is late."""
        retards = sum(1 for e in self.montrees if e.retard)
        return (compter(len(self.montrees), "échéance"), f"{retards} en retard") if self.montrees else ()
