"""Adopted bases, for the tests of this folder."""

from __future__ import annotations

from tests.services.bases import adoptee, modele_adopte, postgres_adopte, vote
from tests.services.bases_actes import amendable, conventionnee, modele_conventionne, postgres_conventionne

__all__ = [
    "adoptee",
    "amendable",
    "conventionnee",
    "modele_adopte",
    "modele_conventionne",
    "postgres_adopte",
    "postgres_conventionne",
    "vote",
]
