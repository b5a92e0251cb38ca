"""Makes databases: the demonstration base of the real case, and an empty one ready for work."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from inclusion_desk.domain import budget as domaine_budget
from inclusion_desk.domain import dispositifs as domaine_dispositifs
from inclusion_desk.domain import structures as domaine_structures
from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.resources import resource
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows

_TOUT: dict[str, tuple[int, ...]] = {"structures": (), "dispositifs": (), "budget": (), "propositions": ()}
Cles = dict[Any, int]


def creer(chemin: str | Path) -> None:
    """Make the demonstration base (deliberation N° 2024-587, phase 2024/6); one that holds a phase is kept as it is.

    Raises:
        Refus: the database cannot be created there.
    """
    desk = ouvrir(chemin, creer=True)
    try:
        if not desk.read(phases.load_all):
            desk.do(charger_cas, lire_cas())
    finally:
        desk.close()


def ouvrir_ou_creer(chemin: str | Path) -> Desk:
    """Open the user's own base, made on first use with a campaign of the year, its first phase and the territories.

    Raises:
        BaseRefusee: it cannot be opened or created.
    """
    desk = ouvrir(chemin, creer="://" not in str(chemin))
    try:
        if desk.locale and not desk.lecture_seule and not desk.read(phases.load_all):
            desk.do(preparer_campagne, lire_cas(), desk.maintenant().year)
    except BaseException:
        desk.close()
        raise
    return desk


def creer_base(chemin: Path) -> Desk:
    """Make a new base where nothing stands yet, ready for work like the user's own, and open it.

    Raises:
        BaseRefusee: something already stands there, or it cannot be created.
    """
    if chemin.exists():
        raise BaseRefusee(
            f"Le fichier {chemin} existe déjà : il n’a pas été touché. Choisissez un autre nom, ou ouvrez-le."
        )
    return ouvrir_ou_creer(chemin)


def lire_cas() -> dict[str, Any]:
    """Read the case file of the resources."""
    lu: dict[str, Any] = json.loads(resource("cas/2024-6.json").read_text(encoding="utf-8"))
    return lu


def preparer_campagne(session: Session, cas: Mapping[str, Any], annee: int) -> Changes:
    """Fill an empty base with what any year starts from: département, territories, thématiques, a first phase."""
    label = f"Préparer la campagne {annee}"
    if phases.load_all(session):  # another window, opened at the same moment, was first
        return Changes(label, {})
    campagne_id = _frame(session, {**cas, "annee": annee})[0]
    titre = f"Appels à projets des politiques d’inclusion durable {annee} – Phase 1"
    insert_row(session, tables.phase, {"campagne_id": campagne_id, "numero": 1, "titre": titre})
    return Changes(label, _TOUT)


def charger_cas(session: Session, cas: Mapping[str, Any]) -> Changes:
    """Write the whole case in an empty base, in one transaction."""
    campagne_id, thematiques, territoires = _frame(session, cas)
    phase_id = _phase(session, cas, campagne_id)
    dispositifs = _dispositifs(session, cas, thematiques, phase_id)
    lignes = _budget(session, cas, campagne_id)
    structures = _structures(session, cas)
    insert_rows(
        session,
        tables.proposition,
        [
            {
                "phase_id": phase_id,
                "dispositif_id": dispositifs[p["dispositif"]],
                "structure_id": structures[p["structure"]],
                "territoire_id": territoires[p["territoire"]],
                "ligne_budgetaire_id": lignes[p["ligne"]],
                **_sauf(p, "dispositif", "structure", "territoire", "ligne"),
                "debut": date.fromisoformat(p["debut"]),
                "fin": date.fromisoformat(p["fin"]),
            }
            for p in cas["propositions"]
        ],
    )
    _deliberation(session, cas, phase_id)
    return Changes(f"Charger le cas {cas['deliberation']['numero']}", _TOUT)


def _sauf(ligne: Mapping[str, Any], *noms: str) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in ligne.items() if nom not in noms}


def _jour(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None


def _keyed(session: Session, table: Any, lignes: Sequence[tuple[Any, dict[str, Any]]]) -> Cles:  # noqa: ANN401 - a Table
    return {cle: insert_row(session, table, valeurs) for cle, valeurs in lignes}


def _frame(session: Session, cas: Mapping[str, Any]) -> tuple[int, Cles, Cles]:
    insert_row(session, tables.collectivite, {"id": 1, "nom": cas["departement"]})
    campagne_id = insert_row(session, tables.campagne, {"annee": cas["annee"]})
    thematiques = _keyed(
        session, tables.thematique, [(t["numero"], {**t, "campagne_id": campagne_id}) for t in cas["thematiques"]]
    )
    territoires = _keyed(
        session, tables.territoire, [(t["nom"], {**t, "ordre": n}) for n, t in enumerate(cas["territoires"], start=1)]
    )
    return campagne_id, thematiques, territoires


def _phase(session: Session, cas: Mapping[str, Any], campagne_id: int) -> int:
    seance = cas["seance"]
    seance_id = insert_row(
        session, tables.seance, {**_sauf(seance, "presences"), "jour": date.fromisoformat(seance["jour"])}
    )
    for ordre, p in enumerate(seance["presences"], start=1):
        elu_id = insert_row(session, tables.elu, {nom: p[nom] for nom in ("civilite", "prenom", "nom")})
        presence = {nom: p[nom] for nom in ("statut", "interesse", "pouvoir")}
        insert_row(session, tables.presence, {"seance_id": seance_id, "elu_id": elu_id, "ordre": ordre, **presence})
    valeurs = {"campagne_id": campagne_id, "numero": cas["phase"], "titre": cas["titre"], "seance_id": seance_id}
    return insert_row(session, tables.phase, valeurs)


def _dispositifs(session: Session, cas: Mapping[str, Any], thematiques: Cles, phase_id: int) -> Cles:
    cles: Cles = {}
    for d in cas["dispositifs"]:
        valeurs = {
            **_sauf(d, "cle", "thematique", "ordre"),
            "thematique_id": thematiques[d["thematique"]],
            "recherche": domaine_dispositifs.recherche(d["numero"], d["intitule"], d["cofinancement"]),
        }
        cles[d["cle"]] = insert_row(session, tables.dispositif, valeurs)
        operation = {"phase_id": phase_id, "dispositif_id": cles[d["cle"]], "ordre": d["ordre"]}
        insert_row(session, tables.operation, operation)
    return cles


def _budget(session: Session, cas: Mapping[str, Any], campagne_id: int) -> Cles:
    return _keyed(
        session,
        tables.ligne_budgetaire,
        [
            (
                b["code_operation"],
                {
                    **b,
                    "campagne_id": campagne_id,
                    "recherche": domaine_budget.recherche(b["code_operation"], b["imputation"], b["libelle"]),
                },
            )
            for b in cas["budget"]
        ],
    )


def _structures(session: Session, cas: Mapping[str, Any]) -> Cles:
    return _keyed(
        session,
        tables.structure,
        [
            (
                s["cle"],
                {
                    **_sauf(s, "cle"),
                    "date_deliberation": _jour(s["date_deliberation"]),
                    "recherche": domaine_structures.recherche(s["nom"], s["siret"], s["commune"], s["forme"]),
                },
            )
            for s in cas["structures"]
        ],
    )


def _deliberation(session: Session, cas: Mapping[str, Any], phase_id: int) -> None:
    d = cas["deliberation"]
    valeurs = {
        **_sauf(d, "visas", "avis", "votes"),
        "phase_id": phase_id,
        "date_modele_convention": _jour(d["date_modele_convention"]),
        "date_signature": _jour(d["date_signature"]),
    }
    deliberation_id = insert_row(session, tables.deliberation, valeurs)
    for table, lignes in ((tables.visa, d["visas"]), (tables.avis, d["avis"])):
        insert_rows(
            session,
            table,
            [
                {**ligne, "jour": _jour(ligne["jour"]), "deliberation_id": deliberation_id, "ordre": n}
                for n, ligne in enumerate(lignes, start=1)
            ],
        )
    _votes(session, cas, deliberation_id)


def _votes(session: Session, cas: Mapping[str, Any], deliberation_id: int) -> None:
    groupes = _keyed(
        session, tables.groupe, [(nom, {"nom": nom, "ordre": n}) for n, nom in enumerate(cas["groupes"], start=1)]
    )
    for v in cas["deliberation"]["votes"]:
        vote = {"deliberation_id": deliberation_id, "position": v["position"], "nombre": v["nombre"]}
        vote_id = insert_row(session, tables.vote, vote)
        insert_rows(
            session, tables.vote_groupe, [{"vote_id": vote_id, "groupe_id": groupes[nom]} for nom in v["groupes"]]
        )
