"""Tables in words: what a page shows and a document prints, row for row."""

from __future__ import annotations

from dataclasses import dataclass, field

Rangee = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its title, the share of the width it takes, whether it holds figures, set to the right.

    ``signal`` is the one that says why a row calls for something to be done.
    """

    titre: str
    part: int
    chiffres: bool = False
    signal: bool = False


@dataclass(frozen=True, slots=True)
class Releve:
    """A table in words; ``groupes`` are the rows that head the rows below them, ``totaux`` those that add them up."""

    titre: str
    colonnes: tuple[Colonne, ...]
    rangees: tuple[Rangee, ...]
    groupes: frozenset[int] = field(default=frozenset())
    totaux: frozenset[int] = field(default=frozenset())
    alertes: frozenset[int] = field(default=frozenset())
    """The rows that call for something to be done: late, awaited, or against the law."""
    retards: frozenset[int] = field(default=frozenset())
    """Those of them that are late."""
    vide: str = ""
    """What is said when there is no row."""


@dataclass(slots=True)
class Rangees:
    """Rows while they are gathered."""

    colonnes: int
    rangees: list[Rangee] = field(default_factory=list)
    groupes: set[int] = field(default_factory=set)
    totaux: set[int] = field(default_factory=set)
    alertes: set[int] = field(default_factory=set)
    retards: set[int] = field(default_factory=set)

    def ajouter(self, rangee: Rangee, *, alerte: bool = False, retard: bool = False) -> None:
        """Add a row; ``alerte`` when it calls for something to be done, ``retard`` when it is late."""
        if alerte or retard:
            self.alertes.add(len(self.rangees))
        if retard:
            self.retards.add(len(self.rangees))
        self.rangees.append(rangee)

    def grouper(self, titre: str) -> None:
        """Head what follows."""
        self.groupes.add(len(self.rangees))
        self.rangees.append((titre, *[""] * (self.colonnes - 1)))

    def totaliser(self, rangee: Rangee) -> None:
        """Add up what precedes."""
        self.totaux.add(len(self.rangees))
        self.rangees.append(rangee)

    def fermer(self, titre: str, colonnes: tuple[Colonne, ...], vide: str) -> Releve:
        """Give the table."""
        marques = (frozenset(self.groupes), frozenset(self.totaux), frozenset(self.alertes))
        return Releve(titre, colonnes, tuple(self.rangees), *marques, frozenset(self.retards), vide)
