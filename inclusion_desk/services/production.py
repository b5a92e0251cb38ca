"""Produces the documents of a phase: dossier read, bytes rendered, file re-read and compared, then announced."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import BaseRefusee, Refus
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.services.natures import DOCUMENTS, FIGES, Format, Nature
from inclusion_desk.store import deliberations, dossiers

Progress = Callable[[int, int], None]


def _silent(_fait: int, _total: int) -> None:
    return None


def nom_propose(nature: Nature, phase: Phase, numero: str = "", extension: Format | None = None) -> str:
    """Name the file of a document: ``classeur-2024-phase-6.xlsx``, ``deliberation-2024-587.pdf``."""
    voulue = extension or DOCUMENTS[nature].formats[0]
    if nature == "deliberation" and numero:
        return f"deliberation-{numero}.{voulue}"
    return f"{nature}-{phase.annee}-phase-{phase.numero}.{voulue}"


def nom_du_document(desk: Desk, nature: Nature, phase: Phase, extension: Format | None = None) -> str:
    """Name the file of a document, with the number of the deliberation where it is known."""
    acte = desk.read(deliberations.find, phase.id)
    return nom_propose(nature, phase, acte.numero if acte else "", extension)


def produire(
    desk: Desk,
    nature: Nature,
    phase_id: int,
    cible: Path,
    progress: Progress = _silent,
    *,
    extension: Format | None = None,
) -> Path:
    """Make one document of a phase and write it at ``cible``; its amounts are re-read from the file and compared.

    Raises:
        Refus: the target cannot be written, a character cannot be printed, the amounts differ, or ``progress`` cancels.
    """
    voulu = extension or DOCUMENTS[nature].formats[0]
    if voulu not in DOCUMENTS[nature].formats:
        raise Refus(
            f"{DOCUMENTS[nature].article.capitalize()} n’existe pas en {voulu.upper()} : choisissez un autre format."
        )
    dossier = desk.read(dossiers.load, phase_id)
    contenu = _content(desk, nature, phase_id, dossier, voulu, progress)
    write_atomic(cible, contenu, lambda relu: verifier(nature, relu, dossier, voulu))
    return cible


def apercu(desk: Desk, phase_id: int, progress: Progress = _silent, nature: Nature = "deliberation") -> bytes:
    """Make a document of a phase as PDF bytes, without writing a file.

    Raises:
        Refus: as ``produire``.
    """
    return _content(desk, nature, phase_id, desk.read(dossiers.load, phase_id), "pdf", progress)


def _content(
    desk: Desk, nature: Nature, phase_id: int, dossier: DossierSeance, extension: Format, progress: Progress
) -> bytes:  # fmt: skip
    if nature in FIGES and extension == "pdf":
        garde = desk.read(deliberations.load_document, phase_id, nature)
        if garde is not None:
            return _kept(*garde)
    return rendre(nature, dossier, extension, progress, desk.maintenant())


def _kept(contenu: bytes, empreinte: str) -> bytes:
    """Give back the bytes made at the vote, after checking that they are those."""
    if hashlib.sha256(contenu).hexdigest() != empreinte:
        raise BaseRefusee(
            "Le document gardé au vote ne correspond plus à son empreinte : la base a été altérée, restaurez une "
            "sauvegarde."
        )
    return contenu


def rendre(
    nature: Nature, dossier: DossierSeance, extension: Format, progress: Progress, maintenant: datetime
) -> bytes:  # fmt: skip
    """Render a document from a dossier and nothing else; ``maintenant`` dates the workbook of a phase not voted.

    Raises:
        Refus: a template that cannot be filled, a character that cannot be printed, or ``progress`` cancels.
    """
    if nature == "classeur":
        from inclusion_desk.documents.workbook import render_workbook  # noqa: PLC0415 - openpyxl is loaded on first use

        return render_workbook(dossier, controler(dossier), edited=_edited(dossier, maintenant), progress=progress)
    from inclusion_desk.documents.textes import render_texte  # noqa: PLC0415 - reportlab is loaded on first use

    voulu: Literal["pdf", "docx"] = "docx" if extension == "docx" else "pdf"
    if nature != "dossier-interne":
        return render_texte(nature, dossier, voulu, progress)
    from inclusion_desk.documents.pdf import Attachment  # noqa: PLC0415 - idem

    classeur = rendre("classeur", dossier, "xlsx", progress, maintenant)
    nom = f"classeur-{dossier.annee}-phase-{dossier.phase}.xlsx"
    joint = Attachment(nom, _XLSX, "Classeur de la phase", classeur)
    return render_texte(nature, dossier, "pdf", progress, (joint,))


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _edited(dossier: DossierSeance, maintenant: datetime) -> datetime:
    adoption = dossier.deliberation.adoption
    return maintenant if adoption is None else datetime.fromisoformat(adoption.moment)


def verifier(nature: Nature, contenu: bytes, dossier: DossierSeance, extension: Format) -> None:
    """Read a document back and compare it with the dossier.

    Raises:
        Refus: what is missing from it, or wrong in it.
    """
    if nature == "classeur":
        from inclusion_desk.documents.workbook import verify_workbook  # noqa: PLC0415 - idem

        verify_workbook(contenu, dossier)
        return
    from inclusion_desk.documents.textes import verify_texte  # noqa: PLC0415 - idem

    verify_texte(nature, contenu, dossier, "docx" if extension == "docx" else "pdf")
