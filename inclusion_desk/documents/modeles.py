"""Fills a template: Markdown written by us or by users, in which values from the case stay inert."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from inclusion_desk.documents.blocks import Block, Table
from inclusion_desk.documents.modeles_markdown import FIRST_PLACE, LAST_PLACE, to_blocks
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus

_VALUES = "valeurs du dossier"
"""Where a rendering keeps its values; no template can name it, as it is no identifier."""
_REFUSED = (
    nodes.AssignBlock, nodes.CallBlock, nodes.Extends, nodes.FilterBlock, nodes.Import, nodes.FromImport,
    nodes.Include, nodes.Macro,
)  # fmt: skip
_BOUND = re.compile(
    r" (?=[:;!?»%€])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))|(?<=[Nn]°) (?=\S)|(?<=\bM\.) (?=[^\W\d_])|(?<=\bMme) (?=[^\W\d_])"
)


@pass_context
def _inert(context: Context, value: object) -> str:
    """Print a value as one character that stands for it until the Markdown is read."""
    values: dict[int, str] = context[_VALUES]
    place = FIRST_PLACE + len(values)
    if place > LAST_PLACE:
        raise Refus("Le document compte trop de valeurs pour un seul modèle : répartissez-le en plusieurs modèles.")
    values[place] = bind(str(value))
    return chr(place)


def bind(text: str) -> str:
    """Compose a value (NFC) and make the spaces that French binds non-breaking; no character is added."""
    return _BOUND.sub(INSECABLE, unicodedata.normalize("NFC", text))


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # nothing to escape, as nothing is interpolated: see _inert
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


_ENVIRONMENT = _environment()


@lru_cache(maxsize=32)
def _compiled(source: str) -> tuple[Template, frozenset[str]]:
    """Compile a template, and list the variables it asks for."""
    if any(FIRST_PLACE <= ord(c) <= LAST_PLACE for c in source):
        raise Refus("Le modèle contient un caractère réservé à l’outil : effacez-le.")
    try:
        tree = _ENVIRONMENT.parse(source)
        if refused := next(tree.find_all(_REFUSED), None):
            raise Refus(f"Le modèle emploie, ligne {refused.lineno}, une instruction non admise : retirez-la.")
        return _ENVIRONMENT.from_string(source), frozenset(meta.find_undeclared_variables(tree))
    except TemplateSyntaxError as error:
        raise Refus(
            f"Le modèle n’est pas lisible, ligne {error.lineno} : vérifiez les accolades et les conditions."
        ) from error


def render_modele(
    source: str, variables: Mapping[str, object], tables: Mapping[str, Table] | None = None
) -> tuple[Block, ...]:
    """Fill a template and give its blocks; ``tables`` are those it may call by name, built from rows.

    Raises:
        Refus: a template that cannot be read, asks for an unknown variable or table, or fails on its values.
    """
    template, wanted = _compiled(source)
    if unknown := sorted(wanted - variables.keys()):
        raise Refus(f"Le modèle demande une donnée inconnue («{INSECABLE}{unknown[0]}{INSECABLE}») : corrigez son nom.")
    values: dict[int, str] = {}
    try:
        text = template.render({**variables, _VALUES: values})
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise Refus(
            f"Le modèle ne peut pas être rempli («{INSECABLE}{error}{INSECABLE}») : vérifiez ses conditions."
        ) from error
    return to_blocks(text, values, tables or {})
