"""What a template may write: the parts of Jinja that cannot call, hang, swell or leak; the rest is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import fold

SOURCE_MAX = 100_000
"""The longest template, in characters."""
ELEMENTS_MAX = 10_000
"""How many words and signs Jinja may read in one template; compiling them takes a second or two at worst."""
PROFONDEUR_MAX = 40
"""How deep they may be nested, short of what Python's own compiler refuses."""
BOUCLES_MAX = 4
"""How many loops may be nested."""
NOMBRE_MAX = 10**15
"""The largest number it may write."""
FILTRES = {"upper": 0, "lower": 0, "capitalize": 0, "first": 0, "last": 0, "length": 0, "join": 1, "default": 2}
"""The filters admitted, and how many arguments each takes at most."""
TESTS = {"defined": 0, "none": 0, "odd": 0, "even": 0}
"""The tests admitted (``is …``), and how many arguments each takes at most."""

_ADMIS = frozenset({
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Const, nodes.Name,
    nodes.Tuple, nodes.List, nodes.CondExpr, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.Concat,
})  # fmt: skip


class Faute(Exception):  # noqa: N818 - becomes a refusal once its line is known
    """What is wrong in a template, and what to do about it: two halves of a French sentence."""

    def __init__(self, fait: str, conseil: str) -> None:
        super().__init__(fait)
        self.fait = fait
        self.conseil = conseil

    def refus(self, ligne: int | None) -> Refus:
        """Word the refusal, with its line where it is known."""
        ou = f", ligne {ligne}" if ligne else ""
        return Refus(f"Le modèle {self.fait}{ou} : {self.conseil}.")


_ILLISIBLE = ("n’est pas lisible", "vérifiez les accolades et les conditions")
_EMBOITE = ("emboîte trop de parenthèses, de conditions ou de calculs", "simplifiez-le")
_CALCUL = (
    "multiplie, divise ou élève à une puissance",
    "seules l’addition et la soustraction sont admises, les autres calculs viennent du dossier",
)
_MACRO = ("emploie une macro", "écrivez son texte là où il sert")
_FICHIER = ("fait appel à un autre fichier", "recopiez-en le texte")
_CONNUES: Mapping[type[nodes.Node], tuple[str, str]] = {
    nodes.Call: ("appelle une fonction", "retirez cet appel, un modèle imprime des données et n’exécute rien"),
    **dict.fromkeys((nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow), _CALCUL),
    **dict.fromkeys((nodes.Macro, nodes.CallBlock), _MACRO),
    **dict.fromkeys((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends), _FICHIER),
}
"""What is refused by name; the rest of Jinja is refused in general."""
_AUTRE = ("emploie une instruction non admise", "retirez-la")


def citer(mot: str) -> str:
    """Quote what the user wrote, cut where it is long."""
    court = mot if len(mot) <= 40 else f"{mot[:39]}…"  # noqa: PLR2004 - enough to find it
    return f"«{INSECABLE}{court}{INSECABLE}»"


def correction(mot: str, connus: Collection[str], defaut: str) -> str:
    """Advise the known word nearest to one that is not known, or ``defaut`` when none is near."""
    par_pli = {fold(connu): connu for connu in sorted(connus)}
    proches = get_close_matches(fold(mot[:80]), par_pli, n=1)
    return f"écrivez {citer(par_pli[proches[0]])}" if proches else defaut


def analyser(environment: Environment, source: str) -> nodes.Template:
    """Read a template, and check that it writes only what is admitted.

    Raises:
        Refus: naming the line.
    """
    _check_source(source)
    tree = _parsed(environment, source)
    for rang, (node, profondeur, boucles) in enumerate(_parcours(tree)):
        try:
            _check_place(rang, profondeur, boucles)
            _check_node(node)
        except Faute as faute:
            raise faute.refus(_ligne(node)) from faute
    return tree


def _ligne(node: nodes.Node) -> int | None:
    """Find the line of a node; Jinja wraps some in nodes that have none."""
    return node.lineno or next((enfant.lineno for enfant in node.iter_child_nodes()), None)


def _check_source(source: str) -> None:
    if len(source) > SOURCE_MAX:
        raise Faute(f"compte plus de {SOURCE_MAX // 1000}{INSECABLE}000 caractères", "raccourcissez-le").refus(None)
    for ligne, texte in enumerate(source.split("\n"), start=1):
        try:
            _check_characters(texte)
        except Faute as faute:
            raise faute.refus(ligne) from faute


