"""The calendar: what falls due on every convention; first what is late, then what waits, then month by month."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QVBoxLayout

from inclusion_desk.domain.calendrier import NATURES_ECHEANCE, Echeance
from inclusion_desk.domain.text import compter
from inclusion_desk.services import exports_suivi, paiements, suivi
from inclusion_desk.services.changes import Call, ensemble
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.arbre_echeances import ArbreEcheances
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from datetime import date

    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

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
        self.arbre = ArbreEcheances()
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.arbre)
        self._on_selection()
        self.nature.currentIndexChanged.connect(self._show)
        self.arbre.itemSelectionChanged.connect(self._on_selection)
        self.export.message.connect(self.message)

    def lire(self, phase: Phase) -> None:
        """Read the deadlines off the window's thread, then show them."""
        del phase  # conventions span the phases
        jour, desk = aujourdhui(), self.contexte.desk
        self.contexte.taches.lancer(lambda _avance: desk.read(suivi.calendrier, jour), partial(self._on_read, jour))

    def _on_read(self, jour: date, lues: tuple[Echeance, ...] | Exception) -> None:
        if isinstance(lues, Exception):
            raise lues
        self._jour, self.echeances = jour, lues
        self._show()
        if lues:
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
        self.arbre.montrer(self.montrees, self._jour)
        self._on_selection()

    def _on_selection(self) -> None:
        natures = {e.nature for e in self.arbre.choisies()}
        permis = bool(natures) and natures <= _GESTES.keys() and not self.contexte.desk.lecture_seule
        self.fait.setEnabled(permis)
        self._exporter.setEnabled(bool(self.montrees))
        self.nature.setEnabled(bool(self.echeances))
        self.etat_change.emit()

    def _done(self) -> None:
        """Record what is selected as paid, received or published today, in one step."""
        choisies, jour = self.arbre.choisies(), aujourdhui()
        if len(choisies) == 1:
            self.faire(_GESTES[choisies[0].nature], (choisies[0].cible,), jour, titre="Enregistrement impossible")
            return
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
