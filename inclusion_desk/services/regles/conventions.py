"""Rules of conventions: numbers without a gap, nothing changed once out for signature, a term that holds amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from inclusion_desk.domain import conventions as domaine
from inclusion_desk.domain import conventions_dates as jours
from inclusion_desk.domain import conventions_regles as controles
from inclusion_desk.domain.conventions import SIGNEES, Avenant
from inclusion_desk.domain.conventions_champs import CHAMPS_CONVENTION
from inclusion_desk.domain.propositions import check_periode
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.regles.actes import changed, check_days, check_sent, parts, state_on_paper
from inclusion_desk.services.regles.base import Ligne, Regles
from inclusion_desk.store import conventions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import count_by, read_one, read_parts

_CONTENU = (
    "numero", "structure_id", "objet", "debut", "fin", "externe", "deliberation_numero", "deliberation_le",
)  # fmt: skip
TOUCHE = {"conventions": (), "avenants": ()}
"""What a change of an act makes read again: the two tables show each other’s figures."""


def _name(session: Session, ligne: Ligne) -> str:
    """Name a convention by its number, and by its structure until it has one."""
    return str(ligne["numero"] or read_one(session, tables.structure, ligne["structure_id"])["nom"])


def _check(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    siens: list[Avenant] = []
    if avant is not None:
        conventions.locked(session, avant["id"])
        siens = conventions.load_avenants(session, convention_id=avant["id"])
    check_periode(ligne)
    _check_number(session, ligne, avant)
    check_sent(ligne, avant, _CONTENU)
    _check_term(session, ligne, avant, siens)
    signatures = [s for a in siens if a.etat in SIGNEES for s in (a.signee_structure, a.signee_departement) if s]
    check_days(session, ligne, avant, avenant_le=min(signatures, default=None))
    _check_termination(ligne, avant, siens)


def _check_number(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
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
    connue = conventions.by_numbers(session, [ligne["numero"]]).get(ligne["numero"]) if ligne["numero"] else None
    if connue is not None and (avant is None or connue.id != avant["id"]):
        raise Refus(
            f"La convention {connue.numero} de {connue.structure_nom} porte déjà ce numéro : ouvrez-la, ou corrigez la "
            "saisie.",
            "numero",
        )


def _check_term(session: Session, ligne: Ligne, avant: Ligne | None, siens: Sequence[Avenant]) -> None:
    """Check that a convention whose term changes still holds the amounts of its acts."""
    if avant is None or not changed(ligne, avant, ("debut", "fin")):
        return
    modifiee = replace(conventions.load_one(session, avant["id"]), debut=ligne["debut"], fin=ligne["fin"])
    tranches = conventions.load_tranches(session, avant["id"])
    controles.check_durees(domaine.consolider(modifiee, siens, tranches, ()))


def _check_termination(ligne: Ligne, avant: Ligne | None, siens: Sequence[Avenant]) -> None:
    if not changed(ligne, avant, ("resiliee_le", "signee_structure", "signee_departement", "fin")):
        return
    signes = [a for a in siens if a.etat in SIGNEES]
    siennes = domaine.derniere_signature(ligne["signee_structure"], ligne["signee_departement"])
    signatures = [s for s in (siennes, *(a.signee_le for a in signes)) if s is not None]
    terme = next((a.fin for a in reversed(signes) if a.fin is not None), ligne["fin"])
    etat = "projet" if avant is None else avant["etat"]
    jours.check_resiliation(ligne["resiliee_le"], etat, max(signatures, default=None), terme, aujourdhui())


def _complete(session: Session, ligne: Ligne) -> dict[str, Any]:
    """Give a convention of the program its number, and let one recorded from paper be signed at once.

    The year of the number is that in which the act is drawn up (see ``numero``): that of the deliberation that allows
    it, else the current one.
    """
    if ligne["externe"]:
        return {"etat": state_on_paper(ligne)}
    return {"numero": conventions.take_number(session, (ligne["deliberation_le"] or aujourdhui()).year)}


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
    champs=CHAMPS_CONVENTION,
    article="la convention",
    pluriel="conventions",
    nommer=_name,
    touche=lambda _ligne: dict(TOUCHE),
    check=_check,
    completer=_complete,
    check_suppression=_check_drafts,
    check_retour=_take_back,
    parties=parts("convention_id", "bilan", "suivi_convention"),
)
