"""Writes the letters that bilans awaited call for, and keeps the days they went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inclusion_desk.domain.lettres import Lettre, niveau_atteint
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition, modeles
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.ecrits import FormatEcrit, ecrire
from inclusion_desk.store import actes, bilans, conventions, versements
from inclusion_desk.store.engine import Session


@dataclass(frozen=True, slots=True)
class Courrier:
    """Letters to write in one file, and the user's template for them, None for ours."""

    lettres: tuple[Lettre, ...]
    modele: str | None = None

    def nom_propose(self, extension: FormatEcrit) -> str:
        """Name the file."""
        from inclusion_desk.documents import rappels  # noqa: PLC0415 - reportlab and Jinja are loaded on first use

        return rappels.nom_fichier(self.lettres, extension)

    def ecrire(self, cible: Path) -> Path:
        """Write the letters, as DOCX where the name says so, else as PDF; they are read back and compared.

        Raises:
            Refus: the target cannot be written, a template that cannot be filled, or what is read back differs.
        """
        from inclusion_desk.documents import rappels  # noqa: PLC0415 - idem

        return ecrire(
            cible,
            lambda extension: rappels.render_rappels(self.lettres, extension, self.modele),
            lambda relu, extension: rappels.verify_rappels(relu, self.lettres, extension, self.modele),
        )


def preparer(session: Session, ids: Sequence[int], jour: date) -> Courrier:
    """Gather what the letters about bilans say on a day, by due date; one that went out is dated as it was.

    Raises:
        Introuvable: a bilan is gone.
        Refus: one has come, or is not awaited yet.
    """
    lus = bilans.load(session, jour, ids)
    if len(lus) < len(ids):
        raise Introuvable("Un de ces bilans n’existe plus : un autre poste l’a supprimé. Actualisez l’affichage.")
    lettres = tuple(_letter(session, identifiant, jour) for identifiant in [b.id for b in lus])
    return Courrier(lettres, modeles.propre(session, "rappel"))


def _letter(session: Session, bilan_id: int, aujourdhui: date) -> Lettre:
    [bilan] = bilans.load(session, aujourdhui, [bilan_id])
    niveau = niveau_atteint(bilan, aujourdhui)
    jour = getattr(bilan, niveau.champ) or aujourdhui
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


def noter(session: Session, lettres: Sequence[Lettre]) -> Changes:
    """Keep the days that letters go out, each at its level; those kept already are left.

    Raises:
        ConflitDeVersion: a bilan was changed since its letter was prepared.
    """
    nouvelles = [une for une in lettres if getattr(une.bilan, une.niveau.champ) is None]
    appels = [
        Call(edition.update, ("bilans", une.bilan.id, une.bilan.version, {une.niveau.champ: une.jour}))
        for une in nouvelles
    ]
    return ensemble(session, f"Noter l’envoi – {_named(nouvelles)}", appels)


def _named(lettres: Sequence[Lettre]) -> str:
    if len(lettres) != 1:
        return compter(len(lettres), "lettre")
    return f"{lettres[0].niveau.libelle}, {lettres[0].convention_numero}"
