"""What the templates of acts may print: the parties, what the act follows, its articles, cost and annexes."""

from __future__ import annotations

from inclusion_desk.documents import actes_mots as mots
from inclusion_desk.documents.actes_cout import COUT, cout
from inclusion_desk.documents.textes_mots import A_REMPLIR, de_l_instance, jour, lier_numeros, periode
from inclusion_desk.documents.textes_variables import Valeurs
from inclusion_desk.domain.actes import Acte, Autorisation, FicheAnnexee
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.modeles_actes import Cout, ModeleActe
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import enumerer

ARTICLES = {
    "objet": 1,
    "description": 2,
    "periode": 3,
    "cout": 4,
    "versement": 5,
    "bilans": 6,
    "controle": 7,
    "obligations": 8,
    "communication": 9,
    "donnees": 10,
    "modification": 11,
    "annexes": 12,
    "litiges": 13,
}
"""The articles of the convention by their subject: avenants amend 1, 3, 4, 8 and 12 (the case, annexes 5 to 10)."""


def titre(acte: Acte) -> str:
    """Name an act as it is headed: ``Avenant financier n° 1 à la convention n° 2024-01213``."""
    nom, numero = acte.parametres.titre, f"n°{INSECABLE}{acte.numero}"
    return f"{nom} n°{INSECABLE}{acte.rang} à la convention {numero}" if acte.avenant else f"{nom} {numero}"


def fiches(acte: Acte) -> tuple[FicheAnnexee, ...]:
    """List the sheets annexed, in the order of their numbers."""
    return tuple(sorted(acte.fiches, key=lambda fiche: fiche.annexe))


def variables(acte: Acte, pages: str = "") -> Valeurs:
    """Give every variable of the template: texts already agreed and formatted, never cents nor dates.

    ``pages`` says how many the act has, ``8 pages``; nothing while it is not known.
    """
    communes = {
        **_parties(acte),
        "titre": titre(acte),
        "numero": acte.numero,
        "objet": acte.objet,
        "pages": pages,
        "articles_casf": _articles_casf(acte),
        "plein_emploi": acte.parametres.plein_emploi,
        "duree": periode(acte.debut, acte.fin),
        **cout(acte),
        "annexes": [_annexe(fiche) for fiche in fiches(acte)],
    }
    return {**communes, **(_avenant(acte) if acte.avenant else _convention(acte))}


_COMMUNES = {
    "departement": "Le Département, partie à l’acte",
    "departement.nom": "Nom du département : Pas-de-Calais",
    "du_departement": "Le même après la préposition : du Pas-de-Calais",
    "departement.pole": "Pôle dont relève l’acte",
    "departement.direction": "Direction qui prépare l’acte",
    "departement.siege": "Adresse du siège du Département",
    "departement.lieu": "Ville où l’acte est fait",
    "departement.represente": "Participe accordé : représenté",
    "departement.representant": "Représentant : le Président du Conseil départemental, suivi de son nom",
    "departement.habilite": "Mots qui précèdent la délibération : dûment habilité par",
    "departement.deliberation": "Délibération de l’instance : délibération n° 2024-587 de la Commission permanente du…",
    "departement.delegation": "Vrai si le signataire reçoit délégation",
    "departement.titre_signature": "Qualité du signataire, en tête de ligne : La Directrice…",
    "departement.signataire": "Nom du signataire",
    "organisme": "La structure, partie à l’acte",
    "organisme.nom": "Nom de la structure",
    "organisme.forme": "Forme juridique, dans la phrase : association ; vide si elle n’est pas connue",
    "organisme.siege": "Adresse du siège de la structure",
    "organisme.siret": "Numéro SIRET, par groupes",
    "organisme.inscrit": "Participe accordé à la forme : inscrit ou inscrite",
    "organisme.represente": "Participe accordé à la forme : représenté ou représentée",
    "organisme.designe": "Participe accordé à la forme : désigné ou désignée",
    "organisme.representant": "Représentant : sa Présidente, suivi de son nom",
    "organisme.habilite": "Mots qui précèdent la délibération, accordés : dûment habilitée par",
    "organisme.jour_deliberation": "Date de la délibération de la structure",
    "organisme.titre_signature": "Qualité du représentant, en tête de ligne : La Présidente",
    "organisme.signataire": "Nom du représentant",
    "organisme.droit_prive": "Vrai si la structure est de droit privé",
    "organisme.engagement": "Vrai si le contrat d’engagement républicain la concerne (association, fondation)",
    "titre": "Titre de l’acte, avec ses numéros",
    "numero": "Numéro de la convention",
    "objet": "Objet de l’acte",
    "articles_casf": "Articles du Code de l’action sociale qui fondent l’opération, selon sa fonction ; peut être vide",
    "pages": "Nombre de pages de l’acte, annexes comprises, accordé ; vide s’il n’est pas connu",
    "plein_emploi": "Vrai si l’acte fait suite à la loi pour le plein emploi",
    "duree": "Durée de la convention : du 1er juillet 2023 au 31 décembre 2025",
    **COUT,
    "annexes": "Liste des fiches annexées à l’acte",
    "annexes.numero": "Numéro de l’annexe",
    "annexes.reference": "Mot et numéro : annexe 2",
    "annexes.titre": "Titre de la fiche",
}


