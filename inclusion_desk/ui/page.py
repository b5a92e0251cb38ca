"""The generic page of a subject: a filter, its buttons, the table, and what to say when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import ETATS_PHASE, Phase
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.text import compter
from inclusion_desk.services.sujets import ORDRE_NATUREL, SUJETS
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.description import Description
from inclusion_desk.ui.edition import Edition
from inclusion_desk.ui.filtre import Filtre
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.modele import RowModel
from inclusion_desk.ui.resume import resumer
from inclusion_desk.ui.saisie import Choix
from inclusion_desk.ui.source import Source
from inclusion_desk.ui.table import Table
from inclusion_desk.ui.vide import Vide
from inclusion_desk.ui.vues import Touche, Vue


class Page(Vue):
    """One subject of the phase chosen; reads only when shown, and merges what each edit touched."""

    def __init__(self, description: Description, contexte: Contexte) -> None:
        super().__init__()
        self.description = description
        self.sujet = SUJETS[description.sujet]
        self._contexte = contexte
        self._source: Source | None = None
        self._a_ouvrir = False
        self._retard: tuple[int, ...] | None = None
        self.modele = RowModel(description.colonnes, Tri(ORDRE_NATUREL), self)
        self.modele.lecture_seule = contexte.desk.lecture_seule
        self._phase: Phase | None = None
        self.table = Table(self.modele, self.options, contexte.reglages, description.sujet)
        for rang, colonne in enumerate(description.colonnes):
            if colonne.attribut in description.delegues:
                self.table.setItemDelegateForColumn(rang, description.delegues[colonne.attribut](self.table))
        self.filtre = Filtre(f"Filtrer les {self.sujet.pluriel} (Ctrl+F)")
        self.edition = Edition(self, contexte)
        self._build()
        self._connect()

    def _build(self) -> None:
        un = "une" if self.sujet.feminin else "un"
        self._boutons = {
            "ajouter": QPushButton(f"Aj&outer {un} {self.sujet.singulier}"),
            "modifier": QPushButton("&Modifier"),
            "dupliquer": QPushButton("D&upliquer"),
            "supprimer": QPushButton("Supp&rimer"),
        }
        self._boutons["ajouter"].setProperty("principal", "true")
        self._cadenas = QLabel()
        self._cadenas.setProperty("role", "doux")
        self.rangee = rangee = QHBoxLayout()
        rangee.setContentsMargins(8, 10, 8, 10)
        rangee.setSpacing(8)
        rangee.addWidget(self.filtre, 1)
        rangee.addWidget(self._cadenas)
        rangee.addStretch()
        for nom, bouton in self._boutons.items():
            role = QPalette.ColorRole.BrightText if nom == "ajouter" else QPalette.ColorRole.ButtonText
            bouton.setIcon(icone(nom, role))
            bouton.setAutoDefault(False)
            bouton.clicked.connect(getattr(self.edition, nom))
            rangee.addWidget(bouton)
        self._vide = Vide(self.description.image, f"Ajouter {un} {self.sujet.singulier}", self.edition.ajouter)
        self._vide.dire(self.description.vide, self.description.conseil)
        self._sans_resultat = Vide("rechercher", "Effacer le filtre", self.filtre.clear)
        self._pile = QStackedWidget()
        for etage in (self.table, self._vide, self._sans_resultat):
            self._pile.addWidget(etage)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(0)
        pile.addLayout(rangee)
        pile.addWidget(self._pile, 1)

    def remede(self, texte: str, geste: Callable[[], object]) -> None:
        """Make the button of the empty page say and do something else than add a row."""
        bouton = self._vide.bouton
        bouton.setText(texte)
        bouton.clicked.disconnect()
        bouton.clicked.connect(lambda _coche=False: geste())

    def _connect(self) -> None:
        self.filtre.textChanged.connect(self.modele.filtrer)
        self.filtre.quitte.connect(self._enter_table)
        self.modele.edit_requested.connect(self.edition.en_place)
        self.modele.compte_change.connect(self._on_count)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.formulaire_demande.connect(self.edition.modifier)
        self.table.suppression_demandee.connect(self.edition.supprimer)
        self.table.customContextMenuRequested.connect(self.edition.menu)

    @property
    def phase_id(self) -> int | None:
        """The phase shown, if any."""
        return self._source.phase_id if self._source else None

    def options(self, sujet: str) -> Sequence[Choix]:
        """Read the choices of a reference in the phase shown."""
        return self._contexte.options(sujet, self._source.phase_id) if self._source else ()

    @property
    def courante(self) -> Page:
        """The page itself."""
        return self

    def ouvrir(self, phase: Phase | None) -> None:
        """Show a phase; its rows can only be read once it is closed, where they are part of it."""
        self._phase = phase
        self._source = None if phase is None else Source(self._contexte.desk, self.sujet, phase.id)
        figee = phase is not None and phase.fermee and self.description.de_la_phase
        self.modele.lecture_seule = figee or self._contexte.desk.lecture_seule
        self._cadenas.setText(f"{ETATS_PHASE[phase.etat]}{INSECABLE}: lecture seule" if figee and phase else "")
        self._a_ouvrir = True
        if self.isVisible():
            self.rattraper()

    def appliquer(self, ids: Touche) -> None:
        """Merge what an edit touched: now when shown, else when it will be."""
        touches = ids.get(self.sujet.nom)
        if touches is None:
            return
        if self._retard is not None:
            self._retard = () if not touches or not self._retard else (*self._retard, *touches)
        else:
            self._retard = touches
        if self.isVisible():
            self.rattraper()

    def rattraper(self) -> None:
        """Read the phase chosen, or merge the edits made, while the page was hidden."""
        if self._a_ouvrir:
            self._a_ouvrir, self._retard = False, None
            self.modele.ouvrir(self._source)
            self._on_selection()
        elif self._retard is not None:
            ids, self._retard = tuple(dict.fromkeys(self._retard)), None
            self.modele.appliquer(ids)

    def aller(self, sujet: str, ids: Sequence[int]) -> bool:
        """Select rows, the first one current, lifting the filter if it hides it; False when they are gone."""
        if sujet != self.sujet.nom or not self.aller_a(ids[0]):
            return False
        if len(ids) > 1:
            self.table.selectionner(list(self.modele.lignes.rangs(list(ids)).values()))
        return True

    def aller_a(self, identifiant: int) -> bool:
        """Select a row, lifting the filter if it hides it; False when it is gone."""
        self.rattraper()
        if not self.table.aller(identifiant):
            self.filtre.clear()
            if not self.table.aller(identifiant):
                return False
        self.table.setFocus()
        return True

    def _enter_table(self) -> None:
        if len(self.modele.lignes):
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            self.table.setFocus()

    def _on_count(self) -> None:
        lignes = self.modele.lignes
        etage = self.table if len(lignes) else self._sans_resultat if lignes.nombre else self._vide
        if etage is self._sans_resultat:
            nombre = compter(lignes.nombre, self.sujet.singulier, self.sujet.pluriel)
            self._sans_resultat.dire(
                f"Rien ne correspond à «{INSECABLE}{lignes.filtre.strip()[:40]}{INSECABLE}»",
                f"Le filtre cherche chaque mot dans {nombre}, sans tenir compte des accents ni des majuscules.",
            )
        if etage is not self._pile.currentWidget():
            self._pile.setCurrentWidget(etage)
        self._on_selection()

    def _on_selection(self) -> None:
        modifiable = self._source is not None and not self.modele.lecture_seule
        choisie = modifiable and self.table.selectionModel().hasSelection()
        for nom, bouton in self._boutons.items():
            bouton.setEnabled(modifiable if nom == "ajouter" else choisie)
        self._vide.bouton.setEnabled(modifiable)
        self.etat_change.emit()

    def resume(self) -> tuple[str, ...]:
        """Say how many rows are shown, their total, and what is selected."""
        return resumer(self.sujet, self.modele.lignes, self.table.rangs())
