"""Runs a template within budgets: it reads what it is given, calls nothing, and stops when it does too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from jinja2 import Template, TemplateError, UndefinedError, nodes
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from inclusion_desk.documents.modeles_langage import Faute
from inclusion_desk.documents.modeles_valeurs import (
    BOUCLE,
    CONDITIONS,
    CONTENANT,
    FONCTIONS,
    JOINDRE,
    RENDU,
    SIMPLE,
    TOUR,
    Absente,
    Rendu,
    imprimer,
    joindre,
    present,
)


class _Bac(SandboxedEnvironment):
    """A sandbox in which names lead to entries of dictionaries and places in lists, never to Python's attributes."""

    intercepted_binops = frozenset({"+", "-"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - a value of the case
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - idem
        present(obj)
        if isinstance(obj, LoopContext):
            return getattr(obj, argument) if argument in BOUCLE else self.undefined(obj=obj, name=argument)
        if isinstance(obj, Mapping if isinstance(argument, str) else Sequence) and not isinstance(argument, bool):
            try:
                return obj[argument]
            except LookupError:
                pass
        return self.undefined(obj=obj, name=argument)

    def call(__self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401, N805 - Jinja's signature
        raise Faute("appelle une fonction", "retirez cet appel")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - idem
        if isinstance(left, int) and isinstance(right, int):
            return left + right if operator == "+" else left - right
        if operator == "+":
            return joindre(context, left, right)
        raise Faute("ne peut pas être rempli", "une soustraction porte sur autre chose que des nombres entiers")


def _environment() -> SandboxedEnvironment:
    environment = _Bac(
        undefined=Absente,
        autoescape=False,  # nothing to escape, as nothing is interpolated: see imprimer
        finalize=imprimer,
        optimized=False,  # nothing is computed at compile time, out of any budget
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = dict(FONCTIONS)
    environment.tests = dict(CONDITIONS)
    return environment


ENVIRONMENT = _environment()


class _Freins(NodeTransformer):
    """Puts the budgets into a tree already checked: on loops, on texts joined, on comparisons."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        poids = _poids(node)
        self.generic_visit(node)
        node.iter = _filter(node.iter, TOUR, nodes.Const(poids))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - idem
        self.generic_visit(node)
        return _filter(node.nodes[0], JOINDRE, *node.nodes[1:])

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - idem
        self.generic_visit(node)
        node.expr = _filter(node.expr, SIMPLE)
        for operande in node.ops:
            operande.expr = _filter(operande.expr, CONTENANT if operande.op in {"in", "notin"} else SIMPLE)
        return node


def _filter(node: nodes.Node, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def _poids(boucle: nodes.For) -> int:
    """Weigh one turn of a loop: its own words and signs; the loops within weigh their own turns."""
    pile: list[nodes.Node] = [boucle]
    poids = 0
    while pile:
        node = pile.pop()
        poids += 1
        if node is boucle or not isinstance(node, nodes.For):
            pile += node.iter_child_nodes()
    return poids


def compiler(tree: nodes.Template) -> Template:
    """Make a template of a tree already checked, with its budgets."""
    _Freins().visit(tree)
    tree.set_environment(ENVIRONMENT)
    return ENVIRONMENT.from_string(tree)


def rendre(template: Template, variables: Mapping[str, object]) -> tuple[str, dict[int, str]]:
    """Fill a template: the Markdown in which characters stand for values, and these values.

    Raises:
        Refus: naming the line at which it failed, or spent its budgets.
    """
    rendu = Rendu()
    suite = template.root_render_func(template.new_context({**variables, RENDU: rendu}))
    try:
        return "".join(_morceaux(suite, rendu)), rendu.valeurs
    except (Faute, TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise _faute(error).refus(_ligne(error, template, suite)) from error


def _morceaux(suite: Iterator[str], rendu: Rendu) -> Iterator[str]:
    for morceau in suite:
        rendu.ecrire(len(morceau))
        yield morceau


def _faute(error: Exception) -> Faute:
    if isinstance(error, Faute):
        return error
    if isinstance(error, UndefinedError):
        return Faute("ne peut pas être rempli", str(error))
    return Faute("ne peut pas être rempli", "une opération ne convient pas à ses valeurs, corrigez-la")


def _ligne(error: Exception, template: Template, suite: Iterator[str]) -> int | None:
    """Find the line at which a template failed, or the one it had come to."""
    trace = error.__traceback__
    lignes = [getattr(getattr(suite, "gi_frame", None), "f_lineno", None)]
    while trace:
        if trace.tb_frame.f_globals.get("__jinja_template__") is template:
            lignes.append(trace.tb_lineno)
        trace = trace.tb_next
    return template.get_corresponding_lineno(lignes[-1]) if lignes[-1] else None
