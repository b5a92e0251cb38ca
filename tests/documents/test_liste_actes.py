"""The list of a batch: real dates and amounts, texts that no spreadsheet takes for a formula, one row an act."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inclusion_desk.documents.liste_actes import LigneListe, ligne_faite, ligne_proposee, render_liste
from inclusion_desk.documents.workbook.styles import EUROS
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.money import INSECABLE as NB
from inclusion_desk.domain.preparation import Connus, proposer_actes
from tests.documents.fabrique_actes import MODELES, acte
from tests.fabrique import dossier_du_cas

QUAND = datetime(2025, 1, 6, 9, 30, 15, 999)  # noqa: DTZ001 - the desk's local time
COLONNES = (
    "N°", "Acte", "Convention", "Avenant", "Modèle", "Structure", "SIRET", "Dispositifs", "Objet", "Début", "Fin",
    "Apport", "Total de la convention", "Annexes", "État", "Fichiers", "Observation",
)  # fmt: skip


def feuille(*lignes: LigneListe, titre: str = "Actes de la phase 6") -> Worksheet:
    return load_workbook(io.BytesIO(render_liste(titre, lignes, QUAND))).worksheets[0]


def ligne(un: Acte, fichiers: tuple[str, ...] = ("a.pdf",), refus: str = "", rang: int = 1) -> LigneListe:
    return ligne_faite(rang, un, "Projet", fichiers, refus)


def cases(une: LigneListe) -> dict[str, Any]:
    (lues, _total) = feuille(une).iter_rows(min_row=5)
    return dict(zip(COLONNES, lues, strict=True))


def rangee(un: Acte, fichiers: tuple[str, ...] = ("a.pdf",), refus: str = "") -> dict[str, Any]:
    return cases(ligne(un, fichiers, refus))


def test_the_list_opens_with_its_title_and_its_columns() -> None:
    lue = feuille(ligne(acte("5")), ligne(acte("6"), (), "Il manque le SIRET."))
    assert lue["A1"].value == "Actes de la phase 6"
    assert lue["A2"].value == f"2{NB}actes, dont 1{NB}écarté – édité le 6{NB}janvier{NB}2025 à 9{NB}h{NB}30"
    assert tuple(case.value for case in lue[4]) == COLONNES
    assert lue.freeze_panes == "A5"
    assert lue.auto_filter.ref == "A4:Q6"
    assert lue.print_title_rows == "$4:$4"
    assert lue.page_setup.orientation == "landscape"


def test_the_real_avenant_is_a_row_of_real_values() -> None:
    lue = rangee(acte("10"), ("a.pdf", "a.docx"))
    assert {nom: case.value for nom, case in lue.items()} == {
        "N°": 1, "Acte": "Avenant", "Convention": "2024-01213", "Avenant": 1,
        "Modèle": "10 – ajout à une action en cours, coût par période", "Structure": "Pas-de-Calais Actif",
        "SIRET": f"186{NB}200{NB}093{NB}00083",
        "Dispositifs": acte("10").fiches[0].fiche.dispositif,
        "Objet": "Accompagnement des bénéficiaires du RSA exerçant une activité indépendante",
        "Début": datetime(2023, 7, 1), "Fin": datetime(2025, 12, 31),  # noqa: DTZ001 - days
        "Apport": 79_850, "Total de la convention": pytest.approx(418_076.74), "Annexes": "2", "État": "Projet",
        "Fichiers": "a.pdf\na.docx", "Observation": None,
    }  # fmt: skip
    assert lue["Début"].number_format == "dd/mm/yyyy"
    assert {lue[nom].number_format for nom in ("Apport", "Total de la convention")} == {EUROS}
    assert lue["SIRET"].data_type == "s"


def test_what_the_acts_bring_is_added_up_by_a_formula_that_carries_its_value() -> None:
    lignes = [ligne(acte(modele), rang=n) for n, modele in enumerate(MODELES, start=1)]
    attendu = sum(un.apport for un in lignes)
    octets = render_liste("Actes", lignes, QUAND)
    vive, lue = (load_workbook(io.BytesIO(octets), data_only=valeurs).worksheets[0] for valeurs in (False, True))
    derniere = 4 + len(lignes)
    assert vive.cell(derniere + 1, 1).value == "Total"
    assert vive.cell(derniere + 1, 12).value == f"=SUM(L5:L{derniere})"
    assert round(float(str(lue.cell(derniere + 1, 12).value)) * 100) == attendu > 0
    assert vive.cell(derniere + 1, 12).number_format == EUROS
    assert vive.cell(derniere + 1, 13).value is None, "two acts may be of the same convention"


def test_an_act_set_aside_before_it_is_prepared_has_its_row() -> None:
    dossier = dossier_du_cas()
    proposes = proposer_actes(dossier, Connus((), {}))
    un = next(p for p in proposes if p.structure == "CCAS de Liévin")
    lue = cases(ligne_proposee(un, "Il manque le SIRET."))
    assert {nom: case.value for nom, case in lue.items()} == {
        "N°": un.rang, "Acte": "Convention", "Convention": None, "Avenant": None, "Modèle": None,
        "Structure": "CCAS de Liévin", "SIRET": None, "Dispositifs": "Expérimentation du coaching familial",
        "Objet": "Expérimentation du coaching familial",
        "Début": datetime(2025, 1, 1), "Fin": datetime(2025, 12, 31),  # noqa: DTZ001 - days
        "Apport": 65_000, "Total de la convention": None, "Annexes": None, "État": "À préparer", "Fichiers": None,
        "Observation": "Il manque le SIRET.",
    }  # fmt: skip
    avenant = cases(ligne_proposee(proposes[0], "Elle est résiliée."))
    assert (avenant["Convention"].value, avenant["Modèle"].value) == (
        "2024-00901", "5 – accueil seul, avec article de coût",
    )  # fmt: skip


def test_a_list_without_an_act_has_a_total_of_nothing() -> None:
    lue = load_workbook(io.BytesIO(render_liste("Actes", (), QUAND))).worksheets[0]
    assert (lue["A5"].value, lue["L5"].value) == ("Total", 0)


def test_a_convention_has_no_avenant_number() -> None:
    lue = rangee(acte("convention"))
    assert [lue[nom].value for nom in ("Acte", "Avenant", "Modèle")] == ["Convention", None, None]


@pytest.mark.parametrize("modele", MODELES)
def test_each_row_says_the_annexes_of_its_act(modele: str) -> None:
    un = acte(modele)
    assert rangee(un)["Annexes"].value == ", ".join(str(f.annexe) for f in un.fiches)


def test_an_amount_of_nothing_is_nought_and_not_a_blank() -> None:
    assert rangee(acte("5"))["Apport"].value == 0


def test_why_an_act_is_set_aside_is_said_on_its_row() -> None:
    lue = rangee(acte("5"), (), "Il manque le SIRET.")
    assert lue["Observation"].value == "Il manque le SIRET."
    assert lue["Fichiers"].value is None


@pytest.mark.parametrize("nom", ["=1+1", "+33 1", "-2", "@SOMME(A1)", '=HYPERLINK("http://x")'])
def test_no_name_becomes_a_formula(nom: str) -> None:
    un = acte("5")
    case = rangee(replace(un, beneficiaire=replace(un.beneficiaire, nom=nom)))["Structure"]
    assert case.data_type == "s"
    assert case.quotePrefix
    assert str(case.value).strip() == nom.strip()


@given(nom=st.text(max_size=60), objet=st.text(max_size=200))
@settings(max_examples=40)
def test_whatever_the_texts_the_list_opens(nom: str, objet: str) -> None:
    un = acte("5")
    lue = rangee(replace(un, objet=objet, beneficiaire=replace(un.beneficiaire, nom=nom)))
    assert lue["Structure"].data_type in {"s", "n", "inlineStr"}
    assert lue["Fin"].value == datetime.combine(un.fin, datetime.min.time())


@given(st.integers(-(10**13), 10**13))
@settings(max_examples=40)
def test_amounts_are_to_the_cent(cents: int) -> None:
    un = acte("10")
    (premiere, seconde) = un.tranches
    lue = rangee(replace(un, tranches=(premiere, replace(seconde, montant=cents))))
    assert round(float(lue["Apport"].value) * 100) == cents
    assert round(float(lue["Total de la convention"].value) * 100) == cents + premiere.montant


def test_a_row_bears_the_number_of_its_act_in_the_phase() -> None:
    lue = feuille(*(ligne(acte(modele), rang=2 * n) for n, modele in enumerate(MODELES, start=1)))
    assert [une[0].value for une in lue.iter_rows(min_row=5)] == [*range(2, 2 * len(MODELES) + 1, 2), "Total"]
    assert lue.auto_filter.ref == f"A4:Q{4 + len(MODELES)}"


def test_the_file_says_what_it_is_and_when_it_was_made() -> None:
    classeur = load_workbook(io.BytesIO(render_liste("Actes", [ligne(acte("5"))], QUAND)))
    proprietes = classeur.properties
    assert (proprietes.creator, proprietes.title, proprietes.language) == ("Inclusion Desk", "Actes", "fr-FR")
    assert proprietes.created == proprietes.modified == QUAND.replace(microsecond=0)
    assert proprietes.created.date() == date(2025, 1, 6)
