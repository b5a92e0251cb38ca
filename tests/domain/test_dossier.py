"""The dossier of the real case: every figure of the sitting and of the budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain.dossier import DossierSeance, par_structure, par_territoire
from tests.fabrique import dossier_du_cas


@pytest.fixture(scope="module")
def dossier() -> DossierSeance:
    return dossier_du_cas()


def test_the_totals_of_the_case(dossier: DossierSeance) -> None:
    assert dossier.montant == 87_121_800
    assert [t.montant for t in dossier.thematiques] == [71_200_000, 9_999_800, 5_922_000]
    assert len(dossier.lignes) == 27
    assert [len(t.operations) for t in dossier.thematiques] == [4, 2, 1]


def test_the_operations_of_the_case(dossier: DossierSeance) -> None:
    lus = [(o.numero, o.structures, o.volume, o.montant, o.debut, o.fin) for o in dossier.operations]
    assert lus == [
        ("1.1", 8, 4783, 0, date(2025, 1, 1), date(2025, 12, 31)),
        (None, 12, 2706, 56_715_000, date(2025, 1, 1), date(2025, 6, 30)),
        ("1.7", 1, 0, 7_985_000, date(2025, 1, 1), date(2025, 12, 31)),
        (None, 1, 50, 6_500_000, date(2025, 1, 1), date(2025, 12, 31)),
        ("3.16", 1, 100, 3_000_000, date(2024, 11, 1), date(2025, 10, 31)),
        ("3.14", 2, 170, 6_999_800, date(2024, 11, 1), date(2025, 11, 30)),
        ("4.1", 2, 2, 5_922_000, date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert [dossier.operations[i].etp for i in (0, 1, 2, 3)] == [1196, 4920, 120, 100]


def test_the_budget_table_of_the_case(dossier: DossierSeance) -> None:
    assert [(b.ae, b.disponible, b.proposition, b.solde) for b in dossier.budget] == [
        (858_945_000, 91_506_773, 71_200_000, 20_306_773),
        (1_378_948_046, 62_061_211, 9_999_800, 52_061_411),
        (13_000_000, 9_050_000, 5_922_000, 3_128_000),
    ]


def test_the_sitting_of_the_case(dossier: DossierSeance) -> None:
    seance = dossier.seance
    assert [len(seance.avec_statut(s)) for s in ("present", "excuse", "absent")] == [39, 2, 3]
    assert (seance.membres, seance.quorum, seance.presents_ou_representes, seance.voix) == (44, 23, 41, 29)
    assert len([p for p in seance.interesses if p.statut == "present"]) == 12
    imprimes = {v.position: v.nombre for v in dossier.deliberation.votes_imprimes}
    assert imprimes == {"pour": 29, "contre": 0, "abstention": 12, "absent": 3}
    regle = replace(dossier.deliberation, interesses_en_abstention=False)
    assert {v.position: v.nombre for v in regle.votes_imprimes}["ne_prend_pas_part"] == 12


def test_groupings_keep_the_total(dossier: DossierSeance) -> None:
    for cumuls in (par_structure(dossier), par_territoire(dossier)):
        assert sum(c.montant for c in cumuls) == dossier.montant
        assert sum(len(c.lignes) for c in cumuls) == 27
