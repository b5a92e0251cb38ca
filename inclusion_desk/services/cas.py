"""Writes a case file of the resources in a database: the real deliberation, and the year that follows it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inclusion_desk.domain import budget as domaine_budget
from inclusion_desk.domain import dispositifs as domaine_dispositifs
from inclusion_desk.domain import structures as domaine_structures
from inclusion_desk.domain.figures import lier, sources
from inclusion_desk.resources import resource
from inclusion_desk.services.changes import Changes
from inclusion_desk.store import deliberations, dossiers, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows, update_values

Cas = Mapping[str, Any]
Cles = dict[Any, int]
TOUT: dict[str, tuple[int, ...]] = {"structures": (), "dispositifs": (), "budget": (), "propositions": ()}


def lire_cas(nom: str = "2024-6") -> dict[str, Any]:
    """Read a case file of the resources."""
    lu: dict[str, Any] = json.loads(resource(f"cas/{nom}.json").read_text(encoding="utf-8"))
    return lu


def charger_cas(session: Session, cas: Cas) -> Changes:
    """Write the whole case in an empty base, in one transaction; the phase is on the agenda, its vote recorded."""
    campagne_id, thematiques, territoires = frame(session, cas)
    elus = _elus(session, cas)
    phase_id = _phase(session, cas, campagne_id, elus)
    dispositifs = _dispositifs(session, cas, thematiques, phase_id)
    lignes = _budget(session, cas, campagne_id)
    structures = _structures(session, cas)
    _propositions(session, cas, phase_id, (dispositifs, structures, territoires, lignes))
    _deliberation(session, cas, phase_id, elus)
    tie(session, phase_id)
    return Changes(f"Charger le cas {cas['deliberation']['numero']}", TOUT)


def without(ligne: Cas, *noms: str) -> dict[str, Any]:
    """Give the values of a row but a few."""
    return {nom: valeur for nom, valeur in ligne.items() if nom not in noms}


def day(texte: str | None) -> date | None:
    """Read an ISO date, or nothing."""
    return date.fromisoformat(texte) if texte else None


def keyed(session: Session, table: Any, lignes: Sequence[tuple[Any, dict[str, Any]]]) -> Cles:  # noqa: ANN401 - a Table
    """Insert rows, and give the id of each by its key."""
    return {cle: insert_row(session, table, valeurs) for cle, valeurs in lignes}


def frame(session: Session, cas: Cas) -> tuple[int, Cles, Cles]:
    """Write the département, the campaign, its thématiques, its deposit periods and the territories."""
    insert_row(session, tables.collectivite, {"id": 1, "nom": cas["departement"], **cas["collectivite"]})
    rapport = day(cas.get("date_rapport_cadre"))
    campagne_id = insert_row(session, tables.campagne, {"annee": cas["annee"], "date_rapport_cadre": rapport})
    thematiques = keyed(
        session, tables.thematique, [(t["numero"], {**t, "campagne_id": campagne_id}) for t in cas["thematiques"]]
    )
    territoires = keyed(
        session, tables.territoire, [(t["nom"], {**t, "ordre": n}) for n, t in enumerate(cas["territoires"], start=1)]
    )
    return campagne_id, thematiques, territoires


def _elus(session: Session, cas: Cas) -> Cles:
    """Write the councillors in the order of the minutes; those who attend without a vote are not members."""
    return keyed(
        session,
        tables.elu,
        [
            (
                (p["prenom"], p["nom"]),
                {**{nom: p[nom] for nom in ("civilite", "prenom", "nom")}, "ordre": n,
                 "membre": not p["statut"].endswith("sans_voix")},
            )
            for n, p in enumerate(cas["seance"]["presences"], start=1)
        ],
    )  # fmt: skip


def _phase(session: Session, cas: Cas, campagne_id: int, elus: Cles) -> int:
    seance = cas["seance"]
    seance_id = insert_row(
        session, tables.seance, {**without(seance, "presences"), "jour": date.fromisoformat(seance["jour"])}
    )
    for ordre, p in enumerate(seance["presences"], start=1):
        presence = {"elu_id": elus[p["prenom"], p["nom"]], "statut": p["statut"], "pouvoir": p["pouvoir"]}
        insert_row(session, tables.presence, {"seance_id": seance_id, "ordre": ordre, **presence})
    valeurs = {"campagne_id": campagne_id, "numero": cas["phase"], "titre": cas["titre"], "seance_id": seance_id}
    phase_id = insert_row(session, tables.phase, {**valeurs, "etat": "seance", "contexte": cas["contexte"]})
    for periode in cas["periodes"]:
        lue = {"numero": periode["numero"], "debut": day(periode["debut"]), "fin": day(periode["fin"])}
        periode_id = insert_row(session, tables.periode_depot, {**lue, "campagne_id": campagne_id})
        insert_row(session, tables.phase_periode, {"phase_id": phase_id, "periode_id": periode_id})
    return phase_id


def _dispositifs(session: Session, cas: Cas, thematiques: Cles, phase_id: int) -> Cles:
    cles: Cles = {}
    for d in cas["dispositifs"]:
        cles[d["cle"]] = insert_row(session, tables.dispositif, dispositif(d, thematiques[d["thematique"]]))
        texte = cas["textes"].get(d["cle"], "")
        operation = {"phase_id": phase_id, "dispositif_id": cles[d["cle"]], "ordre": d["ordre"], "texte": texte}
        insert_row(session, tables.operation, operation)
    return cles


def dispositif(d: Cas, thematique_id: int) -> dict[str, Any]:
    """Give the row of a dispositif of a case."""
    recherche = domaine_dispositifs.recherche(d["numero"], d["intitule"], d["cofinancement"])
    return {**without(d, "cle", "thematique", "ordre"), "thematique_id": thematique_id, "recherche": recherche}


def _budget(session: Session, cas: Cas, campagne_id: int) -> Cles:
    lignes = [(b["code_operation"], budget(b, campagne_id)) for b in cas["budget"]]
    return keyed(session, tables.ligne_budgetaire, lignes)


def budget(b: Cas, campagne_id: int) -> dict[str, Any]:
    """Give the row of a budget line of a case."""
    recherche = domaine_budget.recherche(b["code_operation"], b["imputation"], b["libelle"])
    return {**without(b, "ae"), "ae_initiale": b["ae"], "campagne_id": campagne_id, "recherche": recherche}


def _structures(session: Session, cas: Cas) -> Cles:
    return keyed(session, tables.structure, [(s["cle"], structure(s)) for s in cas["structures"]])


def structure(s: Cas) -> dict[str, Any]:
    """Give the row of a structure of a case; its associations have signed the contrat d’engagement républicain."""
    return {
        **without(s, "cle"),
        "date_deliberation": day(s["date_deliberation"]),
        "engagement_republicain": s["forme"] in {"association", "fondation"},
        "recherche": domaine_structures.recherche(s["nom"], s["siret"], s["commune"], s["forme"]),
    }


def _propositions(session: Session, cas: Cas, phase_id: int, cles: tuple[Cles, Cles, Cles, Cles]) -> None:
    dispositifs, structures, territoires, lignes = cles
    rows = [
        {
            "phase_id": phase_id,
            "dispositif_id": dispositifs[p["dispositif"]],
            "structure_id": structures[p["structure"]],
            "territoire_id": territoires[p["territoire"]],
            "ligne_budgetaire_id": lignes[p["ligne"]],
            **without(p, "dispositif", "structure", "territoire", "ligne"),
            "debut": date.fromisoformat(p["debut"]),
            "fin": date.fromisoformat(p["fin"]),
        }
        for p in cas["propositions"]
    ]
    insert_rows(session, tables.proposition, rows)


def _deliberation(session: Session, cas: Cas, phase_id: int, elus: Cles) -> None:
    """Write the deliberation but its outcome, which adoption records."""
    d = cas["deliberation"]
    valeurs = {
        **without(d, "visas", "avis", "votes", "issue"),
        "phase_id": phase_id,
        "date_modele_convention": day(d["date_modele_convention"]),
        "date_signature": day(d["date_signature"]),
    }
    deliberation_id = insert_row(session, tables.deliberation, valeurs)
    for n, v in enumerate(d["visas"], start=1):
        reference = {**v, "jour": day(v["jour"]), "par_defaut": True, "ordre": n}
        reference_id = insert_row(session, tables.reference, reference)
        insert_row(session, tables.visa, {"deliberation_id": deliberation_id, "ordre": n, "reference_id": reference_id})
    for n, a in enumerate(d["avis"], start=1):
        avis = {**a, "jour": day(a["jour"]), "deliberation_id": deliberation_id, "ordre": n}
        insert_row(session, tables.avis, avis)
    interesses = [elus[p["prenom"], p["nom"]] for p in cas["seance"]["presences"] if p["interesse"]]
    insert_rows(session, tables.interet, [{"deliberation_id": deliberation_id, "elu_id": e} for e in interesses])
    insert_rows(session, tables.annexe, [{**a, "deliberation_id": deliberation_id} for a in cas["annexes"]])
    _votes(session, cas, deliberation_id)


def _votes(session: Session, cas: Cas, deliberation_id: int) -> None:
    groupes = keyed(
        session, tables.groupe, [(nom, {"nom": nom, "ordre": n}) for n, nom in enumerate(cas["groupes"], start=1)]
    )
    for v in cas["deliberation"]["votes"]:
        vote = {"deliberation_id": deliberation_id, "position": v["position"], "nombre": v["nombre"]}
        vote_id = insert_row(session, tables.vote, vote)
        insert_rows(
            session, tables.vote_groupe, [{"vote_id": vote_id, "groupe_id": groupes[nom]} for nom in v["groupes"]]
        )


def tie(session: Session, phase_id: int) -> None:
    """Tie the figures of every text of a phase to what they come from."""
    vue = phases.load(session, phase_id)
    connues = sources(dossiers.build(session, vue))
    contexte = lier(vue.contexte, connues)
    update_values(session, tables.phase, vue.id, {"contexte": contexte})
    o = tables.operation.c
    for r in session.execute(tables.operation.select().where(o.phase_id == phase_id)).all():
        texte = lier(r.texte, connues, dabord=(f"dispositif-{r.dispositif_id}.",))
        update_values(session, tables.operation, r.id, {"texte": texte})
    acte = deliberations.find(session, phase_id)
    for annexe in deliberations.load_annexes(session, acte.id if acte else None):
        update_values(session, tables.annexe, annexe.id, {"texte": lier(annexe.texte, connues)})
