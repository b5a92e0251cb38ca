"""Payments once the service fait is closed: shared out to the cent, never beyond what is finally due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.definitif import (
    apports_dus,
    check_definitif,
    dire_reduction,
    refus_rien,
    repartir_solde,
)
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import QUALITATIVE, ServiceFait, Volet, arreter
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.domain.versements import besoins_cp, non_echelonnes

MONTANTS = st.integers(0, 10**9)
PAYES = st.none() | st.integers(0, 10_000)
"""What of an instalment was paid, in hundredths of a percent."""


def versement(rang: int, montant: int, paye: int | None = None, etat: str = "signee") -> VersementSuivi:
    """Make an instalment; ``paye`` in cents."""
    return VersementSuivi(
        rang, 1, 7, rang, f"Versement {rang}", None, montant, "signature", date(2024, 3, 18), "", paye,
        None if paye is None else date(2024, 4, 15), "C02-446A05", convention_numero="2024-00927", acte_etat=etat,
    )  # fmt: skip


def fait(maximum: int, taux: int, verse: int = 0) -> ServiceFait:
    return arreter(maximum, [Volet(QUALITATIVE, 10_000, taux)], verse=verse)


def test_what_is_left_goes_to_the_first_instalments_of_signed_acts() -> None:
    dus = [versement(1, 400, 400), versement(2, 300), versement(3, 300), versement(4, 900, etat="projet")]
    assert repartir_solde(dus, 500) == {2: 300, 3: 200}
    assert repartir_solde(dus, 0) == {2: 0, 3: 0}


@given(st.lists(st.tuples(MONTANTS, st.booleans()), max_size=8), MONTANTS)
def test_no_more_is_shared_out_than_is_left(lus: list[tuple[int, bool]], a_verser: int) -> None:
    dus = [versement(rang, montant, 0 if paye else None) for rang, (montant, paye) in enumerate(lus)]
    parts = repartir_solde(dus, a_verser)
    assert sum(parts.values()) == min(a_verser, sum(v.montant for v in dus if v.paye_le is None))
    assert all(0 <= parts[v.id] <= v.montant for v in dus if v.id in parts)


def phrase(refus: pytest.ExceptionInfo[Refus]) -> str:
    return str(refus.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("verse", "suite"),
    [
        (0, "rien n’est encore payé et il reste 80,00 € à verser. Ramenez le paiement à cette somme."),
        (1_00, "1,00 € est déjà payé et il reste 79,00 € à verser. Ramenez le paiement à cette somme."),
        (80_00, "80,00 € sont déjà payés et il ne reste rien à verser."),
        (95_00, "95,00 € sont déjà payés et 15,00 € sont à recouvrer : aucun paiement n’est plus possible."),
    ],
)
def test_a_payment_beyond_what_is_due_is_refused_with_its_figures(verse: int, suite: str) -> None:
    with pytest.raises(Refus) as refus:
        check_definitif("2024-00927", fait(100_00, 8_000, verse), 0, 80_01)
    assert phrase(refus) == (
        "Le service fait de la convention 2024-00927 est arrêté : le montant définitif est de 80,00 €, " + suite
    )
    assert refus.value.champ == "montant_paye"


def test_a_payment_up_to_the_cent_or_lowered_is_admitted() -> None:
    check_definitif("2024-00927", fait(100_00, 8_000, 30_00), 0, 50_00)
    check_definitif("2024-00927", fait(100_00, 8_000, 95_00), 95_00, 94_00)  # still too much, and less than it was
    with pytest.raises(Refus, match="rien n’est encore payé"):
        check_definitif("2024-00927", fait(100_00, 8_000, 70_00), 70_00, 80_01)


def test_an_instalment_after_those_that_take_what_is_left_is_named() -> None:
    refus = refus_rien(versement(3, 300), fait(100_00, 8_000, 30_00), seul=False)
    assert "rien au titre de «\u00a0Versement 3\u00a0»" in str(refus)
    assert "Retirez-le" not in str(refus_rien(versement(3, 300), fait(100_00, 8_000, 80_00), seul=False))


def test_a_payment_for_less_says_so() -> None:
    dit = dire_reduction(1_065_900, 2_584_000).replace("\u00a0", " ")
    assert dit == "10 659,00 € sur 25 840,00 € : solde du montant définitif"
    assert dire_reduction(2_584_000, 2_584_000) == dire_reduction(None, 1) == ""


@given(st.lists(st.tuples(MONTANTS, PAYES), max_size=6), st.integers(0, 10**9), st.integers(0, 12_000))
def test_credits_call_for_what_is_finally_left_to_pay_and_no_more(
    lus: list[tuple[int, int | None]], libre: int, taux: int
) -> None:
    prevus = [
        versement(rang, montant, None if part is None else montant * part // 10_000)
        for rang, (montant, part) in enumerate(lus)
    ]
    maximum = sum(v.montant for v in prevus) + libre
    judge = fait(maximum, taux, sum(v.montant_paye or 0 for v in prevus))
    parts = repartir_solde(prevus, judge.a_verser)
    dus = [replace(v, plafond=parts.get(v.id)) for v in prevus]
    apports = apports_dus({7: {"C02-446A05": maximum - maximum // 3, "C01-444H02": maximum // 3}}, dus, {7: judge})
    besoins = (*besoins_cp(dus, 2026), *non_echelonnes(apports, dus))
    # What was settled for less than planned is free again, but no instalment pays it.
    regle = sum(v.montant - (v.montant_paye or 0) for v in prevus if v.paye_le)
    attendu = min(judge.a_verser, maximum - sum(v.montant_paye or 0 for v in prevus) - regle)
    assert sum(b.reste for b in besoins) == attendu
    assert sum(b.libere for b in besoins) == sum(b.prevu for b in besoins) - judge.verse - attendu
    assert all(b.libere >= 0 for b in besoins)


def test_a_convention_that_is_not_closed_calls_for_all_it_brings() -> None:
    apports = {7: {"C02-446A05": 1_000}, 8: {"": 500}}
    assert apports_dus(apports, [versement(1, 400)], {}) == apports


def test_an_instalment_of_which_nothing_is_due_calls_for_nothing() -> None:
    sans = replace(versement(2, 300), plafond=0)
    assert (sans.etat(date(2030, 1, 1)), sans.reste, sans.retard(date(2030, 1, 1))) == ("sans_suite", 0, 0)
    assert replace(sans, jour=date(2030, 1, 1)).etat_libelle == "Sans suite"
    assert replace(sans, plafond=100).etat(date(2030, 1, 1)) == "retard"
    assert replace(versement(2, 300, 300), plafond=0).etat(date(2030, 1, 1)) == "paye"
