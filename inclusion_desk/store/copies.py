"""Checks that acts out for signature still are what went out: each has its copy, and the copy its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, exists, select

from inclusion_desk.domain import instantane
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import avenant, convention, copie_acte


def faults(session: Session) -> Iterator[str]:
    """Say in French what is no longer as it went out; whoever wrote it passed by our guards."""
    c, v = convention.c, avenant.c
    ceux = select(c.numero, c.etat, v.rang, v.etat.label("etat_avenant"), copie_acte)
    copies = (
        ceux.select_from(copie_acte)
        .join(convention, c.id == copie_acte.c.convention_id)
        .outerjoin(avenant, v.id == copie_acte.c.avenant_id)
        .order_by(copie_acte.c.id)
    )
    for r in session.execute(copies):
        nom, rang = _name(r.numero, r.rang or 0), r.rang or 0
        if (r.etat if rang == 0 else r.etat_avenant) == "projet":
            yield f"{nom} : une copie en est gardée, et l’acte est en projet."
            continue
        try:
            copie = instantane.lire_acte(r.contenu, r.empreinte)
        except BaseRefusee:
            yield f"{nom} : sa copie ne correspond plus à son empreinte."
            continue
        if not _is_of(copie, r.numero, rang):
            yield f"{nom} : sa copie est celle d’un autre acte."
    for demande in (_conventions_without(), _avenants_without()):
        for r in session.execute(demande):
            yield f"{_name(r.numero, r.rang)} : l’acte est à la signature ou signé, et sa copie manque."


def _name(numero: str, rang: int) -> str:
    return f"Avenant n° {rang} à la convention {numero}" if rang else f"Convention {numero}"


def _is_of(copie: Acte, numero: str, rang: int) -> bool:
    return (copie.numero, copie.rang) == (numero, rang)


def _conventions_without() -> Select[tuple[str, int]]:
    """Find conventions of the program that went out without a copy."""
    c = convention.c
    sienne = exists().where(copie_acte.c.convention_id == c.id, copie_acte.c.avenant_id.is_(None))
    rang = c.externe.label("rang")  # 0: they are ours
    return select(c.numero, rang).where(c.etat != "projet", c.externe == 0, ~sienne).order_by(c.numero)


def _avenants_without() -> Select[tuple[str, int]]:
    v, c = avenant.c, convention.c
    sienne = exists().where(copie_acte.c.avenant_id == v.id)
    demande = select(c.numero, v.rang).join(convention, c.id == v.convention_id)
    return demande.where(v.etat != "projet", v.externe == 0, ~sienne).order_by(c.numero, v.rang)
