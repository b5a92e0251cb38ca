"""The command line as a user runs it: exit status, French sentences, files made."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from inclusion_desk import __version__
from inclusion_desk.domain.champs import Valeur
from inclusion_desk.domain.money import format_montant
from inclusion_desk.services import desk, edition
from inclusion_desk.services.changes import Changes
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def lancer(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environnement = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(
        [sys.executable, "-m", "inclusion_desk", *arguments],
        check=False, capture_output=True, text=True, env=environnement, cwd=cwd, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def dossier_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("demo") / "demo"
    fait = lancer("demo", str(dossier), "--sans-fenetre")
    assert fait.returncode == 0, fait.stderr
    assert "relu et conforme à la base" in fait.stdout
    assert "captures dans" in fait.stdout
    return dossier


def test_version_and_help_are_french_and_instant() -> None:
    assert lancer("--version").stdout.strip() == __version__
    for commande in ((), ("demo",), ("produire",), ("controler",), ("verifier",)):
        aide = lancer(*commande, "--help")
        assert aide.returncode == 0
        assert aide.stdout.startswith("Utilisation\u00a0:")
        for anglais in ("usage:", "options:", "show this", "positional"):
            assert anglais not in aide.stdout


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("vendre",), "n’est pas un choix connu"),
        (("produire", "roman"), "n’est pas un choix connu"),
        (("controler", "--base", "b"), "il manque --phase"),
        (("demo",), "il manque DOSSIER"),
        (("--couleur",), "n’est pas reconnu"),
        (("controler", "--base"), "attend une valeur"),
    ],
)
def test_bad_usage_is_one_sentence_and_status_2(arguments: tuple[str, ...], phrase: str) -> None:
    fait = lancer(*arguments)
    assert fait.returncode == 2
    assert phrase in fait.stderr
    assert len(fait.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("phase", "phrase"), [("2024/9", "Phases présentes\u00a0: 2024/6"), ("six", "s’écrit année/numéro")]
)
def test_a_refusal_is_one_sentence_and_status_1(demo: Path, phase: str, phrase: str) -> None:
    fait = lancer("controler", "--base", str(demo), "--phase", phase)
    assert fait.returncode == 1
    assert phrase in fait.stderr
    assert "Traceback" not in fait.stderr


def test_the_demo_folder_holds_what_is_promised(dossier_demo: Path) -> None:
    noms = {p.name for p in dossier_demo.iterdir()}
    assert noms == {
        "actes", "base.sqlite", "captures", "classeur-2024-phase-6.xlsx", "rapport-2024-phase-6.pdf",
        "annexes-2024-phase-6.pdf", "annexe-4-2024-phase-6.pdf", "deliberation-2024-587.pdf",
        "dossier-seance-2024-phase-6.pdf", "dossier-interne-2024-phase-6.pdf",
    }  # fmt: skip
    actes = [p.suffix for p in (dossier_demo / "actes").iterdir()]
    assert {suffixe: actes.count(suffixe) for suffixe in actes} == {".pdf": 22, ".docx": 22, ".xlsx": 1, ".zip": 1}
    captures = {p.name for p in (dossier_demo / "captures").iterdir()}
    for onglet in ("structures", "dispositifs", "budget", "propositions", "campagne-dossiers", "seance-vote"):
        assert {f"{onglet}-clair.png", f"{onglet}-sombre.png"} <= captures


def test_every_figure_of_the_budget_is_in_the_workbook(dossier_demo: Path) -> None:
    classeur = load_workbook(dossier_demo / "classeur-2024-phase-6.xlsx", data_only=True)
    lus = {c.value for ligne in classeur["Budget"].iter_rows() for c in ligne}
    nombres = {round(v * 100) for v in lus if isinstance(v, (int, float))}
    attendus = {
        858_945_000, 91_506_773, 71_200_000, 20_306_773, 1_378_948_046, 62_061_211, 9_999_800, 52_061_411,
        13_000_000, 9_050_000, 5_922_000, 3_128_000, 2_250_893_046, 162_617_984, 87_121_800, 75_496_184,
    }  # fmt: skip
    assert attendus <= nombres
    synthese = {c.value for ligne in classeur["Synthèse"].iter_rows() for c in ligne}
    assert {712_000, 99_998, 59_220, 871_218, 4783, 2706, 100, 170, 50, 567_150, 79_850, 65_000} <= synthese


def test_every_printed_figure_is_in_the_extract(dossier_demo: Path) -> None:
    pdf = PdfDocument(dossier_demo / "deliberation-2024-587.pdf")
    texte = " ".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\u00a0", " ")
    pdf.close()
    for cents in (858_945_000, 71_200_000, 1_378_948_046, 9_999_800, 13_000_000, 5_922_000, 87_121_800):
        assert format_montant(cents, symbole=False).replace("\u00a0", " ") in texte
    for fait in ("712 000 €", "99 998 €", "59 220 €", "2024-587", "29 voix", "9 décembre 2024"):
        assert fait in texte


def test_the_demo_may_be_run_again_and_keeps_the_base(dossier_demo: Path) -> None:
    base = (dossier_demo / "base.sqlite").read_bytes()
    fait = lancer("demo", str(dossier_demo), "--sans-fenetre")
    assert fait.returncode == 0, fait.stderr
    assert "conservée" in fait.stdout
    assert (dossier_demo / "base.sqlite").read_bytes() == base


@pytest.mark.parametrize(
    ("nature", "nom", "debut"), [("classeur", "c.xlsx", b"PK"), ("deliberation", "d.pdf", b"%PDF")]
)
def test_produces_one_document(demo: Path, tmp_path: Path, nature: str, nom: str, debut: bytes) -> None:
    fait = lancer("produire", nature, "--base", str(demo), "--phase", "2024/6", "--sortie", nom, cwd=tmp_path)
    assert fait.returncode == 0, fait.stderr
    assert (tmp_path / nom).read_bytes().startswith(debut)


def test_a_document_is_not_produced_where_it_cannot_be(demo: Path, tmp_path: Path) -> None:
    sortie = str(tmp_path / "absent" / "c.xlsx")
    fait = lancer("produire", "classeur", "--base", str(demo), "--phase", "2024/6", "--sortie", sortie)
    assert fait.returncode == 1
    assert "le dossier n’existe pas" in fait.stderr


def test_controls_in_words_and_in_json(demo: Path) -> None:
    mots = lancer("controler", "--base", str(demo), "--phase", "2024/6")
    assert mots.returncode == 0
    assert "10\u00a0constats, dont aucun ne bloque" in mots.stdout
    lus = json.loads(lancer("controler", "--base", str(demo), "--phase", "2024/6", "--json").stdout)
    assert len(lus) == 10
    assert set(lus[0]) == {"code", "gravite", "phrase", "cibles"}


def test_a_blocking_finding_is_status_1(demo: Path) -> None:
    _sql(demo, "UPDATE vote SET nombre = 30 WHERE position = 'pour'")
    fait = lancer("controler", "--base", str(demo), "--phase", "2024/6")
    assert fait.returncode == 1
    assert "Bloquant" in fait.stdout


def test_verify_says_a_sound_base_is_sound_and_a_forged_one_is_not(demo: Path) -> None:
    sain = lancer("verifier", "--base", str(demo))
    assert sain.returncode == 0
    assert "saine" in sain.stdout
    _sql(demo, "UPDATE ligne_budgetaire SET engage = engage - 100 WHERE id = 1")
    force = lancer("verifier", "--base", str(demo))
    assert force.returncode == 1
    assert "le compteur d’engagement" in force.stdout


def _sql(base: Path, ordre: str) -> None:
    connection = sqlite3.connect(base, isolation_level=None)
    connection.execute(ordre)
    connection.close()


def test_the_base_of_the_environment_is_the_default(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inclusion_desk import paths

    assert paths.default_base().endswith("base.sqlite")
    monkeypatch.setenv("INCLUSION_DESK_BASE", str(demo))
    assert paths.default_base() == str(demo)


@pytest.fixture(scope="module")
def adoptee_cli(dossier_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demonstration base, whose acts are prepared; the CCAS de Liévin made known whole."""
    base = tmp_path_factory.mktemp("actes") / "base.sqlite"
    base.write_bytes((dossier_demo / "base.sqlite").read_bytes())
    bureau = desk.ouvrir(base)
    bureau.do(_complete_ccas, "Laurent EXEMPLE")
    bureau.close()
    return base


