"""Rules of the frame of a year: thématiques, dispositifs, phases, deposit periods, structures."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain import campagnes as domaine_campagnes
from inclusion_desk.domain import dispositifs as domaine_dispositifs
from inclusion_desk.domain import phases as domaine_phases
from inclusion_desk.domain import structures as domaine_structures
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services import actes
from inclusion_desk.services.parties import Partie
from inclusion_desk.services.regles.base import (
    Ligne,
    Regles,
    check_open,
    check_report,
    column,
    of_campagne,
    together,
    touching,
    used,
)
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import count_by, read_one

STRUCTURES = Regles(
    table=tables.structure,
    champs=domaine_structures.CHAMPS,
    article="la structure",
    pluriel="structures",
    recherche=lambda v: {"recherche": domaine_structures.recherche(v["nom"], v["siret"], v["commune"], v["forme"])},
    nommer=column("nom"),
    touche=touching("structures", "propositions", "candidatures", "mandats"),
    check_suppression=together(
        used(tables.proposition, "structure_id", "La structure", "nom", "proposition"),
        used(tables.candidature, "structure_id", "La structure", "nom", "dossier"),
        used(tables.mandat, "structure_id", "La structure", "nom", "mandat"),
    ),
)


def _check_dispositif(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    thematique = read_one(session, tables.thematique, ligne["thematique_id"])
    domaine_dispositifs.check_numero(ligne, thematique["numero"])
    if avant is None or avant["thematique_id"] == thematique["id"]:
        return
    if read_one(session, tables.thematique, avant["thematique_id"])["campagne_id"] != thematique["campagne_id"]:
        raise domaine_dispositifs.refus_campagne("La thématique", "thematique_id")


DISPOSITIFS = Regles(
    table=tables.dispositif,
    champs=domaine_dispositifs.CHAMPS,
    article="le dispositif",
    pluriel="dispositifs",
    recherche=lambda v: {"recherche": domaine_dispositifs.recherche(v["numero"], v["intitule"], v["cofinancement"])},
    nommer=column("intitule"),
    touche=touching("dispositifs", "propositions", "candidatures", "thematiques"),
    check=_check_dispositif,
    check_suppression=together(
        used(tables.proposition, "dispositif_id", "Le dispositif", "intitule", "proposition"),
        used(tables.candidature, "dispositif_id", "Le dispositif", "intitule", "dossier"),
    ),
    parties=(Partie(tables.operation, "dispositif_id"),),
)

THEMATIQUES = Regles(
    table=tables.thematique,
    champs=domaine_dispositifs.CHAMPS_THEMATIQUE,
    article="la thématique",
    pluriel="thématiques",
    nommer=column("intitule"),
    touche=touching("thematiques", "dispositifs", "propositions"),
    contexte=of_campagne,
    check_suppression=used(tables.dispositif, "thematique_id", "La thématique", "intitule", "dispositif"),
)


def _check_phase(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    if avant is None:
        return
    check_open(session, ligne["id"])
    if ligne["contexte"] != avant["contexte"]:
        check_report(session, ligne["id"])


def _check_phase_suppression(session: Session, lignes: Sequence[Ligne]) -> None:
    comptes = count_by(session, tables.proposition, "phase_id", [ligne["id"] for ligne in lignes])
    for ligne in lignes:
        check_open(session, ligne["id"])
        if nombre := comptes.get(ligne["id"]):
            raise Refus(
                f"La phase {ligne['numero']} contient {compter(nombre, 'proposition')} : supprimez-les d’abord, rien "
                "n’a été supprimé."
            )


PHASES = Regles(
    table=tables.phase,
    champs=domaine_phases.CHAMPS,
    article="la phase",
    pluriel="phases",
    nommer=lambda _session, ligne: f"phase {ligne['numero']}",
    touche=touching("phases"),
    check=_check_phase,
    contexte=of_campagne,
    check_suppression=_check_phase_suppression,
    parties=(
        Partie(tables.deliberation, "phase_id", actes.PARTIES),
        Partie(tables.operation, "phase_id"),
        Partie(tables.phase_periode, "phase_id"),
    ),
    apres=lambda session, ligne: actes.preparer(session, ligne["id"]),
)


def _check_periode(_session: Session, ligne: Ligne, _avant: Ligne | None) -> None:
    domaine_campagnes.check_depot(ligne)


PERIODES = Regles(
    table=tables.periode_depot,
    champs=domaine_campagnes.CHAMPS_PERIODE,
    article="la période",
    pluriel="périodes de dépôt",
    nommer=lambda _session, ligne: f"période {ligne['numero']}",
    touche=touching("periodes", "candidatures"),
    check=_check_periode,
    contexte=of_campagne,
    check_suppression=used(tables.candidature, "periode_id", "La période", "numero", "dossier"),
    parties=(Partie(tables.phase_periode, "periode_id"),),
)
