"""Acts recorded by hand through the window: what their forms ask and hide, how a convention is closed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from inclusion_desk.services import edition
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.parcours import PageSuivie
from tests.fenetre import Ouvrir
from tests.journeys.formes import show, submit
from tests.services.bases import modele_adopte
from tests.services.bases_actes import modele_conventionne

__all__ = ["modele_adopte", "modele_conventionne"]
CAS = "2024-01213"
PAPIER = {
    "objet": "Avenant de papier", "externe": "oui", "signee_structure": "02/09/2024",
    "signee_departement": "12/09/2024",
}  # fmt: skip


@pytest.fixture
def atelier(ouvrir_fenetre: Ouvrir, modele_conventionne: Path, tmp_path: Path) -> Atelier:
    """Open the adopted case with its sheets and the conventions before it."""
    base = tmp_path / "base.sqlite"
    shutil.copy(modele_conventionne, base)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


def suivie(atelier: Atelier, partie: str, numero: str = "") -> Any:
    """Show a page, on the act of a number."""
    vue = show(atelier, "conventions", partie)
    assert isinstance(vue, PageSuivie)
    lignes = vue.page.modele.lignes
    rangs = [n for n in range(len(lignes)) if numero in {getattr(lignes.row(n), "numero", ""), ""}]
    if rangs:
        vue.page.table.selectRow(rangs[0])
    return vue


def titre(formulaire: Any, nom: str) -> str:
    """Read the label of a field."""
    return str(formulaire.rubriques[nom].findChildren(QLabel)[0].text())


def test_the_label_says_when_the_number_must_be_typed(atelier: Atelier) -> None:
    vue = suivie(atelier, "conventions")
    vue.page.edition.ajouter()
    formulaire = vue.page.edition.formulaire
    assert titre(formulaire, "numero") == "N° (obligatoire si née hors de l’outil)"
    assert titre(formulaire, "deliberation_le") == "Délibération du (facultatif)"
    assert formulaire.rubriques["resiliee_le"].isHidden()
    for nom, valeur in (("objet", "Accueil"), ("debut", "01/01/2025"), ("fin", "31/12/2025")):
        formulaire.rubriques[nom].saisie.setText(valeur)
    formulaire.rubriques["structure_id"].saisie.poser(1)
    formulaire.accept()
    assert formulaire.rubriques["numero"].phrase.startswith("Le numéro est obligatoire pour une convention née hors")
    formulaire.rubriques["numero"].saisie.setText(CAS)
    formulaire.accept()
    assert formulaire.rubriques["numero"].phrase.startswith(f"La convention {CAS} de Pas-de-Calais Actif porte déjà")
    formulaire.rubriques["numero"].saisie.setText("2023-00042")
    formulaire.accept()
    assert suivie(atelier, "conventions", "2023-00042").choisis()[0].etat == "projet"


def test_the_deliberation_is_asked_of_the_acts_that_no_phase_made(atelier: Atelier) -> None:
    vue = show(atelier, "conventions", "actes")
    vue.preparer.click()  # type: ignore[attr-defined]
    for partie in ("conventions", "avenants"):
        page = suivie(atelier, partie)
        lignes = page.page.modele.lignes
        de_phase = next(n for n in range(len(lignes)) if lignes.row(n).phase_id is not None)
        page.page.table.selectRow(de_phase)
        assert "Délibération n°\u00a02024-587 du 09/12/2024" in page.parcours._faits.text()
        page.page.edition.modifier()
        formulaire = page.page.edition.formulaire
        assert formulaire.rubriques["deliberation_numero"].isHidden()
        assert formulaire.rubriques["deliberation_le"].isHidden()
        formulaire.reject()
    page = suivie(atelier, "conventions", CAS)
    page.page.edition.modifier()
    assert not page.page.edition.formulaire.rubriques["deliberation_numero"].isHidden()
    page.page.edition.formulaire.reject()


def test_an_avenant_of_paper_is_recorded_with_its_signatures(atelier: Atelier) -> None:
    convention = suivie(atelier, "conventions", CAS).choisis()[0]
    vue = suivie(atelier, "avenants")
    vue.page.edition.ajouter()
    formulaire = vue.page.edition.formulaire
    assert formulaire.rubriques["externe"].saisie.texte() == "non"
    formulaire.rubriques["convention_id"].saisie.poser(convention.id)
    formulaire.rubriques["modele"].saisie.poser("9")
    formulaire.rubriques["rang"].saisie.setText("2")
    formulaire.rubriques["signee_structure"].saisie.setText("01/01/2024")
    formulaire.rubriques["objet"].saisie.setText("Avenant de papier")
    formulaire.rubriques["externe"].saisie.poser(valeur=True)
    formulaire.accept()
    assert formulaire.rubriques["rang"].phrase.endswith("enregistrez d’abord le n°\u00a01.")
    formulaire.rubriques["rang"].saisie.setText("1")
    formulaire.accept()
    assert "précède la signature de sa convention" in formulaire.rubriques["signee_structure"].phrase
    submit(formulaire, PAPIER)
    vue.page.table.selectRow(0)
    (fait,) = vue.choisis()
    assert (fait.rang, fait.etat, fait.origine) == (1, "signee", "Hors de l’outil")
    assert list(vue.parcours.boutons) == ["executer"]


def test_a_duplicate_leaves_the_number_and_the_signatures(atelier: Atelier) -> None:
    vue = suivie(atelier, "conventions", CAS)
    vue.page.edition.dupliquer()
    formulaire = vue.page.edition.formulaire
    for nom in ("numero", "signee_structure", "signee_departement", "executoire_le"):
        assert formulaire.rubriques[nom].saisie.texte() == ""
    assert formulaire.rubriques["objet"].saisie.texte() == vue.choisis()[0].objet
    formulaire.champs.remplir(dict.fromkeys(formulaire.rubriques))
    formulaire.reject()


def test_a_refusal_to_send_leads_to_the_deliberation(
    atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    structure = suivie(atelier, "conventions", CAS).choisis()[0].structure_id
    valeurs = {
        "externe": False, "structure_id": structure, "objet": "À la main", "debut": date(2025, 1, 1),
        "fin": date(2025, 12, 31),
    }  # fmt: skip
    fait = atelier.actions.do(edition.create, "conventions", 1, valeurs)
    assert fait.ids
    vue = show(atelier, "conventions", "conventions")
    assert isinstance(vue, PageSuivie)
    lignes = vue.page.modele.lignes
    objets = [getattr(lignes.row(n), "objet", "") for n in range(len(lignes))]
    vue.page.table.selectRow(objets.index("À la main"))
    dites: list[str] = []

    def demander(_parent: object, _titre: str, phrase: str, _boutons: object) -> int:
        dites.append(phrase)
        return 0

    monkeypatch.setattr("inclusion_desk.ui.parcours.demander", demander)
    vue.parcours.boutons["envoyer"].click()
    assert "la délibération de la Commission permanente" in dites[0]
    formulaire = vue.page.edition.formulaire
    assert formulaire is not None
    assert not formulaire.rubriques["deliberation_numero"].isHidden()
    formulaire.reject()


def test_a_convention_is_terminated_from_a_day_on(atelier: Atelier) -> None:
    vue = suivie(atelier, "conventions", CAS)
    vue.parcours.boutons["resilier"].click()
    formulaire = vue.dates
    formulaire.accept()
    assert formulaire.rubriques["resiliee_le"].phrase.startswith("La date d’effet de la résiliation")
    assert formulaire.rubriques["motif"].phrase == "Le motif est à renseigner."
    formulaire.rubriques["resiliee_le"].saisie.setText("01/01/2024")
    formulaire.rubriques["motif"].saisie.setPlainText("Cessation d’activité")
    formulaire.accept()
    assert "avant la dernière signature (14/08/2024)" in formulaire.rubriques["resiliee_le"].phrase
    assert vue.choisis()[0].etat == "signee"
    submit(formulaire, {"resiliee_le": "01/03/2025", "motif": "Cessation d’activité"})
    assert vue.choisis()[0].etat == "resiliee"
    assert "Résiliée à compter du 01/03/2025" in vue.parcours._faits.text()
    assert list(vue.parcours.boutons) == []
    vue.page.edition.modifier()
    assert not vue.page.edition.formulaire.rubriques["resiliee_le"].isHidden()
    vue.page.edition.formulaire.reject()
    atelier.actions.undo()
    assert (vue.choisis()[0].etat, vue.choisis()[0].resiliee_le) == ("signee", None)


def test_settling_what_is_not_paid_asks_first(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    vue = suivie(atelier, "conventions", "2024-00901")
    vue.parcours.boutons["executer"].click()
    submit(vue.dates, {"executoire_le": "01/03/2024"})
    dites: list[tuple[str, int]] = []
    reponses = [1, 0]

    def demander(_parent: object, _titre: str, phrase: str, _boutons: object, entree: int = 0) -> int:
        dites.append((phrase, entree))
        return reponses.pop(0)

    monkeypatch.setattr("inclusion_desk.ui.sections.conventions.demander", demander)
    vue.parcours.boutons["solder"].click()
    assert dites[0][0].startswith("159\u00a0840,00\u00a0€ ne sont pas payés.")
    assert dites[0][1] == 1, "Enter cancels"
    assert vue.choisis()[0].etat == "executoire"
    vue.parcours.boutons["solder"].click()
    assert vue.choisis()[0].etat == "soldee"
    assert list(vue.parcours.boutons) == ["rouvrir"]
