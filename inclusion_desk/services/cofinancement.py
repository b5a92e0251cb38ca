"""Reads what the calculator of European co-financing starts from, and writes the plan that comes out of it."""

from __future__ import annotations

from pathlib import Path

from inclusion_desk.domain.cofinancement_lignes import LigneCofinancee, Projet
from inclusion_desk.domain.dispositifs import Territoire
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.store import cofinancement, dispositifs
from inclusion_desk.store.engine import Session


def territoires(session: Session) -> tuple[Territoire, ...]:
    """List the territories; the bassin minier draws on the FTJ, the others on the FSE+."""
    return tuple(dispositifs.load_territoires(session))


def lignes(session: Session, phase_id: int) -> tuple[LigneCofinancee, ...]:
    """List the lines of a phase whose dispositif names a co-financing."""
    return cofinancement.load_lines(session, phase_id)


def nom_propose(projet: Projet) -> str:
    """Name the file of a plan: ``plan-de-financement-pas-de-calais-actif.xlsx``."""
    from inclusion_desk.documents.actes_mots import nom_de_fichier  # noqa: PLC0415 - loaded on first use

    return nom_de_fichier(("plan de financement", projet.ligne.structure if projet.ligne else ""), "xlsx")


def exporter(desk: Desk, projet: Projet, cible: Path) -> Path:
    """Write a plan of financing as a workbook, read back and compared.

    Raises:
        Refus: the target cannot be written, or an amount differs.
    """
    from inclusion_desk.documents import plan_financement  # noqa: PLC0415 - openpyxl is loaded on first use

    contenu = plan_financement.render(projet, desk.maintenant())
    write_atomic(cible, contenu, lambda relu: plan_financement.verify(relu, projet))
    return cible
