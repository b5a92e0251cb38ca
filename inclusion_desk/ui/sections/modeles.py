"""The templates of the documents: source and result side by side, variables at hand, versions kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QComboBox, QMenu, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.services import modeles
from inclusion_desk.ui import pdf
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.dialogues import demander
from inclusion_desk.ui.feuilles import Feuilles
from inclusion_desk.ui.historique import dire_moment
from inclusion_desk.ui.lexique import Lexique
from inclusion_desk.ui.section import MARGE, Section
from inclusion_desk.ui.zone import ZoneTexte

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.taches import Avance

_REPIT_MS = 500


_SOURCE, _LEXIQUE = 240, 130
"""How the height of a small screen is shared, in pixels; of what a larger one adds, the source has three quarters."""


class Modeles(Section):
    """Edits one template; nothing is kept before « Enregistrer », and every version is."""

    TITRE = "Modèles"
    IMAGE = "modeles"
    DE_LA_PHASE = False
    SUJETS = frozenset({"modeles"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._etat: modeles.EtatModele | None = None
        self._brouillons: dict[str, str] = {}
        self._tour = 0
        self.choix = QComboBox()
        self.choix.setAccessibleName("Modèle")
        for nom, titre in modeles.NOMS.items():
            self.choix.addItem(titre, nom)
        self._rangee.insertWidget(1, self.choix)
        self._version = etiquette("", "doux")
        self.source = ZoneTexte()
        self.lexique = Lexique()
        self.feuilles = Feuilles(contexte.taches)
        self._faute = etiquette("", "bandeau")
        self._faute.hide()
        self.versions = self.bouton("&Versions", "historique", lambda: None)
        self.origine = self.bouton("&Revenir à l’original…", "annuler", self.revenir)
        self.enregistrer = self.bouton("&Enregistrer", "enregistrer", self.garder, principal=True)
        self._menu = QMenu(self)
        self._minuterie = QTimer(self, singleShot=True, interval=_REPIT_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        police = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        police.setPixelSize(13)
        self.source.setFont(police)
        self.source.setAccessibleName("Source du modèle")
        self.source.setTabChangesFocus(False)
        gauche = QSplitter(Qt.Orientation.Vertical)
        haut = QWidget()
        pile = QVBoxLayout(haut)
        pile.setContentsMargins(MARGE, 0, 4, 4)
        pile.setSpacing(8)
        pile.addWidget(self._version)
        pile.addWidget(self._faute)
        pile.addWidget(self.source, 1)
        bas = QWidget()
        dessous = QVBoxLayout(bas)
        dessous.setContentsMargins(MARGE, 0, 4, MARGE)
        dessous.addWidget(self.lexique)
        gauche.addWidget(haut)
        gauche.addWidget(bas)
        gauche.setStretchFactor(0, 3)
        gauche.setStretchFactor(1, 1)
        gauche.setSizes([_SOURCE, _LEXIQUE])
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(gauche)
        partage.addWidget(self.feuilles)
        partage.setSizes([560, 560])
        autour = QVBoxLayout(self.corps)
        autour.setContentsMargins(0, 0, 0, 0)
        autour.addWidget(partage)

    def _connect(self) -> None:
        self.versions.setMenu(self._menu)
        self.choix.currentIndexChanged.connect(self._on_choice)
        self.source.textChanged.connect(self._on_text)
        self.lexique.choisi.connect(self._insert)
        self._minuterie.timeout.connect(self.essayer)

    @property
    def nom(self) -> str:
        """The template chosen."""
        return str(self.choix.currentData())

    @property
    def change(self) -> bool:
        """Whether the source differs from the version in force."""
        return self._etat is not None and self.source.brut() != self._etat.source

    @property
    def suspens(self) -> str:
        """Tell whether a template waits to be saved."""
        return self.TITRE if self._brouillons else ""

    def _on_choice(self) -> None:
        self.relire()

    def lire(self, phase: Phase) -> None:
        """Read the template chosen; what was being typed in it stays."""
        del phase
        self._etat = etat = self.contexte.desk.read(modeles.lire, self.nom)
        brouillon = self._brouillons.get(self.nom, etat.source)
        if brouillon != self.source.brut():
            self.source.setPlainText(brouillon)
        self._version.setText(_say(etat))
        self.lexique.montrer(modeles.variables(self.nom), modeles.tableaux(self.nom))
        self.source.setReadOnly(self.contexte.desk.lecture_seule)
        self._fill_versions(etat)
        self._allow()
        self.montrer_corps()
        self.essayer()

    def _on_text(self) -> None:
        if self.change:
            self._brouillons[self.nom] = self.source.brut()
        else:
            self._brouillons.pop(self.nom, None)
        self._allow()
        self._minuterie.start()

    def _allow(self) -> None:
        ecrite = not self.contexte.desk.lecture_seule
        self.enregistrer.setEnabled(ecrite and self.change)
        self.origine.setEnabled(ecrite and self._etat is not None and (self.change or not self._etat.livre))

    def _insert(self, texte: str) -> None:
        self.source.insertPlainText(texte)
        self.source.setFocus()

    def essayer(self) -> None:
        """Show the phase in the template as typed, off the window's thread."""
        if self.phase is None:
            return
        self._minuterie.stop()
        self._tour += 1
        travail = partial(_try, self.contexte.desk, self.phase.id, self.nom, self.source.brut())
        self.contexte.taches.lancer(travail, partial(self._on_tried, self._tour))

    def _on_tried(self, tour: int, resultat: pdf.Document | Exception) -> None:
        if tour != self._tour:
            return
        if isinstance(resultat, Exception) and not isinstance(resultat, Refus):
            raise resultat
        faute = isinstance(resultat, Refus)
        self._faute.setText(typo(str(resultat)) if faute else "")
        self._faute.setVisible(faute)
        if not isinstance(resultat, Exception):
            self.feuilles.montrer(resultat)
        self.etat_change.emit()

    def garder(self) -> None:
        """Keep what is typed as a new version; refused, it stays there with its sentence."""
        if self._etat is None:
            return
        source = self.source.brut()
        try:
            changes = self.contexte.actions.do(modeles.enregistrer, self.nom, self._etat.numero, source)
        except Refus as erreur:
            self._faute.setText(typo(str(erreur)))
            self._faute.show()
            return
        self._brouillons.pop(self.nom, None)
        self.message.emit(changes.label)
        self.relire()

    def revenir(self) -> None:
        """Come back to our own template; versions are kept."""
        if self._etat is None:
            return
        question = "Le modèle d’origine reprend sa place. Vos versions restent dans la liste."
        if demander(self.window(), "Revenir au modèle d’origine", question, ("Revenir à l’original", "Annuler")) != 0:
            return
        self._brouillons.pop(self.nom, None)
        if not self._etat.livre:
            self.faire(modeles.revenir, self.nom, self._etat.numero)
        self.source.setPlainText(modeles.livre(self.nom))
        self.relire()

    def _fill_versions(self, etat: modeles.EtatModele) -> None:
        self._menu.clear()
        for version in etat.versions:
            nature = "original" if version.source is None else "modifiée"
            par = f", {version.auteur}" if version.auteur else ""
            titre = f"Version {version.numero} – {nature} – {dire_moment(version.moment)}{par}"
            action = self._menu.addAction(titre)
            action.triggered.connect(partial(self._load, version.source))
        action = self._menu.addAction("Modèle d’origine")
        action.triggered.connect(partial(self._load, None))

    def _load(self, source: str | None, _coche: object = None) -> None:
        """Bring the text of a version into the editor; it is kept once saved."""
        self.source.setPlainText(modeles.livre(self.nom) if source is None else source)

    def fermer(self) -> None:
        """Close the preview."""
        self._tour += 1
        self.feuilles.montrer(None)


def _say(etat: modeles.EtatModele) -> str:
    if etat.livre:
        return "Modèle d’origine, en vigueur."
    derniere = etat.versions[0]
    par = f" par {derniere.auteur}" if derniere.auteur else ""
    return f"Version {derniere.numero}, en vigueur{INSECABLE}: enregistrée {dire_moment(derniere.moment).lower()}{par}."


def _try(desk: Desk, phase_id: int, nom: str, source: str, avance: Avance) -> pdf.Document:
    return pdf.ouvrir(modeles.apercu(desk, phase_id, nom, source, avance))
