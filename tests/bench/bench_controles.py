"""The controls against one plain pass over the lines of the same dossier: medians of runs, in ratios.

Run by hand: ``python -m tests.bench.bench_controles [lines] [runs]``; names the slowest rules.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from inclusion_desk.domain.controles import CONTROLES, controler
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import grand_dossier

COMMUNES = ("Arras", "Lens", "Liévin", "Béthune", "Calais", "Boulogne-sur-Mer", "Saint-Omer", "Hénin-Beaumont", "Berck")
MOTS = ("centre", "social", "maison", "familles", "insertion", "emploi", "jeunesse", "atelier", "avenir", "espoir",
        "mission", "locale", "culture", "quartier", "solidaire", "accueil")  # fmt: skip
STRUCTURES = 2_000
LENTES = 6


def varied_dossier(nombre: int) -> DossierSeance:
    """Build a dossier of ``nombre`` lines of 2 000 structures without digits in their names, in nine communes."""
    dossier = grand_dossier(nombre)
    (thematique,) = dossier.thematiques
    (operation,) = thematique.operations
    lignes = tuple(
        replace(
            ligne, structure_id=n % STRUCTURES, structure=name(n % STRUCTURES), commune=COMMUNES[n % STRUCTURES % 9],
            convention_initiale=f"2024-{n % STRUCTURES:05}" if ligne.acte == "avenant" else None,
        )
        for n, ligne in enumerate(operation.lignes)
    )  # fmt: skip
    return replace(dossier, thematiques=(replace(thematique, operations=(replace(operation, lignes=lignes),)),))


def name(rang: int) -> str:
    """Make a name of six words, different for each rank, close to many others."""
    chiffres = [rang % 16, rang // 16 % 16, rang // 256 % 16]
    return " ".join(f"{MOTS[c]} {MOTS[(c + 5 * n + 3) % 16]}" for n, c in enumerate(chiffres)).capitalize()


def median_time(work: Callable[[], object], tours: int) -> float:
    """Time a work several times, the garbage of the former run out of the way; give the median in seconds."""
    durees = []
    for _ in range(tours):
        gc.collect()
        debut = time.perf_counter()
        work()
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees)


def compare(titre: str, dossier: DossierSeance, tours: int) -> None:
    """Print how long the controls take, how many plain passes that makes, and the slowest rules."""
    passe = median_time(lambda: sum(ligne.montant for ligne in dossier.lignes), tours)
    total = median_time(lambda: controler(dossier), tours)
    constats = len(controler(dossier))
    print(
        f"{titre}: {1e3 * total:.1f} ms, {total / passe:.0f} plain passes of {1e3 * passe:.2f} ms; {constats} findings"
    )
    vue = Vue(dossier)
    list(controler(dossier))
    durees = {c.code: median_time(lambda c=c: list(c.appliquer(vue)), 1) for c in CONTROLES}  # type: ignore[misc]
    lentes = sorted(durees, key=lambda code: -durees[code])[:LENTES]
    print("   " + ", ".join(f"{code} {1e3 * durees[code]:.1f} ms" for code in lentes))


if __name__ == "__main__":
    lignes = int((sys.argv[1:2] or ["100000"])[0])
    runs = int((sys.argv[2:3] or ["5"])[0])
    for taille in (1_000, lignes):
        compare(f"{taille} lines of the case", grand_dossier(taille), runs)
        compare(f"{taille} lines, {STRUCTURES} structures", varied_dossier(taille), runs)
