"""Writes what surrounds the acts of a case: its sheets, the conventions that it amends, their payments."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from inclusion_desk.domain.codes import SUIVIS
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER
from inclusion_desk.domain.partage import PartTaux
from inclusion_desk.resources import resource
from inclusion_desk.services import versements
from inclusion_desk.services.cas import Cas, day, without
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.store import phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows

FICTIVE = "Structure exemple"
"""How the names of fictitious structures begin."""
AVANCE = 6_000
"""The advance of the fictitious schedules, in hundredths of a percent: the case leaves it to each convention."""


def lire(nom: str) -> list[dict[str, Any]]:
    """Read a list of the resources of the case: ``fiches`` or ``conventions``."""
    lu: list[dict[str, Any]] = json.loads(resource(f"cas/{nom}.json").read_text(encoding="utf-8"))
    return lu


def charger(session: Session, cas: Cas, phase_id: int) -> Changes:
    """Write the sheets, published, and the conventions born before the case."""
    campagne_id = phases.load(session, phase_id).campagne_id
    titres = {d["cle"]: d["intitule"] for d in cas["dispositifs"]}
    dispositifs = _keys(session, tables.dispositif, "intitule")
    for fiche in lire("fiches"):
        insert_row(session, tables.fiche, _fiche(fiche, dispositifs[titres[fiche["dispositif"]]], cas))
    noms = {s["cle"]: s["nom"] for s in cas["structures"]}
    structures = _keys(session, tables.structure, "nom")
    lignes = _budget_lines(session, campagne_id)
    actions = {cle: dispositifs[titre] for cle, titre in titres.items()}
    for convention in lire("conventions"):
        _convention(session, convention, structures[noms[convention["structure"]]], lignes, actions)
    return Changes("Enregistrer les fiches et les conventions", {"fiches": (), "conventions": (), "avenants": ()})


def _keys(session: Session, table: Table, colonne: str) -> dict[str, int]:
    return {nom: cle for nom, cle in session.execute(select(table.c[colonne], table.c.id))}  # noqa: C416 - rows


def _budget_lines(session: Session, campagne_id: int) -> dict[str, int]:
    b = tables.ligne_budgetaire.c
    demande = select(b.code_operation, b.id).where(b.campagne_id == campagne_id)
    return {r.code_operation: r.id for r in session.execute(demande)}


def _fiche(fiche: Cas, dispositif_id: int, cas: Cas) -> dict[str, Any]:
    mesures = (f"{i['libelle']} = {i['cible']}" if i["cible"] else i["libelle"] for i in fiche["indicateurs"])
    cle = fiche["dispositif"]
    regle = cle if cle in SUIVIS else None
    return {
        **without(fiche, "dispositif", "indicateurs"),
        "dispositif_id": dispositif_id,
        "rang": 1,
        "mesures": "\n".join(mesures),
        "suivi": regle or "equilibre",  # the final bilan within six months
        "echeancier": regle,
        "publiee_le": date.fromisoformat(cas["seance"]["jour"]),
    }


def echelonner(session: Session) -> Changes:
    """Draw up the schedules that wait for an amount, for the fictitious structures: an advance, then the balance."""
    attendus = [
        acte
        for acte in versements.actes_sans_paiement(session, date.min)
        if not acte.versements and FICTIVE in acte.libelle and MODELES_ECHEANCIER[acte.modele].a_saisir
    ]
    appels = [
        Call(versements.etablir, (a.convention_id, a.avenant_id, a.modele, (PartTaux(AVANCE),))) for a in attendus
    ]
    return ensemble(session, "Établir les échéanciers", appels)


def _convention(
    session: Session, convention: Cas, structure_id: int, lignes: dict[str, int], actions: dict[str, int]
) -> None:
    convention_id = insert_row(
        session,
        tables.convention,
        {
            "numero": convention["numero"],
            "structure_id": structure_id,
            "objet": convention["objet"],
            "debut": day(convention["debut"]),
            "fin": day(convention["fin"]),
            "etat": "signee",
            "externe": True,
            "signee_structure": day(convention["signee_structure"]),
            "signee_departement": day(convention["signee_departement"]),
        },
    )
    if publiee_le := day(convention.get("publiee_le")):
        insert_row(session, tables.suivi_convention, {"convention_id": convention_id, "publiee_le": publiee_le})
    parent = {"convention_id": convention_id, "avenant_id": None}
    for t in convention["tranches"]:
        tranche = {"debut": day(t["debut"]), "fin": day(t["fin"]), "montant": t["montant"]}
        insert_row(session, tables.tranche, {**parent, **tranche, "ligne_budgetaire_id": lignes[t["ligne"]]})
    annexes = [
        {
            **parent, "annexe": a["numero"], "titre": a["titre"], "territoire": a.get("territoire", ""),
            "dispositif_id": actions[a["dispositif"]],
        }
        for a in convention["annexes"]
    ]  # fmt: skip
    insert_rows(session, tables.fiche_annexee, annexes)
    ligne_id = lignes[convention["tranches"][0]["ligne"]]
    for rang, v in enumerate(convention["versements"], start=1):
        versement = {**v, "echeance": day(v["echeance"]), "paye_le": day(v["paye_le"]), "rang": rang}
        cles = {"ligne_budgetaire_id": ligne_id, "dispositif_id": annexes[0]["dispositif_id"]}
        insert_row(session, tables.versement, {**parent, **versement, **cles})
