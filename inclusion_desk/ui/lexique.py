"""What a template may print: its variables and tables in words, searched as one types, inserted with two clicks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from inclusion_desk.domain.text import fold
from inclusion_desk.ui.filtre import Filtre

_TEXTE = int(Qt.ItemDataRole.UserRole)


class Lexique(QWidget):
    """Lists variables and tables; ``choisi`` gives the words to insert in the template."""

    choisi = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.filtre = Filtre("Chercher une variable")
        self.liste = QTreeWidget()
        self.liste.setColumnCount(2)
        self.liste.setHeaderLabels(["Variable", "Ce qu’elle dit"])
        self.liste.setRootIsDecorated(False)
        self.liste.setUniformRowHeights(True)
        self.liste.setAccessibleName("Variables du modèle")
        self.liste.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.liste.setProperty("cadre", "true")
        self.liste.itemActivated.connect(self._choose)
        self.liste.itemDoubleClicked.connect(self._choose)
        self.filtre.textChanged.connect(self._filter)
        self.filtre.quitte.connect(self.liste.setFocus)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(6)
        pile.addWidget(self.filtre)
        pile.addWidget(self.liste, 1)

    def montrer(self, variables: Mapping[str, str], tableaux: Mapping[str, str]) -> None:
        """List what a template may print."""
        self.liste.clear()
        for nom, sens in sorted(variables.items()):
            self._add(nom, sens, ecrire(nom, variables))
        for nom, sens in sorted(tableaux.items()):
            self._add(nom, f"Tableau. {sens}", f"~~~ tableau {nom}\n~~~\n")
        self._filter()

    def _add(self, nom: str, sens: str, texte: str) -> None:
        item = QTreeWidgetItem([nom, sens])
        item.setData(0, _TEXTE, texte)
        item.setToolTip(1, sens)
        self.liste.addTopLevelItem(item)

    def _filter(self) -> None:
        mots = fold(self.filtre.text()).split()
        for rang in range(self.liste.topLevelItemCount()):
            item = self.liste.topLevelItem(rang)
            if item is not None:
                contenu = fold(f"{item.text(0)} {item.text(1)}")
                item.setHidden(not all(mot in contenu for mot in mots))

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.choisi.emit(item.data(0, _TEXTE))


def ecrire(nom: str, variables: Mapping[str, str]) -> str:
    """Write what prints a variable: a loop for a list, and inside it the fields of one of its entries."""
    de, _, quoi = nom.partition(".")
    un = de.removesuffix("s") if de.endswith("s") else f"un_{de}"
    liste = variables.get(de, "").startswith("Liste")
    if not quoi:
        return f"{{% for {un} in {de} %}}\n\n{{% endfor %}}\n" if liste else f"{{{{ {de} }}}}"
    return f"{{{{ {un}.{quoi} }}}}" if liste else f"{{{{ {nom} }}}}"
