"""The registry of texts: from a dossier to a PDF or a DOCX and back, and the templates behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from inclusion_desk.documents.annexes_variables import ANNEXE, TABLEAUX
from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.deliberation_variables import DELIBERATION, TABLEAUX_DELIBERATION
from inclusion_desk.documents.dossier_seance_variables import PAGE_DE_GARDE
from inclusion_desk.documents.rapport_variables import RAPPORT
from inclusion_desk.documents.textes_modeles import NOMS_MODELES, modele_livre
from inclusion_desk.domain.dossier import DossierSeance

if TYPE_CHECKING:  # reportlab and Jinja are loaded on first use
    from inclusion_desk.documents.pdf import Attachment

NATURES_TEXTE = ("rapport", "annexes", "annexe-4", "deliberation", "dossier-seance")
"""The documents of a sitting.

``annexes-jointes`` is accepted too, for the joined texts alone, and ``dossier-interne``, for the dossier marked so.
"""


def sections(nature: str, dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the pages of a document, before any file format.

    Raises:
        Refus: a template that cannot be filled.
    """
    from inclusion_desk.documents.textes_rendu import TEXTES  # noqa: PLC0415 - see above

    return TEXTES[nature].sections(dossier)


def render_texte(
    nature: str,
    dossier: DossierSeance,
    format: Literal["pdf", "docx"],  # noqa: A002 - the word users have for it
    progress: Callable[[int, int], None] | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """Make a document as PDF (PDF/A-3 with ``attachments``) or DOCX.

    ``progress`` is told the pages done and their number, and may raise to interrupt.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    from inclusion_desk.documents.textes_rendu import render  # noqa: PLC0415 - see above

    return render(nature, dossier, format, progress, attachments)


def verify_texte(
    nature: str,
    content: bytes,
    dossier: DossierSeance,
    format: Literal["pdf", "docx"],  # noqa: A002 - idem
) -> None:
    """Read a document back: every amount, number and vote count must be there, exactly as often as it must be.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    from inclusion_desk.documents.textes_rendu import verify  # noqa: PLC0415 - see above

    verify(nature, content, dossier, format)


_VARIABLES: Mapping[str, Mapping[str, str]] = {
    "rapport": RAPPORT,
    "annexe": ANNEXE,
    "deliberation": DELIBERATION,
    "page-de-garde": PAGE_DE_GARDE,
}
_TABLEAUX: Mapping[str, Mapping[str, str]] = {"annexe": TABLEAUX, "deliberation": TABLEAUX_DELIBERATION}


def variables_de(nature: str) -> dict[str, str]:
    """Describe every variable that a template may use; ``articles.numero`` is the ``numero`` of one of ``articles``."""
    return dict(_VARIABLES[nature])


def tableaux_de(nature: str) -> dict[str, str]:
    """Describe every table that a template may call by its name."""
    return dict(_TABLEAUX.get(nature, {}))


def verifier(nom: str, source: str) -> None:
    """Check a template as it is written: its language, the variables and the tables it names.

    Raises:
        Refus: naming the line.
    """
    from inclusion_desk.documents.modeles import verifier_modele  # noqa: PLC0415 - see above

    verifier_modele(source, {decrite.split(".")[0] for decrite in _VARIABLES[nom]}, tableaux_de(nom))


def essayer_modele(nom: str, source: str, dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the pages of a dossier filled in a template being written, for its preview.

    Raises:
        Refus: the template cannot be read or filled; the sentence says where.
    """
    from inclusion_desk.documents.textes_rendu import ESSAIS  # noqa: PLC0415 - see above

    return ESSAIS[nom](dossier, modele=source)


def render_essai(
    nom: str, source: str, dossier: DossierSeance, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """Make the PDF that a template being written gives.

    Raises:
        Refus: the template cannot be read or filled; the sentence says where.
    """
    from inclusion_desk.documents.textes_rendu import render_essai as render  # noqa: PLC0415 - see above

    return render(nom, source, dossier, progress)


__all__ = [
    "NATURES_TEXTE",
    "NOMS_MODELES",
    "essayer_modele",
    "modele_livre",
    "render_essai",
    "render_texte",
    "sections",
    "tableaux_de",
    "variables_de",
    "verifier",
    "verify_texte",
]
