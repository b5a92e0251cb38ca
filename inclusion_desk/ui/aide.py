"""Help: the keyboard shortcuts, and what the program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inclusion_desk import __version__
from inclusion_desk.ui.commandes import COMMANDES
from inclusion_desk.ui.dialogues import informer

_NATIF = QKeySequence.SequenceFormat.NativeText

_TABLE = (
    ("Entrée", "Ouvrir la ligne dans le formulaire"),
    ("F2", "Modifier la cellule sur place"),
    ("Suppr", "Supprimer les lignes choisies"),
    ("Ctrl+C", "Copier les lignes pour un tableur"),
    ("Tab", "Quitter le tableau"),
    ("Échap", "Abandonner la saisie, vider le filtre"),
    ("Ctrl+1 à Ctrl+8", "Changer d’onglet"),
    ("F8", "Afficher ou masquer les contrôles"),
)


def raccourcis(parent: QWidget) -> QDialog:
    """Open the list of shortcuts."""
    dialogue = QDialog(parent)
    dialogue.setWindowTitle("Raccourcis clavier")
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    grille = QGridLayout()
    grille.setHorizontalSpacing(24)
    grille.setVerticalSpacing(8)
    lignes = [
        (QKeySequence(c.raccourcis[0]).toString(_NATIF), c.texte.replace("&", "").rstrip("…"))
        for c in COMMANDES
        if c.raccourcis
    ]
    moitie = (len(lignes) + len(_TABLE) + 1) // 2
    for rang, (touche, sens) in enumerate([*_TABLE, *lignes]):
        etiquette = QLabel(touche)
        etiquette.setProperty("role", "sous-titre")
        grille.addWidget(etiquette, rang % moitie, 2 * (rang // moitie))
        grille.addWidget(QLabel(sens), rang % moitie, 2 * (rang // moitie) + 1)
    titre = QLabel("Raccourcis clavier")
    titre.setProperty("role", "titre")
    fermer = QPushButton("&Fermer")
    fermer.setProperty("principal", "true")
    fermer.clicked.connect(dialogue.accept)
    pile = QVBoxLayout(dialogue)
    pile.setContentsMargins(24, 20, 24, 20)
    pile.setSpacing(16)
    pile.addWidget(titre)
    pile.addLayout(grille)
    pile.addWidget(fermer, 0, Qt.AlignmentFlag.AlignRight)
    dialogue.open()
    return dialogue


def a_propos(parent: QWidget) -> None:
    """Say what the program is, its version, and its licences."""
    informer(
        parent,
        "À propos d’Inclusion Desk",
        f"Inclusion Desk {__version__}\n\n"
        "De l’appel à projets à la délibération : un montant se saisit une fois, tous les documents le suivent.\n\n"
        "Logiciel libre (licence MIT). Police Source Sans 3 (licence OFL). Interface Qt (licence LGPL).",
    )
