"""Produces the documents of a phase: dossier read, bytes rendered, file re-read and compared, then announced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.phases import Phase
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.store import dossiers

Nature = Literal["classeur", "deliberation"]
NATURES: tuple[Nature, ...] = ("classeur", "deliberation")
EXTENSIONS: dict[str, str] = {"classeur": ".xlsx", "deliberation": ".pdf"}
Progress = Callable[[int, int], None]


def _silent(_fait: int, _total: int) -> None:
    return None


def nom_propose(nature: Nature, phase: Phase, numero: str = "") -> str:
    """Name the file of a document: ``classeur-2024-phase-6.xlsx``, ``deliberation-2024-587.pdf``."""
    if nature == "deliberation" and numero:
        return f"deliberation-{numero}.pdf"
    return f"{nature}-{phase.annee}-phase-{phase.numero}{EXTENSIONS[nature]}"


def nom_du_document(desk: Desk, nature: Nature, phase: Phase) -> str:
    """Name the file of a document, with the number of the deliberation where it is known."""
    return nom_propose(nature, phase, desk.read(dossiers.load, phase.id).deliberation.numero)


def produire(desk: Desk, nature: Nature, phase_id: int, cible: Path, progress: Progress = _silent) -> Path:
    """Make one document of a phase and write it at ``cible``; its amounts are re-read from the file and compared.

    Raises:
        Refus: the target cannot be written, a character cannot be printed, the amounts differ, or ``progress`` cancels.
    """
    dossier = desk.read(dossiers.load, phase_id)
    contenu = _RENDUS[nature](desk, dossier, progress)
    write_atomic(cible, contenu, lambda relu: _VERIFICATIONS[nature](relu, dossier))
    return cible


def apercu(desk: Desk, phase_id: int, progress: Progress = _silent) -> bytes:
    """Make the extract of a phase as PDF bytes, without writing a file.

    Raises:
        Refus: as ``produire``.
    """
    return _render_deliberation(desk, desk.read(dossiers.load, phase_id), progress)


def _render_classeur(desk: Desk, dossier: DossierSeance, progress: Progress) -> bytes:
    from inclusion_desk.documents.workbook import render_workbook  # noqa: PLC0415 - openpyxl is loaded on first use

    return render_workbook(dossier, controler(dossier), edited=desk.maintenant(), progress=progress)


def _verify_classeur(contenu: bytes, dossier: DossierSeance) -> None:
    from inclusion_desk.documents.workbook import verify_workbook  # noqa: PLC0415 - idem

    verify_workbook(contenu, dossier)


def _render_deliberation(_desk: Desk, dossier: DossierSeance, progress: Progress) -> bytes:
    from inclusion_desk.documents.deliberation import render_deliberation  # noqa: PLC0415 - reportlab, on first use

    return render_deliberation(dossier, progress=progress)


def _verify_deliberation(contenu: bytes, dossier: DossierSeance) -> None:
    from inclusion_desk.documents.deliberation import verify_deliberation  # noqa: PLC0415 - idem

    verify_deliberation(contenu, dossier)


_RENDUS: dict[str, Callable[[Desk, DossierSeance, Progress], bytes]] = {
    "classeur": _render_classeur,
    "deliberation": _render_deliberation,
}
_VERIFICATIONS: dict[str, Callable[[bytes, DossierSeance], None]] = {
    "classeur": _verify_classeur,
    "deliberation": _verify_deliberation,
}
