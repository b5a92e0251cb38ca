"""Writes down who moved what from one state to another, when and why."""

from __future__ import annotations

from inclusion_desk.domain.etats import Transition
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import LONGUEUR_MAX, clean_texte
from inclusion_desk.store import candidatures, tables
from inclusion_desk.store.engine import Session, author_of, moment_of
from inclusion_desk.store.rows import insert_row

historique = candidatures.history
"""Read the moves made by an application or a phase, the latest first."""


def consigner(session: Session, sujet: str, ligne_id: int, de: str, transition: Transition, motif: str = "") -> None:
    """Record a move that is being made.

    Raises:
        Refus: the move asks for a reason and none is given.
    """
    net = clean_texte(motif, "Le motif", "motif", maximum=LONGUEUR_MAX, lignes=True) if motif.strip() else ""
    if transition.motive and not net:
        raise Refus(f"« {transition.geste} » se motive : indiquez pourquoi.", "motif")
    valeurs = {
        "sujet": sujet,
        "ligne_id": ligne_id,
        "de": de,
        "vers": transition.vers,
        "geste": transition.geste,
        "auteur": author_of(session),
        "moment": moment_of(session),
        "motif": net,
    }
    insert_row(session, tables.evenement, valeurs)
