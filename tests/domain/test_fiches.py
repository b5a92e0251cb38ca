"""Action sheets: indicators read from what is typed, states and labels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.codes import RUBRIQUES, SUIVIS
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER
from inclusion_desk.domain.fiches import CHAMPS, FicheAction, Indicateur, read_indicateurs, refus_publiee

FICHE = FicheAction(1, 1, 2, "1.1 – Accueil", 3, "Accueil des bénéficiaires")


@pytest.mark.parametrize(
    ("texte", "lus"),
    [
        ("Taux de sorties = 50 %", [("Taux de sorties", "50 %")]),
        ("- Nombre de personnes", [("Nombre de personnes", "")]),
        ("A = B = 3", [("A = B", "3")]),
        ("= 50 %", [("= 50 %", "")]),
        ("Sans cible =", [("Sans cible", "")]),
        ("\n  Un \n\n Deux=2\n", [("Un", ""), ("Deux", "2")]),
        ("", []),
    ],
)
def test_indicators_are_read_one_a_line(texte: str, lus: list[tuple[str, str]]) -> None:
    assert read_indicateurs(texte) == tuple(Indicateur(*lu) for lu in lus)


mots = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="=\n"), min_size=1)
labels = mots.map(str.strip).filter(lambda mot: mot and not mot.startswith("-"))


@given(st.lists(st.tuples(labels, st.one_of(st.just(""), labels))))
def test_indicators_shown_are_read_back_as_they_were(paires: list[tuple[str, str]]) -> None:
    indicateurs = tuple(Indicateur(*paire) for paire in paires)
    fiche = FicheAction(1, 1, 1, "D", 1, "T", indicateurs=indicateurs)
    assert read_indicateurs(fiche.mesures) == indicateurs


@given(st.text())
def test_whatever_is_typed_is_read_and_no_label_is_empty(texte: str) -> None:
    assert all(i.libelle for i in read_indicateurs(texte))


def test_a_sheet_says_whether_acts_may_carry_it() -> None:
    publiee = FicheAction(1, 1, 2, "1.1", 3, "Accueil", publiee_le=date(2024, 12, 9))
    assert (FICHE.publiee, FICHE.etat_libelle) == (False, "En préparation")
    assert (publiee.publiee, publiee.etat_libelle) == (True, "Publiée")
    assert FICHE.libelle == "Accueil des bénéficiaires (version 3)"
    assert "« Accueil » est publiée" in str(refus_publiee("Accueil"))


def test_every_text_of_a_sheet_is_a_field_of_its_form() -> None:
    noms = [champ.nom for champ in CHAMPS]
    assert set(RUBRIQUES) < set(noms)
    assert len(noms) == len(set(noms))
    assert set(SUIVIS) <= set(MODELES_ECHEANCIER)
