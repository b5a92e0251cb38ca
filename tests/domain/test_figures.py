"""Figures in texts: tied to their source whatever the way they are typed, never when they are something else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.figures import INCONNUE, inconnues, libres, lier, remplir, sources
from inclusion_desk.domain.money import format_montant, format_montant_acte, format_nombre
from tests.fabrique import avec_lignes, dossier_du_cas

SOURCES = {
    "phase.montant": "712\u00a0000\u00a0€",
    "dispositif-1.montant": "500\u00a0€",
    "dispositif-2.montant": "1\u00a0234,50\u00a0€",
    "dispositif-12.montant": "500\u00a0€",
    "dispositif-12.structures": "4\u00a0structures",
    "dispositif-12.volume": "2\u00a0706\u00a0places",
    "phase.conventions": "1\u00a0convention",
    "dispositif-3.volume": "50\u00a0familles",
    "dispositif-4.volume": "12\u00a0ETP",
    "ligne-C02-446A05.ae": "8\u00a0589\u00a0450\u00a0€",
}


@pytest.mark.parametrize(
    "texte",
    [
        "712 000 €",
        "712\u00a0000\u00a0€",
        "712\u202f000\u202f€",
        "712\u2009000\u2009€",
        "712 000,00 €",
        "712 000,0 €",
        "712000 €",
        "712000€",
        "712 000 euros",
        "712000 euros",
        "712 000 Euros",
        "712 000 EUR",
        "712 000  €",
    ],
)
def test_an_amount_is_tied_however_it_is_typed(texte: str) -> None:
    assert lier(f"Soit {texte}, au total.", SOURCES) == "Soit {phase.montant}, au total."
    assert libres(lier(texte, SOURCES)) == ()


@pytest.mark.parametrize(
    ("texte", "lie"),
    [
        ("1 234,50 €", "{dispositif-2.montant}"),
        ("1234,5 €", "{dispositif-2.montant}"),
        ("2706 places", "{dispositif-12.volume}"),
        ("2 706 places", "{dispositif-12.volume}"),
        ("4 structures", "{dispositif-12.structures}"),
        ("1 convention", "{phase.conventions}"),
        ("50 familles", "{dispositif-3.volume}"),
        ("12 ETP", "{dispositif-4.volume}"),
        ("8 589 450 €", "{ligne-C02-446A05.ae}"),
        ("(500 €), «500 €»/mois", "({dispositif-1.montant}), «{dispositif-1.montant}»/mois"),
        ("- 500 €\n- 500 €", "- {dispositif-1.montant}\n- {dispositif-1.montant}"),
        ("le 12\n500 €", "le 12\n{dispositif-1.montant}"),
        ("en 2024, 500 €", "en 2024, {dispositif-1.montant}"),
    ],
)
def test_figures_of_every_kind_are_tied(texte: str, lie: str) -> None:
    assert lier(texte, SOURCES) == lie


@pytest.mark.parametrize(
    "texte",
    [
        "1 712 000 €",
        "12 712 000 €",
        "1712 000 €",
        "7 712 000,00 €",
        "712 000 000 €",
        "712 000,01 €",
        "712 000 places",
        "-712 000 €",
        "\u2212500 €",
        "-1 500 €",
        "1.500 €",
        "3,500 €",
        "500,123 €",
        "0500 €",
        "2024 500 €",
        "31/12/2024 500 €",
        "31/500 €",
        "A500 €",
        "500 eurosceptiques",
        "500 k€",
        "SIRET 186 200 093 00083",
        "18620009300083",
        "le 4 décembre 2024, le 04/12/2024",
        "n° 2024-00500, n° 2024-4 structures",
        "l’article 4 structures et l’annexe 4 structures",
        "la phase 4 structures, le n°4 structures",
        "14 structures, 3.4 structures, 0,4 structures, 4 000 structures",
        "04 structures",
        "4 structurées",
        "4 conventions, 4 places",
        "dispositif 3.14, imputation 6568/93446, C02-446A05",
        "articles L.3211-1 et L.3211-4",
        "quatre structures",
    ],
)
def test_other_numbers_are_never_touched(texte: str) -> None:
    assert lier(texte, SOURCES) == texte


def test_two_sources_of_one_figure_follow_the_preference() -> None:
    assert lier("500 €", SOURCES) == "{dispositif-1.montant}"
    assert lier("500 €", SOURCES, dabord=("dispositif-12.",)) == "{dispositif-12.montant}"
    assert lier("500 €", SOURCES, dabord=("thematique-1.", "dispositif-12")) == "{dispositif-12.montant}"


def test_preferring_a_dispositif_does_not_prefer_those_whose_number_begins_alike() -> None:
    connues = {"dispositif-12.montant": "500\u00a0€", "dispositif-1.montant": "500\u00a0€"}
    assert lier("500 €", connues, dabord=("dispositif-1",)) == "{dispositif-1.montant}"


def test_a_tied_figure_follows_its_source() -> None:
    lie = lier("Un total de 712000 euros pour 4 structures.", SOURCES)
    apres = {**SOURCES, "phase.montant": "9\u00a0€", "dispositif-12.structures": "1\u00a0structure"}
    assert remplir(lie, apres) == "Un total de 9\u00a0€ pour 1\u00a0structure."


def test_a_source_that_is_gone_prints_a_blank_and_is_listed() -> None:
    texte = "{dispositif-9.montant} et {phase.montant}, {dispositif-9.montant}, {thematique-2.structures}"
    assert remplir(texte, SOURCES) == f"{INCONNUE} et 712\u00a0000\u00a0€, {INCONNUE}, {INCONNUE}"
    assert inconnues(texte, SOURCES) == ("dispositif-9.montant", "thematique-2.structures")


@pytest.mark.parametrize(
    "texte",
    [
        "{exemple}",
        "{}",
        "{ phase.montant }",
        "{{a}}",
        "{phase}",
        "{Nom du président}",
        "{Phase.montant}",
        "{1.2}",
    ],
)
def test_the_braces_of_a_user_stay(texte: str) -> None:
    assert remplir(texte, SOURCES) == texte
    assert inconnues(texte, SOURCES) == ()


def test_amounts_tied_to_nothing_are_listed_as_they_are_typed() -> None:
    texte = (
        "500 € et 712 000 € sont liés ; 12 345 €, 12 345 €, 7,5 €, 1.500 €, -20 €, en 2024 999 €, 3 millions d’euros, "
        "45 k€, 2,5 M€ et 0712 euros ne le sont pas ; ni 12 places, ni 2024-01213, ni 50 %."
    )
    assert libres(lier(texte, SOURCES)) == (
        "12\u00a0345\u00a0€", "7,5\u00a0€", "1.500\u00a0€", "-20\u00a0€", "2024\u00a0999\u00a0€",
        "3\u00a0millions\u00a0d’euros", "45\u00a0k€", "2,5\u00a0M€", "0712\u00a0euros",
    )  # fmt: skip


def test_a_number_too_long_to_be_an_amount_is_left() -> None:
    for texte in ("9" * 5000 + " €", "999" + " 999" * 5000 + " €", "9" * 5000 + " places"):
        assert lier(texte, SOURCES) == texte


MOTS = st.sampled_from([", soit ", " et ", " (", ") ", "\n- ", ", ", " pour l’année, ", " « ", " », ", ". L’action "])
ECRITURES = st.sampled_from(["{} €", "{}\u00a0€", "{}€", "{} euros", "{} Euros", "{}\u202f€"])


@st.composite
def montants_ecrits(draw: st.DrawFn) -> tuple[int, str]:
    """An amount in cents, and one way to type it."""
    cents = draw(st.integers(0, 99_999_999_999) | st.sampled_from([71_200_000, 50_000, 123_450]))
    ecrit = draw(st.sampled_from([format_montant(cents, symbole=False), format_montant_acte(cents)[:-2]]))
    espace = draw(st.sampled_from(["\u00a0", " ", "\u202f", ""]))
    return cents, draw(ECRITURES).format(ecrit.replace("\u00a0", espace))


@given(st.lists(st.tuples(MOTS, montants_ecrits()), max_size=6), st.sets(st.integers(0, 5)))
def test_tying_then_printing_keeps_the_value_of_every_figure(
    morceaux: list[tuple[str, tuple[int, str]]], lies: set[int]
) -> None:
    connues = {f"dispositif-{n}.montant": format_montant_acte(m[1][0]) for n, m in enumerate(morceaux) if n in lies}
    imprimes = set(connues.values())
    texte = "".join(mot + ecrit for mot, (_, ecrit) in morceaux)
    attendu = "".join(
        mot + (format_montant_acte(cents) if format_montant_acte(cents) in imprimes else ecrit)
        for mot, (cents, ecrit) in morceaux
    )
    lie = lier(texte, connues)
    assert remplir(lie, connues) == attendu
    assert lier(lie, connues) == lie
    assert len(libres(lie)) == len({e.replace(" ", "\u00a0").replace("\u202f", "\u00a0")
                                    for _, (c, e) in morceaux if format_montant_acte(c) not in imprimes})  # fmt: skip


PIECES = st.sampled_from([*"0123456789 ,.-/\u00a0{}()", "500 €", "712 000", "€", " euros", " structures", " 4", "n°"])


def _net(texte: str) -> str:
    """Reduce a text to what its figures say, by another road than the program's."""
    sans = re.sub("[ \u00a0]", "", texte).replace("euros", "€")
    return re.sub(r"(?<=,\d)(?=€)", "0", sans).replace(",00€", "€")


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_else_in_a_text_changes(texte: str) -> None:
    assert _net(remplir(lier(texte, SOURCES), SOURCES)) == _net(texte)
    assert inconnues(lier(texte, SOURCES), SOURCES) == ()


