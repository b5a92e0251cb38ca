"""The workbook against a bare openpyxl write-only of the same cells: paired runs, medians, peak memory.

Run by hand: ``python tests/bench/bench_workbook.py [lines] [pairs]``.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell

from inclusion_desk.documents.workbook import render_workbook, verify_workbook
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import grand_dossier

EDITED = datetime(2024, 12, 9, 14, 5, tzinfo=UTC)
Cells = list[list[tuple[Any, str]]]


def consistent_dossier(nombre: int) -> DossierSeance:
    """Build a dossier of ``nombre`` lines whose budget table agrees with them."""
    dossier = grand_dossier(nombre)
    sommes: dict[str, int] = {}
    for ligne in dossier.lignes:
        sommes[ligne.code_operation] = sommes.get(ligne.code_operation, 0) + ligne.montant
    return replace(
        dossier, budget=tuple(replace(b, proposition=sommes.get(b.code_operation, 0)) for b in dossier.budget)
    )


def same_cells(content: bytes) -> list[Cells]:
    """Read every cell of a workbook, with its number format: what the floor will write."""
    workbook = load_workbook(BytesIO(content))
    return [[[(c.value, c.number_format) for c in row] for row in feuille.iter_rows()] for feuille in workbook]


def write_bare(sheets: list[Cells]) -> bytes:
    """Write the same cells with openpyxl's write-only mode and their number formats, nothing else: the floor."""
    workbook = Workbook(write_only=True)
    for rows in sheets:
        feuille = workbook.create_sheet()
        for cells in rows:
            row: list[Cell] = []
            for value, number_format in cells:
                cellule = WriteOnlyCell(feuille, value)
                cellule.number_format = number_format
                row.append(cellule)
            feuille.append(row)
    sortie = BytesIO()
    workbook.save(sortie)
    return sortie.getvalue()


def write_plain(sheets: list[Cells]) -> bytes:
    """Write the same values with openpyxl's write-only mode without any format: the lowest floor."""
    workbook = Workbook(write_only=True)
    for rows in sheets:
        feuille = workbook.create_sheet()
        for cells in rows:
            feuille.append([value for value, _ in cells])
    sortie = BytesIO()
    workbook.save(sortie)
    return sortie.getvalue()


def timed(work: Callable[[], object]) -> float:
    """Time one run, in seconds, the garbage of the former one out of the way."""
    gc.collect()
    debut = time.perf_counter()
    work()
    return time.perf_counter() - debut


def compare(nombre: int, paires: int) -> None:
    """Print the medians of paired runs and their ratios."""
    dossier = consistent_dossier(nombre)
    content = render_workbook(dossier, (), edited=EDITED)
    sheets = same_cells(content)
    works: dict[str, Callable[[], object]] = {
        "render_workbook": lambda: render_workbook(dossier, (), edited=EDITED),
        "openpyxl write-only, number formats": lambda: write_bare(sheets),
        "openpyxl write-only, values alone": lambda: write_plain(sheets),
        "verify_workbook": lambda: verify_workbook(content, dossier),
    }
    tours = [{nom: timed(work) for nom, work in works.items()} for _ in range(paires)]
    temps = {nom: [tour[nom] for tour in tours] for nom in works}
    cellules = sum(len(row) for rows in sheets for row in rows)
    print(f"{nombre} lines, {cellules} cells, {len(content) / 1e6:.2f} MB, {paires} paired runs")
    for nom, durees in temps.items():
        rapport = statistics.median(ours / floor for ours, floor in zip(temps["render_workbook"], durees, strict=True))
        print(f"  {nom:38} {statistics.median(durees):7.3f} s   render / this = {rapport:.2f}")


def measure_memory(nombre: int) -> None:
    """Print the peak memory of a fresh process before and after rendering, in MiB."""
    dossier = consistent_dossier(nombre)
    gc.collect()
    avant = memory("VmRSS")
    duree = timed(lambda: render_workbook(dossier, (), edited=EDITED))
    pic = memory("VmHWM")
    print(f"{nombre} lines in {duree:.2f} s: peak {pic:.0f} MiB, of which {pic - avant:.0f} above the dossier read")


def memory(ligne: str) -> float:
    """Read the memory of this process from Linux, in MiB: ``VmRSS`` now, ``VmHWM`` at its peak."""
    statut = dict(champ.split(":", 1) for champ in Path("/proc/self/status").read_text().splitlines())
    return int(statut[ligne].split()[0]) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        measure_memory(int(sys.argv[2]))
    else:
        compare(int((sys.argv[1:2] or ["10000"])[0]), int((sys.argv[2:3] or ["5"])[0]))
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, "--memory", "100000"], check=True)
