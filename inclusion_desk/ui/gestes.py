"""What each command of the menus does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.natures import NATURES, Nature
from inclusion_desk.ui import aide
from inclusion_desk.ui.dialogues import avertir
from inclusion_desk.ui.edition import Edition

if TYPE_CHECKING:
    from inclusion_desk.ui.atelier import Atelier
    from inclusion_desk.ui.fenetre import FenetrePrincipale


class Gestes:
    """The gestures of one window on one database, by the name of their command."""

    def __init__(self, fenetre: FenetrePrincipale, atelier: Atelier) -> None:
        self._fenetre = fenetre
        self._atelier = atelier

    def par_nom(self) -> dict[str, Callable[[], object]]:
        """Give the gesture of every command."""
        atelier = self._atelier
        return {
            "nouvelle": self._fenetre.creer_base,
            "ouvrir": self._fenetre.choisir_base,
            "quitter": self._fenetre.close,
            "annuler": lambda: self._replay(atelier.actions.undo, "Annulation impossible"),
            "retablir": lambda: self._replay(atelier.actions.redo, "Rétablissement impossible"),
            "ajouter": lambda: self._on_page(Edition.ajouter),
            "modifier": lambda: self._on_page(Edition.modifier),
            "dupliquer": lambda: self._on_page(Edition.dupliquer),
            "supprimer": lambda: self._on_page(Edition.supprimer),
            "copier": self._copy,
            "rechercher": self._focus_filter,
            "actualiser": atelier.actualiser,
            "panneau": self._next_panel,
            "apercu": atelier.montrer_apercu,
            "imprimer": self._print,
            **{nature: partial(self.produire, nature) for nature in NATURES},
            "modeles": lambda: atelier.onglets.montrer_partie("seance", "modeles"),
            "campagne": self._open_campaign,
            "collectivite": self._open_departement,
            "auteur": self._ask_name,
            "raccourcis": lambda: aide.raccourcis(self._fenetre),
            "a_propos": lambda: aide.a_propos(self._fenetre),
        }

    def _replay(self, geste: Callable[[], Changes | None], titre: str) -> None:
        try:
            changes = geste()
        except Refus as erreur:
            avertir(self._fenetre, titre, str(erreur))
            return
        if changes is not None:
            self._atelier.etat.dire(changes.label)

    def _on_page(self, geste: Callable[[Edition], None]) -> None:
        page = self._atelier.onglets.courante
        if page is not None:
            geste(page.edition)

    def _copy(self) -> None:
        page = self._atelier.onglets.courante
        if page is not None:
            page.table.copier()

    def _focus_filter(self) -> None:
        page = self._atelier.onglets.courante
        if page is not None:
            page.filtre.setFocus()
            page.filtre.selectAll()

    def _next_panel(self) -> None:
        """Move the focus round the phase selector, the page, and the controls."""
        onglets = self._atelier.onglets
        page = onglets.courante
        corps: QWidget | None = page or onglets.apercu
        cible: QWidget | None = page.table if page else onglets.apercu and onglets.apercu.feuilles
        selecteur, liste = self._atelier.entree.selecteur, self._atelier.controles.liste
        panneaux = [(selecteur, selecteur), (corps, cible), (liste, liste)]
        presents = [(zone, but) for zone, but in panneaux if zone is not None and but is not None and zone.isVisible()]
        focus = QApplication.focusWidget()
        actif = next((n for n, (zone, _) in enumerate(presents) if focus and _holds(zone, focus)), -1)
        if presents:
            presents[(actif + 1) % len(presents)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self) -> None:
        """Print what the preview shows; without one, show it first so that one sees what goes to paper."""
        apercu = self._atelier.onglets.apercu
        if apercu is not None and apercu.imprimable:
            apercu.imprimer()
        elif (nouveau := self._atelier.montrer_apercu()) is not None:
            nouveau.imprimer_ensuite()

    def produire(self, nature: Nature, _coche: object = None) -> None:
        """Produce a document of the phase."""
        phase = self._atelier.entree.phase
        if self._atelier.etat.progression.isVisible():
            self._atelier.etat.dire("Un document est déjà en production.")
        elif phase is not None:
            self._atelier.documents.produire(nature, phase)

    def _open_campaign(self) -> None:
        from inclusion_desk.ui.campagne import ouvrir_campagne  # noqa: PLC0415 - loaded on first use

        ouvrir_campagne(self._fenetre, self._atelier.contexte)

    def _open_departement(self) -> None:
        from inclusion_desk.ui.collectivite import ouvrir_collectivite  # noqa: PLC0415 - loaded on first use

        ouvrir_collectivite(self._fenetre, self._atelier.contexte)

    def _ask_name(self) -> None:
        from inclusion_desk.ui.auteur import demander_nom  # noqa: PLC0415 - loaded on first use

        demander_nom(self._fenetre, self._atelier.desk, self._fenetre.reglages)


def _holds(zone: QWidget, focus: QWidget) -> bool:
    return zone is focus or zone.isAncestorOf(focus)
