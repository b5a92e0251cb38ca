"""Measures the extract, and a document of 500 pages, against the same lines drawn on a bare reportlab canvas.

Run by hand: ``PYTHONPATH=. .venv/bin/python tests/bench/bench_extract.py``.
"""

from __future__ import annotations

import gc
import io
import resource as system
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    Contents,
    Heading,
    Run,
    Section,
    Table,
    headings_of,
    sections_of,
)
from inclusion_desk.documents.deliberation import _meta, deliberation_blocks, render_deliberation
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import Line
from inclusion_desk.documents.pdf.rendering import lay_out
from inclusion_desk.documents.pdf.writer import TaggedDocument
from inclusion_desk.resources import resource
from tests.fabrique import dossier_du_cas, grand_dossier

FACES = ("SourceSans3-Regular", "SourceSans3-Bold", "SourceSans3-It", "SourceSans3-BoldIt")
Drawn = tuple[int, float, float, float, str]
"""Face, size, x, y and text of one string on a page."""


class Recorder(Ink):
    """A pen that remembers what it wrote, so that the canvas can draw the very same strings."""

    def __init__(self, meta: PdfMeta) -> None:
        super().__init__(TaggedDocument(meta), meta)
        self.drawn: list[Drawn] = []

    def text(self, element: int, lines: object, size: float) -> None:
        del element
        for x, y, line in lines:  # type: ignore[attr-defined]
            assert isinstance(line, Line)
            self.drawn += [(face, size, x, y, text) for face, text in line.segments]

    def row(self, face: int, size: float, cells: object) -> None:
        self.drawn += [(face, size, x, y, text) for _, x, y, text in cells]  # type: ignore[attr-defined]


def recorded(content: Sequence[Block | Section], meta: PdfMeta) -> list[list[Drawn]]:
    """Give the strings of each page."""
    ink = Recorder(meta)
    sections = sections_of(content, landscape=meta.landscape)
    anchors = Anchors(headings_of(sections))
    leaves = list(lay_out(sections, ink.structure, anchors))
    anchors.place(leaf.pieces for leaf in leaves)
    pages = []
    for leaf in leaves:
        ink.begin_page(leaf.sheet)
        ink.drawn = []
        for placed in leaf.pieces:
            placed.piece.draw(ink, placed.y)
        pages.append(ink.drawn)
    return pages


def floor(pages: list[list[Drawn]]) -> bytes:
    """Draw the same strings on a bare canvas: no layout, no structure."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=FACES[0])  # type: ignore[arg-type]
    for page in pages:
        for face, size, x, y, text in page:
            canvas.setFont(FACES[face], size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paired(work: Callable[[], bytes], base: Callable[[], bytes], rounds: int) -> tuple[float, float, float]:
    """Run both in turn; give both medians, in seconds, and the median of the ratios of pairs."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        pair = []
        for run in (work, base):
            gc.collect()
            start = time.perf_counter()
            run()
            pair.append(time.perf_counter() - start)
        times.append((pair[0], pair[1]))
    return median(t for t, _ in times), median(f for _, f in times), median(t / f for t, f in times)


def long_blocks(rows: int) -> tuple[Block, ...]:
    """Build annexe 4 as one table of so many rows."""
    dossier = grand_dossier(rows)
    cells = tuple(
        (str(n), li.territoire, li.structure, li.siret or "", str(li.volume), f"{li.montant / 100:.2f}", li.imputation)
        for n, li in enumerate(dossier.lignes, start=1)
    )
    header = ("N°", "Territoire", "Structure", "SIRET", "Volume", "Montant", "Imputation")
    sides = (Alignment.RIGHT, *[Alignment.LEFT] * 3, *[Alignment.RIGHT] * 2, Alignment.LEFT)
    return (Heading(1, (Run("Annexe 4"),)), Table(header, cells, sides))


LONG = PdfMeta("Annexe 4", "Département", "Annexe", footer="Annexe 4")


def dossier_sections(rows: int) -> tuple[Section, ...]:
    """Build a merged dossier: contents, then annexes of 60 rows, upright and turned, with groups of rows."""
    (_, whole) = long_blocks(rows)
    assert isinstance(whole, Table)
    sections = [Section((Heading(1, (Run("Dossier de séance"),)), Contents()))]
    for rank, start in enumerate(range(0, rows, 60)):
        part = whole.rows[start : start + 60]
        groups = frozenset(range(0, len(part), 12))
        grouped = tuple((f"Groupe {n}", *[""] * 6) if n in groups else row for n, row in enumerate(part))
        turned = rank % 2 == 1
        table = Table(whole.header, grouped, whole.alignments, groups=groups, compact=turned)
        title = Heading(1, (Run(f"Annexe {rank}"),))
        sections.append(Section((title, Heading(2, (Run("Propositions"),)), table), turned, f"Annexe {rank}"))
    return tuple(sections)


def rows_for(pages: int) -> int:
    """Find how many rows fill so many pages."""
    per_page = len(long_blocks(500)[1].rows) / len(recorded(long_blocks(500), LONG))  # type: ignore[union-attr]
    return int(per_page * pages)


def report(name: str, pages: int, measured: tuple[float, float, float], goal: float) -> None:
    work, base, ratio = measured
    verdict = "met" if ratio <= goal else "MISSED"
    times = f"{work * 1000:8.1f} ms  floor {base * 1000:8.1f} ms"
    print(f"{name:<24} {pages:>4} p.  {times}  ratio {ratio:.2f}  goal {goal} {verdict}")


def main() -> None:
    rl_config.useA85 = 0
    for face in FACES:
        pdfmetrics.registerFont(TTFont(face, str(resource(f"polices/{face}.ttf"))))
    dossier = dossier_du_cas()
    pages = recorded(deliberation_blocks(dossier), _meta(dossier))
    render_deliberation(dossier)
    report("extract", len(pages), paired(lambda: render_deliberation(dossier), lambda: floor(pages), 31), 2)
    for size, rounds in ((50, 9), (500, 5)):
        blocks = long_blocks(rows_for(size))
        strings = recorded(blocks, LONG)
        measured = paired(lambda b=blocks: render_pdf(b, LONG), lambda s=strings: floor(s), rounds)  # type: ignore[misc]
        report(f"table of {len(blocks[1].rows)} rows", len(strings), measured, 3)  # type: ignore[union-attr]
    sections = dossier_sections(rows_for(520))
    strings = recorded(sections, LONG)
    measured = paired(lambda: render_pdf(sections, LONG), lambda: floor(strings), 5)
    report(f"dossier, {len(sections)} sections", len(strings), measured, 3)
    for what in ("table", "dossier"):
        command = [sys.executable, __file__, what]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def memory(what: str) -> None:
    """Render 500 pages alone, and print the peak of the process."""
    content = render_pdf(dossier_sections(rows_for(520)) if what == "dossier" else long_blocks(rows_for(500)), LONG)
    peak = system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what} alone: peak {peak:.0f} MiB (goal 300), file {len(content) / 1e6:.1f} MB")


if __name__ == "__main__":
    memory(sys.argv[1]) if sys.argv[1:] else main()
