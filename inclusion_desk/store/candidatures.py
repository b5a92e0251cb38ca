"""Queries on applications and on what was done with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from inclusion_desk.domain.campagnes import Candidature
from inclusion_desk.domain.etats import Evenement
from inclusion_desk.store import phases
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    campagne,
    candidature,
    dispositif,
    evenement,
    ligne_budgetaire,
    periode_depot,
    phase,
    proposition,
    structure,
    territoire,
)


def load(session: Session, campagne_id: int, ids: Sequence[int] | None = None) -> list[Candidature]:
    """Read a campaign's applications with the names they refer to, the latest deposited first."""
    c = candidature.c
    demande = (
        select(
            candidature, dispositif.c.numero.label("dispositif_numero"), dispositif.c.intitule, dispositif.c.unite,
            structure.c.nom.label("structure_nom"), territoire.c.nom.label("territoire_nom"),
            periode_depot.c.numero.label("periode_numero"), ligne_budgetaire.c.code_operation,
            campagne.c.annee, phase.c.numero.label("phase_numero"), phase.c.etat.label("phase_etat"),
            proposition.c.montant.label("montant_ligne"),
        )
        .join(dispositif, dispositif.c.id == c.dispositif_id)
        .join(structure, structure.c.id == c.structure_id)
        .join(territoire, territoire.c.id == c.territoire_id)
        .join(campagne, campagne.c.id == c.campagne_id)
        .outerjoin(periode_depot, periode_depot.c.id == c.periode_id)
        .outerjoin(ligne_budgetaire, ligne_budgetaire.c.id == c.ligne_budgetaire_id)
        .outerjoin(proposition, proposition.c.id == c.proposition_id)
        .outerjoin(phase, phase.c.id == proposition.c.phase_id)
        .where(c.campagne_id == campagne_id)
        .order_by(c.depose_le.desc(), c.id.desc())
    )  # fmt: skip
    if ids is not None:
        demande = demande.where(c.id.in_(ids))
    lues = session.execute(demande).all()
    corriges = _corrected(session, campagne_id) if any(r.phase_etat == "remplacee" for r in lues) else {}
    return [_candidature(r, corriges) for r in lues]


def _corrected(session: Session, campagne_id: int) -> dict[int, int]:
    """Find what the act in force gives for each line of a replaced one (cents), by proposition.

    The same structure, dispositif and territory; a line that the correction took away, or that it has twice, is left
    out.
    """
    suivantes = {p.id: p.phase_remplacante for p in phases.load_of_campagne(session, campagne_id)}

    def en_vigueur(phase_id: int) -> int:
        suivante = suivantes[phase_id]
        return phase_id if suivante is None else en_vigueur(suivante)

    p = proposition.c
    demande = select(p.id, p.phase_id, p.structure_id, p.dispositif_id, p.territoire_id, p.montant)
    lignes = session.execute(demande.where(p.phase_id.in_(suivantes))).all()
    montants: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for r in lignes:
        montants[r.phase_id, r.structure_id, r.dispositif_id, r.territoire_id].append(r.montant)
    trouves = {r.id: montants[en_vigueur(r.phase_id), r.structure_id, r.dispositif_id, r.territoire_id] for r in lignes}
    return {identifiant: trouve[0] for identifiant, trouve in trouves.items() if len(trouve) == 1}


def _voted(r: Row[Any], corriges: Mapping[int, int]) -> int | None:
    if r.phase_etat == "remplacee":
        return corriges.get(r.proposition_id)
    return int(r.montant_ligne) if r.phase_etat == "adoptee" else None


def _candidature(r: Row[Any], corriges: Mapping[int, int]) -> Candidature:
    return Candidature(
        id=r.id,
        version=r.version,
        campagne_id=r.campagne_id,
        dispositif_id=r.dispositif_id,
        structure_id=r.structure_id,
        territoire_id=r.territoire_id,
        periode_id=r.periode_id,
        ligne_budgetaire_id=r.ligne_budgetaire_id,
        proposition_id=r.proposition_id,
        dispositif_numero=r.dispositif_numero,
        dispositif_intitule=r.intitule,
        structure_nom=r.structure_nom,
        territoire_nom=r.territoire_nom,
        periode_numero=r.periode_numero,
        code_operation=r.code_operation,
        unite=r.unite,
        depose_le=r.depose_le,
        pieces_manquantes=r.pieces_manquantes,
        montant_demande=r.montant_demande,
        volume_demande=r.volume_demande,
        debut=r.debut,
        fin=r.fin,
        etat=r.etat,
        avis=r.avis,
        motivation=r.motivation,
        montant_propose=r.montant_propose,
        volume_propose=r.volume_propose,
        phase_reference=f"{r.annee}/{r.phase_numero}" if r.phase_numero is not None else None,
        phase_etat=r.phase_etat,
        montant_vote=_voted(r, corriges),
    )


def of_propositions(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Find the application behind each proposition that has one, by proposition."""
    c = candidature.c
    demande = select(c.proposition_id, c.id).where(c.proposition_id.in_(ids))
    return {proposition_id: identifiant for proposition_id, identifiant in session.execute(demande)}  # noqa: C416


def history(session: Session, sujet: str, ligne_id: int) -> list[Evenement]:
    """Read the moves made by an application or a phase, the latest first."""
    e = evenement.c
    demande = select(evenement).where(e.sujet == sujet, e.ligne_id == ligne_id).order_by(e.id.desc())
    return [
        Evenement(de=r.de, vers=r.vers, geste=r.geste, auteur=r.auteur, moment=r.moment, motif=r.motif)
        for r in session.execute(demande)
    ]
