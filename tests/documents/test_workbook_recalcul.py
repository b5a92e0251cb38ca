"""LibreOffice computes every formula again and finds the stored values, whatever the names."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inclusion_desk.documents.workbook import render_workbook
from inclusion_desk.domain.dossier import DossierSeance
from tests.documents.test_workbook import EDITED
from tests.fabrique import dossier_du_cas

SOFFICE = shutil.which("soffice")
NOMS = (
    "Et si on osait ?", "Et si on osait 2", "a*", "abc", "A~b", "00123", "123", "1E3", "=cmd|' /C calc'!A0", ">5", "<>",
    "CCAS", "ccas", "", "  ", "👩‍👧 équipe", "x" * 400, "VRAI", "1er mai", "Dupont & fils", "<b>", "-2", "Été", "Ete",
)  # fmt: skip

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing recalculates")


def awkward() -> DossierSeance:
    """Give the case with one awkward name per line, for its structure and its territoire."""
    cas = dossier_du_cas()
    noms = iter(NOMS * 2)
    thematiques = tuple(
        replace(
            t,
            operations=tuple(
                replace(
                    o,
                    lignes=tuple(
                        replace(li, structure=(nom := next(noms)), structure_id=100 + NOMS.index(nom), territoire=nom)
                        for li in o.lignes
                    ),
                )
                for o in t.operations
            ),
        )
        for t in cas.thematiques
    )
    return replace(cas, thematiques=thematiques)


def without_values(content: bytes, chemin: Path) -> None:
    """Write the workbook with every stored value of a formula taken out, so that it must be computed."""
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(chemin, "w") as cible:
        for nom in source.namelist():
            cible.writestr(nom, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(nom)))


def values_of(content: bytes) -> dict[tuple[str, str], float | None]:
    calcules = load_workbook(BytesIO(content))
    lus = load_workbook(BytesIO(content), data_only=True)
    return {
        (feuille.title, cell.coordinate): lus[feuille.title][cell.coordinate].value
        for feuille in calcules
        for row in feuille.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("dossier", [dossier_du_cas(), awkward()], ids=["case", "awkward names"])
def test_libreoffice_finds_the_stored_values(dossier: DossierSeance, tmp_path: Path) -> None:
    content = render_workbook(dossier, (), edited=EDITED)
    without_values(content, tmp_path / "classeur.xlsx")
    commande = [
        str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "sortie"),
        str(tmp_path / "classeur.xlsx"),
    ]  # fmt: skip
    subprocess.run(commande, check=True, capture_output=True, timeout=180)
    stockees, recalculees = values_of(content), load_workbook(tmp_path / "sortie" / "classeur.xlsx", data_only=True)
    assert len(stockees) > 100
    ecarts = {
        (nom, adresse): (valeur, recalculees[nom][adresse].value)
        for (nom, adresse), valeur in stockees.items()
        if recalculees[nom][adresse].value != pytest.approx(valeur, abs=1e-6)
    }
    assert not ecarts
