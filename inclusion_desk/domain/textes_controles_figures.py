"""The linter of the figures in texts: styles of amounts and dates, percentages, balance payments, maximums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import MOIS, enumerer, fold
from inclusion_desk.domain.textes_controles import ESPACE, Regle, extrait

_NOMBRE = rf"(?:\d{{1,3}}(?:{ESPACE}\d{{3}})+|\d+)"
_MONTANT = re.compile(rf"(?<![\d,.])({_NOMBRE})(,\d{{1,2}})?({ESPACE}?)(€|euros?\b)")
_MOIS = "|".join((*MOIS, "fevrier", "aout", "decembre"))
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}}/\d{{1,2}}/\d{{4}})|(\d{{1,2}}\.\d{{1,2}}\.\d{{4}})"
    rf"|(\d{{1,2}}(?:er)?){ESPACE}+({_MOIS}|{_MOIS.title()})\b)"
)
_PHRASE = re.compile(r"(?:[^.;\n]|\.(?=\S)|\n(?!\s*(?:\n|[-•*#>\uf0b7\uf02d]|o )))+")
_POURCENT = re.compile(r"(?<![\d,])(\d{1,3}(?:,\d+)?)\s*%")
_NOM_TAUX = re.compile(r"\b(?:taux|part|forfait|quotité|avance|acompte|solde|retenue|plafond|seuil)\b", re.IGNORECASE)
_VERBE = re.compile(r"\s(?:est|sont|sera|seront|reste|fixée?|égale?|de|à|au)\s*(?:$|(?:de|à|au|égale?|fixée?)\b)|[,:]")
_OUTILS = (
    "a",
    "au",
    "aux",
    "ce",
    "celui",
    "d",
    "dans",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "par",
    "un",
)
_VIDES = frozenset(
    (*_OUTILS, "une", "pour", "s", "sur", "est", "sont", "sera", "fixe", "soit", "hauteur", "total", "dit")
)
_DELAI = re.compile(r"\b(\d{1,2}|un|deux|trois|quatre|cinq|six|douze)\s+(mois|semaines|jours)\b")
_SOLDE = re.compile(r"\bsolde\b", re.IGNORECASE)
_EN_SUS = re.compile(r"supplementaire|complementaire|additionnel|en sus|en plus|s'ajoute|augmente")
_MAXIMUM = re.compile(r"\b(?:maximum|maximal|plafond|plafonne)")
_CONTEXTES_MIN = 3


def styles_montants(texte: str) -> dict[str, str]:
    """Give each way in which a text writes its amounts, with its first example."""
    styles: dict[str, str] = {}
    for nombre, decimales, espace, unite in _MONTANT.findall(texte):
        groupe = "" if len(nombre) < 4 or not nombre.isdigit() else "sans espace entre les milliers"  # noqa: PLR2004
        marques = [
            "avec « ,00 »" if decimales == ",00" else "",
            "en toutes lettres" if unite != "€" else "" if espace else "sans espace avant l’unité",
            groupe,
        ]
        styles.setdefault(", ".join(filter(None, marques)), f"{nombre}{decimales}{espace}{unite}")
    return styles


def styles_dates(texte: str) -> dict[str, str]:
    """Give each way in which a text writes its dates, with its first example."""
    styles: dict[str, str] = {}
    for trouve in _DATE.finditer(texte):
        chiffres, points, jour, mois = trouve.groups()
        if chiffres or points:
            style = "en chiffres" if chiffres else "avec des points"
        elif jour == "1" or (len(jour) > 1 and jour[0] == "0"):
            style = "sans « 1er »" if jour in {"1", "01"} else "avec un zéro"
        else:
            style = "avec une capitale au mois" if mois[0].isupper() else "en toutes lettres"
        styles.setdefault(style, trouve.group())
    return styles


def phrases(texte: str) -> list[str]:
    """Cut a text into sentences and items of lists; a plain line break does not cut."""
    return [" ".join(phrase.split()) for phrase in _PHRASE.findall(texte) if phrase.strip()]


def _soldes(texte: str) -> Iterator[str]:
    """Two dates for one balance payment (the case, l.3276 and l.3282)."""
    echeances: dict[str, str] = {}
    for phrase in phrases(texte):
        solde = _SOLDE.search(phrase)
        if solde is None:
            continue
        apres = phrase[solde.end() :]
        echeance = _DATE.search(apres) or _DELAI.search(fold(apres)) or _DATE.search(phrase)
        if echeance:
            echeances.setdefault(echeance.group(), phrase)
    if len(echeances) > 1:
        cites = [guillemets(_court(phrase)) for phrase in list(echeances.values())[:2]]
        yield f"le solde a plusieurs échéances ({enumerer(cites)}) : n’en gardez qu’une"


def _court(phrase: str, maximum: int = 90) -> str:
    net = phrase.strip(" -•*#\uf0b7\uf02d")
    return net if len(net) <= maximum else f"{net[:maximum].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True, slots=True)
class _Taux:
    """A percentage of a text: its value, what it is called before it, and the words after it."""

    valeur: str
    nom: str
    suite: str

    @property
    def cle_nom(self) -> str:
        """The name without the words that say nothing."""
        return " ".join(_utiles(self.nom)[:3])

    @property
    def cle_suite(self) -> str:
        """What it applies to, in two words."""
        return " ".join(_utiles(self.suite)[:2])


def _taux(texte: str) -> Iterator[_Taux]:
    for phrase in phrases(texte) if "%" in texte else ():
        trouves = list(_POURCENT.finditer(phrase))
        for rang, trouve in enumerate(trouves):
            avant = phrase[trouves[rang - 1].end() if rang else 0 : trouve.start()]
            noms = list(_NOM_TAUX.finditer(avant))
            nom = _VERBE.split(avant[noms[-1].start() :])[0] if noms else ""
            fin = trouves[rang + 1].start() if rang + 1 < len(trouves) else len(phrase)
            yield _Taux(trouve[1], nom.strip(" ,:-–"), phrase[trouve.end() : fin])


def _utiles(morceau: str) -> list[str]:
    return [mot for mot in re.findall(r"[a-z0-9]+", fold(morceau)) if mot not in _VIDES]


def _taux_contredits(texte: str) -> Iterator[str]:
    """Different percentages under one name."""
    valeurs: dict[str, dict[str, str]] = defaultdict(dict)
    for taux in _taux(texte):
        if taux.nom:
            valeurs[taux.cle_nom].setdefault(taux.valeur, taux.nom)
    for lus in valeurs.values():
        if len(lus) > 1:
            nom = next(iter(lus.values()))
            yield f"{guillemets(nom)} vaut {enumerer([f'{valeur} %' for valeur in lus])} selon l’endroit : accordez-les"


def _taux_ambigus(texte: str) -> Iterator[str]:
    """One percentage for several things (the case, l.3248, l.3256 and l.3282: three different 40 %)."""
    sens: dict[str, dict[str, str]] = defaultdict(dict)
    for taux in _taux(texte):
        if taux.cle_suite:
            sens[taux.valeur].setdefault(taux.cle_suite, " ".join(taux.suite.split()[:5]).strip(" ,"))
    for valeur, lus in sens.items():
        if len(lus) >= _CONTEXTES_MIN:
            cites = [f"« {valeur} % {suite} »" for suite in list(lus.values())[:_CONTEXTES_MIN]]
            yield f"« {valeur} % » désigne {len(lus)} choses différentes ({enumerer(cites)}) : nommez chacune"


def _maximum(texte: str) -> Iterator[str]:
    """A maximum contradicted by a further amount, of which the sum is not given (the case, l.2984)."""
    montants = [(t, _cents(t)) for t in _MONTANT.finditer(texte)]
    connus = {cents for _, cents in montants}
    plafonds = [(t, cents) for t, cents in montants if _MAXIMUM.search(fold(texte[max(0, t.start() - 60) : t.start()]))]
    ajouts = [(t, cents) for t, cents in montants if _ajoute(texte, t)]
    for plafond, cents in plafonds:
        if any(cents + autre in connus for autre in connus if autre):
            continue
        for ajout, en_plus in ajouts:
            if ajout.start() > plafond.start():
                yield (
                    f"un montant maximum ({extrait(texte, *plafond.span())}) est suivi d’un supplément "
                    f"({ajout.group()}) : donnez le nouveau maximum, {format_montant_acte(cents + en_plus)}"
                )
                return


def _ajoute(texte: str, montant: re.Match[str]) -> bool:
    avant = fold(texte[max(0, montant.start() - 120) : montant.start()].rsplit(".", maxsplit=1)[-1])
    return bool(_EN_SUS.search(avant)) or avant.endswith("+")


def _cents(montant: re.Match[str]) -> int:
    entier = int("".join(c for c in montant[1] if c.isdigit()))
    return entier * 100 + int((montant[2] or ",0")[1:].ljust(2, "0"))


_CAS = "Délibération n° 2024-587, annexe 10"
REGLES_FIGURES = (
    Regle("TXT-11", "Échéances du solde", _soldes, _CAS, joints_seulement=True),
    Regle("TXT-12", "Pourcentages contredits", _taux_contredits, _CAS),
    Regle("TXT-13", "Pourcentage ambigu", _taux_ambigus, _CAS, grave=False),
    Regle("TXT-14", "Maximum contredit", _maximum, _CAS),
)
"""The rules about payments, percentages and maximums; styles are compared across texts."""
