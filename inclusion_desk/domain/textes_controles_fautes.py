"""The linter of typing: spaces, doubled words, and misspellings no dictionary is needed for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusion_desk.domain.text import compter, enumerer
from inclusion_desk.domain.textes_controles import Regle, extraits

_REPETE = re.compile(r"\b([^\W\d_]{2,}) \1\b", re.IGNORECASE)
_LEGITIMES = frozenset({"nous", "vous", "xx", "xxx", "xxxx"})
_ESPACES = (
    (re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])"), "double espace", "doubles espaces"),
    (re.compile(r"(?<=\w) +,(?=\s|$)"), "espace avant une virgule", "espaces avant une virgule"),
    (re.compile(r"(?<=\w) +\.(?=\s|$)"), "espace avant un point", "espaces avant un point"),
    (re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])"), "virgule sans espace", "virgules sans espace"),
)
CORRECTIONS = {
    "academie": "académie",
    "accompagnment": "accompagnement",
    "accompgnement": "accompagnement",
    "associaitf": "associatif",
    "bénéficaire": "bénéficiaire",
    "bénéficiare": "bénéficiaire",
    "bénficiant": "bénéficiant",
    "bialn": "bilan",
    "côut": "coût",
    "decembre": "décembre",
    "delai": "délai",
    "diagnotic": "diagnostic",
    "empoi": "emploi",
    "equilibré": "équilibré",
    "évalutation": "évaluation",
    "fevrier": "février",
    "finacement": "financement",
    "intermédaire": "intermédiaire",
    "interêt": "intérêt",
    "partique": "pratique",
    "profesionnel": "professionnel",
    "rédéfinition": "redéfinition",
    "rigeur": "rigueur",
    "ventillation": "ventilation",
    "cette outil": "cet outil",
    "la présent avenant": "le présent avenant",
    "l’outils": "l’outil",
    "obligatoirecavec": "obligatoire avec",
}
"""The misspellings of the case’s models (l.351-3306), each with what is meant; plurals follow."""
_FAUTES = re.compile(rf"\b({'|'.join(map(re.escape, CORRECTIONS))})(?:s|le|les)?\b", re.IGNORECASE)


def _mots_repetes(texte: str) -> Iterator[str]:
    """A word typed twice."""
    trouves = [t for t in _REPETE.finditer(texte) if t[1].lower() not in _LEGITIMES]
    if trouves:
        quoi = "un mot est répété" if len(trouves) == 1 else f"{len(trouves)} mots sont répétés"
        yield f"{quoi} ({extraits(texte, trouves)}) : effacez le second"


def _espaces(texte: str) -> Iterator[str]:
    """Spaces too many or missing; those that do not break are set by the documents."""
    releves, trouves = [], []
    for motif, un, plusieurs in _ESPACES:
        if places := list(motif.finditer(texte)):
            releves.append(compter(len(places), un, plusieurs))
            trouves += places
    if releves:
        premier = min(trouves, key=lambda trouve: trouve.start())
        yield f"il y a {enumerer(releves)}, d’abord dans {extraits(texte, [premier])} : corrigez"


def _fautes(texte: str) -> Iterator[str]:
    """Misspellings known from the case."""
    trouvees = dict.fromkeys((t[1], CORRECTIONS[t[1].lower()]) for t in _FAUTES.finditer(texte.replace("'", "’")))
    if trouvees:
        cites = [f"« {faute} » pour « {juste} »" for faute, juste in list(trouvees)[:3]]
        reste = len(trouvees) - len(cites)
        suite = f" et {compter(reste, 'autre faute', 'autres fautes')}" if reste > 0 else ""
        yield f"on lit {', '.join(cites)}{suite} : corrigez"


_CAS = "Délibération n° 2024-587, annexes 5 à 10"
REGLES_FAUTES = (
    Regle("TXT-16", "Mot répété", _mots_repetes, _CAS, grave=False),
    Regle("TXT-17", "Espaces", _espaces, _CAS, grave=False),
    Regle("TXT-18", "Faute de frappe", _fautes, _CAS, grave=False),
)
"""The rules about typing."""