@given(st.text(max_size=60))
def test_any_text_without_a_figure_comes_back_as_it_was(texte: str) -> None:
    assert remplir(lier(texte, {}), {}) == texte


def test_every_figure_of_the_case_has_a_source() -> None:
    dossier = dossier_du_cas()
    connues = sources(dossier)
    assert connues["phase.montant"] == "871\u00a0218\u00a0€"
    assert connues["thematique-1.montant"] == "712\u00a0000\u00a0€"
    assert connues["thematique-1.dispositifs"] == "4\u00a0dispositifs"
    assert connues["dispositif-2.volume"] == "2\u00a0706\u00a0places"
    assert connues["dispositif-1.structures"] == "8\u00a0structures"
    assert connues["phase.avenants"] == f"{sum(li.acte == 'avenant' for li in dossier.lignes)}\u00a0avenants"
    for nom, valeur in connues.items():
        genre = nom.split(".")[0]
        assert remplir(lier(valeur, connues, dabord=(f"{genre}.",)), connues) == valeur
        assert lier(valeur, connues, dabord=(nom,)) == f"{{{nom}}}"


def test_the_texts_of_the_case_follow_its_lines() -> None:
    dossier = dossier_du_cas()
    lie = lier("Approuve 4 dispositifs pour 712 000 €.", sources(dossier), dabord=("thematique-1.",))
    reduit = avec_lignes(dossier, [replace(dossier.lignes[0], montant=100)])
    assert remplir(lie, sources(reduit)) == "Approuve 1\u00a0dispositif pour 1\u00a0€."


@given(st.integers(0, 10**9))
def test_counts_are_tied_in_the_singular_and_the_plural(nombre: int) -> None:
    mot = "place" if nombre < 2 else "places"
    connues = {"dispositif-1.volume": f"{format_nombre(nombre)}\u00a0{mot}"}
    assert lier(f"soit {nombre} {mot}.", connues) == "soit {dispositif-1.volume}."
