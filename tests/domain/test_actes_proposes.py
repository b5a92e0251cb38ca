"""What is said of the acts of a phase: the row that a refusal names, the state of an act with its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.actes_proposes import dire_etat, nommer_ligne
from inclusion_desk.domain.codes import ETATS_AVENANT
from inclusion_desk.domain.conventions import Avenant
from tests.domain.test_preparation import DOSSIER, convention


def test_a_refusal_names_its_row_and_goes_on_in_lower_case() -> None:
    assert (
        nommer_ligne(14, "CCAS de Liévin", "Il manque le SIRET.") == "Ligne 14 – CCAS de Liévin : il manque le SIRET."
    )
    assert nommer_ligne(2, "GIP", "SIRET à vérifier.") == "Ligne 2 – GIP : SIRET à vérifier."
    assert nommer_ligne(3, "GIP", "« lot » existe.") == "Ligne 3 – GIP : « lot » existe."


@pytest.mark.parametrize(
    ("etat", "dit"),
    [
        ("projet", "Projet"), ("a_signer", "À signer"), ("signee", "Signée le 20/01/2025"),
        ("executoire", "Exécutoire depuis le 22/01/2025"), ("soldee", "Soldée"), ("resiliee", "Résiliée"),
    ],
)  # fmt: skip
def test_the_state_of_a_convention_is_said_with_its_day(etat: str, dit: str) -> None:
    jours: dict[str, Any] = {
        "signee_structure": date(2025, 1, 20), "signee_departement": date(2025, 1, 10),
        "executoire_le": date(2025, 1, 22),
    }  # fmt: skip
    assert dire_etat(convention(DOSSIER.lignes[0], etat=etat, **jours)) == dit
    assert dit.startswith(dire_etat(convention(DOSSIER.lignes[0], etat=etat)))


@pytest.mark.parametrize("etat", ETATS_AVENANT)
def test_the_state_of_an_avenant_agrees_with_it(etat: str) -> None:
    un = Avenant(
        1, 1, 1, "2024-00901", "GIP", 1, "5", "Objet", None, None, etat, date(2025, 1, 10), date(2025, 1, 20),
        date(2025, 1, 22), None, "",
    )  # fmt: skip
    assert dire_etat(un).startswith(ETATS_AVENANT[etat])
    assert ("le 20/01/2025" in dire_etat(un)) == (etat == "signee")
