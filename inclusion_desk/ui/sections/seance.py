"""The sitting of a phase: when, where, who presides; and the deposit periods that the phase instructs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from inclusion_desk.domain.campagnes import CHAMP_RAPPORT_CADRE
from inclusion_desk.domain.champs import Valeur
from inclusion_desk.domain.seances import CHAMPS_SEANCE, Seance
from inclusion_desk.services import campagnes, deliberations, seances
from inclusion_desk.services.deliberations import CadrePhase
from inclusion_desk.ui.cartes import Carte, Colonne
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.fiche import Fiche
from inclusion_desk.ui.formulaire import sans_options
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase

_INSTANCE = "Commission permanente"
_GROUPES = (("jour", "instance"), ("lieu",), ("president", "qualite_president"), ("secretaire",))


class DateEtLieu(Section):
    """The form of the sitting, and the periods instructed."""

    TITRE = "Date et lieu de la séance"
    IMAGE = "seance"
    SUJETS = frozenset({"seances", "phases", "periodes"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._montree: tuple[int, int | None] | None = None
        self._version = 0
        self._valeurs: dict[str, Valeur] = {}
        self.fiche = Fiche(CHAMPS_SEANCE, _GROUPES, sans_options, self._write)
        self.fiche.conflit.connect(self._on_conflict)
        self.campagne = Fiche((CHAMP_RAPPORT_CADRE,), ((CHAMP_RAPPORT_CADRE.nom,),), sans_options, self._date_report)
        self.campagne.conflit.connect(self._on_conflict)
        self._rapport_cadre: date | None = None
        self.periodes: dict[int, QCheckBox] = {}
        self._liste = QVBoxLayout()
        self._liste.setSpacing(8)
        self._sans_periode = etiquette(
            "La campagne n’a pas de période de dépôt : ajoutez-en dans l’onglet Campagne, rubrique Périodes de dépôt.",
            "doux",
        )
        self._build()

    def _build(self) -> None:
        seance = Carte("Séance")
        seance.ajouter(etiquette("Les membres en fonction à cette date forment la feuille de présence.", "doux"))
        seance.ajouter(self.fiche)
        periodes = Carte("Ce que la phase reprend de la campagne")
        periodes.ajouter(self.campagne)
        periodes.ajouter(etiquette("Périodes de dépôt instruites, que le rapport cite", "sous-titre"))
        periodes.ajouter(self._liste)
        periodes.ajouter(self._sans_periode)
        colonne = Colonne()
        colonne.ajouter(seance)
        colonne.ajouter(periodes)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    @property
    def suspens(self) -> str:
        """Tell whether a field is refused."""
        return self.TITRE if self.fiche.champs.change or self.campagne.champs.change else ""

    def lire(self, phase: Phase) -> None:
        """Read the sitting and the periods."""
        feuille = self.contexte.desk.read(seances.lire, phase.id)
        self._version = feuille.phase.version
        self._valeurs = _values(feuille.seance, fixee=feuille.phase.seance_id is not None)
        montree = (phase.id, feuille.phase.seance_id)
        self.fiche.montrer(self._valeurs, autre=montree != self._montree, modifiable=self.modifiable)
        cadre = self.contexte.desk.read(deliberations.cadre, phase.id)
        self._rapport_cadre = cadre.date_rapport_cadre
        valeurs = {CHAMP_RAPPORT_CADRE.nom: cadre.date_rapport_cadre}
        self.campagne.montrer(valeurs, autre=montree != self._montree, modifiable=self.modifiable)
        self._montree = montree
        self._show_periodes(cadre)
        self.montrer_corps()

    def _write(self, saisies: Mapping[str, Valeur]) -> None:
        """Save the sitting: a new one once its day is known."""
        if self.phase is None:
            return
        self._valeurs = {**self._valeurs, **saisies}
        if self._montree is not None and self._montree[1] is None and self._valeurs.get("jour") is None:
            return
        changes = self.contexte.actions.do(seances.fixer, self.phase.id, self._version, self._valeurs)
        self.message.emit(changes.label)

    def _on_conflict(self, phrase: str) -> None:
        self.message.emit(phrase)
        self.relire()

    def _date_report(self, saisies: Mapping[str, Valeur]) -> None:
        jour = saisies[CHAMP_RAPPORT_CADRE.nom]
        if self.phase is not None and (jour is None or isinstance(jour, date)):
            dater = campagnes.dater_rapport_cadre
            self.message.emit(self.contexte.actions.do(dater, self.phase.id, self._rapport_cadre, jour).label)

    def _show_periodes(self, cadre: CadrePhase) -> None:
        for ancienne in self.periodes.values():
            ancienne.hide()
            ancienne.deleteLater()
        self.periodes = {}
        for periode in cadre.periodes:
            case = QCheckBox(periode.libelle)
            case.setChecked(periode.id in cadre.instruites)
            case.setEnabled(self.modifiable)
            case.clicked.connect(self._on_periode)
            self._liste.addWidget(case)
            self.periodes[periode.id] = case
        self._sans_periode.setVisible(not cadre.periodes)

    def _on_periode(self) -> None:
        if self.phase is not None:
            choisies = tuple(i for i, case in self.periodes.items() if case.isChecked())
            self.faire(deliberations.instruire, self.phase.id, self._version, choisies)


def _values(seance: Seance, *, fixee: bool) -> dict[str, Valeur]:
    valeurs: dict[str, Valeur] = {champ.nom: getattr(seance, champ.nom) for champ in CHAMPS_SEANCE}
    return valeurs if fixee else {**valeurs, "instance": valeurs["instance"] or _INSTANCE}
