"""The instructor's calendar: payments, bilans, ends of conventions and publications still to come, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from inclusion_desk.domain.bilans import CLOS, Bilan
from inclusion_desk.domain.delais import ajouter_mois
from inclusion_desk.domain.text import MOIS, typo
from inclusion_desk.domain.versements import Versement

NATURES_ECHEANCE: Mapping[str, str] = {
    "bilan": "Bilan",
    "versement": "Versement",
    "fin": "Fin de convention",
    "publication": "Publication des données essentielles",
}
DELAI_PUBLICATION = 3
"""Months from the signature to publish the essential data of a convention (décret 2017-779)."""


@dataclass(frozen=True, slots=True)
class ConventionSuivie:
    """What the calendar needs of a convention; ``montant`` in cents, one of 0 € is not published."""

    id: int
    numero: str
    structure: str
    fin: date
    signee_le: date | None = None
    publiee_le: date | None = None
    montant: int = 0
    close: bool = False
    """Whether it is settled or terminated: its end is no deadline any more."""


@dataclass(frozen=True, slots=True)
class Echeance:
    """One thing to do by a day; ``retard`` is the days it is late, ``cible`` the id of the row it comes from."""

    jour: date
    nature: str
    libelle: str
    structure: str
    convention: str
    retard: int = 0
    cible: int = 0
    convention_id: int = 0

    @property
    def nature_libelle(self) -> str:
        """Its kind as shown."""
        return NATURES_ECHEANCE[self.nature]

    @property
    def cle(self) -> str:
        """What it is known by for ever, whatever its day: ``versement-12``."""
        return f"{self.nature}-{self.cible}"


@dataclass(frozen=True, slots=True)
class MoisCalendrier:
    """The deadlines of one month, in their order."""

    annee: int
    mois: int
    echeances: tuple[Echeance, ...]

    @property
    def libelle(self) -> str:
        """The month as shown: ``mars 2025``."""
        return f"{MOIS[self.mois - 1]} {self.annee}"


def echeances(
    conventions: Iterable[ConventionSuivie], versements: Iterable[Versement], bilans: Iterable[Bilan], jour: date
) -> tuple[Echeance, ...]:
    """List what is still to be done as seen on ``jour``, by day then kind, structure and convention.

    What is paid, received or published is left out, and so are instalments without a date and those of conventions
    that are not given.
    """
    par_id = {convention.id: convention for convention in conventions}
    trouvees = [
        *(e for convention in par_id.values() for e in _of_convention(convention, jour)),
        *_of_versements(versements, par_id, jour),
        *_of_bilans(bilans, par_id, jour),
    ]
    return tuple(sorted(trouvees, key=_order))


def _order(echeance: Echeance) -> tuple[date, int, str, str, int]:
    rang = list(NATURES_ECHEANCE).index(echeance.nature)
    return echeance.jour, rang, echeance.structure, echeance.convention, echeance.cible


def limite_publication(signature: date) -> date:
    """Give the last day to publish the essential data of a convention (décret 2017-779)."""
    return ajouter_mois(signature, DELAI_PUBLICATION)


def _of_convention(convention: ConventionSuivie, jour: date) -> Iterator[Echeance]:
    signature = convention.signee_le
    if signature is not None and convention.publiee_le is None and convention.montant > 0:
        limite = limite_publication(signature)
        yield _deadline(convention, limite, "publication", "Données essentielles à publier", _late(limite, jour))
    passee = convention.fin < jour
    if not convention.close and not (passee and signature is None):
        # Once its term is past nobody is late: it is to be settled. One that was never signed has nothing to settle.
        libelle = "Convention à solder" if passee else "Fin de la convention"
        yield _deadline(convention, convention.fin, "fin", libelle, 0)


def _of_versements(
    versements: Iterable[Versement], conventions: Mapping[int, ConventionSuivie], jour: date
) -> Iterator[Echeance]:
    for versement in versements:
        convention, prevu = conventions.get(versement.convention_id), versement.exigible_le or versement.echeance
        if convention is None or prevu is None or versement.etat(jour) in {"paye", "sans_suite"}:
            continue
        yield _deadline(convention, prevu, "versement", versement.libelle, versement.retard(jour), versement.id)


def _of_bilans(bilans: Iterable[Bilan], conventions: Mapping[int, ConventionSuivie], jour: date) -> Iterator[Echeance]:
    for bilan in bilans:
        convention = conventions.get(bilan.convention_id)
        if convention is not None and bilan.etat(jour) not in CLOS:
            yield _deadline(convention, bilan.echeance, "bilan", bilan.libelle, bilan.retard(jour), bilan.id)


def _deadline(
    convention: ConventionSuivie, jour: date, nature: str, libelle: str, retard: int, cible: int | None = None
) -> Echeance:
    return Echeance(
        jour,
        nature,
        typo(libelle),
        convention.structure,
        convention.numero,
        retard,
        convention.id if cible is None else cible,
        convention.id,
    )


def _late(limite: date, jour: date) -> int:
    return max(0, (jour - limite).days)


def par_mois(liste: Iterable[Echeance]) -> tuple[MoisCalendrier, ...]:
    """Group deadlines by month, in order; months without any are left out."""
    return tuple(
        MoisCalendrier(annee, mois, tuple(groupe))
        for (annee, mois), groupe in groupby(sorted(liste, key=_order), key=lambda e: (e.jour.year, e.jour.month))
    )
