"""Writes the year that follows the case: a phase in preparation, with fictitious applications to try everything on."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from inclusion_desk.services import campagnes, candidatures, edition, seances, textes
from inclusion_desk.services.cas import Cas, day, structure, without
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import dispositifs, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, read_one, update_values

_CHEMINS: dict[str, tuple[str, ...]] = {
    "depose": (),
    "incomplet": ("demander",),
    "complet": ("completer",),
    "instruit": ("completer", "instruire"),
    "propose": ("completer", "instruire", "proposer"),
    "ecarte": ("completer", "instruire", "ecarter"),
    "retire": ("retirer",),
}
"""The moves that lead an application to its state."""


def charger(desk: Desk, cas: Cas, precedent: Cas) -> None:
    """Open the campaign of a case file after the one of ``precedent``, through the use cases of every day."""
    desk.do(campagnes.ouvrir, cas["annee"], cas["modele"])
    phase_id = next(p.id for p in desk.read(phases.load_all) if p.annee == cas["annee"])
    cles = desk.read(_keys, phase_id, precedent)
    _frame(desk, cas, phase_id)
    for s in cas["structures"]:
        cles[s["cle"]] = _add(desk, "structures", phase_id, without(structure(s), "recherche"))
    _elu(desk, cas, phase_id, cles)
    for c in cas["candidatures"]:
        _candidature(desk, c, phase_id, cles)
    _sitting(desk, cas, phase_id)
    for cle, texte in cas["textes"].items():
        version = desk.read(phases.load, phase_id).version
        desk.do(textes.ecrire, phase_id, f"operation:{cles[cle]}", version, texte)
    desk.do(textes.ecrire, phase_id, textes.CONTEXTE, desk.read(phases.load, phase_id).version, cas["contexte"])


def _add(desk: Desk, sujet: str, phase_id: int, valeurs: Cas) -> int:
    return desk.do(edition.create, sujet, phase_id, dict(valeurs)).ids[sujet][0]


def _keys(session: Session, phase_id: int, precedent: Cas) -> dict[str, int]:
    """Find what the new campaign holds, by the keys of the former case: structures, dispositifs, lines, territories."""
    vue = phases.load(session, phase_id)
    par_nom = dict(session.execute(select(tables.structure.c.nom, tables.structure.c.id)).all())
    par_titre = {d.intitule: d.id for d in dispositifs.load(session, phase_id, vue.campagne_id)}
    b = tables.ligne_budgetaire.c
    lignes = session.execute(select(b.code_operation, b.id).where(b.campagne_id == vue.campagne_id)).all()
    return {
        **{s["cle"]: par_nom[s["nom"]] for s in precedent["structures"]},
        **{d["cle"]: par_titre[d["intitule"]] for d in precedent["dispositifs"]},
        **{code: ligne_id for code, ligne_id in lignes},  # noqa: C416 - rows, not pairs
        **{t.nom: t.id for t in dispositifs.load_territoires(session)},
    }


def _frame(desk: Desk, cas: Cas, phase_id: int) -> None:
    def cadrer(session: Session) -> Changes:
        campagne_id = phases.load(session, phase_id).campagne_id
        update_values(session, tables.campagne, campagne_id, {"date_rapport_cadre": day(cas["date_rapport_cadre"])})
        b = tables.ligne_budgetaire.c
        for code, ae in cas["ae"].items():
            trouvee = select(b.id).where(b.campagne_id == campagne_id, b.code_operation == code)
            ligne_id = session.execute(trouvee).scalar_one()
            update_values(session, tables.ligne_budgetaire, ligne_id, {"ae_initiale": ae})
        for p in phases.load_periodes(session, campagne_id):
            session.execute(tables.periode_depot.delete().where(tables.periode_depot.c.id == p.id))
        for p in cas["periodes"]:
            periode = {"numero": p["numero"], "debut": day(p["debut"]), "fin": day(p["fin"])}
            periode_id = insert_row(session, tables.periode_depot, {**periode, "campagne_id": campagne_id})
            insert_row(session, tables.phase_periode, {"phase_id": phase_id, "periode_id": periode_id})
        return Changes(f"Cadrer la campagne {cas['annee']}", {})

    desk.do(cadrer)
    dm = cas["decision"]
    ligne_id = desk.read(_line, phase_id, dm["ligne"])
    valeurs = {"ligne_budgetaire_id": ligne_id, "jour": day(dm["jour"]), **without(dm, "ligne", "jour")}
    _add(desk, "decisions", phase_id, valeurs)


def _line(session: Session, phase_id: int, code: str) -> int:
    b = tables.ligne_budgetaire.c
    campagne_id = phases.load(session, phase_id).campagne_id
    trouvee = select(b.id).where(b.campagne_id == campagne_id, b.code_operation == code)
    return int(session.execute(trouvee).scalar_one())


def _elu(desk: Desk, cas: Cas, phase_id: int, cles: dict[str, int]) -> None:
    e, g = cas["elu"], tables.groupe.c
    groupe_id = desk.read(lambda s: s.execute(select(g.id).where(g.nom == e["groupe"])).scalar_one())
    valeurs = {**without(e, "groupe", "debut"), "groupe_id": groupe_id, "membre": True, "debut": day(e["debut"])}
    elu_id = _add(desk, "elus", phase_id, valeurs)
    m = cas["mandat"]
    mandat = {"elu_id": elu_id, "structure_id": cles[m["structure"]], "qualite": m["qualite"], "debut": day(m["debut"])}
    _add(desk, "mandats", phase_id, mandat)


def _candidature(desk: Desk, c: Cas, phase_id: int, cles: dict[str, int]) -> None:
    periode_id = desk.read(lambda s: phases.load_periodes_of(s, phase_id))[0].id
    valeurs = {
        **without(c, "structure", "dispositif", "territoire", "ligne", "etat", "motif"),
        **{f"{nom}_id": cles[c[nom]] for nom in ("structure", "dispositif", "territoire")},
        "periode_id": periode_id,
        "ligne_budgetaire_id": cles[c["ligne"]] if "ligne" in c else None,
        **{nom: day(c[nom]) for nom in ("depose_le", "debut", "fin")},
    }
    identifiant = _add(desk, "candidatures", phase_id, valeurs)
    for code, version in _moves(desk, c["etat"], identifiant):
        desk.do(candidatures.deplacer, identifiant, version, code, phase_id, c.get("motif", ""))


def _moves(desk: Desk, etat: str, identifiant: int) -> Iterator[tuple[str, int]]:
    for code in _CHEMINS[etat]:
        yield code, desk.read(read_one, tables.candidature, identifiant)["version"]


def _sitting(desk: Desk, cas: Cas, phase_id: int) -> None:
    seance = {**cas["seance"], "jour": day(cas["seance"]["jour"])}
    desk.do(seances.fixer, phase_id, desk.read(phases.load, phase_id).version, seance)
    for a in cas["avis"]:
        _add(desk, "avis", phase_id, {**a, "jour": day(a["jour"])})
