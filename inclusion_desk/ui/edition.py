"""What the user does to the rows of a page: add, edit in place or in the form, duplicate, delete."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from inclusion_desk.domain.champs import Valeur, Valeurs
from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.domain.text import compter
from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.formulaire import Enregistrer, Formulaire, changees
from inclusion_desk.ui.icones import icone

if TYPE_CHECKING:
    from inclusion_desk.ui.page import Page


def _edition() -> ModuleType:
    """Give the use cases of edition: the rules of every subject are loaded with the first edit, not with the window."""
    from inclusion_desk.services import edition  # noqa: PLC0415 - see above

    return edition


class Edition(QObject):
    """The edits of one page; every one is a use case with its undo step."""

    def __init__(self, page: Page, contexte: Contexte) -> None:
        super().__init__(page)
        self._page = page
        self._actions = contexte.actions
        self.formulaire: Formulaire | None = None

    @property
    def _permis(self) -> bool:
        return self._page.phase_id is not None and not self._page.modele.lecture_seule

    def _courante(self) -> Any | None:  # noqa: ANN401 - a frozen row of any subject
        """Give the row with the focus if it is selected, else the first one selected."""
        rangs = self._page.table.rangs()
        courant = self._page.table.currentIndex().row()
        if not rangs or not self._permis:
            return None
        return self._page.modele.lignes.row(courant if courant in rangs else rangs[0])

    def en_place(self, identifiant: int, version: int, valeurs: Valeurs) -> None:
        """Write an edit made in a cell; a refusal is left to the model, which shows it at the cell."""
        sujet = self._page.sujet.nom
        try:
            changes = self._actions.do(_edition().update, sujet, identifiant, version, valeurs)
        except SaisieRefusee as erreur:
            self._page.modele.refus = erreur.refus[0]
        except ConflitDeVersion as erreur:
            self._page.modele.appliquer((identifiant,))
            self._page.modele.refus = erreur
        except Refus as erreur:
            self._page.modele.refus = erreur
        else:
            self._page.message.emit(changes.label)

    def ajouter(self) -> None:
        """Open an empty form."""
        if self._permis:
            un = "une" if self._page.sujet.feminin else "un"
            formulaire = self._open(f"Ajouter {un} {self._page.sujet.singulier}", self._create, None)
            formulaire.remplir({champ.nom: champ.defaut for champ in self._page.sujet.champs})

    def dupliquer(self) -> None:
        """Open a form for a new row, filled from the current one."""
        row = self._courante()
        if row is None:
            return
        formulaire = self._open(f"Dupliquer {self._page.sujet.article}", self._create, None)
        champs = self._page.sujet.champs
        formulaire.remplir({c.nom: c.defaut if c.propre else getattr(row, c.nom) for c in champs}, neuf=True)

    def modifier(self) -> None:
        """Open the form of the current row."""
        row = self._courante()
        if row is None:
            return
        version = row.version

        def enregistrer(valeurs: dict[str, Valeur]) -> None:
            nonlocal version
            nouvelles = changees(valeurs, row)
            try:
                if nouvelles:
                    self._done(self._actions.do(_edition().update, self._page.sujet.nom, row.id, version, nouvelles))
            except ConflitDeVersion:
                version = self._reread(row)
                raise

        formulaire = self._open(f"Modifier {self._page.sujet.article}", enregistrer, row)
        formulaire.remplir({champ.nom: getattr(row, champ.nom) for champ in self._page.sujet.champs})

    def _reread(self, row: Any) -> int:  # noqa: ANN401 - idem
        """Read a row changed elsewhere again, and give its version: saving anew then writes only what was typed."""
        self._page.modele.appliquer((row.id,))
        rang = self._page.modele.lignes.rangs([row.id]).get(row.id)
        fraiche = None if rang is None else self._page.modele.lignes.row(rang)
        return int((fraiche or row).version)

    def _create(self, valeurs: dict[str, Valeur]) -> None:
        sujet = self._page.sujet.nom
        changes = self._actions.do(_edition().create, sujet, self._page.phase_id, valeurs)
        self._done(changes)
        for identifiant in changes.ids.get(sujet, ()):
            self._page.aller_a(identifiant)

    def _done(self, changes: Changes) -> None:
        self._page.message.emit(changes.label)

    def _open(self, titre: str, enregistrer: Enregistrer, row: Any | None) -> Formulaire:  # noqa: ANN401 - idem
        page = self._page
        formulaire = Formulaire(
            titre, page.sujet.champs, page.description.formulaire, page.options, enregistrer, page.window()
        )
        formulaire.champs.masquer(page.description.masques(row))
        formulaire.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        formulaire.finished.connect(self._closed)
        self.formulaire = formulaire
        formulaire.resize(formulaire.sizeHint())
        formulaire.open()
        return formulaire

    def _closed(self) -> None:
        self.formulaire = None
        self._page.table.setFocus()

    def supprimer(self) -> None:
        """Delete the rows selected, asking first when there are several; undo brings them back."""
        rangs = self._page.table.rangs()
        if not rangs or not self._permis or not self._confirm(len(rangs)):
            return
        try:
            changes = self._actions.do(_edition().delete, self._page.sujet.nom, tuple(self._page.table.ids()))
        except Refus as erreur:
            avertir(self._page.window(), "Suppression impossible", str(erreur))
            return
        self._page.message.emit(f"{changes.label} – Ctrl+Z pour annuler")
        if nombre := len(self._page.modele.lignes):
            self._page.table.selectRow(min(rangs[0], nombre - 1))

    def menu(self, place: QPoint) -> QMenu:
        """Open the menu of the rows selected, at a place of the table."""
        table = self._page.table
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for nom, texte, touche, geste in (
            ("modifier", "&Modifier…", "Entrée", self.modifier),
            ("dupliquer", "&Dupliquer…", "Ctrl+D", self.dupliquer),
            ("supprimer", "&Supprimer", "Suppr", self.supprimer),
        ):
            action = menu.addAction(icone(nom), f"{texte}\t{touche}", geste)
            action.setEnabled(self._permis and bool(table.rangs()))
        menu.addSeparator()
        menu.addAction("&Copier\tCtrl+C", table.copier).setEnabled(bool(table.rangs()))
        menu.popup(table.viewport().mapToGlobal(place))
        return menu

    def _confirm(self, nombre: int) -> bool:
        if nombre == 1:
            return True
        sujet = self._page.sujet
        question = f"Supprimer {compter(nombre, sujet.singulier, sujet.pluriel)} ?"
        return demander(self._page.window(), "Suppression", question, ("Supprimer", "Annuler")) == 0
