"""The fields of a form on a grid: labels, editors, and under each its help or the sentence of its refusal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Valeur, Valeurs
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.ui.saisie import AnySaisie, Options, creer_saisie, marquer

_COLONNES = 12
_FACULTATIF = "facultatif"


def etiquette(texte: str, role: str = "") -> QLabel:
    """Make a label that never takes user data for rich text."""
    faite = QLabel(texte)
    faite.setTextFormat(Qt.TextFormat.PlainText)
    faite.setWordWrap(True)
    faite.setProperty("role", role)
    return faite


class Rubrique(QWidget):
    """One field of the form: label, editor, and under it the help or the sentence of a refusal."""

    def __init__(self, champ: Champ, options: Options) -> None:
        super().__init__()
        self.champ = champ
        self.saisie: AnySaisie = creer_saisie(champ, options)
        titre = QLabel(f"{champ.libelle}{'' if champ.obligatoire else f' ({champ.precision or _FACULTATIF})'}")
        titre.setTextFormat(Qt.TextFormat.PlainText)
        titre.setProperty("role", "sous-titre")
        titre.setBuddy(self.saisie)
        self._note = etiquette(typo(champ.aide), "doux")
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


class Champs(QWidget):
    """The fields of a form, laid out by groups; nothing typed is lost when a value is refused."""

    modifie = Signal()

    def __init__(
        self, champs: Sequence[Champ], groupes: Sequence[Sequence[str]], options: Options, marge: int = 24
    ) -> None:
        super().__init__()
        voulus = {nom for groupe in groupes for nom in groupe}
        self.rubriques = {champ.nom: Rubrique(champ, options) for champ in champs if champ.nom in voulus}
        self._depart: dict[str, str] = {}
        self._masques: frozenset[str] = frozenset()
        grille = QGridLayout(self)
        grille.setContentsMargins(marge, 8, marge, 8)
        grille.setHorizontalSpacing(16)
        grille.setVerticalSpacing(12)
        for rang, groupe in enumerate(groupes):
            part = _COLONNES // len(groupe)
            for place, nom in enumerate(groupe):
                grille.addWidget(self.rubriques[nom], rang, place * part, 1, part)
        for colonne in range(_COLONNES):
            grille.setColumnStretch(colonne, 1)
        grille.setRowStretch(len(groupes), 1)
        for rubrique in self.rubriques.values():
            rubrique.saisie.modifie.connect(self.modifie)

    def remplir(self, valeurs: Valeurs, *, neuf: bool = False) -> None:
        """Show values; those of a duplicate (``neuf``) count as typed and not yet saved."""
        if not neuf:
            self._depart = {}
        for nom, rubrique in self.rubriques.items():
            rubrique.saisie.poser(valeurs.get(nom))
            if not neuf:
                self._depart[nom] = rubrique.saisie.texte()
            rubrique.dire(None)
        self.modifie.emit()

    def masquer(self, noms: Collection[str]) -> None:
        """Hide the fields that do not concern what is shown; their values stay as they are."""
        self._masques = frozenset(noms)
        for nom, rubrique in self.rubriques.items():
            rubrique.setVisible(nom not in noms)

    def actualiser(self, valeurs: Valeurs) -> None:
        """Show values read again, but for the fields where something is being typed."""
        for nom, rubrique in self.rubriques.items():
            if not self.change_en(nom):
                rubrique.saisie.poser(valeurs.get(nom))
                self._depart[nom] = rubrique.saisie.texte()

    def change_en(self, nom: str) -> bool:
        """Whether something was typed in a field that is not saved."""
        return self.rubriques[nom].saisie.texte() != self._depart.get(nom, "")

    def garder(self, nom: str) -> None:
        """Take what a field shows for saved."""
        self._depart[nom] = self.rubriques[nom].saisie.texte()

    @property
    def change(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(self.change_en(nom) for nom in self.rubriques)

    def lire(self) -> tuple[dict[str, Valeur], tuple[Refus, ...]]:
        """Read every field: the values that can be, and the refusals."""
        valeurs: dict[str, Valeur] = {}
        refus: list[Refus] = []
        for nom, rubrique in self.rubriques.items():
            try:
                valeurs[nom] = rubrique.lire()
            except Refus as erreur:
                refus.append(erreur)
        return valeurs, tuple(refus)

    def dire(self, refus: Sequence[Refus]) -> tuple[Rubrique | None, str]:
        """Show refusals at their fields; give the first field at fault, and the sentences that belong to none shown."""
        montrees = self.rubriques.keys() - self._masques
        par_champ = {r.champ: r.phrase for r in refus if r.champ in montrees}
        for nom, rubrique in self.rubriques.items():
            rubrique.dire(par_champ.get(nom))
        generaux = [r.phrase for r in refus if r.champ not in montrees]
        premier = next((r for nom, r in self.rubriques.items() if nom in par_champ), None)
        return premier, typo("\n".join(generaux))