_CASF = {"44": "ses articles L.262-1 et suivants", "428": "son article L.263-3"}
"""The articles of the CASF that found an operation, by the function of its imputation (M57: 44 RSA, 428 FAJ)."""


def _articles_casf(acte: Acte) -> str:
    """Cite the articles of the CASF that found what the act pays for; nothing for another function."""
    fonctions = [tranche.imputation.partition("/")[2].removeprefix("93") for tranche in acte.tranches]
    cites = dict.fromkeys(articles for debut, articles in _CASF.items() for f in fonctions if f.startswith(debut))
    return lier_numeros(enumerer(list(cites)))


def _parties(acte: Acte) -> Valeurs:
    return {
        "departement": _departement(acte),
        "du_departement": du_departement(acte.departement.nom),
        "organisme": _organisme(acte),
    }


def _departement(acte: Acte) -> Valeurs:
    lui = acte.departement
    delegue = bool(lui.signataire) and lui.signataire != lui.president
    return {
        "nom": lui.nom,
        "pole": lui.pole,
        "direction": lui.direction,
        "siege": lui.siege or A_REMPLIR,
        "lieu": lui.lieu or A_REMPLIR,
        "represente": "représenté",
        "representant": mots.designer(lui.president, lui.qualite_president),
        "habilite": mots.habiliter(lui.president, lui.qualite_president),
        "deliberation": _deliberation(acte.autorisation),
        "delegation": delegue,
        "titre_signature": mots.titre_signature(lui.qualite_signataire if delegue else lui.qualite_president),
        "signataire": (lui.signataire if delegue else lui.president) or A_REMPLIR,
    }


def _deliberation(sous: Autorisation | None) -> str:
    if sous is None:
        return f"délibération du {A_REMPLIR}"
    numero = f" n°{INSECABLE}{sous.numero}" if sous.numero else ""
    return f"délibération{numero} {de_l_instance(sous.instance)} du {jour(sous.jour)}"


def _organisme(acte: Acte) -> Valeurs:
    elle = acte.beneficiaire
    quel = mots.genre_forme(elle.forme)
    return {
        **{nom: mots.accorder(mot, quel) for nom, mot in _PARTICIPES.items()},
        "nom": elle.nom,
        "forme": mots.dire_forme(elle.forme),
        "siege": mots.adresse(elle.adresse, elle.code_postal, elle.commune),
        "siret": format_siret(elle.siret) if elle.siret else A_REMPLIR,
        "representant": mots.designer(elle.representant, elle.qualite),
        "habilite": mots.habiliter(elle.representant, elle.qualite),
        "jour_deliberation": jour(elle.date_deliberation),
        "titre_signature": mots.titre_signature(elle.qualite),
        "signataire": elle.representant or A_REMPLIR,
        "droit_prive": mots.droit_prive(elle.forme),
        "engagement": mots.engagement_du(elle.forme),
    }


_PARTICIPES = {"inscrit": "inscrit", "represente": "représenté", "designe": "désigné"}


def _annexe(fiche: FicheAnnexee) -> Valeurs:
    return {"numero": str(fiche.annexe), "reference": reference(fiche.annexe), "titre": fiche.fiche.titre}


def reference(numero: int) -> str:
    """Cite an annexe, its number on the line of its noun: ``annexe 2``."""
    return f"annexe{INSECABLE}{numero}"


def _renvoi(acte: Acte) -> str:
    """Refer to the annexes of an act: ``à l’annexe 2``, ``aux annexes 2 et 3``; nothing without any."""
    numeros = [str(fiche.annexe) for fiche in fiches(acte)]
    if not numeros:
        return ""
    return lier_numeros(f"à l’annexe {numeros[0]}" if len(numeros) == 1 else f"aux annexes {enumerer(numeros)}")


