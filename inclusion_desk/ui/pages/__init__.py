"""The pages of rows as data: columns, form and words of each subject."""

from __future__ import annotations

from collections.abc import Mapping

from inclusion_desk.ui.description import Description
from inclusion_desk.ui.pages.budget import BUDGET
from inclusion_desk.ui.pages.campagne import PERIODES, PHASES, THEMATIQUES
from inclusion_desk.ui.pages.candidatures import CANDIDATURES
from inclusion_desk.ui.pages.conventions import AVENANTS, CONVENTIONS, FICHES
from inclusion_desk.ui.pages.decisions import DECISIONS
from inclusion_desk.ui.pages.dispositifs import DISPOSITIFS
from inclusion_desk.ui.pages.montants import ANNEXES_ACTES, MONTANTS
from inclusion_desk.ui.pages.propositions import PROPOSITIONS
from inclusion_desk.ui.pages.repertoires import ANNEXES, AVIS, ELUS, GROUPES, MANDATS, REFERENCES
from inclusion_desk.ui.pages.structures import STRUCTURES

_TOUTES = (
    STRUCTURES, DISPOSITIFS, BUDGET, PROPOSITIONS, CANDIDATURES, THEMATIQUES, PHASES, PERIODES, DECISIONS,
    ELUS, GROUPES, MANDATS, REFERENCES, AVIS, ANNEXES, CONVENTIONS, AVENANTS, FICHES,
    MONTANTS, ANNEXES_ACTES,
)  # fmt: skip
PAGES: Mapping[str, Description] = {page.sujet: page for page in _TOUTES}
"""The pages, by subject."""
