"""A page as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStyledItemDelegate

from inclusion_desk.ui.colonnes import Column


@dataclass(frozen=True, slots=True)
class Description:
    """A page as data: its subject, tab title (with its mnemonic), columns, form, and empty state."""

    sujet: str
    titre: str
    colonnes: tuple[Column, ...]
    formulaire: tuple[tuple[str, ...], ...]
    image: str
    vide: str
    conseil: str
    masques: Callable[[Any], frozenset[str]] = lambda _row: frozenset()
    """The fields of the form that do not concern a row; it is None for a new one."""
    de_la_phase: bool = False
    """Whether the rows are part of the phase: nothing in them changes once it is voted."""
    delegues: Mapping[str, Callable[[QObject], QStyledItemDelegate]] = field(default_factory=dict)
