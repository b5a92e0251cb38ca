"""Measures an act with its two sheets, and a batch of 300, against the same lines drawn on a bare reportlab canvas.

Run by hand: ``PYTHONPATH=. .venv/bin/python tests/bench/bench_fields.py``.
"""

from __future__ import annotations

import cProfile
import pstats
import resource as system
import sys
import time

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from inclusion_desk.documents.blocks import (
    Block,
    BulletList,
    FieldRow,
    Fields,
    Heading,
    Item,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signatures,
)
from inclusion_desk.documents.docx import render_docx
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.resources import resource
from tests.bench.bench_extract import FACES, floor, paired, recorded, report

ACTS = 300
META = PdfMeta("Avenant", "Département", "Avenant", footer="Avenant financier")
PHRASES = (
    "Le porteur conduit l’opération avec des moyens humains et matériels dédiés, dont il justifie à chaque bilan. ",
    "Il informe le service référent, par écrit et sous quinze jours, de tout changement qui touche à l’exécution. ",
    "Chaque bénéficiaire est reçu en entretien individuel, puis orienté vers l’accompagnement qui lui convient. ",
    "Un comité de pilotage réunit les parties au moins une fois par an et suit les indicateurs convenus. ",
)


def said(rank: int, phrases: int) -> str:
    """Give a text of so many phrases, another for each rank."""
    return "".join(PHRASES[(rank + n) % len(PHRASES)] for n in range(phrases)).strip()


def paragraph(rank: int, phrases: int) -> Paragraph:
    return Paragraph((Run(said(rank, phrases)),))


def entries(rank: int, count: int, first: int | None = None) -> BulletList:
    return BulletList(tuple(Item((Run(said(rank + n, 1)),)) for n in range(count)), first)


def fiche(act: int) -> Fields:
    """Build a sheet of about two pages, its amounts those of one act."""
    amount = f"{act + 1}\u00a0{act % 900 + 100:03d},00\u00a0€"
    rows: dict[str, tuple[Block, ...]] = {
        "Durée": (Paragraph((Run("Du 1er janvier 2025 au 31 décembre 2025"),)),),
        "Coût": (Paragraph((Run(amount),)),),
        "Public cible": (entries(act, 3),),
        "Objectifs": (paragraph(act, 4), paragraph(act + 1, 3), entries(act, 4)),
        "Moyens": (Heading(4, (Run("Moyens humains"),)), paragraph(act, 5), entries(act + 2, 4)),
        "Déroulement de l’action": (
            *(block for n in range(3) for block in (Heading(4, (Run(f"Étape {n + 1}"),)), entries(n, 4, 1))),
        ),
        "Profil du professionnel": (entries(act, 3),),
        "Modalités de versement": (entries(act, 2), Paragraph((Run(f"Soit {amount} au plus."),))),
        "Bilan": (Heading(4, (Run("Bilan final"),)), paragraph(act, 4)),
        "Indicateurs d’évaluation": (entries(act, 7, 1),),
    }
    return Fields(tuple(FieldRow(label, blocks) for label, blocks in rows.items()))


def act(rank: int) -> tuple[Section, ...]:
    """Build an act of one page, and its two sheets."""
    articles = (block for n in range(5) for block in (Heading(2, (Run(f"Article {n + 1}"),)), paragraph(rank + n, 3)))
    sign = Signatures("Fait à Arras", (Signatory(("Le Président,",), "", box=True),))
    sheets = (Section((Heading(1, (Run(f"Annexe {n}"),)), fiche(rank + n))) for n in (2, 3))
    return (Section((Heading(1, (Run("Avenant financier"),)), *articles, sign)), *sheets)


def batch() -> None:
    """Render a batch, and print its times and the growth of the process from its thirtieth act on."""
    peaks, start = [], time.perf_counter()
    for rank in range(ACTS):
        render_pdf(act(rank), META)
        if rank in {30, ACTS - 1}:
            peaks.append(system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024)
    spent = time.perf_counter() - start
    print(f"{ACTS} acts to PDF: {spent:.1f} s, peak {peaks[0]:.0f} MiB after 30, {peaks[1]:.0f} after all")
    start = time.perf_counter()
    for rank in range(ACTS // 10):
        render_docx(act(rank), META)
    print(f"{ACTS // 10} acts to DOCX: {time.perf_counter() - start:.1f} s")


def profile() -> None:
    """Show where the time of an act goes."""
    tracer = cProfile.Profile()
    content = [act(rank) for rank in range(30)]
    tracer.enable()
    for one in content:
        render_pdf(one, META)
    tracer.disable()
    pstats.Stats(tracer).sort_stats("tottime").print_stats(25)


def main() -> None:
    rl_config.useA85 = 0
    for face in FACES:
        pdfmetrics.registerFont(TTFont(face, str(resource(f"polices/{face}.ttf"))))
    content = act(0)
    pages = recorded(content, META)
    render_pdf(content, META)
    report("act with two sheets", len(pages), paired(lambda: render_pdf(content, META), lambda: floor(pages), 31), 3)
    batch()


if __name__ == "__main__":
    profile() if sys.argv[1:] else main()
