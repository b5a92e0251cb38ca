"""The sheets annexed to acts: their rows in order, and the texts that users typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.documents.actes_fiches import SANS_PARTICIPATION, fiche
from inclusion_desk.documents.actes_fiches import volume as volume_dit
from inclusion_desk.documents.actes_rubriques import blocs
from inclusion_desk.documents.blocks import Block, BulletList, Heading, Paragraph, runs_of
from inclusion_desk.documents.texte_brut import texte_brut
from inclusion_desk.domain.actes import FicheAnnexee
from inclusion_desk.domain.fiches import Indicateur
from tests.documents.fabrique_actes import EQUILIBRE, INDEPENDANTS, acte, annexee
from tests.documents.fabrique_actes import fiche as lue

LABELS = [
    "Durée", "Coût", "Volume", "Public cible", "Finalité", "Objectifs", "Moyens", "Portefeuilles",
    "Déroulement de l’action", "Territoire d’intervention", "Profil du professionnel", "Modalités de financement",
    "Modalités de versement", "Bilan", "Indicateurs d’évaluation",
]  # fmt: skip
MOTS = st.text(st.sampled_from("abé’ .,:;!€%«»0123456789"), min_size=1, max_size=20)


def rows(annexe: FicheAnnexee) -> dict[str, str]:
    """Give the rows of a sheet as plain text, by label."""
    lignes = fiche(acte("10"), annexe).rows
    return {ligne.label: texte_brut(ligne.blocks).replace("\u00a0", " ").strip() for ligne in lignes}


def test_rows_stand_in_the_order_of_the_case() -> None:
    (equilibre,) = acte("8").fiches
    assert list(rows(equilibre)) == LABELS


def test_a_label_about_which_nothing_is_said_is_left_out() -> None:
    (independants,) = acte("10").fiches
    absents = {"Finalité", "Moyens", "Portefeuilles", "Profil du professionnel"}
    assert list(rows(independants)) == [label for label in LABELS if label not in absents]
    nue = replace(lue(INDEPENDANTS, **dict.fromkeys(vars_textes(), "")), indicateurs=())
    assert list(rows(annexee(2, INDEPENDANTS, (), fiche=nue, territoire=""))) == ["Durée", "Coût"]


def vars_textes() -> Iterable[str]:
    return ("public", "objectifs", "deroulement", "financement", "versement", "bilan")


@pytest.mark.parametrize(
    ("montants", "attendu"),
    [
        ((33_822_674, 7_985_000), "338 226,74 € + 79 850 €"),
        ((7_985_000,), "79 850 €"),
        ((0, 7_985_000), "79 850 €"),
        ((), SANS_PARTICIPATION),
        ((0,), SANS_PARTICIPATION),
    ],
)
def test_the_cost_is_said_act_by_act(montants: tuple[int, ...], attendu: str) -> None:
    assert rows(annexee(2, EQUILIBRE, montants))["Coût"] == attendu


@pytest.mark.parametrize(
    ("volume", "unite", "etp", "attendu"),
    [(420, "place", 150, "420 places – 1,5 ETP"), (1, "place", None, "1 place"), (0, "etp", 120, "1,2 ETP")],
)
def test_the_volume_is_agreed(volume: int, unite: str, etp: int | None, attendu: str) -> None:
    une = annexee(2, EQUILIBRE, (), volume=volume, unite=unite, etp=etp)
    assert volume_dit(une).replace("\u00a0", " ") == attendu
    en_plus = {"420 places – 1,5 ETP": "420 places supplémentaires – 1,5 ETP supplémentaire"}
    assert rows(une)["Volume"] == en_plus.get(attendu, f"{attendu} supplémentaire")  # the action goes on (l.3278)


def test_the_schedule_follows_the_terms_of_payment_then_the_line_that_pays() -> None:
    versements = ("avance de 60 % : 47910 € ;", "solde.")
    lu = rows(annexee(2, EQUILIBRE, (7_985_000,), versements=versements))["Modalités de versement"]
    assert "Échéancier\n- avance de 60 % : 47910 € ;\n- solde.\n" in lu
    assert lu.endswith("imputée sur le code opération C02-446A05 du budget du Département du Pas-de-Calais.")
    sans = annexee(2, EQUILIBRE, (1,), fiche=lue(EQUILIBRE, versement=""))
    assert rows(replace(sans, versements=versements))["Modalités de versement"].startswith("- avance")
    assert rows(replace(sans, versements=()))["Modalités de versement"].startswith("…")


def test_what_costs_nothing_names_no_line() -> None:
    assert "imputée" not in rows(annexee(2, EQUILIBRE, ()))["Modalités de versement"]
    deux = annexee(2, EQUILIBRE, (1,), code_operation="C02-446A05 et C01-444H02")
    assert "sur les codes opération C02-446A05 et C01-444H02 du budget" in rows(deux)["Modalités de versement"]


def test_indicators_are_numbered_with_their_targets() -> None:
    mesures = (Indicateur("Taux de sorties : total", "50 %"), Indicateur("Bilans"))
    une = annexee(2, EQUILIBRE, (), fiche=replace(lue(EQUILIBRE), indicateurs=mesures))
    assert rows(une)["Indicateurs d’évaluation"] == "1. Taux de sorties : total (cible : 50 %)\n2. Bilans"


def shape(texte: str) -> list[tuple[str, list[tuple[str, int]], int | None]]:
    return [_shape(bloc) for bloc in blocs(texte)]


def _shape(bloc: Block) -> tuple[str, list[tuple[str, int]], int | None]:
    texte = "".join(run.text for run in runs_of((bloc,)))
    if isinstance(bloc, BulletList):
        return "liste", [("".join(run.text for run in item.runs), item.level) for item in bloc.items], bloc.first
    assert isinstance(bloc, Heading | Paragraph)
    return ("titre" if isinstance(bloc, Heading) else "texte"), [(texte, 0)], None


def test_a_text_is_cut_into_paragraphs_titles_and_lists() -> None:
    texte = (
        "Deux\nlignes\n\n# Titre\nsuite\n- un\nqui continue\n  - dedans\n- deux\n1. premier\n2. second\n\n5. cinquième"
    )
    assert shape(texte) == [
        ("texte", [("Deux\nlignes", 0)], None),
        ("titre", [("Titre", 0)], None),
        ("texte", [("suite", 0)], None),
        ("liste", [("un qui continue", 0), ("dedans", 1), ("deux", 0)], None),
        ("liste", [("premier", 0), ("second", 0)], 1),
        ("liste", [("cinquième", 0)], 5),
    ]


def test_numbers_cut_by_other_entries_go_on() -> None:
    assert shape("1. un\n- a\n- b\n2. deux\n4. quatre") == [
        ("liste", [("un", 0)], 1),
        ("liste", [("a", 0), ("b", 0)], None),
        ("liste", [("deux", 0)], 2),
        ("liste", [("quatre", 0)], 4),
    ]


@pytest.mark.parametrize("texte", ["2025 est une année", "1.5 ETP", "-5 %", "#mot-clé", "12.", "- ", "12 000 €"])
def test_what_only_looks_like_a_mark_stays_text(texte: str) -> None:
    (bloc,) = blocs(texte)
    assert isinstance(bloc, Paragraph)


def test_texts_get_french_spaces_and_no_mark_up() -> None:
    (bloc,) = blocs("Tarif : **10 000 €** {{ x }} <b>")
    assert bloc == blocs("Tarif\u00a0: **10\u00a0000\u00a0€** {{ x }} <b>")[0]


@given(st.lists(st.tuples(st.sampled_from(["", "- ", "  - ", "1. ", "# ", "\n"]), MOTS), max_size=12))
def test_no_word_is_lost_nor_added(lignes: list[tuple[str, str]]) -> None:
    texte = "\n".join(f"{marque}{mot}" for marque, mot in lignes)
    lus = "".join(run.text for run in runs_of(blocs(texte)))
    garde = str.maketrans("", "", " \u00a0\n#-.1")
    assert lus.translate(garde) == texte.translate(garde)


@given(st.text(max_size=200))
def test_any_text_is_read(texte: str) -> None:
    assert all(isinstance(bloc, Paragraph | Heading | BulletList) for bloc in blocs(texte))
