"""The chain of a budget line: what raised it, what each phase takes, what a rejected or replaced one no longer does."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from inclusion_desk.domain.budget import Etape
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.services import campagnes, chaine, edition
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, tables
from tests.services.gestes import (
    PHASE,
    acte,
    adopter,
    corriger,
    deplacer,
    ligne,
    lignes_de,
    mettre_a_l_ordre_du_jour,
    modifier,
    nouvelle_phase,
    rejeter,
    vue,
)

AE, HORS_OUTIL, PROPOSE, RESTE = 858_945_000, 767_438_227, 71_200_000, 20_306_773


def suite(desk: Desk, phase_id: int = PHASE, ligne_id: int = 1) -> tuple[Etape, ...]:
    """Read the chain of a line, after checking that it adds up and ends where the line itself does."""
    etapes = desk.read(chaine.etapes, phase_id, ligne_id)
    for avant, apres in pairwise(etapes[:-1]):
        assert apres.reste == avant.reste + apres.montant
    lue = ligne(desk, ligne_id, tables.ligne_budgetaire)
    assert etapes[-1].reste == lue["ae_initiale"] + lue["modifications"] - lue["engage_anterieur"] - lue["engage"]
    assert etapes[-1].reste == etapes[-2].reste
    return etapes


def phases_de(desk: Desk, phase_id: int = PHASE) -> list[tuple[str, int, str]]:
    return [(e.libelle, e.montant, e.etat) for e in suite(desk, phase_id) if e.nature == "phase"]


def test_the_chain_of_the_case(desk: Desk) -> None:
    assert [(e.nature, e.montant, e.reste) for e in suite(desk)] == [
        ("ae", AE, AE),
        ("anterieur", -HORS_OUTIL, AE - HORS_OUTIL),
        ("phase", -PROPOSE, RESTE),
        ("reste", RESTE, RESTE),
    ]


def test_decisions_come_in_the_order_of_their_dates(bureau: Desk) -> None:
    for jour, libelle, montant in (
        (date(2025, 6, 30), "DM n° 2", -1_000),
        (date(2025, 1, 6), "DM n° 1", 500_000),
        (date(2025, 3, 3), "Une autre ligne", 7),
    ):
        autre = 2 if libelle == "Une autre ligne" else 1
        valeurs = {"ligne_budgetaire_id": autre, "jour": jour, "libelle": libelle, "montant": montant}
        bureau.do(edition.create, "decisions", PHASE, valeurs)
    etapes = suite(bureau)
    assert [(e.libelle, e.montant) for e in etapes if e.nature == "modification"] == [
        ("DM n° 1", 500_000), ("DM n° 2", -1_000),
    ]  # fmt: skip
    assert etapes[-1].reste == RESTE + 499_000
    assert [e.libelle for e in suite(bureau, ligne_id=2) if e.nature == "modification"] == ["Une autre ligne"]


def test_a_line_without_anything_before_the_tool_says_nothing_of_it(bureau: Desk) -> None:
    bureau.do(edition.update, "budget", 1, 1, {"engage_anterieur": 0})
    assert [e.nature for e in suite(bureau)] == ["ae", "phase", "reste"]


def test_each_phase_takes_its_part_whatever_its_state_but_rejected(bureau: Desk) -> None:
    suivante = nouvelle_phase(bureau)
    bureau.do(edition.create, "propositions", suivante, {**ligne(bureau, 9), "montant": 1_000_000})
    assert phases_de(bureau) == [
        ("Phase 6", -PROPOSE, "Inscrite à la séance"), ("Phase 7", -1_000_000, "En préparation"),
    ]  # fmt: skip
    deplacer(bureau, "ajourner")
    assert phases_de(bureau)[0] == ("Phase 6", -PROPOSE, "Ajournée")
    deplacer(bureau, "rouvrir")
    assert phases_de(bureau)[0] == ("Phase 6", -PROPOSE, "En préparation")


def test_a_rejected_phase_is_shown_and_takes_nothing(desk: Desk) -> None:
    rejeter(desk)
    assert phases_de(desk) == [("Phase 6", 0, "Rejetée")]
    assert suite(desk)[-1].reste == RESTE + PROPOSE


def test_a_correction_takes_nothing_until_it_is_adopted_then_its_former_act_no_more(desk: Desk) -> None:
    adopter(desk)
    correction = corriger(desk)
    baissee = next(li for li in lignes_de(desk, correction) if li["montant"] == 6_500_000)
    modifier(desk, baissee["id"], montant=6_000_000)
    for phase_id in (PHASE, correction):
        assert phases_de(desk, phase_id) == [("Phase 6", -PROPOSE, "Adoptée"), ("Phase 7", 0, "En préparation")]
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    adopter(desk, correction)
    for phase_id in (PHASE, correction):
        assert phases_de(desk, phase_id) == [("Phase 6", 0, "Remplacée"), ("Phase 7", -70_700_000, "Adoptée")]
    assert suite(desk)[-1].reste == RESTE + 500_000
    assert desk.read(budget.load, vue(desk, correction))[0].solde == RESTE + 500_000


def test_a_correction_rejected_leaves_the_former_act_as_it_weighs(bureau: Desk) -> None:
    adopter(bureau)
    correction = corriger(bureau)
    mettre_a_l_ordre_du_jour(bureau, correction, "2025-1")
    rejeter(bureau, correction)
    assert phases_de(bureau) == [("Phase 6", -PROPOSE, "Adoptée"), ("Phase 7", 0, "Rejetée")]
    assert acte(bureau, correction).issue == "rejete"


def test_a_line_that_is_not_of_the_campaign_is_a_sentence(bureau: Desk) -> None:
    (ailleurs,) = bureau.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    for phase_id, ligne_id in ((PHASE, 999), (ailleurs, 1)):
        with pytest.raises(Introuvable, match="n’existe plus dans la campagne"):
            bureau.read(chaine.etapes, phase_id, ligne_id)
    assert {lue.ligne.ae for lue in bureau.read(chaine.lire, ailleurs)} == {0}
