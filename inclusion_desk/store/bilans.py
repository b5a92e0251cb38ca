"""Queries on bilans, on the actions of a convention, and on how each convention is followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, select

from inclusion_desk.domain.actions import Action, periode
from inclusion_desk.domain.calendrier import ConventionSuivie
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Avenant, Convention
from inclusion_desk.domain.conventions_cloture import Cloture
from inclusion_desk.domain.fiches import FicheAction, read_indicateurs
from inclusion_desk.domain.suivi import BilanSuivi, SuiviConvention
from inclusion_desk.store import conventions, fiches, origine
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import par_lots
from inclusion_desk.store.tables import (
    acte_ligne,
    bilan,
    campagne,
    convention,
    dispositif,
    fiche,
    fiche_annexee,
    phase,
    proposition,
    structure,
    suivi_convention,
    versement,
)


def load(
    session: Session, jour: date, ids: Sequence[int] | None = None, convention_id: int | None = None
) -> list[BilanSuivi]:  # fmt: skip
    """Read bilans as seen on a day: those to come first, by due date; then those received."""
    b, c = bilan.c, convention.c
    demande = (
        select(bilan, c.numero.label("convention_numero"), c.structure_id, structure.c.nom.label("structure_nom"),
               func.coalesce(fiche.c.titre, dispositif.c.intitule).label("action"),
               func.coalesce(b.dispositif_id, fiche.c.dispositif_id).label("sur"),
               fiche.c.mesures.label("indicateurs"), c.etat.label("convention_etat"), c.resiliee_le, *origine.PHASE)
        .join(convention, c.id == b.convention_id)
        .join(structure, structure.c.id == c.structure_id)
        .outerjoin(dispositif, dispositif.c.id == b.dispositif_id)
        .outerjoin(fiche, fiche.c.id == func.coalesce(b.fiche_id, _latest_sheet()))
        .outerjoin(phase, phase.c.id == c.phase_id)
        .outerjoin(campagne, campagne.c.id == phase.c.campagne_id)
        .order_by(b.recu_le.is_not(None), b.echeance, c.numero, b.id)
    )  # fmt: skip
    if convention_id is not None:
        demande = demande.where(b.convention_id == convention_id)
    if ids is None:
        return [_bilan(r, jour) for r in session.execute(demande)]
    lots = (session.execute(demande.where(b.id.in_(lot))) for lot in par_lots(ids))
    return [_bilan(r, jour) for lot in lots for r in lot]


def _latest_sheet() -> ScalarSelect[Any]:
    """Give the latest published sheet of the dispositif of a bilan: what an action written on paper is followed by."""
    f = fiche.alias("derniere")
    demande = select(f.c.id).where(f.c.dispositif_id == bilan.c.dispositif_id, f.c.publiee_le.is_not(None))
    return demande.order_by(f.c.rang.desc()).limit(1).correlate(bilan).scalar_subquery()


def _bilan(r: Row[Any], jour: date) -> BilanSuivi:
    return BilanSuivi(
        id=r.id,
        version=r.version,
        convention_id=r.convention_id,
        nature=r.nature,
        debut=r.debut,
        fin=r.fin,
        echeance=r.echeance,
        recu_le=r.recu_le,
        observations=r.observations,
        rappel_le=r.rappel_le,
        relance_le=r.relance_le,
        seconde_relance_le=r.seconde_relance_le,
        mise_en_demeure_le=r.mise_en_demeure_le,
        convention_numero=r.convention_numero,
        structure_id=r.structure_id,
        structure_nom=r.structure_nom,
        fiche_id=r.fiche_id,
        action=r.action or "",
        dispositif_id=r.sur,
        indicateurs=read_indicateurs(r.indicateurs or ""),
        mesures=r.mesures,
        jour=jour,
        phase_reference=origine.reference(r),
        cloture=Cloture(r.convention_etat, r.resiliee_le),
    )


def load_actions(session: Session, ids: Sequence[int]) -> dict[int, list[Action]]:
    """Read the actions that the acts of conventions carry, by convention, in the order of the acts.

    A sheet written on paper counts where its dispositif is known.
    """
    a, f = fiche_annexee.c, fiche.c
    demande: Select[Any] = (
        select(a.convention_id, a.avenant_id, a.fiche_id, a.titre,
               func.coalesce(f.dispositif_id, a.dispositif_id).label("dispositif_id"), f.suivi, f.echeancier)
        .outerjoin(fiche, f.id == a.fiche_id)
        .where(a.convention_id.in_(ids), func.coalesce(f.dispositif_id, a.dispositif_id).is_not(None))
        .order_by(a.convention_id, a.annexe)
    )  # fmt: skip
    lues = session.execute(demande).all()
    cadre = _Cadre.read(session, ids, {r.dispositif_id for r in lues if r.fiche_id is None})
    actions: dict[int, dict[tuple[int, int], Action]] = {}
    for r in lues:
        action = cadre.action(r)
        actions.setdefault(r.convention_id, {}).setdefault((action.rang, action.dispositif_id), action)
    return {cle: sorted(siennes.values(), key=lambda x: x.rang) for cle, siennes in actions.items()}


@dataclass(frozen=True, slots=True)
class _Cadre:
    """What actions are read with: conventions, avenants, what the lines of each act bring, rules by dispositif."""

    conventions: Mapping[int, Convention]
    avenants: Mapping[int, Sequence[Avenant]]
    """By convention, in their order."""
    lignes: Mapping[tuple[int, int | None, int], Row[Any]]
    regles: Mapping[int, FicheAction]

    @classmethod
    def read(cls, session: Session, ids: Sequence[int], dispositifs: Collection[int]) -> _Cadre:
        """Read it for some conventions."""
        avenants: dict[int, list[Avenant]] = {}
        for avenant in conventions.load_avenants(session, convention_id=ids[0] if len(ids) == 1 else None):
            avenants.setdefault(avenant.convention_id, []).append(avenant)
        return cls(
            {c.id: c for c in conventions.load(session, ids)},
            avenants,
            _brought(session, ids),
            fiches.in_force(session, dispositifs),
        )

    def action(self, r: Row[Any]) -> Action:
        """Build one action from its row."""
        convention = self.conventions[r.convention_id]
        avenant = next((a for a in self.avenants.get(convention.id, ()) if a.id == r.avenant_id), None)
        siennes = self.lignes.get((r.convention_id, r.avenant_id, r.dispositif_id))
        apport = int(siennes.montant) if siennes else 0
        bornes = (siennes.debut, siennes.fin) if siennes else None
        debut, fin = periode(self._term(convention, avenant), bornes, apport, avenant.modele if avenant else None)
        regle = self.regles.get(r.dispositif_id)
        return Action(
            convention_id=r.convention_id,
            avenant_id=r.avenant_id,
            rang=avenant.rang if avenant else 0,
            engagee=(avenant or convention).etat in SIGNEES,
            dispositif_id=r.dispositif_id,
            fiche_id=r.fiche_id,
            titre=r.titre,
            suivi=r.suivi or (regle.suivi if regle else ""),
            echeancier=r.echeancier or (regle.echeancier if regle else ""),
            debut=debut,
            fin=fin,
            apport=apport,
        )

    def _term(self, convention: Convention, avenant: Avenant | None) -> tuple[date, date]:
        """Give the term of a convention once an act is signed."""
        debut, fin = convention.debut, convention.fin
        for autre in self.avenants.get(convention.id, ()):
            if avenant is not None and autre.rang <= avenant.rang:
                debut, fin = autre.debut or debut, autre.fin or fin
        return debut, fin


def _brought(session: Session, ids: Sequence[int]) -> dict[tuple[int, int | None, int], Row[Any]]:
    """Read what the lines of each act bring for each dispositif, and the period they cover."""
    a, p = acte_ligne.c, proposition.c
    cles = (a.convention_id, a.avenant_id, p.dispositif_id)
    demande: Select[Any] = (
        select(*cles, func.min(p.debut).label("debut"), func.max(p.fin).label("fin"),
               func.sum(p.montant).label("montant"))
        .join(proposition, p.id == a.proposition_id)
        .where(a.convention_id.in_(ids))
        .group_by(*cles)
    )  # fmt: skip
    return {(r.convention_id, r.avenant_id, r.dispositif_id): r for r in session.execute(demande)}


def load_formes(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Read the legal form of the structure of each convention."""
    c = convention.c
    demande = select(c.id, structure.c.forme).join(structure, structure.c.id == c.structure_id).where(c.id.in_(ids))
    return {r.id: r.forme for r in session.execute(demande)}


