"""The log: what happened and where, never a name or an amount."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from inclusion_desk import paths

_TAILLE = 500_000


def configure() -> None:
    """Send the program's log to rotating files of the user's log folder; without that folder, to nowhere."""
    racine = logging.getLogger("inclusion_desk")
    if racine.handlers:
        return
    try:
        sortie: logging.Handler = RotatingFileHandler(
            paths.log_folder() / "inclusion-desk.log", maxBytes=_TAILLE, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        sortie = logging.NullHandler()
    sortie.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    racine.addHandler(sortie)
    racine.setLevel(logging.INFO)
