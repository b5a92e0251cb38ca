"""The everyday gestures on conventions and avenants, in one line each, for the tests of services and store."""

from __future__ import annotations

from datetime import date
from typing import Any

from inclusion_desk.documents import actes as documents
from inclusion_desk.domain.conventions import TRANSITIONS_CONVENTION, Avenant, Convention
from inclusion_desk.services import conventions, edition, preparation_actes, signatures
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.modeles import en_vigueur
from inclusion_desk.store import actes, tables
from inclusion_desk.store import conventions as rangees
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one, read_parts
from tests.services.gestes import PHASE, ligne

TABLES = {"conventions": tables.convention, "avenants": tables.avenant}
SIGNATURES = {"signee_structure": date(2025, 1, 10), "signee_departement": date(2025, 1, 20)}


def neuve(**valeurs: Any) -> dict[str, Any]:
    """Give the form of a new convention of the program, which a deliberation of 2025 allows."""
    faites = {
        "externe": False,
        "structure_id": 1,
        "objet": "Essai",
        "debut": date(2025, 1, 1),
        "fin": date(2025, 12, 31),
        "deliberation_numero": "2025-3",
        "deliberation_le": date(2025, 1, 1),
    }
    return {**faites, **valeurs}


def creer(desk: Desk, sujet: str = "conventions", **valeurs: Any) -> Changes:
    """Create a convention or an avenant."""
    return desk.do(edition.create, sujet, PHASE, neuve(**valeurs) if sujet == "conventions" else valeurs)


def creee(desk: Desk, sujet: str = "conventions", **valeurs: Any) -> int:
    """Create a convention or an avenant, and give its id."""
    creer(desk, sujet, **valeurs)
    table = TABLES[sujet]
    return desk.read(lambda s: int(s.execute(table.select().order_by(table.c.id.desc())).first().id))  # type: ignore[union-attr]


def avenant_a(convention_id: int, **valeurs: Any) -> dict[str, Any]:
    """Give the form of a new avenant that brings nothing but its sheet."""
    return {"convention_id": convention_id, "modele": "10", "objet": "Essai", **valeurs}


def toutes(desk: Desk) -> list[Convention]:
    """Read every convention, the first numbers first."""
    return sorted(desk.read(rangees.load), key=lambda c: c.numero)


def numeros(desk: Desk, annee: int = 2025) -> list[str]:
    """List the numbers given by the program in a year, in their order."""
    return [c.numero for c in toutes(desk) if not c.externe and c.numero.startswith(str(annee))]


def nommee(desk: Desk, numero: str) -> Convention:
    """Find a convention by its number."""
    return desk.read(rangees.by_numbers, [numero])[numero]


def avenants(desk: Desk, numero: str) -> list[Avenant]:
    """Read the avenants of a convention."""
    return desk.read(rangees.load_avenants, convention_id=nommee(desk, numero).id)


def changer(desk: Desk, sujet: str, identifiant: int, **valeurs: Any) -> Changes:
    """Change an act."""
    return desk.do(edition.update, sujet, identifiant, ligne(desk, identifiant, TABLES[sujet])["version"], valeurs)


def deplacer(desk: Desk, sujet: str, identifiant: int, code: str, motif: str = "Motif d’essai") -> Changes:
    """Make an act move; a convention that may be is terminated from a day on."""
    if code == "resilier" and sujet == "conventions" and etat(desk, sujet, identifiant) in {"signee", "executoire"}:
        return resilier(desk, identifiant, motif=motif)
    version = ligne(desk, identifiant, TABLES[sujet])["version"]
    return desk.do(conventions.deplacer, sujet, identifiant, version, code, motif)


def resilier(desk: Desk, identifiant: int, jour: date | None = None, motif: str = "Motif d’essai") -> Changes:
    """Terminate a convention from a day on, else from its last signature."""
    (transition,) = (t for t in TRANSITIONS_CONVENTION if t.code == "resilier")
    chaine = desk.read(conventions.lire, identifiant)
    siennes = [chaine.convention.signee_le, *(a.signee_le for a in chaine.avenants)]
    saisies = {"resiliee_le": jour or max(s for s in siennes if s is not None), "motif": motif}
    version = ligne(desk, identifiant, tables.convention)["version"]
    return desk.do(signatures.enregistrer, "conventions", identifiant, version, transition, saisies)


def etat(desk: Desk, sujet: str, identifiant: int) -> str:
    """Read the state of an act."""
    return str(ligne(desk, identifiant, TABLES[sujet])["etat"])


def preparer(desk: Desk) -> Changes:
    """Prepare every act of the case."""
    cles = [p.cle for p in desk.read(preparation_actes.examiner, PHASE) if p.pret]
    return desk.do(preparation_actes.preparer, PHASE, cles)


def signer(desk: Desk, sujet: str, identifiant: int) -> None:
    """Take a draft to its signatures."""
    deplacer(desk, sujet, identifiant, "envoyer")
    changer(desk, sujet, identifiant, **SIGNATURES)
    deplacer(desk, sujet, identifiant, "signer")


def ecourter(desk: Desk, numero: str, fin: date) -> None:
    """Shorten a convention, its amounts first: they would be left out of its term."""
    une = nommee(desk, numero)
    for t in desk.read(read_parts, tables.tranche, "convention_id", [une.id]):
        if t["avenant_id"] is None and t["fin"] > fin:
            desk.do(edition.update, "montants", t["id"], t["version"], {"fin": fin})
    changer(desk, "conventions", une.id, fin=fin)


def document(desk: Desk, convention_id: int, avenant_id: int | None = None) -> bytes:
    """Make the PDF of an act as the program does."""
    acte = desk.read(actes.load, convention_id, avenant_id)
    modele = acte.source or desk.read(en_vigueur, "avenant" if acte.avenant else "convention")
    return documents.render_acte(acte, "pdf", modele=modele)


def copie(desk: Desk, convention_id: int, avenant_id: int | None = None) -> tuple[str, str] | None:
    """Read the copy of an act out for signature."""
    return desk.read(rangees.load_copy, convention_id, avenant_id)


def renommer(session: Session, structure_id: int) -> Changes:
    """Give another name and representative to a structure."""
    version = read_one(session, tables.structure, structure_id)["version"]
    valeurs = {"nom": "Renommée depuis", "representant": "Dominique NOUVELLE", "qualite": "Présidente"}
    return edition.update(session, "structures", structure_id, version, valeurs)
