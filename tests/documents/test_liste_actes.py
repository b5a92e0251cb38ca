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

from inclusion_desk.documents.liste_actes import LigneListe, render_liste
from inclusion_desk.domain.actes import Acte
from tests.documents.fabrique_actes import MODELES, acte

QUAND = datetime(2025, 1, 6, 9, 30, 15, 999)  # noqa: DTZ001 - the desk's local time
COLONNES = (
    "N°", "Acte", "Convention", "Avenant", "Structure", "SIRET", "Objet", "Début", "Fin", "Apport (€)",
    "Total de la convention (€)", "Annexes", "Fichier", "Observation",
)  # fmt: skip


def feuille(*lignes: LigneListe, titre: str = "Actes de la phase 6") -> Worksheet:
    return load_workbook(io.BytesIO(render_liste(titre, lignes, QUAND))).worksheets[0]


def rangee(un: Acte, fichiers: tuple[str, ...] = ("a.pdf",), refus: str = "") -> dict[str, Any]:
    (cases,) = feuille(LigneListe(un, fichiers, refus)).iter_rows(min_row=4)
    return dict(zip(COLONNES, cases, strict=True))


def test_the_list_opens_with_its_title_and_its_columns() -> None:
    lue = feuille(LigneListe(acte("5"), ()))
    assert lue["A1"].value == "Actes de la phase 6"
    assert tuple(case.value for case in lue[3]) == COLONNES
    assert lue.freeze_panes == "A4"
    assert lue.auto_filter.ref == "A3:N4"
    assert lue.print_title_rows == "$3:$3"
    assert lue.page_setup.orientation == "landscape"


def test_the_real_avenant_is_a_row_of_real_values() -> None:
    lue = rangee(acte("10"), ("a.pdf", "a.docx"))
    assert {nom: case.value for nom, case in lue.items()} == {
        "N°": 1, "Acte": "Avenant", "Convention": "2024-01213", "Avenant": 1, "Structure": "Pas-de-Calais Actif",
        "SIRET": "186\u00a0200\u00a0093\u00a000083",
        "Objet": "Accompagnement des bénéficiaires du RSA exerçant une activité indépendante",
        "Début": datetime(2023, 7, 1), "Fin": datetime(2025, 12, 31),  # noqa: DTZ001 - days
        "Apport (€)": 79_850, "Total de la convention (€)": pytest.approx(418_076.74), "Annexes": "2",
        "Fichier": "a.pdf\na.docx", "Observation": None,
    }  # fmt: skip
    assert lue["Début"].number_format == "dd/mm/yyyy"
    assert lue["Apport (€)"].number_format == "#,##0.00"
    assert lue["SIRET"].data_type == "s"


def test_a_convention_has_no_avenant_number() -> None:
    lue = rangee(acte("convention"))
    assert (lue["Acte"].value, lue["Avenant"].value) == ("Convention", None)


@pytest.mark.parametrize("modele", MODELES)
def test_each_row_says_the_annexes_of_its_act(modele: str) -> None:
    un = acte(modele)
    assert rangee(un)["Annexes"].value == ", ".join(str(f.annexe) for f in un.fiches)


def test_an_amount_of_nothing_is_nought_and_not_a_blank() -> None:
    assert rangee(acte("5"))["Apport (€)"].value == 0


def test_why_an_act_is_set_aside_is_said_on_its_row() -> None:
    lue = rangee(acte("5"), (), "Il manque le SIRET.")
    assert lue["Observation"].value == "Il manque le SIRET."
    assert lue["Fichier"].value is None or lue["Fichier"].value == ""


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
    assert round(float(lue["Apport (€)"].value) * 100) == cents
    assert round(float(lue["Total de la convention (€)"].value) * 100) == cents + premiere.montant


def test_rows_are_numbered_in_their_order() -> None:
    lue = feuille(*(LigneListe(acte(modele), ()) for modele in MODELES))
    assert [ligne[0].value for ligne in lue.iter_rows(min_row=4)] == list(range(1, len(MODELES) + 1))
    assert lue.auto_filter.ref == f"A3:N{3 + len(MODELES)}"


def test_the_file_says_what_it_is_and_when_it_was_made() -> None:
    classeur = load_workbook(io.BytesIO(render_liste("Actes", [LigneListe(acte("5"), ())], QUAND)))
    proprietes = classeur.properties
    assert (proprietes.creator, proprietes.title, proprietes.language) == ("Inclusion Desk", "Actes", "fr-FR")
    assert proprietes.created == proprietes.modified == QUAND.replace(microsecond=0)
    assert proprietes.created.date() == date(2025, 1, 6)
