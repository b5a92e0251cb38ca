"""Parts of a schedule as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.champs import format_centiemes
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.partage import PartFixe, PartTaux
from inclusion_desk.domain.parts_saisies import read_part
from inclusion_desk.domain.refus import Refus


@given(st.integers(0, 10_000))
def test_a_share_is_read_as_it_is_shown(taux: int) -> None:
    assert read_part(f"{format_centiemes(taux)} %", "L’avance") == PartTaux(taux)


@given(st.integers(0, 10**10))
def test_an_amount_is_read_as_it_is_shown(cents: int) -> None:
    assert read_part(format_montant(cents), "L’avance") == PartFixe(cents)


@pytest.mark.parametrize("texte", ["", "%", "la moitié", "40 % environ"])
def test_anything_else_is_refused_at_its_field(texte: str) -> None:
    with pytest.raises(Refus, match="L’avance") as refus:
        read_part(texte, "L’avance", "premier")
    assert refus.value.champ == "premier"
