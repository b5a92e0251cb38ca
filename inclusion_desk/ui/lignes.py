"""The rows behind a table: an index in memory, the positions shown, and a bounded cache of rows read on demand."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from inclusion_desk.domain.recherche import Index, Tri
from inclusion_desk.ui.source import Source

PAGE = 128
"""How many rows one read brings."""
CACHE = 64 * PAGE
"""How many rows are kept at most."""
PEU = 8
"""Up to this many rows are looked up one by one; more deserve a dictionary."""

_VIDE = Index.build(())


class Lignes:
    """The rows of one subject in one phase, in one order, through one filter."""

    def __init__(self, tri: Tri) -> None:
        self.tri = tri
        self.filtre = ""
        self._source: Source | None = None
        self._index = _VIDE
        self._positions: Sequence[int] = range(0)
        self._rows: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._positions)

    @property
    def nombre(self) -> int:
        """How many rows there are without the filter."""
        return len(self._index.ids)

    @property
    def total(self) -> int:
        """The total of the rows shown, in cents."""
        return self._index.total(self._positions)

    def total_de(self, rangs: Iterable[int]) -> int:
        """Add up the amounts of the rows shown at ``rangs``, in cents."""
        return self._index.total([self._positions[r] for r in rangs])

    def ouvrir(self, source: Source | None) -> None:
        """Read another subject or phase, in the same order and through the same filter."""
        self._source = source
        self.relire()

    def relire(self) -> None:
        """Read everything again."""
        self._rows.clear()
        self._index = self._source.index(self.tri) if self._source else _VIDE
        self._positions = self._index.positions(self.filtre)

    def trier(self, tri: Tri) -> None:
        """Put the rows in another order; only the ids are read."""
        self.tri = tri
        if self._source is not None:
            self._index = self._index.ranger(self._source.ordre(tri))
            self._positions = self._index.positions(self.filtre)

    def filtrer(self, texte: str) -> None:
        """Show the rows that hold every word of ``texte``; a longer text narrows the earlier hits."""
        parmi = self._positions if self.filtre and texte.startswith(self.filtre) else None
        self.filtre = texte
        self._positions = self._index.positions(texte, parmi)

    def id_de(self, rang: int) -> int:
        """Give the id of a row shown."""
        return self._index.ids[self._positions[rang]]

    def row(self, rang: int) -> Any | None:  # noqa: ANN401 - a frozen row of any subject
        """Give a row shown, reading its page when needed; None when it was deleted elsewhere."""
        identifiant = self._index.ids[self._positions[rang]]
        trouvee = self._rows.get(identifiant)
        if trouvee is None and identifiant not in self._rows:
            self._read_page(rang)
            trouvee = self._rows.get(identifiant)
        return trouvee

    def _read_page(self, rang: int) -> None:
        if self._source is None:
            return
        debut = rang - rang % PAGE
        ids = self._index.ids
        voulus = [ids[p] for p in islice(self._positions, debut, debut + PAGE) if ids[p] not in self._rows]
        if len(self._rows) > CACHE:
            for ancien in list(islice(self._rows, PAGE)):
                del self._rows[ancien]
        self._rows.update(dict.fromkeys(voulus))
        self._rows.update((row.id, row) for row in self._source.rows(voulus))

    def rangs(self, ids: Sequence[int]) -> dict[int, int]:
        """Find where rows are shown; those filtered out or unknown are left out."""
        trouves = ((i, self._rang(p)) for i, p in self.places(ids).items())
        return {i: rang for i, rang in trouves if rang is not None}

    def _rang(self, position: int) -> int | None:
        rang = bisect_left(self._positions, position)
        return rang if rang < len(self._positions) and self._positions[rang] == position else None

    def places(self, ids: Sequence[int]) -> dict[int, int]:
        """Find the positions of rows in the whole index; unknown ids are left out."""
        connus = self._index.ids
        if len(ids) > PEU:
            tous = {identifiant: place for place, identifiant in enumerate(connus)}
            return {i: tous[i] for i in ids if i in tous}
        return {i: place for i in ids if (place := _place(connus, i)) is not None}

    def extrait(self, ids: Sequence[int]) -> Index:
        """Read again the index of some rows."""
        return self._source.extrait(self.tri, ids) if self._source else _VIDE

    def mettre_a_jour(self, frais: Index) -> list[int]:
        """Take over the texts and amounts of rows already known, which keep their places; give the rows shown."""
        places = self.places(frais.ids)
        for rang, identifiant in enumerate(frais.ids):
            self._rows.pop(identifiant, None)
            place = places[identifiant]
            self._index = self._index.remplacer(place, place + 1, frais.extraire([rang]))
        return [rang for rang in map(self._rang, places.values()) if rang is not None]

    def retirer(self, identifiant: int) -> None:
        """Forget a row deleted."""
        place = self._index.ids.index(identifiant)
        self._rows.pop(identifiant, None)
        self._index = self._index.remplacer(place, place + 1, _VIDE)
        if isinstance(self._positions, range):
            self._positions = range(len(self._positions) - 1)
        else:
            self._positions = [p - (p > place) for p in self._positions if p != place]

    def place_nouvelle(self, identifiant: int) -> int:
        """Find the position at which a created row comes in the present order."""
        ordre = self._source.ordre(self.tri) if self._source else array("q")
        connus = self._index.ids
        rang = ordre.index(identifiant) if identifiant in ordre else 0
        for precedent in reversed(ordre[max(0, rang - PEU) : rang]):
            if precedent in connus:
                return connus.index(precedent) + 1
        return 0 if rang == 0 else len(connus)

    def rang_nouveau(self, place: int) -> int:
        """Give the row number that position ``place`` takes among the rows shown."""
        return bisect_left(self._positions, place)

    def inserer(self, place: int, nouvelle: Index) -> bool:
        """Add one created row at ``place``; tell whether the filter shows it."""
        self._index = self._index.remplacer(place, place, nouvelle)
        visible = bool(nouvelle.positions(self.filtre))
        if isinstance(self._positions, range):
            self._positions = range(len(self._positions) + 1)
            return True
        decalees = [p + (p >= place) for p in self._positions]
        if visible:
            decalees.insert(bisect_left(decalees, place), place)
        self._positions = decalees
        return visible


def _place(ids: array[int], identifiant: int) -> int | None:
    try:
        return ids.index(identifiant)
    except ValueError:
        return None
