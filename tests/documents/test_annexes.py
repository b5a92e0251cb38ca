"""The annexes of thématiques and the joined texts: one operation after the other, words agreed, users’ texts inert."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.blocks import BulletList, Heading, Paragraph, plain
from inclusion_desk.documents.lecture import read_pdf
from inclusion_desk.documents.textes import render_texte, sections, verify_texte
from inclusion_desk.documents.textes_libres import blocs, parties
from inclusion_desk.domain.deliberations import AnnexeJointe
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from inclusion_desk.domain.figures import INCONNUE
from tests.fabrique import avec_lignes, dossier_du_cas


def lu_de(dossier: DossierSeance, nature: str = "annexes") -> str:
    contenu = render_texte(nature, dossier, "pdf")
    verify_texte(nature, contenu, dossier, "pdf")
    return " ".join(read_pdf(contenu).split())


def test_each_thematique_has_its_section_and_its_footer() -> None:
    pages = sections("annexes", dossier_du_cas())
    assert [" ".join(page.footer.split(" – ")[0].split()) for page in pages] == [
        f"Annexe {n} à la délibération n° 2024-587" for n in (1, 2, 3)
    ]
    assert not any(page.landscape for page in pages)


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        (lambda li: replace(li, acte="convention"), "des conventions avec 8 structures"),
        (lambda li: replace(li, etp=None), "pour 4 783 diagnostics, sans participation"),
        (lambda li: replace(li, montant=100_00), "à hauteur de 800 € au total. "),
        (
            lambda li: replace(li, debut=date(2024, 12, li.structure_id)),
            "entre le 1er décembre 2024 et le 31 décembre 2025 selon les structures",
        ),
    ],
)
def test_an_operation_says_what_its_lines_hold(change: Callable[[Ligne], Ligne], attendu: str) -> None:
    dossier = dossier_du_cas()
    lignes = [change(ligne) for ligne in dossier.operations[0].lignes]
    assert attendu in lu_de(avec_lignes(dossier, lignes))


def test_both_kinds_of_acts_are_named() -> None:
    dossier = dossier_du_cas()
    premiere, *autres = dossier.operations[0].lignes
    lu = lu_de(avec_lignes(dossier, [replace(premiere, acte="convention"), *autres]))
    assert f"une convention avec une structure ({premiere.structure}) et des avenants avec 7 structures" in lu
    assert "Convention et avenants" in lu


def test_an_operation_without_lines_is_said_to_have_none() -> None:
    lu = lu_de(avec_lignes(dossier_du_cas(), []))
    assert "Aucune structure n’est proposée à ce stade." in lu
    assert "0,00" in lu


def test_a_phase_without_anything_still_gives_a_document() -> None:
    assert "Aucun dispositif n’est proposé au titre de cette phase." in lu_de(replace(dossier_du_cas(), thematiques=()))


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "du 1er janvier au 31 décembre 2025"),
        (date(2024, 11, 1), date(2025, 10, 31), "du 1er novembre 2024 au 31 octobre 2025"),
    ],
)
def test_periods_are_said_as_acts_do(debut: date, fin: date, attendu: str) -> None:
    assert mots.periode(debut, fin).replace("\u00a0", " ") == attendu


def test_a_title_begins_small_in_a_sentence_unless_it_is_an_acronym() -> None:
    assert [mots.dans_la_phrase(t) for t in ("Contrepartie FSE", "FSE+", "")] == ["contrepartie FSE", "FSE+", ""]


def test_joined_texts_follow_their_numbers() -> None:
    dossier = dossier_du_cas()
    lu = lu_de(replace(dossier, annexes=tuple(reversed(dossier.annexes))), "annexes-jointes")
    places = [lu.index(f"Annexe {n} – Projet d’avenant") for n in range(5, 11)]
    assert places == sorted(places)
    for fait in (
        "les articles 1, 4, 8 et 12", "les articles 1, 8 et 12", "les articles 1, 3, 4, 8 et 12",
        "les articles 4 et 12", "338 226,74 €", "79 850 €", "418 076,74 €", "145 437,50 €", "108 232,56 €",
        "84 556,68 €", "47 910 €", "31 940 €", "du 1er janvier 2024 au 30 juin 2025",
        "du 1er juillet 2023 au 31 décembre 2025", "« Accompagnement professionnel des BRSA dans le PLIE »",
        "ne comporte aucun article relatif au coût",
    ):  # fmt: skip
        assert fait in lu


def test_a_joined_text_follows_its_figures() -> None:
    dossier = dossier_du_cas()
    jointe = AnnexeJointe(5, "Projet", "Le coût est de {phase.montant}, soit {dispositif-99.montant}.")
    lu = lu_de(replace(dossier, annexes=(jointe,)), "annexes-jointes")
    assert f"Le coût est de 871 218 €, soit {INCONNUE}." in lu


def test_users_write_paragraphs_lists_and_headings() -> None:
    texte = "Un alinéa\nsur deux lignes\n- a\n- b\nsuite\n\n## Premier\n# Titre\n## Sous-titre\n1. **x** {{ y }}"
    rendus = [*blocs(texte, {})]
    assert [type(bloc) for bloc in rendus] == [Paragraph, BulletList, Heading, Heading, Heading, Paragraph]
    assert [bloc.level for bloc in rendus if isinstance(bloc, Heading)] == [2, 2, 3]
    assert isinstance(rendus[1], BulletList)
    assert [plain(item.runs) for item in rendus[1].items] == ["a", "b suite"]
    assert isinstance(rendus[-1], Paragraph)
    assert plain(rendus[-1].runs) == "1. **x** {{ y }}"


def test_headings_are_only_read_where_they_are_asked_for() -> None:
    (partie,) = parties("# pas un titre", {})
    assert (partie.texte, partie.niveau) == ("# pas un titre", 0)
    assert parties(" \n\n \n", {}) == ()


HOSTILES = [
    "ASSOC <b>X", "**x** _y_ `z`", "{{ 7*7 }} {% raw %}", "| a | b |", "1. x", "<img src=/etc/passwd>", "# Titre",
    "~~~ visas", "&amp; &lt;", "[lien](http://x)", "\\(a\\) \\n", "***", "=1+1", "l’œuvre Ÿ",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILES)
def test_hostile_texts_are_printed_as_they_are(hostile: str) -> None:
    dossier = dossier_du_cas()
    lignes = [replace(li, structure=f"structure{hostile}") for li in dossier.operations[2].lignes]
    dossier = avec_lignes(dossier, lignes)
    (thematique,) = dossier.thematiques
    operation = replace(
        thematique.operations[0], intitule=f"inti{hostile}", texte=f"texte {hostile}\n\n- puce{hostile}",
        cofinancement=f"cofi{hostile}",
    )  # fmt: skip
    dossier = replace(
        dossier, thematiques=(replace(thematique, intitule=f"them{hostile}", operations=(operation,)),),
        contexte=f"cont{hostile}", titre=f"titre{hostile}", deliberation=replace(dossier.deliberation, titre=""),
        annexes=(AnnexeJointe(5, f"joint{hostile}", f"corps {hostile}"),),
    )  # fmt: skip
    lu = "".join(lu_de(dossier, "dossier-seance").split())
    attendus = ("structure", "inti", "texte", "puce", "cofi", "them", "cont", "titre", "joint", "corps")
    assert [a for a in attendus if "".join(f"{a}{hostile}".split()) not in lu] == []
