"""One form for every subject, made of its fields: all refusals shown at once, each under its field, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.champs import Champ, Valeur, Valeurs
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.text import typo
from inclusion_desk.ui.dialogues import demander
from inclusion_desk.ui.saisie import AnySaisie, Options, creer_saisie, marquer

_COLONNES = 12
_LARGEUR = 720
_MARGE_ECRAN = 96
Enregistrer = Callable[[dict[str, Valeur]], None]


def _etiquette(texte: str, role: str = "") -> QLabel:
    """Make a label that never takes user data for rich text."""
    etiquette = QLabel(texte)
    etiquette.setTextFormat(Qt.TextFormat.PlainText)
    etiquette.setWordWrap(True)
    etiquette.setProperty("role", role)
    return etiquette


class Rubrique(QWidget):
    """One field of the form: label, editor, and under it the help or the sentence of a refusal."""

    def __init__(self, champ: Champ, options: Options) -> None:
        super().__init__()
        self.champ = champ
        self.saisie: AnySaisie = creer_saisie(champ, options)
        titre = QLabel(f"{champ.libelle}{'' if champ.obligatoire else ' (facultatif)'}")
        titre.setTextFormat(Qt.TextFormat.PlainText)
        titre.setProperty("role", "sous-titre")
        titre.setBuddy(self.saisie)
        self._note = _etiquette(typo(champ.aide), "doux")
        self._note.setVisible(bool(champ.aide))
        self.saisie.setAccessibleName(champ.libelle)
        self.saisie.setAccessibleDescription(champ.aide)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(4)
        for element in (titre, self.saisie, self._note):
            pile.addWidget(element)
        pile.addStretch()
        self.saisie.modifie.connect(lambda: self.dire(None))

    def dire(self, phrase: str | None) -> None:
        """Show why the field is refused, or its help again."""
        marquer(self.saisie, "faute", vrai=phrase is not None)
        self._note.setText(typo(self.champ.aide if phrase is None else phrase))
        self._note.setProperty("role", "doux" if phrase is None else "faute")
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)
        self._note.setVisible(bool(self._note.text()))

    @property
    def phrase(self) -> str:
        """The sentence shown under the field."""
        return self._note.text()

    def lire(self) -> Valeur:
        """Read the value typed.

        Raises:
            Refus: as ``Champ.lire``.
        """
        return self.champ.lire(self.saisie.texte())


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
        self._depart: dict[str, str] = {}
        self.rubriques = {champ.nom: Rubrique(champ, options) for champ in champs}
        self._bandeau = _etiquette("", "bandeau")
        self._bandeau.hide()
        self._build(titre, groupes)

    def _build(self, titre: str, groupes: Sequence[Sequence[str]]) -> None:
        grille = QGridLayout()
        grille.setContentsMargins(24, 8, 24, 8)
        grille.setHorizontalSpacing(16)
        grille.setVerticalSpacing(12)
        for rang, groupe in enumerate(groupes):
            part = _COLONNES // len(groupe)
            for place, nom in enumerate(groupe):
                grille.addWidget(self.rubriques[nom], rang, place * part, 1, part)
        for colonne in range(_COLONNES):
            grille.setColumnStretch(colonne, 1)
        grille.setRowStretch(len(groupes), 1)
        contenu = QWidget()
        contenu.setLayout(grille)
        self._zone = QScrollArea()
        self._zone.setWidgetResizable(True)
        self._zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._zone.setWidget(contenu)
        tete = QVBoxLayout()
        tete.setContentsMargins(24, 20, 24, 0)
        tete.setSpacing(12)
        tete.addWidget(_etiquette(titre, "titre"))
        tete.addWidget(self._bandeau)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(8)
        pile.addLayout(tete)
        pile.addWidget(self._zone, 1)
        pile.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self._valider = QPushButton("&Enregistrer")
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

    def remplir(self, valeurs: Valeurs, *, neuf: bool = False) -> None:
        """Show values; those of a duplicate (``neuf``) count as typed and not yet saved."""
        if not neuf:
            self._depart = {}
        for nom, rubrique in self.rubriques.items():
            rubrique.saisie.poser(valeurs.get(nom))
            if not neuf:
                self._depart[nom] = rubrique.saisie.texte()

    @property
    def modifie(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(r.saisie.texte() != self._depart.get(nom, "") for nom, r in self.rubriques.items())

    def accept(self) -> None:
        """Read every field, save, and close; or stay open with every refusal under its field."""
        valeurs, refus = self._read()
        if not refus:
            refus = self._save(valeurs)
        self._show(refus)
        if not refus:
            super().accept()

    def _read(self) -> tuple[dict[str, Valeur], tuple[Refus, ...]]:
        valeurs: dict[str, Valeur] = {}
        refus: list[Refus] = []
        for nom, rubrique in self.rubriques.items():
            try:
                valeurs[nom] = rubrique.lire()
            except Refus as erreur:
                refus.append(erreur)
        return valeurs, tuple(refus)

    def _save(self, valeurs: dict[str, Valeur]) -> tuple[Refus, ...]:
        try:
            self._enregistrer(valeurs)
        except SaisieRefusee as erreur:
            return erreur.refus
        except Refus as erreur:
            return (erreur,)
        return ()

    def _show(self, refus: Sequence[Refus]) -> None:
        par_champ = {r.champ: r.phrase for r in refus if r.champ in self.rubriques}
        generaux = [r.phrase for r in refus if r.champ not in self.rubriques]
        for nom, rubrique in self.rubriques.items():
            rubrique.dire(par_champ.get(nom))
        self._bandeau.setText(typo("\n".join(generaux)))
        self._bandeau.setVisible(bool(generaux))
        premier = next((r for nom, r in self.rubriques.items() if nom in par_champ), None)
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

    def sizeHint(self) -> QSize:
        """Ask for what the fields need, within the screen."""
        ecran = self.screen().availableSize()
        contenu = self._zone.widget()
        haut = contenu.sizeHint().height() if contenu else 0
        return QSize(min(_LARGEUR, ecran.width()), min(haut + 156, ecran.height() - _MARGE_ECRAN))


def changees(valeurs: Mapping[str, Valeur], row: object) -> dict[str, Valeur]:
    """Keep the values that differ from those of a row."""
    return {nom: valeur for nom, valeur in valeurs.items() if getattr(row, nom) != valeur}
