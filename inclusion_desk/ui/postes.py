"""The staff of an action as it is typed: one line an employee, each with the sentence of its refusal under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.cofinancement import FSE, Agent, etablir
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.saisie import marquer

_FONCTION = Champ("fonction", "Fonction", "La fonction", obligatoire=True, maximum=100)
_COUT = Champ("cout", "Coût complet (€)", "Le coût du poste", Nature.MONTANT, obligatoire=True)
_AFFECTATION = Champ("affectation", "Affectation (%)", "L’affectation", Nature.CENTIEMES, obligatoire=True)
_CHAMPS = (_FONCTION, _COUT, _AFFECTATION)


class Poste(QWidget):
    """One employee: three fields, and the sentence of a refusal under them."""

    change = Signal()
    retire = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.saisies = {champ.nom: QLineEdit() for champ in _CHAMPS}
        self._note = etiquette("", "faute")
        self._note.hide()
        grille = QGridLayout(self)
        grille.setContentsMargins(0, 0, 0, 0)
        grille.setHorizontalSpacing(12)
        grille.setVerticalSpacing(4)
        for colonne, champ in enumerate(_CHAMPS):
            saisie = self.saisies[champ.nom]
            saisie.setAccessibleName(champ.libelle)
            saisie.textChanged.connect(self.change)
            grille.addWidget(saisie, 0, colonne)
            grille.setColumnStretch(colonne, 3 if champ is _FONCTION else 1)
            if champ is not _FONCTION:
                saisie.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.saisies["affectation"].setText("100")
        retirer = QPushButton("Retirer")
        retirer.setAutoDefault(False)
        retirer.clicked.connect(lambda: self.retire.emit(self))
        grille.addWidget(retirer, 0, len(_CHAMPS))
        grille.addWidget(self._note, 1, 0, 1, len(_CHAMPS) + 1)

    @property
    def vide(self) -> bool:
        """Whether nothing was typed yet."""
        return not self.saisies["fonction"].text().strip() and not self.saisies["cout"].text().strip()

    def lire(self) -> Agent:
        """Give the employee typed.

        Raises:
            Refus: a field is empty or cannot be read.
        """
        lues = {champ.nom: champ.lire(self.saisies[champ.nom].text()) for champ in _CHAMPS}
        return Agent(str(lues["fonction"]), int(str(lues["cout"])), int(str(lues["affectation"])))

    def dire(self, refus: Refus | None) -> None:
        """Show why what is typed is refused, or nothing."""
        for nom, saisie in self.saisies.items():
            marquer(saisie, "faute", vrai=refus is not None and refus.champ == nom)
        self._note.setText(typo(str(refus)) if refus else "")
        self._note.setVisible(refus is not None)

    def essayer(self) -> Agent | None:
        """Read the line on its own and say its refusal under it; None when it is empty or refused."""
        if self.vide:
            self.dire(None)
            return None
        try:
            agent = self.lire()
            etablir((agent,), FSE)
        except Refus as refus:
            self.dire(refus)
            return None
        self.dire(None)
        return agent


class Postes(QWidget):
    """The lines, one under the other; there is always one to type in."""

    change = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lignes: list[Poste] = []
        self._pile = QVBoxLayout()
        bouton = QPushButton("Ajouter un poste")
        bouton.setAutoDefault(False)
        bouton.clicked.connect(self.ajouter)
        pied = QHBoxLayout()
        pied.addWidget(bouton)
        pied.addStretch()
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(12)
        pile.addLayout(self._pile)
        pile.addLayout(pied)
        self.ajouter()

    def ajouter(self) -> Poste:
        """Add an empty line, ready to type in."""
        poste = Poste()
        poste.change.connect(self.change)
        poste.retire.connect(self._remove)
        self.lignes.append(poste)
        self._pile.addWidget(poste)
        poste.saisies["fonction"].setFocus()
        return poste

    def _remove(self, poste: Poste) -> None:
        self.lignes.remove(poste)
        poste.hide()
        poste.deleteLater()
        if not self.lignes:
            self.ajouter()
        self.change.emit()

    @property
    def saisis(self) -> bool:
        """Whether anything was typed."""
        return any(not poste.vide for poste in self.lignes)

    def lire(self) -> tuple[Agent, ...] | None:
        """Give the employees typed; None while one is refused, or while there is none."""
        lus = [poste.essayer() for poste in self.lignes]
        remplis = sum(not poste.vide for poste in self.lignes)
        agents = tuple(agent for agent in lus if agent is not None)
        return agents if agents and len(agents) == remplis else None
