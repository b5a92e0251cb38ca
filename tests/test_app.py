"""The command line as a user runs it: exit status, French sentences, files made."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from inclusion_desk import __version__
from inclusion_desk.domain.money import format_montant


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
        "base.sqlite", "captures", "classeur-2024-phase-6.xlsx", "rapport-2024-phase-6.pdf",
        "annexes-2024-phase-6.pdf", "annexe-4-2024-phase-6.pdf", "deliberation-2024-587.pdf",
        "dossier-seance-2024-phase-6.pdf", "dossier-interne-2024-phase-6.pdf",
    }  # fmt: skip
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
    assert "10\u00a0constats, dont 0 qui bloque" in mots.stdout
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
