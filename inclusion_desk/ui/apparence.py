"""Colours, font and style sheet of the window, light and dark, following the system unless told otherwise."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from inclusion_desk.resources import resource

TAILLE_POLICE = 14
"""Height of the running text, in pixels at 96 dpi."""

_MOYENNE = 128


class Mode(enum.Enum):
    """What decides the colours; the value is what the settings remember."""

    SYSTEME = "systeme"
    CLAIR = "clair"
    SOMBRE = "sombre"


@dataclass(frozen=True, slots=True)
class Couleurs:
    """The colours of one mode, by use; every text reaches a contrast of 4.5 on the grounds it is set on."""

    fenetre: str
    fond: str
    alterne: str
    texte: str
    doux: str
    eteint: str
    accent: str
    sur_accent: str
    selection: str
    filet: str
    bord: str
    survol: str
    bloquant: str
    attention: str
    information: str
    engage: str
    propose: str
    reste: str
    projet: str
    accord: str


CLAIR = Couleurs(
    fenetre="#f3f4f6", fond="#ffffff", alterne="#f8f9fb", texte="#1c2129", doux="#57606c", eteint="#8b939e",
    accent="#24588f", sur_accent="#ffffff", selection="#d6e4f4", filet="#e1e4e9", bord="#c3c9d2", survol="#e7ebf0",
    bloquant="#b3261e", attention="#855100", information="#24588f",
    engage="#9aa7b8", propose="#24588f", reste="#e4e8ee", projet="#9dbbdc", accord="#1f6f43",
)  # fmt: skip
SOMBRE = Couleurs(
    fenetre="#1d2025", fond="#24282e", alterne="#292d34", texte="#e6e8eb", doux="#a9b1bc", eteint="#747d89",
    accent="#8ab9ef", sur_accent="#10161f", selection="#2e4a6b", filet="#343942", bord="#4b525d", survol="#333942",
    bloquant="#ffa59c", attention="#f2b85c", information="#93c0f2",
    engage="#76839a", propose="#8ab9ef", reste="#3a404a", projet="#4c6a8d", accord="#86cfa3",
)  # fmt: skip


def couleurs_de(palette: QPalette) -> Couleurs:
    """Give the set of colours a palette belongs to."""
    return SOMBRE if palette.color(QPalette.ColorRole.Window).lightness() < _MOYENNE else CLAIR


def palette(couleurs: Couleurs) -> QPalette:
    """Build the palette of a set of colours, disabled state included."""
    roles = QPalette.ColorRole
    nuancier = {
        roles.Window: couleurs.fenetre, roles.WindowText: couleurs.texte, roles.Base: couleurs.fond,
        roles.AlternateBase: couleurs.alterne, roles.Text: couleurs.texte, roles.Button: couleurs.fond,
        roles.ButtonText: couleurs.texte, roles.BrightText: couleurs.sur_accent, roles.ToolTipBase: couleurs.fond,
        roles.ToolTipText: couleurs.texte, roles.Highlight: couleurs.selection, roles.HighlightedText: couleurs.texte,
        roles.Accent: couleurs.accent, roles.Link: couleurs.accent, roles.LinkVisited: couleurs.accent,
        roles.PlaceholderText: couleurs.doux, roles.Light: couleurs.filet, roles.Midlight: couleurs.filet,
        roles.Mid: couleurs.bord, roles.Dark: couleurs.bord, roles.Shadow: couleurs.bord,
    }  # fmt: skip
    faite = QPalette()
    for role, couleur in nuancier.items():
        faite.setColor(role, QColor(couleur))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        faite.setColor(QPalette.ColorGroup.Disabled, role, QColor(couleurs.eteint))
    return faite


_FEUILLE = """
QToolTip {{ background: {fond}; color: {texte}; border: 1px solid {bord}; padding: 4px 8px; }}
QMenuBar {{ background: {fenetre}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {survol}; }}
QToolBar {{ background: {fenetre}; border: none; border-bottom: 1px solid {filet}; padding: 4px 8px; spacing: 8px; }}
QToolBar::separator {{ background: {filet}; width: 1px; margin: 4px 4px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px 10px; color: {texte}; }}
QToolButton:hover, QToolButton:checked {{ background: {survol}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {eteint}; }}
QPushButton {{ background: {fond}; border: 1px solid {bord}; border-radius: 6px; padding: 5px 14px;
    min-height: 20px; color: {texte}; }}
