"""Writes a file whole or not at all: beside its target, synced, re-read, then moved over it in one step."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import time
from collections.abc import Callable
from pathlib import Path

from inclusion_desk.domain.refus import EcritureRefusee

SUFFIXE = ".partiel"
_ESSAIS = 6
_PAUSE = 0.25


def write_atomic(cible: Path, contenu: bytes, relire: Callable[[bytes], None]) -> None:
    """Write ``contenu`` to ``cible`` once ``relire`` has accepted what the disk gives back.

    Whatever happens, the former file stays until the new one is complete, and no partial file is left.

    Raises:
        EcritureRefusee: no such folder, no right, no room, or a target held open elsewhere.
        Refus: what ``relire`` finds wrong.
    """
    if not cible.name or cible.is_dir():
        raise refus_ecriture(cible, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    purge_partials(cible)
    chantier = cible.with_name(f".{cible.name}.{os.getpid()}{SUFFIXE}")
    try:
        _write_synced(chantier, contenu)
        relire(chantier.read_bytes())
        _replace(chantier, cible)
        _sync_folder(cible.parent)
    except OSError as erreur:
        raise refus_ecriture(cible, erreur) from erreur
    finally:
        _forget(chantier)


def purge_partials(cible: Path) -> None:
    """Remove what an earlier, killed attempt may have left beside the target."""
    for reste in cible.parent.glob(f".{glob.escape(cible.name)}.*{SUFFIXE}"):
        _forget(reste)


def _forget(chemin: Path) -> None:
    try:
        chemin.unlink(missing_ok=True)
    except OSError:
        return


def _write_synced(chantier: Path, contenu: bytes) -> None:
    descripteur = os.open(chantier, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(contenu)
        sortie.flush()
        os.fsync(sortie.fileno())


def _replace(chantier: Path, cible: Path) -> None:
    """Move over the target, trying again for 1,5 s when a spreadsheet or a reader holds it."""
    for essai in range(_ESSAIS):
        try:
            chantier.replace(cible)
        except PermissionError:
            if essai == _ESSAIS - 1:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _sync_folder(dossier: Path) -> None:
    """Make the new name last through a power cut, where the system can: shares and some folders refuse."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descripteur = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(descripteur)
        finally:
            os.close(descripteur)


_CAUSES = {
    errno.ENOSPC: "le disque est plein : libérez de la place, ou choisissez un autre dossier",
    errno.EDQUOT: "votre quota de disque est atteint : libérez de la place, ou choisissez un autre dossier",
    errno.ENOENT: "le dossier n’existe pas : choisissez-en un autre",
    errno.ENOTDIR: "le dossier n’existe pas : choisissez-en un autre",
    errno.EISDIR: "un dossier porte déjà ce nom : choisissez un autre nom",
    errno.EROFS: "ce disque n’est accessible qu’en lecture : choisissez un autre dossier",
    errno.EACCES: "le fichier est ouvert ailleurs, ou vous n’avez pas le droit d’écrire ici : fermez-le, ou choisissez "
    "un autre dossier",
    errno.ENAMETOOLONG: "le nom est trop long : choisissez-en un plus court",
}
_CAUSES[errno.EPERM] = _CAUSES[errno.EACCES]
_CAUSES[errno.ETXTBSY] = _CAUSES[errno.EACCES]


def refus_ecriture(cible: Path, erreur: OSError) -> EcritureRefusee:
    """Word the refusal of the system to write a file; the former file is untouched."""
    cause = _CAUSES.get(
        erreur.errno or 0, f"le système l’a refusé (erreur {erreur.errno or 'inconnue'}) : choisissez un autre dossier"
    )
    return EcritureRefusee(f"« {cible.name or cible} » n’a pas été enregistré, car {cause}.")
