"""The selection as tab-separated text, safe to paste in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusion_desk.domain.money import MOINS

_NOMBRE = re.compile(r"-?\d+(?:,\d+)?")
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


def cellule(texte: str) -> str:
    """Make one cell: no tab or line break inside, no beginning that a spreadsheet takes for a formula, plain spaces."""
    protege = f"'{texte}" if texte.startswith(_DANGEREUX) else texte
    return " ".join(protege.split())


def nombre(texte: str) -> str:
    """Make one cell of an amount or a number: sign, digits and comma only, so that it pastes as a number."""
    net = texte.replace("\u00a0", "").replace("\u202f", "").replace(MOINS, "-")
    return net if _NOMBRE.fullmatch(net) else cellule(net)


def tsv(lignes: Iterable[Iterable[str]]) -> str:
    """Join cells already made into lines of tab-separated text."""
    return "\n".join("\t".join(ligne) for ligne in lignes)
