"""A mapping of which a part is made on first use: what a start does not need is not loaded with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

V = TypeVar("V")


class Paresseux(Mapping[str, V]):
    """Gives what stands at once, and makes the rest when one of its names, told beforehand, is asked for."""

    def __init__(self, prets: Mapping[str, V], noms: tuple[str, ...], faire: Callable[[], Mapping[str, V]]) -> None:
        self._prets = prets
        self._noms = noms
        self._faire = faire

    @cached_property
    def _suite(self) -> Mapping[str, V]:
        return self._faire()

    def __getitem__(self, nom: str) -> V:
        return self._prets[nom] if nom in self._prets or nom not in self._noms else self._suite[nom]

    def __iter__(self) -> Iterator[str]:
        yield from self._prets
        yield from self._noms

    def __len__(self) -> int:
        return len(self._prets) + len(self._noms)
