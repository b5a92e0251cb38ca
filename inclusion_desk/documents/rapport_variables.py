"""What the template of the President’s report may print: proposals, decisions asked for, budget table, opinions."""

from __future__ import annotations

import re

from inclusion_desk.documents.deliberation_variables import REFERENCES, decision, references
from inclusion_desk.documents.textes_libres import lines, valeurs
from inclusion_desk.documents.textes_mots import structures
from inclusion_desk.documents.textes_variables import (
    AVIS,
    COMMUNES,
    IMPUTATION,
    Valeurs,
    avis,
    communes,
    ligne,
    totaux,
)
from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.articles import Article, articles, lignes_imputees
from inclusion_desk.domain.deliberations import NatureArticle
from inclusion_desk.domain.dossier import DossierSeance, ThematiqueDossier
from inclusion_desk.domain.figures import Sources, sources
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import compter

_DEBUT = re.compile(r"D(?=e |[’'])")
_FIN = re.compile(r"[\s\u00a0]*[.;:]$")
_CI_JOINT = (
    (re.compile(r"exposée?s? au rapport ci-joint"), "que le présent rapport expose"),
    (re.compile(r"\b(au|du|le) rapport (?:ci-joint|ci-annexé)"), r"\1 présent rapport"),
    (re.compile(r"(annexes?[\s\u00a0][\d, et\u00a0]*\d) de la présente délibération"), r"\1"),
)
"""What the act says of the report and of itself, as the report says it."""
_PRESIDENT = re.compile(r"d[’'](habiliter|autoriser) l[ea] Présidente?(?: du Conseil départemental)? à ")


def variables(dossier: DossierSeance) -> Valeurs:
    """Give every variable of the template: texts already agreed and formatted, never cents nor dates."""
    imputees, connues = lignes_imputees(dossier), sources(dossier)
    return {
        **communes(dossier),
        **references(dossier),
        **totaux(imputees),
        "contexte": valeurs(dossier.contexte, connues),
        "periodes": _periodes(dossier.periodes),
        "de_thematiques": _de_thematiques(len(thematiques_annexees(dossier))),
        "thematiques": [_thematique(numero, une) for numero, une in thematiques_annexees(dossier)],
        "decisions": _decisions(dossier, connues),
        "imputation": [ligne(une) for une in imputees],
        "avis_commissions": [avis(un) for un in dossier.deliberation.avis],
    }


RAPPORT = {
    **COMMUNES,
    "contexte": "Contexte saisi pour la phase, alinéa par alinéa",
    "contexte.texte": "Texte de l’alinéa ; vide si c’est une liste",
    "contexte.puces": "Entrées de la liste ; vide si c’est un alinéa",
    "periodes": "Périodes de dépôt instruites : des 2e et 3e périodes de dépôt ; vide si elles ne sont pas connues",
    "de_thematiques": "Nombre de thématiques qui proposent un financement : d’une thématique, de 3 thématiques",
    "thematiques": "Liste des thématiques qui proposent un financement",
    "thematiques.numero": "Numéro de la thématique",
    "thematiques.intitule": "Intitulé de la thématique",
    "thematiques.dispositifs": "Nombre de dispositifs, accordé",
    "thematiques.structures": "Nombre de structures, accordé",
    "thematiques.plusieurs": "Vrai s’il y a plusieurs dispositifs",
    "thematiques.montant": "Montant de la thématique ; vide s’il est nul",
    "thematiques.annexe": "Numéro de l’annexe de la thématique",
    "decisions": "Liste des décisions demandées, dans l’ordre des articles",
    "decisions.nature": "Objet de la décision : financement, conventions, avenants, imputation ou libre",
    "decisions.texte": "Texte saisi pour l’article, tourné à la première personne ; vide s’il n’y en a pas",
    "decisions.suite": "Suite du texte saisi : autres alinéas et entrées de listes",
    "decisions.fin": "Ponctuation qui achève la décision : point-virgule, ou point pour la dernière",
    "decisions.thematique": "Numéro de la thématique financée",
    "decisions.intitule": "Intitulé de la thématique financée",
    "decisions.dispositifs": "Nombre de dispositifs financés, accordé",
    "decisions.montant": "Montant de la thématique financée ; vide s’il est nul",
    **REFERENCES,
    **IMPUTATION,
    **AVIS,
}
"""The same in words, for whoever edits the template."""


def _periodes(libelle: str) -> str:
    """Put a preposition before the deposit periods, as many as they are."""
    if not libelle:
        return ""
    return f"des {libelle}" if "périodes" in libelle else f"de la {libelle}"


def _thematique(annexe: int, thematique: ThematiqueDossier) -> Valeurs:
    nombre = len(thematique.operations)
    return {
        "annexe": str(annexe),
        "numero": str(thematique.numero),
        "intitule": thematique.intitule,
        "dispositifs": compter(nombre, "dispositif"),
        "structures": compter(structures(thematique.lignes), "structure"),
        "plusieurs": nombre > 1,
        "montant": format_montant_acte(thematique.montant) if thematique.montant else "",
    }


def _de_thematiques(nombre: int) -> str:
    return "d’une thématique" if nombre == 1 else f"de {compter(nombre, 'thématique')}"


def _decisions(dossier: DossierSeance, connues: Sources) -> list[Valeurs]:
    suite = articles(dossier)
    fins = [" ;"] * len(suite)
    if suite and not dossier.deliberation.rectifie:
        fins[-1] = "."
    return [{**_decision(article, connues), "fin": fin} for article, fin in zip(suite, fins, strict=True)]


def _decision(article: Article, connues: Sources) -> Valeurs:
    """Give an article as what is asked for; the text typed for it becomes one entry and its own entries.

    That of the imputation introduces a table: the report has its own.
    """
    saisi = "" if article.nature is NatureArticle.IMPUTATION else article.texte or ""
    demandes = [_FIN.sub("", une) for une in lines(saisi, connues, gras=True)]
    texte, *suite = map(demander, demandes) if demandes else [""]
    return {**decision(article), "texte": texte, "suite": suite}


def demander(texte: str) -> str:
    """Turn an article into what the President asks for: « D’autoriser le Président à » is « de m’autoriser à »."""
    texte = _PRESIDENT.sub(r"de m’\1 à ", _DEBUT.sub("d", texte, count=1) if _DEBUT.match(texte) else texte)
    for motif, dit in _CI_JOINT:
        texte = motif.sub(dit, texte)
    return texte
