"""The journeys use the window of the ui tests, on a real base in a folder of their own."""

from __future__ import annotations

from tests.ui.conftest import atelier, fenetre, ouvrir_fenetre, propositions, qapp

__all__ = ["atelier", "fenetre", "ouvrir_fenetre", "propositions", "qapp"]
