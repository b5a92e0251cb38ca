"""The tables of a structure’s conventions, payments and bilans, in words: the page shows what the document prints."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from inclusion_desk.domain.codes import DECLENCHEURS
from inclusion_desk.domain.historique_structure import (
    ActeHistorique,
    ConventionHistorique,
    HistoriqueStructure,
)
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.releves import Colonne, Rangee, Rangees, Releve
from inclusion_desk.domain.structures import FORMES
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi
from inclusion_desk.domain.text import format_date
from inclusion_desk.domain.versements import NON_ECHELONNE

RIEN = "–"


def identite(historique: HistoriqueStructure) -> dict[str, str]:
    """Say who the structure is, fact by fact; those that are not known are said so where acts need them."""
    s = historique.structure
    ville = " ".join(filter(None, (s.code_postal, s.commune)))
    faits = {
        "Forme juridique": f"{FORMES.get(s.forme, s.forme)} (droit {'privé' if s.droit_prive else 'public'})",
        "SIRET": format_siret(s.siret) if s.siret else "Non renseigné",
        "RNA": s.rna or "",
        "Siège": ", ".join(filter(None, (s.adresse, ville))),
        "Représentant": ", ".join(filter(None, (s.representant, s.qualite))) or "Non renseigné",
        "Habilitation à signer": f"Délibération du {format_date(s.date_deliberation)}" if s.date_deliberation else "",
    }
    if s.forme in {"association", "fondation"}:
        faits["Engagement républicain"] = "Contrat souscrit" if s.engagement_republicain else "Contrat non souscrit"
    return {nom: texte for nom, texte in faits.items() if texte}


_CONVENTIONS = (
    Colonne("Acte", 16), Colonne("Objet", 34), Colonne("État", 11), Colonne("Signé le", 10), Colonne("Durée", 12),
    Colonne("Apport (€)", 12, chiffres=True), Colonne("Montant consolidé (€)", 17, chiffres=True),
)  # fmt: skip


def releve_conventions(historique: HistoriqueStructure) -> Releve:
    """Give each convention with its avenants, and what it comes to after each."""
    rangees = Rangees(len(_CONVENTIONS))
    for une in historique.conventions:
        rangees.grouper(_title(une))
        rangees.rangees += [_act(acte) for acte in une.actes]
    return rangees.fermer("Conventions et avenants", _CONVENTIONS, "Aucune convention n’est enregistrée.")


def _title(une: ConventionHistorique) -> str:
    convention = une.convention
    en_vigueur = f"{format_montant(convention.montant)} en vigueur"
    attente = f", {format_montant(une.en_attente)} en attente de signature" if une.en_attente else ""
    montants = f"{en_vigueur}{attente}" if convention.signee_le else "non signée"
    origine = " (née hors de l’outil)" if convention.externe else ""
    return f"Convention {convention.numero}{origine}{INSECABLE}: {montants}"


def _act(acte: ActeHistorique) -> Rangee:
    return (
        acte.libelle,
        acte.objet,
        acte.etat_libelle,
        _day(acte.signe_le),
        f"{format_date(acte.debut)} au\n{format_date(acte.fin)}",
        _euros(acte.apport),
        _euros(acte.cumul),
    )


def _euros(cents: int) -> str:
    return format_montant(cents, symbole=False)


def _day(jour: date | None) -> str:
    return format_date(jour) if jour else RIEN


_VERSEMENTS = (
    Colonne("N°", 5), Colonne("Versement", 22), Colonne("Déclencheur", 18), Colonne("Échéance", 10),
    Colonne("État", 17, signal=True), Colonne("Payé le", 10), Colonne("Prévu (€)", 12, chiffres=True),
    Colonne("Payé (€)", 12, chiffres=True), Colonne("Reste (€)", 12, chiffres=True),
)  # fmt: skip


def releve_versements(historique: HistoriqueStructure) -> Releve:
    """Give the instalments of each act, planned and paid, what none plans yet, and what each convention comes to."""
    rangees = Rangees(len(_VERSEMENTS))
    suivies = [une for une in historique.conventions if une.versements or une.non_echelonne]
    for une in suivies:
        for acte, siens in groupby(une.versements, key=lambda v: v.acte):
            rangees.grouper(f"Convention {une.convention.numero}" + (f" – {acte}" if acte != "Convention" else ""))
            for versement in siens:
                etat = versement.statut if versement.engage else ""
                rangees.ajouter(_instalment(versement), alerte=etat == "attente", retard=etat == "retard")
        if une.non_echelonne:
            if not une.versements:
                rangees.grouper(f"Convention {une.convention.numero}")
            rangees.totaliser(_unplanned(une.non_echelonne))  # it is of no act above more than of another
        rangees.totaliser(_paid(_total(une), une.prevu, une.paye, une.reste))
    if len(suivies) > 1:
        prevu = sum(une.prevu for une in suivies)
        rangees.totaliser(_paid("Total général", prevu, historique.paye, historique.reste))
    return rangees.fermer("Versements", _VERSEMENTS, "Aucun versement n’est enregistré.")


def _total(une: ConventionHistorique) -> str:
    attente = f", dont {format_montant(une.non_engage)} sur acte non signé" if une.non_engage else ""
    clos = f", service fait arrêté à {format_montant(une.fait.definitif)}" if une.fait else ""
    return f"Total {une.convention.numero}{attente}{clos}"


def _instalment(versement: VersementSuivi) -> Rangee:
    paye = versement.montant_paye
    return (
        str(versement.rang),
        versement.libelle,
        DECLENCHEURS[versement.declencheur],
        _day(versement.echeance),
        versement.etat_libelle if versement.engage else "Acte non signé",
        _day(versement.paye_le),
        _euros(versement.montant),
        RIEN if paye is None else _euros(paye),
        _euros(versement.reste),
    )


def _unplanned(reste: int) -> Rangee:
    """Say what no instalment pays yet."""
    return ("", NON_ECHELONNE, RIEN, RIEN, "Échéancier à établir", RIEN, _euros(reste), RIEN, _euros(reste))


def _paid(titre: str, prevu: int, paye: int, reste: int) -> Rangee:
    return ("", titre, "", "", "", "", *map(_euros, (prevu, paye, reste)))


_BILANS = (
    Colonne("Convention", 12), Colonne("Bilan", 20), Colonne("Action", 30), Colonne("Période", 18),
    Colonne("À remettre le", 11), Colonne("Reçu le", 10), Colonne("État", 18, signal=True),
)  # fmt: skip


def releve_bilans(historique: HistoriqueStructure) -> Releve:
    """Give the bilans that its conventions owe, convention by convention, by due date."""
    rangees = Rangees(len(_BILANS))
    for une in historique.conventions:
        for bilan in sorted(une.bilans, key=lambda b: (b.echeance, b.id)):
            rangees.ajouter(_report(bilan), retard=bilan.statut == "retard")
    return rangees.fermer("Bilans", _BILANS, "Aucun bilan n’est enregistré.")


def _report(bilan: BilanSuivi) -> Rangee:
    return (
        bilan.convention_numero,
        bilan.libelle,
        bilan.action or RIEN,
        f"{format_date(bilan.debut)} au {format_date(bilan.fin)}",
        format_date(bilan.echeance),
        _day(bilan.recu_le),
        bilan.etat_libelle,
    )
