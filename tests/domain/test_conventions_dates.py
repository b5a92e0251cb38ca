"""The days of an act: each after the one that allows it, none ahead of today, each refusal at its own field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.conventions_dates import (
    Jours,
    check_deliberation,
    check_jours,
    check_resiliation,
    check_signatures,
)
from inclusion_desk.domain.refus import Refus, SaisieRefusee

JOUR = date(2025, 6, 2)
SEANCE, STRUCTURE, DEPARTEMENT, EFFET = date(2024, 12, 9), date(2025, 1, 10), date(2025, 1, 20), date(2025, 2, 1)
TERME = date(2025, 12, 31)


def refus_de(jours: Jours, *, deja: bool = False) -> dict[str | None, str]:
    """Give the sentence of each field refused."""
    try:
        check_jours(jours, JOUR, deja=deja)
    except SaisieRefusee as erreur:
        return {r.champ: r.phrase for r in erreur.refus}
    return {}


def test_only_the_move_to_signed_asks_for_signatures() -> None:
    check_signatures("envoyer", None, None)
    check_signatures("signer", STRUCTURE, DEPARTEMENT)
    for jours, champ in (((None, DEPARTEMENT), "signee_structure"), ((STRUCTURE, None), "signee_departement")):
        with pytest.raises(Refus) as refus:
            check_signatures("signer", *jours)
        assert refus.value.champ == champ


def test_days_in_their_order_pass() -> None:
    assert refus_de(Jours(STRUCTURE, DEPARTEMENT, EFFET, SEANCE, SEANCE, JOUR), deja=True) == {}
    assert refus_de(Jours(SEANCE, SEANCE, SEANCE, SEANCE, SEANCE, SEANCE)) == {}
    assert refus_de(Jours(None, None, None)) == {}
    assert refus_de(Jours(STRUCTURE, None, None, SEANCE)) == {}


@pytest.mark.parametrize(
    ("jours", "champ", "phrase"),
    [
        (Jours(date(2025, 6, 3), None, None), "signee_structure", "postérieure à ce jour"),
        (Jours(None, date(2030, 1, 1), None), "signee_departement", "postérieure à ce jour"),
        (Jours(date(2024, 12, 8), None, None, SEANCE), "signee_structure", "précède la délibération"),
        (Jours(STRUCTURE, date(2024, 1, 1), None, SEANCE), "signee_departement", "(09/12/2024)"),
        (Jours(STRUCTURE, None, None, None, DEPARTEMENT), "signee_structure", "la signature de sa convention"),
        (Jours(None, DEPARTEMENT, None, SEANCE, None, STRUCTURE), "signee_departement", "suit celle d’un avenant"),
        (Jours(None, None, None, date(2025, 6, 3)), "deliberation_le", "postérieure à ce jour"),
        (Jours(STRUCTURE, DEPARTEMENT, date(2025, 6, 3)), "executoire_le", "postérieure à ce jour"),
        (Jours(STRUCTURE, DEPARTEMENT, date(2025, 1, 19)), "executoire_le", "avant sa dernière signature (20/01/2025)"),
        (Jours(STRUCTURE, None, EFFET), "executoire_le", "une fois signé des deux parties"),
        (Jours(None, None, EFFET), "executoire_le", "une fois signé des deux parties"),
    ],
)
def test_a_day_out_of_its_order_is_refused_at_its_field(jours: Jours, champ: str, phrase: str) -> None:
    lus = refus_de(jours)
    assert list(lus) == [champ]
    assert phrase in lus[champ]


def test_each_day_at_fault_has_its_sentence() -> None:
    lus = refus_de(Jours(date(2030, 1, 1), date(2024, 1, 1), date(2030, 1, 1), SEANCE))
    assert list(lus) == ["signee_structure", "signee_departement", "executoire_le"]


def test_the_day_of_effect_stays_while_the_act_is_in_force() -> None:
    assert "ne s’efface pas" in refus_de(Jours(STRUCTURE, DEPARTEMENT, None), deja=True)["executoire_le"]
    assert refus_de(Jours(STRUCTURE, DEPARTEMENT, None)) == {}


DATES = st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(DATES, DATES, DATES, DATES, DATES)
def test_what_passes_is_in_order(
    structure: date | None, departement: date | None, effet: date | None, seance: date | None, convention: date | None
) -> None:
    if refus_de(Jours(structure, departement, effet, seance, convention)):
        return
    for signee in (structure, departement):
        if signee is not None:
            assert max(seance or date.min, convention or date.min) <= signee <= JOUR
    assert effet is None or (structure and departement and max(structure, departement) <= effet <= JOUR)


@pytest.mark.parametrize(
    ("numero", "jour", "de_la_phase", "champ"),
    [
        ("", None, True, ""), ("", None, False, ""), ("2024-587", SEANCE, False, ""),
        ("2024-587", None, False, "deliberation_le"), ("", SEANCE, False, "deliberation_numero"),
        ("2024-587", SEANCE, True, "deliberation_numero"), ("", SEANCE, True, "deliberation_le"),
    ],
)  # fmt: skip
def test_a_deliberation_is_typed_whole_and_only_where_no_phase_says_it(
    *, numero: str, jour: date | None, de_la_phase: bool, champ: str
) -> None:
    if not champ:
        check_deliberation(numero, jour, de_la_phase=de_la_phase)
        return
    with pytest.raises(Refus) as refus:
        check_deliberation(numero, jour, de_la_phase=de_la_phase)
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    ("effet", "etat", "phrase"),
    [
        (None, "signee", ""), (None, "soldee", ""), (None, "resiliee", "ne s’efface pas"),
        (DEPARTEMENT, "signee", ""), (TERME, "executoire", ""), (JOUR, "resiliee", ""),
        (date(2025, 1, 19), "signee", "avant la dernière signature (20/01/2025)"),
        (date(2026, 1, 1), "signee", "après la fin de la convention (31/12/2025)"),
        (date(2026, 6, 3), "signee", "dans plus d’un an"),
        (JOUR, "projet", "Seule une convention signée se résilie"),
        (JOUR, "soldee", "Seule une convention signée se résilie"),
    ],
)  # fmt: skip
def test_a_termination_takes_effect_within_the_convention(effet: date | None, etat: str, phrase: str) -> None:
    if not phrase:
        check_resiliation(effet, etat, DEPARTEMENT, TERME, JOUR)
        return
    with pytest.raises(Refus) as refus:
        check_resiliation(effet, etat, DEPARTEMENT, TERME, JOUR)
    assert phrase in str(refus.value)
    assert refus.value.champ == "resiliee_le"
