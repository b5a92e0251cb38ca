"""Makes acts and reads them back; loaded on first use, as it brings reportlab and Jinja."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from inclusion_desk.documents import lecture
from inclusion_desk.documents.actes_cout import decoupe
from inclusion_desk.documents.actes_fiches import fiche
from inclusion_desk.documents.actes_mots import duree
from inclusion_desk.documents.actes_variables import fiches, reference, titre, variables
from inclusion_desk.documents.blocks import Heading, Paragraph, Run, Section, Style, headings_of, runs_of
from inclusion_desk.documents.modeles import bind, render_modele
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.rendering import lay_out
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.domain.actes import Acte, FicheAnnexee
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.modeles_actes import Cout
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import compter, format_date_longue

Format = Literal["pdf", "docx"]
_ESSAIS = 3
"""How many times the pages are laid out until the number stated is the number there is."""


def source(acte: Acte, modele: str | None) -> str:
    """Give the template to use: the one asked for, else the one the act went out with, else ours."""
    if modele is not None:
        return modele
    return acte.source or modele_livre("avenant" if acte.avenant else "convention")


def sections(acte: Acte, modele: str | None) -> tuple[Section, ...]:
    """Give the pages of an act and of its sheets, the act saying how many there are.

    The number is left unsaid where stating it would change it for ever.

    Raises:
        Refus: a template that cannot be filled.
    """
    voulu, pages = source(acte, modele), ""
    annexes = _annexes(acte)
    suite = count_pages(annexes)  # each section begins a page: sheets take as many whatever the act says
    for _ in range(_ESSAIS):
        corps = _corps(acte, voulu, pages)
        comptees = compter(count_pages((corps,)) + suite, "page")
        if comptees == pages:
            return (corps, *annexes)
        pages = comptees
    return (_corps(acte, voulu, ""), *annexes)


def sections_modifiables(acte: Acte, modele: str | None) -> tuple[Section, ...]:
    """Give the same for a file that is edited: its footer counts the pages, the text does not."""
    return (_corps(acte, source(acte, modele), ""), *_annexes(acte))


@lru_cache(maxsize=4)  # the two formats of an act, and their reading back, ask for the same pages
def _corps(acte: Acte, voulu: str, pages: str) -> Section:
    return Section(render_modele(voulu, variables(acte, pages)), footer=pied(acte))


@lru_cache(maxsize=4)
def _annexes(acte: Acte) -> tuple[Section, ...]:
    return tuple(_annexe(acte, annexee) for annexee in fiches(acte))


def _annexe(acte: Acte, annexee: FicheAnnexee) -> Section:
    numero = reference(annexee.annexe).capitalize()
    blocks = (
        Heading(1, (Run(bind(f"{numero} – {annexee.fiche.titre}")),)),
        Paragraph((Run(bind(acte.beneficiaire.nom), bold=True),), Style.CENTRED),
        fiche(acte, annexee),
    )
    return Section(blocks, footer=pied(acte, f"{numero} – "))


def pied(acte: Acte, quoi: str = "") -> str:
    """Write the footer of the pages: whom the act is with, and which act it is."""
    return bind(f"{quoi}{acte.beneficiaire.nom} – {titre(acte)}")


def count_pages(contenu: tuple[Section, ...]) -> int:
    """Count the pages that sections take once laid out."""
    return sum(1 for _ in lay_out(contenu, Structure(), Anchors(headings_of(contenu))))


def render(acte: Acte, format_: Format, modele: str | None, progress: Callable[[int, int], None] | None) -> bytes:
    """Make an act as PDF or DOCX.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    meta = _meta(acte)
    if format_ == "pdf":
        return render_pdf(sections(acte, modele), meta, progress)
    from inclusion_desk.documents.docx import render_docx  # noqa: PLC0415 - python-docx is loaded on first use

    return render_docx(sections_modifiables(acte, modele), meta)


def _meta(acte: Acte) -> PdfMeta:
    return PdfMeta(
        title=bind(f"{titre(acte)} – {acte.beneficiaire.nom}"),
        author=f"Département {du_departement(acte.departement.nom)}",
        subject=acte.objet,
        date=acte.autorisation.jour if acte.autorisation else None,
        footer=pied(acte),
    )


def verify(content: bytes, acte: Acte, format_: Format, modele: str | None) -> None:
    """Read an act back and compare it with what it must say.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    lu = lecture.read_pdf(content) if format_ == "pdf" else lecture.read_docx(content)
    lecture.require(lu, Counter(expected(acte)))
    lecture.compare(lu, sections_modifiables(acte, modele))


def expected(acte: Acte) -> Iterator[str]:
    """List what must be read in an act, as many times as it must be: its numbers, its dates, its amounts."""
    yield acte.numero
    if acte.beneficiaire.siret:
        yield format_siret(acte.beneficiaire.siret)
    jours = (
        acte.autorisation.jour if acte.autorisation else None,
        acte.convention_signee_le if acte.avenant else None,
        acte.beneficiaire.date_deliberation,
    )
    yield from (format_date_longue(jour) for jour in jours if jour)
    yield from _cout(acte)
    for annexee in fiches(acte):
        yield from _fiche(acte, annexee)


def _cout(acte: Acte) -> Iterator[str]:
    parametres = acte.parametres
    if not acte.avenant or parametres.duree or parametres.cout is not Cout.AUCUN:
        yield duree(acte.debut, acte.fin)
    if acte.avenant and parametres.cout is Cout.AUCUN:
        return
    if acte.montant:
        yield format_montant_acte(acte.montant)
    for une in decoupe(acte):
        yield format_montant_acte(une.montant)
        yield duree(une.debut, une.fin)


def _fiche(acte: Acte, annexee: FicheAnnexee) -> Iterator[str]:
    """List what one sheet must say; the amounts of its texts are those that its blocks hold."""
    yield duree(annexee.debut, annexee.fin)
    if annexee.code_operation and any(annexee.montants):
        yield annexee.code_operation
    yield from lecture.amounts(" ".join(run.text for run in runs_of((fiche(acte, annexee),))))
