"""The calculator of European co-financing: the line it is for, the staff of the action, and who pays what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.cofinancement import (
    AFFECTATION_MINIMALE,
    FONDS,
    FSE,
    TAUX_FORFAITAIRE,
    PlanFinancement,
    etablir,
    fonds_du_territoire,
    plan_appele,
)
from inclusion_desk.domain.cofinancement_lignes import LigneCofinancee, Projet
from inclusion_desk.domain.echeanciers import PART_SOLDE_AVENANT
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import format_taux
from inclusion_desk.domain.text import typo
from inclusion_desk.services import cofinancement
from inclusion_desk.ui.cartes import Carte, Chiffre, Colonne
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.postes import Postes
from inclusion_desk.ui.saisie import marquer
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
_VIDE = "Saisissez les postes affectés à l’action, ou le montant proposé : le plan s’établit à mesure."
_POSTES = "Personnel affecté : fonction, coût complet (€), affectation à l’action (%)"
_CHOISIR = "Choisir une ligne cofinancée de la phase"
_AUCUNE = "Aucune ligne de la phase ne relève d’un dispositif cofinancé"
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

    def montrer(self, projet: Projet | None, sinon: str) -> None:
        """Show a plan, or what is still missing."""
        for nom, chiffre in self.chiffres.items():
            chiffre.dire("–" if projet is None else format_montant(getattr(projet.plan, nom)))
        self._detail.setText("\n".join(projet.phrases) if projet else typo(sinon))


class Cofinancement(Section):
    """What is typed here is worked out at once; the plan leaves it copied or exported, and is kept nowhere."""

    TITRE = "Cofinancement européen"
    IMAGE = "budget"
    DE_LA_PHASE = False
    SUJETS = frozenset({"phases", "propositions", "dispositifs", "structures"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.projet: Projet | None = None
        self._lignes: tuple[LigneCofinancee, ...] = ()
        self.ligne, self.territoire, self.fonds, self.montant = QComboBox(), QComboBox(), QComboBox(), QLineEdit()
        for code, fonds in FONDS.items():
            self.fonds.addItem(f"{fonds.nom} ({code})", code)
        self.montant.setPlaceholderText("Facultatif, pour comparer")
        self.ecart = etiquette("", "doux")
        self.postes = Postes()
        self._plan, self._taux = Plan(), etiquette("")
        self.export = Export(contexte, self)
        self.export.message.connect(self.message)
        self.copie = self.bouton("Copier", "dupliquer", self.copier)
        self.fichier = self.bouton("Exporter…", "classeur", self._export)
        self._build()
        self.ligne.currentIndexChanged.connect(self._on_line)
        self.territoire.currentIndexChanged.connect(self._on_territory)
        self.fonds.currentIndexChanged.connect(self._work_out)
        self.montant.textChanged.connect(self._work_out)
        self.postes.change.connect(self._work_out)

    def _build(self) -> None:
        operation = Carte("Opération")
        operation.ajouter(self._lines())
        operation.ajouter(self._choices())
        operation.ajouter(self.ecart)
        operation.ajouter(etiquette(_POSTES, "sous-titre"))
        operation.ajouter(self.postes)
        taux = Carte("Taux appliqués")
        taux.ajouter(self._taux)
        colonne = Colonne()
        for carte in (operation, self._plan, taux):
            colonne.ajouter(carte)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    def _lines(self) -> QVBoxLayout:
        pile = QVBoxLayout()
        titre = etiquette("Ligne instruite", "sous-titre")
        titre.setBuddy(self.ligne)
        self.ligne.setAccessibleName("Ligne instruite")
        self.ligne.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        pile.addWidget(titre)
        pile.addWidget(self.ligne)
        return pile

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
        """Read the territories and the lines co-financed, and work out what is typed."""
        self._list(self.contexte.desk.read(cofinancement.lignes, phase.id))
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

    def _list(self, lignes: Sequence[LigneCofinancee]) -> None:
        """List the lines co-financed, keeping the one chosen while it is there."""
        choisie = self.ligne.currentData()
        self._lignes = tuple(lignes)
        self.ligne.blockSignals(True)
        self.ligne.clear()
        self.ligne.addItem(_CHOISIR if lignes else _AUCUNE, None)
        for ligne in self._lignes:
            self.ligne.addItem(ligne.libelle, ligne.proposition_id)
        self.ligne.setCurrentIndex(max(0, self.ligne.findData(choisie)))
        self.ligne.setEnabled(bool(lignes))
        self.ligne.blockSignals(False)

    @property
    def choisie(self) -> LigneCofinancee | None:
        """The line chosen, if any."""
        cle = self.ligne.currentData()
        return next((ligne for ligne in self._lignes if ligne.proposition_id == cle), None)

    def _on_line(self) -> None:
        """Take the territory, the fund and the amount of a line."""
        if (ligne := self.choisie) is not None:
            self.territoire.setCurrentIndex(self.territoire.findText(ligne.territoire))
            self.fonds.setCurrentIndex(self.fonds.findData(ligne.fonds.code))
            self.montant.setText(format_montant(ligne.montant, symbole=False))
        self._work_out()

    def _amount(self) -> int | None:
        """Read the amount proposed; None when there is none.

        Raises:
            Refus: it cannot be read.
        """
        lu = _MONTANT.lire(self.montant.text())
        return lu if isinstance(lu, int) else None

    def _work_out(self) -> None:
        """Draw the plan up from what is typed: the staff or, failing that, what the amount proposed calls for."""
        fonds, agents = FONDS.get(str(self.fonds.currentData()), FSE), self.postes.lire()
        refus, montant = "", None
        try:
            montant = self._amount()
        except Refus as erreur:
            refus = str(erreur)
        marquer(self.montant, "faute", vrai=bool(refus))
        self.projet = None
        if agents:
            self.projet = Projet(etablir(agents, fonds), self.choisie, montant)
        elif montant and not self.postes.saisis:
            self.projet = Projet(plan_appele(montant, fonds), self.choisie, montant, appele=True)
        self._plan.montrer(self.projet, _REFUSE if self.postes.saisis else _VIDE)
        self._taux.setText(_rates(fonds))
        for bouton in (self.copie, self.fichier):
            bouton.setEnabled(self.projet is not None)
        self._say_gap(refus)

    def _say_gap(self, refus: str) -> None:
        """Compare the amount proposed with the part du Département, or say why it is refused."""
        phrase, role = refus, "faute" if refus else "doux"
        if self.projet is not None and not refus:
            phrase, montant = self.projet.comparaison, self.projet.montant
            role = "attention" if montant is not None and self.projet.plan.ecart(montant) > 0 else "doux"
        self.ecart.setProperty("role", role)
        self.ecart.style().unpolish(self.ecart)
        self.ecart.style().polish(self.ecart)
        self.ecart.setText(typo(phrase))
        self.ecart.setVisible(bool(phrase))

    @property
    def plan(self) -> PlanFinancement | None:
        """The plan drawn up, if any."""
        return self.projet.plan if self.projet else None

    def copier(self) -> None:
        """Copy the plan as text."""
        if self.projet is not None:
            QGuiApplication.clipboard().setText(self.projet.texte)
            self.message.emit("Le plan de financement est copié.")

    def _export(self) -> None:
        desk, projet = self.contexte.desk, self.projet
        if projet is None:
            return

        def ecrire(cible: Path) -> Path:
            return cofinancement.exporter(desk, projet, cible)

        titre, filtre = "Exporter le plan de financement", "Classeurs Excel (*.xlsx)"
        self.export.demander(titre, cofinancement.nom_propose(projet), filtre, ecrire)


def _rates(fonds: Fonds) -> str:
    """Name the rates: three of them are 40 % in the case, and are three different things."""
    taux = (
        ("Taux forfaitaire des autres coûts", TAUX_FORFAITAIRE),
        (f"Part du Département ({fonds.code})", fonds.taux_departement),
        ("Part du solde d’un avenant", PART_SOLDE_AVENANT),
        ("Affectation minimale d’un poste", AFFECTATION_MINIMALE),
    )
    return "\n".join(f"{nom}{INSECABLE}: {format_taux(valeur)}" for nom, valeur in taux)
