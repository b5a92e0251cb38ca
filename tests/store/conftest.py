"""Adopted bases, for the tests of this folder."""

from __future__ import annotations

from tests.services.bases import adoptee, modele_adopte, postgres_adopte, vote

__all__ = ["adoptee", "modele_adopte", "postgres_adopte", "vote"]
