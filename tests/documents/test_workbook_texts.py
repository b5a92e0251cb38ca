"""Hostile texts in every field: no formula, no broken file, no wrong total; random phases add up."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from inclusion_desk.documents.workbook import read_totals, render_workbook, verify_workbook
from inclusion_desk.documents.workbook.texts import LONGUEUR_CELLULE, clean, count_lines
from inclusion_desk.domain.constats import Constat, Gravite
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from tests.documents.test_workbook import EDITED
from tests.fabrique import avec_lignes, dossier_du_cas

HOSTILES = {
    "commande": "=cmd|' /C calc'!A0",
    "plus": "+33 3 21 21 62 62",
    "moins": "-2+3",
    "arobase": "@SUM(1+1)",
    "balise": "<b>gras</b>",
    "fermeture": "]]></t></is></c><c><f>1+1</f></c>",
    "esperluette": "Dupont & fils &amp; &#65;",
    "guillemets": '"; DROP TABLE',
    "controles": "a\x00b\x01c\x08d\x0be\x1ff\x7fg\ufffe\uffff",
    "retours": "un\r\ndeux\rtrois\nquatre",
    "echappement": "_x000D_ et _x0041_",
    "demi-paire": "a\ud800b\udfff",
    "long": "x" * 40_000,
    "long emoji": "🧑‍🤝‍🧑" * 9_000,
    "emoji": "👩‍👩‍👧 équipe",
    "droite à gauche": "جمعية \u202etxt\u202c",
    "jokers": "Et si on osait ? *~",
    "nombre": "00123",
    "espaces": "  \u00a0 ",
    "vide": "",
}


def hostile_dossier(texte: str) -> DossierSeance:
    cas = dossier_du_cas()
    lignes = [
        replace(
            ligne, territoire=texte, structure=texte, forme=texte, siret=texte, acte=texte, modele=texte,
            convention_initiale=texte, unite=texte, cofinancement=texte, code_operation=texte or "C", imputation=texte,
        )
        for ligne in cas.lignes
    ]  # fmt: skip
    dossier = avec_lignes(cas, lignes)
    thematique = dossier.thematiques[0]
    operation = replace(thematique.operations[0], numero=texte, intitule=texte, unite=texte, cofinancement=texte)
    total = sum(ligne.montant for ligne in lignes)
    return replace(
        dossier,
        departement=texte,
        titre=texte,
        seance=replace(dossier.seance, instance=texte),
        thematiques=(replace(thematique, intitule=texte, operations=(operation,)),),
        budget=(
            replace(cas.budget[0], code_operation=texte or "C", libelle=texte, imputation=texte, proposition=total),
        ),
    )


@pytest.fixture(params=list(HOSTILES.values()), ids=list(HOSTILES))
def texte(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def hostile_workbook(texte: str) -> bytes:
    constat = Constat(texte, Gravite.BLOQUANT, texte)
    return render_workbook(hostile_dossier(texte), [constat], edited=EDITED)


def test_hostile_texts_never_become_formulas(texte: str) -> None:
    workbook = load_workbook(BytesIO(hostile_workbook(texte)))
    cells = [cell for feuille in workbook for row in feuille.iter_rows() for cell in row]
    formules = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert all(f.startswith(("=SUBTOTAL(9,", "=SUM", "=COUNT", "=IF(", "=ROUND(")) for f in formules)
    assert not any("calc" in formule or "33" in formule.replace("$", "")[:4] for formule in formules)
    debuts = [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in debuts)
    assert bool(debuts) == texte.startswith(("=", "+", "-", "@"))


def test_hostile_texts_open_in_another_reader(texte: str) -> None:
    classeur = CalamineWorkbook.from_filelike(BytesIO(hostile_workbook(texte)))
    assert [len(classeur.get_sheet_by_name(nom).to_python()) > 1 for nom in classeur.sheet_names] == [True] * 6


def test_hostile_texts_change_no_total(texte: str) -> None:
    verify_workbook(hostile_workbook(texte), hostile_dossier(texte))


def test_long_texts_end_with_an_ellipsis() -> None:
    feuille = load_workbook(BytesIO(hostile_workbook("x" * 40_000)))["Annexe 4"]
    assert len(str(feuille["C5"].value)) == LONGUEUR_CELLULE
    assert str(feuille["C5"].value).endswith("x…")


@pytest.mark.parametrize("texte", ["🧑" * 20_000, "a" + "🧑" * 20_000])
def test_long_texts_are_measured_as_spreadsheets_do(texte: str) -> None:
    coupe = clean(texte)
    assert len(coupe.encode("utf-16-le")) // 2 <= LONGUEUR_CELLULE
    assert coupe.endswith("🧑…")


def test_an_escape_typed_by_hand_stays_itself() -> None:
    with zipfile.ZipFile(BytesIO(hostile_workbook("_x000D_"))) as archive:
        assert b"_x005F_x000D_" in archive.read("xl/worksheets/sheet2.xml")


def test_homonyms_keep_their_own_totals() -> None:
    cas = dossier_du_cas()
    lignes = [
        replace(cas.lignes[20], structure="CCAS", structure_id=1, siret="18620009300083", montant=100),
        replace(cas.lignes[21], structure="ccas", structure_id=2, siret=None, montant=230),
        replace(cas.lignes[21], structure="CCAS de Liévin", structure_id=3, siret=None, montant=4),
    ]
    dossier = replace(avec_lignes(cas, lignes), budget=())
    feuille = load_workbook(BytesIO(render_workbook(dossier, (), edited=EDITED)), data_only=True)["Par structure"]
    assert [(row[0].value, row[6].value) for row in feuille.iter_rows(min_row=5)] == [
        ("ccas (réf. 2)", 2.3),
        ("CCAS (SIRET 18620009300083)", 1),
        ("CCAS de Liévin", 0.04),
        ("Total général", 3.34),
    ]


@pytest.mark.parametrize(
    ("texte", "largeur", "lignes"),
    [
        ("", 10, 1),
        ("court", 10, 1),
        ("deux mots", 7, 2),
        ("un\ndeux\n\nquatre", 40, 4),
        ("x" * 100, 12, 9),
        ("mot " + "x" * 25, 12, 4),
    ],
)
def test_wrapped_lines_are_counted(texte: str, largeur: float, lignes: int) -> None:
    assert count_lines(texte, largeur) == lignes


MONTANTS = st.integers(min_value=0, max_value=99_999_999_999)
NOMS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def phases(draw: st.DrawFn) -> DossierSeance:
    """Draw a phase of any shape: thématiques, dispositifs and lines with any amounts and names."""
    cas = dossier_du_cas()
    budget = cas.budget[: draw(st.integers(1, 3))]
    codes = [ligne.code_operation for ligne in budget]
    ligne = st.builds(
        lambda nom, lieu, montant, code: replace(
            cas.lignes[0], structure=nom, structure_id=len(nom), territoire=lieu, montant=montant, code_operation=code
        ),
        NOMS, NOMS, MONTANTS, st.sampled_from(codes),
    )  # fmt: skip
    thematiques = tuple(
        replace(
            cas.thematiques[0],
            operations=tuple(
                replace(cas.operations[0], lignes=tuple(lignes))
                for lignes in draw(st.lists(st.lists(ligne, max_size=4), max_size=3))
            ),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    lignes: list[Ligne] = [li for t in thematiques for li in t.lignes]
    sommes = {code: sum(li.montant for li in lignes if li.code_operation == code) for code in codes}
    return replace(
        cas, thematiques=thematiques, budget=tuple(replace(b, proposition=sommes[b.code_operation]) for b in budget)
    )


@given(dossier=phases())
@settings(max_examples=60)
def test_cached_totals_equal_the_sums(dossier: DossierSeance) -> None:
    content = render_workbook(dossier, (), edited=EDITED)
    verify_workbook(content, dossier)
    totaux = read_totals(content)
    assert totaux.general == sum(totaux.thematiques) == sum(totaux.dispositifs) == totaux.lignes
    assert totaux.general == sum(proposition for proposition, _ in totaux.budget.values())
    workbook = load_workbook(BytesIO(content), data_only=True)
    par_structure, par_territoire = workbook["Par structure"], workbook["Par territoire"]
    *structures, total = [round(float(str(row[6].value or 0)) * 100) for row in par_structure.iter_rows(min_row=5)]
    assert sum(structures) == total == totaux.general
    totaux_lus = [round(float(str(cell.value or 0)) * 100) for cell in list(par_territoire.iter_rows())[-2][2:-1]]
    assert sum(totaux_lus[:-1]) == totaux_lus[-1] == totaux.general
