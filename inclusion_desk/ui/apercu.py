"""The preview of documents inside the window: pages, zoom, save, print, and a word when they are out of date."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import typo
from inclusion_desk.services import production
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.natures import DOCUMENTS, Nature
from inclusion_desk.ui import pdf
from inclusion_desk.ui.feuilles import PAS, Feuilles
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.impression import Impression
from inclusion_desk.ui.taches import Avance, Taches


class Apercu(QWidget):
    """Shows a document of a phase as it would be produced now."""

    enregistrement_demande = Signal(str)
    """The document to save."""
    pret = Signal()
    """A new document is shown, or the reason why there is none."""

    def __init__(self, desk: Desk, taches: Taches) -> None:
        super().__init__()
        self._desk = desk
        self._taches = taches
        self._phase_id: int | None = None
        self._document: pdf.Document | None = None
        self._imprimer_ensuite = False
        self.feuilles = Feuilles(taches)
        self._impression = Impression(taches, self)
        self._pages = QLabel()
        self._zoom = QLabel()
        self._bandeau = self._stale_strip()
        self.selecteur = QComboBox()
        self.selecteur.setAccessibleName("Document")
        for nature, document in DOCUMENTS.items():
            if "pdf" in document.formats and nature != "dossier-interne":
                self.selecteur.addItem(_titre(document.article), nature)
        self.choisir("deliberation")
        self._build()
        self.selecteur.currentIndexChanged.connect(self._on_document)
        self.feuilles.page_change.connect(self._on_page)

    def _build(self) -> None:
        rangee = QHBoxLayout()
        rangee.setContentsMargins(8, 10, 8, 10)
        rangee.setSpacing(8)
        rangee.addWidget(self.selecteur)
        rangee.addSpacing(8)
        self._tool(rangee, "precedent", "Page précédente", lambda: self.feuilles.aller(self.feuilles.page - 1))
        self._tool(rangee, "suivant", "Page suivante", lambda: self.feuilles.aller(self.feuilles.page + 1))
        rangee.addWidget(self._pages)
        rangee.addSpacing(16)
        self._tool(rangee, "zoom-moins", "Réduire (-)", lambda: self.feuilles.zoomer(1 / PAS))
        self._tool(rangee, "zoom-plus", "Agrandir (+)", lambda: self.feuilles.zoomer(PAS))
        self._tool(rangee, "largeur", "Ajuster à la largeur", lambda: self.feuilles.ajuster("largeur"))
        self._tool(rangee, "page", "Page entière", lambda: self.feuilles.ajuster("page"))
        rangee.addWidget(self._zoom)
        rangee.addStretch()
        self._enregistrer = QPushButton("&Enregistrer…")
        self._enregistrer.setIcon(icone("enregistrer"))
        self._enregistrer.clicked.connect(lambda _coche=False: self.enregistrement_demande.emit(self.nature))
        self._imprimer = QPushButton("I&mprimer…")
        self._imprimer.setIcon(icone("imprimer"))
        self._imprimer.clicked.connect(self.imprimer)
        rangee.addWidget(self._enregistrer)
        rangee.addWidget(self._imprimer)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(0)
        pile.addLayout(rangee)
        pile.addWidget(self._bandeau)
        pile.addWidget(self.feuilles, 1)

    def _tool(self, rangee: QHBoxLayout, image: str, nom: str, geste: object) -> None:
        bouton = QToolButton()
        bouton.setIcon(icone(image))
        bouton.setToolTip(nom)
        bouton.setAccessibleName(nom)
        bouton.clicked.connect(geste)
        rangee.addWidget(bouton)

    def _stale_strip(self) -> QFrame:
        bandeau = QFrame()
        rangee = QHBoxLayout(bandeau)
        rangee.setContentsMargins(12, 0, 8, 10)
        self._phrase = QLabel()
        self._phrase.setWordWrap(True)
        rangee.addWidget(self._phrase, 1)
        actualiser = QPushButton("Actualiser l’aperçu")
        actualiser.setIcon(icone("actualiser"))
        actualiser.clicked.connect(self.actualiser)
        rangee.addWidget(actualiser)
        bandeau.hide()
        return bandeau

    @property
    def nature(self) -> Nature:
        """The document shown."""
        nature: Nature = self.selecteur.currentData()
        return nature

    def choisir(self, nature: Nature | None) -> None:
        """Choose the document to show; None keeps the one shown last."""
        rang = self.selecteur.findData(nature) if nature else -1
        if rang >= 0:
            self.selecteur.blockSignals(True)  # whoever chooses then opens or refreshes
            self.selecteur.setCurrentIndex(rang)
            self.selecteur.blockSignals(False)

    def _on_document(self) -> None:
        self.feuilles.aller(0)
        self.actualiser()

    def ouvrir(self, phase_id: int | None) -> None:
        """Make the document for a phase and show it."""
        self._phase_id = phase_id
        self.actualiser()

    def actualiser(self) -> None:
        """Make the document again from the rows as they stand."""
        if self._phase_id is None:
            return
        self._pages.setText("Préparation…")
        voulu = (self._phase_id, self.nature)
        self._taches.lancer(partial(_make, self._desk, *voulu), partial(self._on_done, voulu))

    def perimer(self) -> None:
        """Say that rows changed since the document was made."""
        if self._document is not None:
            self._phrase.setText("Les données ont changé depuis cet aperçu.")
            self._bandeau.show()

    def _on_done(self, voulu: tuple[int, Nature], resultat: pdf.Document | Exception) -> None:
        if voulu != (self._phase_id, self.nature):
            return
        erreur = isinstance(resultat, Exception)
        self._document = None if isinstance(resultat, Exception) else resultat
        self._phrase.setText(typo(f"L’aperçu n’a pas pu être fait. {resultat}") if erreur else "")
        self._bandeau.setVisible(erreur)
        self.feuilles.montrer(self._document)
        self._imprimer.setEnabled(not erreur)
        self._on_page(self.feuilles.page)
        self.pret.emit()
        if self._imprimer_ensuite:
            self._imprimer_ensuite = False
            self.imprimer()

    def _on_page(self, page: int) -> None:
        nombre = self.feuilles.nombre
        self._pages.setText(f"Page {page + 1} sur {nombre}" if nombre else "")
        self._zoom.setText(f"{round(self.feuilles.zoom * 100)}{INSECABLE}%")

    @property
    def imprimable(self) -> bool:
        """Whether there is something to print."""
        return self._document is not None

    def imprimer_ensuite(self) -> None:
        """Print as soon as the document is made."""
        self._imprimer_ensuite = True

    def liberer(self) -> None:
        """Close the document."""
        self._phase_id = None
        self.feuilles.montrer(None)

    def imprimer(self) -> None:
        """Print through the system's dialog."""
        if self._document is not None:
            self._impression.demander(self._document)


def _make(desk: Desk, phase_id: int, nature: Nature, avance: Avance) -> pdf.Document:
    return pdf.ouvrir(production.apercu(desk, phase_id, avance, nature))


def _titre(article: str) -> str:
    """Name a document without its article: ``Rapport du Président``."""
    nom = article.removeprefix("le ").removeprefix("la ").removeprefix("les ").removeprefix("l’")
    return f"{nom[:1].upper()}{nom[1:]}"
