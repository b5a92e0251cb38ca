"""What is read back from the bytes, and what is refused."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from inclusion_desk.documents.workbook import Totaux, read_totals, render_workbook, verify_workbook
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import Refus
from tests.documents.test_workbook import EDITED, parts, render
from tests.fabrique import dossier_du_cas, grand_dossier


@pytest.fixture(scope="module")
def cas() -> DossierSeance:
    return dossier_du_cas()


@pytest.fixture(scope="module")
def content(cas: DossierSeance) -> bytes:
    return render(cas)


def test_totals_are_read_back(content: bytes) -> None:
    assert read_totals(content) == Totaux(
        general=87_121_800,
        annexe=87_121_800,
        lignes=87_121_800,
        thematiques=(71_200_000, 9_999_800, 5_922_000),
        dispositifs=(0, 56_715_000, 7_985_000, 6_500_000, 3_000_000, 6_999_800, 5_922_000),
        budget={
            "C02-446A05": (71_200_000, 20_306_773),
            "C01-444H02": (9_999_800, 52_061_411),
            "C02-428C01": (5_922_000, 3_128_000),
        },
    )


def test_the_case_is_verified(content: bytes, cas: DossierSeance) -> None:
    verify_workbook(content, cas)


def tampered(content: bytes, part: int, avant: str, apres: str) -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom, xml in parts(content):
            if nom == f"xl/worksheets/sheet{part}.xml":
                change, combien = re.subn(avant, apres, xml.decode(), count=1)
                assert combien == 1
                archive.writestr(nom, change)
            else:
                archive.writestr(nom, xml)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("part", "avant", "apres", "dit"),
    [
        (1, "<v>871218</v>", "<v>871219</v>", "le total général y est de 871 219,00 €"),
        (1, "<v>99998</v>", "<v>99999</v>", "la thématique 3"),
        (1, "<v>65000</v>", "<v>65001</v>", "Expérimentation du coaching familial"),
        (2, "<v>79850</v>", "<v>79850.01</v>", "la somme des lignes de l’annexe 4"),
        (2, "<v>871218</v>", "<v>871217.99</v>", "le total de l’annexe 4"),
        (5, "<v>59220</v>", "<v>59221</v>", "la proposition de la ligne C02-428C01"),
        (5, "<v>31280</v>", "<v>31279</v>", "le solde de la ligne C02-428C01"),
        (5, "<v>31280</v>", "<v></v>", "ne peut pas être relu"),
        (5, ">C02-428C01<", ">C02-428C02<", "la proposition de la ligne C02-428C01 y est de rien"),
    ],
)  # fmt: skip
def test_a_tampered_workbook_is_refused(
    content: bytes, cas: DossierSeance, part: int, avant: str, apres: str, dit: str
) -> None:
    with pytest.raises(Refus) as refus:
        verify_workbook(tampered(content, part, avant, apres), cas)
    assert dit in str(refus.value).replace("\u00a0", " ")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", b"\x00" * 4096])
def test_bytes_that_are_no_workbook_are_refused(content: bytes, cas: DossierSeance) -> None:
    with pytest.raises(Refus, match="ne peut pas être relu"):
        verify_workbook(content, cas)


def test_a_workbook_saved_without_values_is_refused(content: bytes, cas: DossierSeance) -> None:
    sortie = BytesIO()
    load_workbook(BytesIO(content)).save(sortie)
    with pytest.raises(Refus, match="ne peut pas être relu"):
        verify_workbook(sortie.getvalue(), cas)


def test_the_workbook_of_another_phase_is_refused(content: bytes) -> None:
    with pytest.raises(Refus):
        verify_workbook(content, grand_dossier(3))


def test_a_thousand_lines_are_verified() -> None:
    dossier = replace(grand_dossier(1000), budget=())
    verify_workbook(render_workbook(dossier, (), edited=EDITED), dossier)


def test_a_phase_without_money_has_no_chart(cas: DossierSeance) -> None:
    sans = cas.thematiques[0].operations[0]
    dossier = replace(cas, thematiques=(replace(cas.thematiques[0], operations=(sans,)),), budget=())
    content = render(dossier)
    verify_workbook(content, dossier)
    assert not [nom for nom, _ in parts(content) if "chart" in nom]
