"""What a template may do with values: print, join, compare and go through them, within the budgets of a rendering."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.runtime import Context, LoopContext

from inclusion_desk.documents.modeles_langage import Faute, citer, correction
from inclusion_desk.documents.modeles_markdown import FIRST_PLACE, LAST_PLACE

TRAVAIL_MAX = 3_000_000
"""How many words and signs of its loops a template may go through, in all."""
TEXTE_MAX = 1_000_000
"""How many characters it may write or build, in all: some three hundred pages."""
RENDU = "rendu en cours"
"""Where a rendering is kept among the variables; no template can name it, as it is no identifier."""
TOUR, JOINDRE, SIMPLE, CONTENANT = "tour", "joindre", "simple", "contenant"
"""Filters of our own, put into the tree once it is checked; no template may write them."""
BOUCLE = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
"""What a template may ask of ``loop``."""


@dataclass(slots=True)
class Rendu:
    """One rendering: what is left of its budgets, and the values printed, by the character that stands for each."""

    travail: int = TRAVAIL_MAX
    texte: int = TEXTE_MAX
    valeurs: dict[int, str] = field(default_factory=dict)

    def travailler(self, pas: int) -> None:
        """Spend work; nothing is done beyond the budget."""
        self.travail -= pas
        if self.travail < 0:
            raise Faute("tourne sans fin", "réduisez ses boucles emboîtées ou les listes qu’elles parcourent")

    def ecrire(self, longueur: int) -> None:
        """Spend characters; none is written beyond the budget."""
        self.texte -= longueur
        if self.texte < 0:
            raise Faute("écrit sans fin", "réduisez ses boucles ou les textes qu’il assemble")

    def placer(self, valeur: str) -> str:
        """Keep a value, and give the character that stands for it until the Markdown is read."""
        place = FIRST_PLACE + len(self.valeurs)
        if place > LAST_PLACE:
            raise Faute("imprime trop de valeurs", "répartissez-le en plusieurs modèles")
        self.valeurs[place] = valeur
        return chr(place)


class Absente(StrictUndefined):
    """What a template asks for and is not there; any use of it is a French sentence."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        brut = str(self._undefined_name)
        nom = citer(brut)
        if isinstance(self._undefined_obj, Mapping):
            rubriques = [cle for cle in self._undefined_obj if isinstance(cle, str)]
            return f"la rubrique {nom} n’existe pas, {correction(brut, rubriques, 'corrigez son nom')}"
        if isinstance(self._undefined_obj, LoopContext):
            return f"une boucle n’a pas de rubrique {nom}, {correction(brut, BOUCLE, 'corrigez son nom')}"
        if isinstance(self._undefined_name, int) and not isinstance(self._undefined_name, bool):
            return f"la liste n’a pas de rang {brut}, prévoyez ce cas par une condition"
        return f"la rubrique {nom} est demandée à ce qui n’en a pas, retirez-la"


def present(valeur: object) -> None:
    """Stop at what is not there, with its sentence."""
    if isinstance(valeur, Undefined):
        str(valeur)  # raises its sentence


def _imprimable(valeur: object) -> str:
    """Give the text of a value; lists, dates and the like would print as Python writes them."""
    present(valeur)
    if isinstance(valeur, str) or (isinstance(valeur, int) and not isinstance(valeur, bool)):
        return str(valeur)
    raise Faute(
        "imprime autre chose qu’un texte ou un nombre entier",
        "parcourez une liste par une boucle, demandez une rubrique, posez une condition",
    )


@pass_context
def imprimer(context: Context, valeur: object) -> str:
    """Print a value: a single character in the Markdown, so that nothing in it is ever read as Markdown."""
    rendu: Rendu = context[RENDU]
    texte = _imprimable(valeur)
    rendu.ecrire(len(texte))
    return rendu.placer(texte)


