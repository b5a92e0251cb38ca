"""Words that acts agree: gender, legal forms, names of files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.documents.actes_mots import (
    Genre,
    adresse,
    dire_forme,
    droit_prive,
    engagement_du,
    genre,
    genre_forme,
    genre_personne,
    nom_de_fichier,
    titre_signature,
)
from inclusion_desk.domain.structures import FORMES

FEMININES = [
    "Présidente", "PRÉSIDENTE", "directrice générale", "Vice-présidente", "La Directrice des Politiques", "gérante",
    "trésorière", "adjointe au maire", "déléguée", "élue", "procureure", "cheffe de service", "Mme la Présidente",
    "conseillère", "administratrice", "doyenne", "préfète",
]  # fmt: skip
MASCULINES = [
    "Président", "directeur général", "Vice-président", "Le Directeur", "gérant", "trésorier", "adjoint au maire",
    "délégué", "élu", "procureur", "chef de service", "conseiller", "administrateur", "doyen", "préfet",
]  # fmt: skip
NEUTRES = ["maire", "Maire de Lens", "secrétaire", "responsable", "membre", "mandataire", "", "  "]


@pytest.mark.parametrize(
    ("qualites", "attendu"),
    [(FEMININES, Genre.FEMININ), (MASCULINES, Genre.MASCULIN), (NEUTRES, Genre.NEUTRE)],
)
def test_a_quality_tells_the_gender(qualites: list[str], attendu: Genre) -> None:
    assert {qualite: genre(qualite) for qualite in qualites} == dict.fromkeys(qualites, attendu)


def test_a_civility_tells_the_gender_first() -> None:
    assert genre_personne("Mme Claude ICI", "maire") is Genre.FEMININ
    assert genre_personne("Monsieur Claude ICI", "") is Genre.MASCULIN
    assert genre_personne("Claude ICI", "Présidente") is Genre.FEMININ


@pytest.mark.parametrize(
    ("qualite", "attendu"),
    [
        ("Directrice des Politiques", "La Directrice des Politiques"),
        ("La Directrice générale des services", "La Directrice générale des services"),
        ("administratrice", "L’administratrice"),
        ("maire", "Maire"),
        ("", ""),
    ],
)
def test_a_signature_is_headed_by_the_quality_and_its_article(qualite: str, attendu: str) -> None:
    assert titre_signature(qualite) == attendu


@pytest.mark.parametrize("forme", FORMES.values())
def test_a_legal_form_can_be_said_in_a_sentence(forme: str) -> None:
    dite = dire_forme(forme)
    assert not dite or dite[0].islower()
    assert " ou " not in dite


def test_legal_forms_tell_gender_and_law() -> None:
    feminines = [forme for forme in FORMES if genre_forme(dire_forme(FORMES[forme])) is Genre.FEMININ]
    assert feminines == ["association", "fondation", "collectivite", "consulaire", "entreprise"]
    assert [forme for forme in FORMES if droit_prive(FORMES[forme])] == ["association", "fondation", "entreprise"]
    assert [forme for forme in FORMES if engagement_du(FORMES[forme])] == ["association", "fondation"]


def test_an_address_says_what_is_known() -> None:
    assert adresse("1 rue X", "62000", "Arras") == "1 rue X, 62000\u00a0Arras"
    assert adresse("", "62000", "Arras") == f"{'…' * 8}, 62000\u00a0Arras"
    assert adresse("", "", "") == "…" * 8


@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(["pdf", "docx", ".PDF"]))
def test_any_name_makes_a_plain_file_name(parties: list[str], extension: str) -> None:
    nom = nom_de_fichier(["2024-01213", *parties], extension)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:pdf|docx)", nom)
    assert len(nom) <= 80
    assert nom.startswith("2024-01213")
