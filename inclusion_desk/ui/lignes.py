"""The rows behind a table: an index in memory, what is shown of it, and a bounded cache of rows read on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from inclusion_desk.domain.recherche import Index, Tri, Trouves
from inclusion_desk.ui.source import Source

PAGE = 64
"""How many rows one read brings."""
CACHE = 128 * PAGE
"""How many rows are kept at most."""
PEU = 8
"""Up to this many rows are looked up one by one; more deserve a dictionary."""


@dataclass(frozen=True, slots=True)
class Vue:
    """What a table shows at one moment: positions of ``index`` in an order, and those the filter keeps."""

    index: Index
    ordre: Sequence[int]
    trouves: Trouves

    @classmethod
    def de(cls, index: Index, ordre: Sequence[int], filtre: str) -> Vue:
        """Show an index in an order, through a filter."""
        return cls(index, ordre, index.chercher(filtre, ordre))

    def rang_de(self, identifiant: int) -> int | None:
        """Find where a row is shown; None when it is filtered out or unknown."""
        place = _index(self.index.ids, identifiant)
        return None if place is None else _index(self.trouves.positions, place)

    def sans(self, place: int) -> Vue:
        """Show the same without the row at a position; those after it move up."""
        montant = self.index.montants[place] if place in self.trouves.positions else 0
        index = self.index.sans(place)
        positions = _without(self.trouves.positions, place)
        trouves = Trouves(self.trouves.filtre, positions, self.trouves.total - montant)
        return Vue(index, _without(self.ordre, place), trouves)

    def avec(self, index: Index, voulu: Sequence[int]) -> Vue:
        """Show one more row, the last of ``index``, where the order ``voulu`` wants it; the others stay."""
        nouvelle = len(self.index)
        rang = voulu.index(nouvelle)
        precedente = next((p for p in reversed(voulu[:rang]) if p < nouvelle), None)
        debut = 0 if precedente is None else self.ordre.index(precedente) + 1
        ordre = [*self.ordre[:debut], nouvelle, *self.ordre[debut:]]
        filtre, positions = self.trouves.filtre, self.trouves.positions
        vus = index.chercher(filtre, [nouvelle])
        if vus.positions:
            montrees = {*positions, nouvelle}
            positions = [p for p in ordre if p in montrees]
        total = self.trouves.total + index.total(vus.positions)
        return Vue(index, ordre, Trouves(filtre, positions, total))

    def mise_a_jour(self, frais: Index) -> Vue:
        """Show new texts and amounts of rows already known, which keep their places whatever they have become."""
        index, total = self.index, self.trouves.total
        for rang, identifiant in enumerate(frais.ids):
            place = index.ids.index(identifiant)
            if place in self.trouves.positions:
                total += frais.montants[rang] - index.montants[place]
            index = index.remplacer(place, place + 1, frais.extraire([rang]))
        return Vue(index, self.ordre, replace(self.trouves, total=total, garde=-1))


def _without(positions: Sequence[int], place: int) -> list[int]:
    return [p - (p > place) for p in positions if p != place]


_VIDE = Vue.de(Index.build(()), (), "")


class Lignes:
    """The rows of one subject in one phase, in one order, through one filter."""

    def __init__(self, tri: Tri) -> None:
        self.tri = tri
        self.vue = _VIDE
        self._source: Source | None = None
        self._rows: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self.vue.trouves.positions)

    @property
    def filtre(self) -> str:
        """What the rows shown hold."""
        return self.vue.trouves.filtre

    @property
    def nombre(self) -> int:
        """How many rows there are without the filter."""
        return len(self.vue.index)

    @property
    def total(self) -> int:
        """The total of the rows shown, in cents."""
        return self.vue.trouves.total

    def total_de(self, rangs: Iterable[int]) -> int:
        """Add up the amounts of the rows shown at ``rangs``, in cents."""
        positions = self.vue.trouves.positions
        return self.vue.index.total([positions[r] for r in rangs])

    def ouvrir(self, source: Source | None) -> None:
        """Read another subject or phase, in the same order and through the same filter."""
        self._source = source
        self.relire()

    def relire(self) -> None:
        """Read everything again."""
        self._rows.clear()
        index = self._source.index() if self._source else _VIDE.index
        self.vue = Vue.de(index, self._order(index), self.filtre)

    def _order(self, index: Index) -> Sequence[int]:
        return self._source.ordre(self.tri, index) if self._source else ()

    def trier(self, tri: Tri) -> None:
        """Put the rows in another order."""
        self.tri = tri
        self.vue = Vue.de(self.vue.index, self._order(self.vue.index), self.filtre)

    def montrer(self, vue: Vue) -> None:
        """Show what was prepared."""
        self.vue = vue

    def filtree(self, texte: str) -> Vue:
        """Give what is shown of the rows that hold every word of ``texte``; the same positions where none changes."""
        return replace(self.vue, trouves=self.vue.index.chercher(texte, self.vue.ordre, self.vue.trouves))

    def id_de(self, rang: int) -> int:
        """Give the id of a row shown."""
        return self.vue.index.ids[self.vue.trouves.positions[rang]]

    def row(self, rang: int) -> Any | None:  # noqa: ANN401 - a frozen row of any subject
        """Give a row shown, reading its page when needed; None when it was deleted elsewhere."""
        identifiant = self.vue.index.ids[self.vue.trouves.positions[rang]]
        trouvee = self._rows.get(identifiant)
        if trouvee is None and identifiant not in self._rows:
            self._read_page(rang)
            trouvee = self._rows.get(identifiant)
        return trouvee

    def _read_page(self, rang: int) -> None:
        if self._source is None:
            return
        debut = rang - rang % PAGE
        ids, positions = self.vue.index.ids, self.vue.trouves.positions
        voulus = [ids[p] for p in positions[debut : debut + PAGE] if ids[p] not in self._rows]
        if len(self._rows) > CACHE:
            for ancien in list(islice(self._rows, PAGE)):
                del self._rows[ancien]
        self._rows.update(dict.fromkeys(voulus))
        self._rows.update((row.id, row) for row in self._source.rows(voulus))

    def rangs(self, ids: Sequence[int]) -> dict[int, int]:
        """Find where rows are shown; those filtered out or unknown are left out."""
        if len(ids) > PEU:
            tous = {place: rang for rang, place in enumerate(self.vue.trouves.positions)}
            return {i: tous[place] for i, place in self.places(ids).items() if place in tous}
        return {i: rang for i in ids if (rang := self.vue.rang_de(i)) is not None}

    def places(self, ids: Sequence[int]) -> dict[int, int]:
        """Find the positions of rows in the whole index; unknown ids are left out."""
        connus = self.vue.index.ids
        if len(ids) > PEU:
            tous = {identifiant: place for place, identifiant in enumerate(connus)}
            return {i: tous[i] for i in ids if i in tous}
        return {i: place for i in ids if (place := _index(connus, i)) is not None}

    def extrait(self, ids: Sequence[int]) -> Index:
        """Read again the index of some rows."""
        return self._source.index(ids) if self._source else _VIDE.index

    def mettre_a_jour(self, frais: Index) -> list[int]:
        """Take over the texts and amounts of rows already known, which keep their places; give the rows shown."""
        for identifiant in frais.ids:
            self._rows.pop(identifiant, None)
        self.vue = self.vue.mise_a_jour(frais)
        return sorted(self.rangs(frais.ids).values())

    def sans(self, identifiant: int) -> Vue:
        """Give what is shown once a row is deleted."""
        return self.vue.sans(self.vue.index.ids.index(identifiant))

    def avec(self, nouvelle: Index) -> Vue:
        """Give what is shown once a row is created, at its place in the present order."""
        fin = len(self.vue.index)
        index = self.vue.index.remplacer(fin, fin, nouvelle)
        return self.vue.avec(index, self._order(index))


def _index(valeurs: Sequence[int], cherchee: int) -> int | None:
    try:
        return valeurs.index(cherchee)
    except ValueError:
        return None
