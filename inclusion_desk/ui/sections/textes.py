"""The texts of a phase: context of the report, operations, joined annexes; their figures follow their source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.services import textes
from inclusion_desk.services.textes import CONTEXTE, Texte
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.redaction import Redaction
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_LARGEUR = 330
_CLE = int(Qt.ItemDataRole.UserRole)
_AIDE = "Une ligne vide sépare les paragraphes, « - » commence une liste"
_AIDES = {
    "contexte": f"Ouvre le rapport du Président. {_AIDE}.",
    "operation": f"Dit l’objet du dispositif dans l’annexe de sa thématique. {_AIDE}.",
    "annexe": f"Le texte joint à la délibération. {_AIDE}, « # » un titre.",
}


class Textes(Section):
    """The tree of texts, and the one chosen."""

    TITRE = "Textes"
    IMAGE = "textes"
    SUJETS = frozenset({"seances", "phases", "propositions", "budget", "dispositifs", "structures", "annexes"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._textes: dict[str, Texte] = {}
        self._chiffres: textes.Chiffres | None = None
        self._cle = ""
        self.arbre = QTreeWidget()
        self.texte = Redaction("Texte")
        self._titre = etiquette("", "rubrique")
        self._note = etiquette("", "doux")
        self._figures = etiquette("", "doux")
        self._faute = etiquette("", "bandeau")
        self._faute.hide()
        self.gestes = {
            "monter": self.bouton("&Monter l’opération", "monter", lambda: self._move(-1)),
            "descendre": self.bouton("&Descendre l’opération", "descendre", lambda: self._move(1)),
        }
        self.inserer = QPushButton(icone("ajouter"), "&Insérer un chiffre")
        self._menu = QMenu(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.arbre.setHeaderHidden(True)
        self.arbre.setAccessibleName("Textes de la phase")
        self.arbre.setRootIsDecorated(False)
        self.arbre.setIndentation(14)
        self.arbre.setWordWrap(True)
        self.arbre.setProperty("cadre", "true")
        gauche, droite = QWidget(), QWidget()
        autour = QVBoxLayout(gauche)
        autour.setContentsMargins(MARGE, 0, 0, MARGE)
        autour.addWidget(self.arbre)
        pile = QVBoxLayout(droite)
        pile.setContentsMargins(12, 0, MARGE, MARGE)
        pile.setSpacing(8)
        for element in (self._titre, self._note, self._faute):
            pile.addWidget(element)
        pile.addWidget(self.texte, 1)
        pied = QHBoxLayout()
        pied.addWidget(self._figures, 1)
        self.inserer.setAutoDefault(False)
        pied.addWidget(self.inserer)
        pile.addLayout(pied)
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
        self.arbre.currentItemChanged.connect(self._on_current)
        self.arbre.itemActivated.connect(lambda _item, _colonne: self.texte.setFocus())
        self.texte.quitte.connect(self._write)
        self.texte.repere.connect(lambda: self._figures.setText(self.texte.resumer()))

    @property
    def suspens(self) -> str:
        """Tell whether the text shown is refused."""
        return self.TITRE if self.modifiable and self.texte.change else ""

    def lire(self, phase: Phase) -> None:
        """Read every text of the phase."""
        self._chiffres = self.contexte.desk.read(textes.chiffres, phase.id)
        lus = self.contexte.desk.read(textes.lire, phase.id)
        self._textes = {texte.cle: texte for texte in lus}
        voulue = self._cle if self._cle in self._textes else CONTEXTE
        self._fill(lus, voulue)
        self.montrer_corps()

    def _fill(self, lus: Sequence[Texte], voulue: str) -> None:
        self.arbre.blockSignals(True)
        self.arbre.clear()
        groupes: dict[str, QTreeWidgetItem] = {}
        for texte in lus:
            if texte.groupe not in groupes:
                groupes[texte.groupe] = _group(texte.groupe)
                self.arbre.addTopLevelItem(groupes[texte.groupe])
            item = QTreeWidgetItem([typo(texte.titre)])
            item.setData(0, _CLE, texte.cle)
            item.setToolTip(0, typo(texte.titre))
            if not texte.texte.strip():
                item.setIcon(0, icone("modifier"))
                item.setToolTip(0, f"{typo(texte.titre)}\nTexte à écrire")
            groupes[texte.groupe].addChild(item)
            if texte.cle == voulue:
                self.arbre.setCurrentItem(item)
        self.arbre.expandAll()
        self.arbre.blockSignals(False)
        self._show(voulue)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        cle = item.data(0, _CLE) if item is not None else None
        if cle:
            self._show(cle)

    def _show(self, cle: str) -> None:
        texte = self._textes.get(cle)
        if texte is None or self._chiffres is None:
            return
        autre, self._cle = cle != self._cle, cle
        self._titre.setText(typo(texte.titre))
        self._note.setText(typo(_AIDES[cle.partition(":")[0]]))
        self._faute.hide()
        if autre or not self.texte.change:
            self.texte.montrer(texte.texte, self._chiffres, textes.dabord_de(cle))
        self.texte.setReadOnly(not self.modifiable)
        self.inserer.setEnabled(self.modifiable)
        self._allow()

    def _voisins(self) -> list[str]:
        """List the texts of the operations of the same annexe as the one shown."""
        groupe = self._textes[self._cle].groupe if self._cle in self._textes else ""
        return [t.cle for t in self._textes.values() if t.groupe == groupe and t.cle.startswith("operation:")]

    def _allow(self) -> None:
        voisins = self._voisins()
        rang = voisins.index(self._cle) if self._cle in voisins else -1
        self.gestes["monter"].setEnabled(self.modifiable and rang > 0)
        self.gestes["descendre"].setEnabled(self.modifiable and 0 <= rang < len(voisins) - 1)

    def _move(self, pas: int) -> None:
        """Move the operation shown among those of its annexe; the others keep their places."""
        suite = [cle for cle in self._textes if cle.startswith("operation:")]
        voisins = self._voisins()
        autre = voisins[voisins.index(self._cle) + pas]
        n, m = suite.index(self._cle), suite.index(autre)
        suite[n], suite[m] = suite[m], suite[n]
        ordre = tuple(int(cle.partition(":")[2]) for cle in suite)
        if self.phase is not None:
            self.faire(textes.ordonner, self.phase.id, self._textes[self._cle].version, ordre)

    def _write(self) -> None:
        """Save the text shown; refused, it stays there with its sentence."""
        texte = self._textes.get(self._cle)
        if self.phase is None or texte is None or not self.modifiable:
            return
        saisi = self.texte.brut()
        try:
            changes = self.contexte.actions.do(textes.ecrire, self.phase.id, texte.cle, texte.version, saisi)
        except Refus as erreur:
            self._faute.setText(typo(str(erreur)))
            self._faute.show()
            return
        self._faute.hide()
        if self._chiffres is not None and self.texte.brut() == saisi:
            self.texte.montrer(self._textes[self._cle].texte, self._chiffres, textes.dabord_de(self._cle))
        self.message.emit(changes.label)


def _group(titre: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([typo(titre)])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    police = item.font(0)
    police.setBold(True)
    item.setFont(0, police)
    item.setSizeHint(0, QSize(0, 32))
    return item
