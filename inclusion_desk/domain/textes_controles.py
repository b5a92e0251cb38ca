"""The linter of the texts that users write: each rule reads one plain text and says what is wrong, with an excerpt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.figures import INCONNUE
from inclusion_desk.domain.text import compter, enumerer, fold, pluriel

ESPACE = "[ \t\u00a0\u202f]"
_TITRE = re.compile(
    rf"^[\s#*>_]*article{ESPACE}+(\d{{1,3}}|1er|premier)[*_]*{ESPACE}*(?:[:.–—-]{ESPACE}*(.*))?$",
    re.IGNORECASE | re.MULTILINE,
)
_LIGNE_ARTICLE = re.compile(rf"^[\s#*>_•-]*article{ESPACE}+\d{{1,3}}\b(.*)$", re.IGNORECASE | re.MULTILINE)
_PAGES = re.compile(r"(?:\bx{2,}|_{2,}|\.{3,}|…+)\s*pages?\b", re.IGNORECASE)
_PAGES_COMPTEES = re.compile(
    r"\b(?:document|avenant|convention|acte|texte|fiche|il|elle)\s+(?:est\s+)?"
    r"(?:comprend|compte|comporte|contient|composée? de|établie? sur|constituée? de)\s+"
    r"((?:\d+|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s+pages?)\b",
    re.IGNORECASE,
)
_BLANC = re.compile(r"\bx{2,}(?:[./]x{2,})*(?!\s*pages?\b)\b|…{2,}|\.{4,}|_{3,}|à compléter|\[…\]", re.IGNORECASE)
_CONVENTION = re.compile(rf"(?<![\d-])(\d{{4}}){ESPACE}?-{ESPACE}?(\d{{5}}(?!\d)|x{{2,}})", re.IGNORECASE)
_CHAPITRE = re.compile(r"\bchapitres?\s+(?:«\s*)?(?:n°\s*)?C\d{2}-\d{3}[A-Z]\d{2}", re.IGNORECASE)
_COUT = re.compile(r"co[ûu]t|montant|financ|participation|tarif")
_MARGE = 28


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule of the linter: its code, its title, and the function from a text to what it says, a sentence’s end."""

    code: str
    titre: str
    relever: Callable[[str], Iterator[str]]
    source: str
    grave: bool = True
    """Whether it calls for attention; otherwise it is for information."""
    joints_seulement: bool = False
    """Whether it reads only the texts joined to the deliberation."""


def extrait(texte: str, debut: int, fin: int) -> str:
    """Quote a place of a text with a few words around it, on one line."""
    avant, apres = texte[max(0, debut - _MARGE) : debut], texte[fin : fin + _MARGE]
    if "\n" in avant:
        avant = avant.rsplit("\n", 1)[1]
    elif debut > _MARGE:
        avant = f"…{avant.partition(' ')[2]}"
    if "\n" in apres:
        apres = apres.split("\n", 1)[0]
    elif fin + _MARGE < len(texte):
        apres = f"{apres.rpartition(' ')[0]}…"
    return guillemets(" ".join(f"{avant}{texte[debut:fin]}{apres}".split()))


def extraits(texte: str, trouves: list[re.Match[str]], maximum: int = 2) -> str:
    """Quote the first places found, and count the others."""
    cites = [extrait(texte, *trouve.span()) for trouve in trouves[:maximum]]
    reste = len(trouves) - maximum
    return f"{', '.join(cites)} et {compter(reste, 'autre')}" if reste > 0 else enumerer(cites)


def nettoyer(texte: str) -> str:
    """Leave out what other rules tell: the blanks printed for figures whose source is gone."""
    return texte.replace(INCONNUE, "")


def _articles(texte: str) -> list[tuple[int, str]]:
    lus = ((t[1].lower(), " ".join((t[2] or "").split()).strip(" *:")) for t in _TITRE.finditer(texte))
    return [(1 if numero in {"1er", "premier"} else int(numero), titre) for numero, titre in lus]


