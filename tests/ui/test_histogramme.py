"""The chart of credits: to scale, by line, what is paid under what is left; its legend breaks; its colours are told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent, Qt
from PySide6.QtWidgets import QApplication, QToolTip

from inclusion_desk.domain.besoins import PartCp, PeriodeCp
from inclusion_desk.ui.apparence import CLAIR, SOMBRE, Couleurs, palette
from inclusion_desk.ui.histogramme import Histogramme
from inclusion_desk.ui.nuancier import CLAIRES, NOMBRE, SOMBRES, hachures, palir, teinte
from tests.ui.test_apparence import contraste

NBSP = "\u00a0"


def chart(qapp: QApplication, largeur: int = 800, couleurs: Couleurs = CLAIR) -> Histogramme:
    assert qapp is not None
    histogramme = Histogramme()
    histogramme.setPalette(palette(couleurs))
    histogramme.resize(largeur, 300)
    histogramme.montrer((
        PeriodeCp("2025", (PartCp("C02-446A05", 40_000, 40_000), PartCp("C01-444H02", 20_000, 0))),
        PeriodeCp("2026", (PartCp("C02-446A05", 0, 0), PartCp("C01-444H02", 0, 50_000))),
    ))  # fmt: skip
    return histogramme


def test_segments_are_to_scale_what_is_paid_at_the_foot(qapp: QApplication) -> None:
    histogramme = chart(qapp)
    premiers, (second,) = list(histogramme.segments(0)), list(histogramme.segments(1))
    assert [(rang, paye) for _, rang, paye in premiers] == [(0, True), (1, True), (0, False)]
    places = [place for place, _, _ in premiers]
    assert places[0].height() == pytest.approx(2 * places[1].height()) == pytest.approx(places[2].height())
    assert all(a.top() == pytest.approx(b.bottom()) for a, b in pairwise(places))
    assert (second[1], second[2]) == (1, False)
    assert second[0].height() == pytest.approx(sum(p.height() for p in places) / 2)
    assert places[-1].top() >= histogramme.legende()[-1][0].bottom()


def test_the_legend_names_each_line_then_tells_what_hatching_means(qapp: QApplication) -> None:
    places = chart(qapp).legende()
    assert [(texte, hachure) for _, texte, _, hachure in places] == [
        ("C02-446A05", False), ("C01-444H02", False), ("Payé", True), ("Reste à payer", False),
    ]  # fmt: skip
    assert len({place.top() for place, *_ in places}) == 1
    etroit = chart(qapp, 260)
    rangees = {place.top() for place, *_ in etroit.legende()}
    assert len(rangees) > 1
    assert all(place.right() <= 260 for place, *_ in etroit.legende())
    assert next(etroit.segments(0))[0].height() < next(chart(qapp).segments(0))[0].height()


@pytest.mark.parametrize(("couleurs", "suite"), [(CLAIR, CLAIRES), (SOMBRE, SOMBRES)], ids=["clair", "sombre"])
def test_colours_stand_out_in_both_modes_and_tints_are_hatched(couleurs: Couleurs, suite: tuple[str, ...]) -> None:
    assert len(set(suite)) == NOMBRE == len(CLAIRES) == len(SOMBRES)
    for rang, couleur in enumerate(suite):
        assert contraste(couleur, couleurs.fenetre) >= 3
        assert teinte(couleurs, rang) == QColor(couleur) == teinte(couleurs, rang + NOMBRE)
        pale = palir(QColor(couleur), QColor(couleurs.fenetre))
        assert contraste(couleur, pale.name()) >= 2
        assert hachures(QColor(couleur)).style() == Qt.BrushStyle.BDiagPattern


@pytest.mark.parametrize("couleurs", [CLAIR, SOMBRE], ids=["clair", "sombre"])
def test_it_is_painted_in_the_colours_of_its_lines(qapp: QApplication, couleurs: Couleurs) -> None:
    histogramme = chart(qapp, couleurs=couleurs)
    image = histogramme.grab().toImage()
    for rang in (0, 1):
        for place, numero, paye in histogramme.segments(rang):
            vu = {image.pixelColor(int(place.center().x()) + n, int(place.center().y())).name() for n in range(12)}
            pleine = teinte(couleurs, numero).name()
            assert (vu == {pleine}) == (not paye)
            assert pleine in vu


def test_a_bar_says_its_lines_under_the_pointer_and_to_screen_readers(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    histogramme, dits = chart(qapp), list[str]()
    monkeypatch.setattr(QToolTip, "showText", lambda _place, texte, _widget: dits.append(texte))
    for x in (40, 790):
        histogramme.event(QHelpEvent(QEvent.Type.ToolTip, QPoint(x, 150), QPoint(x, 150)))
    assert dits[0].split("\n")[1] == f"C02-446A05{NBSP}: 400,00{NBSP}€ payés, 400,00{NBSP}€ restant à payer"
    assert dits[1] == ""
    assert histogramme.accessibleName().count(" ; ") == 1
    histogramme.montrer(())
    assert not histogramme.grab().isNull()
