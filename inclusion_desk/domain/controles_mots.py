"""How findings quote: names between guillemets, a few named and the others counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusion_desk.domain.text import compter, enumerer

_OUVRANT, _FERMANT = re.compile(r"«\s*"), re.compile(r"\s*»")


def guillemets(texte: str) -> str:
    """Quote a text; the guillemets it holds become “ ”, as typography wants them inside a quotation."""
    return f"« {_FERMANT.sub('”', _OUVRANT.sub('“', texte.strip()))} »"


def citer(noms: Iterable[str], autres: str = "", maximum: int = 3) -> str:
    """Name a few things and count the others: ``« A », « B », « C » et 12 autres``; ``autres`` says other what."""
    distincts = list(dict.fromkeys(noms))
    cites = [guillemets(nom) for nom in distincts[:maximum]]
    reste = len(distincts) - maximum
    if reste <= 0:
        return enumerer(cites)
    un, plusieurs = (f"autre {autres}", f"autres {autres}s") if autres else ("autre", "autres")
    return f"{', '.join(cites)} et {compter(reste, un, plusieurs)}"
