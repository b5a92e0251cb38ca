"""Delays: months counted from a day or from the end of a period, and the rules that say how long."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import MOIS, compter, fold

MOIS_MAX = 120
"""The longest delay accepted, in months."""

_EN_MOIS = re.compile(r"(\d{1,3})(?: ?mois)?")
_AU_JOUR = re.compile(r"(1er|\d{1,2})(?:/(\d{1,2})| ([a-z]+))(?:/?(?: de l'annee)? ?(?:n ?\+ ?1|suivante))?")
_MOIS_PLIES = tuple(fold(mois) for mois in MOIS)


def ajouter_mois(jour: date, mois: int) -> date:
    """Give the day of the same number ``mois`` months later, or the last of that month where it has no such day.

    Source: code de procédure civile, art. 641, which règlement n° 1182/71, art. 3, also follows.
    """
    annee, rang = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def fin_de_mois(jour: date) -> date:
    """Give the last day of the month."""
    return jour.replace(day=monthrange(jour.year, jour.month)[1])


def terme(fin: date, mois: int) -> date:
    """Give the last day of a delay of ``mois`` months that runs from the end of a period.

    A period that ended on the last day of a month has a delay that does too: 30/06 and six months give 31/12, since
    « six mois après la fin de juin » is the end of December. Otherwise as ``ajouter_mois``.
    """
    apres = ajouter_mois(fin, mois)
    return fin_de_mois(apres) if fin == fin_de_mois(fin) else apres


def fin_periode(debut: date, mois: int) -> date:
    """Give the last day of a period of ``mois`` months: 01/01/2024 and 12 give 31/12/2024."""
    return ajouter_mois(debut, mois) - timedelta(days=1)


def duree_mois(debut: date, fin: date) -> int:
    """Count the whole months of a period, its last day included: 24 from 01/01/2024 to 31/12/2025."""
    lendemain = fin + timedelta(days=1)
    mois = (lendemain.year - debut.year) * 12 + lendemain.month - debut.month
    return mois if ajouter_mois(debut, mois) <= lendemain else mois - 1


@dataclass(frozen=True, slots=True)
class EnMois:
    """A delay in months, 0 for the very end."""

    mois: int

    def apres(self, fin: date) -> date:
        """Give the day it falls on, counted from the end of a period."""
        return terme(fin, self.mois)


@dataclass(frozen=True, slots=True)
class AuJour:
    """A fixed day of the year after the one in which the period ends: 31/03 of the year N+1."""

    jour: int
    mois: int

    def apres(self, fin: date) -> date:
        """Give the day it falls on; the 29/02 is the 28 when the year has none."""
        annee = fin.year + 1
        return date(annee, self.mois, min(self.jour, monthrange(annee, self.mois)[1]))


Delai = EnMois | AuJour


def format_delai(delai: Delai) -> str:
    """Show a delay as it is typed: ``6 mois``, ``31/03``."""
    if isinstance(delai, EnMois):
        return f"{delai.mois}{INSECABLE}mois"
    return f"{delai.jour:02}/{delai.mois:02}"


def dire_delai(delai: Delai) -> str:
    """Say a delay in a sentence: ``dans les 6 mois``, ``au plus tard le 31 mars de l’année suivante``."""
    if isinstance(delai, AuJour):
        quantieme = "1er" if delai.jour == 1 else str(delai.jour)
        return f"au plus tard le {quantieme}{INSECABLE}{MOIS[delai.mois - 1]} de l’année suivante"
    if delai.mois > 1:
        return f"dans les {delai.mois}{INSECABLE}mois"
    return "dans le mois" if delai.mois else "le dernier jour"


def parse_delai(texte: str, libelle: str = "Le délai", champ: str | None = None) -> Delai:
    """Read a delay as users type it: ``6 mois`` or ``6``; ``31/03``, ``31 mars`` or ``31/03/N+1``.

    Raises:
        Refus: neither, a day that no year has, or more than ``MOIS_MAX`` months.
    """
    net = fold(texte)
    if trouve := _EN_MOIS.fullmatch(net):
        return _months(int(trouve[1]), libelle, champ)
    if trouve := _AU_JOUR.fullmatch(net):
        mois = int(trouve[2]) if trouve[2] else _rank(trouve[3])
        jour = int(trouve[1].removesuffix("er"))
        # 2024 is a leap year: the 29/02 is a day.
        if 1 <= mois <= len(MOIS) and 1 <= jour <= monthrange(2024, mois)[1]:
            return AuJour(jour, mois)
    raise Refus(
        f"{libelle} n’est pas lisible («{INSECABLE}{texte.strip()[:30]}{INSECABLE}») : saisissez un nombre de mois, "
        "par exemple 6 mois, ou un jour de l’année suivante, par exemple 31/03.",
        champ,
    )


def _rank(mois: str) -> int:
    return _MOIS_PLIES.index(mois) + 1 if mois in _MOIS_PLIES else 0


def _months(mois: int, libelle: str, champ: str | None) -> EnMois:
    if mois > MOIS_MAX:
        raise Refus(f"{libelle} dépasse {MOIS_MAX}{INSECABLE}mois : vérifiez la saisie.", champ)
    return EnMois(mois)


def dire_retard(etat: str, jours: int) -> str:
    """Say a state, and by how many days it is or was late: « En retard de 12 jours »."""
    return f"{etat} de {compter(jours, 'jour')}" if jours else etat
