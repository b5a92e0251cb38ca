"""What the template of the deliberation may print, drawn from the dossier: agreed words, dates and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from inclusion_desk.domain.articles import Article, articles, articles_depense, lignes_imputees
from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.deliberations import ISSUES, POSITIONS, Avis, Visa, VoixGroupe, Vote
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.seances import STATUTS, Presence, Seance
from inclusion_desk.domain.text import compter, enumerer, format_date_longue

A_REMPLIR = "…" * 12
"""Stands for what is not known yet, to be filled in by hand."""
_QUALITE = "Président du Conseil départemental"
_EN_VOIX = frozenset({"pour", "contre", "abstention"})
"""Positions counted in votes; the others are counted in members."""

Valeurs = dict[str, object]


def variables(dossier: DossierSeance) -> Valeurs:
    """Give every variable of the template: texts already agreed and formatted, never cents nor dates."""
    seance, deliberation = dossier.seance, dossier.deliberation
    suite = articles(dossier)
    imputees = lignes_imputees(dossier)
    return {
        "departement": dossier.departement,
        "titre": deliberation.titre or dossier.titre,
        "numero": deliberation.numero,
        "projet": deliberation.issue is None,
        "articles": [_article(article) for article in suite],
        "articles_depense": _numeros(articles_depense(suite)),
        "annexes_avenants": _annexes(dossier.modeles_avenant),
        "imputation": [_ligne(ligne) for ligne in imputees],
        "total_ae": format_montant(sum(ligne.ae for ligne in imputees), symbole=False),
        "total_depense": format_montant(sum(ligne.proposition for ligne in imputees), symbole=False),
        "visas": [_visa(visa) for visa in deliberation.visas],
        "avis_commissions": [_avis(avis) for avis in deliberation.avis],
        "votes": [_vote(vote) for vote in deliberation.votes_imprimes],
        "interesses_en_abstention": deliberation.interesses_en_abstention,
        "issue": ISSUES.get(deliberation.issue or "", deliberation.issue),
        "date_modele_convention": _jour(deliberation.date_modele_convention, ""),
        "date_signature": _jour(deliberation.date_signature, A_REMPLIR),
        "signataire": deliberation.signataire,
        "qualite_signataire": deliberation.qualite_signataire,
        **_seance(seance),
    }


def _seance(seance: Seance) -> Valeurs:
    qualite = seance.qualite_president or _QUALITE
    le = "la" if seance.president.startswith("Mme") else "le"
    return {
        "instance": seance.instance,
        "date_seance": _jour(seance.jour, A_REMPLIR),
        "lieu": seance.lieu or A_REMPLIR,
        "president": seance.president,
        "nom_president": seance.president.removeprefix("Mme ").removeprefix("M. ") or A_REMPLIR,
        "qualite_president": qualite,
        "le_president": f"{le} {qualite}",
        "titre_president": f"{le.capitalize()} {qualite}",
        "secretaire": seance.secretaire,
        "presences": list(_presences(seance)),
        "interesses": list(_interesses(seance)),
        "quorum": _quorum(seance) if seance.membres else None,
    }


def _jour(jour: date | None, sinon: str) -> str:
    return format_date_longue(jour) if jour else sinon


def _article(article: Article) -> Valeurs:
    valeurs: Valeurs = {"numero": article.numero, "nature": article.nature.value}
    if article.thematique:
        montant = article.thematique.montant
        valeurs |= {
            "thematique": article.thematique.numero,
            "intitule": article.thematique.intitule,
            "dispositifs": compter(len(article.thematique.operations), "dispositif"),
            "montant": format_montant_acte(montant) if montant else "",
        }
    return valeurs


def _numeros(suite: Sequence[Article]) -> str:
    numeros = [str(article.numero) for article in suite]
    return f"de l’article {''.join(numeros)}" if len(numeros) == 1 else f"des articles {enumerer(numeros)}"


def _annexes(modeles: Sequence[str]) -> str:
    if not modeles:
        return ""
    return f"à l’annexe {modeles[0]}" if len(modeles) == 1 else f"aux annexes {enumerer(list(modeles))}"


def _ligne(ligne: LigneBudgetaire) -> Valeurs:
    return {
        "code_operation": ligne.code_operation,
        "imputation": ligne.imputation,
        "libelle": ligne.libelle,
        "ae": format_montant(ligne.ae, symbole=False),
        "depense": format_montant(ligne.proposition, symbole=False),
    }


def _visa(visa: Visa) -> Valeurs:
    rapport = visa.nature == "rapport"
    return {
        "nature": visa.nature,
        "objet": f"{visa.objet[:1].lower()}{visa.objet[1:]}" if rapport else visa.objet,
        "articles": visa.articles,
        "possessif": "ses articles" if " " in visa.articles else "son article",
        "numero": visa.numero,
        "auteur": _de(visa.instance),
        "jour": _jour(visa.jour, A_REMPLIR),
    }


def _de(instance: str) -> str:
    """Say « du Conseil… », « de la Commission… », « de l’Assemblée… »."""
    if instance[:1] in "AEÉIOU":
        return f"de l’{instance}"
    return f"de la {instance}" if instance.startswith("Commission") else f"du {instance}"


def _avis(avis: Avis) -> Valeurs:
    return {
        "commission": avis.commission,
        "intitule": avis.intitule,
        "sens": avis.sens,
        "jour": format_date_longue(avis.jour),
    }


def _vote(vote: Vote) -> Valeurs:
    voix = f"{vote.nombre}{INSECABLE}voix"
    return {
        "position": POSITIONS.get(vote.position, vote.position),
        "nombre": voix if vote.position in _EN_VOIX else compter(vote.nombre, "membre"),
        "groupes": " ; ".join(map(_groupe, vote.groupes)),
    }


def _groupe(groupe: VoixGroupe) -> str:
    return groupe.nom if groupe.nombre is None else f"{groupe.nom}{INSECABLE}: {groupe.nombre}"


def _accord(presences: Sequence[Presence]) -> str:
    """Give the ending that agrees a participle with these people."""
    return ("e" if all(p.civilite == "Mme" for p in presences) else "") + ("s" if len(presences) > 1 else "")


def _presences(seance: Seance) -> Iterator[Valeurs]:
    for statut, libelle in STATUTS.items():
        if presences := seance.avec_statut(statut):
            yield {
                "titre": _titre(statut, libelle, presences),
                "noms": ", ".join(presence.nom_complet for presence in presences),
            }


def _titre(statut: str, libelle: str, presences: Sequence[Presence]) -> str:
    accord = _accord(presences)
    if statut == "present":
        return f"{'Étaient' if len(presences) > 1 else 'Était'} présent{accord}"
    return libelle.replace("excusé", f"excusé{accord}").replace("absent", f"absent{accord}").capitalize()


def _interesses(seance: Seance) -> Iterator[Valeurs]:
    for statut, etat in (("present", ""), ("excuse", " et excusé"), ("absent", " et absent")):
        if presences := [p for p in seance.interesses if p.statut == statut]:
            accord = _accord(presences)
            yield {
                "noms": _civilites(presences),
                "etat": f"intéressé{accord} à l’affaire" + (f"{etat}{accord}" if etat else ""),
                "plusieurs": len(presences) > 1,
                "presents": statut == "present",
                "sans_delegation": not any(p.pouvoir for p in presences),
            }


def _civilites(presences: Sequence[Presence]) -> str:
    """Name people grouped by civility: « Mesdames … ainsi que Messieurs … »."""
    groupes = []
    for civilite, seul, plusieurs in (("Mme", "Madame", "Mesdames"), ("M.", "Monsieur", "Messieurs")):
        noms = [f"{p.prenom} {p.nom}" for p in presences if p.civilite == civilite]
        if noms:
            groupes.append(f"{plusieurs if len(noms) > 1 else seul} {enumerer(noms)}")
    return " ainsi que ".join(groupes)


def _quorum(seance: Seance) -> Valeurs:
    reunis = seance.presents_ou_representes
    return {
        "seuil": compter(seance.quorum, "membre"),
        "membres": f"des {compter(seance.membres, 'membre')} en exercice",
        "comptes": f"{compter(reunis, 'membre')} étant {'présents ou représentés' if reunis > 1 else 'présent'}",
        "atteint": reunis >= seance.quorum,
    }
