"""Rules of councillors, groups, mandates, references, opinions and joined annexes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inclusion_desk.domain import deliberations as domaine_deliberations
from inclusion_desk.domain import seances as domaine_seances
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import cle_nom, format_date
from inclusion_desk.services import actes
from inclusion_desk.services.parties import Partie
from inclusion_desk.services.regles.base import (
    Ligne,
    Regles,
    check_open,
    column,
    together,
    touching,
    used,
)
from inclusion_desk.store import seances, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import last_rank, read_one


def _check_duree(_session: Session, ligne: Ligne, _avant: Ligne | None) -> None:
    debut, fin = ligne.get("debut"), ligne.get("fin")
    if debut and fin and fin < debut:
        raise Refus(
            f"La fin ({format_date(fin)}) précède le début ({format_date(debut)}) : corrigez l’une des deux dates.",
            "fin",
        )


def _check_elu(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_duree(session, ligne, avant)
    if ligne.get("ordre") is None and avant is not None:
        raise Refus("Le rang est à renseigner : il dit dans quel ordre les élus sont cités.", "ordre")
    if avant is None or (ligne["prenom"], ligne["nom"]) != (avant["prenom"], avant["nom"]):
        _check_namesake(session, ligne)


def _check_namesake(session: Session, ligne: Ligne) -> None:
    """Refuse a councillor recorded already, be it with a hyphen less: twice on a sheet, one would count twice."""
    cle = cle_nom(f"{ligne['prenom']} {ligne['nom']}")
    for autre in seances.load_elus(session):
        if autre.id != ligne.get("id") and cle_nom(autre.libelle) == cle:
            raise Refus(
                f"{autre.civilite} {autre.libelle} est déjà au répertoire : modifiez sa fiche. Deux homonymes se "
                "distinguent par un second prénom.",
                "nom",
            )


def _named_elu(_session: Session, ligne: Ligne) -> str:
    return f"{ligne['prenom']} {ligne['nom']}"


ELUS = Regles(
    table=tables.elu,
    champs=domaine_seances.CHAMPS_ELU,
    article="l’élu",
    pluriel="élus",
    nommer=_named_elu,
    touche=touching("elus", "mandats", "presences"),
    check=_check_elu,
    contexte=lambda session, _phase_id: {"ordre": last_rank(session, tables.elu) + 1},
    check_suppression=together(
        used(tables.presence, "elu_id", "L’élu", "nom", "feuille de présence", "feuilles de présence"),
        used(tables.interet, "elu_id", "L’élu", "nom", "délibération"),
    ),
    parties=(Partie(tables.mandat, "elu_id"),),
)
GROUPES = Regles(
    table=tables.groupe,
    champs=domaine_seances.CHAMPS_GROUPE,
    article="le groupe",
    pluriel="groupes",
    nommer=column("nom"),
    touche=touching("groupes", "elus", "votes"),
    check_suppression=together(
        used(tables.elu, "groupe_id", "Le groupe", "nom", "fiche d’élu", "fiches d’élu"),
        used(tables.vote_groupe, "groupe_id", "Le groupe", "nom", "vote"),
    ),
)


def _name_mandat(session: Session, ligne: Ligne) -> str:
    elu = read_one(session, tables.elu, ligne["elu_id"])
    return f"{elu['prenom']} {elu['nom']}, {read_one(session, tables.structure, ligne['structure_id'])['nom']}"


MANDATS = Regles(
    table=tables.mandat,
    champs=domaine_seances.CHAMPS_MANDAT,
    article="le mandat",
    pluriel="mandats",
    nommer=_name_mandat,
    touche=touching("mandats", "elus", "presences"),
    check=_check_duree,
)


def _check_reference(_session: Session, ligne: Ligne, _avant: Ligne | None) -> None:
    if ligne["nature"] == "deliberation" and not (ligne["numero"] and ligne["jour"] and ligne["instance"]):
        manque = next(c for c in ("numero", "jour", "instance") if not ligne[c])
        raise Refus("Une délibération se cite avec son numéro, sa date et son instance : renseignez-les.", manque)


REFERENCES = Regles(
    table=tables.reference,
    champs=domaine_deliberations.CHAMPS_REFERENCE,
    article="la référence",
    pluriel="références",
    nommer=column("objet"),
    touche=touching("references", "visas"),
    check=_check_reference,
    contexte=lambda session, _phase_id: {"ordre": last_rank(session, tables.reference) + 1},
    check_suppression=used(tables.visa, "reference_id", "La référence", "objet", "délibération"),
)


def _check_acte(session: Session, ligne: Ligne, _avant: Ligne | None) -> None:
    check_open(session, actes.phase_of(session, ligne["deliberation_id"]))


def _check_actes(session: Session, lignes: Sequence[Ligne]) -> None:
    for deliberation_id in {ligne["deliberation_id"] for ligne in lignes}:
        check_open(session, actes.phase_of(session, deliberation_id))


def _of_acte(table: Any) -> Callable[[Session, int], dict[str, Any]]:  # noqa: ANN401 - a Table
    def contexte(session: Session, phase_id: int) -> dict[str, Any]:
        deliberation_id = actes.preparer(session, phase_id)
        rang = last_rank(session, table, "deliberation_id", deliberation_id) + 1
        return {"deliberation_id": deliberation_id, **({"ordre": rang} if "ordre" in table.c else {})}

    return contexte


AVIS = Regles(
    table=tables.avis,
    champs=domaine_deliberations.CHAMPS_AVIS,
    article="l’avis",
    pluriel="avis",
    nommer=column("commission"),
    touche=touching("avis"),
    check=_check_acte,
    contexte=_of_acte(tables.avis),
    check_suppression=_check_actes,
    check_retour=_check_actes,
)
ANNEXES = Regles(
    table=tables.annexe,
    champs=domaine_deliberations.CHAMPS_ANNEXE,
    article="l’annexe",
    pluriel="annexes",
    nommer=column("titre"),
    touche=touching("annexes"),
    check=_check_acte,
    contexte=_of_acte(tables.annexe),
    check_suppression=_check_actes,
    check_retour=_check_actes,
)
