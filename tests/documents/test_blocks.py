"""Blocks give all their texts, in the face they print in."""

from __future__ import annotations

from inclusion_desk.documents.blocks import (
    Alignment,
    BulletList,
    Contents,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signatures,
    Table,
    plain,
    runs_of,
    sections_of,
)


def test_runs_join_into_a_plain_text() -> None:
    assert plain((Run("un "), Run("deux", bold=True))) == "un deux"


def test_every_text_is_seen_in_its_face() -> None:
    blocks = (
        Heading(1, (Run("titre"),)),
        KeepTogether((Paragraph((Run("corps", italic=True),)), BulletList((Item((Run("entrée"),)),)))),
        Contents(),
        Table(
            ("tête",),
            (("cellule",), ("total",), ("groupe",)),
            (Alignment.LEFT,),
            totals=frozenset({1}),
            groups=frozenset({2}),
        ),
        PageBreak(),
        Section((Paragraph((Run("page large"),)),), landscape=True, footer="pied"),
        Signatures("lieu", (Signatory(("qualité",), "nom", box=True),)),
    )
    assert [(run.text, run.bold, run.italic) for run in runs_of(blocks)] == [
        ("titre", True, False),
        ("corps", False, True),
        ("entrée", False, False),
        ("tête", True, False),
        ("cellule", False, False),
        ("total", True, False),
        ("groupe", True, False),
        ("page large", False, False),
        ("pied", False, False),
        ("lieu", False, False),
        ("qualité", False, False),
        ("nom", True, False),
    ]


def test_blocks_outside_sections_make_one_of_their_own() -> None:
    un, deux, trois = (Paragraph((Run(text),)) for text in ("un", "deux", "trois"))
    section = Section((deux,), landscape=True)
    assert sections_of((un, un, section, trois)) == (Section((un, un)), section, Section((trois,)))
    assert sections_of((un,), landscape=True) == (Section((un,), landscape=True),)
    assert sections_of(()) == ()
