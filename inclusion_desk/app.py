"""The composition root: reads the command line, then runs a command or opens the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inclusion_desk import cli, log, paths
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter, typo

if TYPE_CHECKING:
    from inclusion_desk.services.desk import Desk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give back its exit status: 0, 1 for a refusal, 2 for bad usage."""
    options = cli.make_parser().parse_args(arguments)
    log.configure()
    if options.commande is None:
        return _open_window(options.base)
    return _demo(options) if options.commande == "demo" else cli.run(options)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(options: argparse.Namespace) -> int:
    try:
        base = cli.make_demo(options.dossier)
    except Refus as refus:
        print(typo(f"inclusion-desk : {refus}"), file=sys.stderr)
        return cli.REFUS
    avec_fenetre = _has_display() and not options.sans_fenetre
    if not avec_fenetre:
        return _capture(base)
    return _open_window(str(base))


def _capture(base: Path) -> int:
    """Grab every tab to PNG beside the base, without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from inclusion_desk.ui import lancement  # noqa: PLC0415 - Qt is loaded only where a window is made

    application = lancement.creer_application(sys.argv[:1])
    fenetre = lancement.ouvrir(lambda: _open_desk(str(base)))
    captures = lancement.capturer(fenetre, base.parent / "captures")
    fenetre.close()
    application.processEvents()
    print(
        f"Sans écran, la fenêtre n’est pas ouverte\u00a0: {compter(len(captures), 'capture')} dans "
        f"{base.parent / 'captures'}"
    )
    return 0


def _open_window(base: str | None) -> int:
    from inclusion_desk.ui import lancement  # noqa: PLC0415 - Qt is loaded only where a window is made

    application = lancement.creer_application(sys.argv[:1])
    fenetre = lancement.ouvrir(lambda: _open_desk(base))
    etat = application.exec()
    del fenetre
    return etat


def _open_desk(base: str | None) -> Desk:
    """Open the base asked for, or the user's own, made on first use."""
    from inclusion_desk.services import demonstration, desk  # noqa: PLC0415 - after the first paint

    if base is not None:
        return desk.ouvrir(base)
    return demonstration.ouvrir_ou_creer(paths.default_base())


if __name__ == "__main__":
    sys.exit(main())
