"""The index of a table: ids, search texts and amounts in display order, searched without the database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from inclusion_desk.domain.text import fold

_CHIFFRES = frozenset("0123456789-")


@dataclass(frozen=True, slots=True)
class Tri:
    """The order of a table: the name of a row's attribute, and its direction."""

    colonne: str
    descendant: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of a table in its order: ids, amounts in cents, and what each is searched by.

    ``codes`` gives each row's place in ``textes``, the different folded texts: thousands of rows name few things.
    ``numeros`` is each row's own number (digits and dashes), or empty where rows have none.
    """

    ids: array[int]
    codes: tuple[int, ...]
    textes: tuple[str, ...]
    numeros: tuple[str, ...]
    montants: tuple[int, ...]

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, int]]) -> Index:
        """Build an index from (id, folded text, cents) in display order."""
        return cls.compose([(identifiant, texte, "", montant) for identifiant, texte, montant in rows])

    @classmethod
    def compose(cls, rows: Sequence[tuple[int, str, str, int]]) -> Index:
        """Build an index from (id, folded text, number, cents) in display order."""
        places: dict[str, int] = {}
        codes = tuple([places.setdefault(row[1], len(places)) for row in rows])
        numeros = tuple([row[2] for row in rows])
        return cls(
            array("q", [row[0] for row in rows]),
            codes,
            tuple(places),
            numeros if any(numeros) else (),
            tuple([row[3] for row in rows]),
        )

    @property
    def rows(self) -> list[tuple[int, str, str, int]]:
        """The same index as (id, folded text, number, cents)."""
        textes = map(self.textes.__getitem__, self.codes)
        numeros = self.numeros or ("",) * len(self.ids)
        return list(zip(self.ids, textes, numeros, self.montants, strict=True))

    def ranger(self, ordre: array[int]) -> Index:
        """Put the same rows in another order, given as ids; ids unknown to this index are left out."""
        places = dict(zip(self.ids, range(len(self.ids)), strict=True))
        connus = ordre if len(ordre) == len(places) else array("q", [i for i in ordre if i in places])
        rangs = list(map(places.__getitem__, connus))
        return Index(
            array("q", connus),
            tuple(map(self.codes.__getitem__, rangs)),
            self.textes,
            tuple(map(self.numeros.__getitem__, rangs)) if self.numeros else (),
            tuple(map(self.montants.__getitem__, rangs)),
        )

    def remplacer(self, debut: int, fin: int, autres: Index) -> Index:
        """Put the rows of another index in place of those from ``debut`` to ``fin`` (left out)."""
        places = {texte: place for place, texte in enumerate(self.textes)}
        codes = tuple([places.setdefault(autres.textes[code], len(places)) for code in autres.codes])
        numeros: tuple[str, ...] = ()
        if self.numeros or autres.numeros:
            siens = self.numeros or ("",) * len(self.ids)
            numeros = (*siens[:debut], *(autres.numeros or ("",) * len(autres.ids)), *siens[fin:])
        return Index(
            self.ids[:debut] + autres.ids + self.ids[fin:],
            self.codes[:debut] + codes + self.codes[fin:],
            tuple(places),
            numeros,
            self.montants[:debut] + autres.montants + self.montants[fin:],
        )

    def extraire(self, places: Iterable[int]) -> Index:
        """Keep only the rows at some places, in the order given."""
        rows = self.rows
        return Index.compose([rows[place] for place in places])

    def positions(self, filtre: str, parmi: Sequence[int] | None = None) -> Sequence[int]:
        """List the positions whose text holds every word of ``filtre``, accents and case ignored.

        ``parmi`` narrows the search to earlier hits (the filter only grew).
        """
        trouves: Sequence[int] = range(len(self.ids)) if parmi is None else parmi
        for mot in fold(filtre).split():
            trouves = self._holding(mot, trouves)
        return trouves

    def _holding(self, mot: str, parmi: Sequence[int]) -> list[int]:
        """Keep the positions that hold a word: each different text is looked at once."""
        oui = bytes([mot in texte for texte in self.textes])
        toutes = isinstance(parmi, range)
        if self.numeros and _CHIFFRES.issuperset(mot):
            codes, numeros = self.codes, self.numeros
            return [p for p in parmi if oui[codes[p]] or mot in numeros[p]]
        codes_vus = self.codes if toutes else map(self.codes.__getitem__, parmi)
        return list(compress(parmi, map(oui.__getitem__, codes_vus)))

    def total(self, positions: Sequence[int]) -> int:
        """Add up the amounts at the given positions, in cents."""
        if len(positions) == len(self.ids):
            return sum(self.montants)
        return sum(map(self.montants.__getitem__, positions))
