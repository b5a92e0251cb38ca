"""The grid of a vote: how many took each position, and the groups behind it, counted or only named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from inclusion_desk.domain.deliberations import POSITIONS, VoixGroupe, Vote
from inclusion_desk.domain.seances import Groupe
from inclusion_desk.ui.cartes import vider
from inclusion_desk.ui.champs import etiquette

_MAXIMUM = 999
_LARGE, _MINCE = 72, 48
_COLONNE = 132


class Nombre(QLineEdit):
    """A small whole number, or nothing."""

    quitte = Signal()

    def __init__(self, largeur: int, nom: str) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, _MAXIMUM, self))
        self.setFixedWidth(largeur)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(nom)
        self.editingFinished.connect(self.quitte)

    @property
    def nombre(self) -> int | None:
        """The number typed; None for nothing."""
        return int(self.text()) if self.text().strip().isdigit() else None

    def poser(self, nombre: int | None) -> None:
        """Show a number."""
        self.setText("" if nombre is None else str(nombre))


class VoixDuGroupe(QWidget):
    """Whether a group took a position, and with how many where it is known."""

    change = Signal()
    quitte = Signal()

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.case = QCheckBox()
        self.case.setAccessibleName(nom)
        self.nombre = Nombre(_MINCE, f"{nom}, nombre")
        self.nombre.setPlaceholderText("–")
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(6)
        rangee.addStretch()
        rangee.addWidget(self.case)
        rangee.addWidget(self.nombre)
        rangee.addStretch()
        self.case.clicked.connect(self._on_case)
        self.nombre.textEdited.connect(self._on_number)
        self.nombre.quitte.connect(self.quitte)

    def _on_case(self) -> None:
        if not self.case.isChecked():
            self.nombre.clear()
        self.change.emit()
        self.quitte.emit()

    def _on_number(self, texte: str) -> None:
        if texte:
            self.case.setChecked(True)
        self.change.emit()

    def lire(self, nom: str) -> VoixGroupe | None:
        """Give the group behind the position, or nothing."""
        return VoixGroupe(nom, self.nombre.nombre) if self.case.isChecked() else None

    def poser(self, voix: VoixGroupe | None) -> None:
        """Show the group behind the position."""
        self.case.setChecked(voix is not None)
        self.nombre.poser(voix.nombre if voix else None)


class Decompte(QWidget):
    """Positions one under the other, groups side by side; ``change`` at each key, ``quitte`` when a cell is left."""

    change = Signal()
    quitte = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._noms: tuple[str, ...] = ()
        self.totaux: dict[str, Nombre] = {}
        self.voix: dict[tuple[str, str], VoixDuGroupe] = {}
        self._somme = QLabel()
        self._grille = QGridLayout(self)
        self._grille.setContentsMargins(0, 0, 0, 0)
        self._grille.setHorizontalSpacing(12)
        self._grille.setVerticalSpacing(8)

    def preparer(self, groupes: Sequence[Groupe]) -> None:
        """Lay out one column for each group, unless it is done."""
        noms = tuple(groupe.nom for groupe in groupes)
        if noms == self._noms and self.totaux:
            return
        vider(self._grille)
        self._noms, self.totaux, self.voix = noms, {}, {}
        self._head(noms)
        for rang, (position, titre) in enumerate(POSITIONS.items(), start=1):
            self._line(rang, position, titre)
        self._somme = QLabel()
        self._somme.setProperty("role", "doux")
        self._somme.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grille.addWidget(QLabel("Total"), len(POSITIONS) + 1, 0)
        self._grille.addWidget(self._somme, len(POSITIONS) + 1, 1)
        self._grille.setColumnStretch(len(noms) + 2, 1)

    def _head(self, noms: Sequence[str]) -> None:
        for colonne, nom in enumerate(noms):
            titre = etiquette(nom, "sous-titre")
            titre.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            titre.setFixedWidth(_COLONNE)
            titre.setToolTip(nom)
            self._grille.addWidget(titre, 0, colonne + 2)

    def _line(self, rang: int, position: str, titre: str) -> None:
        total = Nombre(_LARGE, titre)
        total.textEdited.connect(self._on_change)
        total.quitte.connect(self.quitte)
        nom = QLabel(titre)
        nom.setBuddy(total)
        self._grille.addWidget(nom, rang, 0)
        self._grille.addWidget(total, rang, 1)
        self.totaux[position] = total
        for colonne, groupe in enumerate(self._noms):
            voix = VoixDuGroupe(f"{titre}, {groupe}")
            voix.change.connect(self._on_change)
            voix.quitte.connect(self.quitte)
            self._grille.addWidget(voix, rang, colonne + 2)
            self.voix[position, groupe] = voix

    def _on_change(self) -> None:
        self._add_up()
        self.change.emit()

    def _add_up(self) -> None:
        nombres = [total.nombre for total in self.totaux.values()]
        saisis = [nombre for nombre in nombres if nombre is not None]
        self._somme.setText(str(sum(saisis)) if saisis else "–")

    def poser(self, votes: Sequence[Vote]) -> None:
        """Show a count."""
        par_position = {vote.position: vote for vote in votes}
        for position, total in self.totaux.items():
            vote = par_position.get(position)
            total.poser(vote.nombre if vote else None)
            cites = {groupe.nom: groupe for groupe in vote.groupes} if vote else {}
            for nom in self._noms:
                self.voix[position, nom].poser(cites.get(nom))
        self._add_up()

    def lire(self) -> tuple[Vote, ...]:
        """Give the count typed: one vote for each position with a number or a group; nothing typed counts for none."""
        votes = []
        for position, total in self.totaux.items():
            cites = [self.voix[position, nom].lire(nom) for nom in self._noms]
            groupes = tuple(groupe for groupe in cites if groupe is not None)
            if total.nombre is not None or groupes:
                votes.append(Vote(position, total.nombre or 0, groupes))
        return tuple(votes)
