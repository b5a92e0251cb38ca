"""The proof-reading of a template of acts before it is saved: what it renders for sample acts, and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.relecture_actes import RELECTEURS, bloquantes
from inclusion_desk.domain.relecture_texte import Lecture, Remarque, lire, remarquer
from inclusion_desk.domain.text import compter

CODES_MODELE = frozenset(("TXT-01", "TXT-02", "TXT-03", "TXT-04", "TXT-05", "TXT-06", "TXT-10", "REL-01", "REL-03"))
"""The rules that no act of a template may break; the others depend on what is typed in its fields."""
_CODES_SOURCE = frozenset(("TXT-05", "TXT-06"))
_COMMENTAIRE = re.compile(r"\{#.*?#\}", re.DOTALL)
_POINTILLES = re.compile(r"…{4,}")
_BALISE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def relire_modele(
    rendus: Mapping[str, str], *, source: str = "", pages: Mapping[str, int] | None = None
) -> tuple[Remarque, ...]:
    """Give the blocking remarks on a template, read through its source and what it renders for acts (name to text).

    Refused: two articles of one number, a number left out, an annexe announced and not there, a blank (XXXX, xx), a
    number of pages typed by hand, a financial avenant without an article on its cost. ``pages`` is how many pages each
    act really has: a number equal to it passes, unless the source spells it out. Lines are those of the source, else of
    the first act that shows the fault.
    """
    reels = pages or {}
    remarques = [_dire("le modèle", remarque, ()) for remarque in _source(source)]
    par_faute: dict[tuple[str, str], tuple[Remarque, list[str]]] = {}
    for nom, texte in rendus.items():
        # Once the source is read, dots are what an act prints for what is not known yet: no fault of the template.
        complet = _POINTILLES.sub("valeur", texte) if source else texte
        for remarque in _bloquantes(lire(complet, pages=reels.get(nom)), CODES_MODELE):
            if source and nom not in reels and _compte_rendu(remarque):
                continue
            cle = remarque.code, remarque.phrase.partition(", ")[2]
            par_faute.setdefault(cle, (remarque, []))[1].append(nom)
    remarques += [_dire(f"l’exemple {guillemets(noms[0])}", r, noms[1:]) for r, noms in par_faute.values()]
    return tuple(remarques)


def _compte_rendu(remarque: Remarque) -> bool:
    """Tell whether a remark is about a number of pages that, not spelt out by the source, nothing says to be wrong."""
    return remarque.code == "TXT-05" and "écrit à la main" in remarque.phrase


def _source(source: str) -> tuple[Remarque, ...]:
    """Read the source as it is typed: comments are left out, expressions stand for a word."""
    if not source:
        return ()
    nu = _COMMENTAIRE.sub(_lignes_seules, source)
    return _bloquantes(lire(_BALISE.sub(_word, nu)), _CODES_SOURCE)


def _word(trouve: re.Match[str]) -> str:
    """Read an expression as a word, and a condition as nothing: what follows it is not glued to a word."""
    mot = "" if trouve.group().startswith("{%") else "valeur"
    return f"{mot}{_lignes_seules(trouve)}"


def _lignes_seules(trouve: re.Match[str]) -> str:
    """Keep the line breaks, so that lines count as in the source."""
    return "\n" * trouve.group().count("\n")


def _bloquantes(lecture: Lecture, codes: Iterable[str]) -> tuple[Remarque, ...]:
    voulus = [relecteur for relecteur in RELECTEURS if relecteur.code in codes]
    return bloquantes(remarquer(relecteur, releve) for relecteur in voulus for releve in relecteur.relever(lecture))


def _dire(lieu: str, remarque: Remarque, autres: Iterable[str]) -> Remarque:
    reste = len(list(autres))
    aussi = f" et dans {compter(reste, 'autre exemple', 'autres exemples')}" if reste else ""
    debut = remarque.phrase[0].lower() + remarque.phrase[1:]
    return Remarque(remarque.code, remarque.gravite, f"Dans {lieu}{aussi}, {debut}", remarque.ligne, remarque.autres)
