"""Writes the letter that a bilan awaited calls for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.lettres import Lettre, niveau_atteint
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.store import actes, bilans, conventions, versements
from inclusion_desk.store.engine import Session

FormatLettre = Literal["pdf", "docx"]


def preparer(session: Session, bilan_id: int, jour: date) -> Lettre:
    """Gather what the letter about a bilan says on a day.

    Raises:
        Introuvable: the bilan is gone.
        Refus: it has come, or is not awaited yet.
    """
    lus = bilans.load(session, jour, [bilan_id])
    if not lus:
        raise Introuvable("Ce bilan n’existe plus : un autre poste l’a supprimé. Actualisez l’affichage.")
    bilan = lus[0]
    niveau = niveau_atteint(bilan, jour)
    convention = conventions.load_one(session, bilan.convention_id)
    acte = actes.build(session, convention.id, None)
    attendus = versements.load(session, jour, convention_id=convention.id)
    return Lettre(
        niveau=niveau,
        bilan=bilan,
        convention_numero=convention.numero,
        convention_objet=convention.objet,
        signee_le=convention.signee_le,
        beneficiaire=acte.beneficiaire,
        departement=acte.departement,
        jour=jour,
        versements=tuple(
            v for v in attendus if v.declencheur == f"bilan_{bilan.nature}" and v.paye_le is None and v.montant > 0
        ),
    )


def nom_propose(lettre: Lettre, extension: FormatLettre) -> str:
    """Name the file of a letter."""
    from inclusion_desk.documents import rappels  # noqa: PLC0415 - reportlab and Jinja are loaded on first use

    return rappels.nom_fichier(lettre, extension)


def ecrire(lettre: Lettre, cible: Path) -> Path:
    """Write a letter, as DOCX where the name says so, else as PDF; it is read back and compared.

    Raises:
        Refus: the target cannot be written, or what is read back differs.
    """
    from inclusion_desk.documents import rappels  # noqa: PLC0415 - idem

    extension: FormatLettre = "docx" if cible.suffix.lower() == ".docx" else "pdf"
    contenu = rappels.render_rappel(lettre, extension)
    write_atomic(cible, contenu, lambda relu: rappels.verify_rappel(relu, lettre, extension))
    return cible