QPushButton:hover {{ background: {survol}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {eteint}; border-color: {filet}; background: {fenetre}; }}
QPushButton[principal="true"] {{ background: {accent}; border-color: {accent}; color: {sur_accent}; }}
QPushButton[principal="true"]:hover {{ border-color: {texte}; }}
QPushButton[principal="true"]:disabled {{ background: {survol}; border-color: {filet}; color: {eteint}; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{ background: {fond}; color: {texte}; border: 1px solid {bord};
    border-radius: 6px; padding: 4px 8px; min-height: 20px; selection-background-color: {selection};
    selection-color: {texte}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 1px solid {accent}; }}
QLineEdit[faute="true"], QPlainTextEdit[faute="true"], QComboBox[faute="true"] {{ border: 1px solid {bloquant}; }}
QComboBox {{ padding-right: 2px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({bas}); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {fond}; color: {texte}; border: 1px solid {bord}; outline: none;
    selection-background-color: {selection}; selection-color: {texte}; }}
QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QLineEdit[cellule="true"], QComboBox[cellule="true"] {{ border-radius: 0; padding: 0 7px; min-height: 0;
    border: 2px solid {accent}; }}
QLineEdit[cellule="true"][faute="true"], QComboBox[cellule="true"][faute="true"] {{ border: 2px solid {bloquant}; }}
QTabWidget::pane {{ border: none; }}
QTabBar {{ background: {fenetre}; }}
QTabBar::tab {{ padding: 9px 18px 8px 18px; color: {doux}; background: transparent; border: none;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {texte}; }}
QTabBar::tab:selected {{ color: {texte}; border-bottom: 2px solid {accent}; font-weight: bold; }}
QTabBar::tab:focus {{ background: {survol}; }}
QTableView {{ border: none; border-top: 1px solid {filet}; background: {fond}; alternate-background-color: {alterne};
    outline: none; selection-background-color: {selection}; selection-color: {texte}; }}
QTableView::item {{ padding: 0 4px; border: 1px solid transparent; }}
QTableView::item:focus {{ border: 1px solid {accent}; }}
QTreeView {{ border: none; border-top: 1px solid {filet}; background: {fond}; outline: none; }}
QTreeView::item {{ padding: 3px 5px; }}
QHeaderView {{ background: {fenetre}; border: none; }}
QHeaderView::section {{ background: {fenetre}; color: {doux}; border: none; border-bottom: 1px solid {bord};
    border-right: 1px solid {filet}; padding: 0 8px; font-weight: bold; }}
QHeaderView::section:vertical {{ font-weight: normal; border-bottom: none; border-right: none; }}
QHeaderView::section:hover {{ color: {texte}; }}
QHeaderView::up-arrow {{ image: url({haut}); width: 10px; height: 8px; subcontrol-position: top center; top: 1px; }}
QHeaderView::down-arrow {{ image: url({bas}); width: 10px; height: 8px; subcontrol-position: top center; top: 1px; }}
QStatusBar {{ background: {fenetre}; border-top: 1px solid {filet}; color: {doux}; }}
QStatusBar::item {{ border: none; }}
QDockWidget {{ font-weight: bold; color: {texte}; }}
QDockWidget::title {{ background: {fenetre}; padding: 8px 8px 6px 8px; }}
QToolButton[mince="true"] {{ padding: 1px; }}
QProgressBar {{ background: {reste}; border: none; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QScrollArea {{ border: none; background: transparent; }}
QMainWindow::separator {{ background: {filet}; height: 1px; width: 1px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {fenetre}; color: {doux};
    border-color: {filet}; }}
QPlainTextEdit[readOnly="true"] {{ background: {fenetre}; }}
QListWidget {{ background: {fond}; border: 1px solid {filet}; border-radius: 8px; outline: none; padding: 4px; }}
QListWidget::item {{ padding: 6px 8px; border-radius: 6px; }}
QListWidget::item:hover {{ background: {survol}; }}
QListWidget::item:selected {{ background: {selection}; color: {texte}; }}
QListWidget::item:focus {{ border: 1px solid {accent}; }}
QListWidget#rail {{ background: {fenetre}; border: none; border-right: 1px solid {filet}; border-radius: 0;
    padding: 6px; }}
QListWidget#rail::item {{ padding: 0 6px; }}
QTreeView[cadre="true"] {{ border: 1px solid {filet}; border-radius: 8px; }}
QTabBar#bande {{ border-bottom: 1px solid {filet}; }}
QTabBar#bande::tab {{ padding: 7px 14px 6px 14px; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator, QTableView::indicator {{ width: 15px; height: 15px; border: 1px solid {doux};
    border-radius: 4px; background: {fond}; }}
