"""What a use case gives back: what changed, in words and by subject, and the call that undoes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from inclusion_desk.domain.refus import ConflitDeVersion

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


def check_still(actuel: object, attendu: object) -> None:
    """Check, before a step is undone or redone, that what it had written still stands; None expects nothing.

    Raises:
        ConflitDeVersion: somebody changed it since.
    """
    if attendu is not None and actuel != attendu:
        raise ConflitDeVersion(
            "Ces valeurs ont changé depuis cette étape : elle ne peut plus être annulée ni rétablie. Modifiez-les "
            "directement."
        )


def ensemble(session: object, label: str, appels: Sequence[Call]) -> Changes:
    """Run several calls as one step: all of them, or none.

    Raises:
        Refus: what one of them refuses; nothing was written.
    """
    return reunir(label, [appel.use_case(session, *appel.args) for appel in appels])


def reunir(label: str, faits: Sequence[Changes]) -> Changes:
    """Tell what several calls did as one step, undone the last first."""
    ids: dict[str, tuple[int, ...]] = {}
    for fait in faits:
        for sujet, touches in fait.ids.items():
            entier = not touches or ids.get(sujet) == ()
            ids[sujet] = () if entier else (*ids.get(sujet, ()), *touches)
    inverses = [fait.inverse for fait in reversed(faits) if fait.inverse is not None]
    return Changes(label, ids, Call(ensemble, (label, tuple(inverses))))
