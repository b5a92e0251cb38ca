"""The signed copies of acts: kept beside the base, named by their SHA-256, and checked when they are opened."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from inclusion_desk.domain.money import INSECABLE, format_nombre
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import refus_ecriture, write_atomic
from inclusion_desk.store import tables
from inclusion_desk.store.conventions import of_act
from inclusion_desk.store.engine import Session, moment_of
from inclusion_desk.store.rows import delete_rows, insert_row, insert_rows, read_one

POIDS_MAX = 150_000_000
"""The heaviest copy accepted, in bytes: what the transmission to the State takes with its annexes."""
_ENTETE = b"%PDF-"
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A signed copy: the name it came with, its SHA-256, its size in bytes."""

    nom: str
    empreinte: str
    taille: int
    id: int = 0

    @property
    def poids(self) -> str:
        """Its size as shown: « 1 204 Ko »."""
        return f"{format_nombre(max(1, round(self.taille / _KILO)))}{INSECABLE}Ko"


def dossier(desk: Desk) -> Path:
    """Give the folder that keeps the copies: beside the base, under its name.

    Raises:
        Refus: the base is on a server.
    """
    if not desk.locale:
        raise Refus(
            "Les copies signées se gardent dans le dossier d’une base locale : cette base est sur un serveur, "
            "conservez-les dans la gestion électronique de documents."
        )
    base = Path(desk.adresse)
    return base.with_name(f"{base.stem}-pieces")


def deposer(desk: Desk, chemin: Path) -> Piece:
    """Copy a PDF in the folder of the base, whole or not at all; the same one is kept once.

    Raises:
        Refus: it cannot be read, is no PDF, is too heavy, or the folder cannot be written.
    """
    ou = dossier(desk)
    try:
        poids = chemin.stat().st_size
        contenu = chemin.read_bytes() if poids <= POIDS_MAX else b""
    except OSError as erreur:
        raise Refus(
            f"« {chemin.name} » n’a pas pu être lu : vérifiez qu’il existe et que vous y avez accès."
        ) from erreur
    if poids > POIDS_MAX:
        raise Refus(f"« {chemin.name} » dépasse 150 Mo : numérisez-le en moindre définition.")
    if not contenu.startswith(_ENTETE):
        raise Refus(f"« {chemin.name} » n’est pas un PDF : choisissez la numérisation de l’acte signé.")
    empreinte = hashlib.sha256(contenu).hexdigest()
    cible = ou / f"{empreinte}.pdf"
    if not cible.exists():
        try:
            ou.mkdir(exist_ok=True)
        except OSError as erreur:
            raise refus_ecriture(ou, erreur) from erreur
        write_atomic(cible, contenu, lambda _relu: None)
    return Piece(chemin.name[:250], empreinte, poids)


def joindre(session: Session, convention_id: int, avenant_id: int | None, piece: Piece) -> Changes:
    """Attach a copy already in the folder to an act."""
    valeurs = {
        "convention_id": convention_id,
        "avenant_id": avenant_id,
        "nom": piece.nom,
        "empreinte": piece.empreinte,
        "taille": piece.taille,
        "jointe_le": moment_of(session),
    }
    identifiant = insert_row(session, tables.piece, valeurs)
    return Changes(f"Joindre {piece.nom}", {"pieces": (identifiant,)}, Call(detacher, (identifiant,)))


def detacher(session: Session, identifiant: int) -> Changes:
    """Take a copy off its act; the file stays in the folder, as undo may call for it."""
    ligne = read_one(session, tables.piece, identifiant)
    delete_rows(session, tables.piece, [identifiant])
    return Changes(f"Retirer {ligne['nom']}", {"pieces": (identifiant,)}, Call(_remettre, (ligne,)))


def _remettre(session: Session, ligne: dict[str, object]) -> Changes:
    insert_rows(session, tables.piece, [ligne])
    identifiant = int(str(ligne["id"]))
    return Changes(f"Joindre {ligne['nom']}", {"pieces": (identifiant,)}, Call(detacher, (identifiant,)))


def lister(session: Session, convention_id: int, avenant_id: int | None) -> Sequence[Piece]:
    """List the signed copies of one act, an avenant never showing those of its convention."""
    p = tables.piece.c
    demande = select(tables.piece).where(of_act(tables.piece, convention_id, avenant_id)).order_by(p.id)
    return [Piece(r.nom, r.empreinte, r.taille, r.id) for r in session.execute(demande)]


def ouvrir(desk: Desk, piece: Piece) -> Path:
    """Give the file of a copy, once checked against its fingerprint.

    Raises:
        Refus: it is gone, or is no longer what was attached.
    """
    chemin = dossier(desk) / f"{piece.empreinte}.pdf"
    try:
        contenu = chemin.read_bytes()
    except OSError as erreur:
        raise Refus(
            f"La copie « {piece.nom} » n’est plus dans le dossier {chemin.parent.name} : restaurez-le, ou joignez-la "
            "de nouveau."
        ) from erreur
    if hashlib.sha256(contenu).hexdigest() != piece.empreinte:
        raise Refus(f"La copie « {piece.nom} » a été modifiée depuis qu’elle a été jointe : joignez l’original.")
    return chemin
