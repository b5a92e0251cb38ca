"""Rules of budget lines and of the décisions modificatives that change their AE."""

from __future__ import annotations

from inclusion_desk.domain import budget as domaine_budget
from inclusion_desk.domain.dispositifs import refus_campagne
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.parties import Partie
from inclusion_desk.services.regles.base import Ligne, Regles, column, of_campagne, together, touching, used
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def _check_budget(_session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine_budget.check_ligne(ligne)
    engage = ligne["engage_anterieur"] + (avant["engage"] - avant["modifications"] if avant else 0)
    if ligne["ae_initiale"] < engage:
        raise domaine_budget.refus_ae(ligne["code_operation"], engage)


BUDGET = Regles(
    table=tables.ligne_budgetaire,
    champs=domaine_budget.CHAMPS,
    article="la ligne budgétaire",
    pluriel="lignes budgétaires",
    recherche=lambda v: {"recherche": domaine_budget.recherche(v["code_operation"], v["imputation"], v["libelle"])},
    nommer=column("code_operation"),
    touche=touching("budget", "propositions", "decisions", "candidatures"),
    check=_check_budget,
    contexte=of_campagne,
    check_suppression=together(
        used(tables.proposition, "ligne_budgetaire_id", "La ligne budgétaire", "code_operation", "proposition"),
        used(tables.candidature, "ligne_budgetaire_id", "La ligne budgétaire", "code_operation", "dossier"),
    ),
    parties=(Partie(tables.decision_modificative, "ligne_budgetaire_id"),),
)


def _check_decision(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    visee = read_one(session, tables.ligne_budgetaire, ligne["ligne_budgetaire_id"])
    if avant is not None and avant["ligne_budgetaire_id"] != visee["id"]:
        ancienne = read_one(session, tables.ligne_budgetaire, avant["ligne_budgetaire_id"])
        if ancienne["campagne_id"] != visee["campagne_id"]:
            raise refus_campagne("La ligne budgétaire", "ligne_budgetaire_id")
    reste = visee["ae_initiale"] + visee["modifications"] - visee["engage_anterieur"] - visee["engage"]
    if avant is not None and avant["ligne_budgetaire_id"] == visee["id"]:
        reste -= avant["montant"]
    if reste + ligne["montant"] < 0:
        raise Refus(
            f"La ligne {visee['code_operation']} ne peut être réduite que de {format_montant(max(reste, 0))}, ce qui "
            "n’y est ni engagé ni proposé : réduisez d’abord les propositions.",
            "montant",
        )


DECISIONS = Regles(
    table=tables.decision_modificative,
    champs=domaine_budget.CHAMPS_DECISION,
    article="la décision modificative",
    pluriel="décisions modificatives",
    nommer=column("libelle"),
    touche=lambda ligne: {
        "decisions": (ligne["id"],) if "id" in ligne else (),
        "budget": (ligne["ligne_budgetaire_id"],),
    },
    check=_check_decision,
)
