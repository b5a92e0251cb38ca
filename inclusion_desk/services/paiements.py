"""Payments: an amount changed keeps the sum of its schedule; recorded within what is finally due, undone, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.definitif import apports_dus, dire_reduction, refus_rien, repartir_solde
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import CHAMPS_VERSEMENT, VersementSuivi, check_part
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir
from inclusion_desk.domain.text import compter
from inclusion_desk.domain.versements import BesoinCp, besoins_cp, non_echelonnes, refus_plafond
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.store import service_fait, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def modifier(session: Session, identifiant: int, version: int, valeurs: Valeurs) -> Changes:
    """Change an instalment and keep the sum: its share follows its amount or makes it, the remainder takes the rest.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: the instalments would pass what their act brings, or the payments what is finally due.
        ConflitDeVersion: it was changed since it was read.
    """
    ligne = read_one(session, tables.versement, identifiant)
    lues = {**check_valeurs(CHAMPS_VERSEMENT, valeurs)}
    lues |= _together(session, ligne, lues)
    paiement = _payment(session, ligne, lues)
    lues |= paiement
    siens = Call(edition.update, (_rules(ligne, lues), identifiant, version, lues))
    ecart = _amount(ligne, lues) - ligne["montant"]
    solde = _remainder(session, ligne) if ecart else None
    if solde is None:
        fait = siens.use_case(session, *siens.args)
        reduit = dire_reduction(paiement.get("montant_paye"), _amount(ligne, lues))
        return replace(fait, label=f"{fait.label} ({reduit})") if reduit else fait
    reste = solde.montant - ecart
    if reste < 0:
        apport = versements.load_apport(session, solde.convention_id, solde.avenant_id).montant
        raise refus_plafond(solde.acte_article, apport, -reste)
    suite = Call(edition.update, ("versements", solde.id, solde.version, {"montant": reste}))
    # What shrinks goes first: at no moment do the instalments pass the amount of the convention.
    appels = [suite, siens] if ecart > 0 else [siens, suite]
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


def _payment(session: Session, ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> dict[str, Any]:
    """Complete a payment of which the day alone was typed, or taken away: it is for all that is due, or none."""
    if "paye_le" not in lues or lues.get("montant_paye", ligne["montant_paye"]) != ligne["montant_paye"]:
        return {}
    if lues["paye_le"] is None:
        return {"montant_paye": None}
    if ligne["montant_paye"] is not None:
        return {}
    [versement] = versements.load(session, date.min, [ligne["id"]])
    voulu = replace(versement, montant=_amount(ligne, lues))
    return {"montant_paye": _due(session, [voulu])[voulu.id]}


def _amount(ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> int:
    """Give what an instalment is planned for once changed, in cents."""
    return int(lues.get("montant", ligne["montant"]) or 0)


def _rules(ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> str:
    """Name the rules of a change: one that takes a payment back, or lowers it, is undone whatever is finally due."""
    baisse = (lues.get("montant_paye", ligne["montant_paye"]) or 0) < (ligne["montant_paye"] or 0)
    return "paiements_retires" if baisse else "versements"


def _due(session: Session, lus: Sequence[VersementSuivi]) -> dict[int, int]:
    """Give what is to be paid of instalments, in cents by id: all of it, or what is left of what is finally due.

    Raises:
        Refus: nothing is left to pay of one of them.
    """
    dus = {v.id: v.montant for v in lus}
    for cle, fait in service_fait.load_arretes(session, {v.convention_id for v in lus}).items():
        siens = [v for v in lus if v.convention_id == cle]
        parts = repartir_solde(siens, fait.a_verser)
        for versement in siens:
            if versement.montant and parts.get(versement.id) == 0:
                raise refus_rien(versement, fait, seul=len(siens) == 1)
        dus |= parts
    return dus


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
    """Record that instalments were paid on a day: all of them, or none.

    Each is paid whole; once the service fait of its convention is closed, up to what is left of what is finally due.

    Raises:
        Refus: one is paid already, its act was not signed yet, the document it waits for has not come, the day is still
            to come, or nothing is left to pay of it.
    """
    lus = versements.load(session, jour, ids)
    for versement in lus:
        if versement.paye_le is not None:
            raise Refus(f"« {versement.libelle} » de la convention {versement.convention_numero} est déjà payé.")
    dus = _due(session, lus)
    appels = [_update("versements", v, {"montant_paye": dus[v.id], "paye_le": jour}) for v in lus]
    return ensemble(session, f"Payer – {_named(lus, [_say(v, dus[v.id]) for v in lus])}{_cut(lus, dus)}", appels)


def a_solder(session: Session, convention_id: int, jour: date) -> tuple[int, ...]:
    """List the instalments of a convention on which something may still be paid, in their order."""
    siens = service_fait.load_versements(session, jour, convention_id=convention_id)
    return tuple(v.id for v in siens if v.engage and v.reste)


def annuler_paiement(session: Session, ids: Sequence[int]) -> Changes:
    """Take back the payment of instalments.

    Raises:
        Refus: none of them is paid.
    """
    lus = [v for v in versements.load(session, date.min, ids) if v.paye_le is not None]
    if not lus:
        raise Refus("Aucun de ces versements n’est payé.")
    appels = [_update("paiements_retires", v, {"montant_paye": None, "paye_le": None}) for v in lus]
    payes = [format_montant(v.montant_paye or 0) for v in lus]
    return ensemble(session, f"Annuler le paiement – {_named(lus, payes)}", appels)


def _update(regles: str, versement: VersementSuivi, valeurs: Mapping[str, Any]) -> Call:
    return Call(edition.update, (regles, versement.id, versement.version, valeurs))


def _named(lus: Sequence[VersementSuivi], montants: Sequence[str]) -> str:
    """Name the instalment with its amount as said, or tell how many there are."""
    if len(lus) > 1:
        return compter(len(lus), "versement")
    return f"{lus[0].libelle}, {lus[0].convention_numero} ({montants[0]})"


def _say(versement: VersementSuivi, du: int) -> str:
    return dire_reduction(du, versement.montant) or format_montant(du)


def _cut(lus: Sequence[VersementSuivi], dus: Mapping[int, int]) -> str:
    """Tell how many of several instalments are paid for less than planned."""
    reduits = sum(dus[v.id] < v.montant for v in lus)
    return f", dont {reduits} à hauteur du solde du montant définitif" if reduits and len(lus) > 1 else ""


def besoins(session: Session, jour: date) -> tuple[BesoinCp, ...]:
    """Add up what payments call for, in cents, by year and budget line, as seen on a day; last, what none plans yet.

    A convention whose service fait is closed calls for what is left of what is finally due.
    """
    prevus = service_fait.load_versements(session, jour)
    apports = apports_dus(versements.load_par_code(session), prevus, service_fait.load_arretes(session))
    return *besoins_cp(prevus, jour.year), *non_echelonnes(apports, prevus)