def _convention(acte: Acte) -> Valeurs:
    return {"article": {nom: str(numero) for nom, numero in ARTICLES.items()}, "aux_annexes": _renvoi(acte)}


_SUJETS = {
    "objet": "l’objet de la convention",
    "description": "la description de l’opération",
    "periode": "la période d’application",
    "cout": "le coût de l’opération",
    "versement": "le versement de la participation",
    "bilans": "les bilans",
    "controle": "le contrôle",
    "obligations": "les obligations de l’organisme",
    "communication": "la communication",
    "donnees": "les données à caractère personnel",
    "modification": "la modification et la résiliation",
    "annexes": "les annexes",
    "litiges": "le règlement des litiges",
}
CONVENTION = {
    **_COMMUNES,
    "article": "Numéros des articles de la convention",
    **{f"article.{nom}": f"Numéro de l’article sur {sujet}" for nom, sujet in _SUJETS.items()},
    "aux_annexes": "Renvoi aux annexes : à l’annexe 2, aux annexes 2 et 3 ; vide s’il n’y en a pas",
}
"""The variables of the convention in words, for whoever edits its template."""


def _avenant(acte: Acte) -> Valeurs:
    parametres = acte.parametres
    return {
        "convention": {"signee_le": jour(acte.convention_signee_le), "objet": acte.convention_objet},
        "articles": articles(parametres),
        "articles_modifies": _citer("article", parametres.articles),
        "duree_modifiee": parametres.duree,
        "fin": jour(acte.fin),
        "remplacement": {
            "annexes": mots.capitale(_citer("annexe", parametres.remplacees)),
            "plusieurs": len(parametres.remplacees) > 1,
            "ancien_titre": parametres.ancien_titre,
        },
    }


def articles(parametres: ModeleActe) -> list[Valeurs]:
    """List the articles of an avenant, numbered from 1 without gap, as its parameters ask (DOMAIN: annexes 5 to 10)."""
    voulus = {
        "avenant": True,
        "objet": parametres.objet,
        "periode": parametres.duree,
        "cout": parametres.cout is not Cout.AUCUN,
        "obligations": parametres.obligations,
        "annexes": True,
        "autres": True,
    }
    natures = [nature for nature, voulu in voulus.items() if voulu]
    return [_article(numero, nature) for numero, nature in enumerate(natures, start=1)]


_TITRES = {
    "avenant": "Objet de l’avenant",
    "objet": "Objet de la convention",
    "periode": "Période d’application de la convention",
    "cout": "Coût de l’opération",
    "obligations": "Obligations de l’organisme",
    "annexes": "Annexes",
    "autres": "Autres dispositions",
}


def _article(numero: int, nature: str) -> Valeurs:
    modifie = f"l’article{INSECABLE}{ARTICLES[nature]}" if nature in ARTICLES else ""
    return {"numero": str(numero), "nature": nature, "titre": _TITRES[nature], "modifie": modifie}


def _citer(nom: str, numeros: tuple[int, ...]) -> str:
    """Cite numbers after their noun: ``l’article 4``, ``les articles 4 et 12``."""
    dits = enumerer([str(numero) for numero in numeros])
    return lier_numeros(f"l’{nom} {dits}" if len(numeros) == 1 else f"les {nom}s {dits}")


AVENANT = {
    **_COMMUNES,
    "convention": "La convention que l’avenant modifie",
    "convention.signee_le": "Date de sa signature",
    "convention.objet": "Objet de cette convention ; vide s’il n’est pas connu",
    "articles": "Liste des articles de l’avenant, selon son modèle",
    "articles.numero": "Numéro de l’article de l’avenant",
    "articles.nature": "Sujet de l’article : avenant, objet, periode, cout, obligations, annexes ou autres",
    "articles.titre": "Titre de l’article",
    "articles.modifie": "Article de la convention qu’il modifie : l’article 4 ; vide s’il n’en modifie pas",
    "articles_modifies": "Articles de la convention modifiés : les articles 4 et 12",
    "duree_modifiee": "Vrai si l’avenant modifie la durée de la convention",
    "fin": "Date à laquelle la convention prend fin, l’avenant signé",
    "remplacement": "Les annexes de la convention qui sont remplacées",
    "remplacement.annexes": "Annexes remplacées : L’annexe 2, Les annexes 2 et 3",
    "remplacement.plusieurs": "Vrai s’il y en a plusieurs",
    "remplacement.ancien_titre": "Titre qu’elles portent dans la convention ; vide s’il ne change pas",
}
"""The variables of avenants in words, for whoever edits their template."""