@pass_context
def _tour(context: Context, valeur: object, poids: int) -> Sequence[object]:
    """Pay for every turn of a loop before the first one; ``poids`` is what its body holds."""
    rendu: Rendu = context[RENDU]
    present(valeur)
    if isinstance(valeur, str | bytes | Mapping) or not isinstance(valeur, Iterable):
        raise Faute("parcourt par une boucle ce qui n’est pas une liste", "retirez la boucle ou nommez une liste")
    suite = valeur if isinstance(valeur, Sequence) else tuple(islice(valeur, rendu.travail // poids + 1))
    rendu.travailler(len(suite) * poids)
    return suite


@pass_context
def joindre(context: Context, *valeurs: object) -> str:
    """Put texts and numbers end to end."""
    return _join(context, valeurs)


@pass_context
def _join(context: Context, valeurs: object, separateur: str = "") -> str:
    rendu: Rendu = context[RENDU]
    present(valeurs)
    if isinstance(valeurs, str) or not isinstance(valeurs, Sequence):
        raise Faute("joint ce qui n’est pas une liste", "nommez une liste")
    rendu.travailler(len(valeurs))
    textes = [_imprimable(valeur) for valeur in valeurs]
    rendu.ecrire(sum(map(len, textes)) + len(_imprimable(separateur)) * len(textes))
    return _imprimable(separateur).join(textes)


def _texte(context: Context, valeur: object) -> str:
    rendu: Rendu = context[RENDU]
    texte = _imprimable(valeur)
    rendu.ecrire(len(texte))
    return texte


@pass_context
def _upper(context: Context, valeur: object) -> str:
    return _texte(context, valeur).upper()


@pass_context
def _lower(context: Context, valeur: object) -> str:
    return _texte(context, valeur).lower()


@pass_context
def _capitalize(context: Context, valeur: object) -> str:
    texte = _texte(context, valeur)
    return f"{texte[:1].upper()}{texte[1:]}"


def _length(valeur: object) -> int:
    present(valeur)
    if isinstance(valeur, Collection):
        return len(valeur)
    raise Faute("compte ce qui n’est pas une liste", "nommez une liste")


@pass_context
def _first(context: Context, valeur: object, place: int = 0) -> object:
    present(valeur)
    if not isinstance(valeur, Sequence):
        raise Faute("cherche un rang dans ce qui n’est pas une liste", "nommez une liste")
    vide = context.environment.undefined(hint="la liste est vide, prévoyez ce cas par une condition")
    return valeur[place] if valeur else vide


@pass_context
def _last(context: Context, valeur: object) -> object:
    return _first(context, valeur, -1)


def _default(valeur: object, autre: object = "", vide: object = False) -> object:  # noqa: FBT002 - Jinja's signature
    return autre if isinstance(valeur, Undefined) or (vide and not valeur) else valeur


def _simple(valeur: object) -> object:
    """Let through what compares at once; comparing lists may take for ever."""
    present(valeur)
    if isinstance(valeur, Collection) and not isinstance(valeur, str):
        raise Faute("compare une liste", "comparez-en le nombre ou les rubriques")
    return valeur


@pass_context
def _contenant(context: Context, valeur: object) -> object:
    """Pay for the search of a value in a list or a text."""
    rendu: Rendu = context[RENDU]
    present(valeur)
    if not isinstance(valeur, Collection):
        raise Faute("cherche dans ce qui n’est pas une liste", "nommez une liste")
    rendu.travailler(len(valeur))
    return valeur


def _entier(valeur: object) -> int:
    present(valeur)
    if isinstance(valeur, int):
        return valeur
    raise Faute("demande la parité de ce qui n’est pas un nombre entier", "retirez cette condition")


FONCTIONS: Mapping[str, Callable[..., object]] = {
    "upper": _upper, "lower": _lower, "capitalize": _capitalize, "first": _first, "last": _last,
    "length": _length, "join": _join, "default": _default,
    TOUR: _tour, JOINDRE: joindre, SIMPLE: _simple, CONTENANT: _contenant,
}  # fmt: skip
"""The filters, by the name that templates give them; the last four are ours."""
CONDITIONS: Mapping[str, Callable[..., bool]] = {
    "defined": lambda valeur: not isinstance(valeur, Undefined),
    "none": lambda valeur: valeur is None,
    "odd": lambda valeur: _entier(valeur) % 2 == 1,
    "even": lambda valeur: _entier(valeur) % 2 == 0,
}
"""The tests, by the name that templates give them."""
