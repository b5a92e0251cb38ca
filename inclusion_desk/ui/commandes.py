"""The commands of the window as data, and the menus made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.services.natures import NATURES
from inclusion_desk.ui.apparence import Apparence, Mode
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.reglages import Reglages


@dataclass(frozen=True, slots=True)
class Commande:
    """One command: its menu, text with its mnemonic, shortcuts, icon, and short text for the toolbar."""

    nom: str
    menu: str
    texte: str
    raccourcis: tuple[str, ...] = ()
    image: str = ""
    court: str = ""
    separe: bool = False
    """A line is drawn before it in its menu."""


COMMANDES = (
    Commande("nouvelle", "&Fichier", "&Nouvelle base…", ("Ctrl+Shift+N",), "base"),
    Commande("ouvrir", "&Fichier", "&Ouvrir une base…", ("Ctrl+O",), "base"),
    Commande("campagne", "&Fichier", "Nouvelle &campagne…", (), "campagne", separe=True),
    Commande("collectivite", "&Fichier", "&Département et signataire…", (), "structures"),
    Commande("auteur", "&Fichier", "&Votre nom…", (), "elus"),
    Commande("quitter", "&Fichier", "&Quitter", ("Ctrl+Q",), separe=True),
    Commande("annuler", "&Édition", "&Annuler", ("Ctrl+Z",), "annuler"),
    Commande("retablir", "&Édition", "&Rétablir", ("Ctrl+Y", "Ctrl+Shift+Z"), "retablir"),
    Commande("ajouter", "&Édition", "A&jouter…", ("Ctrl+N",), "ajouter", separe=True),
    Commande("modifier", "&Édition", "&Modifier…\tEntrée", (), "modifier"),
    Commande("dupliquer", "&Édition", "&Dupliquer…", ("Ctrl+D",), "dupliquer"),
    Commande("supprimer", "&Édition", "&Supprimer\tSuppr", (), "supprimer"),
    Commande("copier", "&Édition", "&Copier les lignes\tCtrl+C", (), separe=True),
    Commande("rechercher", "&Édition", "&Filtrer", ("Ctrl+F",), "rechercher"),
    Commande("actualiser", "&Affichage", "Act&ualiser", ("F5",), "actualiser"),
    Commande("panneau", "&Affichage", "Pa&nneau suivant", ("F6",)),
    Commande("apercu", "&Documents", "&Aperçu", ("Ctrl+Shift+A",), "apercu", "Aperçu"),
    Commande("imprimer", "&Documents", "&Imprimer…", ("Ctrl+P",), "imprimer"),
    Commande("classeur", "&Documents", "Produire le &classeur…", ("Ctrl+Shift+C",), "classeur", "Classeur",
             separe=True),
    Commande("rapport", "&Documents", "Produire le &rapport du Président…", (), "textes"),
    Commande("annexes", "&Documents", "Produire les a&nnexes des thématiques…", (), "annexes"),
    Commande("annexe-4", "&Documents", "Produire la ré&partition par structure…", (), "propositions"),
    Commande("deliberation", "&Documents", "Produire l’&extrait de délibération…", ("Ctrl+Shift+E",), "extrait",
             "Extrait"),
    Commande("dossier-seance", "&Documents", "Produire le &dossier de séance…", ("Ctrl+Shift+D",), "deliberation",
             "Dossier de séance"),
    Commande("dossier-interne", "&Documents", "Produire le dossier in&terne, classeur joint…", (), "cadenas"),
    Commande("modeles", "&Documents", "&Modèles de documents", (), "modeles", separe=True),
    Commande("raccourcis", "A&ide", "&Raccourcis clavier", ("F1",)),
    Commande("a_propos", "A&ide", "À &propos d’Inclusion Desk", (), separe=True),
)  # fmt: skip
"""Every command, in the order of the menus."""
SUR_PHASE = ("apercu", "imprimer", *NATURES)
"""The commands that need a phase."""

_MODES = {Mode.CLAIR: "&Clair", Mode.SOMBRE: "S&ombre", Mode.SYSTEME: "&Système"}


def creer_menus(fenetre: QMainWindow, gestes: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make the menu bar; give the actions by name. Every command has its gesture."""
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for commande in COMMANDES:
        if commande.menu not in menus:
            menus[commande.menu] = fenetre.menuBar().addMenu(commande.menu)
        menu = menus[commande.menu]
        if commande.separe:
            menu.addSeparator()
        action = QAction(commande.texte, menu)
        action.setShortcuts([QKeySequence(r) for r in commande.raccourcis])
        if commande.image:
            action.setIcon(icone(commande.image))
        action.setIconText(commande.court or commande.texte.replace("&", "").split("\t")[0])
        action.setToolTip(_tooltip(commande))
        action.triggered.connect(gestes[commande.nom])
        menu.addAction(action)
        actions[commande.nom] = action
    return actions


def _tooltip(commande: Commande) -> str:
    texte = commande.texte.replace("&", "").split("\t")[0].rstrip("…")
    if not commande.raccourcis:
        return texte
    return f"{texte} ({QKeySequence(commande.raccourcis[0]).toString(QKeySequence.SequenceFormat.NativeText)})"


def menu_apparence(menu: QMenu, apparence: Apparence, reglages: Reglages) -> None:
    """Add the choice of light, dark, or the system's way."""
    sous_menu = menu.addMenu("Appa&rence")
    groupe = QActionGroup(sous_menu)
    for mode, texte in _MODES.items():
        action = QAction(texte, sous_menu)
        action.setCheckable(True)
        action.setChecked(apparence.mode is mode)
        action.triggered.connect(lambda _checked, m=mode: _choose(m, apparence, reglages))
        groupe.addAction(action)
        sous_menu.addAction(action)


def _choose(mode: Mode, apparence: Apparence, reglages: Reglages) -> None:
    apparence.choose(mode)
    reglages.retenir("apparence", mode.value)


def nommer_etape(commande: QAction, etape: str) -> None:
    """Name in a command (undo, redo) the step it stands for; without any, the command is off."""
    verbe = commande.iconText()
    suite = f"{INSECABLE}: {etape}" if etape else ""
    commande.setText(f"&{verbe}{suite.replace('&', '&&')}")
    commande.setIconText(verbe)
    commande.setToolTip(f"{verbe}{suite}")
    commande.setEnabled(bool(etape))
