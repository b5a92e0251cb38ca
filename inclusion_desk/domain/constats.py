"""What a control says: one finding, its code, how much it matters, and the rows it leads to."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inclusion_desk.domain.dossier import DossierSeance, Ligne


class Gravite(enum.Enum):
    """How much a finding matters; the value is its label."""

    BLOQUANT = "Bloquant"
    ATTENTION = "Attention"
    INFORMATION = "Information"


@dataclass(frozen=True, slots=True)
class Cible:
    """The row a finding leads to: the subject's name and the row's id."""

    sujet: str
    id: int


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding: the code of its rule, how much it matters, one sentence, the rows concerned."""

    code: str
    gravite: Gravite
    phrase: str
    cibles: tuple[Cible, ...] = ()


@dataclass(frozen=True, slots=True)
class Controle:
    """One rule: its code, its title, and the function that applies it."""

    code: str
    titre: str
    appliquer: Callable[[DossierSeance], Iterator[Constat]]


def cibles_lignes(*lignes: Ligne) -> tuple[Cible, ...]:
    """Lead to propositions."""
    return tuple(Cible("propositions", ligne.proposition_id) for ligne in lignes)
