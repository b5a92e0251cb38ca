"""The pages of rows as data: columns, form and words of each subject."""

from __future__ import annotations

from collections.abc import Mapping

from inclusion_desk.domain.paresse import Paresseux
from inclusion_desk.ui.description import Description
from inclusion_desk.ui.pages.budget import BUDGET
from inclusion_desk.ui.pages.campagne import PERIODES, PHASES, THEMATIQUES
from inclusion_desk.ui.pages.candidatures import CANDIDATURES
from inclusion_desk.ui.pages.decisions import DECISIONS
from inclusion_desk.ui.pages.dispositifs import DISPOSITIFS
from inclusion_desk.ui.pages.propositions import PROPOSITIONS
from inclusion_desk.ui.pages.repertoires import ANNEXES, AVIS, ELUS, GROUPES, MANDATS, REFERENCES
from inclusion_desk.ui.pages.structures import STRUCTURES

_TOUTES = (
    STRUCTURES, DISPOSITIFS, BUDGET, PROPOSITIONS, CANDIDATURES, THEMATIQUES, PHASES, PERIODES, DECISIONS,
    ELUS, GROUPES, MANDATS, REFERENCES, AVIS, ANNEXES,
)  # fmt: skip


def _after_vote() -> Mapping[str, Description]:
    from inclusion_desk.ui.pages.conventions import AVENANTS, CONVENTIONS, FICHES  # noqa: PLC0415 - see ``Paresseux``
    from inclusion_desk.ui.pages.montants import ANNEXES_ACTES, MONTANTS  # noqa: PLC0415 - idem

    return {page.sujet: page for page in (CONVENTIONS, AVENANTS, FICHES, MONTANTS, ANNEXES_ACTES)}


PAGES: Mapping[str, Description] = Paresseux(
    {page.sujet: page for page in _TOUTES},
    ("conventions", "avenants", "fiches", "montants", "annexes_actes"),
    _after_vote,
)
"""The pages, by subject."""
