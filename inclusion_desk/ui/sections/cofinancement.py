"""The calculator of European co-financing: the staff of an action, and who pays what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.cofinancement import (
    AFFECTATION_MINIMALE,
    FONDS,
    FSE,
    TAUX_FORFAITAIRE,
    PlanFinancement,
    dire_ecart,
    etablir,
    fonds_du_territoire,
)
from inclusion_desk.domain.echeanciers import PART_SOLDE_AVENANT
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import format_taux
from inclusion_desk.domain.text import typo
from inclusion_desk.services import cofinancement
from inclusion_desk.ui.cartes import Carte, Chiffre, Colonne
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.postes import Postes
from inclusion_desk.ui.saisie import marquer
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from inclusion_desk.domain.cofinancement import Fonds
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_MONTANT = Champ("montant", "Montant proposé (€)", "Le montant proposé", Nature.MONTANT)
_CHIFFRES = {
    "total": "Coût total de l’opération",
    "personnel": "Dépenses de personnel",
    "autres": "Autres coûts",
    "part_departement": "Part du Département",
    "part_europeenne": "Part européenne",
}
_VIDE = "Saisissez les postes affectés à l’action : le plan s’établit à mesure."
_REFUSE = "Corrigez les postes signalés : le plan s’établit dès qu’ils sont complets."


class Plan(Carte):
    """Who pays what: the figures, then the steps that lead to them."""

    def __init__(self) -> None:
        super().__init__("Plan de financement")
        self.chiffres = {nom: Chiffre(titre) for nom, titre in _CHIFFRES.items()}
        self._detail = etiquette("")
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rangee = QHBoxLayout()
        for chiffre in self.chiffres.values():
            rangee.addWidget(chiffre, 1)
        self.ajouter(rangee)
        self.ajouter(self._detail)

    def montrer(self, plan: PlanFinancement | None, sinon: str) -> None:
        """Show a plan, or what is still missing."""
        for nom, chiffre in self.chiffres.items():
            chiffre.dire("–" if plan is None else format_montant(getattr(plan, nom)))
        self._detail.setText("\n".join(plan.phrases) if plan else typo(sinon))


class Cofinancement(Section):
    """What is typed here is worked out at once and kept nowhere."""

    TITRE = "Cofinancement européen"
    IMAGE = "budget"
    DE_LA_PHASE = False
    SUJETS = frozenset({"phases"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.plan: PlanFinancement | None = None
        self.territoire, self.fonds, self.montant = QComboBox(), QComboBox(), QLineEdit()
        for code, fonds in FONDS.items():
            self.fonds.addItem(f"{fonds.nom} ({code})", code)
        self.montant.setPlaceholderText("Facultatif, pour comparer")
        self.ecart = etiquette("", "doux")
        self.postes = Postes()
        self._plan, self._taux = Plan(), etiquette("")
        self._build()
        self.territoire.currentIndexChanged.connect(self._on_territory)
        self.fonds.currentIndexChanged.connect(self._work_out)
        self.montant.textChanged.connect(self._say_gap)
        self.postes.change.connect(self._work_out)

    def _build(self) -> None:
        personnel = Carte("Dépenses directes de personnel")
        personnel.ajouter(self._choices())
        personnel.ajouter(self.ecart)
        personnel.ajouter(etiquette("Fonction, coût complet (€), affectation à l’action (%)", "sous-titre"))
        personnel.ajouter(self.postes)
        taux = Carte("Taux appliqués")
        taux.ajouter(self._taux)
        colonne = Colonne()
        for carte in (personnel, self._plan, taux):
            colonne.ajouter(carte)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    def _choices(self) -> QGridLayout:
        grille = QGridLayout()
        grille.setHorizontalSpacing(16)
        champs: tuple[tuple[str, QWidget], ...] = (
            ("Territoire", self.territoire), ("Fonds", self.fonds), (_MONTANT.libelle, self.montant),
        )  # fmt: skip
        for rang, (libelle, saisie) in enumerate(champs):
            titre = etiquette(libelle, "sous-titre")
            titre.setBuddy(saisie)
            saisie.setAccessibleName(libelle)
            grille.addWidget(titre, 0, rang)
            grille.addWidget(saisie, 1, rang)
            grille.setColumnStretch(rang, 1)
        return grille

    def lire(self, phase: Phase) -> None:
        """Read the territories, and work out what is typed."""
        del phase  # the territories are those of the département
        lus = self.contexte.desk.read(cofinancement.territoires)
        if self.territoire.count() != len(lus):
            self.territoire.blockSignals(True)
            self.territoire.clear()
            for territoire in lus:
                self.territoire.addItem(territoire.nom, territoire.bassin_minier)
            self.territoire.setCurrentIndex(-1)
            self.territoire.blockSignals(False)
        self._work_out()
        self.montrer_corps()

    def _on_territory(self) -> None:
        if self.territoire.currentIndex() >= 0:
            fonds = fonds_du_territoire(bassin_minier=bool(self.territoire.currentData()))
            self.fonds.setCurrentIndex(self.fonds.findData(fonds.code))

    def _work_out(self) -> None:
        """Draw the plan up from what is typed."""
        fonds, agents = FONDS.get(str(self.fonds.currentData()), FSE), self.postes.lire()
        self.plan = etablir(agents, fonds) if agents else None
        self._plan.montrer(self.plan, _REFUSE if self.postes.saisis else _VIDE)
        self._taux.setText(_rates(fonds))
        self._say_gap()

    def _say_gap(self) -> None:
        """Compare the amount proposed with the part du Département."""
        phrase, role = "", "doux"
        try:
            montant = _MONTANT.lire(self.montant.text())
        except Refus as refus:
            montant, phrase, role = None, str(refus), "faute"
        marquer(self.montant, "faute", vrai=role == "faute")
        if isinstance(montant, int) and self.plan is not None:
            phrase = dire_ecart(self.plan, montant) or "Le montant proposé est exactement la part du Département."
            role = "attention" if self.plan.ecart(montant) > 0 else "doux"
        self.ecart.setProperty("role", role)
        self.ecart.style().unpolish(self.ecart)
        self.ecart.style().polish(self.ecart)
        self.ecart.setText(typo(phrase))
        self.ecart.setVisible(bool(phrase))


def _rates(fonds: Fonds) -> str:
    """Name the rates: three of them are 40 % in the case, and are three different things."""
    taux = (
        ("Taux forfaitaire des autres coûts", TAUX_FORFAITAIRE),
        (f"Part du Département ({fonds.code})", fonds.taux_departement),
        ("Part du solde d’un avenant", PART_SOLDE_AVENANT),
        ("Affectation minimale d’un poste", AFFECTATION_MINIMALE),
    )
    return "\n".join(f"{nom}{INSECABLE}: {format_taux(valeur)}" for nom, valeur in taux)