def _complete_ccas(session: Session, representant: str) -> Changes:
    demande = select(tables.structure.c.id).where(tables.structure.c.nom == "CCAS de Liévin")
    identifiant = int(session.execute(demande).scalar_one())
    valeurs: dict[str, Valeur] = {
        "siret": "99900900400006", "adresse": "45 rue Édouard-Vaillant", "code_postal": "62800", "commune": "Liévin",
        "representant": representant, "qualite": "Président", "date_deliberation": date(2024, 10, 15),
    }  # fmt: skip
    version = read_one(session, tables.structure, identifiant)["version"]
    return edition.update(session, "structures", identifiant, version, valeurs)


@pytest.fixture
def actes(adoptee_cli: Path, tmp_path: Path) -> Path:
    """Give a fresh copy of it."""
    copie = tmp_path / "actes.sqlite"
    copie.write_bytes(adoptee_cli.read_bytes())
    return copie


def produire_actes(base: Path, sortie: str, *options: str, phase: str = "2024/6") -> subprocess.CompletedProcess[str]:
    return lancer(
        "produire", "actes", "--base", str(base), "--phase", phase, "--sortie", sortie, *options, cwd=base.parent
    )  # fmt: skip


def test_produces_the_acts_of_a_phase_in_a_folder(actes: Path) -> None:
    fait = produire_actes(actes, "lot", "--format", "tous")
    assert fait.returncode == 0, fait.stderr
    assert fait.stdout.strip() == "lot\u00a0: 46\u00a0documents dans «\u00a0lot\u00a0»."
    assert fait.stderr == ""
    noms = {p.name for p in (actes.parent / "lot").iterdir()}
    assert len([n for n in noms if n.endswith(".pdf")]) == len([n for n in noms if n.endswith(".docx")]) == 23
    assert {"2024-01213-avenant-1-pas-de-calais-actif.pdf", "2024-00001-convention-ccas-de-lievin.docx"} <= noms
    assert {n for n in noms if n.endswith((".xlsx", ".zip"))} == {"liste-des-actes.xlsx", "actes-lot.zip"}


