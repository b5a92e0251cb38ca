"""The index of a table: every row's id, folded text and amount in display order, searched without the database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from inclusion_desk.domain.text import fold


@dataclass(frozen=True, slots=True)
class Tri:
    """The order of a table: the name of a row's attribute, and its direction."""

    colonne: str
    descendant: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """Three aligned columns of a table in its sort order: ids, folded search texts, amounts in cents."""

    ids: array[int]
    textes: Sequence[str]
    montants: array[int]

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, int]]) -> Index:
        """Build an index from (id, folded text, cents) in display order."""
        colonnes = tuple(zip(*rows, strict=True))
        if not colonnes:
            return cls(array("q"), (), array("q"))
        ids, textes, montants = colonnes
        return cls(array("q", ids), textes, array("q", montants))

    def ranger(self, ordre: array[int]) -> Index:
        """Put the same rows in another order, given as ids; ids unknown to this index are left out."""
        places = {identifiant: place for place, identifiant in enumerate(self.ids)}
        rangs = [places[i] for i in ordre if i in places]
        if len(rangs) < 2:  # noqa: PLR2004 - itemgetter gives no tuple for a single item
            return Index.build((self.ids[r], self.textes[r], self.montants[r]) for r in rangs)
        prendre = itemgetter(*rangs)
        return Index(array("q", prendre(self.ids)), prendre(self.textes), array("q", prendre(self.montants)))

    def positions(self, filtre: str, parmi: Sequence[int] | None = None) -> Sequence[int]:
        """List the positions whose text holds every word of ``filtre``, accents and case ignored.

        ``parmi`` narrows the search to earlier hits (the filter only grew).
        """
        mots = fold(filtre).split()
        base: Sequence[int] = range(len(self.ids)) if parmi is None else parmi
        if not mots:
            return base
        premier = mots[0]
        if parmi is None:
            trouves = [p for p, texte in enumerate(self.textes) if premier in texte]
        else:
            textes = self.textes
            trouves = [p for p in base if premier in textes[p]]
        for mot in mots[1:]:
            trouves = [p for p in trouves if mot in self.textes[p]]
        return trouves

    def total(self, positions: Sequence[int]) -> int:
        """Add up the amounts at the given positions, in cents."""
        if len(positions) == len(self.ids):
            return sum(self.montants)
        montants = self.montants
        return sum([montants[p] for p in positions])
