"""Fills a template: Markdown written by us or by users, in which values from the case stay inert."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.meta import TrackingCodeGenerator

from inclusion_desk.documents.blocks import Block, Table
from inclusion_desk.documents.modeles_langage import Faute, analyser, citer, correction
from inclusion_desk.documents.modeles_markdown import PARTIES, TABLEAU, nom_tableau, to_blocks
from inclusion_desk.documents.modeles_moteur import ENVIRONMENT, compiler, rendre
from inclusion_desk.domain.money import INSECABLE

_BOUND = re.compile(
    r" (?=[:;!?»%€])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))|(?<=[Nn]°) (?=\S)|(?<=\bM\.) (?=[^\W\d_])|(?<=\bMme) (?=[^\W\d_])"
)
_OUVERTURE = re.compile(r"^ {0,3}(?:~{3,}+|`{3,}+)[ \t]*(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Compile:
    """A template ready to be filled: the variables it asks for and the parts it opens, each with its line."""

    template: Template
    variables: Mapping[str, int]
    parties: tuple[tuple[str, int], ...]
    vide: bool
    """Whether it writes nothing: no word, no value."""


def bind(text: str) -> str:
    """Compose a value (NFC) and make the spaces that French binds non-breaking; no character is added."""
    return _BOUND.sub(INSECABLE, unicodedata.normalize("NFC", text))


@lru_cache(maxsize=32)
def _compiled(source: str) -> _Compile:
    """Compile a template, and list what it asks for.

    Raises:
        Refus: a template that cannot be read, or writes what is not admitted; the sentence names the line.
    """
    tree = analyser(ENVIRONMENT, source)
    parties, vide = tuple(_parties(tree)), not any(map(_writes, tree.find_all(nodes.Output)))
    lignes = {nom.name: nom.lineno for nom in [*tree.find_all(nodes.Name)][::-1] if nom.ctx == "load"}
    try:
        demandees = sorted(_undeclared(tree), key=lambda nom: lignes.get(nom, 1))
        return _Compile(compiler(tree), {nom: lignes.get(nom, 1) for nom in demandees}, parties, vide)
    except TemplateSyntaxError as error:
        faute = Faute("n’est pas lisible", "vérifiez les boucles et les noms qu’elles donnent")
        raise faute.refus(error.lineno) from error


def _undeclared(tree: nodes.Template) -> set[str]:
    """Find the variables a template is to be given, as Jinja does but without computing its constants."""
    tracking = TrackingCodeGenerator(ENVIRONMENT)
    tracking.optimizer = None
    tracking.visit(tree)
    return tracking.undeclared_identifiers


def _parties(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """List the fences that a template opens in so many words; one made of values is refused when it is filled."""
    for suite in tree.find_all(nodes.Output):
        for rang, texte in enumerate(suite.nodes):
            if isinstance(texte, nodes.TemplateData):
                milieu = "." if rang else ""  # what follows a value does not begin a line
                for trouvee in _OUVERTURE.finditer(f"{milieu}{texte.data}"):
                    yield trouvee[1].strip(), texte.lineno + texte.data.count("\n", 0, trouvee.start())


def _writes(suite: nodes.Output) -> bool:
    return any(not isinstance(texte, nodes.TemplateData) or texte.data.strip() for texte in suite.nodes)


def variables_demandees(source: str) -> frozenset[str]:
    """List the variables that a template asks for.

    Raises:
        Refus: a template that cannot be read, or writes what is not admitted.
    """
    return frozenset(_compiled(source).variables)


def verifier_modele(source: str, connues: Collection[str], tables: Collection[str]) -> None:
    """Check a template as it is written, before it is ever filled: what it writes, the data and the tables it names.

    Raises:
        Refus: it is empty; or naming the line, and the nearest known name where there is one.
    """
    compile_ = _compiled(source)
    if compile_.vide:
        raise Faute("est vide", "écrivez-en le texte, ou revenez au modèle d’origine").refus(None)
    _check_variables(compile_, connues)
    for partie, ligne in compile_.parties:
        if partie == TABLEAU:
            raise Faute("ne nomme pas son tableau", "écrivez-en le nom en toutes lettres").refus(ligne)
        if (nom := nom_tableau(partie)) is None:
            _check_name(partie, PARTIES, "ouvre une partie inconnue", ligne)
        else:
            _check_name(nom, tables, "demande un tableau inconnu", ligne)


def _check_variables(compile_: _Compile, connues: Collection[str]) -> None:
    for nom, ligne in compile_.variables.items():
        _check_name(nom, connues, "demande une donnée inconnue", ligne)


def _check_name(nom: str, connus: Collection[str], fait: str, ligne: int) -> None:
    if nom not in connus:
        raise Faute(f"{fait} ({citer(nom)})", correction(nom, connus, "corrigez son nom")).refus(ligne)


def render_modele(
    source: str, variables: Mapping[str, object], tables: Mapping[str, Table] | None = None
) -> tuple[Block, ...]:
    """Fill a template and give its blocks; ``tables`` are those it may call by name, built from rows.

    Raises:
        Refus: a template that cannot be read, asks for an unknown variable or table, fails on its values, or works or
            writes beyond its budgets (see ``modeles_valeurs``).
    """
    compile_ = _compiled(source)
    _check_variables(compile_, variables.keys())
    text, values = rendre(compile_.template, variables)
    return to_blocks(text, {place: bind(value) for place, value in values.items()}, tables or {})
