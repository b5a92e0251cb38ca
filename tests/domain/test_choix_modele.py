"""The model of an avenant from its facts: one table after the case, what the lines decide, what is to be checked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.choix_modele import (
    Faits,
    dire_faits,
    possibles,
    proposer,
    regle_du_titre,
    reserve,
)
from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.modeles_actes import MODELES_ACTE

ACCUEIL, DOUBLE, EQUILIBRE = ("accueil",), ("accueil", "equilibre"), ("equilibre",)
SEUL, DEUX = {2: "accueil"}, {2: "accueil", 3: "accueil"}
DU_CAS = {
    "5": Faits(ACCUEIL, 0, annexes=SEUL),
    "6": Faits(DOUBLE, 6_916_500, annexes=SEUL),
    "7": Faits(DOUBLE, 0, annexes=SEUL),
    "8": Faits(EQUILIBRE, 5_072_100, annexes=DEUX),
    "9": Faits(EQUILIBRE, 4_611_000, prolonge=True, annexes={2: "equilibre"}),
    "10": Faits(("independants",), 7_985_000, annexes={2: "independants"}),
}
"""The facts of one act of the case by its model; those of 7 bring money too, and 6 would then fit."""


@pytest.mark.parametrize("code", DU_CAS)
def test_the_facts_of_the_case_call_for_its_model(code: str) -> None:
    assert proposer(DU_CAS[code], []) == code
    assert proposer(DU_CAS[code], [code]) == code
    assert possibles(DU_CAS[code])[0] == code
    assert reserve(DU_CAS[code], [code], code) == ""


@pytest.mark.parametrize(
    ("faits", "permis"),
    [
        (Faits(DOUBLE, 1, annexes=SEUL), ("6", "7")),
        (Faits(("equilibre", "accueil"), 1, annexes=SEUL), ("6", "7")),
        (Faits(ACCUEIL, 1, annexes=SEUL), ("5", "10")),
        (Faits(ACCUEIL, 0, annexes={2: "equilibre"}), ()),
        (Faits(DOUBLE, 1, annexes={2: "independants"}), ()),
        (Faits(EQUILIBRE, 1, annexes=SEUL), ()),
        (Faits(EQUILIBRE, 0, annexes={2: "equilibre"}), ()),
        (Faits(EQUILIBRE, 1, annexes={2: "equilibre"}), ("10",)),
        (Faits(EQUILIBRE, 1, annexes={2: ""}), ("10",)),
        (Faits(EQUILIBRE, 1, annexes={2: "", 3: ""}), ("8",)),
        (Faits(EQUILIBRE, 1, annexes={2: "equilibre", 3: "equilibre"}), ()),
        (Faits(EQUILIBRE, 1), ("8", "10")),
        (Faits(EQUILIBRE, 0), ("8",)),
        (Faits(("independants",), 0), ()),
        (Faits(("accueil", "equilibre", "independants"), 1), ()),
        (Faits(("",), 1), ()),
        (Faits((), 1), ()),
        (Faits(("",), 1, prolonge=True), ("9",)),
        (Faits(ACCUEIL, 0, prolonge=True, annexes=SEUL), ("9",)),
    ],
)
def test_facts_allow_some_models_and_no_other(faits: Faits, permis: tuple[str, ...]) -> None:
    assert possibles(faits) == permis


def test_where_two_models_fit_the_lines_decide() -> None:
    deux = DU_CAS["6"]
    assert [proposer(deux, codes) for codes in (["6"], ["7"], ["7", None], ["6", "7"], [], [None], ["8"])] == [
        "6", "7", "7", "6", "6", "6", "6",
    ]  # fmt: skip


def test_a_code_that_the_facts_rule_out_gives_way_and_is_told() -> None:
    """Code 8 on an accueil alone was taken without a word."""
    faits = DU_CAS["5"]
    assert proposer(faits, ["8"]) == "5"
    assert reserve(faits, ["8"], "5") == (
        "La ligne votée porte « 8 – équilibré seul, sans article de coût » ; les faits (fiche d’accueil seule, sans "
        "apport, convention avec annexe 2 d’accueil) appellent « 5 – accueil seul, avec article de coût »."
    )
    assert reserve(faits, ["8"], "8") == (
        "Ce modèle ne correspond pas aux faits (fiche d’accueil seule, sans apport, convention avec annexe 2 "
        "d’accueil) : prenez « 5 – accueil seul, avec article de coût »."
    )


def test_without_a_code_what_would_fit_too_is_told() -> None:
    assert reserve(DU_CAS["6"], [None], "6") == (
        "Proposé d’après les faits (fiches d’accueil et d’accompagnement, avec apport, convention avec annexe 2 "
        "d’accueil), qui permettent aussi « 7 – équilibré et accueil, sans article de coût »."
    )
    assert reserve(DU_CAS["5"], [None], "5") == ""


def test_what_is_not_known_rules_nothing_out() -> None:
    inconnue = Faits(EQUILIBRE, 1, amendee=False)
    assert proposer(inconnue, ["9"]) == "9"
    assert proposer(inconnue, []) == "8"
    sans_fiche = Faits(("", "equilibre"), 1)
    assert proposer(sans_fiche, ["6"]) == "6"
    assert proposer(sans_fiche, []) == ""
    assert reserve(inconnue, ["9"], "9") == reserve(sans_fiche, ["6"], "6") == ""


def test_facts_that_no_model_fits_leave_the_one_named_and_say_so() -> None:
    faits = Faits(("independants",), 0, annexes={2: "independants"})
    assert proposer(faits, []) == ""
    assert proposer(faits, ["10"]) == "10"
    assert reserve(faits, ["10"], "10").startswith("Aucun modèle ne correspond aux faits (fiche d’activité")
    assert reserve(faits, [], "") == ""


def test_ten_comes_after_nine() -> None:
    """Compared as texts, « 9 » is greater than « 10 »."""
    assert proposer(Faits(("independants",), 0), ["9", "10"]) == "10"


fiches = st.lists(st.sampled_from(["accueil", "equilibre", "independants", ""]), max_size=3).map(tuple)
annexes = st.dictionaries(st.integers(2, 4), st.sampled_from(["accueil", "equilibre", "independants", ""]), max_size=3)
faits = st.builds(Faits, fiches, st.integers(0, 10**9), st.booleans(), annexes, st.booleans())
codes = st.lists(st.sampled_from([*MODELES_AVENANT, None, "4"]), max_size=4)


@given(faits, codes, st.randoms())
def test_a_proposition_is_allowed_or_named_and_no_order_changes_it(
    connus: Faits, nommes: list[str | None], hasard: object
) -> None:
    propose = proposer(connus, nommes)
    assert propose in {"", *possibles(connus), *(n for n in nommes if n)}
    if connus.connus and possibles(connus):
        assert propose in possibles(connus)
    if connus.prolonge and connus.connus:
        assert MODELES_ACTE[propose].duree
    melanges = list(nommes)
    hasard.shuffle(melanges)  # type: ignore[attr-defined]
    assert proposer(connus, melanges) == propose
    assert proposer(replace(connus, suivis=connus.suivis[::-1]), nommes) == propose


@given(faits, codes, st.sampled_from(list(MODELES_AVENANT)))
def test_what_is_to_be_checked_is_a_sentence(connus: Faits, nommes: list[str | None], modele: str) -> None:
    dit = reserve(connus, nommes, modele)
    assert not dit or (dit[0].isupper() and dit.endswith(".") and dire_faits(connus) in dit)


@pytest.mark.parametrize(
    ("titre", "regle"),
    [
        ("Dynamisation des parcours : accueil et accompagnement des BRSA", "accueil"),
        ("ACCUEIL DES BRSA", "accueil"),
        ("Bénéficiaires du RSA exerçant une activité indépendante", "independants"),
        ("Accompagnement professionnel des BRSA dans le PLIE", ""),
        ("", ""),
    ],
)
def test_the_title_of_a_sheet_on_paper_tells_its_rule_or_nothing(titre: str, regle: str) -> None:
    assert regle_du_titre(titre) == regle
