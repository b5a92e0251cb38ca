"""The dossier de séance: cover, contents, report, deliberation and every annexe in one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inclusion_desk.documents import annexes, deliberation, rapport, repartition
from inclusion_desk.documents.blocks import Contents, Heading, Paragraph, Run, Section, Style
from inclusion_desk.documents.dossier_seance_variables import variables
from inclusion_desk.documents.modeles import render_modele
from inclusion_desk.documents.textes_modeles import modele_de
from inclusion_desk.documents.textes_pied import pied
from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.dossier import DossierSeance

NOM = "page-de-garde"
TITRE = "Dossier de séance"
INTERNE = "Version interne – ne pas diffuser"
"""What the dossier that carries the workbook says of itself: it is not the one to be published."""
PROFONDEUR = 1
"""The deepest headings that the table of contents lists: the parts of the dossier."""


def garde(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Section, ...]:
    """Give the cover.

    Raises:
        Refus: a template that cannot be filled.
    """
    source = modele_de(dossier, NOM) if modele is None else modele
    return (Section(render_modele(source, variables(dossier)), footer=pied(dossier, TITRE)),)


def sections(dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the pages of the whole, each part with its own footer.

    Raises:
        Refus: a template that cannot be filled.
    """
    (couverture,) = garde(dossier)
    sommaire = (Heading(2, (Run("Sommaire"),)), Contents(PROFONDEUR))
    return (
        Section((*couverture.blocks, *sommaire), footer=couverture.footer),
        *rapport.sections(dossier),
        *deliberation.sections(dossier),
        *(annexes.sections(dossier) if thematiques_annexees(dossier) else ()),
        *repartition.sections(dossier),
        *annexes.sections_jointes(dossier),
    )


def sections_internes(dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the same pages, marked for the department alone on the cover and on every page.

    Raises:
        Refus: a template that cannot be filled.
    """
    couverture, *suite = sections(dossier)
    mention = Paragraph((Run(INTERNE, bold=True),), Style.CENTRED)
    parties = (replace(couverture, blocks=(mention, *couverture.blocks)), *suite)
    return tuple(replace(partie, footer=f"{INTERNE} – {partie.footer}") for partie in parties)


def expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the whole: all that its parts must print."""
    for part in (rapport.expected, deliberation.expected, annexes.expected, repartition.expected):
        yield from part(dossier)
    yield from annexes.expected_jointes(dossier)
