"""Bilans of a convention: which are due, when by rule, and what to write to the structure that is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import NATURES_BILAN
from inclusion_desk.domain.delais import AuJour, Delai, EnMois, duree_mois, fin_periode
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date

DEPARTS: Mapping[str, str] = {
    "premiere_annee": "Fin de la première année",
    "fin": "Fin de l’action",
    "exercice": "Clôture de l’exercice",
}
"""What a rule counts from."""
ETATS_BILAN: Mapping[str, str] = {
    "a_venir": "À venir",
    "attendu": "Attendu",
    "retard": "En retard",
    "recu": "Reçu",
    "recu_retard": "Reçu en retard",
    "sans_suite": "Sans suite",
}
CLOS = frozenset({"recu", "recu_retard", "sans_suite"})
"""The states in which nothing is awaited any more."""
PREAVIS = 30
"""Days before its due date from which a bilan is expected."""
CLOTURE = (31, 12)
"""The day and month a financial year closes on, unless the structure has its own."""


@dataclass(frozen=True, slots=True)
class RegleBilan:
    """When one kind of bilan is due; operations shorter than ``duree_minimum`` months owe none."""

    nature: str
    depart: str
    delai: Delai
    duree_minimum: int = 0


REGLES_BILAN: Mapping[str, tuple[RegleBilan, ...]] = {
    "accueil": (
        RegleBilan("intermediaire", "premiere_annee", AuJour(31, 3), duree_minimum=24),
        RegleBilan("final", "fin", AuJour(31, 3)),
    ),
    "equilibre": (RegleBilan("final", "fin", EnMois(6)),),
    "independants": (RegleBilan("final", "fin", EnMois(3)),),
}
"""The rules of the action sheets of the case (l.641-659, l.1316-1319, l.3286-3288)."""
COMPTE_RENDU = RegleBilan("financier", "exercice", EnMois(6))
"""What a private-law body owes for each financial year (loi 2000-321, art. 10; arrêté du 11 octobre 2006)."""


@dataclass(frozen=True, slots=True)
class Rappel:
    """One level of reminder, reached ``depuis`` days after the due date, before it when negative.

    ``champ`` is the field of a bilan that keeps the day its letter went out, ``reponse`` the days it gives to answer.
    """

    niveau: int
    libelle: str
    depuis: int
    champ: str
    reponse: int = 0

    @property
    def complement(self) -> str:
        """Its name after a noun: « du rappel », « de la relance »."""
        return f"{'du' if self.niveau == 1 else 'de la'} {self.libelle.lower()}"


RAPPELS = (
    Rappel(1, "Rappel", -PREAVIS, "rappel_le"),
    Rappel(2, "Relance", 1, "relance_le", 15),
    Rappel(3, "Seconde relance", 31, "seconde_relance_le", 15),
    Rappel(4, "Mise en demeure", 61, "mise_en_demeure_le", 30),
)
"""The levels in use and the days each gives: no text sets them, a direction may choose its own."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """One bilan that a convention owes for the period ``debut``–``fin``; ``recu_le`` is None until it comes."""

    id: int
    version: int
    convention_id: int
    nature: str
    debut: date
    fin: date
    echeance: date
    recu_le: date | None = None
    observations: str = ""
    rappel_le: date | None = None
    relance_le: date | None = None
    seconde_relance_le: date | None = None
    mise_en_demeure_le: date | None = None

    @property
    def lettres(self) -> tuple[tuple[Rappel, date], ...]:
        """The letters that went out, with their days, level by level."""
        return tuple((r, jour) for r in RAPPELS if (jour := getattr(self, r.champ)) is not None)

    @property
    def libelle(self) -> str:
        """Its kind, with the financial year where there is one a year: ``Compte rendu financier 2024``."""
        nom = NATURES_BILAN[self.nature]
        return f"{nom} {self.fin.year}" if self.nature == "financier" else nom

    def etat(self, jour: date) -> str:
        """Give its state on a day, a code of ``ETATS_BILAN``."""
        if self.recu_le is not None and self.recu_le <= jour:
            return "recu" if self.recu_le <= self.echeance else "recu_retard"
        if jour > self.echeance:
            return "retard"
        return "attendu" if (self.echeance - jour).days <= PREAVIS else "a_venir"

    def retard(self, jour: date) -> int:
        """Count the days it is late on a day, or was when it came; 0 when it is in time."""
        constat = min(jour, self.recu_le) if self.recu_le else jour
        return max(0, (constat - self.echeance).days)

    def rappel(self, jour: date, niveaux: Iterable[Rappel] = RAPPELS) -> Rappel | None:
        """Give the highest reminder reached on a day, None when none is or once the bilan has come."""
        if self.etat(jour) in CLOS:
            return None
        ecart = (jour - self.echeance).days
        return max((n for n in niveaux if n.depuis <= ecart), key=lambda n: n.depuis, default=None)

    def a_envoyer(self, jour: date) -> Rappel | None:
        """Give the letter to send on a day: the one that follows the last sent, once its time to answer is over.

        However late the bilan is, letters go up one level at a time: a mise en demeure comes after the relances.
        """
        atteint = self.rappel(jour)
        if atteint is None or atteint.niveau == 1:
            return atteint if not self.lettres else None
        derniere, envoyee_le = self.lettres[-1] if self.lettres else (RAPPELS[0], date.min)
        if (jour - envoyee_le).days <= derniere.reponse or derniere.niveau >= atteint.niveau:
            return None
        return next(r for r in RAPPELS if r.niveau > derniere.niveau)

    def lettre_du(self, jour: date) -> Rappel | None:
        """Give the letter that may be written on a day: the one to send, else the last sent; none once it has come."""
        if self.rappel(jour) is None:
            return None
        return self.a_envoyer(jour) or (self.lettres[-1][0] if self.lettres else None)


def check_lettres(lettres: Iterable[tuple[Rappel, date]], jour: date) -> None:
    """Check that no letter is dated after ``jour``, nor before a milder one.

    Raises:
        Refus: on the field of the letter.
    """
    precedente: tuple[Rappel, date] | None = None
    for rappel, envoyee_le in lettres:
        quoi = f"La date {rappel.complement}"
        if envoyee_le > jour:
            raise Refus(f"{quoi} est postérieure à ce jour : corrigez-la.", rappel.champ)
        if precedente is not None and envoyee_le < precedente[1]:
            raise Refus(
                f"{quoi} précède celle {precedente[0].complement}, le {format_date(precedente[1])} : corrigez l’une "
                "des deux.",
                rappel.champ,
            )
        precedente = (rappel, envoyee_le)


def check_reception(recu_le: date | None, debut: date, jour: date) -> None:
    """Check that a bilan came no later than ``jour``, and no sooner than ``debut``, when its period begins.

    Raises:
        Refus: on ``recu_le``.
    """
    if recu_le is None:
        return
    if recu_le > jour:
        raise Refus("La date de réception est postérieure à ce jour : corrigez-la.", "recu_le")
    if recu_le < debut:
        raise Refus(
            f"Le bilan serait reçu avant le début de sa période ({format_date(debut)}) : corrigez la date de "
            "réception.",
            "recu_le",
        )


CHAMPS = (
    Champ("nature", "Nature", "La nature", Nature.CHOIX, obligatoire=True, choix=NATURES_BILAN),
    Champ("debut", "Début", "Le début de la période", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La fin de la période", Nature.DATE, obligatoire=True),
    Champ("echeance", "À remettre le", "La date de remise", Nature.DATE, obligatoire=True),
    Champ("recu_le", "Reçu le", "La date de réception", Nature.DATE, aide="Vide tant que le bilan n’est pas remis"),
    *(Champ(r.champ, f"{r.libelle} du", f"La date {r.complement}", Nature.DATE) for r in RAPPELS),
    Champ("observations", "Observations", "Le texte des observations", Nature.TEXTE_LONG),
)


def prevoir_bilans(
    regles: Iterable[RegleBilan], debut: date, fin: date, convention_id: int = 0, cloture: tuple[int, int] = CLOTURE
) -> tuple[Bilan, ...]:
    """Draw up the bilans that an action owes by rule, none of them stored yet, by due date.

    ``cloture`` is the day and month on which the structure's financial year closes.

    Raises:
        Refus: the action ends before it begins.
    """
    if fin < debut:
        raise Refus(
            f"L’action finit le {format_date(fin)}, avant de commencer le {format_date(debut)} : corrigez l’une des "
            "deux dates.",
            "fin",
        )
    prevus = [
        Bilan(0, 1, convention_id, regle.nature, du, au, regle.delai.apres(repere))
        for regle in regles
        if duree_mois(debut, fin) >= regle.duree_minimum
        for du, au, repere in _periods(regle.depart, debut, fin, cloture)
    ]
    return tuple(sorted(prevus, key=lambda b: (b.echeance, list(NATURES_BILAN).index(b.nature))))


def _periods(depart: str, debut: date, fin: date, cloture: tuple[int, int]) -> Iterator[tuple[date, date, date]]:
    """Give each period to report on, and the day its delay counts from: a financial year outlives the action."""
    if depart == "exercice":
        for cloture_le in clotures(debut, fin, cloture):
            yield max(debut, _opening(cloture_le, cloture)), min(fin, cloture_le), cloture_le
        return
    au = min(fin, fin_periode(debut, 12)) if depart == "premiere_annee" else fin
    yield debut, au, au


def clotures(debut: date, fin: date, cloture: tuple[int, int] = CLOTURE) -> tuple[date, ...]:
    """List the closing days of the financial years that a period touches."""
    jours = (AuJour(*cloture).apres(date(annee - 1, 1, 1)) for annee in range(debut.year, fin.year + 2))
    dernieres = [jour for jour in jours if jour >= debut]
    return tuple(jour for jour in dernieres if _opening(jour, cloture) <= fin)


def _opening(cloture_le: date, cloture: tuple[int, int]) -> date:
    return AuJour(*cloture).apres(date(cloture_le.year - 2, 1, 1)) + timedelta(days=1)


def echeance_de(bilans: Iterable[Bilan], nature: str) -> date | None:
    """Give the due date of the first bilan of a kind, None without one: what payments wait for."""
    return min((bilan.echeance for bilan in bilans if bilan.nature == nature), default=None)
