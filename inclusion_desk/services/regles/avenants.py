"""Rules of avenants: a chain without a gap, each within its convention, nothing changed once out for signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from inclusion_desk.domain import conventions_regles as controles
from inclusion_desk.domain.conventions import Avenant, Convention, consolider
from inclusion_desk.domain.conventions_champs import CHAMPS_AVENANT
from inclusion_desk.domain.modeles_actes import MODELES_ACTE, nommer
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.regles.actes import changed, check_days, check_sent, parts, state_on_paper
from inclusion_desk.services.regles.base import Ligne, Regles
from inclusion_desk.services.regles.conventions import TOUCHE
from inclusion_desk.store import conventions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_parts

_CONTENU = (
    "convention_id", "rang", "modele", "objet", "debut", "fin", "externe", "deliberation_numero", "deliberation_le",
)  # fmt: skip
_FIXES = {
    "convention_id": "L’avenant n° {rang} ne change pas de convention, son numéro suit celui des autres : "
    "supprimez-le, puis ajoutez-le à la bonne.",
    "rang": "Le numéro d’un avenant ne se change pas, les autres le suivent : supprimez l’avenant, puis ajoutez-le de "
    "nouveau.",
    "externe": "L’origine d’un avenant ne se change pas : supprimez-le, puis ajoutez-le de nouveau.",
}
"""What never changes in an avenant, with the sentence that says so."""


def _check(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    check_sent(ligne, avant, _CONTENU)
    for nom in changed(ligne, avant, tuple(_FIXES)) if avant is not None else ():
        raise Refus(_FIXES[nom].format(rang=avant["rang"] if avant else ""), nom)
    convention = conventions.locked(session, ligne["convention_id"])
    siens = conventions.load_avenants(session, convention_id=convention.id)
    if avant is None:
        controles.check_open_to(convention)
        controles.check_rang(ligne["rang"], siens, externe=bool(ligne["externe"]))
    debut, fin = ligne["debut"], ligne["fin"]
    if (debut is not None or fin is not None) and not MODELES_ACTE[ligne["modele"]].duree:
        raise Refus(
            "Ce modèle ne change pas la durée de la convention : laissez les deux dates vides, ou prenez "
            f"{nommer('9')}.",
            "debut" if debut is not None else "fin",
        )
    _check_term(session, convention, siens, ligne, avant)
    check_days(session, ligne, avant, convention_signee_le=convention.signee_le)
    if avant is None and _etat(ligne) != "projet":
        controles.check_ordre(controles.rang_suivant(siens), siens, "signer")


def _check_term(
    session: Session, convention: Convention, siens: Sequence[Avenant], ligne: Ligne, avant: Ligne | None
) -> None:  # fmt: skip
    """Check that the term an avenant gives holds its own amounts, and those of the avenants after it."""
    if not changed(ligne, avant, ("debut", "fin")):
        return
    if avant is None:
        derniere = consolider(convention, siens, (), ())[-1]
        voulue = replace(derniere, debut=ligne["debut"] or derniere.debut, fin=ligne["fin"] or derniere.fin)
        controles.check_durees((voulue,))
        return
    modifies = [replace(a, debut=ligne["debut"], fin=ligne["fin"]) if a.id == avant["id"] else a for a in siens]
    tranches = conventions.load_tranches(session, convention.id)
    controles.check_durees(consolider(convention, modifies, tranches, ()))


def _etat(ligne: Ligne) -> str:
    return state_on_paper(ligne) if ligne["externe"] else "projet"


def _complete(session: Session, ligne: Ligne) -> dict[str, Any]:
    """Give an avenant its number, the next of its convention, and let one recorded from paper be signed at once."""
    siens = conventions.load_avenants(session, convention_id=ligne["convention_id"])
    return {"rang": controles.rang_suivant(siens), "etat": _etat(ligne)}


def _name(session: Session, ligne: Ligne) -> str:
    convention = conventions.load_one(session, ligne["convention_id"])
    rang = ligne.get("rang")
    return f"n° {rang} à {convention.numero}" if rang else f"à {convention.numero}"


def _check_last(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that avenants may go: drafts, or recorded from paper, and the last ones, as their numbers follow on."""
    partants = {ligne["id"] for ligne in lignes}
    for ligne in lignes:
        conventions.locked(session, ligne["convention_id"])
        nom = f"L’avenant {_name(session, ligne)}"
        if ligne["etat"] != "projet" and not ligne["externe"]:
            raise Refus(f"{nom} est à la signature ou signé : il ne se supprime pas. Reprenez d’abord le projet.")
        if any(v["paye_le"] for v in read_parts(session, tables.versement, "avenant_id", [ligne["id"]])):
            raise Refus(f"{nom} a des versements payés : il ne se supprime pas.")
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
        siens = conventions.load_avenants(session, convention_id=ligne["convention_id"])
        suivant = controles.rang_suivant(siens) + sum(
            1 for autre in lignes if autre["convention_id"] == ligne["convention_id"] and autre["rang"] < ligne["rang"]
        )
        if suivant != ligne["rang"]:
            raise Refus(
                f"L’avenant {_name(session, ligne)} ne suit plus les autres : recréez-le, il prendra le n° {suivant}."
            )


AVENANTS = Regles(
    table=tables.avenant,
    champs=CHAMPS_AVENANT,
    article="l’avenant",
    pluriel="avenants",
    nommer=_name,
    touche=lambda _ligne: dict(TOUCHE),
    check=_check,
    completer=_complete,
    check_suppression=_check_last,
    check_retour=_check_follow,
    parties=parts("avenant_id"),
)
