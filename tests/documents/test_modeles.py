"""Templates: our words are read as Markdown, values never are."""

from __future__ import annotations

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
)
from inclusion_desk.documents.modeles import bind, render_modele
from inclusion_desk.domain.refus import Refus

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
        ("{{ inconnu }}", "inconnu"),
        ("{% if connu %}ok{% else %}{{ inconnu }}{% endif %}", "inconnu"),
        ("{{ connu.rien }}", "rempli"),
        ("{{ connu + 1 }}", "rempli"),
        ("{{ connu.__class__.__mro__ }}", "rempli"),
        ("{% if %}", "ligne 1"),
        ("{{ connu", "ligne 1"),
        ("{% include '/etc/passwd' %}", "non admise"),
        ("{% macro m() %}{% endmacro %}", "non admise"),
        ("{{ range(3) }}", "range"),
        ("~~~ inconnue\nx\n~~~", "partie inconnue"),
        ("~~~ tableau absent\n~~~", "tableau inconnu"),
        (chr(0xF0000), "réservé"),
    ],
)
def test_a_faulty_template_is_a_sentence(source: str, sentence: str) -> None:
    with pytest.raises(Refus, match=sentence):
        render_modele(source, {"connu": "x"})


def test_html_and_links_in_a_template_are_plain_words() -> None:
    (block,) = render_modele("<b>x</b> [a](http://b) x![i](/etc/passwd)", {})
    assert block == Paragraph((Run("<b>x</b> [a](http://b) x\u00a0![i](/etc/passwd)"),))


def test_a_forced_line_break_is_kept() -> None:
    (block,) = render_modele("a\\\nb", {})
    assert block == Paragraph((Run("a\nb"),))
