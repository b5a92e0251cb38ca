"""The articles of the deliberation: their order, those removed, those added, and the text of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.deliberations import ArticleSaisi
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.services import articles, deliberations, textes
from inclusion_desk.services.articles import ArticleLu
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.rangement import Rangement
from inclusion_desk.ui.redaction import Redaction
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_LARGEUR = 330


class Articles(Section):
    """The list of articles, and the text of the one chosen."""

    TITRE = "Articles"
    IMAGE = "articles"
    SUJETS = frozenset(
        {"seances", "phases", "propositions", "budget", "dispositifs", "structures", "annexes", "modeles"}
    )

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._feuille: articles.FeuilleArticles | None = None
        self._chiffres: textes.Chiffres | None = None
        self._rang = -1
        self.liste = Rangement("Articles, dans leur ordre")
        self.texte = Redaction("Texte de l’article")
        self._titre = etiquette("", "rubrique")
        self._note = etiquette("", "doux")
        self._figures = etiquette("", "doux")
        self._faute = etiquette("", "bandeau")
        self._faute.hide()
        self.gestes = {
            "monter": self.bouton("&Monter", "monter", lambda: self.liste.deplacer(-1)),
            "descendre": self.bouton("&Descendre", "descendre", lambda: self.liste.deplacer(1)),
            "retirer": self.bouton("&Retirer", "supprimer", self._toggle),
            "ajouter": self.bouton("Aj&outer un article", "ajouter", self._add, principal=True),
        }
        self.origine = QPushButton(icone("annuler"), "Revenir à la rédaction du &modèle")
        self.inserer = QPushButton(icone("ajouter"), "&Insérer un chiffre")
        self._menu = QMenu(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        droite = QWidget()
        pile = QVBoxLayout(droite)
        pile.setContentsMargins(12, 0, MARGE, MARGE)
        pile.setSpacing(8)
        for element in (self._titre, self._note, self._faute):
            pile.addWidget(element)
        pile.addWidget(self.texte, 1)
        pied = QHBoxLayout()
        pied.addWidget(self._figures, 1)
        for bouton in (self.inserer, self.origine):
            bouton.setAutoDefault(False)
            pied.addWidget(bouton)
        pile.addLayout(pied)
        gauche = QWidget()
        autour = QVBoxLayout(gauche)
        autour.setContentsMargins(MARGE, 0, 0, MARGE)
        autour.addWidget(self.liste)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(gauche)
        partage.addWidget(droite)
        partage.setStretchFactor(1, 1)
        partage.setSizes([_LARGEUR, 2 * _LARGEUR])
        dessous = QVBoxLayout(self.corps)
        dessous.setContentsMargins(0, 0, 0, 0)
        dessous.addWidget(partage)

    def _connect(self) -> None:
        self.inserer.setMenu(self._menu)
        self._menu.aboutToShow.connect(lambda: self.texte.remplir_menu(self._menu))
        self.origine.clicked.connect(lambda _coche=False: self._write(""))
        self.liste.currentRowChanged.connect(self._on_current)
        self.liste.ordonne.connect(self._on_order)
        self.liste.ouvert.connect(lambda _cle: self.texte.setFocus())
        self.texte.quitte.connect(lambda: self._write(self.texte.brut()))
        self.texte.repere.connect(lambda: self._figures.setText(self.texte.resumer()))

    @property
    def suspens(self) -> str:
        """Tell whether the text shown is refused."""
        return self.TITRE if self.modifiable and self.texte.change else ""

    def lire(self, phase: Phase) -> None:
        """Read the articles; a template that cannot be filled is said."""
        try:
            self._feuille = feuille = self.contexte.desk.read(articles.lire, phase.id)
        except Refus as erreur:
            self.manquer("Le modèle de la délibération ne peut pas être rempli", typo(str(erreur)), "Ouvrir le modèle")
            return
        if not feuille.articles:
            phrase = "Les articles se déduisent des propositions : ajoutez-en, ou écrivez un article libre."
            self._feuille = feuille
            self.manquer("Aucun article", phrase, "Ajouter un article" if self.modifiable else "")
        else:
            self._chiffres = self.contexte.desk.read(textes.chiffres, phase.id)
            self.liste.remplir([(rang, _entry(article)) for rang, article in enumerate(feuille.articles)])
            if self.liste.currentRow() < 0:
                self.liste.setCurrentRow(0)
            self._show()
            self.montrer_corps()
        self.liste.permettre(oui=self.modifiable)
        self._allow()

    def remedier(self) -> None:
        """Add a free article, or lead to the template at fault."""
        if self._feuille is not None and not self._feuille.articles:
            self._add()
        else:
            self.partie_demandee.emit("modeles")

    @property
    def _courant(self) -> ArticleLu | None:
        rang = self.liste.currentRow()
        lus = self._feuille.articles if self._feuille else ()
        return lus[rang] if 0 <= rang < len(lus) else None

    def _on_current(self) -> None:
        self._show()
        self._allow()

    def _show(self) -> None:
        article = self._courant
        if article is None or self._chiffres is None:
            return
        autre = self.liste.currentRow() != self._rang
        self._rang = self.liste.currentRow()
        self._titre.setText(_entry(article))
        self._note.setText(_note(article))
        self._faute.hide()
        if autre or not self.texte.change:
            self.texte.montrer(article.texte, self._chiffres, textes.dabord(article.saisi))
        self.texte.setReadOnly(not self.modifiable or article.saisi.retire)

    def _allow(self) -> None:
        article, rang = self._courant, self.liste.currentRow()
        permis = self.modifiable and article is not None
        self.gestes["monter"].setEnabled(permis and rang > 0)
        self.gestes["descendre"].setEnabled(permis and rang < self.liste.count() - 1)
        self.gestes["retirer"].setEnabled(permis)
        self.gestes["ajouter"].setEnabled(self.modifiable)
        retire = article is not None and article.saisi.retire
        self.gestes["retirer"].setText("&Remettre" if retire else "&Retirer")
        self.inserer.setEnabled(permis and not retire)
        libre = article is not None and article.saisi.nature == "libre"
        self.origine.setVisible(permis and article is not None and article.edite and not libre)

    def _arrange(self, suite: tuple[ArticleSaisi, ...]) -> None:
        if self.phase is not None and self._feuille is not None:
            self.faire(deliberations.arranger, self.phase.id, self._feuille.version, suite)

    def _on_order(self, rangs: tuple[int, ...]) -> None:
        if self._feuille is not None:
            saisis = self._feuille.saisis
            courant = next((n for n, rang in enumerate(rangs) if rang == self.liste.cle), 0)
            self._rang = -1
            self._arrange(tuple(saisis[rang] for rang in rangs))
            self.liste.setCurrentRow(courant)

    def _toggle(self) -> None:
        if self._feuille is not None and self._courant is not None:
            self._arrange(deliberations.bascule(self._feuille.saisis, self.liste.currentRow()))

    def _add(self) -> None:
        if self._feuille is not None:
            rang = self.liste.currentRow() if self._feuille.articles else -1
            self._rang = -1
            self._arrange(articles.ajouter(self._feuille.saisis, rang))
            self.liste.setCurrentRow(rang + 1)
            self.texte.setFocus()

    def _write(self, texte: str) -> None:
        """Save the text of the article shown; refused, it stays there with its sentence."""
        if self.phase is None or self._feuille is None or not self.modifiable or self._rang < 0:
            return
        try:
            changes = self.contexte.actions.do(articles.ecrire, self.phase.id, self._feuille.version, self._rang, texte)
        except Refus as erreur:
            self._faute.setText(typo(str(erreur)))
            self._faute.show()
            return
        self._faute.hide()
        self._rang = -1
        self._show()
        self.message.emit(changes.label)


def _entry(article: ArticleLu) -> str:
    if article.numero is None:
        return f"{article.titre} – retiré"
    return f"Article {article.numero}{INSECABLE}: {article.titre}"


def _note(article: ArticleLu) -> str:
    if article.saisi.retire:
        return "Retiré de l’acte : les lignes qui l’appellent restent dans la phase, un contrôle le signale."
    if article.saisi.nature == "libre":
        return "Article libre. Les chiffres que l’outil connaît y suivent leur source."
    if article.saisi.nature == "imputation":
        return "Le tableau d’imputation suit le texte, de lui-même."
    return "Texte modifié ; ses chiffres suivent leur source." if article.edite else "Rédaction du modèle."