def test_a_missing_representative_names_its_row_and_leaves_nothing(actes: Path) -> None:
    bureau = desk.ouvrir(actes)
    bureau.do(_complete_ccas, "")
    bureau.close()
    fait = produire_actes(actes, "lot")
    assert fait.returncode == 1
    assert re.fullmatch(
        r"inclusion-desk\u00a0: Ligne \d+ – CCAS de Liévin\u00a0: il manque le nom du représentant\. "
        r"Aucun acte n’a été produit\.",
        fait.stderr.strip(),
    )
    assert fait.stdout == ""
    assert not [p for p in actes.parent.iterdir() if "lot" in p.name]
    suite = produire_actes(actes, "lot", "--poursuivre")
    assert suite.returncode == 1
    assert suite.stdout.strip() == "lot\u00a0: 22\u00a0documents dans «\u00a0lot\u00a0», 1\u00a0acte écarté."
    assert re.fullmatch(r"Ligne \d+ – CCAS de Liévin\u00a0: il manque le nom du représentant\.", suite.stderr.strip())
    assert len(list((actes.parent / "lot").glob("*.pdf"))) == 22


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        (("--format", "xlsx"), "Les actes n’existent pas en XLSX\u00a0: choisissez pdf, docx ou tous."),
        (("--format", "odt"), "n’est pas un choix connu"),
    ],
)
def test_acts_have_no_other_format(actes: Path, options: tuple[str, ...], phrase: str) -> None:
    fait = produire_actes(actes, "lot", *options)
    assert fait.returncode in {1, 2}
    assert phrase in fait.stderr
    assert not (actes.parent / "lot").exists()


def test_a_folder_that_holds_something_is_left_alone(actes: Path) -> None:
    (actes.parent / "lot").mkdir()
    (actes.parent / "lot" / "note.txt").write_text("à garder")
    fait = produire_actes(actes, "lot")
    assert fait.returncode == 1
    assert "«\u00a0lot\u00a0» existe déjà et n’est pas vide\u00a0: choisissez un autre nom." in fait.stderr
    assert [p.read_text() for p in (actes.parent / "lot").iterdir()] == ["à garder"]


def test_the_acts_of_a_phase_not_adopted_are_refused(actes: Path) -> None:
    fait = produire_actes(actes, "lot", "--poursuivre", phase="2025/1")
    assert fait.returncode == 1
    assert "La phase 2025/1 n’est pas adoptée\u00a0: ses actes se font après le vote." in fait.stderr
    assert not (actes.parent / "lot").exists()


def test_all_formats_are_those_of_acts_alone(demo: Path, tmp_path: Path) -> None:
    fait = lancer(
        "produire", "rapport", "--base", str(demo), "--phase", "2024/6", "--sortie", str(tmp_path / "r.pdf"),
        "--format", "tous",
    )  # fmt: skip
    assert fait.returncode == 1
    assert "est celui des actes" in fait.stderr
    assert not (tmp_path / "r.pdf").exists()
