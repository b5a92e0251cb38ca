"""What becomes of payments and bilans once their convention is settled or terminated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import compter, enumerer, pluriel

_CENTS = 100


@dataclass(frozen=True, slots=True)
class Cloture:
    """The end of a convention before its term has run: its state, and the day of its termination where it has one."""

    etat: str = ""
    """The state of the convention."""
    resiliee_le: date | None = None

    def eteint_versement(self, echeance: date | None, jour: date) -> bool:
        """Tell whether an instalment not paid has no issue any more, as seen on ``jour``.

        Settled, a convention pays nothing more; terminated, nothing more from the day of its termination, and before
        it nothing that falls due later.
        """
        if self.etat != "resiliee" or self.resiliee_le is None:
            return self.etat in {"soldee", "resiliee"}
        return jour >= self.resiliee_le or echeance is None or echeance >= self.resiliee_le

    def eteint_bilan(self, debut: date) -> bool:
        """Tell whether a bilan not received is not owed any more; ``debut`` begins the period it covers.

        Terminated, a convention still owes those of a period begun before: the final bilan and the financial reports
        account for the money received, which the law asks of whoever received it, termination or not (loi 2000-321,
        art. 10, al. 4). Settled, its account is closed: what was missing was given up then.
        """
        if self.etat == "resiliee":
            return self.resiliee_le is not None and debut >= self.resiliee_le
        return self.etat == "soldee"


OUVERTE = Cloture()
"""A convention that is not closed."""


@dataclass(frozen=True, slots=True)
class EnSuspens:
    """What closing a convention leaves without issue: cents not paid, scheduled or not, and the bilans not received."""

    reste: int
    bilans: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """Say it in a sentence, or nothing where all is paid and received."""
        dits = []
        if self.reste:
            verbe = pluriel(self.reste / _CENTS, "n’est pas payé", "ne sont pas payés")
            dits.append(f"{format_montant(self.reste)} {verbe}")
        if nombre := len(self.bilans):
            noms = enumerer([nom[:1].lower() + nom[1:] for nom in self.bilans])
            dits.append(f"{compter(nombre, 'bilan')} {pluriel(nombre, 'manque', 'manquent')} ({noms})")
        return f"{enumerer(dits)}." if dits else ""
