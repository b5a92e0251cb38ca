"""What the import contracts cannot say: no document reads the database, sizes stay small, None is counted right."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from inclusion_desk.services import natures, production
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import dossiers

_EDITION = datetime(2026, 1, 2)  # noqa: DTZ001 - the local time printed
PAQUET = Path("inclusion_desk")
FICHIERS = [p for p in PAQUET.rglob("*.py") if "versions" not in p.parts]


def test_documents_are_made_from_the_dossier_with_the_database_closed_and_gone(bureau: Desk, demo: Path) -> None:
    dossier = bureau.read(dossiers.load, 1)
    bureau.close()
    for reste in demo.parent.glob("base.sqlite*"):
        reste.unlink()
    for nature, document in natures.DOCUMENTS.items():
        for extension in document.formats:
            contenu = production.rendre(nature, dossier, extension, lambda _f, _t: None, _EDITION)
            production.verifier(nature, contenu, dossier, extension)


def test_making_documents_loads_no_database_machinery() -> None:
    programme = (
        "import sys\n"
        "import inclusion_desk.documents.textes_rendu, inclusion_desk.documents.workbook\n"
        "import inclusion_desk.documents.docx\n"
        "sys.exit(any(m.split('.')[0] in {'sqlalchemy', 'sqlite3', 'alembic', 'PySide6'} for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0


def test_the_command_line_starts_without_heavy_machinery() -> None:
    programme = (
        "import sys\n"
        "from inclusion_desk import cli\n"
        "cli.make_parser()\n"
        "lourds = {'sqlalchemy', 'alembic', 'openpyxl', 'reportlab', 'PySide6', 'pikepdf'}\n"
        "sys.exit(bool(lourds & {m.split('.')[0] for m in sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0


@pytest.mark.parametrize("fichier", FICHIERS, ids=str)
def test_sizes(fichier: Path) -> None:
    """No function over 60 lines, no file over 300 (ARCHITECTURE, section 4)."""
    source = fichier.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (noeud.end_lineno or 0) - noeud.lineno < 60, noeud.name


def test_references_to_none_do_not_fall() -> None:
    """PySide6 6.12.0 drops one reference to None a call on Python 3.11, then aborts (RELIABILITY, finding 1)."""
    from PySide6.QtCore import QObject

    objet = QObject()
    avant = sys.getrefcount(None)
    for _ in range(1000):
        objet.setObjectName("x")
    assert sys.getrefcount(None) > avant - 500
