"""The dossier de séance: one document, its parts in order, pages numbered through, contents that lead to them."""

from __future__ import annotations

import re
from dataclasses import replace

import page
import pypdfium2
import pytest

from inclusion_desk.documents.pdf import Attachment
from inclusion_desk.documents.textes import render_texte, sections, verify_texte
from inclusion_desk.domain.dossier import DossierSeance, Modele
from tests.fabrique import dossier_du_cas

PARTIES = [
    "Rapport du Président du Conseil départemental",
    "Délibération n° 2024-587",
    "Annexe 1 – Thématique 1",
    "Annexe 2 – Thématique 3",
    "Annexe 3 – Thématique 4",
    "Annexe 4 – Répartition financière",
    *(f"Annexe {n} – Projet d’avenant" for n in range(5, 11)),
]
CLASSEUR = Attachment("classeur.xlsx", "application/octet-stream", "Classeur de la phase", b"PK\x03\x04")


def brouillon() -> DossierSeance:
    dossier = dossier_du_cas()
    acte = replace(dossier.deliberation, numero="", issue=None, votes=(), avis=(), date_signature=None)
    return replace(dossier, deliberation=acte, seance=replace(dossier.seance, jour=None, presences=()))


def test_parts_follow_one_another_and_pages_are_numbered_through() -> None:
    with pypdfium2.PdfDocument(render_texte("dossier-seance", dossier_du_cas(), "pdf")) as lu:
        pages = [" ".join(f.get_textpage().get_text_range().split()) for f in lu]
        signets = [(s.get_title().replace("\u00a0", " "), s.get_dest().get_index()) for s in lu.get_toc(max_depth=1)]
        paysages = [f.get_width() > f.get_height() for f in lu]
    assert [re.search(r"Page (\d+) / (\d+)", p).groups() for p in pages] == [  # type: ignore[union-attr]
        (str(n), str(len(pages))) for n in range(1, len(pages) + 1)
    ]
    titres = [(titre, place) for titre, place in signets if not titre.startswith("Appels")]
    assert [t[: len(p)] for (t, _), p in zip(titres, PARTIES, strict=True)] == PARTIES
    assert [t for t, place in titres if t not in pages[place]] == []
    assert [t for t, place in titres if not re.search(rf"{re.escape(t)}[ .]+{place + 1}\b", pages[0])] == []
    assert {t for (t, place) in titres if paysages[place]} == {
        "Annexe 4 – Répartition financière par structure et par territoire"
    }


def test_each_part_keeps_its_own_footer() -> None:
    pieds = [
        part.footer.split(" – ")[0].replace("\u00a0", " ") for part in sections("dossier-seance", dossier_du_cas())
    ]
    assert pieds == ["Dossier de séance", "Rapport du Président", "Délibération n° 2024-587"] + [
        f"Annexe {n} à la délibération n° 2024-587" for n in range(1, 11)
    ]


@pytest.mark.parametrize("etat", ["vote", "projet"])
def test_the_cover_says_where_the_act_stands(etat: str) -> None:
    dossier = dossier_du_cas() if etat == "vote" else brouillon()
    with pypdfium2.PdfDocument(render_texte("dossier-seance", dossier, "pdf")) as lu:
        garde = " ".join(lu[0].get_textpage().get_text_range().split())
        projets = ["PROJET" in f.get_textpage().get_text_range() for f in lu]
    attendus = {
        "vote": ["Réunion du 9 décembre 2024", "n° 2024-587 Adopté", "7 dispositifs, 23 structures : 871 218 €"],
        "projet": ["Réunion du …", "Dossier de séance PROJET", "Projet de délibération", "871 218 €"],
    }  # fmt: skip
    assert [a for a in attendus[etat] if a not in garde] == []
    assert set(projets) == {etat == "projet"}


def test_the_internal_dossier_says_so_on_its_cover_its_pages_and_in_its_title() -> None:
    mention = "Version interne – ne pas diffuser"
    long = replace(dossier_du_cas(), seance=replace(dossier_du_cas().seance, instance="Commission permanente " * 6))
    for dossier in (dossier_du_cas(), long, replace(dossier_du_cas(), modeles=(Modele("page-de-garde", "# X\n"),))):
        contenu = render_texte("dossier-interne", dossier, "pdf", attachments=(CLASSEUR,))
        verify_texte("dossier-interne", contenu, dossier, "pdf")
        with pypdfium2.PdfDocument(contenu) as lu:
            pages = [" ".join(f.get_textpage().get_text_range().split()) for f in lu]
            assert lu.get_metadata_value("Title").startswith(f"{mention} – Dossier de séance – Appels à projets")
        assert [page.count(mention) for page in pages] == [2] + [1] * (len(pages) - 1)
    assert mention not in " ".join(part.footer for part in sections("dossier-seance", dossier_du_cas()))


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("etat", ["vote", "projet"])
def test_it_can_be_archived_and_heard(profil: str, etat: str) -> None:
    contenu = render_texte("dossier-seance", dossier_du_cas() if etat == "vote" else brouillon(), "pdf")
    rapport = page.validate_pdf_bytes(contenu, profile=profil)
    assert rapport.is_compliant, [echec.message for echec in rapport.failures]


def test_the_internal_variant_carries_the_workbook() -> None:
    dossier = dossier_du_cas()
    contenu = render_texte("dossier-seance", dossier, "pdf", attachments=(CLASSEUR,))
    verify_texte("dossier-seance", contenu, dossier, "pdf")
    with pypdfium2.PdfDocument(contenu) as lu:
        assert lu.get_attachment(0).get_name() == "classeur.xlsx"
    assert page.validate_pdf_bytes(contenu, profile="3a").is_compliant


def test_an_empty_phase_has_its_dossier_too() -> None:
    vide = replace(brouillon(), thematiques=(), budget=(), annexes=(), contexte="")
    contenu = render_texte("dossier-seance", vide, "pdf")
    verify_texte("dossier-seance", contenu, vide, "pdf")
    assert [part.footer.split(" – ")[0].replace("\u00a0", " ") for part in sections("dossier-seance", vide)] == [
        "Dossier de séance", "Rapport du Président", "Projet de délibération", "Annexe 1 au projet de délibération",
    ]  # fmt: skip
