"""Conventions and avenants as files: pages counted, archived, read back, and every fact of annexe 10 in its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

import page
import pypdfium2
import pytest

from inclusion_desk.documents.actes import expected, render_acte, sections, verify_acte
from inclusion_desk.documents.actes_rendu import count_pages
from inclusion_desk.documents.lecture import read_docx, read_pdf
from inclusion_desk.domain.actes import Acte, Autorisation
from inclusion_desk.domain.refus import Refus
from tests.documents.fabrique_actes import MODELES, acte

FORMATS: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx")
FAITS = [
    # the parties (l.2925-2945)
    "Pôle Solidarités", "Direction des Politiques d’Inclusion Durable", "Département du Pas-de-Calais",
    "Hôtel du Département, rue Ferdinand Buisson, 62018 Arras Cedex 9", "Jean-Claude LEROY", "Pas-de-Calais Actif",
    "groupement d’intérêt public", "23 rue du 11 Novembre, 62300 Lens", "186 200 093 00083",
    "Françoise VASSEUR", "Présidente", "dûment habilitée par la délibération du 1er octobre 2021",
    # what it follows (l.2950-2971)
    "Avenant n° 1 à la convention n° 2024-01213", "signée le 14 août 2024", "délibération n° 2024-587",
    "Commission permanente du 9 décembre 2024", "les articles 4 et 12",
    "Accompagnement des bénéficiaires du RSA exerçant une activité indépendante",
    # the articles (l.2973-3009)
    "Article 1 – Objet de l’avenant", "Article 2 – Coût de l’opération", "Article 3 – Annexes",
    "Article 4 – Autres dispositions", "338 226,74 €", "79 850 €", "418 076,74 €",
    "du 1er juillet 2023 au 31 décembre 2025", "du 1er janvier au 31 décembre 2025",
    "l’organisme respecte les clauses de la convention", "n’est pas supérieur au coût de l’action",
    "les documents de bilan sont remis dans les délais", "Fait en deux exemplaires originaux",
    "Le présent document comprend 6 pages",
    # the signatures (l.3013-3049)
    "À Arras, le", "et par délégation", "La Directrice des Politiques d’Inclusion Durable", "Sabine DESPIERRE",
    "La Présidente", "(signature et cachet)",
    # the sheet (l.3056-3306)
    "Annexe 2 – Accompagnement des bénéficiaires du RSA ayant une activité indépendante",
    "Du 1er juillet 2023 au 31 décembre 2025", "338 226,74 € + 79 850 €", "1,2 ETP", "jeunes de moins de 26 ans",
    "SARL, SA, EURL, SNC, SCP", "SASU", "Conseil régional", "CERP", "3 mois", "3 entretiens", "18 mois", "6 mois",
    "21 mois", "SLAI", "Arrageois, Audomarois, Boulonnais, Calaisis, Montreuillois/Ternois", "30 %", "40 %", "FSE+",
    "FTJ", "Artois, Hénin-Carvin et Lens-Liévin", "MDFSE+", "145 437,50 €", "108 232,56 €", "84 556,68 €",
    "47 910 € (60 %)", "31 940 € (40 %)", "C02-446A05", "3 mois après la fin effective de la convention",
    "1. Nombre de bénéficiaires orientés", "7. Nombre d’entrepreneurs sortis du RSA",
]  # fmt: skip


@cache
def pdf(modele: str) -> bytes:
    return render_acte(acte(modele), "pdf")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("modele", MODELES)
def test_every_act_is_made_and_read_back_in_both_formats(modele: str, format_: Literal["pdf", "docx"]) -> None:
    un = acte(modele)
    contenu = render_acte(un, format_)
    verify_acte(contenu, un, format_)
    assert render_acte(un, format_) == contenu


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("modele", MODELES)
def test_every_pdf_can_be_archived_and_heard(modele: str, profil: str) -> None:
    rapport = page.validate_pdf_bytes(pdf(modele), profile=profil)
    assert rapport.is_compliant, [echec.message for echec in rapport.failures]


@pytest.mark.parametrize("modele", MODELES)
def test_the_number_of_pages_stated_is_the_number_there_is(modele: str) -> None:
    dit = re.findall(r"Le présent document comprend (\d+) pages, annexes? comprises?\.", plat(read_pdf(pdf(modele))))
    with pypdfium2.PdfDocument(pdf(modele)) as lu:
        assert dit == [str(len(lu))]
    assert count_pages(sections(acte(modele))) == int(dit[0])


def test_a_number_of_pages_that_stating_it_would_change_is_left_unsaid() -> None:
    # Each statement makes the text one page longer or shorter.
    modele = "{% if pages == '1\u00a0page' %}\na\n\n---\n\nb {{ pages }}\n{% else %}\na {{ pages }}\n{% endif %}\n"
    un = replace(acte("10"), fiches=())
    assert "page" not in plat(read_pdf(render_acte(un, "pdf", modele=modele))).replace("Page", "")


def test_a_file_that_is_edited_lets_its_footer_count_the_pages() -> None:
    assert "Le présent document comprend" not in plat(read_docx(render_acte(acte("10"), "docx")))


def test_each_sheet_begins_a_page() -> None:
    with pypdfium2.PdfDocument(pdf("6")) as lu:
        debuts = [plat(feuille.get_textpage().get_text_range())[:12] for feuille in lu]
    assert [debut for debut in debuts if re.match(r"Annexe \d –", debut)] == ["Annexe 2 – D", "Annexe 3 – A"]


@pytest.mark.parametrize("fait", FAITS)
def test_every_fact_of_annexe_10_is_printed(fait: str) -> None:
    assert fait in plat(read_pdf(pdf("10")))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("modele", ["6", "9", "10", "convention"])
def test_an_altered_amount_is_caught(modele: str, format_: Literal["pdf", "docx"]) -> None:
    un = acte(modele)
    contenu = pdf(modele) if format_ == "pdf" else render_acte(un, format_)
    for autre in alterations(un):
        with pytest.raises(Refus, match=r"ne porte pas|au lieu de"):
            verify_acte(contenu, autre, format_)


def alterations(un: Acte) -> list[Acte]:
    """Give the same act with one cent more, another sheet cost, other dates and numbers."""
    premiere, *autres = un.tranches
    fiche, *suivantes = un.fiches
    return [
        replace(un, tranches=(replace(premiere, montant=premiere.montant + 1), *autres)),
        replace(un, fiches=(replace(fiche, montants=(*fiche.montants, 1)), *suivantes)),
        replace(un, fiches=(replace(fiche, fin=date(2027, 12, 31)), *suivantes)),
        replace(un, numero="2024-99999"),
        replace(un, autorisation=Autorisation("2024-587", "Commission permanente", date(2024, 12, 10))),
        replace(un, beneficiaire=replace(un.beneficiaire, siret="35600000000048")),
    ]


def test_a_template_that_forgets_an_amount_is_caught() -> None:
    un = acte("10")
    modele = "{{ numero }} {{ organisme.siret }} {{ departement.deliberation }} {{ convention.signee_le }}\n"
    with pytest.raises(Refus, match="ne porte pas"):
        verify_acte(render_acte(un, "pdf", modele=modele), un, "pdf", modele=modele)


def test_what_is_expected_counts_each_amount_as_often_as_it_must_be() -> None:
    attendus = Counter(expected(acte("10")))
    assert attendus["79\u00a0850\u00a0€"] == 2
    assert attendus["418\u00a0076,74\u00a0€"] == attendus["145\u00a0437,50"] == 1
    assert attendus["14\u00a0août\u00a02024"] == attendus["2024-01213"] == 1


def test_progress_is_told_page_by_page() -> None:
    vus: list[tuple[int, int]] = []
    render_acte(acte("8"), "pdf", progress=lambda fait, tout: vus.append((fait, tout)))
    assert [fait for fait, _ in vus] == list(range(1, vus[0][1] + 1))


def plat(texte: str) -> str:
    return " ".join(texte.replace("\u00a0", " ").split())
