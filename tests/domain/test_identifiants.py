"""SIRET, RNA, operation codes and the other identifiers of the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain import identifiants as ids
from inclusion_desk.domain.refus import Refus


@pytest.mark.parametrize("texte", ["18620009300083", "186 200 093 00083", "186\u00a0200\u00a0093\u00a000083"])
def test_reads_the_siret_of_the_case(texte: str) -> None:
    assert ids.parse_siret(texte) == "18620009300083"


def test_shows_a_siret_by_groups() -> None:
    assert ids.format_siret("18620009300083") == "186\u00a0200\u00a0093\u00a000083"


@pytest.mark.parametrize("siret", ["35600000000048", "35600000009075"])
def test_knows_the_rule_of_la_poste(siret: str) -> None:
    assert ids.siret_valide(siret)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("18620009300084", "ne passe pas le contrôle de la clé"),
        ("1862000930008", "compte 13\u00a0chiffres au lieu de 14"),
        ("7,99E+13", "ne doit contenir que des chiffres"),
        ("35600000009076", "ne passe pas le contrôle"),
        ("", "ne doit contenir que des chiffres"),
    ],
)
def test_refuses_other_sirets(texte: str, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        ids.parse_siret(texte, "Le SIRET", "siret")
    assert refus.value.champ == "siret"


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, ecart: int) -> None:
    bon = "18620009300083"
    faux = bon[:place] + str((int(bon[place]) + ecart) % 10) + bon[place + 1 :]
    assert not ids.siret_valide(faux)


@pytest.mark.parametrize(
    ("lire", "bons", "mauvais"),
    [
        (ids.parse_rna, ["W621000001", "w2A1000001"], ["621000001", "W62100001", "W62X000001"]),
        (ids.parse_code_postal, ["62000", "62 000"], ["6200", "2A000"]),
        (ids.parse_code_operation, ["C02-446A05", "c01-444h02"], ["446A05", "C02-44A05", "C02446A05"]),
        (ids.parse_imputation, ["6568/93446", "6568 / 93446"], ["93446", "6568-93446"]),
        (ids.parse_convention, ["2024-01213", "2024 -01213"], ["01213", "2024-1213"]),
        (ids.parse_numero_dispositif, ["1.1", "3.14"], ["3", "3.", "a.b"]),
    ],
)
def test_shapes(lire: Callable[[str], str], bons: list[str], mauvais: list[str]) -> None:
    for texte in bons:
        assert lire(texte)
    for texte in mauvais:
        with pytest.raises(Refus):
            lire(texte)


def test_the_code_carries_the_function_of_its_imputation() -> None:
    assert ids.fonctions_concordent("C02-446A05", "6568/93446")
    assert not ids.fonctions_concordent("C02-446A05", "6568/93444")
