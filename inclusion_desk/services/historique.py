"""The history of a structure: read whole, and produced as a document that is read back before it is announced."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.historique_structure import HistoriqueStructure
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.services.production import Progress
from inclusion_desk.store import historique
from inclusion_desk.store.engine import Session

FormatHistorique = Literal["pdf", "docx"]


def lire(session: Session, structure_id: int, jour: date) -> HistoriqueStructure:
    """Read the history of one structure, all years, as seen on a day.

    Raises:
        Introuvable: the structure is gone.
    """
    return historique.load(session, structure_id, jour)


def nom_propose(nom: str, extension: FormatHistorique) -> str:
    """Name the file of a structure’s history: ``historique-pas-de-calais-actif.pdf``, ASCII, 80 characters at most."""
    from inclusion_desk.documents.actes_mots import nom_de_fichier  # noqa: PLC0415 - loaded on first use

    return nom_de_fichier(("historique", nom), extension)


def produire(
    desk: Desk, structure_id: int, cible: Path, extension: FormatHistorique, progress: Progress | None = None
) -> Path:  # fmt: skip
    """Write the history of a structure as it stands on the desk’s day; its amounts are re-read and compared.

    Raises:
        Introuvable: the structure is gone.
        Refus: the target cannot be written, a character cannot be printed, or ``progress`` cancels.
    """
    from inclusion_desk.documents.historique_structure import render, verify  # noqa: PLC0415 - reportlab on first use

    lu = desk.read(lire, structure_id, desk.maintenant().date())
    contenu = render(lu, extension, progress)
    write_atomic(cible, contenu, lambda relu: verify(relu, lu, extension))
    return cible
