"""What the template of a thématique’s annexe may print: its operations, one by one."""

from __future__ import annotations

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.textes_libres import valeurs
from inclusion_desk.documents.textes_variables import COMMUNES, Valeurs, communes
from inclusion_desk.domain.dossier import DossierSeance, Operation, ThematiqueDossier
from inclusion_desk.domain.figures import Sources, sources
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import compter


def variables(dossier: DossierSeance, annexe: int, thematique: ThematiqueDossier) -> Valeurs:
    """Give every variable of the template for one thématique, whose annexe bears the number ``annexe``."""
    connues = sources(dossier)
    return {
        **communes(dossier),
        "annexe": str(annexe),
        "thematique": str(thematique.numero),
        "intitule": thematique.intitule,
        "dispositifs": compter(len(thematique.operations), "dispositif"),
        "montant": _montant(thematique.montant),
        "modifie": dossier.modifie,
        "operations": [_operation(rang, une, connues) for rang, une in enumerate(thematique.operations, start=1)],
    }


ANNEXE = {
    **COMMUNES,
    "annexe": "Numéro de l’annexe",
    "thematique": "Numéro de la thématique",
    "intitule": "Intitulé de la thématique",
    "dispositifs": "Nombre de dispositifs, accordé",
    "montant": "Montant de la thématique ; vide s’il est nul",
    "modifie": "Vrai si l’acte a été adopté avec des modifications : l’annexe dit alors ce qui a été voté",
    "operations": "Liste des opérations de la thématique",
    "operations.ordre": "Rang de l’opération dans l’annexe",
    "operations.intitule": "Intitulé du dispositif",
    "operations.numero": "Numéro du dispositif ; vide pour une expérimentation",
    "operations.texte": "Texte saisi pour l’opération : ses alinéas (texte) et ses listes (puces)",
    "operations.actes": "Actes à conclure : des avenants avec 8 structures ; vide sans structure",
    "operations.structures": "Nombre de structures, accordé",
    "operations.volume": "Volume et son unité, accordée ; vide si l’unité est l’ETP",
    "operations.etp": "Nombre d’ETP ; vide s’ils ne sont pas comptés",
    "operations.montant": "Montant de l’opération ; vide s’il est nul",
    "operations.periode": "Période, ou périodes : du 1er janvier au 31 décembre 2025",
    "operations.cofinancement": "Cofinancement ; vide s’il n’y en a pas",
}
"""The same in words, for whoever edits the template."""
TABLEAUX = {"operations": "Récapitulatif des opérations et total de la thématique"}
"""The tables that the template may call."""


def _montant(cents: int) -> str:
    return format_montant_acte(cents) if cents else ""


def _operation(rang: int, operation: Operation, connues: Sources) -> Valeurs:
    return {
        "ordre": str(rang),
        "intitule": operation.intitule,
        "numero": operation.numero or "",
        "texte": valeurs(operation.texte, connues),
        "actes": mots.actes(operation),
        "structures": compter(operation.structures, "structure"),
        "volume": mots.volume(operation.volume, operation.unite),
        "etp": mots.etp(operation.etp),
        "montant": _montant(operation.montant),
        "periode": mots.periodes(operation.lignes),
        "cofinancement": mots.dans_la_phrase(operation.cofinancement),
    }
