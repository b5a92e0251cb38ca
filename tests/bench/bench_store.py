"""The store against raw sqlite3, in one run: reading a table, an edit with its balance, totals, inserting.

Run by hand: ``.venv/bin/python -m tests.bench.bench_store [lines]``; every ratio is against a floor of the same run.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from inclusion_desk.domain.recherche import Tri
from inclusion_desk.services import demonstration, edition
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_rows
from inclusion_desk.store.tables import proposition

PROPOSITIONS = SUJETS["propositions"]


def fill(session: Session, nombre: int) -> Changes:
    """Insert many lines of one cent, spread over the structures, dispositifs and territories of the case."""
    lignes = [
        {
            "phase_id": 1, "dispositif_id": 1 + n % 7, "structure_id": 1 + n % 23, "territoire_id": 1 + n % 9,
            "ligne_budgetaire_id": 1 + n % 3, "montant": 1, "volume": n % 500, "debut": date(2025, 1, 1),
            "fin": date(2025, 12, 31), "acte": "convention",
        }
        for n in range(nombre)
    ]  # fmt: skip
    insert_rows(session, proposition, lignes)
    return Changes("remplir", {})


def big_base(dossier: Path, nombre: int) -> Path:
    """Make the demonstration base with many more lines."""
    chemin = dossier / "grande.sqlite"
    demonstration.creer_cas(chemin)
    desk = ouvrir(chemin)
    debut = time.perf_counter()
    desk.do(fill, nombre)
    print(f"insert of {nombre} lines, journal and counter kept: {time.perf_counter() - debut:.2f} s")
    desk.close()
    return chemin


def median(appel: Callable[[], object], fois: int) -> float:
    """Time a call and give the median in milliseconds."""
    temps = []
    for _ in range(fois):
        debut = time.perf_counter()
        appel()
        temps.append((time.perf_counter() - debut) * 1000)
    return statistics.median(temps)


def report(nom: str, mesure: float, plancher: float, plancher_nom: str) -> None:
    """Print one measure with its ratio."""
    print(f"{nom:<44} {mesure:9.2f} ms   {mesure / plancher:6.2f} x {plancher_nom} ({plancher:.2f} ms)")


def edit(desk: Desk) -> None:
    """Change one amount and read the balance of its line again."""
    ligne = desk.read(PROPOSITIONS.rows, 1, [30])[0]
    fait = desk.do(edition.update, "propositions", 30, ligne.version, {"montant": ligne.montant ^ 1})
    desk.read(SUJETS["budget"].rows, 1, fait.ids["budget"])


def main() -> None:
    """Measure and print."""
    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as dossier:
        chemin = big_base(Path(dossier), nombre)
        desk, brut = ouvrir(chemin), sqlite3.connect(chemin)
        lecture = "SELECT id, structure_id, dispositif_id, montant FROM proposition WHERE phase_id = 1"
        somme = "SELECT ligne_budgetaire_id, SUM(montant) FROM proposition GROUP BY 1"
        plancher_lecture = median(lambda: brut.execute(lecture).fetchall(), 7)
        plancher_somme = median(lambda: brut.execute(somme).fetchall(), 7)
        report(
            "index of the table (ids, texts, amounts)",
            median(lambda: desk.read(PROPOSITIONS.index, 1), 5),
            plancher_lecture,
            "raw select",
        )
        index = desk.read(PROPOSITIONS.index, 1)
        for colonne in ("montant", "structure_nom", "dispositif", "debut"):
            tri = (
                f"SELECT id FROM proposition ORDER BY {colonne if colonne in ('montant', 'debut') else 'structure_id'}"
            )
            plancher = median(lambda tri=tri: brut.execute(tri).fetchall(), 5)  # type: ignore[misc]
            report(
                f"order by {colonne}",
                median(lambda c=colonne: desk.read(PROPOSITIONS.ordre, 1, Tri(c), index), 5),  # type: ignore[misc]
                plancher,
                "raw order",
            )
        report(
            "budget table", median(lambda: desk.read(SUJETS["budget"].rows, 1, [1, 2, 3]), 7), plancher_somme, "raw sum"
        )
        ids = list(range(1000, 1128))
        page = f"SELECT * FROM proposition WHERE id IN ({','.join(map(str, ids))})"
        report(
            "a page of 128 rows",
            median(lambda: desk.read(PROPOSITIONS.rows, 1, ids), 20),
            median(lambda: brut.execute(page).fetchall(), 20),
            "raw select",
        )
        brut.execute("PRAGMA synchronous = FULL")

        def raw_edit() -> None:
            brut.execute("UPDATE territoire SET ordre = ordre + 1 WHERE id = 1")
            brut.commit()

        report("an edit with its balance", median(lambda: edit(desk), 40), median(raw_edit, 40), "raw commit")
        brut.close()
        desk.close()


if __name__ == "__main__":
    main()
