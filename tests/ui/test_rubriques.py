"""Sentences that lead somewhere name a tab or a part that is there."""

from __future__ import annotations

import re
from pathlib import Path

import inclusion_desk
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.pages import PAGES

_NOMMEE = re.compile(r"(?:rubrique|onglet) (?:« |«\{INSECABLE\})?([A-ZÉ][^.,;:»\"]*)")


def named() -> set[str]:
    """Find every name that follows « rubrique » or « onglet » in the program, strings broken over lines joined."""
    sources = (f.read_text(encoding="utf-8") for f in Path(inclusion_desk.__file__).parent.rglob("*.py"))
    return {nom.strip() for source in sources for nom in _NOMMEE.findall(re.sub(r'"\s*\n\s*f?"', "", source))}


def test_every_tab_or_part_named_is_there(atelier: Atelier) -> None:
    plan = atelier.onglets.plan.values()
    titres = {onglet.titre.replace("&&", "§").replace("&", "").replace("§", "&") for onglet in plan}
    titres |= {partie.titre for onglet in plan for partie in onglet.parties}
    noms = named()
    assert len(noms) > 5
    assert {nom for nom in noms if not any(re.match(rf"{titre}\b", nom) for titre in titres)} == set()


def test_an_empty_page_leads_to_parts_that_are_there(atelier: Atelier) -> None:
    titres = {partie.titre for onglet in atelier.onglets.plan.values() for partie in onglet.parties}
    cites = {nom for page in PAGES.values() for nom in re.findall(r"« ([^»]+) »", page.conseil)}
    assert cites
    assert cites <= titres
