"""Rules of the amounts and annexes of acts: within the term of the convention, of a draft or recorded from paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inclusion_desk.domain.conventions import consolider
from inclusion_desk.domain.conventions_regles import check_tranche
from inclusion_desk.domain.montants import CHAMPS_ANNEXE, CHAMPS_MONTANT, refus_ae
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.regles.base import Ligne, Regles
from inclusion_desk.store import conventions, montants, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one, read_values

_ANNEXE_MINIMALE = 2
"""The first annexe of a convention is its own budget form: sheets begin at 2."""


def _touched(sujet: str) -> Any:  # noqa: ANN401 - the shape of a rule
    return lambda ligne: {
        sujet: (ligne["id"],) if "id" in ligne else (), "conventions": (), "avenants": (), "fiches": (),
    }  # fmt: skip


def _check_act(session: Session, ligne: Ligne) -> int:
    """Check that an avenant is one of the convention named, and give the rank of the act."""
    if ligne.get("avenant_id") is None:
        return 0
    siens = conventions.load_avenants(session, convention_id=ligne["convention_id"])
    choisi = next((a for a in siens if a.id == ligne["avenant_id"]), None)
    if choisi is None:
        raise Refus("Cet avenant n’est pas de la convention choisie : prenez l’un des siens.", "avenant_id")
    return choisi.rang


def _check_montant(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    convention = conventions.locked(session, ligne["convention_id"])
    rang = _check_act(session, ligne)
    avenants = [a for a in conventions.load_avenants(session, convention_id=convention.id) if a.rang <= rang]
    check_tranche(ligne["debut"], ligne["fin"], consolider(convention, avenants, (), ())[-1])
    meme_ligne = avant is not None and avant["ligne_budgetaire_id"] == ligne["ligne_budgetaire_id"]
    ancien = avant["montant"] if avant is not None and meme_ligne else 0
    if ligne["montant"] > ancien:
        _check_ae(session, ligne, ligne["montant"] - ancien)


def _check_ae(session: Session, ligne: Ligne, ajout: int) -> None:
    """Check that what acts bring by hand on a budget line stays within its AE, with what the phases commit on it.

    The AE is the ceiling of all that is committed on a line. What an act carries out of a phase is in the total of the
    phases already, and counts once. What is committed outside of them is not taken off: the acts recorded by hand are
    part of it where they were signed before the tool, so that they would count twice. ``ajout`` is in cents.
    """
    lues = read_values(session, tables.ligne_budgetaire, [ligne["ligne_budgetaire_id"] or 0], verrou=True)
    if not lues:
        return  # no line is named, or one that is gone: the database says so
    budget = lues[0]
    connus = montants.beyond_phases(session, budget["id"])
    connus[ligne["convention_id"]] = connus.get(ligne["convention_id"], 0) + ajout
    demande = sum(max(montant, 0) for montant in connus.values())
    ae = budget["ae_initiale"] + budget["modifications"]
    if demande > ae - budget["engage"]:
        raise refus_ae(budget["code_operation"], ae, budget["engage"], demande)


def _check_room(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that amounts put back still find their room: another may have taken it."""
    for ligne in lignes:
        _check_montant(session, ligne, None)


def _check_annexe(session: Session, ligne: Ligne, _avant: Ligne | None) -> None:
    _check_act(session, ligne)
    if ligne["annexe"] < _ANNEXE_MINIMALE:
        raise Refus("Les fiches s’annexent à partir du numéro 2 : corrigez le numéro.", "annexe")
    if ligne.get("fiche_id") is None and not ligne.get("titre"):
        raise Refus("Choisissez la fiche annexée, ou donnez le titre de l’annexe.", "fiche_id")
    if ligne.get("fiche_id") is not None:
        fiche = read_one(session, tables.fiche, ligne["fiche_id"])
        if fiche["publiee_le"] is None:
            raise Refus(f"La fiche « {fiche['titre']} » n’est pas publiée : publiez-la d’abord.", "fiche_id")


def _title(session: Session, ligne: Ligne) -> dict[str, Any]:
    if ligne.get("titre") or ligne.get("fiche_id") is None:
        return {}
    return {"titre": read_one(session, tables.fiche, ligne["fiche_id"])["titre"]}


def _name(session: Session, ligne: Ligne) -> str:
    return conventions.load_one(session, ligne["convention_id"]).numero


def _name_annexe(session: Session, ligne: Ligne) -> str:
    return f"{ligne['annexe']} de {_name(session, ligne)}"


MONTANTS = Regles(
    table=tables.tranche,
    champs=CHAMPS_MONTANT,
    article="le montant de",
    pluriel="montants",
    nommer=_name,
    touche=_touched("montants"),
    check=_check_montant,
    check_retour=_check_room,
)
ANNEXES_ACTES = Regles(
    table=tables.fiche_annexee,
    champs=CHAMPS_ANNEXE,
    article="l’annexe",
    pluriel="annexes",
    nommer=_name_annexe,
    touche=_touched("annexes_actes"),
    check=_check_annexe,
    completer=_title,
)
