"""The proof-reading of the figures and names of an act: each written in one way, and said once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.controles_noms import orthographes
from inclusion_desk.domain.relecture_texte import Lecture, Relecteur, Releve, entier
from inclusion_desk.domain.text import enumerer
from inclusion_desk.domain.textes_controles_figures import REGLES_FIGURES, styles_dates, styles_montants

_DESIGNE = re.compile(r"désignée?s?(?:\(e\))?\s+(?:par|sous le nom de)\s+«\s*([^»\n]+?)\s*»", re.IGNORECASE)
_DETERMINE = re.compile(r"(?:l[ea]s?|l['’]|x+)(?:\s|$|(?<=['’]))", re.IGNORECASE)
NOMS_PROPRES = ("Pas-de-Calais", "France Travail", "Lens-Liévin", "Hénin-Carvin")
"""Names that every act of the field may hold; in capitals they are a heading’s."""
_STYLES_MAX = 4


def _styles(quoi: str, lire: Callable[[str], dict[str, str]], lecture: Lecture) -> Iterator[Releve]:
    """Point at amounts, or dates, written in several ways (the case, l.2985, l.2988 and l.3077)."""
    styles = lire(lecture.texte)
    if len(styles) > 1:
        cites = [
            f"{guillemets(' '.join(exemple.split()))}{f' ({style})' if style else ''}"
            for style, exemple in list(styles.items())[:_STYLES_MAX]
        ]
        lignes = tuple(lecture.ligne_de(lecture.texte.index(exemple)) for exemple in styles.values())
        yield Releve(f"les {quoi} s’écrivent de {len(styles)} façons : {enumerer(cites)} ; n’en gardez qu’une", lignes)


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
_GRAVES = {regle.code: Gravite.ATTENTION if regle.grave else Gravite.INFORMATION for regle in REGLES_FIGURES}
RELECTEURS_FIGURES = (
    Relecteur("STR-05", "Nom écrit de plusieurs façons", Gravite.ATTENTION, _orthographes, _CAS),
    Relecteur(
        "TXT-08", "Écriture des montants", Gravite.INFORMATION, partial(_styles, "montants", styles_montants), _CAS
    ),
    Relecteur("TXT-09", "Écriture des dates", Gravite.INFORMATION, partial(_styles, "dates", styles_dates), _CAS),
    *(
        Relecteur(regle.code, regle.titre, _GRAVES[regle.code], partial(entier, regle), regle.source)
        for regle in REGLES_FIGURES
    ),
)
"""The rules about figures and names."""
