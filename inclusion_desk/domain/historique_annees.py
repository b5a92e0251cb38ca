"""The civil years of a structure’s history: voted, conventioned, paid, and the yearly amount that the law looks at.

The law asks for a convention where the *yearly amount* of what a private-law body is granted passes 23 000 € (loi
2000-321, art. 10; décret 2001-495, art. 1), without saying of which year an amount is. The rule kept here:

- what a convention or an avenant brings, signed or not, counts in the civil years that its period covers, in proportion
  to their days: an agreement of several years is looked at year by year, whoever wrote it;
- a line whose convention or avenant is not prepared yet counts the same way, over its own period;
- what is only notified counts whole in the year of its campaign: nothing in it shares it out between years.

Each sum is thus counted once, and in the end the years add up to all that was granted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.controles_structures import SEUIL_CONVENTION
from inclusion_desk.domain.historique_structure import ConventionHistorique, HistoriqueStructure, LigneHistorique, somme
from inclusion_desk.domain.taux import repartir

SITUATIONS: Mapping[str, str] = {
    "hors_champ": "Non concernée : la règle vise les organismes de droit privé",
    "sous_seuil": "Convention facultative : le seuil n’est pas dépassé",
    "conventionnee": "Convention obligatoire : toutes les sommes relèvent d’une convention ou d’un avenant",
    "a_conventionner": "Convention obligatoire : une part est notifiée sans convention",
}
"""Where a year stands against the yearly threshold (loi 2000-321, art. 10; décret 2001-495, art. 1)."""


@dataclass(frozen=True, slots=True)
class AnneeHistorique:
    """One civil year; amounts in cents. ``lignes`` are those of its campaign.

    ``droit_prive`` tells whether the threshold concerns the structure.
    """

    annee: int
    droit_prive: bool
    lignes: tuple[LigneHistorique, ...] = ()
    conventionne: int = 0
    """What signed conventions and avenants bring for the year."""
    a_signer: int = 0
    """What those not signed, or not prepared yet, would bring for it."""
    paye: int = 0
    """What was paid in it."""

    @property
    def vote(self) -> int:
        """What the adopted phases of its campaign gave, in cents."""
        return somme(self.lignes, votees=True)

    @property
    def propose(self) -> int:
        """What the phases of its campaign not voted yet would give, in cents."""
        return somme(self.lignes, votees=False)

    @property
    def notifie(self) -> int:
        """What of its campaign no convention carries, in cents."""
        return sum(ligne.montant for ligne in self.lignes if ligne.acte == "notification")

    @property
    def montant(self) -> int:
        """The yearly amount, in cents: the one that the law compares with the threshold."""
        return self.conventionne + self.a_signer + self.notifie

    @property
    def situation(self) -> str:
        """Where the year stands against the threshold: a code of ``SITUATIONS``; exactly 23 000 € do not pass it."""
        if not self.droit_prive:
            return "hors_champ"
        if self.montant <= SEUIL_CONVENTION:
            return "sous_seuil"
        return "a_conventionner" if self.notifie else "conventionnee"


def par_jours(debut: date, fin: date, montant: int) -> dict[int, int]:
    """Share ``montant`` cents, be it negative, between the civil years of a period in proportion to their days.

    The shares add up to it, to the cent.
    """
    annees = range(debut.year, fin.year + 1)
    jours = [(min(fin, date(a, 12, 31)) - max(debut, date(a, 1, 1))).days + 1 for a in annees]
    signe = -1 if montant < 0 else 1
    return {annee: signe * part for annee, part in zip(annees, repartir(abs(montant), jours), strict=True) if part}


def annees(historique: HistoriqueStructure) -> tuple[AnneeHistorique, ...]:
    """Give every civil year from the first fact of a structure to the last: a campaign, a period covered, a payment."""
    return par_annee(historique.lignes, historique.conventions, droit_prive=historique.structure.droit_prive)


def par_annee(
    lignes: Sequence[LigneHistorique], conventions: Sequence[ConventionHistorique] = (), *, droit_prive: bool
) -> tuple[AnneeHistorique, ...]:
    """Share out between civil years what lines and conventions say, the earliest year first; lines keep their order."""
    siennes: dict[int, list[LigneHistorique]] = defaultdict(list)
    for ligne in lignes:
        siennes[ligne.annee].append(ligne)
    signe, a_signer = _brought(lignes, conventions)
    paye = _paid(conventions)
    connues = siennes.keys() | signe.keys() | a_signer.keys() | paye.keys()
    return tuple(
        AnneeHistorique(
            annee, droit_prive, tuple(siennes[annee]), signe.get(annee, 0), a_signer.get(annee, 0), paye.get(annee, 0)
        )
        for annee in (range(min(connues), max(connues) + 1) if connues else ())
    )


def _brought(
    lignes: Sequence[LigneHistorique], conventions: Sequence[ConventionHistorique]
) -> tuple[dict[int, int], dict[int, int]]:
    """Give, by year, what signed acts bring, then what acts to sign or to prepare would."""
    signe: dict[int, int] = defaultdict(int)
    a_signer: dict[int, int] = defaultdict(int)
    for une in conventions:
        for tranche in une.tranches:
            _add(signe if une.signe(tranche.rang) else a_signer, par_jours(tranche.debut, tranche.fin, tranche.montant))
    for ligne in lignes:
        if ligne.acte != "notification" and not ligne.etat_acte:  # once prepared, its act says it
            _add(a_signer, par_jours(ligne.debut, ligne.fin, ligne.montant))
    return signe, a_signer


def _paid(conventions: Sequence[ConventionHistorique]) -> dict[int, int]:
    paye: dict[int, int] = defaultdict(int)
    for versement in (v for une in conventions for v in une.versements):
        if versement.paye_le is not None and versement.montant_paye:
            paye[versement.paye_le.year] += versement.montant_paye
    return paye


def _add(sommes: dict[int, int], parts: Mapping[int, int]) -> None:
    for annee, part in parts.items():
        sommes[annee] += part


def a_conventionner(lues: Sequence[AnneeHistorique]) -> tuple[AnneeHistorique, ...]:
    """Keep the years whose threshold is passed while something in them is carried by no convention."""
    return tuple(annee for annee in lues if annee.situation == "a_conventionner")
