"""The block of signatures: a table without rules, but for the boxes to sign in."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.documents.blocks import Signatory, Signatures
from inclusion_desk.documents.docx.styles import SIGNATURE_TABLE, SIGNATURES, SPACER
from inclusion_desk.documents.docx.tables import frame, new_cell, new_row
from inclusion_desk.documents.docx.texts import Flow, paragraph, write_text
from inclusion_desk.documents.docx.xml import Element, add, twips
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.styles import SIGNATURE_BOX

_GUTTER = 24.0
_BOX = "737373"
_EDGES = ("top", "left", "bottom", "right")
_TOGETHER = Flow(keep=True)


def write_signatures(parent: Element, block: Signatures, sheet: Sheet) -> None:
    """Write a block of signatures, kept on one page; a single signatory stands at the right."""
    writer = _Writer(parent, sheet)
    writer.space()
    if block.place:
        writer.row([(), (block.place,)])
        writer.space()
    pairs = [block.signatories[first : first + 2] for first in range(0, len(block.signatories), 2)]
    for rank, pair in enumerate(pairs):
        if rank:
            writer.space()
        writer.signatories([None, *pair] if len(block.signatories) == 1 else [*pair, None][:2])
    paragraph(parent, SPACER)


class _Writer:
    """Writes rows over five columns: box and room beside it, the space between, box and room beside it."""

    def __init__(self, parent: Element, sheet: Sheet) -> None:
        paragraph(parent, SPACER, _TOGETHER)
        column = max((sheet.width - _GUTTER) / 2, 2.0)
        # A column of no width would not be one.
        box = min(SIGNATURE_BOX[0], column - 1)
        self._widths = [twips(wide) for wide in (box, column - box, _GUTTER, box, column - box)]
        self._table = frame(parent, SIGNATURE_TABLE, self._widths)

    def signatories(self, pair: Sequence[Signatory | None]) -> None:
        """Write who signs: the quality, the boxes if any, then the names."""
        lines = [who.lines if who else () for who in pair]
        names = [(who.name,) if who else () for who in pair]
        boxes = [bool(who and who.box) for who in pair]
        if not any(boxes):
            self.row(lines)
            self.row(names, bold=True)
            return
        # A name without a box stands right under its quality.
        self.row(lines, [() if box else name for name, box in zip(names, boxes, strict=True)])
        self._boxes(boxes)
        self.row([name if box else () for name, box in zip(names, boxes, strict=True)], bold=True)

    def row(
        self, texts: Sequence[Sequence[str]], under: Sequence[Sequence[str]] = ((), ()), *, bold: bool = False
    ) -> None:
        """Write the texts of both columns, then bold ones under them."""
        row = new_row(self._table)
        for column, span, place in ((0, 2, 0), (2, 1, None), (3, 2, 1)):
            cell = self._cell(row, column, span)
            written = [] if place is None else [(text, bold) for text in texts[place]]
            written += [] if place is None else [(text, True) for text in under[place]]
            for text, strong in written or [("", False)]:
                write_text(paragraph(cell, SIGNATURES, _TOGETHER), text, bold=strong)

    def space(self) -> None:
        """Leave a little room."""
        row = new_row(self._table, height=twips(8))
        paragraph(self._cell(row, 0, 5), SPACER, _TOGETHER)

    def _boxes(self, boxes: Sequence[bool]) -> None:
        self._gap()
        row = new_row(self._table, height=twips(SIGNATURE_BOX[1]))
        for column, span, place in ((0, 1, 0), (1, 2, None), (3, 1, 1), (4, 1, None)):
            cell = self._cell(row, column, span)
            if place is not None and boxes[place]:
                borders = add(cell[0], "tcBorders")
                for edge in _EDGES:
                    add(borders, edge, val="single", sz=4, space=0, color=_BOX)
            paragraph(cell, SIGNATURES, _TOGETHER)
        self._gap()

    def _gap(self) -> None:
        row = new_row(self._table, height=twips(5))
        paragraph(self._cell(row, 0, 5), SPACER, _TOGETHER)

    def _cell(self, row: Element, column: int, span: int) -> Element:
        cell: Element = new_cell(row, sum(self._widths[column : column + span]), span).getparent()
        return cell
