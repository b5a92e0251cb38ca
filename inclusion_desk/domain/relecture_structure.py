"""The proof-reading of what an act is made of: its articles, the articles it amends, its pages, blanks and numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.identifiants import LONGUEUR_SIRET, siret_valide
from inclusion_desk.domain.relecture_annexes import INTITULE
from inclusion_desk.domain.relecture_texte import (
    Lecture,
    Relecteur,
    Releve,
    chercher,
    ensemble,
    entier,
    par_ligne,
)
from inclusion_desk.domain.text import compter, enumerer, fold, pluriel
from inclusion_desk.domain.textes_controles import ESPACE, REGLES_STRUCTURE, conventions_citees, extrait

_REGLES = {regle.code: regle for regle in REGLES_STRUCTURE}
_MODIFIES = re.compile(
    rf"modifi\w*\s+(?:les\s+|l['’])articles?\s+(\d+(?:(?:{ESPACE}*[,;]{ESPACE}*|\s+et\s+)\d+)*)", re.IGNORECASE
)
_TRAITE = re.compile(r"\barticles?\s+(\d+(?:(?:\s*[,;]\s*|\s+et\s+)\d+)*)", re.IGNORECASE)
_SIRET = re.compile(rf"\bSIRET\b[^\d\n]{{0,40}}((?:\d{ESPACE}?){{9,18}})(?!\d)", re.IGNORECASE)
_PAGE_SUR = re.compile(r"^\W*page\s+\d+\s*(?:sur|/)\s*\d+\W*$", re.IGNORECASE)
_NOMBRE_PAGES = re.compile(r"\b(\d+|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s+pages?\b", re.IGNORECASE)
_LETTRES = ("zero", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_CHAPITRE_BLANC = re.compile(r"\bchapitre\s+(?:«\s*)?X{2,}", re.IGNORECASE)
_ACCORD = re.compile(
    r"\w\s?\((?:e|s|es|ne|nes|x|trice|trices)\)|\b(?:la/le|le/la|la/les|le/les|la/des|un/une|un\(e\))\b"
)
_CONVENTION_COUPEE = re.compile(rf"\b\d{{4}}(?:{ESPACE}-{ESPACE}?|-{ESPACE})\d{{5}}\b")
_DATE_SIGNATURE = re.compile(r"(?<=, le)[\s….\u00a0_]+$")
_TITRE_VIDE = re.compile(r"\bx{2,}\b", re.IGNORECASE)


def _articles_en_double(lecture: Lecture) -> Iterator[Releve]:
    titres = [lecture.lignes[n - 1] for n in lecture.articles]
    for phrase in _REGLES["TXT-03"].relever(lecture.texte):
        numero = re.search(r"num[ée]ro (\d+)", phrase)
        lignes = [
            n for n, titre in zip(lecture.articles, titres, strict=True) if numero and _numero(titre) == int(numero[1])
        ]
        yield Releve(phrase, tuple(lignes))


def _numero(titre: str) -> int:
    trouve = re.search(r"\d+", titre)
    return int(trouve.group()) if trouve else 1


def _articles_manquants(lecture: Lecture) -> Iterator[Releve]:
    numeros = [_numero(lecture.lignes[n - 1]) for n in lecture.articles]
    sauts = [
        ligne
        for ligne, numero, precedent in zip(lecture.articles[1:], numeros[1:], numeros, strict=False)
        if numero > precedent + 1
    ]
    for phrase in _REGLES["TXT-04"].relever(lecture.texte):
        yield Releve(phrase, tuple(sauts) or lecture.articles[-1:])


def _articles_modifies(lecture: Lecture) -> Iterator[Releve]:
    """Point at articles of the convention that an avenant says it amends, and of which it says nothing more.

    The case, l.2967: article 12 is announced and no article of the avenant cites it.
    """
    if not lecture.avenant or len(lecture.articles) < 2:  # noqa: PLR2004 - the object, then what it announces
        return
    titres = frozenset(lecture.articles)
    objet = "\n".join(lecture.lignes[lecture.articles[0] - 1 : lecture.articles[1] - 1])
    suite = "\n".join(ligne for n, ligne in lecture.corps if n > lecture.articles[1] and n not in titres)
    annonce = _MODIFIES.search(objet)
    traites = {n for trouve in _TRAITE.finditer(suite) for n in re.findall(r"\d+", trouve[1])}
    oublies = [n for n in re.findall(r"\d+", annonce[1]) if n not in traites] if annonce else []
    if annonce and oublies:
        ligne = lecture.articles[0] + objet.count("\n", 0, annonce.start(1))
        yield Releve(
            f"l’avenant annonce modifier {pluriel(len(oublies), 'l’article', 'les articles')} {enumerer(oublies)} "
            f"de la convention ({extrait(objet, *annonce.span(1))}) et n’en traite pas ensuite : ajoutez ce qui "
            "change, ou retirez le numéro",
            (ligne,),
        )


def _financier(lecture: Lecture) -> Iterator[Releve]:
    if lecture.avenant:
        yield from entier(_REGLES["TXT-10"], lecture)


def _pages(lecture: Lecture) -> Iterator[Releve]:
    """Let a number of pages alone when it is the real one."""
    for releve in par_ligne(_REGLES["TXT-05"], lecture):
        ecrit = _NOMBRE_PAGES.search(releve.phrase)
        if ecrit is None or lecture.pages is None:
            yield releve
        elif _compte(ecrit[1]) != lecture.pages:
            reel = compter(lecture.pages, "page")
            yield Releve(f"{releve.phrase} (le document compte {reel})", releve.lignes)


def _compte(mot: str) -> int:
    return int(mot) if mot.isdecimal() else _LETTRES.index(fold(mot))


def _pagination(lecture: Lecture) -> Iterator[Releve]:
    """A running foot typed among the text (the case, l.2051)."""
    trouvees = [(n, ligne) for n, ligne in lecture.numerotees() if _PAGE_SUR.match(ligne)]
    if trouvees:
        cite = guillemets(" ".join(trouvees[0][1].split()))
        yield Releve(
            f"la pagination est tapée dans le texte ({cite}) : effacez-la, le document numérote ses pages",
            tuple(n for n, _ in trouvees),
        )


def _conventions(lecture: Lecture) -> Iterator[Releve]:
    """Two years for one number of convention (the case, l.1353, l.1999 and l.2462)."""
    lues: dict[str, dict[str, tuple[str, list[int]]]] = defaultdict(dict)
    for n, ligne in lecture.numerotees():
        for rang, cites in conventions_citees(ligne).items():
            for annee, ecrit in cites:
                lues[rang].setdefault(annee, (ecrit, []))[1].append(n)
    for annees in lues.values():
        if len(annees) > 1:
            cites_ = enumerer([guillemets(ecrit) for ecrit, _ in annees.values()])
            lignes = tuple(places[0] for _, places in annees.values())
            yield Releve(f"une même convention porte deux années ({cites_}) : gardez la bonne", lignes)


def _chapitre(lecture: Lecture) -> Iterator[Releve]:
    """An operation code, or the blank for it, called « chapitre » (the case, l.628 and l.1312)."""
    yield from par_ligne(_REGLES["TXT-15"], lecture)
    phrase = "un code opération est annoncé comme un « chapitre » ({}) : écrivez « opération »"
    yield from chercher(_CHAPITRE_BLANC, phrase, lecture)


def _sirets(lecture: Lecture) -> Iterator[Releve]:
    """A SIRET whose key is wrong, or of fewer than 14 digits; figures that follow it are not its own."""
    for n, ligne in lecture.numerotees():
        for trouve in _SIRET.finditer(ligne):
            nu = re.sub(r"\D", "", trouve[1])
            if not siret_valide(nu[:LONGUEUR_SIRET]):
                quoi = "ne passe pas le contrôle de sa clé" if len(nu) >= LONGUEUR_SIRET else "n’a pas 14 chiffres"
                yield Releve(f"le SIRET {guillemets(trouve[1])} {quoi} : vérifiez-le", (n,))


def _blancs(lecture: Lecture) -> Iterator[Releve]:
    """Leave alone the date of the signature, filled in by hand, and the headings of annexes, told by another rule."""
    lignes = tuple(
        _TITRE_VIDE.sub("", ligne) if INTITULE.match(ligne) else _DATE_SIGNATURE.sub("", ligne)
        for ligne in lecture.lignes
    )
    yield from ensemble(_REGLES["TXT-06"], replace(lecture, texte="\n".join(lignes), lignes=lignes))


_CAS = "Délibération n° 2024-587"
_LA_CONVENTION = "une convention s’écrit avec une espace dans son numéro ({}) : écrivez-le d’un seul tenant"
_A_ACCORDER = "un accord est laissé au choix du lecteur ({}) : accordez selon la structure et les opérations"
RELECTEURS_STRUCTURE = (
    Relecteur("TXT-03", "Article en double", Gravite.BLOQUANT, _articles_en_double, f"{_CAS}, annexes 7 et 8"),
    Relecteur("TXT-04", "Article manquant", Gravite.BLOQUANT, _articles_manquants, f"{_CAS}, annexes 5 à 10"),
    Relecteur("TXT-05", "Nombre de pages", Gravite.BLOQUANT, _pages, f"{_CAS}, annexes 5 à 10"),
    Relecteur("TXT-06", "Blanc à remplir", Gravite.BLOQUANT, _blancs, f"{_CAS}, annexes 5 à 9"),
    Relecteur("TXT-07", "Année d’une convention", Gravite.BLOQUANT, _conventions, f"{_CAS}, annexes 7, 8 et 9"),
    Relecteur("TXT-10", "Avenant financier sans coût", Gravite.BLOQUANT, _financier, f"{_CAS}, annexes 7 et 8"),
    Relecteur("TXT-15", "Code opération appelé chapitre", Gravite.ATTENTION, _chapitre, f"{_CAS}, annexes 5 à 9"),
    Relecteur("REL-04", "Article modifié sans suite", Gravite.ATTENTION, _articles_modifies, f"{_CAS}, annexe 10"),
    Relecteur("REL-05", "SIRET", Gravite.BLOQUANT, _sirets, "Code de commerce, article R.123-221"),
    Relecteur("REL-06", "Pagination dans le texte", Gravite.ATTENTION, _pagination, f"{_CAS}, annexe 8"),
    Relecteur(
        "REL-07", "Accord laissé au choix", Gravite.ATTENTION, partial(chercher, _ACCORD, _A_ACCORDER),
        f"{_CAS}, annexes 5 à 10",
    ),
    Relecteur(
        "REL-15", "Numéro de convention coupé", Gravite.ATTENTION,
        partial(chercher, _CONVENTION_COUPEE, _LA_CONVENTION), f"{_CAS}, annexe 10",
    ),
)  # fmt: skip
"""The rules about articles, pages, blanks and numbers."""
