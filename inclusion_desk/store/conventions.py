"""Queries on conventions and avenants: rows, amounts, annexes, numbers, the lines they carry out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, text, update

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.conventions import SIGNEES, AnnexeActe, Avenant, Convention
from inclusion_desk.domain.conventions import numero as write_number
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store import origine
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    acte_ligne,
    avenant,
    convention,
    copie_acte,
    fiche_annexee,
    ligne_budgetaire,
    numerotation,
    structure,
    tranche,
)

_EN_VIGUEUR = avenant.c.etat.in_(SIGNEES)


def load(session: Session, ids: Sequence[int] | None = None) -> list[Convention]:
    """Read conventions with what they have come to, the latest numbers first."""
    c, v = convention.c, avenant.c
    siens = v.convention_id == c.id
    nombre = select(func.count()).where(siens).scalar_subquery()
    montant = (
        select(func.coalesce(func.sum(tranche.c.montant), 0))
        .outerjoin(avenant, v.id == tranche.c.avenant_id)
        .where(tranche.c.convention_id == c.id, or_(tranche.c.avenant_id.is_(None), _EN_VIGUEUR))
        .scalar_subquery()
    )
    terme = (
        select(v.fin)
        .where(siens, _EN_VIGUEUR, v.fin.is_not(None))
        .order_by(v.rang.desc())
        .limit(1)
        .correlate(convention)
        .scalar_subquery()
    )
    demande = (
        select(
            convention, structure.c.nom.label("structure_nom"), *origine.COLONNES,
            nombre.label("avenants"), montant.label("montant"), terme.label("terme"),
        )
        .join(structure, structure.c.id == c.structure_id)
        .order_by(c.numero.desc())
    )  # fmt: skip
    demande = origine.join_phase(demande, c.phase_id)
    if ids is not None:
        demande = demande.where(c.id.in_(ids))
    return [_convention(r) for r in session.execute(demande)]


def _convention(r: Row[Any]) -> Convention:
    return Convention(
        id=r.id,
        version=r.version,
        numero=r.numero,
        structure_id=r.structure_id,
        structure_nom=r.structure_nom,
        objet=r.objet,
        debut=r.debut,
        fin=r.fin,
        etat=r.etat,
        externe=r.externe,
        signee_structure=r.signee_structure,
        signee_departement=r.signee_departement,
        executoire_le=r.executoire_le,
        phase_id=r.phase_id,
        observations=r.observations,
        phase_reference=origine.reference(r),
        avenants=r.avenants,
        montant=int(r.montant),
        terme=r.terme or r.fin,
        deliberation_numero=origine.deliberation_numero(r),
        deliberation_le=origine.deliberation_le(r),
        resiliee_le=r.resiliee_le,
    )


def load_one(session: Session, identifiant: int) -> Convention:
    """Read one convention.

    Raises:
        Introuvable: it is gone.
    """
    lues = load(session, [identifiant])
    if not lues:
        raise Introuvable("Cette convention n’existe plus : un autre poste l’a supprimée. Actualisez l’affichage.")
    return lues[0]


def locked(session: Session, identifiant: int) -> Convention:
    """Read one convention and keep other writers off it, and off its chain of avenants, until the transaction ends.

    Raises:
        Introuvable: it is gone.
    """
    session.execute(select(convention.c.id).where(convention.c.id == identifiant).with_for_update())
    return load_one(session, identifiant)


def load_avenants(
    session: Session, ids: Sequence[int] | None = None, convention_id: int | None = None
) -> list[Avenant]:  # fmt: skip
    """Read avenants, of one convention or of all, the latest conventions first and in their order."""
    v, c = avenant.c, convention.c
    montant = (
        select(func.coalesce(func.sum(tranche.c.montant), 0)).where(tranche.c.avenant_id == v.id).scalar_subquery()
    )
    demande = (
        select(
            avenant, c.numero.label("convention_numero"), structure.c.nom.label("structure_nom"), *origine.COLONNES,
            montant.label("montant"),
        )
        .join(convention, c.id == v.convention_id)
        .join(structure, structure.c.id == c.structure_id)
        .order_by(c.numero.desc(), v.rang)
    )  # fmt: skip
    demande = origine.join_phase(demande, v.phase_id)
    if ids is not None:
        demande = demande.where(v.id.in_(ids))
    if convention_id is not None:
        demande = demande.where(v.convention_id == convention_id)
    return [_avenant(r) for r in session.execute(demande)]


def _avenant(r: Row[Any]) -> Avenant:
    return Avenant(
        id=r.id,
        version=r.version,
        convention_id=r.convention_id,
        convention_numero=r.convention_numero,
        structure_nom=r.structure_nom,
        rang=r.rang,
        modele=r.modele,
        objet=r.objet,
        debut=r.debut,
        fin=r.fin,
        etat=r.etat,
        signee_structure=r.signee_structure,
        signee_departement=r.signee_departement,
        executoire_le=r.executoire_le,
        phase_id=r.phase_id,
        observations=r.observations,
        phase_reference=origine.reference(r),
        montant=int(r.montant),
        externe=r.externe,
        deliberation_numero=origine.deliberation_numero(r),
        deliberation_le=origine.deliberation_le(r),
    )


def load_tranches(session: Session, convention_id: int) -> tuple[Tranche, ...]:
    """Read what each act of a convention brings, period by period, in the order of the acts."""
    t = tranche.c
    demande = (
        select(tranche, func.coalesce(avenant.c.rang, 0).label("rang"), ligne_budgetaire.c.code_operation,
               ligne_budgetaire.c.imputation)
        .outerjoin(avenant, avenant.c.id == t.avenant_id)
        .outerjoin(ligne_budgetaire, ligne_budgetaire.c.id == t.ligne_budgetaire_id)
        .where(t.convention_id == convention_id)
        .order_by(func.coalesce(avenant.c.rang, 0), t.debut, t.id)
    )  # fmt: skip
    return tuple(
        Tranche(r.rang, r.debut, r.fin, r.montant, r.code_operation or "", r.imputation or "")
        for r in session.execute(demande)
    )


def load_annexes(session: Session, convention_id: int) -> tuple[AnnexeActe, ...]:
    """Read the sheets that each act of a convention annexes, in the order of the acts, then by number."""
    f = fiche_annexee.c
    demande = (
        select(fiche_annexee, func.coalesce(avenant.c.rang, 0).label("rang"))
        .outerjoin(avenant, avenant.c.id == f.avenant_id)
        .where(f.convention_id == convention_id)
        .order_by(func.coalesce(avenant.c.rang, 0), f.annexe)
    )
    return tuple(AnnexeActe(r.annexe, r.titre, r.fiche_id, r.rang, r.territoire) for r in session.execute(demande))


def of_act(table: Any, convention_id: int, avenant_id: int | None) -> Any:  # noqa: ANN401 - a Table and a condition
    """Make the condition that picks the parts of one act: a convention’s own, or an avenant’s."""
    mien = table.c.avenant_id.is_(None) if avenant_id is None else table.c.avenant_id == avenant_id
    return and_(table.c.convention_id == convention_id, mien)


def lines_of(session: Session, convention_id: int, avenant_id: int | None) -> list[int]:
    """List the propositions that an act carries out."""
    demande = select(acte_ligne.c.proposition_id).where(of_act(acte_ligne, convention_id, avenant_id))
    return list(session.execute(demande.order_by(acte_ligne.c.id)).scalars())


def acts_of_lines(session: Session, propositions: Iterable[int]) -> dict[int, tuple[int, int | None]]:
    """Find the act that carries each proposition out, as ids of convention and avenant, by proposition."""
    a = acte_ligne.c
    demande = select(a.proposition_id, a.convention_id, a.avenant_id).where(a.proposition_id.in_(list(propositions)))
    return {r.proposition_id: (r.convention_id, r.avenant_id) for r in session.execute(demande)}


def by_numbers(session: Session, numeros: Iterable[str]) -> dict[str, Convention]:
    """Find conventions by number."""
    demande = select(convention.c.id).where(convention.c.numero.in_(list(numeros)))
    return {une.numero: une for une in load(session, list(session.execute(demande).scalars()))}


def load_copy(session: Session, convention_id: int, avenant_id: int | None) -> tuple[str, str] | None:
    """Read what an act said when it went out, and its fingerprint; None for a draft."""
    demande = select(copie_acte.c.contenu, copie_acte.c.empreinte).where(of_act(copie_acte, convention_id, avenant_id))
    lue = session.execute(demande).first()
    return None if lue is None else (lue.contenu, lue.empreinte)


def take_number(session: Session, annee: int) -> str:
    """Take the next free number of a year: its counter is locked until the transaction ends, so that none is lost.

    A number already borne by a convention born outside is passed over.
    """
    n = numerotation.c
    session.execute(_COMPTEUR, {"annee": annee})
    while True:
        avance = update(numerotation).where(n.annee == annee).values(dernier=n.dernier + 1).returning(n.dernier)
        libre = write_number(annee, int(session.execute(avance).scalar_one()))
        if not _borne(session, libre):
            return libre


_COMPTEUR = text("INSERT INTO numerotation (annee, dernier) VALUES (:annee, 0) ON CONFLICT (annee) DO NOTHING")
"""The counter of a year, made once: of two stations that begin the year at once, the second waits for the first."""


def _borne(session: Session, numero: str) -> bool:
    return session.execute(select(convention.c.id).where(convention.c.numero == numero)).first() is not None


def give_back(session: Session, numero: str) -> bool:
    """Give back the last number taken in its year; False, and nothing is changed, for any other.

    Numbers borne by conventions born outside, which ``take_number`` had passed over, are passed over again.
    """
    annee, rang = (int(partie) for partie in numero.split("-"))
    n = numerotation.c
    verrou = select(n.dernier).where(n.annee == annee).with_for_update()
    dernier = int(session.execute(verrou).scalar() or 0)
    while dernier > rang and _outside(session, write_number(annee, dernier)):
        dernier -= 1
    if dernier != rang:
        return False
    session.execute(update(numerotation).where(n.annee == annee).values(dernier=rang - 1))
    return True


def _outside(session: Session, numero: str) -> bool:
    """Tell whether a number was passed over: borne by a convention of paper."""
    demande = select(convention.c.id).where(convention.c.numero == numero, convention.c.externe == 1)
    return session.execute(demande).first() is not None
