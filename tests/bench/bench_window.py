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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inclusion_desk.ui.atelier import Atelier
    from inclusion_desk.ui.page import Page

RACINE = Path(__file__).parents[2]
TOURS = 9
LIGNES = 100_000
STRUCTURES = 2_000
COMMUNES = ("Arras", "Béthune", "Bruay-la-Buissière", "Calais", "Hénin-Beaumont", "Lens", "Liévin", "Saint-Omer")

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
    from inclusion_desk.services import choix, desk
    return desk.ouvrir(sys.argv[1])
f = lancement.ouvrir(ouvrir)
while f.atelier is None:
    app.processEvents()
f.atelier.onglets.courante.table.viewport().repaint()
import os; os._exit(0)
"""


def _run(source: str, dossier: Path, *arguments: str) -> float:
    environnement = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "INCLUSION_DESK_DOSSIER": str(dossier),
                     "PYTHONPATH": str(RACINE), "PYTHONPYCACHEPREFIX": str(dossier / "pyc")}  # fmt: skip
    environnement.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's modules are compiled once, not at each start
    debut = time.perf_counter()
    subprocess.run([sys.executable, "-c", source, *arguments], env=environnement, check=True, capture_output=True)
    return time.perf_counter() - debut


def bench_start(dossier: Path) -> None:
    """Compare first paint and tables filled with a bare window, in paired runs."""
    from inclusion_desk.services import demonstration

    base = dossier / "base.sqlite"
    demonstration.creer_cas(base)
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
    """Make the demonstration base, then 2 000 structures and 100 000 propositions, hardly two alike, by plain SQL."""
    import sqlite3

    from inclusion_desk.domain import structures
    from inclusion_desk.services import demonstration

    demonstration.creer_cas(base)
    noms = [f"Structure exemple {n:04} de {COMMUNES[n % len(COMMUNES)]}" for n in range(STRUCTURES)]
    with sqlite3.connect(base) as connexion:
        connexion.execute("UPDATE ligne_budgetaire SET ae_initiale = 99999999999")
        connexion.executemany(
            "INSERT INTO structure (id, nom, forme, commune, recherche) VALUES (?, ?, 'association', ?, ?)",
            [
                (1000 + n, nom, COMMUNES[n % len(COMMUNES)], structures.recherche(nom, None, nom[24:], "association"))
                for n, nom in enumerate(noms)
            ],
        )
        colonnes = [r[1] for r in connexion.execute("PRAGMA table_info(proposition)") if r[1] != "id"]
        autres = {
            "montant": "100 + (i * 7919) % 90000",
            "structure_id": f"1000 + (i * 104729) % {STRUCTURES}",
            "territoire_id": "1 + (i * 31) % 8",
            "debut": "date('2025-01-01', '+' || (i % 24) || ' months')",
            "fin": "date('2025-12-31', '+' || (i % 24) || ' months')",
            "convention_initiale": "CASE i % 3 WHEN 0 THEN NULL ELSE printf('2024-%05d', 1 + i % 30000) END",
        }
        valeurs = ", ".join(autres.get(nom, nom) for nom in colonnes)
        connexion.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {LIGNES - 27}) "
            f"INSERT INTO proposition ({', '.join(colonnes)}) SELECT {valeurs} FROM n "
            "JOIN (SELECT * FROM proposition WHERE id <= 27) AS modele ON modele.id = 1 + n.i % 27"
        )
    connexion.close()
    _seal(base)


def _seal(base: Path) -> None:
    """Make one edit, so that the journal of the rows just made is sealed before anything is measured."""
    from inclusion_desk.services import choix, desk, edition, phases

    bureau = desk.ouvrir(base)
    phase = bureau.read(phases.liste)[0]
    ligne = bureau.read(choix.options, "budget", phase.id)[0]
    bureau.do(edition.update, "budget", ligne.id, 1, {"libelle": "Ligne sans limite"})
    bureau.close()


def bench_table(dossier: Path) -> None:
    """Filter, sort, edit and scroll over 100 000 propositions."""
    base = dossier / "grande.sqlite"
    ici = {**os.environ, "PYTHONPATH": str(RACINE)}
    subprocess.run([sys.executable, __file__, "base", str(base)], check=True, env=ici)
    from inclusion_desk.services import desk
    from inclusion_desk.ui import captures, lancement

    lancement.creer_application(["bench"])
    fenetre = lancement.ouvrir(lambda: desk.ouvrir(base))
    captures.attendre(lambda: fenetre.atelier is not None)
    if fenetre.atelier is None:
        raise RuntimeError
    debut = time.perf_counter()
    page = fenetre.atelier.onglets.montrer("propositions")
    page.table.viewport().repaint()
    print(f"opening {LIGNES} rows      {(time.perf_counter() - debut) * 1000:7.0f} ms")
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    captures.attendre(lambda: page.table.isVisible() and bool(fenetre.atelier and fenetre.atelier.controles.constats))
    print(f"memory, table open    {memoire:7} MiB peak   goal < 250")
    _measure_page(fenetre.atelier, page)
    pointe = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory, controls run  {pointe:7} MiB peak")
    fenetre.close()


def _measure_page(atelier: Atelier, page: Page) -> None:
    from PySide6.QtCore import Qt

    vue, modele, entete = page.table.viewport(), page.modele, page.table.entete
    mots = "structure exemple lens", "montreuillois", "coaching", "c02-446 artois", "équilibré hénin"
    frappes = [mot[:n] for mot in mots for n in range(1, len(mot) + 1)]

    def taper(tour: int) -> None:
        page.filtre.setText(frappes[tour])
        vue.repaint()

    def trier(tour: int) -> None:
        sens = Qt.SortOrder.AscendingOrder if tour % 2 else Qt.SortOrder.DescendingOrder
        entete.setSortIndicator((4, 1, 0, 7)[tour % 4], sens)
        vue.repaint()

    def modifier(tour: int) -> None:
        if not modele.setData(modele.index(tour, 4), str(200 + tour)):
            raise RuntimeError(modele.refus)
        vue.repaint()
        budget.rattraper()
        budget.modele.data(budget.modele.index(0, 8))

    def defiler(tour: int) -> None:
        page.table.verticalScrollBar().setValue(tour * 40)
        vue.repaint()

    _report("plain repaint (floor)", _measure(lambda _tour: vue.repaint(), 40), 16)
    _report("filter keystroke", _measure(taper, len(frappes)), 25)
    page.filtre.clear()
    _report("sort", _measure(trier, 16), 120)
    entete.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    budget = atelier.onglets.montrer("budget")
    atelier.onglets.montrer("propositions")
    _report("edit, with its balance", _measure(modifier, 40), 30)
    _report("scroll frame", _measure(defiler, 100), 16)


def _report(nom: str, mesure: tuple[float, float], but: int) -> None:
    print(f"{nom:<24} median {mesure[0]:6.1f} ms   p95 {mesure[1]:6.1f} ms   goal <= {but} ms")


def main() -> None:
    """Run the benchmarks asked for."""
    voulus = sys.argv[1:] or ["start", "table"]
    if voulus[0] == "base":
        _big_base(Path(voulus[1]))
        return
    with tempfile.TemporaryDirectory() as brouillon:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["INCLUSION_DESK_DOSSIER"] = brouillon
        if "start" in voulus:
            bench_start(Path(brouillon))
        if "table" in voulus:
            bench_table(Path(brouillon))


if __name__ == "__main__":
    main()
