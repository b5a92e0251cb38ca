"""What becomes of payments and bilans once their convention is closed, and what is said before it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain.conventions_cloture import OUVERTE, Cloture, EnSuspens
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi
from inclusion_desk.domain.versements import BesoinCp, besoins_cp

EFFET = date(2025, 3, 1)
N = "\u00a0"
RESILIEE, SOLDEE = Cloture("resiliee", EFFET), Cloture("soldee")
SOLDE = VersementSuivi(
    1, 1, 9, 2, "Solde", None, 3_688_000, "date", date(2025, 1, 31), acte_etat="signee", jour=date(2025, 6, 2)
)
BILAN = BilanSuivi(1, 1, 9, "financier", date(2025, 1, 1), date(2025, 12, 31), date(2026, 6, 30), jour=date(2026, 9, 1))


@pytest.mark.parametrize("cloture", [RESILIEE, SOLDEE, Cloture("resiliee")])
def test_an_instalment_of_a_closed_convention_has_no_issue(cloture: Cloture) -> None:
    assert (SOLDE.statut, SOLDE.reste) == ("retard", 3_688_000)
    clos = replace(SOLDE, cloture=cloture)
    assert (clos.statut, clos.etat_libelle, clos.reste) == ("sans_suite", "Sans suite", 0)
    assert clos.retard(clos.jour) == 0
    sans_date = replace(clos, echeance=None, acte_etat="projet")
    assert (sans_date.etat_libelle, sans_date.reste) == ("Sans suite", 0)
    paye = replace(clos, montant_paye=3_688_000, paye_le=date(2025, 2, 1))
    assert paye.statut == "paye"


def test_before_its_day_a_termination_puts_out_what_falls_due_after_it() -> None:
    avant = replace(SOLDE, cloture=RESILIEE, jour=date(2025, 2, 1))
    assert avant.statut == "exigible"
    assert replace(avant, echeance=EFFET).statut == "sans_suite"
    assert replace(avant, jour=EFFET).statut == "sans_suite"


def test_what_has_no_issue_is_what_its_year_does_not_consume() -> None:
    clos = replace(SOLDE, cloture=RESILIEE, jour=date(2027, 1, 1), code_operation="C02")
    assert besoins_cp((clos,), 2027) == (BesoinCp(2025, "C02", 3_688_000, 0, 0),)
    assert besoins_cp((clos,), 2027)[0].libere == 3_688_000
    assert besoins_cp((replace(clos, cloture=OUVERTE),), 2027)[0].reste == 3_688_000


@pytest.mark.parametrize(
    ("cloture", "debut", "etat"),
    [
        (OUVERTE, date(2025, 1, 1), "retard"),
        (RESILIEE, date(2025, 1, 1), "retard"),
        (RESILIEE, date(2025, 2, 28), "retard"),
        (RESILIEE, EFFET, "sans_suite"),
        (RESILIEE, date(2025, 7, 1), "sans_suite"),
        (Cloture("resiliee"), date(2025, 7, 1), "retard"),
        (SOLDEE, date(2025, 1, 1), "sans_suite"),
    ],
)
def test_a_bilan_is_owed_for_what_was_carried_out(cloture: Cloture, debut: date, etat: str) -> None:
    bilan = replace(BILAN, cloture=cloture, debut=debut)
    assert bilan.statut == etat
    assert (bilan.retard(bilan.jour) > 0) == (etat == "retard")
    assert (bilan.lettre_du(bilan.jour) is None) == (etat == "sans_suite")
    recu = replace(bilan, recu_le=date(2026, 8, 1))
    assert recu.statut == "recu_retard"


@pytest.mark.parametrize(
    ("reste", "bilans", "phrase"),
    [
        (0, (), ""),
        (
            3_688_000,
            ("Bilan final", "Compte rendu financier 2025"),
            f"36{N}880,00{N}€ ne sont pas payés et 2{N}bilans manquent (bilan final et compte rendu financier 2025).",
        ),
        (150, (), "1,50\u00a0€ n’est pas payé."),
        (0, ("Bilan final",), "1\u00a0bilan manque (bilan final)."),
    ],
)
def test_what_settling_leaves_is_said(reste: int, bilans: tuple[str, ...], phrase: str) -> None:
    assert EnSuspens(reste, bilans).phrase == phrase
