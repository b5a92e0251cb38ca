"""What the template of the deliberation may print, drawn from the dossier: agreed words, dates and amounts."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.documents.deliberation_presences import PRESENCES, attendance
from inclusion_desk.documents.textes_libres import valeurs
from inclusion_desk.documents.textes_mots import de_l_instance, jour, lier_numeros
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
from inclusion_desk.domain.annexes import annexes_avenants, citer
from inclusion_desk.domain.articles import Article, articles, articles_depense, lignes_imputees
from inclusion_desk.domain.deliberations import ISSUES, POSITIONS, Deliberation, Visa, VoixGroupe, Vote
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.figures import Sources, sources
from inclusion_desk.domain.modifications import dire_textes, lignes_modifiees, textes_modifies
from inclusion_desk.domain.money import INSECABLE, format_montant_acte
from inclusion_desk.domain.text import compter, enumerer

_EN_VOIX = frozenset({"pour", "contre", "abstention"})
"""Positions counted in votes; the others are counted in members."""
_FORMULES = {
    "rejete": "REJETTE LES DISPOSITIONS SUIVANTES",
    "ajourne": "AJOURNE L’EXAMEN DES DISPOSITIONS SUIVANTES",
}


def variables(dossier: DossierSeance) -> Valeurs:
    """Give every variable of the template: texts already agreed and formatted, never cents nor dates."""
    deliberation, imputees = dossier.deliberation, lignes_imputees(dossier)
    return {
        **communes(dossier),
        **attendance(dossier.seance, tenue=_held(dossier)),
        **_decisions(dossier),
        **totaux(imputees),
        "imputation": [ligne(une) for une in imputees],
        "secretaire": dossier.seance.secretaire,
        "visas": [_visa(visa) for visa in deliberation.visas],
        "avis_commissions": [avis(un) for un in deliberation.avis],
        "votes": [_vote(vote) for vote in deliberation.votes_imprimes],
        "interesses_en_abstention": deliberation.interesses_en_abstention,
        **_changements(dossier),
        **_suite(deliberation),
    }


REFERENCES = {
    "annexes_avenants": "Annexes où figurent les projets d’avenant : aux annexes 5 et 6 ; vide s’il n’y en a pas",
    "date_modele_convention": "Date d’adoption du modèle type de convention ; vide si elle n’est pas connue",
}
_DECISIONS = {
    "articles": "Liste des articles, dans l’ordre de l’acte",
    "articles.numero": "Numéro de l’article",
    "articles.nature": "Objet de l’article : financement, conventions, avenants, imputation ou libre",
    "articles.texte": "Texte saisi pour l’article : ses alinéas (texte) et ses listes (puces) ; vide s’il n’y en a pas",
    "articles.thematique": "Numéro de la thématique financée",
    "articles.intitule": "Intitulé de la thématique financée",
    "articles.dispositifs": "Nombre de dispositifs financés, accordé",
    "articles.montant": "Montant de la thématique financée ; vide s’il est nul",
    "articles_depense": "Articles qui entraînent une dépense : des articles 1, 2 et 3",
    "article_rectificatif": "Numéro de l’article qui annule et remplace une délibération ; vide s’il n’y en a pas",
    **REFERENCES,
}
DELIBERATION = {
    **COMMUNES,
    **PRESENCES,
    **_DECISIONS,
    **IMPUTATION,
    **AVIS,
    "secretaire": "Secrétaire de séance, avec sa civilité ; vide s’il n’est pas connu",
    "visas": "Liste des visas",
    "visas.nature": "Nature du visa : code, deliberation, reglement ou rapport",
    "visas.objet": "Texte visé, ou titre de la délibération visée",
    "visas.articles": "Articles visés ; vide s’ils ne sont pas précisés",
    "visas.possessif": "Mots qui précèdent les articles : son article, ses articles",
    "visas.numero": "Numéro de la délibération visée",
    "visas.auteur": "Instance de la délibération visée : du Conseil départemental…",
    "visas.jour": "Date de la délibération visée",
    "votes": "Liste des positions prises lors du vote",
    "votes.position": "Nom de la position : Pour, Contre…",
    "votes.nombre": "Nombre de voix ou de membres, accordé",
    "votes.groupes": "Groupes concernés, avec leur nombre lorsqu’il est connu",
    "interesses_en_abstention": "Vrai si les membres intéressés sont comptés en abstention",
    "formule": "Verbe qui introduit les articles : DÉCIDE, à défaut de rejet ou d’ajournement",
    "issue": "Issue du vote, comme Adopté ; absente avant le vote",
    "modifie": "Vrai si l’acte a été adopté avec des modifications",
    "lignes_modifiees": "Vrai si des propositions ont été modifiées en séance : le tableau les reprend",
    "textes_modifies": "Textes modifiés en séance : l’article 1 est modifié ; vide s’il n’y en a pas",
    "date_signature": "Date de signature",
    "signataire": "Signataire par délégation ; vide s’il n’y en a pas",
    "qualite_signataire": "Qualité du signataire",
}
"""The same in words, for whoever edits the template."""
TABLEAUX_DELIBERATION = {"modifications": "Propositions modifiées en séance, telles que proposées et telles que votées"}
"""The tables that the template may call."""


def _held(dossier: DossierSeance) -> bool:
    """Tell whether the sitting has something to say: voted, counted, or its attendance set down.

    Until then its sheet is the list of who is called, all of them present.
    """
    return not dossier.projet or bool(dossier.deliberation.votes) or dossier.seance.pointee


def _decisions(dossier: DossierSeance) -> Valeurs:
    """Give what is decided: the articles, and what they refer to."""
    suite, connues = articles(dossier), sources(dossier)
    rectifie = dossier.deliberation.rectifie
    return {
        "articles": [_article(article, connues) for article in suite],
        "articles_depense": _numeros(articles_depense(suite)),
        "article_rectificatif": str(len(suite) + 1) if rectifie else "",
        **references(dossier),
    }


def references(dossier: DossierSeance) -> Valeurs:
    """Give what conventions and avenants follow: the model adopted, the projects joined."""
    return {
        "annexes_avenants": lier_numeros(citer([annexe.numero for annexe in annexes_avenants(dossier)])),
        "date_modele_convention": jour(dossier.deliberation.date_modele_convention, ""),
    }


def _article(article: Article, connues: Sources) -> Valeurs:
    texte = valeurs(article.texte or "", connues, gras=True)
    return {"numero": str(article.numero), "texte": texte, **decision(article)}


def decision(article: Article) -> Valeurs:
    """Give what an article decides, without the text typed for it."""
    thematique = article.thematique
    return {
        "nature": article.nature.value,
        "thematique": str(thematique.numero) if thematique else "",
        "intitule": thematique.intitule if thematique else "",
        "dispositifs": compter(len(thematique.operations), "dispositif") if thematique else "",
        "montant": format_montant_acte(thematique.montant) if thematique and thematique.montant else "",
    }


def _suite(deliberation: Deliberation) -> Valeurs:
    issue = deliberation.issue or ""
    return {
        "formule": _FORMULES.get(issue, "DÉCIDE"),
        "issue": ISSUES.get(issue, deliberation.issue),
        "date_signature": jour(deliberation.date_signature),
        "signataire": deliberation.signataire,
        "qualite_signataire": deliberation.qualite_signataire,
    }


def _changements(dossier: DossierSeance) -> Valeurs:
    """Give what the sitting changed; nothing unless the act was adopted so."""
    propose = dossier.propose if dossier.modifie else None
    return {
        "modifie": dossier.modifie,
        "lignes_modifiees": bool(propose and lignes_modifiees(propose, dossier)),
        "textes_modifies": enumerer(dire_textes(textes_modifies(propose, dossier))) if propose else "",
    }


def _numeros(suite: Sequence[Article]) -> str:
    """Cite articles: ``de l’article 1``, ``des articles 1, 2 et 3``; nothing for none."""
    numeros = [str(article.numero) for article in suite]
    if not numeros:
        return ""
    return lier_numeros(f"de l’article {numeros[0]}" if len(numeros) == 1 else f"des articles {enumerer(numeros)}")


def _visa(visa: Visa) -> Valeurs:
    rapport = visa.nature == "rapport"
    return {
        "nature": visa.nature,
        "objet": f"{visa.objet[:1].lower()}{visa.objet[1:]}" if rapport else visa.objet,
        "articles": visa.articles,
        "possessif": "ses articles" if " " in visa.articles else "son article",
        "numero": visa.numero,
        "auteur": de_l_instance(visa.instance),
        "jour": jour(visa.jour),
    }


def _vote(vote: Vote) -> Valeurs:
    voix = f"{vote.nombre}{INSECABLE}voix"
    return {
        "position": POSITIONS.get(vote.position, vote.position),
        "nombre": voix if vote.position in _EN_VOIX else compter(vote.nombre, "membre"),
        "groupes": " ; ".join(map(_groupe, vote.groupes)),
    }


def dire_vote(vote: Vote) -> str:
    """Say a position in one line: ``Pour : 29 voix (Groupe A ; Groupe B : 5)``."""
    valeurs_ = _vote(vote)
    groupes = f" ({valeurs_['groupes']})" if valeurs_["groupes"] else ""
    return f"{valeurs_['position']}{INSECABLE}: {valeurs_['nombre']}{groupes}"


def _groupe(groupe: VoixGroupe) -> str:
    return groupe.nom if groupe.nombre is None else f"{groupe.nom}{INSECABLE}: {groupe.nombre}"
