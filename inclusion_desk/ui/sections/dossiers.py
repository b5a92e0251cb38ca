"""The applications of a campaign: their table, and beside it the path of those selected, with what may be done next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.campagnes import ETATS_CANDIDATURE, TRANSITIONS_CANDIDATURE, Candidature
from inclusion_desk.domain.etats import Evenement, Transition, possibles
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services import candidatures, evenements
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.formulaire import demander_motif
from inclusion_desk.ui.historique import Historique
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES
from inclusion_desk.ui.pastilles import TONS_CANDIDATURE, dire_etat, pastille
from inclusion_desk.ui.vues import Touche, Vue

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase

Geste = Callable[[Transition], None]
_LARGEUR = 264
_PRINCIPAUX = frozenset({"completer", "instruire", "proposer"})
"""The moves that go forward: their button stands out."""


class Dossiers(Vue):
    """The page of applications and the path of those selected."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._phase: Phase | None = None
        self.page = Page(PAGES["candidatures"], contexte)
        self.parcours = Parcours()
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(self.page)
        partage.addWidget(self.parcours)
        partage.setStretchFactor(0, 1)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(partage)
        self.page.etat_change.connect(self._on_selection)
        self.page.message.connect(self.message)

    @property
    def courante(self) -> Page:
        """The page of applications."""
        return self.page

    def ouvrir(self, phase: Phase | None) -> None:
        """Show the campaign of a phase; what is proposed goes to that phase."""
        self._phase = phase
        self.page.ouvrir(phase)
        self._on_selection()

    def appliquer(self, ids: Touche) -> None:
        """Hand what an edit touched to the page; the path follows."""
        self.page.appliquer(ids)
        if "candidatures" in ids:
            self._on_selection()

    def rattraper(self) -> None:
        """Read what changed while hidden."""
        self.page.rattraper()

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Show applications."""
        return self.page.aller(sujet, ids)

    def resume(self) -> tuple[str, ...]:
        """Say what the page sums up to."""
        return self.page.resume()

    def _choisis(self) -> list[Candidature]:
        return [row for rang in self.page.table.rangs() if (row := self.page.modele.lignes.row(rang)) is not None]

    def _on_selection(self) -> None:
        choisis = self._choisis() if self._phase is not None else []
        permis = bool(choisis) and not self._contexte.desk.lecture_seule
        gestes = _moves(choisis, self._phase) if permis else ()
        histoire = (
            self._contexte.desk.read(evenements.historique, "candidatures", choisis[0].id)
            if (len(choisis) == 1)
            else None
        )
        self.parcours.montrer(choisis, gestes, histoire, self._move)
        self.etat_change.emit()

    def _move(self, transition: Transition) -> None:
        if transition.motive:
            demander_motif(self.window(), transition.geste, partial(self._do, transition))
            return
        try:
            self._do(transition)
        except Refus as erreur:
            self._explain(transition, erreur)

    def _do(self, transition: Transition, motif: str = "") -> None:
        dossiers = tuple((c.id, c.version) for c in self._choisis())
        if self._phase is not None and dossiers:
            deplacer = candidatures.deplacer_tous
            changes = self._contexte.actions.do(deplacer, dossiers, transition.code, self._phase.id, motif)
            self.message.emit(changes.label)

    def _explain(self, transition: Transition, erreur: Refus) -> None:
        """Say why a move is refused; when a field is missing, lead to it."""
        titre = f"{transition.geste.rstrip('…')}{INSECABLE}: impossible"
        if erreur.champ is None or len(self._choisis()) != 1:
            avertir(self.window(), titre, str(erreur))
        elif demander(self.window(), titre, str(erreur), ("Ouvrir le dossier", "Fermer")) == 0:
            self.page.edition.modifier()
            formulaire = self.page.edition.formulaire
            if formulaire is not None and erreur.champ in formulaire.rubriques:
                formulaire.rubriques[erreur.champ].saisie.setFocus()


def _moves(choisis: Sequence[Candidature], phase: Phase | None) -> tuple[Transition, ...]:
    """List the moves that every application selected may make; nothing is proposed to a closed phase."""
    communs = [
        t for t in TRANSITIONS_CANDIDATURE if all(t in possibles(TRANSITIONS_CANDIDATURE, c.etat) for c in choisis)
    ]
    fermee = phase is None or phase.fermee
    return tuple(t for t in communs if not (fermee and t.code in {"proposer", "retirer_proposition"}))


class Parcours(QFrame):
    """The panel beside the table: state, moves and history of what is selected."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panneau")
        self.setMinimumWidth(_LARGEUR)
        self._titre = etiquette("", "sous-titre")
        self._etat = pastille()
        self._faits = etiquette("", "doux")
        self.boutons: dict[str, QPushButton] = {}
        self._gestes = QVBoxLayout()
        self._gestes.setSpacing(6)
        self._sous = QLabel("Historique")
        self._sous.setProperty("role", "sous-titre")
        self._historique = Historique()
        contenu = QWidget()
        pile = QVBoxLayout(contenu)
        pile.setContentsMargins(16, 14, 16, 16)
        pile.setSpacing(10)
        for element in (self._titre, self._etat, self._faits):
            pile.addWidget(element)
        pile.addLayout(self._gestes)
        pile.addSpacing(6)
        pile.addWidget(self._sous)
        pile.addWidget(self._historique)
        pile.addStretch()
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        zone.setWidget(contenu)
        autour = QVBoxLayout(self)
        autour.setContentsMargins(0, 0, 0, 0)
        autour.addWidget(zone)

    def montrer(
        self,
        choisis: Sequence[Candidature],
        gestes: Sequence[Transition],
        histoire: Sequence[Evenement] | None,
        geste: Geste,
    ) -> None:
        """Show what is selected; ``histoire`` is None for several, ``geste`` makes a move."""
        seul = choisis[0] if len(choisis) == 1 else None
        self._titre.setText(_title(choisis))
        etats = {c.etat for c in choisis}
        commun = etats.pop() if len(etats) == 1 else ""
        dire_etat(self._etat, ETATS_CANDIDATURE.get(commun, ""), TONS_CANDIDATURE.get(commun, ""))
        self._faits.setText(_facts(seul) if seul else "" if choisis else "Choisissez un dossier pour l’instruire.")
        self._buttons(gestes, geste)
        self._sous.setVisible(seul is not None)
        self._historique.setVisible(seul is not None)
        if seul is not None:
            self._historique.montrer(histoire or (), "Déposé, rien n’a encore été fait.")

    def _buttons(self, gestes: Sequence[Transition], geste: Geste) -> None:
        for ancien in self.boutons.values():
            ancien.hide()
            ancien.deleteLater()
        self.boutons = {}
        for transition in gestes:
            bouton = QPushButton(transition.geste + ("…" if transition.motive else ""))
            bouton.setProperty("principal", "true" if transition.code in _PRINCIPAUX else "false")
            bouton.setAutoDefault(False)
            bouton.clicked.connect(lambda _coche=False, t=transition: geste(t))
            self._gestes.addWidget(bouton)
            self.boutons[transition.code] = bouton


def _title(choisis: Sequence[Candidature]) -> str:
    if not choisis:
        return "Aucun dossier choisi"
    return choisis[0].structure_nom if len(choisis) == 1 else compter(len(choisis), "dossier")


def _facts(dossier: Candidature) -> str:
    demande = f"{dossier.dispositif}\nDemandé{INSECABLE}: {format_montant(dossier.montant_demande)}"
    propose = dossier.montant_propose
    suite = f"\nProposé{INSECABLE}: {format_montant(propose)}" if propose is not None else ""
    phase = f"\nPhase {dossier.phase_reference}" if dossier.phase_reference else ""
    pieces = f"\nPièces manquantes{INSECABLE}:\n{dossier.pieces_manquantes}" if dossier.pieces_manquantes else ""
    return f"{demande}{suite}{phase}{pieces}"
