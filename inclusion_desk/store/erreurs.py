"""Turns what the database refuses into the French sentence of the constraint it names."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError

from inclusion_desk.domain.refus import BaseRefusee, EcritureRefusee, Refus

_PHRASES = {
    "uq_structure_nom": ("nom", "Une structure porte déjà ce nom : ouvrez-la, ou précisez le nom."),
    "uq_structure_siret": ("siret", "Une autre structure porte déjà ce SIRET : ouvrez-la, ou corrigez le SIRET."),
    "uq_dispositif_thematique_id_numero": (
        "numero",
        "Un dispositif de cette thématique porte déjà ce numéro : ouvrez-le, ou changez le numéro.",
    ),
    "uq_dispositif_thematique_id_intitule": (
        "intitule",
        "Un dispositif de cette thématique porte déjà cet intitulé : ouvrez-le, ou précisez l’intitulé.",
    ),
    "uq_ligne_budgetaire_campagne_id_code_operation": (
        "code_operation",
        "Une ligne de cette campagne porte déjà ce code opération : ouvrez-la, ou corrigez le code.",
    ),
    "ck_ligne_budgetaire_ae_depassee": (
        "montant",
        "La ligne budgétaire serait engagée au-delà de son AE : rien n’a été enregistré. Réduisez le montant.",
    ),
    "ck_ligne_budgetaire_fonction": (
        "code_operation",
        "Le code opération ne porte pas la fonction de l’imputation : corrigez l’un ou l’autre.",
    ),
    "ck_proposition_periode": ("fin", "La période finit avant de commencer : corrigez l’une des deux dates."),
    "ck_proposition_montant": ("montant", "Le montant doit être compris entre 0 et 999\u00a0999\u00a0999,99\u00a0€."),
    "acte_fige": (
        None,
        "Cet acte est voté : rien n’a été enregistré. Une correction passe par une nouvelle délibération.",
    ),
    "uq_thematique_campagne_id_numero": ("numero", "Une thématique de cette campagne porte déjà ce numéro."),
    "uq_phase_campagne_id_numero": ("numero", "Une phase de cette campagne porte déjà ce numéro : changez-le."),
    "uq_periode_depot_campagne_id_numero": ("numero", "Une période de cette campagne porte déjà ce numéro."),
    "uq_elu_prenom_nom": ("nom", "Un élu porte déjà ce prénom et ce nom : ouvrez sa fiche."),
    "uq_groupe_nom": ("nom", "Un groupe porte déjà ce nom : ouvrez sa fiche."),
    "uq_mandat_elu_id_structure_id": ("structure_id", "Ce mandat est déjà enregistré : ouvrez sa fiche."),
    "uq_annexe_deliberation_id_numero": ("numero", "Une annexe porte déjà ce numéro : changez-le."),
    "uq_presence_seance_id_elu_id": ("elu_id", "Cet élu figure déjà sur la feuille de présence."),
    "uq_presence_seance_id_mandataire_id": (
        "mandataire_id",
        "Cet élu détient déjà un pouvoir, et n’en reçoit qu’un (CGCT, art. L.3121-16) : choisissez-en un autre.",
    ),
    "ck_presence_mandataire": ("mandataire_id", "Un pouvoir se donne à un autre élu : choisissez-en un."),
    "uq_seance_jour_instance": ("jour", "Une séance de cette instance a déjà cette date : choisissez-la."),
    "uq_deliberation_numero": ("numero", "Une délibération porte déjà ce numéro : corrigez-le."),
    **dict.fromkeys(
        ("ck_thematique_numero", "ck_phase_numero", "ck_periode_depot_numero", "ck_annexe_numero"),
        ("numero", "La numérotation commence à 1 : corrigez le numéro."),
    ),
    "uq_campagne_annee": ("annee", "La campagne de cette année existe déjà : choisissez une autre année."),
    "uq_modele_nom_numero": (
        None,
        "Une autre version de ce modèle vient d’être enregistrée : rouvrez le modèle, puis reprenez vos modifications.",
    ),
    "uq_convention_numero": ("numero", "Une convention porte déjà ce numéro : corrigez-le."),
    "ck_versement_montant_paye": (
        "montant_paye",
        "Le montant payé dépasse le montant prévu : corrigez-le, ou prévoyez davantage par un avenant.",
    ),
    "ck_versement_paiement": ("paye_le", "Un paiement se saisit avec sa date et son montant : complétez-le."),
    "acte_envoye": (
        None,
        "Cet acte est à la signature ou signé : rien n’y change. Reprenez d’abord le projet, ou faites un avenant.",
    ),
    "fiche_publiee": (None, "Cette fiche est publiée : rien n’y change plus, préparez-en une nouvelle version."),
    "journal_immuable": (None, "Le journal ne se modifie pas : rien n’a été enregistré."),
}  # fmt: skip
_PLACE_PRISE = (
    "Une ligne enregistrée entre-temps occupe déjà cette place : rien n’a été enregistré. Actualisez l’affichage, puis "
    "recommencez."
)
"""Two rows for one place: only when somebody else wrote, or a step is undone after somebody did."""
_UNIQUE_SQLITE = re.compile(r"UNIQUE constraint failed: (.+)")
_CHECK_SQLITE = re.compile(r"CHECK constraint failed: (\w+)")
_PLEIN = re.compile(r"disk is full|No space left|disk_full", re.IGNORECASE)
_OCCUPE = re.compile(r"database is locked|busy|could not obtain lock|lock timeout", re.IGNORECASE)
_PROTEGE = re.compile(r"readonly database|read-only transaction|permission denied", re.IGNORECASE)
_ABIME = re.compile(r"malformed|not a database|Could not decode|disk I/O error", re.IGNORECASE)
_COUPE = re.compile(r"connection failed|terminating connection|server closed the connection|connection is closed")
_REJOUABLES = frozenset({"40001", "40P01"})


def constraint_of(erreur: DBAPIError) -> str | None:
    """Name the constraint that a database error is about, the same way for both databases."""
    diagnostic = getattr(erreur.orig, "diag", None)
    if diagnostic is not None:
        return diagnostic.constraint_name or _raised(str(erreur.orig))
    texte = str(erreur.orig)
    if trouve := _UNIQUE_SQLITE.search(texte):
        colonnes = trouve[1].split(", ")
        return f"uq_{colonnes[0].split('.')[0]}_{'_'.join(c.split('.')[1] for c in colonnes)}"
    if trouve := _CHECK_SQLITE.search(texte):
        return trouve[1]
    return _raised(texte)


def _raised(texte: str) -> str | None:
    """Name what our own triggers refuse."""
    return next(
        (nom for nom in ("journal_immuable", "acte_fige", "acte_envoye", "fiche_publiee") if nom in texte), None
    )


def is_retryable(erreur: DBAPIError) -> bool:
    """Tell whether a transaction lost to another one and may simply be run again (PostgreSQL 40001, 40P01)."""
    return getattr(erreur.orig, "sqlstate", None) in _REJOUABLES


def refus_of(erreur: DBAPIError) -> Refus | None:
    """Word a known database error as a refusal; None means a bug, to be reported as one."""
    contrainte = constraint_of(erreur)
    if contrainte in _PHRASES:
        champ, phrase = _PHRASES[contrainte]
        return Refus(phrase, champ)
    if contrainte is not None and contrainte.startswith(("uq_", "pk_")):
        return Refus(_PLACE_PRISE)
    texte = str(erreur.orig)
    if "FOREIGN KEY constraint failed" in texte or getattr(erreur.orig, "sqlstate", None) == "23503":
        return _refus_reference(erreur.statement or "")
    if _COUPE.search(texte) or erreur.connection_invalidated:
        return BaseRefusee(
            "La connexion au serveur de la base est coupée : vérifiez le réseau, puis actualisez l’affichage pour voir "
            "si la dernière modification a été enregistrée."
        )
    return _refus_materiel(texte)


def _refus_reference(ordre: str) -> Refus:
    if ordre.startswith("DELETE"):
        return Refus("Cette ligne est encore utilisée ailleurs : supprimez d’abord ce qui s’y rattache.")
    return Refus(
        "Cette ligne désigne une fiche qui n’existe plus : rien n’a été enregistré. Actualisez l’affichage, puis "
        "choisissez-en une autre."
    )


def _refus_materiel(texte: str) -> Refus | None:
    if _PLEIN.search(texte):
        return EcritureRefusee("Le disque est plein : rien n’a été enregistré. Libérez de la place, puis recommencez.")
    if _OCCUPE.search(texte):
        return EcritureRefusee("La base est occupée par un autre poste : rien n’a été enregistré. Recommencez.")
    if _PROTEGE.search(texte):
        return EcritureRefusee(
            "La base n’est accessible qu’en lecture : rien n’a été enregistré. Demandez le droit d’y écrire."
        )
    if _ABIME.search(texte):
        return BaseRefusee("La base est abîmée ou son disque ne répond plus : restaurez une sauvegarde.")
    return None
