"""Queries on deliberations: references, opinions, articles, annexes, votes, frozen copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from inclusion_desk.domain.deliberations import (
    POSITIONS,
    AnnexeJointe,
    AnnexeSaisie,
    ArticleSaisi,
    Avis,
    AvisCommission,
    Deliberation,
    Rectification,
    Reference,
    Visa,
    VoixGroupe,
    Vote,
)
from inclusion_desk.domain.phases import Phase
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    annexe,
    article,
    avis,
    deliberation,
    document_fige,
    groupe,
    instantane,
    phase,
    reference,
    seance,
    visa,
    vote,
    vote_groupe,
)


@dataclass(frozen=True, slots=True)
class Acte:
    """The row of a deliberation, as edited."""

    id: int
    version: int
    phase_id: int
    numero: str
    titre: str
    issue: str | None
    interesses_en_abstention: bool
    date_modele_convention: date | None
    date_signature: date | None
    signataire: str
    qualite_signataire: str
    remplace_id: int | None


def find(session: Session, phase_id: int) -> Acte | None:
    """Read the deliberation of a phase, if it has one."""
    r = session.execute(select(deliberation).where(deliberation.c.phase_id == phase_id)).first()
    if r is None:
        return None
    return Acte(
        id=r.id,
        version=r.version,
        phase_id=r.phase_id,
        numero=r.numero or "",
        titre=r.titre,
        issue=r.issue,
        interesses_en_abstention=r.interesses_en_abstention,
        date_modele_convention=r.date_modele_convention,
        date_signature=r.date_signature,
        signataire=r.signataire,
        qualite_signataire=r.qualite_signataire,
        remplace_id=r.remplace_id,
    )


def load(session: Session, vue: Phase) -> Deliberation:
    """Read the deliberation of a phase with everything in it; an empty one when there is none yet."""
    acte = find(session, vue.id)
    if acte is None:
        return Deliberation("", vue.titre)
    return Deliberation(
        numero=acte.numero,
        titre=acte.titre,
        visas=load_visas(session, acte.id),
        avis=tuple(
            Avis(commission=a.commission, intitule=a.intitule, jour=a.jour, sens=a.sens)
            for a in load_avis(session, acte.id)
        ),
        votes=load_votes(session, acte.id),
        issue=acte.issue,
        interesses_en_abstention=acte.interesses_en_abstention,
        date_modele_convention=acte.date_modele_convention,
        date_signature=acte.date_signature,
        signataire=acte.signataire,
        qualite_signataire=acte.qualite_signataire,
        articles=load_articles(session, acte.id),
        rectifie=_rectification(session, acte.remplace_id),
    )


def _rectification(session: Session, remplace_id: int | None) -> Rectification | None:
    if remplace_id is None:
        return None
    demande = (
        select(deliberation.c.numero, deliberation.c.titre, seance.c.jour)
        .join(phase, phase.c.id == deliberation.c.phase_id)
        .outerjoin(seance, seance.c.id == phase.c.seance_id)
        .where(deliberation.c.id == remplace_id)
    )
    r = session.execute(demande).one()
    return Rectification(r.numero or "", r.jour, r.titre)


def load_visas(session: Session, deliberation_id: int) -> tuple[Visa, ...]:
    """Read the references a deliberation rests on, in their order."""
    return tuple(
        Visa(nature=r.nature, objet=r.objet, articles=r.articles, numero=r.numero, instance=r.instance, jour=r.jour)
        for r in load_chosen(session, deliberation_id)
    )


def load_chosen(session: Session, deliberation_id: int) -> list[Reference]:
    """Read the references chosen for a deliberation, in their order."""
    demande = (
        select(reference)
        .join(visa, visa.c.reference_id == reference.c.id)
        .where(visa.c.deliberation_id == deliberation_id)
        .order_by(visa.c.ordre)
    )
    return [_reference(r) for r in session.execute(demande)]


def load_references(session: Session, ids: Sequence[int] | None = None) -> list[Reference]:
    """Read the library of references, in its order."""
    demande: Select[Any] = select(reference).order_by(reference.c.ordre, reference.c.id)
    if ids is not None:
        demande = demande.where(reference.c.id.in_(ids))
    return [_reference(r) for r in session.execute(demande)]


def _reference(r: Row[Any]) -> Reference:
    return Reference(
        id=r.id,
        version=r.version,
        nature=r.nature,
        objet=r.objet,
        articles=r.articles,
        numero=r.numero,
        instance=r.instance,
        jour=r.jour,
        par_defaut=r.par_defaut,
        ordre=r.ordre,
    )


def load_avis(session: Session, deliberation_id: int | None, ids: Sequence[int] | None = None) -> list[AvisCommission]:
    """Read the opinions of the committees on a deliberation, in their order."""
    demande = select(avis).where(avis.c.deliberation_id == deliberation_id).order_by(avis.c.ordre)
    if ids is not None:
        demande = demande.where(avis.c.id.in_(ids))
    return [
        AvisCommission(
            id=r.id,
            version=r.version,
            ordre=r.ordre,
            commission=r.commission,
            intitule=r.intitule,
            jour=r.jour,
            sens=r.sens,
        )
        for r in session.execute(demande)
    ]


def load_articles(session: Session, deliberation_id: int) -> tuple[ArticleSaisi, ...]:
    """Read the articles as arranged by the user; none while they are those that the lines call for."""
    demande = select(article).where(article.c.deliberation_id == deliberation_id).order_by(article.c.ordre)
    return tuple(
        ArticleSaisi(nature=r.nature, thematique=r.thematique, texte=r.texte, retire=r.retire)
        for r in session.execute(demande)
    )


def load_annexes(session: Session, deliberation_id: int | None, ids: Sequence[int] | None = None) -> list[AnnexeSaisie]:
    """Read the texts joined to a deliberation, by number."""
    demande = select(annexe).where(annexe.c.deliberation_id == deliberation_id).order_by(annexe.c.numero)
    if ids is not None:
        demande = demande.where(annexe.c.id.in_(ids))
    return [
        AnnexeSaisie(id=r.id, version=r.version, numero=r.numero, titre=r.titre, texte=r.texte, modele=r.modele)
        for r in session.execute(demande)
    ]


def load_joined(session: Session, deliberation_id: int | None) -> tuple[AnnexeJointe, ...]:
    """Read the same texts as documents print them."""
    return tuple(AnnexeJointe(a.numero, a.titre, a.texte, a.modele) for a in load_annexes(session, deliberation_id))


def load_votes(session: Session, deliberation_id: int) -> tuple[Vote, ...]:
    """Read the vote, position by position, with the groups behind each."""
    demande = (
        select(vote.c.id, groupe.c.nom, vote_groupe.c.nombre)
        .join(vote_groupe, vote_groupe.c.vote_id == vote.c.id)
        .join(groupe, groupe.c.id == vote_groupe.c.groupe_id)
        .where(vote.c.deliberation_id == deliberation_id)
        .order_by(groupe.c.ordre)
    )
    groupes: dict[int, list[VoixGroupe]] = defaultdict(list)
    for vote_id, nom, nombre in session.execute(demande):
        groupes[vote_id].append(VoixGroupe(nom, nombre))
    lus = session.execute(select(vote).where(vote.c.deliberation_id == deliberation_id)).all()
    rang = list(POSITIONS)
    return tuple(
        Vote(r.position, r.nombre, tuple(groupes[r.id])) for r in sorted(lus, key=lambda r: rang.index(r.position))
    )


@dataclass(frozen=True, slots=True)
class Copie:
    """A frozen dossier as stored: canonical JSON, its SHA-256, and when it was taken (ISO local time)."""

    contenu: str
    empreinte: str
    moment: str


def load_copy(session: Session, phase_id: int, nature: str) -> Copie | None:
    """Read the frozen dossier of a phase: as put to the vote (``rapport``) or as voted (``deliberation``)."""
    i = instantane.c
    demande = (
        select(i.contenu, i.empreinte, i.moment)
        .join(deliberation, deliberation.c.id == i.deliberation_id)
        .where(deliberation.c.phase_id == phase_id, i.nature == nature)
    )
    r = session.execute(demande).first()
    return None if r is None else Copie(r.contenu, r.empreinte, r.moment)


def load_document(session: Session, phase_id: int, nature: str) -> tuple[bytes, str] | None:
    """Read the bytes of a document made at the vote, and their SHA-256."""
    d = document_fige.c
    demande = (
        select(d.contenu, d.empreinte)
        .join(deliberation, deliberation.c.id == d.deliberation_id)
        .where(deliberation.c.phase_id == phase_id, d.nature == nature)
    )
    r = session.execute(demande).first()
    return None if r is None else (bytes(r.contenu), r.empreinte)


def adopted(session: Session) -> list[tuple[int, str, str]]:
    """List the acts voted: phase, number, outcome."""
    demande = (
        select(deliberation.c.phase_id, deliberation.c.numero, deliberation.c.issue)
        .where(deliberation.c.issue.is_not(None))
        .order_by(deliberation.c.id)
    )
    return [(r.phase_id, r.numero or "", r.issue) for r in session.execute(demande)]


def load_prints(session: Session, phase_id: int) -> list[tuple[str, str]]:
    """List the documents kept at the vote of a phase: what each is, and its SHA-256."""
    d = document_fige.c
    demande = (
        select(d.nature, d.empreinte)
        .join(deliberation, deliberation.c.id == d.deliberation_id)
        .where(deliberation.c.phase_id == phase_id)
        .order_by(d.id)
    )
    return [(nature, empreinte) for nature, empreinte in session.execute(demande)]
