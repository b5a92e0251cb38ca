"""Moves an act, and what its signature sets off: payments dated, bilans drawn up, in the same step."""

from __future__ import annotations

from typing import Any

from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.etats import Transition
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import bilans, conventions, edition, versements
from inclusion_desk.services.changes import Changes, reunir
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def deplacer(session: Session, sujet: str, identifiant: int, version: int, code: str, motif: str = "") -> Changes:
    """Make a convention or an avenant move; signed, its payments are dated and its bilans drawn up.

    Raises:
        Refus: the state does not allow it, or something is missing.
        ConflitDeVersion: it was changed since it was read.
    """
    fait = conventions.deplacer(session, sujet, identifiant, version, code, motif)
    if code != "signer":
        return fait
    convention_id = _convention_of(session, sujet, identifiant)
    return reunir(fait.label, (fait, versements.redater(session, convention_id), _draw_up(session, convention_id)))


def enregistrer(
    session: Session, sujet: str, identifiant: int, version: int, transition: Transition, saisies: Valeurs
) -> Changes:
    """Write the dates that a move asks for and make it, in one step that is undone in one.

    ``saisies`` are these dates, and the reason under ``motif`` where the move asks for one.

    Raises:
        SaisieRefusee: a date is refused.
        Refus: as ``deplacer``; no date is written then.
        ConflitDeVersion: it was changed since it was read.
    """
    conventions.permise(sujet, read_one(session, conventions.TABLES[sujet], identifiant), transition.code)
    dates = {nom: saisies[nom] for nom in transition.saisies}
    ecrites = edition.update(session, sujet, identifiant, version, dates)
    actuelle = read_one(session, conventions.TABLES[sujet], identifiant)["version"]
    fait = deplacer(session, sujet, identifiant, actuelle, transition.code, str(saisies.get("motif") or ""))
    return reunir(fait.label, (ecrites, fait))


def _draw_up(session: Session, convention_id: int) -> Changes:
    """Draw up the bilans that a convention owes; nothing where it owes none that is not known."""
    try:
        return bilans.etablir(session, (convention_id,))
    except Refus:
        return Changes("", {})


def _convention_of(session: Session, sujet: str, identifiant: int) -> int:
    if sujet == "conventions":
        return identifiant
    ligne: dict[str, Any] = read_one(session, tables.avenant, identifiant)
    return int(ligne["convention_id"])
