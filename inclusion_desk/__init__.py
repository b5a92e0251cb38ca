"""Inclusion Desk: from the appel à projets to the deliberation, each figure typed once."""

__version__ = "0.1.0"
