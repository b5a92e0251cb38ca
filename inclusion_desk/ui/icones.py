"""Icons drawn by us as SVG strokes, coloured at painting time by the palette, so that they follow light and dark."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from inclusion_desk.resources import resource

PLACEHOLDER = "currentColor"


@cache
def _renderer(nom: str, couleur: str) -> QSvgRenderer:
    source = resource(f"icones/{nom}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace(PLACEHOLDER, couleur).encode()))


def dessiner(painter: QPainter, rect: QRect | QRectF, nom: str, couleur: QColor) -> None:
    """Paint an icon in a colour, to fill ``rect``."""
    _renderer(nom, couleur.name()).render(painter, QRectF(rect))


class _Trait(QIconEngine):
    def __init__(self, nom: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._nom = nom
        self._role = role

    def clone(self) -> QIconEngine:
        return _Trait(self._nom, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        eteint = mode == QIcon.Mode.Disabled
        groupe = QPalette.ColorGroup.Disabled if eteint else QPalette.ColorGroup.Active
        dessiner(painter, rect, self._nom, QGuiApplication.palette().color(groupe, self._role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return image


def icone(nom: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Give the icon of a name, in the colour of a palette role whatever the mode of the day.

    Raises:
        FileNotFoundError: no such icon in ``resources/icones``.
    """
    resource(f"icones/{nom}.svg")
    return QIcon(_Trait(nom, role))
