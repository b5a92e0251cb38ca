"""Checks that adopted acts still are what was voted: their copy, their documents, their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from inclusion_desk.domain import instantane
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.phases import FIGES, Phase
from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.domain.text import compter, pluriel
from inclusion_desk.store import deliberations, phases
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import deliberation, document_fige, phase, proposition

_LIGNE = ("dispositif_id", "structure_id", "montant", "volume", "etp", "debut", "fin", "acte", "convention_initiale")
"""What the vote decided of a line, whatever names and codes became since."""


def faults(session: Session) -> Iterator[str]:
    """Say in French what is no longer as it was voted; whoever wrote it passed by our guards."""
    for vue in phases.load_all(session):
        if vue.etat in FIGES:
            for faute in _faults_of(session, vue):
                yield f"Acte voté, phase {vue.reference} : {faute}."


def _faults_of(session: Session, vue: Phase) -> Iterator[str]:
    yield from _documents(session, vue)
    copie = deliberations.load_copy(session, vue.id, "deliberation")
    if copie is None:
        yield "sa copie figée manque"
        return
    try:
        vote = instantane.lire(copie.contenu, copie.empreinte)
    except BaseRefusee:
        yield "sa copie figée ne correspond plus à son empreinte"
        return
    yield from _rows(session, vue, vote)


def _documents(session: Session, vue: Phase) -> Iterator[str]:
    d = document_fige.c
    demande = (
        select(d.nature, d.contenu, d.empreinte)
        .join(deliberation, deliberation.c.id == d.deliberation_id)
        .where(deliberation.c.phase_id == vue.id)
        .order_by(d.id)
    )
    for r in session.execute(demande):
        if hashlib.sha256(r.contenu).hexdigest() != r.empreinte:
            yield f"le document « {r.nature} » ne correspond plus à son empreinte"


def _rows(session: Session, vue: Phase, vote: DossierSeance) -> Iterator[str]:
    votees = {ligne.proposition_id: tuple(getattr(ligne, nom) for nom in _LIGNE) for ligne in vote.lignes}
    lues = _lines(session, vue.id)
    if ecarts := sum(votees.get(i) != lues.get(i) for i in votees.keys() | lues.keys()):
        verbe = pluriel(ecarts, "n’est plus celle", "ne sont plus celles")
        yield f"{compter(ecarts, 'ligne')} {verbe} du vote"
    acte = deliberations.find(session, vue.id)
    if acte is None or (acte.numero, acte.issue, _votes(session, acte.id)) != (
        vote.deliberation.numero, vote.deliberation.issue,
        {v.position: v.nombre for v in vote.deliberation.votes},
    ):  # fmt: skip
        yield "le numéro, le résultat ou le décompte du vote ont changé"
    elif (vue.etat == "remplacee") != _replaced(session, acte.id) or vote.etat not in {vue.etat, "adoptee"}:
        yield "son état n’est pas celui que le vote lui a donné"


def _lines(session: Session, phase_id: int) -> dict[int, tuple[Any, ...]]:
    p = proposition.c
    demande = select(p.id, *(p[nom] for nom in _LIGNE)).where(p.phase_id == phase_id)
    return {r[0]: tuple(r[1:]) for r in session.execute(demande)}


def _votes(session: Session, deliberation_id: int) -> dict[str, int]:
    return {v.position: v.nombre for v in deliberations.load_votes(session, deliberation_id)}


def _replaced(session: Session, deliberation_id: int) -> bool:
    """Tell whether an act adopted since replaces this one."""
    demande = (
        select(deliberation.c.id)
        .join(phase, phase.c.id == deliberation.c.phase_id)
        .where(deliberation.c.remplace_id == deliberation_id, phase.c.etat.in_(("adoptee", "remplacee")))
    )
    return session.execute(demande).first() is not None