def _article_en_double(texte: str) -> Iterator[str]:
    """Two articles under one number (the case, l.1436 and l.1447)."""
    articles = _articles(texte)
    for numero, fois in Counter(numero for numero, _ in articles).items():
        if fois > 1:
            titres = [guillemets(titre) for n, titre in articles if n == numero and titre]
            nomme = f" ({enumerer(titres)})" if titres else ""
            yield f"{fois} articles portent le numéro {numero}{nomme} : renumérotez-les"


def _article_manquant(texte: str) -> Iterator[str]:
    """A number left out between two articles."""
    numeros = {numero for numero, _ in _articles(texte)}
    manquants = [str(n) for n in range(1, max(numeros, default=0)) if n not in numeros]
    if 1 in numeros and manquants:
        quoi = pluriel(len(manquants), "l’article", "les articles")
        yield f"{quoi} {enumerer(manquants)} {pluriel(len(manquants), 'manque', 'manquent')} : renumérotez la suite"


def _pages(texte: str) -> Iterator[str]:
    """A number of pages left blank or written by hand (the case, l.470 and l.3011)."""
    for motif, etat in ((_PAGES, "laissé en blanc"), (_PAGES_COMPTEES, "écrit à la main")):
        if trouves := list(motif.finditer(texte)):
            yield f"le nombre de pages est {etat} ({extraits(texte, trouves)}) : retirez-le, la pagination le donne"


def _blancs(texte: str) -> Iterator[str]:
    """What was to be filled in and was not (the case, l.370)."""
    net = nettoyer(texte)
    if blancs := list(_BLANC.finditer(net)):
        quoi = pluriel(len(blancs), "un blanc", "des blancs")
        yield f"il reste {quoi} à remplir ({extraits(net, blancs)}) : complétez"


def conventions_citees(texte: str) -> dict[str, list[tuple[str, str]]]:
    """List the conventions of a text by rank (``x`` for a blank one): the year of each, and how it is written."""
    par_rang: dict[str, list[tuple[str, str]]] = {}
    for trouve in _CONVENTION.finditer(texte):
        rang = "x" if trouve[2][0] in "xX" else trouve[2]
        par_rang.setdefault(rang, []).append((trouve[1], trouve[0]))
    return par_rang


def _financier_sans_cout(texte: str) -> Iterator[str]:
    """A financial avenant of which no article says a cost (the case, annexes 7 and 8)."""
    annonce = re.search(r"\bavenant\s+financier\b", texte, re.IGNORECASE)
    articles = [fold(reste) for reste in _LIGNE_ARTICLE.findall(texte)]
    if annonce and articles and not any(_COUT.search(reste) for reste in articles):
        yield (
            f"l’avenant est dit « financier » ({extrait(texte, *annonce.span())}) et aucun de ses articles ne traite "
            "du coût : ajoutez l’article, ou changez le titre"
        )


def _chapitre(texte: str) -> Iterator[str]:
    """An operation code called « chapitre » (the case, l.628)."""
    if trouves := list(_CHAPITRE.finditer(texte)):
        yield f"un code opération est appelé « chapitre » ({extraits(texte, trouves, 1)}) : écrivez « opération »"


_CAS = "Délibération n° 2024-587"
REGLES_STRUCTURE = (
    Regle("TXT-03", "Article en double dans un texte", _article_en_double, f"{_CAS}, annexes 7 et 8"),
    Regle("TXT-04", "Article manquant dans un texte", _article_manquant, f"{_CAS}, annexes 5 à 10"),
    Regle("TXT-05", "Nombre de pages", _pages, f"{_CAS}, annexes 5 à 10"),
    Regle("TXT-06", "Blanc à remplir", _blancs, f"{_CAS}, annexes 5 à 9"),
    Regle("TXT-10", "Avenant financier sans coût", _financier_sans_cout, f"{_CAS}, annexes 7 et 8",
          joints_seulement=True),
    Regle("TXT-15", "Code opération appelé chapitre", _chapitre, f"{_CAS}, annexes 5 à 9"),
)  # fmt: skip
"""The rules about articles, pages, blanks and numbers."""
