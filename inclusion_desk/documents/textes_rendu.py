"""Makes the texts and reads them back; loaded on first use, as it brings reportlab and Jinja."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from inclusion_desk.documents import annexes, deliberation, dossier_seance, lecture, rapport, repartition
from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.pdf import Attachment, PdfMeta, render_pdf
from inclusion_desk.documents.textes_modeles import NOMS_MODELES
from inclusion_desk.documents.textes_pied import acte, annexe, meta
from inclusion_desk.domain.annexes import numero_repartition
from inclusion_desk.domain.dossier import DossierSeance

Format = Literal["pdf", "docx"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Texte:
    """One document: its pages, what must be read in them, and its name."""

    sections: Callable[[DossierSeance], tuple[Section, ...]]
    expected: Callable[[DossierSeance], Iterator[str]]
    nom: Callable[[DossierSeance], str]


TEXTES: Mapping[str, Texte] = {
    rapport.NOM: Texte(rapport.sections, rapport.expected, lambda _: rapport.TITRE),
    "annexes": Texte(annexes.sections, annexes.expected, annexe),
    "annexe-4": Texte(
        repartition.sections, repartition.expected, lambda dossier: annexe(dossier, numero_repartition(dossier))
    ),
    "annexes-jointes": Texte(annexes.sections_jointes, annexes.expected_jointes, annexe),
    "deliberation": Texte(deliberation.sections, deliberation.expected, acte),
    "dossier-seance": Texte(dossier_seance.sections, dossier_seance.expected, lambda _: dossier_seance.TITRE),
    "dossier-interne": Texte(
        dossier_seance.sections_internes,
        dossier_seance.expected,
        lambda _: f"{dossier_seance.INTERNE} – {dossier_seance.TITRE}",
    ),
}
ESSAIS: Mapping[str, Callable[..., tuple[Section, ...]]] = {
    "rapport": rapport.sections,
    "annexe": annexes.sections,
    "deliberation": deliberation.sections,
    "page-de-garde": dossier_seance.garde,
}
"""What is shown of a template being written."""


def render(
    nature: str,
    dossier: DossierSeance,
    format_: Format,
    progress: Progress | None,
    attachments: tuple[Attachment, ...],
) -> bytes:
    """Make a document as PDF or DOCX.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    texte = TEXTES[nature]
    nomme = dossier.rapporte if nature == rapport.NOM else dossier
    content, page = texte.sections(dossier), meta(nomme, texte.nom(dossier), attachments)
    return render_pdf(content, page, progress) if format_ == "pdf" else _docx(content, page)


def render_essai(nom: str, source: str, dossier: DossierSeance, progress: Progress | None) -> bytes:
    """Make the PDF that a template being written gives.

    Raises:
        Refus: the template cannot be read or filled; the sentence says where.
    """
    return render_pdf(ESSAIS[nom](dossier, modele=source), meta(dossier, NOMS_MODELES[nom], ()), progress)


def _docx(content: tuple[Section, ...], page: PdfMeta) -> bytes:
    from inclusion_desk.documents.docx import render_docx  # noqa: PLC0415 - python-docx is loaded on first use

    return render_docx(content, page)


def verify(nature: str, content: bytes, dossier: DossierSeance, format_: Format) -> None:
    """Read a document back and compare it with its dossier.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    lu = lecture.read_pdf(content) if format_ == "pdf" else lecture.read_docx(content)
    texte = TEXTES[nature]
    lecture.require(lu, Counter(texte.expected(dossier)))
    lecture.compare(lu, texte.sections(dossier))
