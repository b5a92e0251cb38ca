"""The actions of a convention, act by act: the period each covers, and what its bilans and payments rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.modeles_actes import MODELES_ACTE, Cout

Periode = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Action:
    """One action as one act annexes it; ``apport`` is what the lines of the act bring for it, in cents.

    ``fiche_id`` is None for a sheet written on paper: it is then followed by the rules of its dispositif.
    """

    convention_id: int
    avenant_id: int | None
    rang: int
    """The act: 0 for the convention, else the number of the avenant."""
    engagee: bool
    """Whether the act is signed."""
    dispositif_id: int
    fiche_id: int | None
    titre: str
    suivi: str
    echeancier: str
    debut: date
    fin: date
    apport: int

    def chevauche(self, debut: date, fin: date) -> bool:
        """Tell whether it goes on during part of a period."""
        return self.debut <= fin and debut <= self.fin


def continue_action(modele: str) -> bool:
    """Tell whether an avenant adds to the cost of an action that goes on, rather than opening one (annexe 10)."""
    parametres = MODELES_ACTE.get(modele)
    return parametres is not None and parametres.cout is Cout.PERIODES and not parametres.duree


def periode(terme: Periode, lignes: Periode | None, apport: int, modele: str | None = None) -> Periode:
    """Give the period of an action: that of the lines that pay for it, else the term of the convention.

    ``modele`` is that of the avenant, None for the convention itself: an avenant that brings nothing for an action, or
    adds to one that goes on, leaves it the whole term.
    """
    if lignes is None or (modele is not None and (not apport or continue_action(modele))):
        return terme
    return lignes


def en_cours(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Keep what each action has come to: of those of a dispositif that overlap, the one of the latest act."""
    gardees: list[Action] = []
    for action in sorted(actions, key=lambda a: (a.rang, a.debut)):
        gardees = [
            a for a in gardees if a.dispositif_id != action.dispositif_id or not a.chevauche(action.debut, action.fin)
        ]
        gardees.append(action)
    return tuple(gardees)


def payee(actions: Sequence[Action], avenant_id: int | None) -> Action | None:
    """Give the action that the money of an act pays for: the one its lines bring most to, else its only one."""
    siennes = [a for a in actions if a.avenant_id == avenant_id]
    apports = [a for a in siennes if a.apport > 0]
    if apports:
        return max(apports, key=lambda a: a.apport)
    return siennes[0] if len({a.dispositif_id for a in siennes}) == 1 else None
