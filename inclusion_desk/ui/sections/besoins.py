"""What payments call for: crédits de paiement by year and budget line, as bars and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from inclusion_desk.domain.besoins import croiser, nommer
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.text import pluriel
from inclusion_desk.services import exports_suivi, paiements
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.apparence import police_chiffres
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.histogramme import Histogramme
from inclusion_desk.ui.nuancier import NOMBRE
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.domain.versements import BesoinCp
    from inclusion_desk.ui.contexte import Contexte

_TITRES = ("Année", "Code opération", "Prévu (€)", "Payé (€)", "Reste à payer (€)", "Non consommé (€)")
_PREMIER_MONTANT = 2


class Besoins(Section):
    """The credits of every convention, whatever its phase."""

    TITRE = "Crédits de paiement"
    IMAGE = "budget"
    DE_LA_PHASE = False
    SUJETS = frozenset({"versements", "conventions", "avenants", "budget", "suivi"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.besoins: tuple[BesoinCp, ...] = ()
        self.histogramme = Histogramme()
        self.report = etiquette("", "doux")
        self.table = QTableWidget(0, len(_TITRES))
        self.export = Export(contexte, self)
        self.export.message.connect(self.message)
        self.bouton("Exporter…", "classeur", self._export)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(MARGE, 0, MARGE, MARGE)
        pile.setSpacing(8)
        pile.addWidget(self.histogramme, 2)
        pile.addWidget(self.report)
        pile.addWidget(self.table, 3)
        self._prepare_table()

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_TITRES))
        table.setAccessibleName("Crédits de paiement par année et ligne budgétaire")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for colonne in range(len(_TITRES)):
            if (entete := table.horizontalHeaderItem(colonne)) is not None:
                entete.setTextAlignment(_alignement(colonne))

    def lire(self, phase: Phase) -> None:
        """Read what is called for off the window's thread, then show it."""
        del phase  # conventions span the phases
        jour, desk = aujourdhui(), self.contexte.desk
        self.contexte.taches.lancer(lambda _avance: desk.read(paiements.besoins, jour), self._on_read)

    def _on_read(self, lus: tuple[BesoinCp, ...] | Exception) -> None:
        if isinstance(lus, Exception):
            raise lus
        self.besoins = lus
        if not lus:
            phrase = "Établissez d’abord l’échéancier des conventions, à la rubrique Versements."
            self.manquer("Aucun versement prévu", phrase, "Voir les versements")
            return
        self.histogramme.montrer([periode for periode in croiser(lus, NOMBRE) if periode.total])
        self.report.setText(_carried(lus))
        self.report.setVisible(bool(self.report.text()))
        self._fill(lus)
        self.montrer_corps()
        self.etat_change.emit()

    def remedier(self) -> None:
        """Lead to the payments."""
        self.partie_demandee.emit("versements")

    def _fill(self, besoins: Sequence[BesoinCp]) -> None:
        lignes = [(b.periode, nommer(b.code_operation), *_amounts([b])) for b in besoins]
        lignes.append(("Total", "", *_amounts(besoins)))
        self.table.setRowCount(len(lignes))
        police = police_chiffres(self.table.font())
        for rang, cases in enumerate(lignes):
            police.setBold(rang == len(lignes) - 1)
            for colonne, texte in enumerate(cases):
                item = QTableWidgetItem(texte)
                item.setTextAlignment(_alignement(colonne))
                item.setFont(police)
                self.table.setItem(rang, colonne, item)

    def _export(self) -> None:
        desk, besoins = self.contexte.desk, self.besoins

        def ecrire(cible: Path) -> Path:
            return exports_suivi.exporter_besoins(desk, besoins, cible)

        titre, filtre = "Exporter les crédits de paiement", "Classeurs Excel (*.xlsx)"
        self.export.demander(titre, exports_suivi.BESOINS, filtre, ecrire)

    def resume(self) -> tuple[str, ...]:
        """Say what is left to pay in all, and what of it is in no schedule."""
        reste = sum(b.reste for b in self.besoins)
        libre = sum(b.reste for b in self.besoins if not b.echelonne)
        dits = (("Reste à payer", reste), *((("Dont non échelonné", libre),) if libre else ()))
        return tuple(f"{nom}{INSECABLE}: {format_montant(montant)}" for nom, montant in dits) if self.besoins else ()


def _carried(besoins: Sequence[BesoinCp]) -> str:
    """Say what of a year's credits fell due before it, or nothing."""
    reporte = sum(b.reporte for b in besoins)
    periode = next((b.periode for b in besoins if b.reporte), "")
    echus, payes = (pluriel(reporte // 100, mot) for mot in ("échu", "payé"))
    suite = f"{format_montant(reporte)} {echus} les années précédentes et non {payes}."
    return f"Le reste à payer de {periode} comprend {suite}" if reporte else ""


def _amounts(besoins: Sequence[BesoinCp]) -> tuple[str, ...]:
    sommes = (sum(getattr(b, nom) for b in besoins) for nom in ("prevu", "paye", "reste", "libere"))
    return tuple(format_montant(somme, symbole=False) for somme in sommes)


def _alignement(colonne: int) -> Qt.AlignmentFlag:
    cote = Qt.AlignmentFlag.AlignRight if colonne >= _PREMIER_MONTANT else Qt.AlignmentFlag.AlignLeft
    return cote | Qt.AlignmentFlag.AlignVCenter
