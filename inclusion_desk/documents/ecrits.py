"""What the letters and the certificates of the direction share: who writes, on which convention, in which format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from inclusion_desk.documents import lecture
from inclusion_desk.documents.actes_mots import titre_signature
from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.modeles import bind
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.textes_mots import A_REMPLIR
from inclusion_desk.domain.actes import Departement
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.text import format_date_longue

Format = Literal["pdf", "docx"]
VARIABLES: Mapping[str, str] = {
    "departement.nom": "Le nom du département",
    "du_departement": "Le même après la préposition : du Pas-de-Calais",
    "departement.pole": "Le pôle, vide s’il n’est pas renseigné",
    "departement.direction": "La direction",
    "departement.lieu": "Le lieu de signature, vide s’il n’est pas renseigné",
    "departement.signataire": "Le nom du signataire, ou des points à remplir",
    "departement.qualite_signataire": "La qualité du signataire",
    "organisme.nom": "Le nom de la structure",
    "organisme.adresse": "L’adresse du siège",
    "convention.numero": "Le numéro de la convention",
    "convention.objet": "L’objet de la convention",
    "convention.signee_le": "La date de signature, vide si elle n’est pas connue",
}
"""What the templates of them all may print."""


def expediteur(departement: Departement) -> dict[str, str]:
    """Give the variables of the Département, and of who signs for it."""
    qualite = departement.qualite_signataire
    return {
        "nom": departement.nom,
        "pole": departement.pole,
        "direction": departement.direction,
        "lieu": departement.lieu,
        "signataire": departement.signataire or A_REMPLIR,
        "qualite_signataire": titre_signature(qualite) if qualite else "",
    }


def convention(numero: str, objet: str, signee_le: date | None) -> dict[str, str]:
    """Give the variables of the convention it is about."""
    return {
        "numero": numero,
        "objet": objet,
        "signee_le": format_date_longue(signee_le) if signee_le else "",
    }


def meta(titre: str, objet: str, departement: Departement, jour: date) -> PdfMeta:
    """Say what the file tells of itself."""
    return PdfMeta(
        title=bind(titre),
        author=f"Département {du_departement(departement.nom)}",
        subject=objet,
        date=jour,
        footer=bind(titre),
    )


def render(sections: tuple[Section, ...], dit: PdfMeta, format: Format) -> bytes:  # noqa: A002 - the word users have
    """Make the file of some pages.

    Raises:
        Refus: a character that cannot be printed.
    """
    if format == "pdf":
        return render_pdf(sections, dit)
    from inclusion_desk.documents.docx import render_docx  # noqa: PLC0415 - python-docx is loaded on first use

    return render_docx(sections, dit)


def verify(
    content: bytes,
    sections: tuple[Section, ...],
    attendus: Iterable[str],
    format: Format,  # noqa: A002 - idem
) -> None:
    """Read a file back: its amounts exactly as written, and ``attendus`` at least as often as given.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    lu = lecture.read_pdf(content) if format == "pdf" else lecture.read_docx(content)
    lecture.require(lu, Counter(attendus))
    lecture.compare(lu, sections)
