"""Rules of propositions."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain import budget as domaine_budget
from inclusion_desk.domain import dispositifs as domaine_dispositifs
from inclusion_desk.domain import propositions as domaine_propositions
from inclusion_desk.domain.champs import par_nom
from inclusion_desk.domain.phases import refus_fermee
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.regles.base import Ligne, Regles, Touche, check_open
from inclusion_desk.store import budget, candidatures, phases, propositions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def _check(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine_propositions.check_periode(ligne)
    vue = phases.load(session, ligne["phase_id"])
    if vue.fermee:
        raise refus_fermee(vue)
    _check_campagnes(session, ligne)
    cible = ligne["ligne_budgetaire_id"]
    code, reste = budget.available(session, cible, vue)
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


def _name(session: Session, ligne: Ligne) -> str:
    return str(read_one(session, tables.structure, ligne["structure_id"])["nom"])


def touch(ligne: Ligne) -> Touche:
    """List what a proposition appears in."""
    return {
        "propositions": (ligne["id"],) if "id" in ligne else (),
        "budget": (ligne["ligne_budgetaire_id"],),
        "structures": (ligne["structure_id"],),
        "dispositifs": (ligne["dispositif_id"],),
        "phases": (ligne["phase_id"],),
        "thematiques": (),
    }


def _check_phases(session: Session, lignes: Sequence[Ligne]) -> None:
    for phase_id in {ligne["phase_id"] for ligne in lignes}:
        check_open(session, phase_id)


def _check_suppression(session: Session, lignes: Sequence[Ligne]) -> None:
    _check_phases(session, lignes)
    if liees := candidatures.of_propositions(session, [ligne["id"] for ligne in lignes]):
        ligne = next(ligne for ligne in lignes if ligne["id"] in liees)
        raise Refus(
            f"La proposition de « {_name(session, ligne)} » vient d’un dossier de candidature : retirez-la depuis ce "
            "dossier, dans l’onglet Campagne. Rien n’a été supprimé."
        )


PROPOSITIONS = Regles(
    table=tables.proposition,
    champs=domaine_propositions.CHAMPS,
    article="la proposition",
    pluriel="propositions",
    nommer=_name,
    touche=touch,
    check=_check,
    contexte=lambda _session, phase_id: {"phase_id": phase_id},
    check_suppression=_check_suppression,
    check_retour=_check_phases,
)
