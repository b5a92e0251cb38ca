"""First paint, filter, sort, edit and memory of the window, as ratios against floors measured in the same run.

Run by hand: ``QT_QPA_PLATFORM=offscreen python tests/bench/bench_window.py [start|table]``.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

RACINE = Path(__file__).parents[2]
TOURS = 9
LIGNES = 100_000

NUE = """
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QEvent
class F(QMainWindow):
    def event(self, e):
        r = super().event(e)
        if e.type() == QEvent.Type.Paint: app.exit()
        return r
app = QApplication([])
f = F(); f.resize(1366, 768); f.show()
app.exec()
"""

PEINTE = """
import sys
from inclusion_desk.ui import lancement
from PySide6.QtCore import QTimer
app = lancement.creer_application(["x"])
f = lancement.ouvrir(lambda: app.exit())
f.remplir = lambda _open: app.exit()
app.exec()
import os; os._exit(0)
"""

REMPLIE = """
import sys
from inclusion_desk.ui import lancement
app = lancement.creer_application(["x"])
def ouvrir():
    from inclusion_desk.services import desk
    return desk.ouvrir(sys.argv[1])
f = lancement.ouvrir(ouvrir)
while f.atelier is None:
    app.processEvents()
f.atelier.onglets.courante.table.viewport().repaint()
import os; os._exit(0)
"""


def _run(source: str, dossier: Path, *arguments: str) -> float:
    environnement = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "INCLUSION_DESK_DOSSIER": str(dossier),
                     "PYTHONPATH": str(RACINE)}  # fmt: skip
    debut = time.perf_counter()
    subprocess.run([sys.executable, "-c", source, *arguments], env=environnement, check=True, capture_output=True)
    return time.perf_counter() - debut


def bench_start(dossier: Path) -> None:
    """Compare first paint and tables filled with a bare window, in paired runs."""
    from inclusion_desk.services import demonstration

    base = dossier / "base.sqlite"
    demonstration.creer(base)
    temps: dict[str, list[float]] = {"nue": [], "peinte": [], "remplie": []}
    for _ in range(TOURS):
        temps["nue"].append(_run(NUE, dossier))
        temps["peinte"].append(_run(PEINTE, dossier))
        temps["remplie"].append(_run(REMPLIE, dossier, str(base)))
    nue = median(temps["nue"])
    print(f"bare window           {nue * 1000:7.0f} ms")
    for nom, but in (("peinte", 1.3), ("remplie", 3.5)):
        duree = median(temps[nom])
        print(f"{nom:<12} {duree * 1000:16.0f} ms   {duree / nue:.2f} x   goal <= {but} x")


def _measure(geste: Callable[[int], object], tours: int) -> tuple[float, float]:
    """Give the median and the 95th percentile, in milliseconds."""
    durees = []
    for tour in range(tours):
        debut = time.perf_counter()
        geste(tour)
        durees.append((time.perf_counter() - debut) * 1000)
    return median(durees), quantiles(durees, n=20)[-1]


def _big_base(base: Path) -> None:
    """Make the demonstration base, then multiply its propositions to 100 000 by plain SQL."""
    import sqlite3

    from inclusion_desk.services import demonstration

    demonstration.creer(base)
    with sqlite3.connect(base) as connexion:
        connexion.execute("UPDATE ligne_budgetaire SET ae = 99999999999")
        colonnes = [r[1] for r in connexion.execute("PRAGMA table_info(proposition)") if r[1] != "id"]
        liste = ", ".join(colonnes)
        valeurs = ", ".join("100" if nom == "montant" else nom for nom in colonnes)
        copies = LIGNES // 27 + 1
        connexion.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies}) "
            f"INSERT INTO proposition ({liste}) SELECT {valeurs} FROM proposition, n LIMIT {LIGNES - 27}"
        )
    connexion.close()


def bench_table(dossier: Path) -> None:
    """Filter, sort, edit and scroll over 100 000 propositions."""
    base = dossier / "grande.sqlite"
    _big_base(base)
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from inclusion_desk.services import desk
    from inclusion_desk.ui import captures, lancement

    lancement.creer_application(["bench"])
    fenetre = lancement.ouvrir(lambda: desk.ouvrir(base))
    captures.attendre(lambda: fenetre.atelier is not None)
    atelier = fenetre.atelier
    if atelier is None:
        raise RuntimeError
    debut = time.perf_counter()
    page = atelier.onglets.montrer("propositions")
    page.table.viewport().repaint()
    print(f"opening {LIGNES} rows      {(time.perf_counter() - debut) * 1000:7.0f} ms")
    QApplication.processEvents()
    mots = "structure exemple lens", "montreuillois", "coaching", "c02-446 artois", "équilibré hénin"

    def taper(tour: int) -> None:
        mot = mots[tour % len(mots)]
        page.filtre.setText(mot[: 1 + (tour // len(mots)) % len(mot)])
        page.table.viewport().repaint()

    _report("filter keystroke", _measure(taper, 100), 25)
    page.filtre.clear()

    def trier(tour: int) -> None:
        sens = Qt.SortOrder.AscendingOrder if tour % 2 else Qt.SortOrder.DescendingOrder
        page.table.entete.setSortIndicator((4, 1, 0, 7)[tour % 4], sens)
        page.table.viewport().repaint()

    _report("sort", _measure(trier, 16), 120)
    page.table.entete.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    budget = atelier.onglets.montrer("budget")
    atelier.onglets.montrer("propositions")
    modele = page.modele

    def modifier(tour: int) -> None:
        if not modele.setData(modele.index(tour, 4), str(200 + tour)):
            raise RuntimeError(modele.refus)
        page.table.viewport().repaint()
        budget.rattraper()
        budget.modele.data(budget.modele.index(0, 8))

    _report("edit, with its balance", _measure(modifier, 40), 30)
    barre = page.table.verticalScrollBar()

    def defiler(tour: int) -> None:
        barre.setValue(tour * 40)
        page.table.viewport().repaint()

    _report("scroll frame", _measure(defiler, 100), 16)
    fin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory                {fin:7} MiB peak ({avant} before the window)   goal < 250")
    fenetre.close()


def _report(nom: str, mesure: tuple[float, float], but: int) -> None:
    print(f"{nom:<24} median {mesure[0]:6.1f} ms   p95 {mesure[1]:6.1f} ms   goal <= {but} ms")


def main() -> None:
    """Run the benchmarks asked for."""
    voulus = sys.argv[1:] or ["start", "table"]
    with tempfile.TemporaryDirectory() as brouillon:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["INCLUSION_DESK_DOSSIER"] = brouillon
        if "start" in voulus:
            bench_start(Path(brouillon))
        if "table" in voulus:
            bench_table(Path(brouillon))


if __name__ == "__main__":
    main()
