"""The breakdown: every line once, sub-totals that add up, lines of nothing, and thousands of lines."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from inclusion_desk.documents.repartition_tableaux import tableau, tableau_structures, tableau_territoires
from inclusion_desk.documents.textes import render_texte, sections, verify_texte
from inclusion_desk.domain.refus import Refus
from tests.fabrique import avec_lignes, dossier_du_cas, grand_dossier

MONTANT = 6


def test_each_line_is_there_once_between_its_groups_and_its_totals() -> None:
    table = tableau(dossier_du_cas())
    assert len(table.rows) == 27 + 10 + 11
    assert len(table.groups) == 3 + 7
    assert len(table.totals) == 7 + 3 + 1
    assert not table.groups & table.totals
    assert all(not any(table.rows[n][1:]) for n in table.groups)


def test_totals_add_up() -> None:
    dossier = dossier_du_cas()
    for table, colonne in ((tableau(dossier), 6), (tableau_structures(dossier), 5), (tableau_territoires(dossier), 3)):
        lignes = [r for n, r in enumerate(table.rows) if n not in table.totals | table.groups]
        cents = [int(r[colonne].replace("\u00a0", "").replace(",", "")) for r in lignes]
        assert sum(cents) == 87_121_800
        assert table.rows[-1][colonne] == "871\u00a0218,00"


def test_a_line_says_who_what_when_and_from_where() -> None:
    table = tableau(dossier_du_cas())
    (ligne,) = [r for r in table.rows if r[0].startswith("Pas-de-Calais Actif")]
    assert [cell.replace("\u00a0", " ") for cell in ligne] == [
        "Pas-de-Calais Actif\nGroupement d’intérêt public – SIRET 186 200 093 00083",
        "Départemental",
        "Avenant (annexe 10)\nconvention 2024-01213",
        "01/01/2025 au\n31/12/2025",
        "–",
        "1,2",
        "79 850,00",
        "Contrepartie FSE",
        "C02-446A05\n6568/93446",
    ]


def test_an_avenant_cites_the_annexe_where_its_project_is_joined() -> None:
    dossier = dossier_du_cas()
    annexes = tuple(replace(a, numero=a.numero + 7) for a in dossier.annexes if a.modele != "5")
    actes = [row[2] for row in tableau(replace(dossier, annexes=annexes)).rows if row[2]]
    assert actes[0] == "Avenant\nconvention 2024-00901"
    assert actes[4] == "Avenant (annexe\u00a013)\nconvention 2024-00905"


def test_territories_are_in_the_order_of_the_alphabet() -> None:
    dossier = dossier_du_cas()
    noms = ("Zone", "Étaples", "Avion")
    lignes = [replace(ligne, territoire=nom) for ligne, nom in zip(dossier.lignes, noms, strict=False)]
    assert [r[0] for r in tableau_territoires(avec_lignes(dossier, lignes)).rows[:-1]] == ["Avion", "Étaples", "Zone"]


def test_lines_of_nothing_are_legal_and_explained() -> None:
    dossier = dossier_du_cas()
    gratuit = avec_lignes(dossier, [ligne for ligne in dossier.lignes if not ligne.montant])
    contenu = render_texte("annexe-4", gratuit, "pdf")
    verify_texte("annexe-4", contenu, gratuit, "pdf")
    assert tableau_structures(gratuit).rows[0][-1] == "–"


def test_the_breakdown_is_landscape_and_bears_its_number() -> None:
    dossier = dossier_du_cas()
    (page,) = sections("annexe-4", replace(dossier, thematiques=dossier.thematiques[:1]))
    assert page.landscape
    assert page.footer.startswith("Annexe\u00a02 à la délibération")
    (vide,) = sections("annexe-4", replace(dossier, thematiques=()))
    assert "Annexe\u00a01" in vide.footer


def test_two_thousand_lines_are_all_printed() -> None:
    dossier = grand_dossier(2000)
    contenu = render_texte("annexe-4", dossier, "pdf")
    verify_texte("annexe-4", contenu, dossier, "pdf")
    with pypdfium2.PdfDocument(contenu) as lu:
        assert all(feuille.get_width() > feuille.get_height() for feuille in lu)


def test_the_largest_amounts_fit_their_columns() -> None:
    dossier = dossier_du_cas()
    enorme = avec_lignes(dossier, [replace(li, montant=99_999_999_999) for li in dossier.lignes[:3]])
    for nature in ("annexe-4", "annexes"):
        contenu = render_texte(nature, enorme, "pdf")
        verify_texte(nature, contenu, enorme, "pdf")


def test_the_breakdown_of_another_dossier_is_refused() -> None:
    dossier = dossier_du_cas()
    contenu = render_texte("annexe-4", dossier, "pdf")
    lignes = [replace(li, montant=li.montant + (li.structure == "CCAS de Liévin")) for li in dossier.lignes]
    with pytest.raises(Refus, match="65\u00a0000,01"):
        verify_texte("annexe-4", contenu, avec_lignes(dossier, lignes), "pdf")
