"""The dossier of the real case: every figure of the sitting and of the budget, and the controls on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles import CONTROLES, bloquants, controler
from inclusion_desk.domain.dossier import DossierSeance, par_structure, par_territoire
from tests.fabrique import avec_lignes, dossier_du_cas


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


def test_the_findings_of_the_case_and_none_blocks(dossier: DossierSeance) -> None:
    constats = controler(dossier)
    assert bloquants(constats) == 0
    assert sorted(c.code for c in constats) == [
        "DIS-01", "DIS-01", "DIS-02", "PER-01", "PER-01", "SEA-05", "STR-01", "STR-02",
    ]  # fmt: skip


FAUTES: dict[str, Callable[[DossierSeance], DossierSeance]] = {
    "SOM-01": lambda d: replace(d, budget=(replace(d.budget[0], proposition=1), *d.budget[1:])),
    "SOM-02": lambda d: replace(d, budget=d.budget[:2]),
    "BUD-01": lambda d: replace(d, budget=(replace(d.budget[0], ae=1), *d.budget[1:])),
    "BUD-02": lambda d: replace(d, budget=(replace(d.budget[0], imputation="6568/93444"), *d.budget[1:])),
    "STR-01": lambda d: avec_lignes(d, [replace(d.lignes[0], siret="18620009300084")]),
    "SEA-01": lambda d: replace(d, seance=replace(d.seance, presences=tuple(
        replace(p, statut="absent") for p in d.seance.presences))),
    "SEA-02": lambda d: replace(d, deliberation=replace(d.deliberation, votes=tuple(
        replace(v, nombre=v.nombre + (v.position == "pour")) for v in d.deliberation.votes))),
    "SEA-03": lambda d: replace(d, deliberation=replace(d.deliberation, votes=d.deliberation.votes[:3])),
    "SEA-04": lambda d: replace(d, seance=replace(d.seance, presences=tuple(
        replace(p, pouvoir=True) for p in d.seance.presences))),
}  # fmt: skip
"""One fault for each rule that blocks."""


@pytest.mark.parametrize("code", FAUTES)
def test_each_blocking_fault_is_found(dossier: DossierSeance, code: str) -> None:
    fautes = [c for c in controler(FAUTES[code](dossier)) if c.code == code]
    assert fautes
    assert fautes[0].gravite is Gravite.BLOQUANT


ECARTS: dict[str, Callable[[DossierSeance], DossierSeance]] = {
    "PER-02": lambda d: avec_lignes(d, [d.lignes[0], replace(d.lignes[1], fin=date(2026, 1, 1))]),
    "ACT-01": lambda d: avec_lignes(d, [replace(d.lignes[0], convention_initiale=None, modele=None)]),
    "LIG-01": lambda d: avec_lignes(d, [d.lignes[0], replace(d.lignes[0], proposition_id=99)]),
}


@pytest.mark.parametrize("code", ECARTS)
def test_each_other_fault_is_found_with_its_rows(dossier: DossierSeance, code: str) -> None:
    trouves = [c for c in controler(ECARTS[code](dossier)) if c.code == code]
    assert len(trouves) == 1
    assert trouves[0].cibles
    assert trouves[0].cibles[0].sujet == "propositions"


def test_every_control_has_its_own_code_and_a_title() -> None:
    codes = [c.code for c in CONTROLES]
    assert len(codes) == len(set(codes))
    assert all(c.titre for c in CONTROLES)
