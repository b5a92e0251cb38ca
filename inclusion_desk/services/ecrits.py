"""Writes a document as PDF or DOCX, after its name, read back before success is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from inclusion_desk.services.fichiers import write_atomic

FormatEcrit = Literal["pdf", "docx"]


def ecrire(cible: Path, rendre: Callable[[FormatEcrit], bytes], relire: Callable[[bytes, FormatEcrit], None]) -> Path:
    """Write a document, as DOCX where the name says so, else as PDF; ``relire`` compares what the disk gives back.

    Raises:
        Refus: the target cannot be written, what ``rendre`` refuses, or what ``relire`` finds wrong.
    """
    extension: FormatEcrit = "docx" if cible.suffix.lower() == ".docx" else "pdf"
    write_atomic(cible, rendre(extension), lambda relu: relire(relu, extension))
    return cible
