"""Known errors: each carries the French sentence shown to the user, and the field it is about."""

from __future__ import annotations


class Refus(Exception):  # noqa: N818 - the field's word: a refusal, not a fault of the program
    """A known refusal; ``str()`` is one French sentence saying what, where and what to do.

    ``champ`` is the name of the field at fault, or None when the refusal concerns the whole.
    """

    def __init__(self, phrase: str, champ: str | None = None) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.champ = champ


class SaisieRefusee(Refus):
    """A form refused as a whole: one refusal per field at fault, in the order of the form."""

    def __init__(self, refus: tuple[Refus, ...]) -> None:
        super().__init__(" ".join(r.phrase for r in refus), refus[0].champ if refus else None)
        self.refus = refus


class ConflitDeVersion(Refus):
    """The row was changed by somebody else since it was read: nothing was written."""


class Introuvable(Refus):
    """The row asked for is not in the database (deleted since, or never there)."""


class BaseRefusee(Refus):
    """The database cannot be opened as it is: missing, foreign, newer, damaged or not writable."""


class EcritureRefusee(Refus):
    """A file could not be written; what was there before is untouched."""


class Interrompu(Refus):
    """The user cancelled a long task; nothing half-made is left."""
