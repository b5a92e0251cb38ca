"""The proof-reading of the language of an act: known misspellings, and agreements over a small lexicon of the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.relecture_texte import Lecture, Relecteur, Releve, chercher
from inclusion_desk.domain.textes_controles import extrait
from inclusion_desk.domain.textes_controles_fautes import CORRECTIONS

_EXPRESSIONS = {
    "cette outil": "cet outil",
    "la présent avenant": "le présent avenant",
    "lesquel": "lesquels",
    "l’ensembles": "l’ensemble",
    "l’outils": "l’outil",
    "outils mise": "outils mis",
    "outils mises": "outils mis",
    "savoirs-être": "savoir-être",
    "savoirs-faire": "savoir-faire",
    "suivants la fin": "suivant la fin",
    "un rendez vous": "un rendez-vous",
    "à minima": "a minima",
}
ORTHOGRAPHE = {
    **CORRECTIONS,
    "aout": "août",
    "bénéficiciaire": "bénéficiaire",
    "convenion": "convention",
    "crière": "critère",
    "departement": "département",
    "deliberation": "délibération",
    "dipositif": "dispositif",
    "financment": "financement",
    "incrit": "inscrit",
    "representé": "représenté",
    **_EXPRESSIONS,
}
"""What is often mistyped in acts of the field, with what is meant; plurals of words follow."""


def _ou(mots: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(mots, key=len, reverse=True)))


_MOTS = ORTHOGRAPHE.keys() - _EXPRESSIONS.keys()
_FAUTES = re.compile(
    rf"(?<![\w-])(?:({_ou(_MOTS)})(?:s|(?<=nnel)les?)?|({_ou(_EXPRESSIONS)}))(?![\w-])",
    re.IGNORECASE,
)
_CAPITALE = re.compile(
    r"\b(?:Economi|Ecole|Education|Egalité|Elément|Eligib|Equilibr|Etablissement|Etape|Etats?\b|Etre\b|Etude|Evaluation)\w*"
)
_A = re.compile(
    r"(?:^|[.;!?]\s|[\ue000-\uf8ff]\s*)\s*(A) "
    r"(?=l['’]|la |ce |cet |cette |compter|partir|titre|défaut|hauteur|Arras|réception|noter|$)"
)

_MASCULINS = (
    "accompagnement", "avenant", "bilan", "budget", "code", "comité", "compte", "contrat", "coût", "délai",
    "département", "diagnostic", "dispositif", "document", "dossier", "emploi", "engagement", "entretien",
    "financement", "forfait", "formulaire", "indicateur", "objectif", "organisme", "outil", "partenariat", "plafond",
    "plan", "porteur", "préambule", "programme", "projet", "référent", "rendez-vous", "taux", "territoire",
    "versement", "volume",
)  # fmt: skip
_FEMININS = (
    "action", "annexe", "association", "avance", "candidature", "clause", "commission", "convention", "délibération",
    "demande", "dépense", "direction", "durée", "évaluation", "imputation", "mission", "obligation", "opération",
    "orientation", "part", "participation", "période", "préconisation", "procédure", "structure", "subvention",
    "thématique", "transmission",
)  # fmt: skip
"""Nouns of the field by gender."""
_VERBES = frozenset(
    ("annexe", "avance", "code", "compte", "demande", "dépense", "part", "programme", "structure")
)  # fmt: skip
"""Those that are verbs too: « il le demande », « il les annexe »."""
_VOYELLE = re.compile(r"[aeéêiou]", re.IGNORECASE)


def _sans_verbes(mots: tuple[str, ...]) -> list[str]:
    return [mot for mot in mots if mot not in _VERBES]


def _a_voyelle(mots: tuple[str, ...]) -> list[str]:
    return [mot for mot in mots if _VOYELLE.match(mot)]


_NOMS = (*_MASCULINS, *_FEMININS)
_SINGULIERS = tuple(mot for mot in _NOMS if not mot.endswith(("s", "x")))
_GENRE = re.compile(
    rf"(?<!['’])\b(?:(?:cette|une|toute) (?:{_ou(_MASCULINS)})|cet (?:{_ou(_a_voyelle(_FEMININS))})"
    rf"|(?:ce|un) (?:{_ou(_FEMININS)})|la (?:{_ou(_sans_verbes(_MASCULINS))})"
    rf"|(?:le|du|au|tout) (?:{_ou(_sans_verbes(_FEMININS))})|la présent|les présent)\b(?!-)",
    re.IGNORECASE,
)
_ELISION = re.compile(
    rf"\b(?:(?:le|la|de) (?:{_ou(_a_voyelle(_NOMS))})s?|ce (?:{_ou(_a_voyelle(_MASCULINS))})"
    r"|(?:le|la) (?:attendu|bénéficiaire|indicateur)s)\b",
    re.IGNORECASE,
)
_NOMBRE = re.compile(
    rf"\b(?:des|ces|ses|leurs|aux|plusieurs|quelques) (?:{_ou(_SINGULIERS)})(?![\w(’'-])"
    rf"|\bles (?:{_ou(_sans_verbes(_SINGULIERS))})(?![\w(’'-])"
    rf"|\b(?:l['’]|(?:un|une|le|la|ce|cet|cette|du|chaque) )(?:{_ou(_SINGULIERS)})s(?![\w’'-])",
    re.IGNORECASE,
)
_ACCORDS = (
    (_GENRE, "un déterminant n’est pas du genre de son nom ({}) : accordez-les"),
    (_ELISION, "un déterminant ne convient pas au mot qui le suit ({}) : corrigez-le"),
    (_NOMBRE, "un déterminant n’est pas du nombre de son nom ({}) : accordez-les"),
)


def _orthographe(lecture: Lecture) -> Iterator[Releve]:
    """Point at each word known to be mistyped, with all its lines (the case, l.351-3306)."""
    lignes: dict[tuple[str, str], list[int]] = {}
    for n, ligne in lecture.numerotees():
        for trouve in _FAUTES.finditer(ligne.replace("'", "’")):
            mot = (trouve[1] or trouve[2]).lower()
            lignes.setdefault((mot, ORTHOGRAPHE[mot]), []).append(n)
    for (faute, juste), places in lignes.items():
        yield Releve(f"on lit « {faute} » pour « {juste} » : corrigez", tuple(places))


def _capitales(lecture: Lecture) -> Iterator[Releve]:
    """Point at capitals whose accent is lost (the case, l.1144, l.1273 and l.1317)."""
    for motif in (_CAPITALE, _A):
        yield from chercher(motif, "une capitale a perdu son accent ({}) : rétablissez-le", lecture)


def _accords(lecture: Lecture) -> Iterator[Releve]:
    """Point at determiners that do not agree with a noun of the field (the case, l.444, l.2967 and l.3253)."""
    for motif, phrase in _ACCORDS:
        for n, ligne in lecture.numerotees():
            for trouve in motif.finditer(ligne):
                if not _FAUTES.match(ligne.replace("'", "’"), trouve.start()):
                    yield Releve(phrase.format(extrait(ligne, *trouve.span())), (n,))


_CAS = "Délibération n° 2024-587, annexes 5 à 10"
RELECTEURS_LANGUE = (
    Relecteur("TXT-18", "Faute de frappe", Gravite.INFORMATION, _orthographe, _CAS),
    Relecteur("REL-12", "Accords", Gravite.INFORMATION, _accords, _CAS),
    Relecteur("REL-13", "Capitales accentuées", Gravite.INFORMATION, _capitales, _CAS),
)
"""The rules about words."""
