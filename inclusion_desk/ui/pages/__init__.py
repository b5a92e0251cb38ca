"""The four pages as data: columns, form and words of each subject."""

from __future__ import annotations

from collections.abc import Mapping

from inclusion_desk.ui.description import Description
from inclusion_desk.ui.pages.budget import BUDGET
from inclusion_desk.ui.pages.dispositifs import DISPOSITIFS
from inclusion_desk.ui.pages.propositions import PROPOSITIONS
from inclusion_desk.ui.pages.structures import STRUCTURES

PAGES: Mapping[str, Description] = {page.sujet: page for page in (STRUCTURES, DISPOSITIFS, BUDGET, PROPOSITIONS)}
"""The pages, by subject, in the order of the tabs."""
