"""Blocks give all their texts, in the face they print in."""

from __future__ import annotations

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
    Table,
    plain,
    runs_of,
)


def test_runs_join_into_a_plain_text() -> None:
    assert plain((Run("un "), Run("deux", bold=True))) == "un deux"


def test_every_text_is_seen_in_its_face() -> None:
    blocks = (
        Heading(1, (Run("titre"),)),
        KeepTogether((Paragraph((Run("corps", italic=True),)), BulletList((Item((Run("entrée"),)),)))),
        Table(("tête",), (("cellule",), ("total",)), (Alignment.LEFT,), totals=frozenset({1})),
        PageBreak(),
        Signatures("lieu", (Signatory(("qualité",), "nom", box=True),)),
    )
    assert [(run.text, run.bold, run.italic) for run in runs_of(blocks)] == [
        ("titre", True, False),
        ("corps", False, True),
        ("entrée", False, False),
        ("tête", True, False),
        ("cellule", False, False),
        ("total", True, False),
        ("lieu", False, False),
        ("qualité", False, False),
        ("nom", True, False),
    ]
