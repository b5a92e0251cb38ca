"""The index of a table: ids, search texts and amounts of every row, searched and sorted without the database."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import compress, takewhile
from operator import or_
from typing import Any

from inclusion_desk.domain.text import fold

_CHIFFRES = frozenset("0123456789-")
_OCTET = 256


@dataclass(frozen=True, slots=True)
class Tri:
    """The order of a table: the name of a row's attribute, and its direction."""

    colonne: str
    descendant: bool = False


@dataclass(frozen=True, slots=True)
class Noms:
    """A column of folded texts of which few differ: each row's place in ``textes``, in one byte where that will do."""

    codes: bytes | tuple[int, ...]
    textes: tuple[str, ...]

    @classmethod
    def compose(cls, cles: Iterable[Any], nommer: Callable[[Any], str] = str) -> Noms:
        """Build a column from each row's key; each different key is named once."""
        places: dict[Any, int] = {}
        codes = [places.setdefault(cle, len(places)) for cle in cles]
        return cls(bytes(codes) if len(places) <= _OCTET else tuple(codes), tuple(map(nommer, places)))

    def __getitem__(self, place: int) -> str:
        return self.textes[self.codes[place]]

    def remplacer(self, debut: int, fin: int, autres: Noms) -> Noms:
        """Put the rows of another column in place of those from ``debut`` to ``fin`` (left out)."""
        places = {texte: place for place, texte in enumerate(self.textes)}
        nouveaux = [places.setdefault(texte, len(places)) for texte in autres.textes]
        codes = [nouveaux[code] for code in autres.codes]
        if isinstance(self.codes, bytes) and len(places) <= _OCTET:
            return Noms(self.codes[:debut] + bytes(codes) + self.codes[fin:], tuple(places))
        return Noms((*self.codes[:debut], *codes, *self.codes[fin:]), tuple(places))

    def holding(self, mot: str) -> int:
        """Tell which rows hold a word, as bits: one byte a row, the first row in the lowest."""
        oui = [mot in texte for texte in self.textes]
        if isinstance(self.codes, bytes):
            return _bits(self.codes.translate(bytes(oui).ljust(_OCTET, b"\0")))
        return _bits(bytes(map(oui.__getitem__, self.codes))) if any(oui) else 0


def _bits(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


@dataclass(frozen=True, slots=True)
class Trouves:
    """What a filter keeps of an index: the positions in display order, and their total in cents."""

    filtre: str
    positions: Sequence[int]
    total: int
    garde: int = -1
    """Every row kept, as bits; -1 (all of them) as well when a row edited since may hold the filter no more."""


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of a table by position: ids, amounts in cents, and what each is searched and sorted by.

    ``noms`` are the columns searched; ``cles`` integers to sort by, as ids or days; ``numeros`` is each row's own
    number (digits and dashes), or empty where rows have none. An order lists positions.
    """

    ids: array[int]
    montants: array[int]
    noms: tuple[Noms, ...]
    cles: tuple[array[int], ...] = ()
    numeros: tuple[str, ...] = ()

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, int]]) -> Index:
        """Build an index from (id, folded text, cents)."""
        lues = list(rows)
        ids, montants = array("q", [r[0] for r in lues]), array("q", [r[2] for r in lues])
        return cls(ids, montants, (Noms.compose(r[1] for r in lues),))

    def __len__(self) -> int:
        return len(self.ids)

    def remplacer(self, debut: int, fin: int, autres: Index) -> Index:
        """Put the rows of another index of the same subject in place of those from ``debut`` to ``fin`` (left out)."""
        siens, leurs = (i.numeros or ("",) * len(i) for i in (self, autres))
        return Index(
            self.ids[:debut] + autres.ids + self.ids[fin:],
            self.montants[:debut] + autres.montants + self.montants[fin:],
            tuple(n.remplacer(debut, fin, a) for n, a in zip(self.noms, autres.noms, strict=True)),
            tuple(c[:debut] + a + c[fin:] for c, a in zip(self.cles, autres.cles, strict=True)),
            siens[:debut] + leurs + siens[fin:] if self.numeros or autres.numeros else (),
        )

    def extraire(self, places: Sequence[int]) -> Index:
        """Keep only the rows at some positions, in the order given."""
        return Index(
            array("q", [self.ids[p] for p in places]),
            array("q", [self.montants[p] for p in places]),
            tuple(Noms.compose(n[p] for p in places) for n in self.noms),
            tuple(array("q", [cle[p] for p in places]) for cle in self.cles),
            tuple([self.numeros[p] for p in places]) if self.numeros else (),
        )

    def sans(self, place: int) -> Index:
        """Leave out the row at a position."""
        return self.remplacer(place, place + 1, self.extraire(()))

    def ranger(self, ids: Iterable[int]) -> list[int]:
        """Turn an order given as ids into positions; ids unknown to this index are left out."""
        places = dict(zip(self.ids, range(len(self)), strict=True))
        return [places[i] for i in ids if i in places]

    def par_valeur(self, valeurs: Sequence[Any], *, descendant: bool = False) -> list[int]:
        """Order the rows by one value each, given by position; those without come last, first when descending."""
        vides: list[int] = []
        pleins: Iterable[int] = range(len(self))
        if None in valeurs:
            vides = [p for p, valeur in enumerate(valeurs) if valeur is None]
            pleins = [p for p, valeur in enumerate(valeurs) if valeur is not None]
        tries = sorted(pleins, key=valeurs.__getitem__, reverse=descendant)
        return vides + tries if descendant else tries + vides

    def aligner(self, ids: Sequence[int], valeurs: Sequence[Any]) -> Sequence[Any]:
        """Put the values of rows given by id in the order of positions; None where there is none."""
        if array("q", ids) == self.ids:
            return valeurs
        return list(map(dict(zip(ids, valeurs, strict=True)).get, self.ids))

    def chercher(self, filtre: str, ordre: Sequence[int], avant: Trouves | None = None) -> Trouves:
        """Keep the rows that hold every word of ``filtre``, accents and case ignored, in the order given.

        ``avant`` is what was found in the same index and order; a filter that only grew narrows it, and gives back the
        very same positions when it leaves out none.
        """
        if avant is None or not filtre.startswith(avant.filtre) or avant.garde < 0:
            avant = Trouves("", ordre, sum(self.montants), _bits(b"\1" * len(self)))
        garde = avant.garde
        for mot in _new_words(fold(avant.filtre).split(), fold(filtre).split()):
            garde &= self._holding(mot)
        if garde == avant.garde:
            return replace(avant, filtre=filtre)
        octets = garde.to_bytes(len(self), "little")
        positions = [p for p in avant.positions if octets[p]]
        return Trouves(filtre, positions, sum(compress(self.montants, octets)), garde)

    def _holding(self, mot: str) -> int:
        """Tell which rows hold a word in one of their names or in their number, as bits."""
        garde = reduce(or_, (noms.holding(mot) for noms in self.noms), 0)
        if self.numeros and _CHIFFRES.issuperset(mot):
            garde |= _bits(bytes([mot in numero for numero in self.numeros]))
        return garde

    def total(self, positions: Iterable[int]) -> int:
        """Add up the amounts at the given positions, in cents."""
        return sum(map(self.montants.__getitem__, positions))


def _new_words(avant: list[str], mots: list[str]) -> list[str]:
    """Leave out the first words, those already searched."""
    communs = takewhile(lambda paire: paire[0] == paire[1], zip(avant, mots, strict=False))
    return mots[sum(1 for _ in communs) :]
