"""The cut of a total into instalments given by amounts, by percentages, or as what the others leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT, format_taux


@dataclass(frozen=True, slots=True)
class PartFixe:
    """An instalment given by its amount, in cents."""

    montant: int


@dataclass(frozen=True, slots=True)
class PartTaux:
    """An instalment given as a share of the total; ``taux`` in hundredths of a percent: 4300 is 43 %."""

    taux: int


@dataclass(frozen=True, slots=True)
class PartSolde:
    """What the other instalments leave."""


Part = PartFixe | PartTaux | PartSolde


def echeancier(total: int, parts: Sequence[Part]) -> tuple[int, ...]:
    """Cut ``total`` cents into instalments, in cents: percentages half-up, the last one always the complement.

    The instalments add up to the total and none is negative (the case, l.3272-3282: three rounded shares gave one
    cent too many).

    Raises:
        Refus: no part, a remainder that is not last, a share outside 0–100 %, or parts over or under the total.
        ValueError: a negative total.
    """
    if total < 0:
        raise ValueError(total)
    _check_parts(parts)
    _check_sum(total, parts)
    montants: list[int] = []
    for part in parts[:-1]:
        # Halves rounded up may pass the total by a cent: the complement is never negative.
        montants.append(min(_round_half_up(_exact(part, total)), total - sum(montants)))
    return (*montants, total - sum(montants))


def _exact(part: Part, total: int) -> Fraction:
    match part:
        case PartFixe(montant):
            return Fraction(montant)
        case PartTaux(taux):
            return Fraction(total * taux, CENT_POUR_CENT)
        case PartSolde():
            return Fraction(0)


def _round_half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def _check_parts(parts: Sequence[Part]) -> None:
    if not parts:
        raise Refus("L’échéancier est vide : prévoyez au moins un versement.", "part")
    for rang, part in enumerate(parts, start=1):
        nom = f"Le versement n°{INSECABLE}{rang}"
        if isinstance(part, PartSolde) and rang < len(parts):
            raise Refus(f"{nom} est le solde et d’autres le suivent : placez le solde en dernier.", "part")
        if isinstance(part, PartTaux) and not 0 <= part.taux <= CENT_POUR_CENT:
            raise Refus(f"{nom} est de {format_taux(part.taux)} : saisissez un pourcentage entre 0 et 100.", "part")
        if isinstance(part, PartFixe) and part.montant < 0:
            raise Refus(
                f"{nom} est négatif ({format_montant(part.montant)}) : saisissez un montant positif.", "montant"
            )


def _check_sum(total: int, parts: Sequence[Part]) -> None:
    taux = [part.taux for part in parts if isinstance(part, PartTaux)]
    if sum(taux) > CENT_POUR_CENT or (len(taux) == len(parts) and sum(taux) < CENT_POUR_CENT):
        raise Refus(
            f"Les versements représentent {format_taux(sum(taux))} de la convention : ramenez leur total à "
            f"100{INSECABLE}%, ou faites du dernier le solde.",
            "part",
        )
    ecart = sum((_exact(part, total) for part in parts), Fraction(-total))
    if isinstance(parts[-1], PartFixe):
        ecart = Fraction(sum(_round_half_up(_exact(part, total)) for part in parts) - total)
    marge = _margin(parts, len(taux))
    if ecart > marge:
        raise refus_total("dépassent", total, _round_half_up(ecart), "réduisez-les de cette somme")
    if ecart < -marge and not isinstance(parts[-1], PartSolde):
        raise refus_total("n’atteignent pas", total, _round_half_up(-ecart), "ajoutez un solde, ou augmentez-les")


def _margin(parts: Sequence[Part], taux: int) -> Fraction:
    """Give the cents that rounding may move when a percentage meets an amount that was itself a rounded share."""
    return Fraction(len(parts), 2) if taux and not isinstance(parts[-1], PartFixe) else Fraction(0)


def refus_total(verbe: str, total: int, ecart: int, remede: str) -> Refus:
    """Word the refusal of instalments that do not make the amount of the convention, ``total`` cents, by ``ecart``."""
    return Refus(
        f"Les versements {verbe} le montant de la convention, {format_montant(total)} : l’écart est de "
        f"{format_montant(ecart)}, {remede}.",
        "montant",
    )
