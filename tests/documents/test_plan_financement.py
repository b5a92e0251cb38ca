"""The plan of European co-financing as a workbook, read back by another reader than the one that writes it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from inclusion_desk.documents.plan_financement import render, verify
from inclusion_desk.domain.cofinancement import FSE, FTJ, Agent, etablir, plan_appele
from inclusion_desk.domain.cofinancement_lignes import LigneCofinancee, Projet
from inclusion_desk.domain.refus import Refus

EDITE = datetime(2026, 2, 2)  # noqa: DTZ001 - the local time printed
LIGNE = LigneCofinancee(21, "=Actif", "1.7 – Activité indépendante", "Départemental", False, 7_985_000, "FSE")
AGENTS = (Agent("Conseillère", 9_200_000), Agent("=1+1", 8_400_000, 6_000))
PROJET = Projet(etablir(AGENTS, FSE), LIGNE, 7_985_000)


def rangees(projet: Projet) -> list[list[object]]:
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(render(projet, EDITE)))
    return [list(rangee) for rangee in classeur.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_every_amount_is_a_number_in_its_place() -> None:
    lues = rangees(PROJET)
    assert lues[1][0] == "=Actif – 1.7 – Activité indépendante (Départemental)"
    assert [rangee[1:] for rangee in lues[6:8]] == [[92_000, 1, 92_000], [84_000, 0.6, 50_400]]
    assert lues[7][0] == "=1+1"
    assert [rangee[3] for rangee in lues[8:]] == [142_400, 56_960, 199_360, 79_744, 119_616, 79_850, 106]
    assert [rangee[2] for rangee in lues[9:13]] == [0.4, "", 0.4, 0.6]


def test_a_plan_that_follows_from_the_amount_says_so_and_compares_nothing() -> None:
    lues = rangees(Projet(plan_appele(7_985_000, FSE), None, 7_985_000, appele=True))
    textes = [rangee[0] for rangee in lues]
    assert textes[2] == "Plan que le montant proposé appelle, avant le détail des postes"
    assert not any("proposé" in str(texte) for texte in textes[3:])
    assert lues[-1][3] == 119_775


def test_another_plan_is_refused_and_the_same_gives_the_same_bytes() -> None:
    contenu = render(PROJET, EDITE)
    verify(contenu, PROJET)
    assert contenu == render(PROJET, EDITE)
    autre = replace(PROJET, plan=etablir((AGENTS[0], replace(AGENTS[1], cout=8_400_001)), FSE))
    with pytest.raises(Refus, match="=1\\+1"):
        verify(contenu, autre)
    assert load_workbook(io.BytesIO(contenu)).properties.title == PROJET.titre


@given(st.lists(st.builds(Agent, st.just("Poste"), st.integers(0, 10**10), st.integers(3_000, 10_000)), min_size=1,
                max_size=4), st.sampled_from([FSE, FTJ]), st.none() | st.integers(0, 10**10))  # fmt: skip
def test_any_plan_is_read_back_to_the_cent(agents: list[Agent], fonds: object, montant: int | None) -> None:
    projet = Projet(etablir(agents, FTJ if fonds is FTJ else FSE), None, montant)
    verify(render(projet, EDITE), projet)
