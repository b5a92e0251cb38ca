"""Reads all that is known of one structure: lines of every year, conventions, instalments, bilans."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from inclusion_desk.domain.dispositifs import cle_numero
from inclusion_desk.domain.historique_structure import (
    ConventionHistorique,
    HistoriqueStructure,
    LigneHistorique,
)
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store import bilans, conventions, service_fait, structures
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    acte_ligne,
    avenant,
    campagne,
    collectivite,
    convention,
    deliberation,
    dispositif,
    phase,
    proposition,
    territoire,
    thematique,
)

_AUCUNE_PHASE = 0


def load(session: Session, structure_id: int, jour: date) -> HistoriqueStructure:
    """Read the history of one structure as seen on a day.

    Raises:
        Introuvable: the structure is gone.
    """
    lues = structures.load(session, _AUCUNE_PHASE, [structure_id])
    if not lues:
        raise Introuvable("Cette structure n’existe plus : un autre poste l’a supprimée. Actualisez l’affichage.")
    qui = session.execute(select(collectivite.c.nom, collectivite.c.direction)).first()
    return HistoriqueStructure(
        jour=jour,
        structure=lues[0],
        departement=qui.nom if qui else "",
        direction=qui.direction if qui else "",
        lignes=tuple(_lines(session, structure_id)),
        conventions=_conventions(session, structure_id, jour),
    )


def _lines(session: Session, structure_id: int) -> list[LigneHistorique]:
    """Read the lines of the phases that count, in the order of years, phases, dispositifs and territories."""
    p, a = proposition.c, acte_ligne.c
    demande = (
        select(
            proposition, campagne.c.annee, phase.c.numero.label("phase_numero"), phase.c.etat.label("etat_phase"),
            deliberation.c.numero.label("deliberation"), thematique.c.numero.label("thematique"),
            dispositif.c.numero.label("dispositif_numero"), dispositif.c.intitule, dispositif.c.unite,
            territoire.c.nom.label("territoire"), convention.c.numero.label("convention"),
            convention.c.etat.label("etat_convention"), avenant.c.rang, avenant.c.etat.label("etat_avenant"),
        )
        .join(phase, phase.c.id == p.phase_id)
        .join(campagne, campagne.c.id == phase.c.campagne_id)
        .join(dispositif, dispositif.c.id == p.dispositif_id)
        .join(thematique, thematique.c.id == dispositif.c.thematique_id)
        .join(territoire, territoire.c.id == p.territoire_id)
        .outerjoin(deliberation, deliberation.c.phase_id == phase.c.id)
        .outerjoin(acte_ligne, a.proposition_id == p.id)
        .outerjoin(convention, convention.c.id == a.convention_id)
        .outerjoin(avenant, avenant.c.id == a.avenant_id)
        .where(p.structure_id == structure_id, phase.c.compte == 1)
        .order_by(campagne.c.annee, phase.c.numero, territoire.c.ordre, p.id)
    )  # fmt: skip
    lues = session.execute(demande).all()
    return [_line(r) for r in sorted(lues, key=_order)]


def _order(r: Row[Any]) -> tuple[object, ...]:
    return r.annee, r.phase_numero, r.thematique, cle_numero(r.dispositif_numero)


def _line(r: Row[Any]) -> LigneHistorique:
    numero = r.dispositif_numero
    return LigneHistorique(
        proposition_id=r.id,
        annee=r.annee,
        phase=r.phase_numero,
        etat_phase=r.etat_phase,
        deliberation=r.deliberation or "",
        dispositif=f"{numero} – {r.intitule}" if numero else r.intitule,
        territoire=r.territoire,
        montant=r.montant,
        volume=r.volume,
        unite=r.unite,
        etp=r.etp,
        debut=r.debut,
        fin=r.fin,
        acte=r.acte,
        convention=r.convention or r.convention_initiale or "",
        rang=r.rang,
        etat_acte=(r.etat_avenant if r.rang is not None else r.etat_convention) or "",
    )


def _conventions(session: Session, structure_id: int, jour: date) -> tuple[ConventionHistorique, ...]:
    """Read the conventions of a structure in the order of their numbers, with what follows from them."""
    demande = select(convention.c.id).where(convention.c.structure_id == structure_id)
    lues = conventions.load(session, list(session.execute(demande).scalars()))
    arretes = service_fait.load_arretes(session, [une.id for une in lues])
    return tuple(
        ConventionHistorique(
            une,
            tuple(conventions.load_avenants(session, convention_id=une.id)),
            tuple(service_fait.load_versements(session, jour, convention_id=une.id)),
            tuple(bilans.load(session, jour, convention_id=une.id)),
            conventions.load_tranches(session, une.id),
            arretes.get(une.id),
        )
        for une in sorted(lues, key=lambda c: c.numero)
    )
