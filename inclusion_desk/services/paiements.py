"""Payments: an amount changed keeps the sum of its schedule; recorded, taken back, added up by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import CHAMPS_VERSEMENT, VersementSuivi, check_part
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir
from inclusion_desk.domain.text import compter
from inclusion_desk.domain.versements import BesoinCp, besoins_cp, non_echelonnes, refus_plafond
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.store import tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def modifier(session: Session, identifiant: int, version: int, valeurs: Valeurs) -> Changes:
    """Change an instalment and keep the sum: its share follows its amount or makes it, the remainder takes the rest.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: the instalments would pass what their act brings.
        ConflitDeVersion: it was changed since it was read.
    """
    ligne = read_one(session, tables.versement, identifiant)
    lues = {**check_valeurs(CHAMPS_VERSEMENT, valeurs)}
    lues |= _together(session, ligne, lues)
    lues |= _payment(ligne, lues)
    ecart = (lues.get("montant") or 0) - ligne["montant"] if "montant" in lues else 0
    siens = [Call(edition.update, ("versements", identifiant, version, lues))]
    solde = _remainder(session, ligne) if ecart else None
    if solde is None:
        return edition.update(session, "versements", identifiant, version, lues)
    reste = solde.montant - ecart
    if reste < 0:
        apport = versements.load_apport(session, solde.convention_id, solde.avenant_id).montant
        raise refus_plafond(solde.acte_article, apport, -reste)
    suite = [Call(edition.update, ("versements", solde.id, solde.version, {"montant": reste}))]
    # What shrinks goes first: at no moment do the instalments pass the amount of the convention.
    appels = [*suite, *siens] if ecart > 0 else [*siens, *suite]
    label = f"Modifier le montant – {ligne['libelle']}, {solde.convention_numero} (solde : {format_montant(reste)})"
    return ensemble(session, label, appels)


def _together(session: Session, ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> dict[str, Any]:
    """Give the amount that a new share makes, or the share that a new amount is."""
    part, montant = lues.get("part", ligne["part"]), lues.get("montant", ligne["montant"])
    apport = versements.load_apport(session, ligne["convention_id"], ligne["avenant_id"]).montant
    check_part(part)
    if apport <= 0 or montant is None:
        return {}
    if part != ligne["part"] and montant == ligne["montant"] and part is not None:
        return {"montant": appliquer(part, apport)}
    if montant != ligne["montant"] and part is not None and part == ligne["part"]:
        return {"part": min(arrondir(montant * CENT_POUR_CENT, apport), CENT_POUR_CENT)}
    return {}


def _payment(ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> dict[str, Any]:
    """Complete a payment of which the day alone was typed, or taken away: it is for the whole amount, or none."""
    if "paye_le" not in lues or lues.get("montant_paye", ligne["montant_paye"]) != ligne["montant_paye"]:
        return {}
    if lues["paye_le"] is None:
        return {"montant_paye": None}
    return {"montant_paye": lues.get("montant", ligne["montant"])} if ligne["montant_paye"] is None else {}


def _remainder(session: Session, ligne: Mapping[str, Any]) -> VersementSuivi | None:
    """Find the instalment that takes what the others leave: the last of a whole schedule, unpaid, without a share."""
    tous = versements.load(session, date.min, convention_id=ligne["convention_id"])
    siens = [v for v in tous if v.avenant_id == ligne["avenant_id"]]
    dernier = siens[-1]
    apport = versements.load_apport(session, ligne["convention_id"], ligne["avenant_id"]).montant
    entier = sum(v.montant for v in siens) == apport
    libre = dernier.part is None and dernier.paye_le is None and dernier.id != ligne["id"]
    return dernier if entier and libre else None


def payer(session: Session, ids: Sequence[int], jour: date) -> Changes:
    """Record that instalments were paid whole on a day: all of them, or none.

    Raises:
        Refus: one is paid already, its act was not signed yet, the document it waits for has not come, or the day
            is still to come.
    """
    lus = versements.load(session, jour, ids)
    for versement in lus:
        if versement.paye_le is not None:
            raise Refus(f"« {versement.libelle} » de la convention {versement.convention_numero} est déjà payé.")
    appels = [_update(v, {"montant_paye": v.montant, "paye_le": jour}) for v in lus]
    return _all(session, "Payer", lus, appels)


def annuler_paiement(session: Session, ids: Sequence[int]) -> Changes:
    """Take back the payment of instalments.

    Raises:
        Refus: none of them is paid.
    """
    lus = [v for v in versements.load(session, date.min, ids) if v.paye_le is not None]
    if not lus:
        raise Refus("Aucun de ces versements n’est payé.")
    appels = [_update(v, {"montant_paye": None, "paye_le": None}) for v in lus]
    return _all(session, "Annuler le paiement", lus, appels)


def _update(versement: VersementSuivi, valeurs: Mapping[str, Any]) -> Call:
    return Call(edition.update, ("versements", versement.id, versement.version, valeurs))


def _all(session: Session, geste: str, lus: Sequence[VersementSuivi], appels: Sequence[Call]) -> Changes:
    quoi = (
        f"{lus[0].libelle}, {lus[0].convention_numero} ({format_montant(lus[0].montant)})"
        if len(lus) == 1
        else compter(len(lus), "versement")
    )
    return ensemble(session, f"{geste} – {quoi}", appels)


def besoins(session: Session, jour: date) -> tuple[BesoinCp, ...]:
    """Add up what payments call for, in cents, by year and budget line, as seen on a day; last, what none plans yet."""
    prevus = versements.load(session, jour)
    return *besoins_cp(prevus, jour.year), *non_echelonnes(versements.load_par_code(session), prevus)
