"""Rules of payments and bilans: never more than the convention, nothing paid before the signature or the document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from inclusion_desk.domain.conventions import CLOSES
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.propositions import check_periode
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import (
    CHAMPS_BILAN,
    CHAMPS_VERSEMENT,
    BilanSuivi,
    VersementSuivi,
    check_paiement,
    check_part,
)
from inclusion_desk.domain.versements import check_versements
from inclusion_desk.services.regles.base import Ligne, Regles
from inclusion_desk.store import conventions, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def _check_same(ligne: Ligne, avant: Ligne | None, quoi: str) -> None:
    if avant is not None and ligne["convention_id"] != avant["convention_id"]:
        raise Refus(f"{quoi} ne change pas de convention : supprimez-le, puis ajoutez-le à l’autre.", "convention_id")


def _check_versement(session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_same(ligne, avant, "Un versement")
    check_part(ligne.get("part"))
    convention = conventions.load_one(session, ligne["convention_id"])
    if avant is None and convention.etat in CLOSES:
        raise Refus(
            f"La convention {convention.numero} est {convention.etat_libelle.lower()} : rien ne s’y ajoute.",
            "convention_id",
        )
    autres = versements.load(session, date.min, convention_id=convention.id)
    voulu = _as_it_would_be(session, ligne, convention.numero, convention.etat)
    gardes = [v for v in autres if v.id != voulu.id]
    check_versements(versements.load_total(session, convention.id), sorted([*gardes, voulu], key=lambda v: v.rang))
    check_paiement(voulu)


def _as_it_would_be(session: Session, ligne: Ligne, numero: str, etat: str) -> VersementSuivi:
    avenant_id = ligne.get("avenant_id")
    if avenant_id is not None:
        etat = read_one(session, tables.avenant, avenant_id)["etat"]
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
        acte_etat=etat,
    )


def _complete_versement(session: Session, ligne: Ligne) -> dict[str, Any]:
    apport = versements.load_apport(session, ligne["convention_id"], None)
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


VERSEMENTS = Regles(
    table=tables.versement,
    champs=CHAMPS_VERSEMENT,
    article="le versement",
    pluriel="versements",
    nommer=_name_versement,
    touche=lambda ligne: {"versements": (ligne["id"],) if "id" in ligne else ()},
    check=_check_versement,
    completer=_complete_versement,
    check_suppression=_check_unpaid,
)


def _check_bilan(_session: Session, ligne: Ligne, avant: Ligne | None) -> None:
    _check_same(ligne, avant, "Un bilan")
    check_periode(ligne)


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