def load_suivi(session: Session, convention_id: int) -> SuiviConvention:
    """Read how a convention is followed; what stands by default while nothing is stored."""
    demande = select(suivi_convention).where(suivi_convention.c.convention_id == convention_id)
    r = session.execute(demande).first()
    if r is None:
        return SuiviConvention(convention_id)
    return SuiviConvention(
        convention_id, r.id, r.version, r.publiee_le, r.poids, r.quantitatif, r.qualitatif, r.penalites, r.arrete_le,
        r.observations,
    )  # fmt: skip


def load_verse(session: Session, convention_id: int) -> int:
    """Read what was paid on a convention, in cents."""
    demande = select(func.coalesce(func.sum(versement.c.montant_paye), 0))
    return int(session.execute(demande.where(versement.c.convention_id == convention_id)).scalar_one())


def load_followed(session: Session) -> list[ConventionSuivie]:
    """Read what the calendar needs of every convention."""
    demande = select(suivi_convention.c.convention_id, suivi_convention.c.publiee_le)
    publiees = {r.convention_id: r.publiee_le for r in session.execute(demande)}
    return [
        ConventionSuivie(
            c.id, c.numero, c.structure_nom, c.terme or c.fin, c.signee_le, publiees.get(c.id), c.montant,
            close=c.etat in CLOSES,
        )
        for c in conventions.load(session)
    ]  # fmt: skip
