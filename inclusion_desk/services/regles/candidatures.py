"""Rules of applications: what may be edited in which state."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain import campagnes as domaine
from inclusion_desk.domain.dispositifs import refus_campagne
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.regles.base import Ligne, Regles, of_campagne
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one

_LIBRES_UNE_FOIS_PROPOSE = frozenset({"motivation", "pieces_manquantes", "id", "version", "etat"})


def _check(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    domaine.check_depot(ligne)
    if avant is not None and avant["etat"] == "propose":
        touchees = [nom for nom in ligne if ligne[nom] != avant[nom] and nom not in _LIBRES_UNE_FOIS_PROPOSE]
        if touchees:
            raise Refus(
                "Ce dossier est proposé à une phase : retirez d’abord la proposition, ou modifiez-la dans l’onglet "
                "Propositions.",
                touchees[0],
            )
    dispositif = read_one(session, tables.dispositif, ligne["dispositif_id"])
    if read_one(session, tables.thematique, dispositif["thematique_id"])["campagne_id"] != ligne["campagne_id"]:
        raise refus_campagne("Le dispositif", "dispositif_id")


def _name(session: Session, ligne: Ligne) -> str:
    return str(read_one(session, tables.structure, ligne["structure_id"])["nom"])


def _check_suppression(session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if ligne["etat"] == "propose":
            raise Refus(
                f"Le dossier de « {_name(session, ligne)} » est proposé à une phase : retirez d’abord la proposition, "
                "rien n’a été supprimé."
            )


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
