"""Conventions and avenants as documents: from an act to a PDF or a DOCX and back, and what their templates print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from inclusion_desk.documents.actes_mots import nom_de_fichier
from inclusion_desk.documents.actes_variables import AVENANT, CONVENTION
from inclusion_desk.documents.blocks import Section
from inclusion_desk.domain.actes import Acte

NOMS_ACTES: Mapping[str, str] = {"convention": "Convention", "avenant": "Avenant"}
"""The templates of acts a user may edit, with their titles."""
_VARIABLES: Mapping[str, Mapping[str, str]] = {"convention": CONVENTION, "avenant": AVENANT}


def sections(acte: Acte, *, modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of an act, then of each sheet it annexes.

    ``modele`` is the text of a template to use instead of the one the act went out with, or of ours. The act says how
    many pages there are, its sheets included.

    Raises:
        Refus: a template that cannot be filled.
    """
    from inclusion_desk.documents import actes_rendu  # noqa: PLC0415 - reportlab and Jinja are loaded on first use

    return actes_rendu.sections(acte, modele)


def expected(acte: Acte) -> Iterator[str]:
    """List what must be read in an act, as many times as it must be: its numbers, its dates, its amounts."""
    from inclusion_desk.documents import actes_rendu  # noqa: PLC0415 - idem

    return actes_rendu.expected(acte)


def render_acte(
    acte: Acte,
    format: Literal["pdf", "docx"],  # noqa: A002 - the word users have for it
    *,
    modele: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Make an act and its sheets as PDF or DOCX.

    ``progress`` is told the pages done and their number, and may raise to interrupt.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    from inclusion_desk.documents import actes_rendu  # noqa: PLC0415 - idem

    return actes_rendu.render(acte, format, modele, progress)


def verify_acte(
    content: bytes,
    acte: Acte,
    format: Literal["pdf", "docx"],  # noqa: A002 - idem
    *,
    modele: str | None = None,
) -> None:
    """Read an act back: each number, date and amount must be there, amounts exactly as often as they must be.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    from inclusion_desk.documents import actes_rendu  # noqa: PLC0415 - idem

    actes_rendu.verify(content, acte, format, modele)


def relecture(acte: Acte, modele: str) -> tuple[str, int]:
    """Give what an act says in a template being written, as plain text, and its number of pages.

    Raises:
        Refus: a template that cannot be filled.
    """
    from inclusion_desk.documents import actes_rendu  # noqa: PLC0415 - idem
    from inclusion_desk.documents.texte_brut import texte_brut  # noqa: PLC0415 - idem

    contenu = actes_rendu.sections(acte, modele)
    return texte_brut(contenu), actes_rendu.count_pages(contenu)


def nom_fichier(acte: Acte, extension: str) -> str:
    """Name the file of an act so that those of a convention sort together.

    ``2024-01213-avenant-1-pas-de-calais-actif.pdf``: ASCII, lower case, 80 characters at most.
    """
    quoi = f"avenant {acte.rang}" if acte.avenant else "convention"
    return nom_de_fichier((acte.numero, quoi, acte.beneficiaire.nom), extension)


def variables_de(nom: str) -> dict[str, str]:
    """Describe every variable that the template of a convention or an avenant may use, in French."""
    return dict(_VARIABLES[nom])


def verifier(nom: str, source: str) -> None:
    """Check the template of an act as it is written: its language and the variables it names.

    Raises:
        Refus: naming the line.
    """
    from inclusion_desk.documents.modeles import verifier_modele  # noqa: PLC0415 - idem

    verifier_modele(source, {decrite.split(".")[0] for decrite in _VARIABLES[nom]}, ())


__all__ = [
    "AVENANT",
    "CONVENTION",
    "NOMS_ACTES",
    "expected",
    "nom_fichier",
    "relecture",
    "render_acte",
    "sections",
    "variables_de",
    "verifier",
    "verify_acte",
]
