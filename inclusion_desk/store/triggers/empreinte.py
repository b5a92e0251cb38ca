"""The fingerprint of the triggers of SQLite: an opening compares it, without writing them all out again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SQLITE = "1e3762f1a63a083c1ea595195e9a965cc85f53eccbc0ea9aaa2573051df91f5e"
"""SHA-256 of the triggers that a base of the newest schema holds; a test keeps it true."""


def fingerprint(triggers: Iterable[tuple[str, str]]) -> str:
    """Give the SHA-256 of triggers, as names and texts, in hexadecimal."""
    textes = "\n".join(f"{nom}\t{texte}" for nom, texte in sorted(triggers))
    return hashlib.sha256(textes.encode()).hexdigest()
