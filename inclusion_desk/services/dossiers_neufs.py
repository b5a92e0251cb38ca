"""Fills a new folder out of sight, which takes its place only once complete; what stops it leaves nothing behind."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.fichiers import SUFFIXE, refus_ecriture

_PERIME = 86_400
"""After how many seconds a folder that did not take its place is taken for one of a program killed."""


@contextlib.contextmanager
def dossier_neuf(dossier: Path) -> Iterator[Path]:
    """Give a folder to fill beside ``dossier``, which it becomes at the end.

    Raises:
        Refus: there is something there, or the disk refuses; whatever is raised while it is filled goes through.
    """
    check_libre(dossier)
    chantier = dossier.with_name(f".{dossier.name}.{os.getpid()}{SUFFIXE}")
    _forget_killed(chantier, dossier)
    try:
        chantier.mkdir()
        yield chantier
        check_libre(dossier)
        if dossier.exists():
            dossier.rmdir()
        chantier.rename(dossier)
    except OSError as erreur:
        raise refus_ecriture(dossier, erreur) from erreur
    finally:
        shutil.rmtree(chantier, ignore_errors=True)


def check_libre(dossier: Path) -> None:
    """Check that a folder may be made there.

    Raises:
        Refus: its own folder is missing, or it holds something.
    """
    if not dossier.parent.is_dir():
        raise Refus(f"Le dossier « {dossier.parent} » n’existe pas : choisissez-en un autre.")
    if dossier.exists() and (not dossier.is_dir() or any(dossier.iterdir())):
        raise Refus(f"« {dossier.name} » existe déjà et n’est pas vide : choisissez un autre nom.")


def _forget_killed(chantier: Path, dossier: Path) -> None:
    """Remove what programs killed in the middle left beside the folder: ours, and those of another day."""
    for reste in dossier.parent.glob(f".{glob.escape(dossier.name)}.*{SUFFIXE}"):
        with contextlib.suppress(OSError):
            if reste == chantier or time.time() - reste.stat().st_mtime > _PERIME:
                shutil.rmtree(reste)


def archiver(dossier: Path, nom: str, fichiers: Sequence[str], quand: datetime) -> None:
    """Gather files of a folder in one archive beside them; ``quand`` dates its entries, the archives having no zone.

    The same files at the same moment give the same bytes.
    """
    with zipfile.ZipFile(dossier / nom, "w", zipfile.ZIP_DEFLATED) as archive:
        for fichier in fichiers:
            entree = zipfile.ZipInfo(fichier, quand.timetuple()[:6])
            entree.compress_type = zipfile.ZIP_STORED if fichier.endswith(".docx") else zipfile.ZIP_DEFLATED
            archive.writestr(entree, (dossier / fichier).read_bytes())
