"""Where the user's data, settings and logs live; one environment variable overrides them all."""

from __future__ import annotations

import os
from pathlib import Path

from inclusion_desk.domain.refus import BaseRefusee

VARIABLE_DOSSIER = "INCLUSION_DESK_DOSSIER"
"""When set, every file of the program goes under this folder."""
VARIABLE_BASE = "INCLUSION_DESK_BASE"
"""When set, the database opened by default: a file or a URL."""


def _folder(nature: str) -> Path:
    force = os.environ.get(VARIABLE_DOSSIER)
    if force:
        dossier = Path(force) / nature
    else:
        import platformdirs  # noqa: PLC0415 - not on the road to the first paint

        dossier = Path(getattr(platformdirs, f"user_{nature}_path")("inclusion-desk", appauthor=False))
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    return dossier


def data_folder() -> Path:
    """Give the folder of the user's own database, made on first use."""
    return _folder("data")


def config_folder() -> Path:
    """Give the folder of the window's settings."""
    return _folder("config")


def log_folder() -> Path:
    """Give the folder of the log files."""
    return _folder("log")


def default_base() -> str:
    """Give the database opened when none is named.

    Raises:
        BaseRefusee: the folder of the user's data cannot be made.
    """
    if base := os.environ.get(VARIABLE_BASE):
        return base
    try:
        return str(data_folder() / "base.sqlite")
    except OSError as erreur:
        raise BaseRefusee(
            f"Le dossier de vos données ne peut pas être créé (erreur système {erreur.errno or 'inconnue'}) : vérifiez "
            f"vos droits et l’espace libre, ou indiquez une base par {VARIABLE_BASE}."
        ) from erreur
