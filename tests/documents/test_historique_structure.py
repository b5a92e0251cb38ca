"""The history of a structure on paper: archivable, heard by all, the same on the same day, hostile names kept inert."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO

import docx
import page
import pypdfium2
import pytest

from inclusion_desk.documents.historique_structure import Format, render, sections, verify
from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.historique_structure import (
    ConventionHistorique,
    HistoriqueStructure,
    LigneHistorique,
)
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.structures import Structure
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi

JOUR = date(2026, 7, 10)
RENDUS: tuple[Format, ...] = ("pdf", "docx")


def une_ligne(montant: int, annee: int = 2024, etat: str = "adoptee") -> LigneHistorique:
    return LigneHistorique(
        1, annee, 6, etat, "2024-587", "3.14 – Actions d’insertion innovantes", "Calaisis", montant, 40, "personne",
        None, date(2024, 11, 1), date(2025, 11, 30), "convention", "2024-00003", None, "projet",
    )  # fmt: skip


def une_convention() -> ConventionHistorique:
    debut, fin, signee = date(2024, 1, 1), date(2025, 12, 31), date(2024, 2, 29)
    convention = Convention(
        7, 1, "2024-00905", 5, "La Passerelle", "Accueil des bénéficiaires du RSA", debut, fin, "signee", True,
        signee, signee, None, None, "", montant=18_648_000,
    )  # fmt: skip
    avenant = Avenant(
        1, 1, 7, "2024-00905", "La Passerelle", 1, "6", "Accueil et accompagnement", None, None, "projet", None, None,
        None, 1, "", montant=6_916_500,
    )  # fmt: skip
    paye = VersementSuivi(
        1, 1, 7, 1, "Avance", 4000, 7_459_200, "signature", signee, "", 7_459_200, date(2024, 3, 27),
        acte_etat="signee", jour=JOUR,
    )  # fmt: skip
    solde = VersementSuivi(
        2, 1, 7, 2, "Solde", None, 11_188_800, "date", date(2026, 5, 1), acte_etat="signee", jour=JOUR
    )
    versements = (paye, solde)
    bilans = (BilanSuivi(1, 1, 7, "final", debut, fin, date(2026, 3, 31), convention_numero="2024-00905", jour=JOUR),)
    tranches = (Tranche(0, debut, fin, 18_648_000), Tranche(1, date(2025, 1, 1), fin, 6_916_500))
    return ConventionHistorique(convention, (avenant,), versements, bilans, tranches)


def un_historique(
    *lignes: LigneHistorique, nom: str = "La Passerelle", forme: str = "association"
) -> HistoriqueStructure:
    structure = Structure(
        5, 1, nom, forme, "18620009300083", "W629000005", "5 rue de l’Exemple", "62100", "Calais", "Camille EXEMPLE",
        "Présidente", date(2024, 6, 16), engagement_republicain=True,
    )  # fmt: skip
    lues = lignes or (une_ligne(4_117_500), une_ligne(3_000_000, 2025, "preparation"))
    direction = "Direction des Politiques d’Inclusion Durable"
    return HistoriqueStructure(JOUR, structure, "Pas-de-Calais", direction, lues, (une_convention(),))


def texte(contenu: bytes) -> str:
    with pypdfium2.PdfDocument(contenu) as lu:
        return " ".join(" ".join(feuille.get_textpage().get_text_range().split()) for feuille in lu)


def mots(contenu: bytes) -> str:
    document = docx.Document(BytesIO(contenu))
    cases = [case.text for table in document.tables for rangee in table.rows for case in rangee.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cases])


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("faire", [un_historique, partial(un_historique, forme="gip")])
def test_the_document_can_be_archived_and_heard(profil: str, faire: Callable[[], HistoriqueStructure]) -> None:
    rapport = page.validate_pdf_bytes(render(faire(), "pdf"), profile=profil)
    assert rapport.is_compliant, [faute.message for faute in rapport.failures]


@pytest.mark.parametrize("format_", RENDUS)
def test_a_day_gives_its_bytes_and_no_other(format_: Format) -> None:
    lu = un_historique()
    assert render(lu, format_) == render(lu, format_)
    assert render(lu, format_) != render(replace(lu, jour=date(2026, 7, 11)), format_)


@pytest.mark.parametrize("format_", RENDUS)
def test_everything_is_read_back(format_: Format) -> None:
    lu = un_historique()
    contenu = render(lu, format_)
    verify(contenu, lu, format_)
    lisible = (texte(contenu) if format_ == "pdf" else mots(contenu)).replace("\u00a0", " ")
    for attendu in (
        "Historique de la structure", "186 200 093 00083", "Camille EXEMPLE, Présidente", "Délibération du 16/06/2024",
        "Convention 2024-00905", "255 645,00", "En retard de 101 jours", "41 175,00", "Convention obligatoire",
        "Situation au 10 juillet 2026", "93 367,55", "93 112,45", "162 277,45", "au prorata des jours",
    ):  # fmt: skip
        assert attendu in lisible, attendu


@pytest.mark.parametrize("format_", RENDUS)
def test_the_document_of_another_history_is_refused(format_: Format) -> None:
    lu = un_historique()
    autre = un_historique(une_ligne(4_117_501), une_ligne(3_000_000, 2025, "preparation"))
    with pytest.raises(Refus, match="41\u00a0175,01"):
        verify(render(lu, format_), autre, format_)


def test_the_rule_of_the_threshold_is_printed_for_private_bodies_alone() -> None:
    assert "2000-321" in texte(render(un_historique(), "pdf"))
    assert "2000-321" not in texte(render(un_historique(forme="gip"), "pdf"))


def test_a_structure_without_anything_still_has_its_page() -> None:
    vide = replace(un_historique(), lignes=(), conventions=())
    contenu = render(vide, "pdf")
    verify(contenu, vide, "pdf")
    for phrase in ("Aucune ligne n’a été proposée", "Aucune convention", "Aucun versement", "Aucun bilan"):
        assert phrase in texte(contenu)


def test_hostile_names_stay_names() -> None:
    lu = un_historique(nom="ASSOC <b>X & Cie</b> {{ 7*7 }} =1+1")
    contenu = render(lu, "pdf")
    assert "ASSOC <b>X & Cie</b> {{ 7*7 }} =1+1" in texte(contenu)
    assert page.is_pdf_compliant_bytes(contenu, profile="ua1")
    verify(render(lu, "docx"), lu, "docx")


def test_twenty_years_of_lines_keep_their_headings_with_their_rows() -> None:
    lignes = [une_ligne(100_000 + n, 2005 + n // 12) for n in range(240)]
    lu = un_historique(*lignes)
    contenu = render(lu, "pdf")
    verify(contenu, lu, "pdf")
    with pypdfium2.PdfDocument(contenu) as document:
        feuilles = [" ".join(f.get_textpage().get_text_range().split()) for f in document]
    assert all(f"Campagne {annee} Phase et délibération" in " ".join(feuilles) for annee in range(2005, 2025))
    assert not any(feuille.split(" Historique de la structure")[0].endswith("Campagne 2010") for feuille in feuilles)


def test_the_pages_are_landscape_and_say_what_they_are_at_the_foot() -> None:
    (section,) = sections(un_historique())
    assert section.landscape
    assert section.footer.replace("\u00a0", " ") == (
        "Historique de la structure La Passerelle – situation au 10 juillet 2026"
    )


def test_making_it_can_be_interrupted() -> None:
    def arreter(_fait: int, _total: int) -> None:
        raise Refus("Arrêt")

    with pytest.raises(Refus, match="Arrêt"):
        render(un_historique(), "pdf", arreter)
