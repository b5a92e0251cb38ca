"""The proof-reading of the figures and names of an act: each written in one way, and said once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.controles_noms import orthographes
from inclusion_desk.domain.relecture_texte import PUCES, Lecture, Relecteur, Releve, entier
from inclusion_desk.domain.text import enumerer, fold
from inclusion_desk.domain.textes_controles import ESPACE
from inclusion_desk.domain.textes_controles_figures import REGLES_FIGURES, styles_dates, styles_montants

_REGLES = {regle.code: regle for regle in REGLES_FIGURES}
_DESIGNE = re.compile(r"désignée?s?(?:\(e\))?\s+(?:par|sous le nom de)\s+«\s*([^»\n]+?)\s*»", re.IGNORECASE)
_DETERMINE = re.compile(r"(?:l[ea]s?|l['’]|x+)(?:\s|$|(?<=['’]))", re.IGNORECASE)
_VOIE = re.compile(
    r"\b(?:rue|place|avenue|boulevard|cours|quai|allée|square|impasse|résidence)"
    rf"{ESPACE}+du{ESPACE}+\d{{1,2}}(?:er)?{ESPACE}+\w+",
    re.IGNORECASE,
)
"""A date that names a street: « rue du 11 Novembre » (the case, l.2940)."""
_DE_L_ACTE = re.compile(
    rf"^{PUCES}(avenant{ESPACE}+n°{ESPACE}*\d+|convention(?:{ESPACE}+initiale)?){ESPACE}*:", re.IGNORECASE
)
_ANNEXE = re.compile(rf"^annexe{ESPACE}+\d+{ESPACE}+[–—-]{ESPACE}", re.IGNORECASE)
"""The title of an annexe, on its own line."""
_MONTANT = re.compile(rf"\d{{1,3}}(?:{ESPACE}?\d{{3}})*(?:,\d{{1,2}})?(?={ESPACE}?(?:€|euros?\b))")
NOMS_PROPRES = ("Pas-de-Calais", "France Travail", "Lens-Liévin", "Hénin-Carvin")
"""Names that every act of the field may hold; in capitals they are a heading’s."""
_STYLES_MAX = 4


def _styles(quoi: str, lire: Callable[[str], dict[str, str]], lecture: Lecture) -> Iterator[Releve]:
    """Point at amounts, or dates, written in several ways (the case, l.2985, l.2988 and l.3077)."""
    texte = _VOIE.sub(lambda trouve: " " * len(trouve.group()), lecture.texte)
    styles = lire(texte)
    if len(styles) > 1:
        cites = [
            f"{guillemets(' '.join(exemple.split()))}{f' ({style})' if style else ''}"
            for style, exemple in list(styles.items())[:_STYLES_MAX]
        ]
        lignes = tuple(lecture.ligne_de(texte.index(exemple)) for exemple in styles.values())
        yield Releve(f"les {quoi} s’écrivent de {len(styles)} façons : {enumerer(cites)} ; n’en gardez qu’une", lignes)


def _soldes(lecture: Lecture) -> Iterator[Releve]:
    """Point at two dates for one balance (the case, l.3276, l.3282): each annexe, and each act named, has its own."""
    par_acte: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    annexe = 0
    for n, ligne in lecture.numerotees():
        annexe = n if _ANNEXE.match(ligne) else annexe
        nomme = _DE_L_ACTE.match(ligne)
        par_acte[annexe, fold(nomme[1]) if nomme else ""][n] = ligne
    for lignes in par_acte.values():
        retenues = tuple(lignes.get(n, "") for n, _ in lecture.numerotees())
        yield from entier(_REGLES["TXT-11"], replace(lecture, texte="\n".join(retenues), lignes=retenues))


def _maximum(lecture: Lecture) -> Iterator[Releve]:
    """Let alone a maximum whose sum with the supplement is given: 338 226,74 + 79 850 = 418 076,74."""
    connus = {_cents(lu) for lu in _MONTANT.findall(lecture.texte)} - {0}
    for releve in entier(_REGLES["TXT-14"], lecture):
        ajout = _cents(_MONTANT.findall(releve.phrase.partition("supplément")[2])[0])
        if not any(connu + ajout in connus for connu in connus):
            yield releve


def _cents(nombre: str) -> int:
    entiers, _, decimales = re.sub(ESPACE, "", nombre).partition(",")
    return int(entiers) * 100 + int(decimales.ljust(2, "0"))


def _orthographes(lecture: Lecture) -> Iterator[Releve]:
    """Point at a name written in several ways (the case, l.2921, l.2940 and l.3073)."""
    designes = [nom for nom in _DESIGNE.findall(lecture.texte) if not _DETERMINE.match(nom)]
    siens = list(dict.fromkeys((*lecture.noms, *designes)))
    for nom, ecrits in orthographes(siens, (lecture.texte,)).items():
        yield from _une_seule(nom, ecrits, lecture)
    communs = [nom for nom in NOMS_PROPRES if not any(nom in sien for sien in siens)]
    for nom, ecrits in orthographes(communs, (lecture.texte,)).items():
        vus = [e for e in ecrits if not e.isupper() and not re.search(r"[,;.:\n]", e) and e[0].isupper() | ("-" in e)]
        yield from _une_seule(nom, vus, lecture)


def _une_seule(nom: str, ecrits: list[str], lecture: Lecture) -> Iterator[Releve]:
    if ecrits:
        lignes = tuple(n for n, ligne in lecture.numerotees() if any(ecrit in ligne for ecrit in ecrits))
        cites = enumerer([guillemets(" ".join(ecrit.split())) for ecrit in ecrits])
        yield Releve(f"{guillemets(nom)} s’écrit aussi {cites} : n’en gardez qu’une écriture", lignes)


_CAS = "Délibération n° 2024-587, annexe 10"
_GRAVES = {code: Gravite.ATTENTION if regle.grave else Gravite.INFORMATION for code, regle in _REGLES.items()}
RELECTEURS_FIGURES = (
    Relecteur("STR-05", "Nom écrit de plusieurs façons", Gravite.ATTENTION, _orthographes, _CAS),
    Relecteur(
        "TXT-08", "Écriture des montants", Gravite.INFORMATION, partial(_styles, "montants", styles_montants), _CAS
    ),
    Relecteur("TXT-09", "Écriture des dates", Gravite.INFORMATION, partial(_styles, "dates", styles_dates), _CAS),
    *(
        Relecteur(regle.code, regle.titre, _GRAVES[code], partial(entier, regle), regle.source)
        for code, regle in _REGLES.items()
        if code not in {"TXT-11", "TXT-14"}
    ),
    Relecteur("TXT-11", "Échéances du solde", Gravite.ATTENTION, _soldes, _CAS),
    Relecteur("TXT-14", "Maximum contredit", Gravite.ATTENTION, _maximum, _CAS),
)
"""The rules about figures and names."""
