"""Rules of payments and bilans: never more than the convention or than is finally due, nothing paid ahead of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inclusion_desk.domain.bilans import RAPPELS, check_lettres, check_reception
from inclusion_desk.domain.conventions import CLOSES, derniere_signature
from inclusion_desk.domain.definitif import check_definitif
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.propositions import check_periode
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import (
    CHAMPS_BILAN,
    CHAMPS_VERSEMENT,
    BilanSuivi,
    VersementSuivi,
    check_jours,
    check_paiement,
    check_part,
)
from inclusion_desk.domain.versements import check_plafond, check_versements
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.regles.base import Ligne, Regles
from inclusion_desk.store import conventions, service_fait, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def _check_same(ligne: Ligne, avant: Ligne | None, quoi: str) -> None:
    if avant is not None and ligne["convention_id"] != avant["convention_id"]:
        raise Refus(f"{quoi} ne change pas de convention : supprimez-le, puis ajoutez-le à l’autre.", "convention_id")


def _check_same_act(ligne: Ligne, avant: Ligne | None) -> None:
    if avant is not None and ligne.get("avenant_id") != avant["avenant_id"]:
        raise Refus("Un versement ne change pas d’acte : supprimez-le, puis ajoutez-le à l’autre.", "avenant_id")


def _check_versement(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_same(ligne, avant, "Un versement")
    _check_same_act(ligne, avant)
    check_part(ligne.get("part"))
    convention = conventions.load_one(session, ligne["convention_id"])
    if avant is None and convention.etat in CLOSES:
        raise Refus(
            f"La convention {convention.numero} est {convention.etat_libelle.lower()} : rien ne s’y ajoute.",
            "convention_id",
        )
    acte = _act(session, ligne)
    voulu = _as_it_would_be(session, ligne, convention.numero, acte)
    _check_amounts(session, voulu)
    check_paiement(voulu)
    check_jours(voulu, derniere_signature(acte["signee_structure"], acte["signee_departement"]), aujourdhui())


def _check_due(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    """Check an instalment, and its payment against what is finally due once the service fait is closed."""
    _check_versement(session, ligne, avant)
    etait, sera = (avant["montant_paye"] if avant is not None else None) or 0, ligne["montant_paye"] or 0
    if sera <= etait:
        return
    convention = conventions.locked(session, ligne["convention_id"])  # two payments at once would each find room
    fait = service_fait.load_arretes(session, [convention.id]).get(convention.id)
    if fait is not None:
        check_definitif(convention.numero, fait, etait, sera)


def _act(session: Session, ligne: Ligne) -> Ligne:
    """Read the act that brings the money: the convention itself, or one of its avenants."""
    if ligne.get("avenant_id") is None:
        return read_one(session, tables.convention, ligne["convention_id"])
    avenant = read_one(session, tables.avenant, ligne["avenant_id"])
    if avenant["convention_id"] != ligne["convention_id"]:
        raise Refus("Cet avenant n’est pas de la convention choisie : prenez l’un des siens.", "avenant_id")
    return avenant


def _check_amounts(session: Session, voulu: VersementSuivi) -> None:
    """Check the instalments of the act against what it brings, then those of the convention against all its acts."""
    autres = versements.load(session, date.min, convention_id=voulu.convention_id)
    tous = sorted([*(v for v in autres if v.id != voulu.id), voulu], key=lambda v: v.rang)
    apport = versements.load_apport(session, voulu.convention_id, voulu.avenant_id).montant
    check_plafond(voulu.acte_article, apport, [v for v in tous if v.avenant_id == voulu.avenant_id])
    check_versements(versements.load_total(session, voulu.convention_id), tous)


def _as_it_would_be(session: Session, ligne: Ligne, numero: str, acte: Ligne) -> VersementSuivi:
    return VersementSuivi(
        id=ligne.get("id", 0),
        version=ligne.get("version", 1),
        convention_id=ligne["convention_id"],
        rang=ligne.get("rang") or versements.last_rank(session, ligne["convention_id"]) + 1,
        libelle=ligne["libelle"],
        part=ligne["part"],
        montant=ligne["montant"],
        declencheur=ligne["declencheur"],
        echeance=ligne["echeance"],
        piece=ligne["piece"],
        montant_paye=ligne["montant_paye"],
        paye_le=ligne["paye_le"],
        piece_recue_le=ligne["piece_recue_le"],
        convention_numero=numero,
        avenant_id=ligne.get("avenant_id"),
        acte_rang=acte.get("rang", 0),
        acte_etat=acte["etat"],
    )


def _complete_versement(session: Session, ligne: Ligne) -> dict[str, Any]:
    apport = versements.load_apport(session, ligne["convention_id"], ligne.get("avenant_id"))
    return {
        "rang": versements.last_rank(session, ligne["convention_id"]) + 1,
        "ligne_budgetaire_id": apport.ligne_budgetaire_id,
    }


def _name_versement(session: Session, ligne: Ligne) -> str:
    return f"{ligne['libelle']} – {read_one(session, tables.convention, ligne['convention_id'])['numero']}"


def _check_unpaid(session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if ligne["paye_le"] is not None:
            raise Refus(
                f"Le versement «{INSECABLE}{_name_versement(session, ligne)}{INSECABLE}» est payé : il ne se supprime "
                "pas. Annulez d’abord le paiement."
            )


def _check_back(session: Session, lignes: Sequence[Ligne]) -> None:
    """Check that instalments put back still hold in what their act brings: another may have taken their room."""
    for convention_id, avenant_id in dict.fromkeys((li["convention_id"], li["avenant_id"]) for li in lignes):
        connus = versements.load(session, date.min, convention_id=convention_id)
        revenus = [li for li in lignes if (li["convention_id"], li["avenant_id"]) == (convention_id, avenant_id)]
        acte = _act(session, revenus[0])
        siens = [_as_it_would_be(session, li, "", acte) for li in revenus]
        apport = versements.load_apport(session, convention_id, avenant_id).montant
        tous = [*siens, *(v for v in connus if v.avenant_id == avenant_id)]
        check_plafond(siens[0].acte_article, apport, tous)


VERSEMENTS = Regles(
    table=tables.versement,
    champs=CHAMPS_VERSEMENT,
    article="le versement",
    pluriel="versements",
    nommer=_name_versement,
    touche=lambda ligne: {"versements": (ligne["id"],) if "id" in ligne else ()},
    check=_check_due,
    completer=_complete_versement,
    check_suppression=_check_unpaid,
    check_retour=_check_back,
)
PAIEMENTS_RETIRES = replace(VERSEMENTS, check=_check_versement)
"""Instalments whose payment is taken back or lowered: undone, it is what it was, even beyond what is finally due."""


def _check_bilan(_session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_same(ligne, avant, "Un bilan")
    check_periode(ligne)
    check_reception(ligne["recu_le"], ligne["debut"], aujourdhui())
    check_lettres([(r, ligne[r.champ]) for r in RAPPELS if ligne.get(r.champ) is not None], aujourdhui())


def _name_bilan(session: Session, ligne: Ligne) -> str:
    convention = conventions.load_one(session, ligne["convention_id"])
    libelle = BilanSuivi(0, 1, 0, ligne["nature"], ligne["debut"], ligne["fin"], ligne["echeance"]).libelle
    return f"{libelle} – {convention.numero}, {convention.structure_nom}"


def _check_not_received(session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if ligne["recu_le"] is not None:
            raise Refus(
                f"Le bilan «{INSECABLE}{_name_bilan(session, ligne)}{INSECABLE}» est reçu : il ne se supprime pas. "
                "Annulez d’abord sa réception."
            )


BILANS = Regles(
    table=tables.bilan,
    champs=CHAMPS_BILAN,
    article="le bilan",
    pluriel="bilans",
    nommer=_name_bilan,
    touche=lambda ligne: {"bilans": (ligne["id"],) if "id" in ligne else ()},
    check=_check_bilan,
    check_suppression=_check_not_received,
)
