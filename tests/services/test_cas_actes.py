"""The conventions born before the case, which its avenants amend: their amounts, dates, annexes and payments."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from inclusion_desk.domain.identifiants import parse_convention
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.text import clean_texte
from inclusion_desk.resources import resource
from inclusion_desk.services.cas import lire_cas

PIECES = {"signature": "", "date": "", "bilan_intermediaire": "Bilan intermédiaire", "bilan_final": "Bilan final"}


@cache
def conventions() -> dict[str, dict[str, Any]]:
    lues: list[dict[str, Any]] = json.loads(resource("cas/conventions.json").read_text(encoding="utf-8"))
    return {convention["numero"]: convention for convention in lues}


def amendees() -> dict[str, tuple[str, str]]:
    """Give the structure and the model of the avenant by number of the convention amended."""
    lignes = (p for p in lire_cas()["propositions"] if p["convention_initiale"])
    return {p["convention_initiale"]: (p["structure"], p["modele"]) for p in lignes}


def jour(iso: str) -> date:
    return date.fromisoformat(iso)


NUMEROS = sorted(amendees())


def test_each_convention_that_the_case_amends_is_there_once() -> None:
    assert list(conventions()) == NUMEROS
    assert len(json.loads(resource("cas/conventions.json").read_text(encoding="utf-8"))) == len(NUMEROS)


@pytest.mark.parametrize("numero", NUMEROS)
def test_a_convention_has_its_keys(numero: str) -> None:
    convention = conventions()[numero]
    assert parse_convention(convention["numero"]) == numero
    publiee = ["publiee_le"] if convention["structure"].startswith("exemple") else []  # the real one’s is not known
    assert list(convention) == [
        "numero", "structure", "objet", "debut", "fin", "signee_structure", "signee_departement", *publiee, "tranches",
        "fiches", "annexes", "versements",
    ]  # fmt: skip
    assert not publiee or convention["signee_departement"] < convention["publiee_le"]
    assert {tuple(t) for t in convention["tranches"]} == {("debut", "fin", "montant", "ligne")}
    cles = {tuple(a) for a in convention["annexes"]}
    assert cles <= {("numero", "titre", "dispositif"), ("numero", "titre", "territoire", "dispositif")}
    assert {tuple(v) for v in convention["versements"]} == {
        ("libelle", "part", "montant", "declencheur", "echeance", "piece", "montant_paye", "paye_le")
    }
    assert all(v["piece"] == PIECES[v["declencheur"]] and v["libelle"] for v in convention["versements"])


@pytest.mark.parametrize("numero", NUMEROS)
def test_a_convention_is_that_of_the_structure_that_the_case_names(numero: str) -> None:
    structure, _ = amendees()[numero]
    assert conventions()[numero]["structure"] == structure
    assert structure in {s["cle"] for s in lire_cas()["structures"]}
    objet = conventions()[numero]["objet"]
    assert clean_texte(objet, "L’objet", "objet", maximum=250) == objet
    assert not re.search(r"['\"…]| {2}", objet)


@pytest.mark.parametrize("numero", NUMEROS)
def test_the_annexes_of_a_convention_are_those_that_its_avenant_replaces(numero: str) -> None:
    modele = MODELES_ACTE[amendees()[numero][1]]
    annexes = conventions()[numero]["annexes"]
    assert tuple(a["numero"] for a in annexes) == modele.remplacees
    assert {a["titre"] for a in annexes} == {
        modele.ancien_titre or "Accompagnement des bénéficiaires du RSA exerçant une activité indépendante"
    }


@pytest.mark.parametrize("numero", NUMEROS)
def test_the_dates_of_a_convention_are_in_order(numero: str) -> None:
    convention = conventions()[numero]
    debut, fin = jour(convention["debut"]), jour(convention["fin"])
    signatures = jour(convention["signee_structure"]), jour(convention["signee_departement"])
    assert debut < fin
    assert debut <= signatures[0] <= signatures[1] < jour(lire_cas()["seance"]["jour"])
    assert (jour(convention["tranches"][0]["debut"]), jour(convention["tranches"][-1]["fin"])) == (debut, fin)
    assert all(jour(t["debut"]) <= jour(t["fin"]) for t in convention["tranches"])
    assert all(jour(a["fin"]) < jour(b["debut"]) for a, b in pairwise(convention["tranches"]))


@pytest.mark.parametrize("numero", NUMEROS)
def test_the_payments_add_up_to_the_convention(numero: str) -> None:
    convention = conventions()[numero]
    total = sum(t["montant"] for t in convention["tranches"])
    *parts, solde = convention["versements"]
    assert sum(v["montant"] for v in convention["versements"]) == total
    assert all(v["montant"] == (total * v["part"] + 5_000) // 10_000 for v in parts)
    assert solde["part"] is None
    assert solde["declencheur"] == "bilan_final"
    assert all(v["montant"] > 0 for v in convention["versements"])


@pytest.mark.parametrize("numero", NUMEROS)
def test_a_payment_is_made_whole_and_after_the_signatures(numero: str) -> None:
    convention = conventions()[numero]
    assert convention["versements"][0]["declencheur"] == "signature"
    assert convention["versements"][0]["echeance"] == convention["signee_departement"]
    echeances = [jour(v["echeance"]) for v in convention["versements"]]
    assert echeances == sorted(set(echeances))
    for versement in convention["versements"]:
        assert (versement["montant_paye"] is None) == (versement["paye_le"] is None)
        if versement["paye_le"]:
            assert versement["montant_paye"] == versement["montant"]
            assert jour(versement["echeance"]) <= jour(versement["paye_le"]) < jour(lire_cas()["seance"]["jour"])
            assert jour(versement["paye_le"]).weekday() < 5


def test_conventions_fit_in_what_their_budget_line_had_committed() -> None:
    engage = {b["code_operation"]: b["engage_anterieur"] for b in lire_cas()["budget"]}
    for code, maximum in engage.items():
        assert sum(t["montant"] for c in conventions().values() for t in c["tranches"] if t["ligne"] == code) <= maximum
    assert {t["ligne"] for c in conventions().values() for t in c["tranches"]} <= set(engage)


def test_the_real_convention_says_what_the_case_prints() -> None:
    reelle = conventions()["2024-01213"]
    assert (reelle["structure"], reelle["debut"], reelle["fin"]) == ("pas-de-calais-actif", "2023-07-01", "2025-12-31")
    assert reelle["signee_structure"] == reelle["signee_departement"] == "2024-08-14"
    assert [t["montant"] for t in reelle["tranches"]] == [33_822_674]
    assert [v["montant"] for v in reelle["versements"]] == [14_543_750, 10_823_256, 8_455_668]
    assert all(v["montant_paye"] is None for v in reelle["versements"])


def test_the_plie_conventions_last_one_year() -> None:
    plie = [c for numero, c in conventions().items() if amendees()[numero][1] == "9"]
    assert {(c["debut"], c["fin"]) for c in plie} == {("2024-01-01", "2024-12-31")}
    assert len(plie) == 2
