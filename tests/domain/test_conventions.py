"""Conventions and avenants: their chain, their order, what is checked before they move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.conventions import (
    CLOSES,
    SIGNEES,
    TRANSITIONS_AVENANT,
    TRANSITIONS_CONVENTION,
    AnnexeActe,
    Avenant,
    Convention,
    consolider,
    derniere_signature,
    numero,
)
from inclusion_desk.domain.conventions_regles import (
    check_durees,
    check_fin,
    check_numero,
    check_open_to,
    check_ordre,
    check_rang,
    check_tranche,
    rang_suivant,
)
from inclusion_desk.domain.etats import possibles
from inclusion_desk.domain.identifiants import parse_convention
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.refus import Refus

DEBUT, FIN = date(2024, 1, 1), date(2025, 12, 31)
CONVENTION = Convention(
    1, 1, "2024-00901", 7, "CCAS", "Objet", DEBUT, FIN, "signee", True, DEBUT, date(2024, 2, 1), None, None, "",
)  # fmt: skip
UN = Avenant(1, 1, 1, "2024-00901", "CCAS", 1, "5", "Objet", None, None, "projet", None, None, None, None, "")


def avenant(rang: int, modele: str = "5", **valeurs: object) -> Avenant:
    return replace(UN, id=rang, rang=rang, modele=modele, **valeurs)  # type: ignore[arg-type]


def annexe(numero_annexe: int, rang: int) -> AnnexeActe:
    return AnnexeActe(numero_annexe, f"Annexe {numero_annexe} de l’acte {rang}", 1 if rang else None, rang)


def tranche(rang: int, montant: int) -> Tranche:
    return Tranche(rang, date(2025, 1, 1), FIN, montant)


# The chain


@pytest.mark.parametrize(
    ("modele", "initiales", "attendues"),
    [
        ("5", (2,), {2: 1}),
        ("6", (2,), {2: 1, 3: 1}),
        ("7", (2,), {2: 1, 3: 1}),
        ("8", (2, 3), {2: 1}),
        ("9", (2,), {2: 1}),
        ("10", (2,), {2: 1}),
        ("5", (2, 4), {2: 1, 4: 0}),
        ("6", (2, 3, 5), {2: 1, 3: 1, 5: 0}),
    ],
)
def test_the_annexes_of_a_model_replace_those_of_the_convention(
    modele: str, initiales: tuple[int, ...], attendues: dict[int, int]
) -> None:
    annexes = [annexe(n, 0) for n in initiales] + [annexe(n, 1) for n in MODELES_ACTE[modele].annexes]
    avant, apres = consolider(CONVENTION, [avenant(1, modele)], [], annexes)
    assert {a.numero: a.rang for a in avant.annexes} == dict.fromkeys(initiales, 0)
    assert {a.numero: a.rang for a in apres.annexes} == attendues
    assert [a.numero for a in apres.annexes] == sorted(attendues)


def test_an_avenant_without_a_sheet_leaves_the_annexes_as_they_are() -> None:
    avant, apres = consolider(CONVENTION, [avenant(1, "8")], [tranche(1, 5)], [annexe(2, 0), annexe(3, 0)])
    assert apres.annexes == avant.annexes


def test_the_term_is_the_last_that_an_avenant_gave() -> None:
    siens = [avenant(1, "9", fin=date(2026, 6, 30)), avenant(2), avenant(3, "9", fin=date(2026, 12, 31))]
    termes = [etape.fin for etape in consolider(CONVENTION, siens, [], [])]
    assert termes == [FIN, date(2026, 6, 30), date(2026, 6, 30), date(2026, 12, 31)]
    assert {etape.debut for etape in consolider(CONVENTION, siens, [], [])} == {DEBUT}


montants = st.lists(st.tuples(st.integers(0, 6), st.integers(-(10**9), 10**9)), max_size=30)


@given(faits=montants)
def test_a_convention_comes_to_the_sum_of_what_its_acts_bring(faits: list[tuple[int, int]]) -> None:
    siens = [avenant(rang) for rang in range(1, 7)]
    etapes = consolider(CONVENTION, siens[::-1], [tranche(*fait) for fait in faits], [])
    assert [etape.rang for etape in etapes] == list(range(7))
    for etape in etapes:
        assert etape.montant == sum(montant for rang, montant in faits if rang <= etape.rang)
    assert etapes[-1].montant == sum(montant for _, montant in faits)


@given(
    st.lists(st.sampled_from(["5", "6", "7", "8", "9", "10"]), max_size=6),
    st.sets(st.integers(2, 6), min_size=1, max_size=4),
)
def test_no_two_annexes_in_force_bear_one_number(modeles: list[str], initiales: set[int]) -> None:
    siens = [avenant(rang, modele) for rang, modele in enumerate(modeles, start=1)]
    annexes = [annexe(n, 0) for n in initiales]
    annexes += [annexe(n, a.rang) for a in siens for n in MODELES_ACTE[a.modele].annexes]
    for etape in consolider(CONVENTION, siens, [], annexes):
        numeros = [a.numero for a in etape.annexes]
        assert numeros == sorted(set(numeros))
        assert all(a.rang <= etape.rang for a in etape.annexes)
        if etape.rang:
            assert set(MODELES_ACTE[siens[etape.rang - 1].modele].annexes) <= set(numeros)


@given(st.dates(), st.dates())
def test_an_act_is_signed_the_day_of_the_second_signature(structure: date, departement: date) -> None:
    assert derniere_signature(structure, departement) == max(structure, departement)
    assert derniere_signature(structure, None) is derniere_signature(None, departement) is None


@given(st.integers(2000, 2099), st.integers(1, 99_999))
def test_a_number_is_read_back_as_it_was_written(annee: int, rang: int) -> None:
    assert parse_convention(numero(annee, rang)) == numero(annee, rang)


@given(st.integers(1, 99_998))
def test_numbers_sort_as_they_were_given(rang: int) -> None:
    assert numero(2025, rang) < numero(2025, rang + 1) < numero(2026, 1)


# States


def test_every_state_but_the_ends_leads_somewhere_and_all_are_reached() -> None:
    for etats, transitions, fins in (
        (ETATS_CONVENTION, TRANSITIONS_CONVENTION, {"resiliee"}), (ETATS_AVENANT, TRANSITIONS_AVENANT, {"executoire"}),
    ):  # fmt: skip
        assert {etat for etat in etats if not possibles(transitions, etat)} == fins
        assert {t.vers for t in transitions} == set(etats)
        assert {etat for t in transitions for etat in t.depuis} <= set(etats)


def test_what_gives_up_something_asks_for_a_reason() -> None:
    assert {t.code for t in TRANSITIONS_CONVENTION if t.motive} == {"reprendre", "resilier", "rouvrir"}
    assert {t.code for t in TRANSITIONS_AVENANT if t.motive} == {"reprendre"}


def test_closed_states_are_signed_ones() -> None:
    assert CLOSES < SIGNEES < set(ETATS_CONVENTION)


# Checks


@given(
    st.dates(DEBUT - timedelta(40), FIN + timedelta(40)), st.dates(DEBUT - timedelta(40), FIN + timedelta(40))
)  # fmt: skip
def test_an_amount_lies_within_the_term_of_its_convention(debut: date, fin: date) -> None:
    (etape,) = consolider(CONVENTION, [], [], [])
    if DEBUT <= debut <= fin <= FIN:
        check_tranche(debut, fin, etape)
        return
    with pytest.raises(Refus, match=r"hors de la durée|avant de commencer") as refus:
        check_tranche(debut, fin, etape)
    assert refus.value.champ in {"debut", "fin"}


@pytest.mark.parametrize(
    ("etats", "rang", "code", "phrase"),
    [
        (("projet", "projet"), 1, "envoyer", ""),
        (("projet", "projet"), 2, "envoyer", "n° 1 est encore en projet"),
        (("a_signer", "projet"), 2, "envoyer", ""),
        (("a_signer", "a_signer"), 2, "signer", "n° 1 n’est pas signé"),
        (("executoire", "a_signer"), 2, "signer", ""),
        (("a_signer", "a_signer"), 1, "reprendre", "n° 2 est déjà à la signature"),
        (("a_signer", "projet"), 1, "reprendre", ""),
        (("signee", "signee"), 1, "annuler", "n° 2 est déjà à la signature ou signé"),
        (("signee", "signee"), 2, "annuler", ""),
        (("signee", "signee"), 1, "executer", ""),
    ],
)
def test_avenants_go_out_and_come_back_in_their_order(
    etats: tuple[str, ...], rang: int, code: str, phrase: str
) -> None:
    siens = [avenant(n, etat=etat) for n, etat in enumerate(etats, start=1)]
    if not phrase:
        check_ordre(rang, siens, code)
        return
    with pytest.raises(Refus, match=phrase):
        check_ordre(rang, siens, code)


def test_a_convention_ends_once_its_avenants_are_signed() -> None:
    for code in ("solder", "resilier"):
        check_fin("2024-00901", [avenant(1, etat="signee"), avenant(2, etat="executoire")], code)
        with pytest.raises(Refus, match="n° 2 de la convention 2024-00901 n’est pas signé"):
            check_fin("2024-00901", [avenant(1, etat="signee"), avenant(2)], code)
    check_fin("2024-00901", [], "annuler")
    with pytest.raises(Refus, match="reste signée"):
        check_fin("2024-00901", [avenant(1)], "annuler")


@pytest.mark.parametrize("etat", ETATS_CONVENTION)
def test_only_a_signed_convention_that_is_not_closed_takes_an_avenant(etat: str) -> None:
    if etat in SIGNEES - CLOSES:
        check_open_to(replace(CONVENTION, etat=etat))
        return
    with pytest.raises(Refus, match=ETATS_CONVENTION[etat].lower()) as refus:
        check_open_to(replace(CONVENTION, etat=etat))
    assert refus.value.champ == "convention_id"


@pytest.mark.parametrize(
    ("externe", "saisi", "accepte"),
    [(True, "2024-00001", True), (True, None, False), (False, None, True), (False, "2024-00001", False)],
)
def test_a_number_is_typed_for_paper_only(*, externe: bool, saisi: str | None, accepte: bool) -> None:
    if accepte:
        check_numero({"externe": externe, "numero": saisi})
        return
    with pytest.raises(Refus) as refus:
        check_numero({"externe": externe, "numero": saisi})
    assert refus.value.champ == "numero"


@pytest.mark.parametrize(
    ("rang", "externe", "phrase"),
    [
        (None, False, ""), (None, True, ""), (3, True, ""), (3, False, ""),
        (4, True, "n° 4 laisserait un trou dans la chaîne : enregistrez d’abord le n° 3"),
        (1, True, r"n° 1 à la convention 2024-00901 existe déjà \(signé\) : corrigez-le"),
        (2, True, r"n° 2 à la convention 2024-00901 existe déjà \(projet\) : supprimez-le d’abord"),
        (4, False, "Le numéro est donné par l’outil"),
        (2, False, "Le numéro est donné par l’outil"),
    ],
)  # fmt: skip
def test_the_number_of_an_avenant_follows_whoever_gives_it(*, rang: int | None, externe: bool, phrase: str) -> None:
    siens = [avenant(1, etat="signee"), avenant(2)]
    assert rang_suivant(siens) == 3
    assert rang_suivant([]) == 1
    if not phrase:
        check_rang(rang, siens, externe=externe)
        return
    with pytest.raises(Refus, match=phrase) as refus:
        check_rang(rang, siens, externe=externe)
    assert refus.value.champ == "rang"


@given(st.dates(DEBUT, FIN), st.dates(DEBUT, FIN), st.dates(DEBUT, FIN))
def test_a_term_that_changes_still_holds_the_amounts_of_each_act(debut: date, fin: date, voulue: date) -> None:
    """Amounts are looked at with their own act: a later avenant may shorten what was first signed."""
    siens = [avenant(1, "9", fin=voulue)]
    premiere = Tranche(0, DEBUT, FIN, 100)
    sienne = Tranche(1, min(debut, fin), max(debut, fin), 100)
    etapes = consolider(CONVENTION, siens, [premiere, sienne], [])
    if sienne.fin <= voulue:
        check_durees(etapes)
        return
    with pytest.raises(Refus, match=r"Un montant de l’avenant n° 1.*corrigez d’abord") as refus:
        check_durees(etapes)
    assert refus.value.champ == "fin"


@pytest.mark.parametrize(
    ("valeurs", "champ"), [({"fin": date(2025, 12, 30)}, "fin"), ({"debut": date(2024, 1, 2)}, "debut")]
)
def test_a_shortened_convention_names_the_amount_left_out(valeurs: dict[str, date], champ: str) -> None:
    etapes = consolider(replace(CONVENTION, **valeurs), [], [Tranche(0, DEBUT, FIN, 12_345)], [])  # type: ignore[arg-type]
    with pytest.raises(Refus, match=r"Un montant de la convention .123,45\s€. va du 01/01/2024") as refus:
        check_durees(etapes)
    assert refus.value.champ == champ


def test_an_act_says_where_it_comes_from_and_what_it_amends() -> None:
    assert CONVENTION.origine == "Hors de l’outil"
    assert replace(CONVENTION, externe=False, phase_reference="2024/6").origine == "2024/6"
    assert (replace(UN, externe=True).origine, replace(UN, phase_reference="2024/6").origine) == (
        "Hors de l’outil", "2024/6",
    )  # fmt: skip
    votee = replace(CONVENTION, deliberation_numero="2024-587", deliberation_le=date(2024, 12, 9))
    assert (votee.deliberation, CONVENTION.deliberation) == ("n°\u00a02024-587 du 09/12/2024", "")
    assert CONVENTION.libelle == "2024-00901 – CCAS"
    assert CONVENTION.signee_le == date(2024, 2, 1)
    assert CONVENTION.etat_libelle == "Signée"
    assert (UN.titre, UN.articles, UN.etat_libelle, UN.signee_le) == ("N° 1", "1, 4, 8, 12", "Projet", None)
