"""What a control says: one finding, its code, how much it matters, and the rows it leads to."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inclusion_desk.domain.controles_mots import citer, guillemets
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.dossier import Ligne
from inclusion_desk.domain.text import compter


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
    """One rule: its code, its title, the function that applies it, and the law or house rule it comes from."""

    code: str
    titre: str
    appliquer: Callable[[Vue], Iterator[Constat]]
    source: str = ""


def cibles_lignes(lignes: Iterable[Ligne]) -> tuple[Cible, ...]:
    """Lead to propositions."""
    return tuple([Cible("propositions", ligne.proposition_id) for ligne in lignes])


def cibles_structures(lignes: Iterable[Ligne]) -> tuple[Cible, ...]:
    """Lead to the structures that lines name."""
    return tuple([Cible("structures", ligne.structure_id) for ligne in lignes])


def dire_structures(lignes: list[Ligne], seule: str, plusieurs: str) -> str:
    """Open a sentence about structures, one line each: ``La structure « A » n’a…``, ``2 structures (…) n’ont…``."""
    noms = [ligne.structure for ligne in lignes]
    if len(noms) == 1:
        return f"La structure {guillemets(noms[0])} {seule}"
    return f"{compter(len(noms), 'structure')} ({citer(noms)}) {plusieurs}"


def dire_lignes(lignes: list[Ligne], seule: str, plusieurs: str) -> str:
    """Say how many propositions are at fault and for whom: ``2 propositions (« A » et « B ») commencent``."""
    noms = citer((ligne.structure for ligne in lignes), "structure")
    return f"{compter(len(lignes), 'proposition')} ({noms}) {seule if len(lignes) == 1 else plusieurs}"
