"""The codes of what follows the vote, with their words: all that the tables need to know of it."""

from __future__ import annotations

from collections.abc import Mapping

from inclusion_desk.domain.money import INSECABLE

ETATS_CONVENTION = {
    "projet": "Projet",
    "a_signer": "À signer",
    "signee": "Signée",
    "executoire": "Exécutoire",
    "soldee": "Soldée",
    "resiliee": "Résiliée",
}
ETATS_AVENANT = {"projet": "Projet", "a_signer": "À signer", "signee": "Signé", "executoire": "Exécutoire"}
RUBRIQUES: Mapping[str, str] = {
    "public": "Public cible",
    "finalite": "Finalité",
    "objectifs": "Objectifs",
    "moyens": "Moyens",
    "portefeuilles": "Portefeuilles",
    "deroulement": "Déroulement de l’action",
    "profil": "Profil du professionnel",
    "financement": "Modalités de financement",
    "versement": "Modalités de versement",
    "bilan": "Bilan",
}
"""The texts of a sheet, in the order they are printed; an empty one is left out. Durée, coût, territoire and
indicateurs come from the act and from the list of indicators."""
SUIVIS: Mapping[str, str] = {
    "accueil": "Intermédiaire au 31 mars (opérations de 24 mois), final au 31 mars suivant",
    "equilibre": "Final dans les 6 mois",
    "independants": "Final dans les 3 mois",
}
"""The rules by which bilans fall due, by their code (see ``bilans``)."""
NATURES_BILAN: Mapping[str, str] = {
    "intermediaire": "Bilan intermédiaire",
    "final": "Bilan final",
    "financier": "Compte rendu financier",
}
DECLENCHEURS: Mapping[str, str] = {
    "signature": "À la signature",
    "bilan_intermediaire": "Sur bilan intermédiaire",
    "bilan_final": "Sur bilan final",
    "fin": "Après la fin de l’action",
    "date": "À une date fixée",
}
ECHEANCIERS: Mapping[str, str] = {
    "accueil": "Accueil : trois versements",
    "equilibre": "Accompagnement équilibré : avance et solde",
    "independants": "Activité indépendante : avance, paiement intermédiaire et solde",
    "avenant": f"Avenant : 60{INSECABLE}% et 40{INSECABLE}%",
}
"""The models of schedule (see ``echeanciers``)."""
MODELES_AVENANT: Mapping[str, str] = {
    "5": "5 – accueil seul, avec article de coût",
    "6": "6 – accueil et équilibré, avec article de coût",
    "7": "7 – équilibré et accueil, sans article de coût",
    "8": "8 – équilibré seul, sans article de coût",
    "9": "9 – prolongation, coût par période",
    "10": "10 – ajout à une action en cours, coût par période",
}
"""The models of avenant, after the annexes 5 to 10 of the case, each with what it is for."""
