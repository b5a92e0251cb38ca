"""The proof-reading of the typing of an act: spaces, punctuation, quotation marks, characters of symbol fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.relecture_annexes import INTITULE
from inclusion_desk.domain.relecture_texte import Lecture, Relecteur, Releve, chercher, ensemble, par_ligne
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.domain.textes_controles import extrait
from inclusion_desk.domain.textes_controles_fautes import REGLES_FAUTES

_REGLES = {regle.code: regle for regle in REGLES_FAUTES}
_INVISIBLES = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffd")
_PONCTUATION = (
    (re.compile(r"(?<=[a-zà-ÿ]{4})\.\s?[,;]|[,;:]\s*[,;]|[,;]\s*\.(?!\.)|(?<!\.)\.\.(?!\.)"),
     "deux signes de ponctuation se suivent ({}) : n’en gardez qu’un"),
    (re.compile(r"^\s*[.,;](?!\.)"), "une ligne commence par un signe de ponctuation ({}) : rattachez-le"),
    (re.compile(r"(?<=\w)- (?=[A-ZÀ-Ý])"), "un trait d’union est suivi d’une espace ({}) : ôtez-la ou mettez un tiret"),
    (re.compile(r"\(\s|(?<=\w)\s+\)"), "une parenthèse est séparée de ce qu’elle renferme ({}) : retirez l’espace"),
    (re.compile(r"\b\d+\.\d+\s?(?:ETP|%|€|euros?|heures?|mois)\b", re.IGNORECASE),
     "un nombre s’écrit avec un point ({}) : mettez une virgule"),
    (re.compile(r"\b\d+(?:ères?|èmes?|ièmes?|emes?|eres?)\b"),
     "un rang est abrégé en “ère” ou “ème” ({}) : écrivez 1er, 1re, 2e"),
)  # fmt: skip
_GUILLEMETS = re.compile(r"[«»“”]")
_DROITS = re.compile(r"\"")
_ELEMENT = re.compile(r"(?=\W|[A-ZÀ-Ý]).*[.;:,]$")
"""A whole entry or sentence, not the line of one that goes on."""
_ELEMENT_MIN, _PROCHE = 40, 15


def _insecables(lecture: Lecture) -> Iterator[Releve]:
    """Count the non-breaking spaces that are missing, once for the document (the case has none)."""
    manques = {n: manque for n, ligne in lecture.numerotees() if (manque := _manquants(ligne))}
    if manques:
        premiere = min(manques)
        total = sum(manques.values())
        quoi = "espace insécable manque" if total == 1 else "espaces insécables manquent"
        cite = extrait(lecture.lignes[premiere - 1], 0, min(30, len(lecture.lignes[premiere - 1])))
        yield Releve(
            f"{compter(total, quoi, quoi)} dans le document, d’abord dans {cite} : appliquez la typographie française",
            tuple(manques),
        )


def _manquants(ligne: str) -> int:
    net = ligne.replace("\u202f", INSECABLE)
    return max(0, typo(net).count(INSECABLE) - net.count(INSECABLE))


def _symboles(lecture: Lecture) -> Iterator[Releve]:
    """Characters that only one typeface shows (the case: U+F0B7 before entries), or that nobody sees."""
    vus = {
        n: mauvais
        for n, ligne in lecture.numerotees()
        if (mauvais := [c for c in ligne if unicodedata.category(c) == "Co" or c in _INVISIBLES])
    }
    if vus:
        noms = sorted({f"U+{ord(c):04X}" for mauvais in vus.values() for c in mauvais})
        total = sum(len(mauvais) for mauvais in vus.values())
        yield Releve(
            f"le texte porte {compter(total, 'caractère')} de police de symboles ou invisibles ({', '.join(noms)}) : "
            "remplacez-les par des tirets de liste, ou effacez-les",
            tuple(vus),
        )


def _ponctuation(lecture: Lecture) -> Iterator[Releve]:
    """Punctuation doubled or adrift (the case, l.2969, l.3228, l.3250 and l.3278)."""
    for motif, phrase in _PONCTUATION:
        yield from chercher(motif, phrase, lecture)


def _guillemets(lecture: Lecture) -> Iterator[Releve]:
    """Quotation marks opened or closed alone; one that opens a paragraph of a quotation only continues it.

    No quotation goes on over the title of an article or of an annexe.
    """
    ouverts: list[tuple[str, int, int]] = []
    for n, ligne in lecture.numerotees():
        if n in lecture.articles or INTITULE.match(ligne):
            yield from _ouverts(ouverts, lecture)
            ouverts.clear()
        for trouve in _GUILLEMETS.finditer(ligne):
            signe, place = trouve.group(), trouve.start()
            if signe in "«“":
                if not (ouverts and ouverts[-1][0] == signe and not ligne[:place].strip()):
                    ouverts.append((signe, n, place))
            elif ouverts and "«“".index(ouverts[-1][0]) == "»”".index(signe):
                ouverts.pop()
            else:
                yield _seul("ferment sans avoir été ouverts", lecture, n, place)
    yield from _ouverts(ouverts, lecture)


def _ouverts(ouverts: list[tuple[str, int, int]], lecture: Lecture) -> Iterator[Releve]:
    return (_seul("s’ouvrent et ne se ferment pas", lecture, n, place) for _, n, place in ouverts)


def _seul(quoi: str, lecture: Lecture, ligne: int, place: int) -> Releve:
    return Releve(
        f"des guillemets {quoi} ({extrait(lecture.lignes[ligne - 1], place, place + 1)}) : complétez la paire", (ligne,)
    )


def _guillemets_droits(lecture: Lecture) -> Iterator[Releve]:
    yield from chercher(_DROITS, "des guillemets droits sont employés ({}) : préférez « et »", lecture)


def _apostrophes(lecture: Lecture) -> Iterator[Releve]:
    """Straight apostrophes among curly ones (the case, l.2994)."""
    if "’" in lecture.texte:
        phrase = "des apostrophes droites voisinent avec des courbes ({}) : n’employez que la courbe"
        yield from chercher(re.compile(r"(?<=\w)'(?=\w)"), phrase, lecture)


def _elements_repetes(lecture: Lecture) -> Iterator[Releve]:
    """An entry of a list that comes twice (the case, l.1094 and l.1107)."""
    pleines = [(n, " ".join(ligne.split())) for n, ligne in lecture.numerotees() if ligne.strip()]
    for rang, (n, ligne) in enumerate(pleines):
        suivantes = pleines[rang + 1 : rang + 1 + _PROCHE]
        autre = next((m for m, suivante in suivantes if suivante == ligne), None)
        if len(ligne) >= _ELEMENT_MIN and autre and _ELEMENT.match(ligne):
            yield Releve(f"la même ligne vient deux fois ({guillemets(ligne)}) : effacez la seconde", (n, autre))


_CAS = "Délibération n° 2024-587, annexes 5 à 10"
RELECTEURS_TYPOGRAPHIE = (
    Relecteur("TXT-16", "Mot répété", Gravite.INFORMATION, partial(par_ligne, _REGLES["TXT-16"]), _CAS),
    Relecteur("TXT-17", "Espaces", Gravite.INFORMATION, partial(ensemble, _REGLES["TXT-17"]), _CAS),
    Relecteur("REL-08", "Espaces insécables", Gravite.INFORMATION, _insecables, _CAS),
    Relecteur("REL-09", "Caractères de symboles", Gravite.ATTENTION, _symboles, _CAS),
    Relecteur("REL-10", "Ponctuation", Gravite.INFORMATION, _ponctuation, _CAS),
    Relecteur("REL-11", "Guillemets", Gravite.ATTENTION, _guillemets, _CAS),
    Relecteur("REL-11", "Guillemets droits", Gravite.INFORMATION, _guillemets_droits, _CAS),
    Relecteur("REL-14", "Élément répété", Gravite.INFORMATION, _elements_repetes, f"{_CAS}, fiche équilibré"),
    Relecteur("REL-16", "Apostrophes", Gravite.INFORMATION, _apostrophes, _CAS),
)
"""The rules about typing."""
