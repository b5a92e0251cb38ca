"""One form for every subject, made of its fields: all refusals shown at once, each under its field, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.champs import Champ, Nature, Valeur, Valeurs
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.ui.champs import Champs, etiquette
from inclusion_desk.ui.dialogues import demander
from inclusion_desk.ui.saisie import Choix, Options

_LARGEUR = 720
_MARGE_ECRAN = 96
MOTIF = Champ("motif", "Motif", "Le motif", Nature.TEXTE_LONG, obligatoire=True, aide="Gardé dans l’historique")
"""Why a move is made."""
Enregistrer = Callable[[dict[str, Valeur]], None]


class Formulaire(QDialog):
    """A form over one row; ``enregistrer`` is given the values read, and refuses by raising."""

    def __init__(
        self,
        titre: str,
        champs: Sequence[Champ],
        groupes: Sequence[Sequence[str]],
        options: Options,
        enregistrer: Enregistrer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._enregistrer = enregistrer
        self.champs = Champs(champs, groupes, options)
        self.rubriques = self.champs.rubriques
        self._bandeau = etiquette("", "bandeau")
        self._bandeau.hide()
        self._valider = QPushButton("&Enregistrer")
        self._build(titre)

    def _build(self, titre: str) -> None:
        self._zone = QScrollArea()
        self._zone.setWidgetResizable(True)
        self._zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._zone.setWidget(self.champs)
        tete = QVBoxLayout()
        tete.setContentsMargins(24, 20, 24, 0)
        tete.setSpacing(12)
        tete.addWidget(etiquette(titre, "titre"))
        tete.addWidget(self._bandeau)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(8)
        pile.addLayout(tete)
        pile.addWidget(self._zone, 1)
        pile.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self._valider.setProperty("principal", "true")
        self._valider.setDefault(True)
        self._valider.clicked.connect(self.accept)
        fermer = QPushButton("A&nnuler")
        fermer.setAutoDefault(False)
        fermer.clicked.connect(self.reject)
        rangee = QHBoxLayout()
        rangee.setContentsMargins(24, 8, 24, 20)
        rangee.setSpacing(8)
        rangee.addStretch()
        rangee.addWidget(fermer)
        rangee.addWidget(self._valider)
        return rangee

    def nommer(self, bouton: str) -> None:
        """Name the button that saves after what it does."""
        self._valider.setText(bouton)

    def remplir(self, valeurs: Valeurs, *, neuf: bool = False) -> None:
        """Show values; those of a duplicate (``neuf``) count as typed and not yet saved."""
        self.champs.remplir(valeurs, neuf=neuf)

    @property
    def modifie(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.champs.change

    def accept(self) -> None:
        """Read every field, save, and close; or stay open with every refusal under its field."""
        valeurs, refus = self.champs.lire()
        if not refus:
            refus = self._save(valeurs)
        self._show(refus)
        if not refus:
            super().accept()

    def _save(self, valeurs: dict[str, Valeur]) -> tuple[Refus, ...]:
        try:
            self._enregistrer(valeurs)
        except SaisieRefusee as erreur:
            return erreur.refus
        except Refus as erreur:
            return (erreur,)
        return ()

    def _show(self, refus: Sequence[Refus]) -> None:
        premier, generaux = self.champs.dire(refus)
        self._bandeau.setText(generaux)
        self._bandeau.setVisible(bool(generaux))
        if refus:
            self._grow()
        if premier is not None:
            premier.saisie.setFocus()
            self._zone.ensureWidgetVisible(premier)

    def reject(self) -> None:
        """Close without saving, asking first when something was typed."""
        if self.modifie:
            question = "Vos modifications ne sont pas enregistrées."
            reponses = ("Enregistrer", "Fermer sans enregistrer", "Continuer la saisie")
            reponse = demander(self, "Modifications non enregistrées", question, reponses)
            if reponse == 0:
                self.accept()
            if reponse != 1:
                return
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size asked for: left alone, a window takes two thirds of the screen at most."""
        if not event.spontaneous():
            self.resize(self.sizeHint())
        super().showEvent(event)

    def _grow(self) -> None:
        """Make room for the sentences that came under the fields."""
        if (disposition := self.champs.layout()) is not None:
            disposition.activate()
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def sizeHint(self) -> QSize:
        """Ask for what the fields need, within the screen."""
        ecran = self.screen().availableSize()
        contenu = self._zone.widget()
        haut = contenu.sizeHint().height() if contenu else 0
        return QSize(min(_LARGEUR, ecran.width()), min(haut + 132, ecran.height() - _MARGE_ECRAN))


def sans_options(_sujet: str) -> Sequence[Choix]:
    """Serve a form that picks no row of another subject."""
    return ()


def demander_motif(parent: QWidget, geste: str, enregistrer: Callable[[str], None]) -> Formulaire:
    """Open the form that asks why a move is made, then makes it; refused, it stays open with the sentence."""
    titre = geste.rstrip("…")
    formulaire = Formulaire(
        titre, (MOTIF,), (("motif",),), sans_options, lambda lues: enregistrer(str(lues["motif"])), parent
    )
    formulaire.nommer(titre)
    formulaire.open()
    return formulaire


def changees(valeurs: Mapping[str, Valeur], row: object) -> dict[str, Valeur]:
    """Keep the values that differ from those of a row."""
    return {nom: valeur for nom, valeur in valeurs.items() if getattr(row, nom) != valeur}
