"""A section that is a form: each field is saved as one leaves it, and what is refused stays there with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Valeur, Valeurs
from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.ui.champs import Champs
from inclusion_desk.ui.saisie import Options, SaisieListe, SaisieLongue

Ecrire = Callable[[Mapping[str, Valeur]], None]


class Depart(QObject):
    """Tells when one leaves a field, or confirms it."""

    quitte = Signal(str)

    def __init__(self, champs: Champs) -> None:
        super().__init__(champs)
        self._noms: dict[QObject, str] = {}
        for nom, rubrique in champs.rubriques.items():
            saisie = rubrique.saisie
            self._noms[saisie] = nom
            saisie.installEventFilter(self)
            if isinstance(saisie, SaisieListe):
                saisie.activated.connect(partial(self._on_choice, nom))

    def _on_choice(self, nom: str, _rang: int) -> None:
        self.quitte.emit(nom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the focus that leaves, and for Enter."""
        nom = self._noms.get(watched)
        touche = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        valide = touche in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not isinstance(watched, SaisieLongue)
        if nom is not None and (event.type() == QEvent.Type.FocusOut or valide):
            self.quitte.emit(nom)
        return super().eventFilter(watched, event)


class Fiche(QWidget):
    """The fields of one row; ``ecrire`` saves those given to it, and refuses by raising."""

    conflit = Signal(str)
    """What was typed met a change made elsewhere."""

    def __init__(
        self, champs: Sequence[Champ], groupes: Sequence[Sequence[str]], options: Options, ecrire: Ecrire
    ) -> None:
        super().__init__()
        self._ecrire = ecrire
        self._en_cours = False
        self.champs = Champs(champs, groupes, options, marge=0)
        self._depart = Depart(self.champs)
        self._depart.quitte.connect(self.enregistrer)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.champs)

    def montrer(self, valeurs: Valeurs, *, autre: bool, modifiable: bool) -> None:
        """Show a row: another one, or the same read again."""
        if autre:
            self.champs.remplir(valeurs)
        else:
            self.champs.actualiser(valeurs)
        self.champs.setEnabled(modifiable)

    def enregistrer(self, nom: str) -> None:
        """Save one field if something was typed in it; refused, it stays with its sentence."""
        if self._en_cours or not self.champs.isEnabled():
            return
        rubrique = self.champs.rubriques[nom]
        if not self.champs.change_en(nom):
            rubrique.dire(None)
            return
        self._en_cours = True  # a message box takes the focus away, and would save again
        try:
            self._save(nom, rubrique.lire())
        except SaisieRefusee as erreur:
            self.champs.dire(erreur.refus)
        except ConflitDeVersion as erreur:
            self.conflit.emit(str(erreur))
        except Refus as erreur:
            rubrique.dire(erreur.phrase)
        finally:
            self._en_cours = False

    def _save(self, nom: str, valeur: Valeur) -> None:
        rubrique = self.champs.rubriques[nom]
        saisi = rubrique.saisie.texte()
        self._ecrire({nom: valeur})
        if rubrique.saisie.texte() == saisi:
            self.champs.garder(nom)
        rubrique.dire(None)
