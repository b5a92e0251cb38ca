"""The references a deliberation rests on: those chosen, in their order, and the others of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from inclusion_desk.domain.deliberations import Reference
from inclusion_desk.domain.text import fold
from inclusion_desk.services import deliberations, votes
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.filtre import Filtre
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.rangement import Rangement
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte


class Visas(Section):
    """Two lists: what the deliberation cites, and the library; double-click or Enter moves a reference across."""

    TITRE = "Visas"
    IMAGE = "visas"
    SUJETS = frozenset({"seances", "phases", "references"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._version = 0
        self._autres: tuple[Reference, ...] = ()
        self.choisis = Rangement("Visas de la délibération, dans leur ordre")
        self.autres = Rangement("Bibliothèque de visas", mobile=False)
        self.filtre = Filtre("Chercher dans la bibliothèque")
        self.bouton("&Bibliothèque", "references", lambda: self.partie_demandee.emit("references"))
        self._reste = etiquette("", "doux")
        self._gestes: dict[str, QToolButton] = {}
        self._build()
        self.choisis.ordonne.connect(self._cite)
        self.choisis.ouvert.connect(lambda _cle: self._withdraw())
        self.autres.ouvert.connect(lambda _cle: self._add())
        self.filtre.textChanged.connect(self._show_others)
        self.filtre.quitte.connect(self.autres.setFocus)
        for liste in (self.choisis, self.autres):
            liste.currentRowChanged.connect(self._on_current)

    def _build(self) -> None:
        gauche, droite = QVBoxLayout(), QVBoxLayout()
        gauche.addWidget(etiquette("Cités par la délibération, dans cet ordre", "sous-titre"))
        gauche.addWidget(self.choisis, 1)
        gauche.addWidget(etiquette("Glissez un visa, ou Alt et les flèches, pour le déplacer.", "doux"))
        droite.addWidget(etiquette("Autres textes de la bibliothèque", "sous-titre"))
        droite.addWidget(self.filtre)
        droite.addWidget(self.autres, 1)
        droite.addWidget(self._reste)
        milieu = QVBoxLayout()
        milieu.addStretch(2)
        for nom, image, aide, geste in (
            ("ajouter", "gauche", "Citer ce texte", self._add),
            ("retirer", "droite", "Ne plus le citer", self._withdraw),
            ("monter", "monter", "Monter", lambda: self.choisis.deplacer(-1)),
            ("descendre", "descendre", "Descendre", lambda: self.choisis.deplacer(1)),
        ):
            bouton = QToolButton()
            bouton.setIcon(icone(image))
            bouton.setToolTip(aide)
            bouton.setAccessibleName(aide)
            bouton.clicked.connect(lambda _coche=False, g=geste: g())
            milieu.addWidget(bouton)
            self._gestes[nom] = bouton
        milieu.addStretch(3)
        rangee = QHBoxLayout(self.corps)
        rangee.setContentsMargins(MARGE, 0, MARGE, MARGE)
        rangee.setSpacing(8)
        rangee.addLayout(gauche, 5)
        rangee.addLayout(milieu)
        rangee.addLayout(droite, 4)

    def lire(self, phase: Phase) -> None:
        """Read what is cited, and the rest of the library."""
        choisies, self._autres = self.contexte.desk.read(deliberations.bibliotheque, phase.id)
        self._version = self.contexte.desk.read(votes.lire, phase.id).version
        self.choisis.remplir([(r.id, f"{n}. {r.libelle}") for n, r in enumerate(choisies, start=1)])
        self._show_others()
        self.choisis.permettre(oui=self.modifiable)
        self._on_current()
        self.montrer_corps()

    def _show_others(self) -> None:
        mots = fold(self.filtre.text()).split()
        self.autres.remplir([(r.id, r.libelle) for r in self._autres if all(mot in fold(r.libelle) for mot in mots)])
        cherche = self._autres and not self.autres.count()
        tous = "Tous les textes de la bibliothèque sont cités." if not self._autres else ""
        self._reste.setText("Rien ne correspond à la recherche." if cherche else tous)
        self._on_current()

    def _on_current(self) -> None:
        rang, nombre = self.choisis.currentRow(), self.choisis.count()
        permis = {
            "ajouter": self.autres.currentRow() >= 0,
            "retirer": rang >= 0,
            "monter": rang > 0,
            "descendre": 0 <= rang < nombre - 1,
        }
        for nom, bouton in self._gestes.items():
            bouton.setEnabled(self.modifiable and permis[nom])

    def _add(self) -> None:
        if self.autres.cle is not None and self.modifiable:
            self._cite((*self.choisis.cles, self.autres.cle))

    def _withdraw(self) -> None:
        if self.choisis.cle is not None and self.modifiable:
            self._cite(tuple(cle for cle in self.choisis.cles if cle != self.choisis.cle))

    def _cite(self, references: tuple[object, ...]) -> None:
        if self.phase is not None:
            self.faire(deliberations.citer, self.phase.id, self._version, references)
