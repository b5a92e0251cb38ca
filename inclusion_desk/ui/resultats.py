"""The indicators of a bilan: each with its target, and the value it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.suivi import Resultat
from inclusion_desk.ui.cartes import vider
from inclusion_desk.ui.champs import etiquette

_MAXIMUM = 200


class Resultats(QWidget):
    """One field an indicator; ``enregistre`` gives them all with what was typed."""

    enregistre = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._resultats: tuple[Resultat, ...] = ()
        self.saisies: list[QLineEdit] = []
        self.bouton = QPushButton("Enregistrer les résultats")
        self.bouton.setAutoDefault(False)
        self.bouton.clicked.connect(lambda: self.enregistre.emit(self.lire()))
        self._lignes = QVBoxLayout()
        self._lignes.setSpacing(4)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 8, 0, 0)
        pile.setSpacing(8)
        pile.addWidget(etiquette("Indicateurs", "sous-titre"))
        pile.addLayout(self._lignes)
        pile.addWidget(self.bouton)
        self.hide()

    def montrer(self, resultats: Sequence[Resultat], *, modifiable: bool) -> None:
        """Show the indicators of a bilan; without any, nothing is shown. What is being typed on the same ones stays."""
        if tuple(resultats) != self._resultats:
            self._resultats = tuple(resultats)
            vider(self._lignes)
            self.saisies = [self._add(resultat) for resultat in self._resultats]
        for saisie in self.saisies:
            saisie.setReadOnly(not modifiable)
        self.bouton.setVisible(modifiable)
        self.setVisible(bool(self._resultats))

    def _add(self, resultat: Resultat) -> QLineEdit:
        self._lignes.addWidget(etiquette(resultat.libelle))
        if resultat.cible:
            self._lignes.addWidget(etiquette(f"Cible{INSECABLE}: {resultat.cible}", "doux"))
        saisie = QLineEdit(resultat.mesure)
        saisie.setMaxLength(_MAXIMUM)
        saisie.setPlaceholderText("Valeur relevée")
        saisie.setAccessibleName(f"{resultat.libelle}, valeur relevée")
        self._lignes.addWidget(saisie)
        return saisie

    def lire(self) -> tuple[Resultat, ...]:
        """Give the indicators with the values typed."""
        return tuple(
            replace(resultat, mesure=saisie.text().strip())
            for resultat, saisie in zip(self._resultats, self.saisies, strict=True)
        )
