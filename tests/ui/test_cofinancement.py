"""The calculator of European co-financing through its widgets: taken from a line, worked out, copied, exported."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from inclusion_desk.services import phases
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.sections.cofinancement import Cofinancement
from tests.ui.test_suivi import NBSP, Montrer, contexte, modele, montrer, refus_lu

__all__ = ["contexte", "modele", "montrer"]


def saisir_poste(vue: Cofinancement, rang: int, fonction: str, cout: str, affectation: str) -> None:
    for nom, valeur in (("fonction", fonction), ("cout", cout), ("affectation", affectation)):
        vue.postes.lignes[rang].saisies[nom].setText(valeur)


def test_the_plan_of_the_case_is_found_from_its_staff(montrer: Montrer[Cofinancement]) -> None:
    vue = montrer(Cofinancement)
    vue.territoire.setCurrentIndex(vue.territoire.findText("Arrageois"))
    assert vue.fonds.currentData() == "FSE+"
    saisir_poste(vue, 0, "Conseillers", "142 589,29", "100")
    assert vue.plan is not None
    assert vue.plan.part_departement == 7_985_000
    vue.montant.setText("79 850")
    assert "exactement la part du Département" in vue.ecart.text()
    vue.territoire.setCurrentIndex(vue.territoire.findText("Artois"))
    assert vue.fonds.currentData() == "FTJ"
    assert "dépasse la part du Département" in vue.ecart.text()


def test_each_refusal_stands_under_its_line(montrer: Montrer[Cofinancement]) -> None:
    vue = montrer(Cofinancement)
    saisir_poste(vue, 0, "Conseillère", "52 000", "80")
    vue.postes.ajouter()
    saisir_poste(vue, 1, "Agent d’accueil", "30 000", "20")
    assert vue.plan is None
    assert "comprise entre" in vue.postes.lignes[1]._note.text()
    assert not vue.postes.lignes[0]._note.text()
    vue.postes.lignes[1].findChild(QPushButton).click()  # type: ignore[union-attr]
    assert vue.plan is not None
    vue.montant.setText("beaucoup")
    assert "n’est pas lisible" in vue.ecart.text()


def votee(contexte: Contexte, montrer: Montrer[Cofinancement]) -> Cofinancement:
    """Show the calculator in the phase of the case, one line of which Europe pays for too."""
    vue = montrer(Cofinancement)
    vue.ouvrir(next(p for p in contexte.desk.read(phases.liste) if p.reference == "2024/6"))
    return vue


def test_a_line_of_the_phase_gives_its_territory_its_fund_and_its_amount(
    contexte: Contexte, montrer: Montrer[Cofinancement]
) -> None:
    vue = votee(contexte, montrer)
    assert vue.ligne.count() == 2
    assert not vue.copie.isEnabled()
    vue.fonds.setCurrentIndex(vue.fonds.findData("FTJ"))
    vue.ligne.setCurrentIndex(1)
    assert vue.choisie is not None
    assert vue.choisie.structure == "Pas-de-Calais Actif"
    assert (vue.territoire.currentText(), vue.fonds.currentData()) == ("Départemental", "FSE+")
    assert vue.montant.text() == f"79{NBSP}850,00"
    assert vue.plan is not None
    assert (vue.plan.total, vue.plan.part_europeenne) == (19_962_500, 11_977_500)  # what the amount calls for
    assert vue.ecart.isHidden()
    saisir_poste(vue, 0, "Conseillère", "142 400", "100")
    assert vue.plan.total == 19_936_000
    assert "dépasse la part du Département" in vue.ecart.text()
    vue.relire()
    assert vue.choisie is not None


def test_the_plan_is_copied_and_exported(
    contexte: Contexte, montrer: Montrer[Cofinancement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vue = votee(contexte, montrer)
    vue.ligne.setCurrentIndex(1)
    dits: list[str] = []
    vue.message.connect(dits.append)
    vue.copie.click()
    assert dits == ["Le plan de financement est copié."]
    copie = QGuiApplication.clipboard().text().replace(NBSP, " ").split("\n")
    assert copie[0].startswith("Plan de financement – Pas-de-Calais Actif – 1.7 – ")
    assert "Part européenne (FSE+) : 119 775 €." in copie
    proposes: list[str] = []

    def choisir_fichier(_parent: object, _titre: str, propose: str, _filtre: str) -> tuple[str, str]:
        proposes.append(Path(propose).name)
        return str(tmp_path / Path(propose).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choisir_fichier)  # the system's own dialogue
    fermes = refus_lu()
    vue.fichier.click()
    assert attendre(lambda: bool(fermes))
    assert proposes == ["plan-de-financement-pas-de-calais-actif.xlsx"]
    assert load_workbook(tmp_path / proposes[0]).worksheets[0]["A1"].value == "Plan de financement"
    vue.montant.setText("beaucoup")
    assert not vue.fichier.isEnabled()


def test_without_a_line_cofinanced_it_says_so(montrer: Montrer[Cofinancement]) -> None:
    vue = montrer(Cofinancement)  # the phase in preparation has none
    assert not vue.ligne.isEnabled()
    assert vue.ligne.currentText().startswith("Aucune ligne")
    assert vue.choisie is None
