"""Rules of sheets, conventions and avenants: numbers without a gap, nothing changed once out for signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from inclusion_desk.domain import conventions as domaine
from inclusion_desk.domain import conventions_regles as controles
from inclusion_desk.domain import fiches as domaine_fiches
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.propositions import check_periode
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date
from inclusion_desk.services.parties import Partie
from inclusion_desk.services.regles.base import Ligne, Regles, column, together, used
from inclusion_desk.store import conventions, fiches, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import count_by, read_one, read_parts

_PARTIES = ("tranche", "fiche_annexee", "acte_ligne", "copie_acte", "versement", "piece")
_CONTENU = ("numero", "structure_id", "objet", "debut", "fin", "externe")
_CONTENU_AVENANT = ("convention_id", "modele", "objet", "debut", "fin")
TOUCHE = {"conventions": (), "avenants": ()}
"""What a change of an act makes read again: the two tables show each other’s figures."""


def _parts(colonne: str, *autres: str) -> tuple[Partie, ...]:
    return tuple(Partie(getattr(tables, nom), colonne) for nom in (*_PARTIES, *autres))


def _touched(_ligne: Ligne) -> dict[str, tuple[int, ...]]:
    return dict(TOUCHE)


def _check_sent(ligne: Ligne, avant: Ligne | None, contenu: Sequence[str]) -> None:
    """Check that an act out for signature keeps what it says; one recorded from paper may be put right."""
    if avant is None or avant["etat"] == "projet" or avant.get("externe"):
        return
    touchees = [nom for nom in contenu if ligne[nom] != avant[nom]]
    if touchees:
        raise Refus(
            "Cet acte est à la signature ou signé : rien n’y change. Reprenez d’abord le projet, ou faites un avenant.",
            touchees[0],
        )


def _check_dates(ligne: Ligne, avant: Ligne | None) -> None:
    """Check that a signed act keeps its signatures, and takes effect after them (CGCT, art. L.3131-1)."""
    if avant is not None and avant["etat"] in domaine.SIGNEES:
        controles.check_signatures("garder", ligne["signee_structure"], ligne["signee_departement"])
    controles.check_executoire(
        ligne.get("signee_structure"), ligne.get("signee_departement"), ligne.get("executoire_le"),
        deja=avant is not None and avant["etat"] in controles.EXECUTOIRES,
    )  # fmt: skip


def _name(session: Session, ligne: Ligne) -> str:
    """Name a convention by its number, and by its structure until it has one."""
    return str(ligne["numero"] or read_one(session, tables.structure, ligne["structure_id"])["nom"])


def _check_convention(_session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    check_periode(ligne)
    if avant is None:
        controles.check_numero(ligne)
    elif bool(ligne["externe"]) != bool(avant["externe"]):
        raise Refus(
            "L’origine d’une convention ne se change pas, son numéro en dépend : supprimez-la, puis enregistrez-la de "
            "nouveau.",
            "externe",
        )
    elif not ligne["externe"] and ligne["numero"] != avant["numero"]:
        raise Refus("Le numéro donné par l’outil ne se change pas.", "numero")
    elif not ligne["numero"]:
        raise Refus("Le numéro de la convention est à renseigner.", "numero")
    _check_sent(ligne, avant, _CONTENU)
    _check_dates(ligne, avant)


def _complete_convention(session: Session, ligne: Ligne) -> dict[str, Any]:
    """Give a convention of the program its number, and let one recorded from paper be signed at once."""
    if not ligne["externe"]:
        return {"numero": conventions.take_number(session, ligne["debut"].year)}
    signee = domaine.derniere_signature(ligne.get("signee_structure"), ligne.get("signee_departement"))
    return {"etat": "projet" if signee is None else "executoire" if ligne.get("executoire_le") else "signee"}


def _check_drafts(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that conventions may go: drafts, or recorded from paper, without avenant; and give their numbers back."""
    avenants = count_by(session, tables.avenant, "convention_id", [ligne["id"] for ligne in lignes])
    for ligne in sorted(lignes, key=lambda li: str(li["numero"]), reverse=True):
        if avenants.get(ligne["id"]):
            raise Refus(f"La convention {ligne['numero']} a des avenants : supprimez-les d’abord, rien n’a changé.")
        if any(v["paye_le"] for v in read_parts(session, tables.versement, "convention_id", [ligne["id"]])):
            raise Refus(f"La convention {ligne['numero']} a des versements payés : elle ne se supprime pas.")
        if ligne["externe"]:
            continue
        if ligne["etat"] != "projet":
            raise Refus(
                f"La convention {ligne['numero']} est à la signature ou signée : elle ne se supprime pas. "
                "Résiliez-la, ou reprenez d’abord le projet."
            )
        if not conventions.give_back(session, ligne["numero"]):
            raise Refus(
                f"La convention {ligne['numero']} n’est pas la dernière de l’année : la supprimer laisserait un trou "
                "dans la numérotation. Modifiez-la pour un autre usage, ou supprimez d’abord les suivantes."
            )