def _check_characters(texte: str) -> None:
    """Refuse what no document can print, and the private characters that stand for values."""
    for caractere in texte:
        if caractere not in "\n\r\t" and unicodedata.category(caractere) in {"Cc", "Cs", "Cn", "Co"}:
            nom = f"U+{ord(caractere):04X}"
            raise Faute(f"contient un caractère invisible, inconnu ou réservé à l’outil ({nom})", "effacez-le")


def _parsed(environment: Environment, source: str) -> nodes.Template:
    parser = None
    try:
        parser = Parser(environment, source)
        return parser.parse()
    except TemplateSyntaxError as error:
        raise Faute(*_ILLISIBLE).refus(error.lineno) from error
    except (RecursionError, ValueError, OverflowError, MemoryError) as error:
        faute = Faute(*(_EMBOITE if isinstance(error, RecursionError) else _ILLISIBLE))
        raise faute.refus(parser.stream.current.lineno if parser else 1) from error


def _parcours(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int, int]]:
    """Walk a tree in its order without recursion, with how many nodes and loops each node is nested in."""
    pile: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while pile:
        node, profondeur, boucles = pile.pop()
        boucles += isinstance(node, nodes.For)
        yield node, profondeur, boucles
        pile += [(enfant, profondeur + 1, boucles) for enfant in [*node.iter_child_nodes()][::-1]]


def _check_place(rang: int, profondeur: int, boucles: int) -> None:
    if rang >= ELEMENTS_MAX:
        raise Faute("compte trop d’instructions", "répartissez-le en plusieurs modèles")
    if profondeur > PROFONDEUR_MAX:
        raise Faute(*_EMBOITE)
    if boucles > BOUCLES_MAX:
        raise Faute("emboîte plus de quatre boucles", "simplifiez-le")


def _check_node(node: nodes.Node) -> None:
    if type(node) not in _ADMIS:
        raise Faute(*_CONNUES.get(type(node), _AUTRE))
    if check := _REGLES.get(type(node)):
        check(node)


def _check_nom(node: nodes.Name) -> None:
    if node.name == "self":  # Jinja's word for the template's own blocks
        raise Faute(f"emploie un nom réservé ({citer(node.name)})", "choisissez-en un autre")


def _check_for(node: nodes.For) -> None:
    if node.recursive:
        raise Faute("emploie une boucle récursive", f"retirez {citer('recursive')}")


def _check_filter(node: nodes.Filter) -> None:
    if node.name not in FILTRES:
        raise Faute(f"emploie un filtre inconnu ({citer(node.name)})", correction(node.name, FILTRES, "retirez-le"))
    _check_arguments(node, FILTRES[node.name])


def _check_test(node: nodes.Test) -> None:
    if node.name not in TESTS:
        raise Faute(f"emploie une condition inconnue ({citer(node.name)})", correction(node.name, TESTS, "retirez-la"))
    _check_arguments(node, TESTS[node.name])


def _check_arguments(node: nodes.Filter | nodes.Test, maximum: int) -> None:
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > maximum:
        raise Faute(f"ne donne pas à {citer(node.name)} ce qu’il attend", "retirez ce qui est de trop")


def _check_const(node: nodes.Const) -> None:
    if isinstance(node.value, str):
        _check_characters(node.value)
    if isinstance(node.value, int) and node.value > NOMBRE_MAX:
        raise Faute("écrit un nombre trop grand", "raccourcissez-le")


def _check_getattr(node: nodes.Getattr) -> None:
    if node.attr.startswith("_"):
        raise Faute(f"demande une donnée interne ({citer(node.attr)})", "retirez-la")


def _check_alternative(node: nodes.CondExpr) -> None:
    if node.expr2 is None:
        raise Faute(
            f"pose une condition sans {citer('else')}", "dites aussi ce qui s’imprime quand elle n’est pas remplie"
        )


def _check_suite(node: nodes.Tuple | nodes.List) -> None:
    """Keep lists flat, whether they name the targets of a loop or hold words to compare with."""
    cible = isinstance(node, nodes.Tuple) and node.ctx != "load"
    if not all(isinstance(element, nodes.Name if cible else nodes.Const) for element in node.items):
        raise Faute("construit une liste", "n’y écrivez que des textes et des nombres")


_REGLES: Mapping[type[nodes.Node], Callable[..., None]] = {
    nodes.Name: _check_nom,
    nodes.For: _check_for,
    nodes.Filter: _check_filter,
    nodes.Test: _check_test,
    nodes.Const: _check_const,
    nodes.Getattr: _check_getattr,
    nodes.CondExpr: _check_alternative,
    nodes.Tuple: _check_suite,
    nodes.List: _check_suite,
}
