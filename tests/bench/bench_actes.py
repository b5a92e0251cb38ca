"""Measures a batch of 300 avenants with two sheets each against one headless LibreOffice converting the same 300 DOCX.

Run by hand: ``PYTHONPATH=. .venv/bin/python tests/bench/bench_actes.py``; ``profile`` shows where the time goes, and a
number after it how many acts are made.
"""

from __future__ import annotations

import cProfile
import pstats
import resource as system
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from inclusion_desk.documents import actes as documents
from inclusion_desk.services import demonstration, production_actes
from inclusion_desk.services.actes_choisis import ActeChoisi
from inclusion_desk.services.desk import ouvrir
from inclusion_desk.services.production_actes import FormatActe
from tests.documents.fabrique_actes import acte

ACTES = 300


def choisis(combien: int) -> tuple[ActeChoisi, ...]:
    """Make avenants of models 6 and 7, two sheets each, all different."""
    return tuple(ActeChoisi(n, replace(acte("67"[n % 2]), id=n, numero=f"2024-{n:05d}")) for n in range(1, combien + 1))


def peak() -> float:
    """Give the peak of the process, in MiB."""
    return system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024


def produced(lots: tuple[ActeChoisi, ...], dossier: Path, *formats: FormatActe) -> float:
    """Produce a batch as the program does, checked, with its list and archive; gives the seconds it took."""
    base = dossier.with_suffix(".sqlite")
    demonstration.creer_cas(base)
    desk = ouvrir(base)
    milieu: list[float] = []

    def avance(fait: int, total: int) -> None:
        if fait in {total // 10, total}:
            milieu.append(peak())

    start = time.perf_counter()
    production_actes.produire(desk, "lot", lots, dossier, formats, avance)
    spent = time.perf_counter() - start
    desk.close()
    print(f"  peak {milieu[0]:.0f} MiB after a tenth, {milieu[-1]:.0f} MiB after all (goal 400)")
    return spent


def converted(dossier: Path, sortie: Path) -> float:
    """Convert every DOCX of a folder in one LibreOffice process; gives the seconds it took."""
    profil = f"-env:UserInstallation={(sortie.parent / 'profil').as_uri()}"
    commande = ["soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", str(sortie)]
    premier = sorted(map(str, dossier.glob("*.docx")))
    subprocess.run([*commande, premier[0]], check=True, capture_output=True)  # its own first start is not counted
    start = time.perf_counter()
    subprocess.run([*commande, *premier], check=True, capture_output=True)
    return time.perf_counter() - start


def report(nom: str, ours: float, theirs: float, goal: float) -> None:
    """Print a ratio against its goal."""
    ratio = theirs / ours
    verdict = "met" if ratio >= goal else "MISSED"
    print(f"{nom:<14} {ours:7.1f} s  LibreOffice {theirs:7.1f} s  {ratio:5.1f} times faster  goal {goal} {verdict}")


def compare(combien: int) -> None:
    """Print the ratios of PDF alone, and of PDF and DOCX together."""
    lots = choisis(combien)
    with tempfile.TemporaryDirectory() as lieu:
        place = Path(lieu)
        pdf = produced(lots, place / "pdf", "pdf")
        both = produced(lots, place / "tous", "pdf", "docx")
        pages = sum(_pages(place / "pdf"))
        print(f"{combien} avenants with two sheets each, {pages} pages")
        if shutil.which("soffice") is None:
            print(f"PDF {pdf:.1f} s, PDF and DOCX {both:.1f} s; LibreOffice is not here to compare with")
            return
        theirs = converted(place / "tous", place / "soffice")
        report("PDF", pdf, theirs, 3)
        report("PDF and DOCX", both, theirs, 1.5)


def _pages(dossier: Path) -> Iterator[int]:
    from pypdfium2 import PdfDocument

    for chemin in dossier.glob("*.pdf"):
        with PdfDocument(chemin) as document:
            yield len(document)


def profile(combien: int) -> None:
    """Show where the time of making and of reading back goes, format by format."""
    lots = choisis(combien)
    formats: tuple[FormatActe, ...] = ("pdf", "docx")
    for extension in formats:
        made: list[bytes] = []
        _profiled(f"{extension}, made", partial(_render, lots, extension, made))
        _profiled(f"{extension}, read back", partial(_verify, lots, extension, made))


def _render(lots: tuple[ActeChoisi, ...], extension: FormatActe, made: list[bytes]) -> None:
    made += [documents.render_acte(choisi.acte, extension) for choisi in lots]


def _verify(lots: tuple[ActeChoisi, ...], extension: FormatActe, made: list[bytes]) -> None:
    for content, choisi in zip(made, lots, strict=True):
        documents.verify_acte(content, choisi.acte, extension)


def _profiled(nom: str, work: Callable[[], None]) -> None:
    tracer = cProfile.Profile()
    tracer.runcall(work)
    print(f"== {nom}")
    pstats.Stats(tracer).sort_stats("tottime").print_stats(15)


def main() -> None:
    """Compare, or profile."""
    nombres = [int(mot) for mot in sys.argv[1:] if mot.isdigit()]
    if "profile" in sys.argv:
        profile(*(nombres or [30]))
    else:
        compare(*(nombres or [ACTES]))


if __name__ == "__main__":
    main()
