"""What a use case gives back: what changed, in words and by subject, and the call that undoes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

UseCase = Callable[..., "Changes"]


@dataclass(frozen=True, slots=True)
class Call:
    """A use case with its arguments but the session: what ``Desk.do`` runs to undo or redo."""

    use_case: UseCase
    args: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one use case.

    ``label`` names the step for the user (« Modifier le montant – CCAS de Liévin »); ``ids`` maps each subject to the
    rows touched (an empty tuple: re-read them all); ``inverse`` undoes the whole, and gives back its own inverse.
    """

    label: str
    ids: Mapping[str, tuple[int, ...]]
    inverse: Call | None = field(default=None, compare=False)

    @property
    def kinds(self) -> frozenset[str]:
        """The subjects whose pages have something to read again."""
        return frozenset(self.ids)
