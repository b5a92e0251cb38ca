"""From the adopted case to its acts: the right model each, every fact of annexe 10, files that others can read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from inclusion_desk.documents.actes import sections
from inclusion_desk.documents.actes_rendu import count_pages
from inclusion_desk.documents.lecture import read_docx, read_pdf
from inclusion_desk.documents.texte_brut import texte_brut
from inclusion_desk.domain.relecture_actes import relire
from inclusion_desk.services import actes_choisis, demonstration
from inclusion_desk.services.actes_choisis import ActeChoisi
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.phases import trouver
from inclusion_desk.services.production_actes import Lot
from inclusion_desk.services.production_phase import produire_phase
from tests.documents.test_actes_rendu import FAITS, plat

SOFFICE = shutil.which("soffice")
MODELES = {
    "2024-00901": "5", "2024-00902": "5", "2024-00903": "5", "2024-00904": "5", "2024-00905": "6", "2024-00906": "6",
    "2024-00907": "7", "2024-00908": "7", "2024-00920": "8", "2024-00921": "8", "2024-00922": "8", "2024-00923": "8",
    "2024-00924": "8", "2024-00925": "8", "2024-00926": "9", "2024-00927": "9", "2024-01213": "10",
    "2024-00001": "convention",
}  # fmt: skip
"""The acts of thématique 1: seventeen avenants for its 21 lines, four structures having two, and one convention."""
AUTREMENT = {
    "Arrageois, Audomarois, Boulonnais, Calaisis, Montreuillois/Ternois": (
        "Arrageois, Audomarois, Boulonnais, Calaisis et Montreuillois/Ternois ; l’ensemble du département pour "
        "les moyens supplémentaires"
    ),
}
"""Facts that the base words otherwise than the sample of the documents' own tests."""


def lettres(texte: str) -> str:
    """Keep letters and digits alone: lines are cut at hyphens."""
    return "".join(c for c in texte if c.isalnum())


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Open the demonstration, its phase adopted."""
    base = tmp_path_factory.mktemp("demonstration") / "base.sqlite"
    demonstration.creer(base)
    desk = ouvrir(base)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def lot(bureau: Desk, tmp_path_factory: pytest.TempPathFactory) -> Lot:
    """Produce every act of the phase in both formats."""
    dossier = tmp_path_factory.mktemp("actes") / "actes"
    phase = bureau.read(trouver, "2024/6")
    return produire_phase(bureau, phase, dossier, ("pdf", "docx"), lambda _fait, _total: None, poursuivre=True)


@pytest.fixture(scope="module")
def choisis(bureau: Desk, lot: Lot) -> Mapping[str, ActeChoisi]:
    """Read the acts, by the number of their convention."""
    del lot
    lus = bureau.read(actes_choisis.examiner, bureau.read(trouver, "2024/6").id)
    return {choisi.acte.numero: choisi for choisi in lus}


def test_each_act_takes_the_model_of_its_facts(choisis: Mapping[str, ActeChoisi]) -> None:
    assert {numero: choisis[numero].acte.modele for numero in MODELES} == MODELES
    assert sum(choisi.acte.apport for choisi in choisis.values()) == 87_121_800
    assert sum(choisis[numero].acte.apport for numero in MODELES) == 71_200_000


def test_only_the_act_of_a_structure_without_representative_is_set_aside(lot: Lot) -> None:
    assert len(lot.fichiers) == 44
    (ecarte,) = lot.ecartes
    assert ecarte.startswith("Ligne 18 – CCAS de Liévin : il manque le SIRET")


@pytest.mark.parametrize("fait", FAITS)
def test_the_avenant_of_pas_de_calais_actif_holds_every_fact_of_annexe_10(lot: Lot, fait: str) -> None:
    voulu = AUTREMENT.get(fait, fait)
    lu = read_pdf((lot.dossier / "2024-01213-avenant-1-pas-de-calais-actif.pdf").read_bytes())
    assert voulu in plat(lu)


def test_the_proof_reader_finds_nothing_but_a_schedule_not_drawn_up_in_acts_that_are_whole(
    choisis: Mapping[str, ActeChoisi],
) -> None:
    for choisi in choisis.values():
        if not choisi.refus:
            pages = sections(choisi.acte)
            nom = choisi.acte.beneficiaire.nom
            texte = texte_brut(pages)
            remarques = relire(texte, avenant=choisi.acte.avenant, noms=(nom,), pages=count_pages(pages))
            blancs = 0 if all(fiche.versements or not any(fiche.montants) for fiche in choisi.acte.fiches) else 1
            assert [r.code for r in remarques] == ["TXT-06"] * blancs, choisi.acte.libelle


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing opens the document")
def test_libreoffice_opens_the_documents_and_prints_all_they_say(lot: Lot, tmp_path: Path) -> None:
    noms = [nom for nom in lot.fichiers if nom.endswith(".docx") and nom[5:10] in {"01213", "00905", "00002"}]
    assert len(noms) == 3
    subprocess.run(
        [
            SOFFICE or "", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to",
            "pdf", "--outdir", tmp_path, *(lot.dossier / nom for nom in noms),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for nom in noms:
        source = read_docx((lot.dossier / nom).read_bytes())
        converti = lettres(read_pdf((tmp_path / nom).with_suffix(".pdf").read_bytes()))
        manquants = [mot for mot in plat(source).split() if lettres(mot) not in converti]
        assert manquants == []
