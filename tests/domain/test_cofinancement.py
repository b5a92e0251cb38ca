"""European co-financing: who is eligible, the flat rate, the two shares of the département, and what does not match."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.cofinancement import (
    AFFECTATION_MINIMALE,
    FONDS,
    FSE,
    FTJ,
    TAUX_FORFAITAIRE,
    Agent,
    Fonds,
    dire_ecart,
    etablir,
    fonds_du_territoire,
    plan_appele,
)
from inclusion_desk.domain.cofinancement_lignes import LigneCofinancee, Projet
from inclusion_desk.domain.echeanciers import PART_SOLDE_AVENANT
from inclusion_desk.domain.refus import Refus

CONSEILLER = Agent("Conseiller en développement", 60_000_00)
MI_TEMPS = Agent("Conseillère en création", 50_000_00, 3_000)
AGENTS = st.builds(Agent, st.just("Conseiller"), st.integers(0, 10**8), st.integers(AFFECTATION_MINIMALE, 10_000))


def test_the_bassin_minier_draws_on_the_ftj_and_the_rest_on_the_fse() -> None:
    assert fonds_du_territoire(bassin_minier=True) is FTJ
    assert fonds_du_territoire(bassin_minier=False) is FSE
    assert set(FONDS) == {"FSE+", "FTJ"}


@pytest.mark.parametrize(("fonds", "departement"), [(FSE, 42_000_00), (FTJ, 31_500_00)])
def test_a_plan_adds_the_flat_rate_to_the_staff_and_shares_the_whole(fonds: Fonds, departement: int) -> None:
    plan = etablir((CONSEILLER, MI_TEMPS), fonds)
    assert [d.montant for d in plan.depenses] == [60_000_00, 15_000_00]
    assert (plan.personnel, plan.autres, plan.total) == (75_000_00, 30_000_00, 105_000_00)
    assert plan.part_departement == departement
    assert plan.part_europeenne == 105_000_00 - departement


def test_the_three_rates_of_forty_percent_are_three_names() -> None:
    """The case, l.3248, l.3256 and l.3282: the flat rate stays 40 % where the part du Département is 30 %."""
    assert (TAUX_FORFAITAIRE, FSE.taux_departement, PART_SOLDE_AVENANT) == (4_000, 4_000, 4_000)
    plan = etablir((CONSEILLER,), FTJ)
    assert plan.autres * 10 == plan.personnel * 4
    assert plan.part_departement * 10 == plan.total * 3


def test_the_amount_of_the_case_calls_for_its_whole() -> None:
    plan = plan_appele(7_985_000, FSE)
    assert (plan.total, plan.part_departement, plan.part_europeenne) == (19_962_500, 7_985_000, 11_977_500)
    assert (plan.personnel, plan.autres) == (14_258_929, 5_703_571)


@pytest.mark.parametrize(
    ("agent", "phrase", "champ"),
    [
        (replace(CONSEILLER, direct=False), "fonction support : retirez-la", "direct"),
        (replace(CONSEILLER, affectation=2_999), r"de 29,99\u00a0% .* entre 30\u00a0% et 100\u00a0%", "affectation"),
        (replace(CONSEILLER, affectation=10_001), "est de 100,01\u00a0%", "affectation"),
        (replace(CONSEILLER, cout=-1), "«\u00a0Conseiller en développement\u00a0» est négatif", "cout"),
    ],
)  # fmt: skip
def test_refuses_who_is_not_eligible(agent: Agent, phrase: str, champ: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        etablir((CONSEILLER, agent), FSE)
    assert refus.value.champ == champ


def test_refuses_a_plan_without_staff_and_a_negative_share() -> None:
    with pytest.raises(Refus, match="ajoutez le personnel"):
        etablir((), FSE)
    with pytest.raises(Refus, match="est négative"):
        plan_appele(-1, FSE)


def test_says_how_far_an_amount_is_from_the_share() -> None:
    plan = etablir((CONSEILLER, MI_TEMPS), FSE)
    assert dire_ecart(plan, 42_000_00) == ""
    assert dire_ecart(plan, 42_000_01) == (
        "Le montant proposé, 42\u00a0000,01\u00a0€, dépasse la part du Département, 42\u00a0000,00\u00a0€ (40\u00a0% "
        "du coût total, FSE+)\u00a0: l’écart est de 0,01\u00a0€."
    )
    assert "n’atteint pas" in dire_ecart(plan, 41_000_00)
    assert plan.ecart(41_000_00) == -1_000_00


def test_the_plan_explains_itself() -> None:
    assert etablir((CONSEILLER, MI_TEMPS), FTJ).phrases == (
        "Conseiller en développement\u00a0: 60\u00a0000\u00a0€, affectation de 100\u00a0%, soit 60\u00a0000\u00a0€.",
        "Conseillère en création\u00a0: 50\u00a0000\u00a0€, affectation de 30\u00a0%, soit 15\u00a0000\u00a0€.",
        "Dépenses directes de personnel\u00a0: 75\u00a0000\u00a0€.",
        "Autres coûts, au taux forfaitaire de 40\u00a0% des dépenses de personnel\u00a0: 30\u00a0000\u00a0€.",
        "Coût total de l’opération\u00a0: 105\u00a0000\u00a0€.",
        "Part du Département, 30\u00a0% du coût total\u00a0: 31\u00a0500\u00a0€.",
        "Part européenne (FTJ)\u00a0: 73\u00a0500\u00a0€.",
    )


@given(st.lists(AGENTS, min_size=1, max_size=6), st.sampled_from([FSE, FTJ]))
def test_the_two_shares_always_add_to_the_whole(agents: list[Agent], fonds: Fonds) -> None:
    plan = etablir(agents, fonds)
    assert plan.part_departement + plan.part_europeenne == plan.total == plan.personnel + plan.autres
    assert plan.personnel == sum(d.montant for d in plan.depenses) <= sum(agent.cout for agent in agents)
    assert 0 <= plan.part_departement <= plan.total


@given(st.integers(0, 10**11), st.sampled_from([FSE, FTJ]))
def test_the_whole_called_for_gives_the_amount_back(montant: int, fonds: Fonds) -> None:
    plan = plan_appele(montant, fonds)
    assert abs(plan.total * fonds.taux_departement - montant * 10_000) <= 5_000
    assert plan.ecart(montant) == 0
    assert abs(plan.autres * 10_000 - plan.personnel * TAUX_FORFAITAIRE) <= 10_000


@pytest.mark.parametrize(
    ("dit", "bassin", "fonds"),
    [
        ("Contrepartie FSE", True, FSE), ("FSE+", False, FSE), ("FTJ", False, FTJ), ("FSE+, FTJ", True, FTJ),
        ("FSE+ ou FTJ", False, FSE), ("Europe", True, FTJ),
    ],
)  # fmt: skip
def test_a_line_draws_on_the_fund_its_dispositif_names_else_on_that_of_its_territory(
    dit: str, bassin: bool, fonds: Fonds  # noqa: FBT001 - a fact of the case
) -> None:  # fmt: skip
    ligne = LigneCofinancee(1, "Actif", "1.7 – Activité", "Artois", bassin, 7_985_000, dit)
    assert ligne.fonds is fonds
    assert ligne.libelle.replace("\u00a0", " ") == "Actif – 1.7 – Activité (Artois) : 79 850,00 €"


def test_a_plan_tells_what_it_is_for_and_how_it_compares() -> None:
    ligne = LigneCofinancee(1, "Actif", "1.7 – Activité", "Artois", False, 7_985_000, "FSE")
    projet = Projet(etablir((CONSEILLER, MI_TEMPS), FSE), ligne, 42_000_00)
    lu = projet.texte.replace("\u00a0", " ").split("\n")
    assert lu[:2] == [
        "Plan de financement – Actif – 1.7 – Activité (Artois)", "Fonds : Fonds social européen plus (FSE+)",
    ]  # fmt: skip
    assert lu[-1] == "Le montant proposé est exactement la part du Département."
    appele = Projet(plan_appele(7_985_000, FSE), montant=7_985_000, appele=True)
    assert (appele.titre, appele.comparaison) == ("Plan de financement", "")
    assert appele.phrases[0].replace("\u00a0", " ") == (
        "Plan que le montant proposé appelle, avant le détail des postes :"
    )
    assert Projet(appele.plan).comparaison == ""
