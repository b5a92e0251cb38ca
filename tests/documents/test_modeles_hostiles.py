"""Hostile templates: none calls, hangs, swells or leaks; each is a French sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.documents.blocks import Block, Table, runs_of
from inclusion_desk.documents.modeles import _compiled, render_modele
from inclusion_desk.documents.modeles_langage import ELEMENTS_MAX, FILTRES, SOURCE_MAX, TESTS, Faute
from inclusion_desk.documents.modeles_markdown import _typo_courte, to_blocks
from inclusion_desk.documents.modeles_valeurs import CONDITIONS, FONCTIONS, TEXTE_MAX, TRAVAIL_MAX, Rendu
from inclusion_desk.domain.refus import Refus

VARIABLES = {"x": "mot", "n": 3, "liste": ["a"] * 1000, "d": {"nom": "valeur", "_cache": "secret"}, "vide": None}
TOURS = "{% for e in liste %}"
FIN = "{% endfor %}"
HOSTILES = {
    "loops in loops": (TOURS * 3 + FIN * 3, "tourne sans fin, ligne 1"),
    "loops that write": (TOURS * 2 + "y" * 9 + FIN * 2, "écrit sans fin, ligne 1"),
    "loops that print": (TOURS * 2 + "{{ x }}" + FIN * 2, "imprime trop de valeurs, ligne 1"),
    "loops with a filter": (TOURS + "{% for f in liste if f == e %}x{% endfor %}" * 3 + FIN, "tourne sans fin"),
    "five loops": ("\n" + TOURS * 5 + FIN * 5, "emboîte plus de quatre boucles, ligne 2"),
    "recursive loop": ("{% for e in liste recursive %}{{ loop(liste) }}{% endfor %}", "boucle récursive, ligne 1"),
    "letters of a long text": ("{% for c in '" + "z" * 9000 + "' %}" + FIN, "ce qui n’est pas une liste"),
    "billion laughs by ~": ("{% set s = 'ah' %}" + "{% set s = s ~ s %}" * 60 + "{{ s }}", "écrit sans fin"),
    "billion laughs by +": ("{% set s = 'ah' %}" + "{% set s = s + s %}" * 60 + "{{ s }}", "écrit sans fin"),
    "lists of lists": ("{% set s = [x] %}" + "{% set s = [s, s] %}" * 60, "construit une liste, ligne 1"),
    "lists added up": ("{% set s = ['a'] %}" + "{% set s = s + s %}" * 60, "autre chose qu’un texte"),
    "a join that swells": (TOURS + "{{ liste|join('" + "z" * 1000 + "') }}" + FIN, "écrit sans fin"),
    "comparing lists": ("{% if liste == liste %}y{% endif %}", "compare une liste"),
    "searching for ever": (TOURS + "{% if 'z' in liste %}{% endif %}" * 9 + FIN, "tourne sans fin"),
    "text multiplied": ("{{ 'z' * 999999999 }}", "multiplie, divise ou élève à une puissance, ligne 1"),
    "power": ("{{ 9 ** 9 ** 9 ** 9 }}", "élève à une puissance"),
    "format by %": ("{{ '%999999999d' % n }}", "multiplie, divise"),
    "format by a test": ("{% if '%999999999d' is odd %}y{% endif %}", "n’est pas un nombre entier"),
    "huge width": ("{{ x|center(999999999) }}", "filtre inconnu («\u00a0center\u00a0»)"),
    "indent": ("{{ x|indent(999999999, true) }}", "filtre inconnu"),
    "format filter": ("{{ '%999999999d'|format(1) }}", "filtre inconnu"),
    "attributes by a filter": ("{{ x|attr('__class__') }}", "filtre inconnu"),
    "map": ("{{ liste|map('upper')|join }}", "filtre inconnu"),
    "our own brakes": ("{{ liste|tour(0) }}", "filtre inconnu"),
    "class": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "appelle une fonction"),
    "class without a call": ("{{ ''.__class__ }}", "donnée interne («\u00a0__class__\u00a0»)"),
    "class in brackets": ("{{ ''['__class__'] }}", "à ce qui n’en a pas"),
    "private entry": ("{{ d._cache }}", "donnée interne"),
    "format method": ("{{ x.format(d) }}", "appelle une fonction, ligne 1"),
    "a method printed": ("{{ x.upper }}", "à ce qui n’en a pas"),
    "method of a dictionary": ("{{ d.items }}", "la rubrique «\u00a0items\u00a0» n’existe pas"),
    "range": ("{% for i in range(999999999) %}{% endfor %}", "appelle une fonction"),
    "cycler": ("{{ loop.cycle('a') }}", "appelle une fonction"),
    "namespace": ("{% set ns = namespace(a=1) %}", "appelle une fonction"),
    "attribute assigned": ("{% set d.nom = 'y' %}", "non admise"),
    "the template itself": ("{{ 'x' in self }}", "nom réservé («\u00a0self\u00a0»), ligne 1"),
    "constants computed early": ("{{ (1).x if (1).x else 2 }}", "à ce qui n’en a pas"),
    "a condition as a rank": ("{{ liste[true] }}", "à ce qui n’en a pas"),
    "the template's blocks": ("{% block b %}{{ self.b() }}{% endblock %}", "non admise"),
    "include": ("{% include '/etc/passwd' %}", "fait appel à un autre fichier, ligne 1"),
    "import": ("{% import '/etc/passwd' as m %}", "un autre fichier"),
    "from import": ("{% from '/etc/passwd' import m %}", "un autre fichier"),
    "extends": ("{% extends '/etc/passwd' %}", "un autre fichier"),
    "macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "emploie une macro"),
    "call block": ("{% call x() %}{% endcall %}", "emploie une macro"),
    "filter block": ("{% filter upper %}y{% endfilter %}", "non admise"),
    "set block": ("{% set b %}y{% endset %}", "non admise"),
    "autoescape": ("\n{% autoescape true %}{{ x }}{% endautoescape %}", "non admise, ligne 2"),
    "with": ("{% with a = 1 %}{{ a }}{% endwith %}", "non admise"),
    "slice": ("{{ liste[::-1] }}", "non admise"),
    "dictionary": ("{{ {'a': 1} }}", "non admise"),
    "star arguments": ("{{ x|default(*liste) }}", "ce qu’il attend"),
    "list printed": ("{{ liste }}", "imprime autre chose"),
    "nothing printed": ("{{ vide }}", "imprime autre chose"),
    "truth printed": ("{{ true }}", "imprime autre chose"),
    "deep parentheses": ("\n{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}", "emboîte trop de parenthèses"),
    "deep brackets": ("{{ " + "[" * 9000 + "]" * 9000 + " }}", "emboîte trop de parenthèses"),
    "deep nots": ("{{ " + "not " * 9000 + "x }}", "emboîte trop"),
    "deep minus": ("{{ " + "-" * 9000 + "1 }}", "emboîte trop"),
    "long sum": ("{{ " + "+".join("1" * 4000) + " }}", "emboîte trop"),
    "long chain": ("{{ d" + ".a" * 4000 + " }}", "emboîte trop"),
    "deep conditions": ("{% if x %}" * 90 + "{% endif %}" * 90, "emboîte trop"),
    "unclosed conditions": ("{% if x %}" * 9000, "emboîte trop"),
    "braces": ("{" * 90_000, "emboîte trop"),
    "unclosed comments": ("{#" * 40_000, "n’est pas lisible"),
    "too many words": ("{{ x }}" * ELEMENTS_MAX, "compte trop d’instructions, ligne 1"),
    "one megabyte": ("z" * 1_000_000, "compte plus de 100\u00a0000 caractères"),
    "huge number": ("{{ " + "9" * 5000 + " }}", "n’est pas lisible"),
    "huge hexadecimal": ("{{ 0x" + "f" * 9000 + " }}", "un nombre trop grand"),
    "place of a value": (f"\n{chr(0xF0000)}", "réservé à l’outil (U+F0000), ligne 2"),
    "place of a value, escaped": ("{{ '\\U000F0000' }}", "réservé à l’outil (U+F0000), ligne 1"),
    "private use": ("\ue000", "réservé à l’outil (U+E000)"),
    "surrogate": ("\ud800", "(U+D800)"),
    "surrogate, escaped": ("{{ '\\ud800' }}", "(U+D800)"),
    "nul": ("\x00", "(U+0000)"),
    "fences in fences": (
        "\n".join("~" * n + " ensemble" for n in range(300, 2, -1)), "trop de parties les unes dans les autres",
    ),
    "lists in lists": ("- " * 15 + "perdu", "emboîte trop de listes"),
    "a value as a fence": ("~~~ tableau {{ x }}\n~~~", "tableau inconnu («\u00a0mot\u00a0»)"),
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|is|not|no|undefined|object|expected|unexpected|error|attribute|str|int|dict|tuple|unsupported|operand|"
    r"recursion|must|has|argument|string|integer|invalid|unknown|missing|template|filter|loop)\b"
)


@pytest.mark.parametrize("nom", HOSTILES)
def test_a_hostile_template_is_a_french_sentence(nom: str) -> None:
    source, attendu = HOSTILES[nom]
    with pytest.raises(Refus) as refus:
        render_modele(source, VARIABLES)
    phrase = refus.value.phrase
    assert attendu in phrase
    assert phrase.startswith("Le modèle ")
    assert phrase.endswith(".")
    assert len(phrase) < 250
    assert not ENGLISH.search(re.sub("«.*?»", "", phrase))


class SansFin:
    """A list that never ends, and counts what was taken of it."""

    pris = 0

    def __iter__(self) -> Iterator[str]:
        while True:
            self.pris += 1
            yield "a"


def test_an_endless_list_is_left_at_the_budget() -> None:
    suite = SansFin()
    with pytest.raises(Refus, match="tourne sans fin"):
        render_modele("{% for e in suite %}{% if e %}y{% endif %}{% endfor %}", {"suite": suite})
    assert 0 < suite.pris <= TRAVAIL_MAX


def test_the_text_may_reach_its_budget_and_no_further() -> None:
    juste = "z" * (TEXTE_MAX - 1)  # the value, and the character that stands for it
    (block,) = render_modele("{{ v }}", {"v": juste})
    assert sum(len(run.text) for run in runs_of([block])) == TEXTE_MAX - 1
    with pytest.raises(Refus, match="écrit sans fin"):
        render_modele("{{ v }}", {"v": f"{juste}z"})


def test_a_loop_pays_for_its_turns_before_the_first() -> None:
    rendu = Rendu(travail=10)
    rendu.travailler(10)
    with pytest.raises(Faute, match="tourne sans fin"):
        rendu.travailler(1)


def test_a_long_document_stays_within_the_budgets() -> None:
    source = "| A | B |\n|--|--|\n{% for e in lignes %}\n| {{ e.nom }} | {{ e.montant }} |\n{% endfor %}"
    (table,) = render_modele(source, {"lignes": [{"nom": "n" * 60, "montant": "1,00"}] * 10_000})
    assert isinstance(table, Table)
    assert len(table.rows) == 10_000


def test_the_checks_and_the_engine_know_the_same_words() -> None:
    assert FILTRES.keys() < FONCTIONS.keys()
    assert TESTS.keys() == CONDITIONS.keys()


def test_what_is_kept_in_memory_is_bounded() -> None:
    assert _compiled.cache_info().maxsize == 32
    avant = _typo_courte.cache_info().currsize
    for n in range(9):
        to_blocks(f"{n} " + "mot " * 1000, {}, {})
    assert _typo_courte.cache_info().currsize == avant


def test_a_run_of_spaces_costs_no_more_than_its_length() -> None:
    (block,) = render_modele("x" + " " * (SOURCE_MAX - 10) + ": y", {})
    assert "".join(run.text for run in runs_of([block])) == "x\u00a0: y"


MORCEAUX = [
    "{{ ", " }}", "{% for e in liste %}", "{% endfor %}", "{% if x %}", "{% else %}", "{% endif %}", "{% set y = ",
    " %}", "x", "y", "e", "n", "d.nom", "liste", "self", "vide", "loop.index", "'mot'", "12", "true", " ~ ",
    " + ", " - ", " == ", " in ", " and ", "not ", "|upper", "|first", "|length", "|join(', ')",
    "|default('z', true)", " is odd",
    " is defined", "(", ")", "[0]", "['a', 1]", ", ", "\n", "\n\n", "- ", "  - ", "# ", "**", "*",
    "| a | b |\n|--|--|\n", "~~~ centre\n", "~~~\n", "~~~ signatures\n", "[signature]\n", "---\n", "3. ", "\\",
    "{# ", " #}", "é", "«", " : ", "{% raw %}", "{% endraw %}",
]  # fmt: skip


def _issue(source: str) -> tuple[Block, ...] | str:
    """Give the blocks of a template, or the sentence that refuses it; anything else fails the test."""
    try:
        return render_modele(source, {**VARIABLES, "liste": ["a", "b"]})
    except Refus as refus:
        return refus.phrase


@given(
    st.lists(st.sampled_from(MORCEAUX), max_size=25).map("".join)
    | st.text(max_size=80).map(lambda texte: f"{{{{ {texte} }}}}")
    | st.text(max_size=80)
)
def test_any_template_gives_blocks_or_a_sentence(source: str) -> None:
    issue = _issue(source)
    if isinstance(issue, str):
        assert issue.startswith("Le modèle ")
        assert not ENGLISH.search(re.sub("«.*?»", "", issue, flags=re.DOTALL))
    else:
        assert not re.search("[\U000f0000-\U000ffffd]", "".join(run.text for run in runs_of(issue)))
