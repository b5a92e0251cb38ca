"""Campaigns: what each move of an application asks for, how deposit periods are named."""

from __future__ import annotations

from datetime import date

import pytest

from inclusion_desk.domain.campagnes import (
    AVIS,
    TRANSITIONS_CANDIDATURE,
    PeriodeDepot,
    check_depot,
    check_transition,
    libelle_periodes,
    situer,
)
from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.phases import ETATS_PHASE
from inclusion_desk.domain.refus import Refus, SaisieRefusee

FAVORABLE: Valeurs = {"avis": "favorable", "montant_propose": 0, "volume_propose": 0}


@pytest.mark.parametrize(
    ("code", "valeurs", "champs"),
    [
        ("demander", {}, ["pieces_manquantes"]),
        ("demander", {"pieces_manquantes": " \n "}, ["pieces_manquantes"]),
        ("demander", {"pieces_manquantes": "RIB"}, []),
        ("completer", {"pieces_manquantes": "RIB"}, ["pieces_manquantes"]),
        ("completer", {"pieces_manquantes": None}, []),
        ("completer", {}, []),
        ("instruire", {}, ["avis"]),
        ("instruire", {"avis": "favorable"}, ["montant_propose", "volume_propose"]),
        ("instruire", {"avis": "reserve", "montant_propose": 100}, ["volume_propose"]),
        ("instruire", {"avis": "reserve", "volume_propose": 1}, ["montant_propose"]),
        ("instruire", FAVORABLE, []),
        ("instruire", {"avis": "defavorable"}, ["motivation"]),
        ("instruire", {"avis": "defavorable", "motivation": "Hors sujet."}, []),
        ("proposer", {**FAVORABLE}, ["ligne_budgetaire_id"]),
        ("proposer", {"avis": "defavorable", "ligne_budgetaire_id": 1}, ["avis"]),
        ("proposer", {**FAVORABLE, "ligne_budgetaire_id": 1}, []),
        ("ecarter", {"avis": "favorable"}, ["avis"]),
        ("ecarter", {}, ["avis"]),
        ("ecarter", {"avis": "defavorable"}, []),
        ("reprendre", {}, []),
        ("retirer", {}, []),
        ("retablir", {}, []),
        ("retirer_proposition", {}, []),
        ("representer", {}, []),
    ],
)
def test_a_move_asks_for_what_it_needs_field_by_field(code: str, valeurs: Valeurs, champs: list[str]) -> None:
    if not champs:
        check_transition(code, valeurs)
        return
    with pytest.raises(SaisieRefusee) as refus:
        check_transition(code, valeurs)
    assert [r.champ for r in refus.value.refus] == champs
    assert all(r.phrase.endswith(".") for r in refus.value.refus)


def test_every_move_of_an_application_is_tried_above() -> None:
    essayes = {
        "demander", "completer", "instruire", "proposer", "ecarter", "reprendre", "retirer", "retablir",
        "retirer_proposition", "representer",
    }  # fmt: skip
    assert {t.code for t in TRANSITIONS_CANDIDATURE} == essayes


def test_a_phase_decides_for_what_is_proposed_to_it_alone() -> None:
    issues = {etat: situer("propose", etat) for etat in ETATS_PHASE}
    assert issues == {
        "preparation": "propose", "commissions": "propose", "seance": "propose", "adoptee": "vote",
        "remplacee": "vote", "rejetee": "rejete", "ajournee": "ajourne",
    }  # fmt: skip
    assert situer("propose", None) == "propose"
    assert situer("instruit", "rejetee") == "instruit"


@pytest.mark.parametrize("avis", AVIS)
def test_each_opinion_leads_somewhere(avis: str) -> None:
    plein: Valeurs = {**FAVORABLE, "avis": avis, "motivation": "Motif.", "ligne_budgetaire_id": 1}
    check_transition("instruire", plein)
    check_transition("ecarter" if avis == "defavorable" else "proposer", plein)


@pytest.mark.parametrize(
    ("debut", "fin", "mois", "libelle"),
    [
        (date(2024, 4, 1), date(2024, 5, 31), "avril-mai", "1re période (avril-mai 2024)"),
        (date(2024, 7, 1), date(2024, 9, 30), "juillet-septembre", "1re période (juillet-septembre 2024)"),
        (date(2024, 8, 1), date(2024, 8, 31), "août", "1re période (août 2024)"),
    ],
)
def test_a_period_is_named_by_its_months(debut: date, fin: date, mois: str, libelle: str) -> None:
    periode = PeriodeDepot(1, 1, 1, 1, debut, fin)
    assert (periode.mois, periode.libelle) == (mois, libelle)


def test_periods_are_named_together_as_a_sentence_does() -> None:
    premiere = PeriodeDepot(1, 1, 1, 1, date(2024, 1, 1), date(2024, 1, 31))
    deuxieme = PeriodeDepot(2, 1, 1, 2, date(2024, 4, 1), date(2024, 5, 31))
    troisieme = PeriodeDepot(3, 1, 1, 3, date(2024, 7, 1), date(2024, 9, 30))
    assert libelle_periodes([]) == ""
    assert libelle_periodes([deuxieme]) == "2e (avril-mai) période de dépôt"
    assert libelle_periodes([deuxieme, troisieme]) == "2e (avril-mai) et 3e (juillet-septembre) périodes de dépôt"
    assert libelle_periodes([premiere, deuxieme, troisieme]) == (
        "1re (janvier), 2e (avril-mai) et 3e (juillet-septembre) périodes de dépôt"
    )


def test_a_period_upside_down_is_refused_at_its_end() -> None:
    check_depot({"debut": date(2024, 1, 1), "fin": date(2024, 1, 1)})
    check_depot({"debut": date(2024, 1, 1), "fin": None})
    check_depot({})
    with pytest.raises(Refus, match="finit le 31/12/2023, avant de commencer le 01/01/2024") as refus:
        check_depot({"debut": date(2024, 1, 1), "fin": date(2023, 12, 31)})
    assert refus.value.champ == "fin"