def _take_back(session: Session, lignes: Sequence[Ligne]) -> None:
    """Take again the numbers of conventions being put back, in their order."""
    for ligne in sorted(lignes, key=lambda li: str(li["numero"])):
        if ligne["externe"]:
            continue
        repris = conventions.take_number(session, int(ligne["numero"][:4]))
        if repris != ligne["numero"]:
            raise Refus(
                f"Le numéro {ligne['numero']} a été donné à une autre convention entre-temps : recréez celle-ci, elle "
                f"prendra le {repris}."
            )


CONVENTIONS = Regles(
    table=tables.convention,
    champs=domaine.CHAMPS_CONVENTION,
    article="la convention",
    pluriel="conventions",
    nommer=_name,
    touche=_touched,
    check=_check_convention,
    completer=_complete_convention,
    check_suppression=_check_drafts,
    check_retour=_take_back,
    parties=_parts("convention_id", "bilan", "suivi_convention"),
)


def _check_avenant(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_sent(ligne, avant, _CONTENU_AVENANT)
    _check_dates(ligne, avant)
    if avant is not None and avant["convention_id"] != ligne["convention_id"]:
        raise Refus(
            f"L’avenant n° {avant['rang']} ne change pas de convention, son numéro suit celui des autres : "
            "supprimez-le, puis ajoutez-le à la bonne.",
            "convention_id",
        )
    convention = conventions.locked(session, ligne["convention_id"])
    if avant is None:
        controles.check_open_to(convention)
    debut, fin = ligne.get("debut"), ligne.get("fin")
    if (debut is not None or fin is not None) and not MODELES_ACTE[ligne["modele"]].duree:
        raise Refus(
            "Ce modèle ne change pas la durée de la convention : laissez les deux dates vides, ou prenez l’annexe 9.",
            "debut" if debut is not None else "fin",
        )
    _check_term(debut or convention.debut, fin or convention.terme or convention.fin)


def _check_term(debut: date, fin: date) -> None:
    if fin < debut:
        raise Refus(
            f"La convention finirait le {format_date(fin)}, avant son début ({format_date(debut)}) : corrigez la date.",
            "fin",
        )


def _rank(session: Session, ligne: Ligne) -> dict[str, Any]:
    siens = conventions.load_avenants(session, convention_id=ligne["convention_id"])
    return {"rang": max((a.rang for a in siens), default=0) + 1}


def _name_avenant(session: Session, ligne: Ligne) -> str:
    convention = conventions.load_one(session, ligne["convention_id"])
    rang = ligne.get("rang")
    return f"n° {rang} à {convention.numero}" if rang else f"à {convention.numero}"


def _check_last(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that avenants may go: drafts, and the last ones of their convention, as their numbers follow on."""
    partants = {ligne["id"] for ligne in lignes}
    for ligne in lignes:
        conventions.locked(session, ligne["convention_id"])
        nom = f"L’avenant {_name_avenant(session, ligne)}"
        if ligne["etat"] != "projet":
            raise Refus(f"{nom} est à la signature ou signé : il ne se supprime pas. Reprenez d’abord le projet.")
        suivants = [
            a for a in conventions.load_avenants(session, convention_id=ligne["convention_id"])
            if a.rang > ligne["rang"] and a.id not in partants
        ]  # fmt: skip
        if suivants:
            raise Refus(f"{nom} n’est pas le dernier de sa convention : supprimez d’abord les suivants.")


def _check_follow(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that avenants put back follow those of their convention, which still takes one."""
    for ligne in sorted(lignes, key=lambda li: int(li["rang"])):
        controles.check_open_to(conventions.locked(session, ligne["convention_id"]))
        suivant = _rank(session, ligne)["rang"] + sum(
            1 for autre in lignes if autre["convention_id"] == ligne["convention_id"] and autre["rang"] < ligne["rang"]
        )
        if suivant != ligne["rang"]:
            raise Refus(
                f"L’avenant {_name_avenant(session, ligne)} ne suit plus les autres : recréez-le, il prendra le "
                f"n° {suivant}."
            )


AVENANTS = Regles(
    table=tables.avenant,
    champs=domaine.CHAMPS_AVENANT,
    article="l’avenant",
    pluriel="avenants",
    nommer=_name_avenant,
    touche=_touched,
    check=_check_avenant,
    completer=_rank,
    check_suppression=_check_last,
    check_retour=_check_follow,
    parties=_parts("avenant_id"),
)


def _check_fiche(_session: Session, _ligne: Ligne, avant: Ligne | None) -> None:
    if avant is not None and avant["publiee_le"] is not None:
        raise domaine_fiches.refus_publiee(avant["titre"])


def _check_unpublished(_session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if ligne["publiee_le"] is not None:
            raise domaine_fiches.refus_publiee(ligne["titre"])


FICHES = Regles(
    table=tables.fiche,
    champs=domaine_fiches.CHAMPS,
    article="la fiche",
    pluriel="fiches action",
    nommer=column("titre"),
    touche=lambda ligne: {"fiches": (ligne["id"],) if "id" in ligne else ()},
    check=_check_fiche,
    completer=lambda session, ligne: {"rang": fiches.last_rank(session, ligne["dispositif_id"]) + 1},
    check_suppression=together(_check_unpublished, used(tables.fiche_annexee, "fiche_id", "La fiche", "titre", "acte")),
)
