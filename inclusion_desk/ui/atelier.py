"""What fills the window once a database is open: menus, tabs, controls, documents, and how they speak to each other."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.text import typo
from inclusion_desk.services import phases
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.ui.actions import Actions
from inclusion_desk.ui.affichage import menu_affichage
from inclusion_desk.ui.commandes import SUR_PHASE, creer_menus, menu_apparence, nommer_etape
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import demander
from inclusion_desk.ui.entree import Entree
from inclusion_desk.ui.etat import Etat
from inclusion_desk.ui.gestes import Gestes
from inclusion_desk.ui.onglets import Onglets
from inclusion_desk.ui.taches import Ramassage, Taches

if TYPE_CHECKING:
    from inclusion_desk.services.natures import Nature
    from inclusion_desk.ui.apercu import Apercu
    from inclusion_desk.ui.controles import Controles
    from inclusion_desk.ui.documents import Documents
    from inclusion_desk.ui.fenetre import FenetrePrincipale

_SUR_LIGNES = ("modifier", "dupliquer", "supprimer")
_CAMPAGNES = frozenset({"phases", "campagnes"})
"""What is listed at the top of the window."""


class Atelier(QObject):
    """Everything shown of one database in one window."""

    def __init__(self, fenetre: FenetrePrincipale, desk: Desk) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        self.desk = desk
        self._ramassage = Ramassage(self)
        self.actions = Actions(desk, self)
        self.taches = Taches(self)
        self._taches_controles = Taches(self)
        desk.auteur = fenetre.reglages.texte("auteur") or desk.auteur
        self.contexte = Contexte(desk, self.actions, fenetre.reglages, self.taches)
        self.onglets = Onglets(self.contexte)
        self.etat = Etat(lecture_seule=desk.lecture_seule)
        self._gestes = Gestes(fenetre, self)
        self.commandes = creer_menus(fenetre, self._gestes.par_nom())
        self.entree = Entree(self.commandes)
        self._montree: int | None = None
        self._place()
        self._menu_affichage = menu_affichage(self.commandes["actualiser"], self.onglets)
        menu_apparence(self._menu_affichage, fenetre.apparence, fenetre.reglages)
        self._connect()
        self.charger_phases()
        QTimer.singleShot(0, self, lambda: self.controles)

    @cached_property
    def controles(self) -> Controles:
        """The panel of controls, made once the table is on screen: its imports would delay the rows."""
        from inclusion_desk.ui.controles import Controles  # noqa: PLC0415 - see above

        fenetre = self._fenetre
        garde = fenetre.reglages.groupe("controles")
        panneau = Controles(self.desk, self._taches_controles, garde.get("hauteur"))
        fenetre.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, panneau)
        fenetre.restoreDockWidget(panneau)
        panneau.voulu = garde.get("masques") is not True
        panneau.concerner(self.onglets.controles)
        QTimer.singleShot(0, panneau, panneau.ajuster)  # once the window has laid the panel out
        bascule = panneau.toggleViewAction()
        bascule.setShortcut(QKeySequence("F8"))
        self._menu_affichage.insertAction(self._menu_affichage.actions()[len(self.onglets.noms)], bascule)
        panneau.cible_choisie.connect(self._on_target)
        panneau.rubrique_choisie.connect(self._on_section)
        panneau.ouvrir(self.entree.phase.id if self.entree.phase else None)
        return panneau

    @cached_property
    def documents(self) -> Documents:
        """The production of documents, loaded on first use."""
        from inclusion_desk.ui.documents import Documents  # noqa: PLC0415 - see above

        documents = Documents(self.desk, self.taches, self._fenetre.reglages, self.etat.progression)
        documents.message.connect(self.etat.dire)
        return documents

    def _place(self) -> None:
        fenetre = self._fenetre
        fenetre.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.entree)
        fenetre.setCentralWidget(self.onglets)
        fenetre.setStatusBar(self.etat)
        nom, _, partie = fenetre.reglages.texte("onglet").partition("/")
        self.onglets.commencer(nom, partie)

    def _connect(self) -> None:
        self.actions.changed.connect(self._on_changes)
        for nom, dite in (
            ("annuler", self.actions.pile.undoTextChanged),
            ("retablir", self.actions.pile.redoTextChanged),
        ):
            nommer_etape(self.commandes[nom], "")
            dite.connect(partial(nommer_etape, self.commandes[nom]))
        self.entree.phase_choisie.connect(self._on_phase)
        self.onglets.etat_change.connect(self._on_state)
        self.onglets.message.connect(self.etat.dire)
        self.onglets.phase_demandee.connect(self.entree.choisir)
        self.onglets.currentChanged.connect(self._on_tab)

    def charger_phases(self) -> None:
        """Read the phases, and show the one last worked on."""
        liste = self.desk.read(phases.liste)
        reference = self._fenetre.reglages.groupe("phase").get(self.desk.libelle)
        self.entree.remplir(liste, next((p.id for p in liste if p.reference == reference), None))
        if not liste:
            self.etat.dire("Cette base ne contient aucune campagne : ouvrez-en une autre.")

    def _on_tab(self) -> None:
        if "controles" in self.__dict__:
            self.controles.concerner(self.onglets.controles)

    def _on_phase(self, phase: Phase | None) -> None:
        montree = phase.id if phase is not None else None
        if montree != self._montree:  # what was said is about the one shown before
            self._montree = montree
            self.etat.clearMessage()
        self.onglets.ouvrir(phase)
        if "controles" in self.__dict__:  # else it opens on this phase when it is made
            self.controles.ouvrir(phase.id if phase else None)
        for nom in SUR_PHASE:
            self.commandes[nom].setEnabled(phase is not None)
        if phase is not None:
            memoire = {**self._fenetre.reglages.groupe("phase"), self.desk.libelle: phase.reference}
            self._fenetre.reglages.retenir("phase", memoire)

    def _on_changes(self, changes: Changes) -> None:
        if _CAMPAGNES & changes.kinds:
            self._follow(changes.ids.get("campagnes", ()))
        self.onglets.appliquer(changes)
        self.controles.relancer()

    def _follow(self, ouvertes: tuple[int, ...]) -> None:
        """List the phases again; show the one just opened, or the one shown as it has become."""
        avant = self.entree.phase
        voulue = ouvertes[0] if ouvertes else avant.id if avant else None
        change = self.entree.lister(self.desk.read(phases.liste), voulue)
        phase = self.entree.phase
        if change:
            self._on_phase(phase)
        if ouvertes and phase is not None:
            self.etat.dire(_opened(phase))

    def _on_state(self) -> None:
        page = self.onglets.courante
        self.etat.resumer(self.onglets.vue.resume() if self.onglets.vue else ())
        libre = page is not None and not page.modele.lecture_seule
        choisie = page is not None and libre and page.table.selectionModel().hasSelection()
        for nom in _SUR_LIGNES:
            self.commandes[nom].setEnabled(choisie)
        self.commandes["ajouter"].setEnabled(libre)
        for nom in ("copier", "rechercher"):
            self.commandes[nom].setEnabled(page is not None)

    def _on_target(self, sujet: str, ids: tuple[int, ...]) -> None:
        if sujet == "elus" and self.onglets.montrer_partie("seance", "presences").aller(sujet, ids):
            return
        if not self.onglets.aller(sujet, ids):
            self.etat.dire("Cette ligne n’existe plus.")

    def _on_section(self, nom: str, partie: str) -> None:
        self.onglets.montrer_partie(nom, partie)

    def actualiser(self) -> None:
        """Read everything again, as another station may have changed it."""
        self.charger_phases()

    def montrer_apercu(self, nature: Nature | None = None) -> Apercu | None:
        """Show a document of the phase as it would be produced now; by default the one shown last."""
        phase = self.entree.phase
        if phase is None:
            return None
        if self.onglets.apercu is None:
            from inclusion_desk.ui.apercu import Apercu  # noqa: PLC0415 - pdfium is loaded on first use

            apercu = Apercu(self.desk, self.taches)
            apercu.enregistrement_demande.connect(self._gestes.produire)
            self.onglets.montrer_apercu(apercu)
            apercu.choisir(nature)
            apercu.ouvrir(phase.id)
        else:
            self.onglets.setCurrentWidget(self.onglets.apercu)
            self.onglets.apercu.choisir(nature)
            self.onglets.apercu.actualiser()
        return self.onglets.apercu

    def quitter(self) -> bool:
        """Save what is being typed; ask before what cannot be is lost, and tell whether to go on."""
        if (focus := QApplication.focusWidget()) is not None:
            focus.clearFocus()  # a field saves itself as one leaves it
        lieu = self.onglets.suspens
        if not lieu:
            return True
        question = f"Ce que vous avez saisi à la rubrique «{INSECABLE}{lieu}{INSECABLE}» n’est pas enregistré."
        reponses = ("Fermer sans enregistrer", "Revenir à la saisie")
        return demander(self._fenetre, "Saisie non enregistrée", question, reponses, entree=1) == 0

    def fermer(self) -> None:
        """Stop the jobs, remember the tab, and close the database."""
        if "controles" in self.__dict__:
            garde = {"masques": not self.controles.voulu, "hauteur": self.controles.hauteur}
            self._fenetre.reglages.retenir("controles", garde)
        if self.onglets.nom_courant:
            self._fenetre.reglages.retenir("onglet", self.onglets.lieu)
        self.onglets.fermer()
        self.actions.pile.blockSignals(True)  # it says good-bye when the menus are already gone
        for taches in (self._taches_controles, self.taches):
            taches.fermer()
        self.desk.close()

    def liberer(self) -> None:
        """Take every part out of the window, to make room for another database."""
        self._fenetre.removeToolBar(self.entree)
        self._fenetre.removeDockWidget(self.controles)
        for partie in (self.entree, self.controles, self.onglets, self.etat, self):
            partie.deleteLater()


def _opened(phase: Phase) -> str:
    """Say that a campaign is open, or the phase that corrects an act."""
    if phase.remplace:
        return typo(f"La phase {phase.reference} est ouverte : elle corrige la délibération n° {phase.remplace}.")
    return f"La campagne {phase.annee} est ouverte."
