"""What acts bring by hand on a budget line stays within its AE, beside what the phases commit on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import montants, rows, tables
from tests.services.gestes import PHASE, jouer, ligne
from tests.services.gestes_actes import nommee, preparer, toutes

CAS = "2024-01213"


def budget(desk: Desk) -> dict[str, Any]:
    """Read the budget line of the case that pays for the convention."""
    return ligne(desk, 1, tables.ligne_budgetaire)


def test_what_is_typed_on_a_budget_line_stays_within_its_ae_beside_the_phases(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    avant = budget(amendable)
    externes = sum(
        t["montant"] for c in toutes(amendable)
        for t in amendable.read(rows.read_parts, tables.tranche, "convention_id", [c.id])
        if t["ligne_budgetaire_id"] == 1
    )  # fmt: skip
    reste = avant["ae_initiale"] + avant["modifications"] - avant["engage"] - externes
    valeurs = {"convention_id": une, "debut": date(2025, 1, 1), "fin": date(2025, 12, 31), "ligne_budgetaire_id": 1}
    with pytest.raises(SaisieRefusee, match=f"La ligne {avant['code_operation']} a une AE de") as refus:
        amendable.do(edition.create, "montants", PHASE, {**valeurs, "montant": reste + 1})
    assert refus.value.champ == "montant"
    fait = amendable.do(edition.create, "montants", PHASE, {**valeurs, "montant": reste})
    montant = fait.ids["montants"][0]

    def changes(**voulues: Any) -> Changes:
        version = ligne(amendable, montant, tables.tranche)["version"]
        return amendable.do(edition.update, "montants", montant, version, voulues)

    with pytest.raises(SaisieRefusee, match="Réduisez le montant"):
        changes(montant=reste + 1)
    changes(fin=date(2025, 6, 30))
    retire = amendable.do(edition.delete, "montants", (montant,))
    autre = amendable.do(edition.create, "montants", PHASE, {**valeurs, "montant": 1}).ids["montants"][0]
    with pytest.raises(Refus, match="a une AE de"):
        jouer(amendable, retire.inverse)
    amendable.do(edition.delete, "montants", (autre,))
    jouer(amendable, retire.inverse)


def test_what_an_act_carries_out_of_a_phase_counts_once(amendable: Desk) -> None:
    preparer(amendable)
    avant = budget(amendable)
    connus = amendable.read(montants.beyond_phases, 1)
    assert sum(connus.values()) <= avant["ae_initiale"] - avant["engage"]
    assert connus[nommee(amendable, CAS).id] == 33_822_674
    portees = [c for c in toutes(amendable) if c.phase_id == PHASE]
    assert {connus.get(c.id, 0) for c in portees} == {0}
