"""What every template may print: the sitting, the act, the phase; texts already agreed, never cents nor dates."""

from __future__ import annotations

import re

from inclusion_desk.documents.textes_mots import A_REMPLIR, dans_la_phrase, du, jour
from inclusion_desk.domain.annexes import numero_repartition
from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.deliberations import SENS_AVIS, Avis, Rectification
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.money import format_montant, format_montant_acte
from inclusion_desk.domain.seances import Seance
from inclusion_desk.domain.text import fold, format_date_longue, typo

QUALITE = "Président du Conseil départemental"
_AVIS = re.compile(r"\Aavis\s+", re.IGNORECASE)
Valeurs = dict[str, object]


def communes(dossier: DossierSeance) -> Valeurs:
    """Give the variables that all templates share."""
    deliberation = dossier.deliberation
    return {
        "departement": dossier.departement,
        "du_departement": du_departement(dossier.departement),
        "annee": str(dossier.annee),
        "phase": str(dossier.phase),
        "titre": deliberation.titre or dossier.titre,
        "numero": deliberation.numero,
        "projet": dossier.projet,
        "rectifie": _rectifie(deliberation.rectifie) if deliberation.rectifie else None,
        "annexe_repartition": str(numero_repartition(dossier)),
        "montant_total": format_montant_acte(dossier.montant) if dossier.montant else "",
        "date_rapport_cadre": jour(dossier.date_rapport_cadre, ""),
        **_seance(dossier.seance),
    }


COMMUNES = {
    "departement": "Nom du département",
    "du_departement": "Le même après la préposition : du Pas-de-Calais",
    "annee": "Année de la campagne",
    "phase": "Numéro de la phase",
    "titre": "Titre de la délibération, à défaut celui de la phase",
    "numero": "Numéro de la délibération ; vide tant qu’il n’est pas connu",
    "projet": "Vrai tant que le vote n’a pas eu lieu",
    "rectifie": "Délibération que celle-ci annule et remplace, s’il y en a une",
    "rectifie.numero": "Numéro de cette délibération",
    "rectifie.jour": "Date de cette délibération",
    "rectifie.titre": "Titre de cette délibération",
    "annexe_repartition": "Numéro de l’annexe qui répartit les crédits par structure et par territoire",
    "montant_total": "Montant total de la phase ; vide s’il est nul",
    "date_rapport_cadre": "Date du rapport-cadre de la campagne ; vide si elle n’est pas connue",
    "instance": "Instance qui délibère, comme Commission permanente",
    "date_seance": "Date de la séance, en toutes lettres",
    "lieu": "Lieu de la séance",
    "president": "Président de séance, avec sa civilité ; vide s’il n’est pas connu",
    "nom_president": "Prénom et nom du président",
    "qualite_president": "Qualité du président",
    "le_president": "Qualité précédée de l’article : le Président…",
    "du_president": "Qualité précédée de la préposition : du Président…",
    "titre_president": "Qualité précédée de l’article, en tête de ligne : Le Président…",
}
"""The same in words, for whoever edits a template."""


def _rectifie(former: Rectification) -> Valeurs:
    return {"numero": former.numero, "jour": jour(former.jour), "titre": former.titre}


def _seance(seance: Seance) -> Valeurs:
    qualite = seance.qualite_president or QUALITE
    le = "la" if seance.president.startswith("Mme") else "le"
    return {
        "instance": seance.instance,
        "date_seance": jour(seance.jour),
        "lieu": seance.lieu or A_REMPLIR,
        "president": seance.president,
        "nom_president": nom_president(seance) or A_REMPLIR,
        "qualite_president": qualite,
        "le_president": f"{le} {qualite}",
        "du_president": du(qualite),
        "titre_president": f"{le.capitalize()} {qualite}",
    }


def nom_president(seance: Seance) -> str:
    """Give the first name and name of the president, without the civility."""
    return seance.president.removeprefix("Mme ").removeprefix("M. ")


def avis(un: Avis) -> Valeurs:
    """Give the opinion of a committee, which users type as they please: « 1ère commission », « Avis Favorable »."""
    return {
        "commission": typo(un.commission),
        "intitule": typo(un.intitule),
        "sens": _sens(un.sens),
        "jour": format_date_longue(un.jour),
    }


def _sens(saisi: str) -> str:
    """Word an opinion as it goes after « avis », in small letters."""
    mots = _AVIS.sub("", typo(" ".join(saisi.split())))
    connus = {fold(sens): sens for sens in SENS_AVIS.values()}
    return connus.get(fold(mots)) or (mots.lower() if mots.isupper() else dans_la_phrase(mots))


AVIS = {
    "avis_commissions": "Liste des avis des commissions",
    "avis_commissions.commission": "Nom de la commission, comme 1re commission",
    "avis_commissions.intitule": "Intitulé de la commission",
    "avis_commissions.sens": "Sens de l’avis, comme favorable ; vide s’il n’est pas connu",
    "avis_commissions.jour": "Date de la réunion",
}


def ligne(une: LigneBudgetaire) -> Valeurs:
    """Give a line of the budget table, amounts without their symbol."""
    return {
        "code_operation": une.code_operation,
        "imputation": une.imputation,
        "libelle": une.libelle,
        "ae": format_montant(une.ae, symbole=False),
        "disponible": format_montant(une.disponible, symbole=False),
        "depense": format_montant(une.proposition, symbole=False),
        "solde": format_montant(une.solde, symbole=False),
    }


def totaux(lignes: tuple[LigneBudgetaire, ...]) -> Valeurs:
    """Add the budget table up, column by column."""
    return {
        "total_ae": format_montant(sum(une.ae for une in lignes), symbole=False),
        "total_disponible": format_montant(sum(une.disponible for une in lignes), symbole=False),
        "total_depense": format_montant(sum(une.proposition for une in lignes), symbole=False),
        "total_solde": format_montant(sum(une.solde for une in lignes), symbole=False),
    }


IMPUTATION = {
    "imputation": "Lignes du budget sur lesquelles la phase dépense",
    "imputation.code_operation": "Code opération",
    "imputation.imputation": "Imputation budgétaire",
    "imputation.libelle": "Libellé de l’opération",
    "imputation.ae": "Autorisation d’engagement",
    "imputation.disponible": "Disponible avant la délibération",
    "imputation.depense": "Montant proposé",
    "imputation.solde": "Solde après la délibération",
    "total_ae": "Total des autorisations d’engagement",
    "total_disponible": "Total des disponibles",
    "total_depense": "Total des montants proposés",
    "total_solde": "Total des soldes",
}
