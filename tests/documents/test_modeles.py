"""Templates: our words are read as Markdown, values never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from inclusion_desk.documents.blocks import (
    Alignment,
    BulletList,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Signatory,
    Signatures,
    Style,
    Table,
    plain,
)
from inclusion_desk.documents.modeles import bind, render_modele, variables_demandees, verifier_modele
from inclusion_desk.domain.refus import Refus
from inclusion_desk.resources import resource

TABLE = Table(("a",), (("b",),), (Alignment.LEFT,))


def test_markdown_becomes_blocks() -> None:
    source = "# Titre\n\nUn **gras** et\nun *penché*\n\n- a\n  - b\n- c\n\n---\n\n3. d\n4. e\n"
    assert render_modele(source, {}) == (
        Heading(1, (Run("Titre"),)),
        Paragraph((Run("Un "), Run("gras", bold=True), Run(" et un "), Run("penché", italic=True))),
        BulletList((Item((Run("a"),)), Item((Run("b"),), 1), Item((Run("c"),)))),
        PageBreak(),
        BulletList((Item((Run("d"),)), Item((Run("e"),))), 3),
    )


def test_a_table_keeps_alignments_and_marks_totals() -> None:
    source = "| A | B |\n|:-:|--:|\n{% for n in suite %}\n| {{ n }} | 1 |\n{% endfor %}\n| **Total** | |\n"
    (table,) = render_modele(source, {"suite": ["x|y", "**z**"]})
    assert table == Table(
        ("A", "B"),
        (("x|y", "1"), ("**z**", "1"), ("Total", "")),
        (Alignment.CENTRE, Alignment.RIGHT),
        totals=frozenset({2}),
    )


def test_fences_say_what_markdown_cannot() -> None:
    source = (
        "~~~ visas\nVu a\n\nVu b\n~~~\n\n~~~~ ensemble\n~~~ centre\nc\n~~~\n~~~~\n\n~~~ tableau t\n~~~\n\n"
        "~~~ signatures\nFait ici\n\nLe maire,\n[signature]\n{{ nom }}\n\nSeul\n~~~\n"
    )
    assert render_modele(source, {"nom": "**X**"}, {"t": TABLE}) == (
        Paragraph((Run("Vu a"),), Style.HANGING),
        Paragraph((Run("Vu b"),), Style.HANGING),
        KeepTogether((Paragraph((Run("c"),), Style.CENTRED),)),
        TABLE,
        Signatures("Fait ici", (Signatory(("Le maire,",), "**X**", box=True), Signatory((), "Seul", box=False))),
    )


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7*7 }}",
        "{%x%}",
        "**x**",
        "# t",
        "- p",
        "1. x",
        "| a",
        "~~~ visas",
        "a\n\n# b",
        "<b>",
        "&lt;",
        "---",
        "\\",
    ],
)
def test_values_are_never_read(value: str) -> None:
    assert render_modele("a {{ v }} b", {"v": value}) == (Paragraph((Run(f"a {value} b"),)),)
    assert render_modele("{{ v }}", {"v": value}) == (Paragraph((Run(value),)),)


def test_a_value_that_looks_like_a_place_is_not_replaced() -> None:
    (block,) = render_modele("{{ a }}{{ b }}", {"a": chr(0xF0001), "b": "secret"})
    assert block == Paragraph((Run(f"{chr(0xF0001)}secret"),))


def test_the_template_s_own_words_get_french_spaces() -> None:
    (block,) = render_modele("N° {{ n }} : « {{ t }} » le {{ n }} janvier ?", {"n": "12", "t": "x;y"})
    assert block == Paragraph((Run("N°\u00a012\u00a0: «\u00a0x;y\u00a0» le 12 janvier\u00a0?"),))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("RSA : suite", "RSA\u00a0: suite"),
        ("« a »", "«\u00a0a\u00a0»"),
        ("12 500 €", "12\u00a0500\u00a0€"),
        ("M. Jean DUPONT, Mme Éva", "M.\u00a0Jean DUPONT, Mme\u00a0Éva"),
        ("a;b http://x?y=1", "a;b http://x?y=1"),
        ("E\u0301te\u0301", "Été"),
    ],
)
def test_values_are_bound_but_nothing_is_added(value: str, printed: str) -> None:
    assert bind(value) == printed


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{{ inconnu }}", "une donnée inconnue («\u00a0inconnu\u00a0»), ligne 1 : écrivez «\u00a0connu\u00a0»."),
        ("{% if connu %}ok{% else %}\n{{ zzz }}{% endif %}", "(«\u00a0zzz\u00a0»), ligne 2 : corrigez son nom."),
        ("\n{{ groupe.nm }}", "ligne 2 : la rubrique «\u00a0nm\u00a0» n’existe pas, écrivez «\u00a0noms\u00a0»."),
        ("{% for g in groupes %}\n{{ g.titr }}{% endfor %}", "ligne 2 : la rubrique «\u00a0titr\u00a0» n’existe pas"),
        ("{{ connu.rien }}", "la rubrique «\u00a0rien\u00a0» est demandée à ce qui n’en a pas"),
        ("{{ groupe.nm.x }}", "la rubrique «\u00a0nm\u00a0» n’existe pas"),
        ("{{ groupes[1].titre }}", "la liste n’a pas de rang 1, prévoyez ce cas par une condition."),
        ("{{ vides|first }}", "la liste est vide, prévoyez ce cas par une condition."),
        ("{% if groupe.nm %}x{% endif %}", "la rubrique «\u00a0nm\u00a0» n’existe pas"),
        ("{{ connu - 1 }}", "une soustraction porte sur autre chose"),
        ("{% if connu < 1 %}x{% endif %}", "une opération ne convient pas à ses valeurs"),
        ("{% for a, b in groupes %}{% endfor %}", "une opération ne convient pas à ses valeurs"),
        ("{% for a in connu %}{% endfor %}", "parcourt par une boucle ce qui n’est pas une liste"),
        ("{{ groupes }}", "imprime autre chose qu’un texte ou un nombre entier, ligne 1"),
        ("{{ connu is defined }}", "imprime autre chose"),
        ("{% for g in groupes %}{{ loop.indx }}{% endfor %}", "écrivez «\u00a0index\u00a0»."),
        ("{% if %}", "n’est pas lisible, ligne 1 : vérifiez les accolades"),
        ("\n\n{{ connu", "n’est pas lisible, ligne 3"),
        ("{{ connu|uper }}", "emploie un filtre inconnu («\u00a0uper\u00a0»), ligne 1 : écrivez «\u00a0upper\u00a0»."),
        ("{% if connu is odds %}x{% endif %}", "inconnue («\u00a0odds\u00a0»), ligne 1 : écrivez «\u00a0odd\u00a0»."),
        ("{{ connu if groupe }}", "pose une condition sans «\u00a0else\u00a0», ligne 1"),
        ("~~~ inconnue\nx\n~~~", "ouvre une partie inconnue («\u00a0inconnue\u00a0»)"),
        ("~~~ {{ connu }}\nx\n~~~", "ouvre une partie inconnue («\u00a0x\u00a0»)"),
        ("~~~ tableau absent\n~~~", "demande un tableau inconnu («\u00a0absent\u00a0»)"),
        ("- a\n\n  ~~~ centre\n  b\n  ~~~", "place dans une liste autre chose que du texte"),
    ],
)  # fmt: skip
def test_a_faulty_template_is_a_sentence(source: str, sentence: str) -> None:
    variables = {"connu": "x", "groupe": {"noms": "a"}, "groupes": [{"titre": "b"}], "vides": []}
    with pytest.raises(Refus) as refus:
        render_modele(source, variables)
    assert sentence in refus.value.phrase


def test_what_is_admitted_prints_what_it_says() -> None:
    source = (
        "{% set titre = nom|capitalize %}{{ titre }} {{ titre|upper }} {{ titre|lower }}, {{ suite|join(' et ') }} : "
        "{{ suite|length }}, de {{ suite|first }} à {{ suite|last }} ; {{ d.rien|default('néant') }}, "
        "{{ ''|default('vide', true) }} ; "
        "{% for n in suite if n != 'b' %}{{ loop.index + 1 }}{{ '' if loop.last else '-' }}"
        "{% endfor %} {{ 3 - 1 }}{{ 'p' if 2 is even and 'a' in suite and d.x is none else 'q' }}{{ nom ~ '/' ~ 3 }}"
    )
    (block,) = render_modele(source, {"nom": "été", "suite": ("a", "b", "c"), "d": {"x": None}})
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == ("Été ÉTÉ été, a et b et c\u00a0: 3, de a à c\u00a0; néant, vide\u00a0; 2-3 2pété/3")


def test_the_variables_of_a_template_are_known_before_it_is_filled() -> None:
    source = "{% for a in liste %}{{ a.b }}{% set c = d %}{{ c }}{% endfor %}{{ e if f is defined else 'g' }}"
    assert variables_demandees(source) == {"liste", "d", "e", "f"}


@pytest.mark.parametrize(
    ("source", "faute", "conseil"),
    [
        (
            "{# ~~~ rien #}\n{{ nom }}\n\n~~~ centre\n{{ numéro }}\n~~~",
            "inconnue («\u00a0numéro\u00a0»), ligne 5",
            "écrivez «\u00a0numero\u00a0».",
        ),
        (
            "{{ nom }}\n\n~~~ tableau lots\n~~~",
            "tableau inconnu («\u00a0lots\u00a0»), ligne 3",
            "écrivez «\u00a0lot\u00a0».",
        ),
        ("~~~ tableau {{ nom }}\n~~~", "ne nomme pas son tableau, ligne 1", "écrivez-en le nom en toutes lettres."),
        (
            "{% if nom %}\n~~~ visa\nx\n~~~\n{% endif %}",
            "partie inconnue («\u00a0visa\u00a0»), ligne 2",
            "écrivez «\u00a0visas\u00a0».",
        ),
        ("a\n{{ nom.format() }}", "ligne 2", "retirez cet appel"),
    ],
)
def test_the_editor_is_told_the_line_and_the_nearest_name(source: str, faute: str, conseil: str) -> None:
    with pytest.raises(Refus) as refus:
        verifier_modele(source, ("nom", "numero"), ("lot",))
    assert f"{faute} : {conseil}" in refus.value.phrase
    assert refus.value.champ is None


def test_the_editor_accepts_what_is_right() -> None:
    verifier_modele("~~~~ ensemble\n~~~ tableau lot\n~~~\n~~~~\n{{ nom }} ~~~ x", ("nom", "numero"), {"lot"})


@pytest.mark.parametrize("chemin", sorted(resource("modeles").glob("*.md")), ids=lambda chemin: chemin.name)
def test_our_own_templates_are_admitted(chemin: Path) -> None:
    assert variables_demandees(chemin.read_text(encoding="utf-8"))


def test_html_and_links_in_a_template_are_plain_words() -> None:
    (block,) = render_modele("<b>x</b> [a](http://b) x![i](/etc/passwd)", {})
    assert block == Paragraph((Run("<b>x</b> [a](http://b) x\u00a0![i](/etc/passwd)"),))


def test_a_forced_line_break_is_kept() -> None:
    (block,) = render_modele("a\\\nb", {})
    assert block == Paragraph((Run("a\nb"),))
