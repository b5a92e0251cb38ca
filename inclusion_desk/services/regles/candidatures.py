"""Rules of applications: what may be edited in which state."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain import campagnes as domaine
from inclusion_desk.domain.dispositifs import refus_campagne
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.regles.base import Ligne, Regles, of_campagne
from inclusion_desk.store import phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one

_LIBRES_UNE_FOIS_PROPOSE = frozenset({"motivation", "pieces_manquantes", "id", "version", "etat"})
_RETENU = {
    "propose": "est proposé à une phase : retirez d’abord la proposition",
    "vote": "est voté à la phase {phase} : une correction passe par une nouvelle délibération",
    "rejete": "est rejeté à la phase {phase} : représentez-le d’abord à une autre phase",
    "ajourne": "est ajourné avec la phase {phase} : représentez-le d’abord à une autre phase",
}
"""Why an application does not change, by situation, and what to do."""


def phase_of(session: Session, ligne: Ligne) -> Phase | None:
    """Read the phase to which an application is proposed, if it is."""
    if ligne["proposition_id"] is None:
        return None
    return phases.load(session, read_one(session, tables.proposition, ligne["proposition_id"])["phase_id"])


def _held(session: Session, ligne: Ligne) -> str:
    """Say why an application does not change, or nothing."""
    phase = phase_of(session, ligne)
    if phase is None:
        return ""
    return _RETENU[domaine.situer(ligne["etat"], phase.etat)].format(phase=phase.reference)


def _check(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine.check_depot(ligne)
    if avant is not None and (retenu := _held(session, avant)):
        touchees = [nom for nom in ligne if ligne[nom] != avant[nom] and nom not in _LIBRES_UNE_FOIS_PROPOSE]
        if touchees:
            suite = ", ou modifiez-la dans l’onglet Propositions" if retenu == _RETENU["propose"] else ""
            raise Refus(f"Ce dossier {retenu}{suite}.", touchees[0])
    dispositif = read_one(session, tables.dispositif, ligne["dispositif_id"])
    if read_one(session, tables.thematique, dispositif["thematique_id"])["campagne_id"] != ligne["campagne_id"]:
        raise refus_campagne("Le dispositif", "dispositif_id")


def _name(session: Session, ligne: Ligne) -> str:
    return str(read_one(session, tables.structure, ligne["structure_id"])["nom"])


def _check_suppression(session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if retenu := _held(session, ligne):
            raise Refus(f"Le dossier de « {_name(session, ligne)} » {retenu}. Rien n’a été supprimé.")


CANDIDATURES = Regles(
    table=tables.candidature,
    champs=domaine.CHAMPS_CANDIDATURE,
    article="le dossier",
    pluriel="dossiers de candidature",
    nommer=_name,
    touche=lambda ligne: {"candidatures": (ligne["id"],) if "id" in ligne else (), "periodes": ()},
    check=_check,
    contexte=of_campagne,
    check_suppression=_check_suppression,
)
