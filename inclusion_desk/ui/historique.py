"""Who moved something from one state to another, when and why: one paragraph a move, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inclusion_desk.domain.etats import Evenement
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import format_date_longue, typo
from inclusion_desk.ui.cartes import vider
from inclusion_desk.ui.champs import etiquette


class Historique(QWidget):
    """The moves made, as text that can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._pile = QVBoxLayout(self)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self._pile.setSpacing(10)
        self._pile.addStretch()

    def montrer(self, evenements: Sequence[Evenement], vide: str) -> None:
        """Show moves, or a sentence when there is none."""
        vider(self._pile, reste=1)
        if not evenements:
            self._pile.insertWidget(0, etiquette(vide, "doux"))
        for rang, evenement in enumerate(evenements):
            self._pile.insertWidget(rang, _paragraph(evenement))


def _paragraph(evenement: Evenement) -> QWidget:
    cadre = QWidget()
    pile = QVBoxLayout(cadre)
    pile.setContentsMargins(0, 0, 0, 0)
    pile.setSpacing(1)
    geste = etiquette(evenement.geste.rstrip("…"), "sous-titre")
    par = f", {evenement.auteur}" if evenement.auteur else ""
    quand = etiquette(f"{dire_moment(evenement.moment)}{par}", "doux")
    for texte in (geste, quand, *([etiquette(typo(evenement.motif))] if evenement.motif else [])):
        texte.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        pile.addWidget(texte)
    return cadre


def dire_moment(moment: str) -> str:
    """Say an ISO moment: ``le 12 novembre 2024 à 14 h 05``."""
    lu = datetime.fromisoformat(moment)
    return f"Le {format_date_longue(lu.date())} à {lu.hour}{INSECABLE}h{INSECABLE}{lu.minute:02d}"