QCheckBox::indicator:checked, QTableView::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url({coche}); }}
QCheckBox::indicator:disabled {{ border-color: {bord}; background: {fenetre}; }}
QCheckBox::indicator:checked:disabled, QTableView::indicator:checked:disabled {{ background: {eteint};
    border-color: {eteint}; image: url({coche}); }}
QCheckBox::indicator:focus {{ border-color: {accent}; }}
QRadioButton {{ spacing: 8px; }}
QRadioButton::indicator {{ width: 15px; height: 15px; border: 1px solid {doux}; border-radius: 8px;
    background: {fond}; }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 7px; height: 7px; background: {sur_accent}; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {bord}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {eteint}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {filet}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QFrame[role="carte"] {{ background: {fond}; border: 1px solid {filet}; border-radius: 10px; }}
QFrame[role="panneau"] {{ background: {fond}; }}
QFrame[role="chiffre"] {{ background: {fond}; border: 1px solid {filet}; border-radius: 8px; }}
QLabel[role="nombre"] {{ font-size: 20px; font-weight: bold; }}
QLabel[role="nombre"][faute="true"] {{ color: {bloquant}; }}
QLabel[role="rubrique"] {{ font-size: 15px; font-weight: bold; }}
QLabel[role="attention"] {{ color: {attention}; }}
QLabel[role="accord"] {{ color: {accord}; }}
QLabel[ton] {{ border-radius: 9px; padding: 1px 10px; font-weight: bold; }}
QLabel[ton="neutre"] {{ background: {survol}; color: {doux}; }}
QLabel[ton="cours"] {{ background: {selection}; color: {texte}; }}
QLabel[ton="fait"] {{ background: {accord}; color: {fond}; }}
QLabel[ton="attente"] {{ border: 1px solid {attention}; color: {attention}; }}
QLabel[ton="refus"] {{ border: 1px solid {bloquant}; color: {bloquant}; }}
QLabel[role="doux"] {{ color: {doux}; }}
QLabel[role="faute"] {{ color: {bloquant}; }}
QLabel[role="titre"] {{ font-size: 18px; font-weight: bold; }}
QLabel[role="sous-titre"] {{ color: {doux}; font-weight: bold; }}
QLabel[role="bandeau"] {{ background: {fond}; color: {bloquant}; border: 1px solid {bloquant}; border-radius: 6px;
    padding: 8px 12px; }}
"""


def feuille(couleurs: Couleurs) -> str:
    """Write the style sheet of a set of colours."""
    mode = "sombre" if couleurs is SOMBRE else "clair"
    fleches = {sens: resource(f"icones/fleche-{sens}-{mode}.svg").as_posix() for sens in ("haut", "bas")}
    coche = resource(f"icones/coche-{mode}.svg").as_posix()
    return _FEUILLE.format(
        **fleches, coche=coche, **{nom: getattr(couleurs, nom) for nom in Couleurs.__dataclass_fields__}
    )


def police_chiffres(police: QFont) -> QFont:
    """Give a copy of a font whose digits share one width, so that amounts line up."""
    copie = QFont(police)
    copie.setFeature(QFont.Tag("tnum"), 1)
    return copie


class Apparence(QObject):
    """Applies a mode to the application, and follows the system while the mode says so."""

    def __init__(self, application: QApplication, mode: Mode) -> None:
        super().__init__(application)
        self._application = application
        self.mode = mode
        self._apply()

    def suivre(self) -> None:
        """Follow the system from now on: after the first paint, for PySide takes 25 ms to make the enums of ``Qt``."""
        self._hint()
        self._application.styleHints().colorSchemeChanged.connect(self._apply)

    def choose(self, mode: Mode) -> None:
        """Apply a mode now."""
        self.mode = mode
        self._hint()
        self._apply()

    def _hint(self) -> None:
        """Tell the system which mode is meant, for the frames it draws itself."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see suivre

        schema = {Mode.CLAIR: Qt.ColorScheme.Light, Mode.SOMBRE: Qt.ColorScheme.Dark}
        self._application.styleHints().setColorScheme(schema.get(self.mode, Qt.ColorScheme.Unknown))

    def _apply(self) -> None:
        couleurs = SOMBRE if self.mode is Mode.SOMBRE else CLAIR
        if self.mode is Mode.SYSTEME:
            couleurs = couleurs_de(self._application.style().standardPalette())
        self._application.setPalette(palette(couleurs))
        self._application.setStyleSheet(feuille(couleurs))
