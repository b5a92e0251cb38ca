"""Is the window held while a batch of acts is made? The longest turns of its event loop, and the memory.

Run by hand: ``python -m tests.bench.bench_lot [N]``: N avenants with two sheets each, as PDF and DOCX.
"""

from __future__ import annotations

import itertools
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inclusion_desk.ui.sections.actes import ActesAProduire

BUT, MEMOIRE = 50, 400
"""The longest turn allowed, in milliseconds, and the memory in MiB."""
_PERIODE = 5


def open_section(base: Path) -> ActesAProduire:
    """Open the window on a demonstration base, on the acts of its adopted phase."""
    from inclusion_desk.services import demonstration, desk, phases
    from inclusion_desk.ui import captures, lancement
    from inclusion_desk.ui.sections.actes import ActesAProduire

    demonstration.creer(base)
    lancement.creer_application(["bench"])
    fenetre = lancement.ouvrir(lambda: desk.ouvrir(base))
    captures.attendre(lambda: fenetre.prete)
    atelier = fenetre.atelier
    if atelier is None:
        raise RuntimeError
    atelier.entree.choisir(atelier.desk.read(phases.trouver, "2024/6").id)
    vue = atelier.onglets.montrer_partie("conventions", "actes")
    captures.attendre(lambda: not atelier.taches.occupe)
    if not isinstance(vue, ActesAProduire):
        raise TypeError(vue)
    return vue


def close_boxes() -> None:
    """Close the box that says what was made."""
    from PySide6.QtWidgets import QApplication, QDialog

    boite = QApplication.activeModalWidget()
    if isinstance(boite, QDialog):
        boite.reject()


def main() -> None:
    """Make the batch, and print what it cost the window."""
    from PySide6.QtCore import QTimer

    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as dossier:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["INCLUSION_DESK_DOSSIER"] = dossier
        from inclusion_desk.ui import captures
        from tests.bench.bench_actes import choisis

        vue, lot = open_section(Path(dossier) / "base.sqlite"), choisis(nombre)
        tours: list[float] = [time.perf_counter()]
        minuterie = QTimer()
        minuterie.timeout.connect(lambda: tours.append(time.perf_counter()))
        minuterie.start(_PERIODE)
        minuterie.timeout.connect(close_boxes)
        vue.lancer(lot, Path(dossier) / "actes")
        captures.attendre(lambda: not vue.progression.isVisible(), 600_000)
        longueurs = sorted(((apres - avant) * 1000, avant - tours[0]) for avant, apres in itertools.pairwise(tours))
        memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{nombre} avenants, PDF and DOCX   {tours[-1] - tours[0]:6.1f} s")
        dits = ", ".join(f"{ms:.0f} ms at {moment:.1f} s" for ms, moment in longueurs[-5:])
        print(f"longest turns             {dits}   goal <= {BUT} ms")
        print(f"memory                    {memoire:6} MiB peak   goal < {MEMOIRE}")
        vue.window().close()


if __name__ == "__main__":
    main()
