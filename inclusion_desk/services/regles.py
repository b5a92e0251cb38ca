"""What each subject checks, names and touches when one of its rows is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from inclusion_desk.domain import budget as domaine_budget
from inclusion_desk.domain import dispositifs as domaine_dispositifs
from inclusion_desk.domain import propositions as domaine_propositions
from inclusion_desk.domain import structures as domaine_structures
from inclusion_desk.domain.champs import Champ, par_nom
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.store import budget, phases, propositions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one

Ligne = Mapping[str, Any]
Touche = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Regles:
    """How one subject is edited; ``check`` sees the whole row as it would be, and as it was (None when new)."""

    table: Table
    champs: tuple[Champ, ...]
    article: str
    pluriel: str
    check: Callable[[Session, Ligne, Ligne | None], None]
    contexte: Callable[[Session, int], dict[str, Any]]
    recherche: Callable[[Ligne], dict[str, str]]
    nommer: Callable[[Session, Ligne], str]
    touche: Callable[[Ligne], Touche]
    check_suppression: Callable[[Session, Sequence[Ligne]], None]
    parties: tuple[Table, str] | None = None
    """The table of what goes with a row when it is deleted, and its column that names the row."""


def _no_check(_session: Session, _ligne: Ligne, _avant: Ligne | None) -> None:
    return None


def _no_context(_session: Session, _phase_id: int) -> dict[str, Any]:
    return {}


def _campagne(session: Session, phase_id: int) -> dict[str, Any]:
    return {"campagne_id": phases.load(session, phase_id).campagne_id}


def _used(colonne: str, nom: str, article: str) -> Callable[[Session, Sequence[Ligne]], None]:
    """Make the check that refuses to delete what propositions still name."""

    def check(session: Session, lignes: Sequence[Ligne]) -> None:
        comptes = propositions.count_by(session, colonne, [ligne["id"] for ligne in lignes])
        for ligne in lignes:
            if nombre := comptes.get(ligne["id"]):
                raise Refus(
                    f"{article} « {ligne[nom]} » figure dans {compter(nombre, 'proposition')} : retirez d’abord ce qui "
                    "s’y rattache, rien n’a été supprimé."
                )

    return check


def _check_dispositif(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    thematique = read_one(session, tables.thematique, ligne["thematique_id"])
    domaine_dispositifs.check_numero(ligne, thematique["numero"])
    if avant is None or avant["thematique_id"] == thematique["id"]:
        return
    if read_one(session, tables.thematique, avant["thematique_id"])["campagne_id"] != thematique["campagne_id"]:
        raise domaine_dispositifs.refus_campagne("La thématique", "thematique_id")


def _check_budget(_session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine_budget.check_ligne(ligne)
    engage = ligne["engage_anterieur"] + (avant["engage"] if avant else 0)
    if ligne["ae"] < engage:
        raise domaine_budget.refus_ae(ligne["code_operation"], engage)


def _check_proposition(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine_propositions.check_periode(ligne)
    _check_campagnes(session, ligne)
    cible = ligne["ligne_budgetaire_id"]
    code, reste = budget.available(session, cible)
    if avant and avant["ligne_budgetaire_id"] == cible:
        reste += avant["montant"]
    diminue = avant is not None and avant["ligne_budgetaire_id"] == cible and ligne["montant"] <= avant["montant"]
    if ligne["montant"] > reste and not diminue:
        raise domaine_budget.refus_depassement(code, reste, ligne["montant"])


def _check_campagnes(session: Session, ligne: Ligne) -> None:
    """Refuse what is gone or belongs to another campaign than the phase: its documents would not show the line."""
    cibles = ("dispositif_id", "ligne_budgetaire_id")
    voulue, *trouvees = propositions.campagnes(session, ligne["phase_id"], *(ligne[cible] for cible in cibles))
    articles = par_nom(domaine_propositions.CHAMPS)
    for cible, trouvee in zip(cibles, trouvees, strict=True):
        if trouvee != voulue or voulue is None:
            raise domaine_dispositifs.refus_campagne(articles[cible].article, cible)


def _name_proposition(session: Session, ligne: Ligne) -> str:
    return str(read_one(session, tables.structure, ligne["structure_id"])["nom"])


def _touch_proposition(ligne: Ligne) -> Touche:
    return {
        "propositions": (ligne["id"],) if "id" in ligne else (),
        "budget": (ligne["ligne_budgetaire_id"],),
        "structures": (ligne["structure_id"],),
        "dispositifs": (ligne["dispositif_id"],),
    }


def _column(nom: str) -> Callable[[Session, Ligne], str]:
    return lambda _session, ligne: str(ligne[nom])


def _touch(sujet: str) -> Callable[[Ligne], Touche]:
    """Make the rule of a subject whose names appear in every proposition: those are all read again."""
    return lambda ligne: {sujet: (ligne["id"],), "propositions": ()}


REGLES: Mapping[str, Regles] = {
    "structures": Regles(
        table=tables.structure,
        champs=domaine_structures.CHAMPS,
        article="la structure",
        pluriel="structures",
        check=_no_check,
        contexte=_no_context,
        recherche=lambda v: {"recherche": domaine_structures.recherche(v["nom"], v["siret"], v["commune"], v["forme"])},
        nommer=_column("nom"),
        touche=_touch("structures"),
        check_suppression=_used("structure_id", "nom", "La structure"),
    ),
    "dispositifs": Regles(
        table=tables.dispositif,
        champs=domaine_dispositifs.CHAMPS,
        article="le dispositif",
        pluriel="dispositifs",
        check=_check_dispositif,
        contexte=_no_context,
        recherche=lambda v: {
            "recherche": domaine_dispositifs.recherche(v["numero"], v["intitule"], v["cofinancement"])
        },
        nommer=_column("intitule"),
        touche=_touch("dispositifs"),
        check_suppression=_used("dispositif_id", "intitule", "Le dispositif"),
        parties=(tables.operation, "dispositif_id"),
    ),
    "budget": Regles(
        table=tables.ligne_budgetaire,
        champs=domaine_budget.CHAMPS,
        article="la ligne budgétaire",
        pluriel="lignes budgétaires",
        check=_check_budget,
        contexte=_campagne,
        recherche=lambda v: {"recherche": domaine_budget.recherche(v["code_operation"], v["imputation"], v["libelle"])},
        nommer=_column("code_operation"),
        touche=_touch("budget"),
        check_suppression=_used("ligne_budgetaire_id", "code_operation", "La ligne budgétaire"),
    ),
    "propositions": Regles(
        table=tables.proposition,
        champs=domaine_propositions.CHAMPS,
        article="la proposition",
        pluriel="propositions",
        check=_check_proposition,
        contexte=lambda _session, phase_id: {"phase_id": phase_id},
        recherche=lambda _: {},
        nommer=_name_proposition,
        touche=_touch_proposition,
        check_suppression=lambda _session, _lignes: None,
    ),
}
"""The rules of each subject, by its name."""
