"""The main job through the real window: an amount changes, the balance follows, the documents show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from inclusion_desk.services import verification
from inclusion_desk.services.desk import ouvrir
from inclusion_desk.store import dossiers
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.formulaire import Formulaire
from inclusion_desk.ui.page import Page
from tests.fabrique import dossier_a_voter
from tests.journeys.formes import action, answer, press
from tests.ui.gestes import colonne, saisir, taper, texte, touche


def fill(page: Page, values: dict[str, str]) -> Formulaire:
    """Type in the open form and press « Enregistrer »."""
    formulaire = page.edition.formulaire
    assert formulaire is not None
    for nom, valeur in values.items():
        saisie = formulaire.rubriques[nom].saisie
        if isinstance(saisie, QComboBox):
            saisie.setCurrentText(valeur)
        else:
            saisie.setText(valeur)  # type: ignore[union-attr]
    press(formulaire, "Enregistrer")
    return formulaire


def pdf_text(chemin: Path) -> str:
    pdf = PdfDocument(chemin)
    lu = " ".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\u00a0", " ")
    pdf.close()
    return lu


def produce(atelier: Atelier, fenetre: QWidget, entree: str, cible: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    faits: list[object] = []
    atelier.documents.produit.connect(faits.append)
    answer("Fermer")
    action(fenetre, entree).trigger()
    assert attendre(lambda: bool(faits))


def test_an_amount_typed_once_is_everywhere(
    fenetre: FenetrePrincipale, atelier: Atelier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = atelier.onglets.montrer("budget")
    assert texte(budget, 0, "solde") == "203\u00a0067,73"
    page = atelier.onglets.montrer("propositions")
    taper(page.filtre, "ccas lievin")
    assert page.modele.rowCount() == 1
    saisir(page, 0, "montant", "70 000,50")
    assert texte(page, 0, "montant") == "70\u00a0000,50"
    budget = atelier.onglets.montrer("budget")
    assert texte(budget, 0, "proposition") == "717\u00a0000,50"
    assert texte(budget, 0, "solde") == "198\u00a0067,23"

    produce(atelier, fenetre, "Produire l’extrait", tmp_path / "extrait.pdf", monkeypatch)
    assert "717 000,50 €" in pdf_text(tmp_path / "extrait.pdf")
    produce(atelier, fenetre, "Produire le classeur", tmp_path / "classeur.xlsx", monkeypatch)
    classeur = load_workbook(tmp_path / "classeur.xlsx", data_only=True)
    valeurs = {c.value for ligne in classeur["Budget"].iter_rows() for c in ligne}
    assert {717_000.5, 198_067.23, 876_218.5} <= valeurs

    annuler = action(fenetre, "Annuler")
    assert "montant" in annuler.text()
    annuler.trigger()
    assert texte(budget, 0, "solde") == "203\u00a0067,73"
    action(fenetre, "Rétablir").trigger()
    assert texte(budget, 0, "solde") == "198\u00a0067,23"


def test_too_much_is_refused_in_the_cell_and_nothing_moves(atelier: Atelier, propositions: Page) -> None:
    montant = texte(propositions, 8, "montant")
    editeur = saisir(propositions, 8, "montant", "999 999")
    assert editeur.isVisible()
    assert editeur.text() == "999 999"  # type: ignore[union-attr]
    touche(editeur, Qt.Key.Key_Escape)
    assert texte(propositions, 8, "montant") == montant
    assert texte(atelier.onglets.montrer("budget"), 0, "solde") == "203\u00a0067,73"


def test_a_structure_is_added_funded_then_everything_is_undone(
    fenetre: FenetrePrincipale, atelier: Atelier, demo: Path
) -> None:
    structures = atelier.onglets.montrer("structures")
    structures.edition.ajouter()
    fill(structures, {"nom": "Régie <b>", "forme": "Association", "siret": "356 000 000 00049", "commune": "Lens"})
    formulaire = structures.edition.formulaire
    assert formulaire is not None
    assert "balise" in formulaire.rubriques["nom"].phrase
    assert "clé" in formulaire.rubriques["siret"].phrase
    assert formulaire.rubriques["commune"].saisie.texte() == "Lens"
    assert structures.modele.rowCount() == 23
    fill(structures, {"nom": "Régie de quartier", "siret": "356 000 000 00048"})
    assert structures.edition.formulaire is None
    assert structures.modele.rowCount() == 24
    page = atelier.onglets.montrer("propositions")
    page.edition.ajouter()
    fill(
        page,
        {
            "dispositif_id": "3.16 – Accompagner autrement", "structure_id": "Régie de quartier",
            "territoire_id": "Lens-Liévin", "ligne_budgetaire_id": "C01-444H02 – Appui aux parcours intégrés 2021-2027",
            "montant": "12 000", "volume": "40", "debut": "1er janvier 2025", "fin": "31/12/2025", "acte": "Convention",
        },
    )  # fmt: skip
    assert page.modele.rowCount() == 28
    assert page.resume()[1] == "Total\u00a0: 883\u00a0218,00\u00a0€"
    for _ in range(2):
        action(fenetre, "Annuler").trigger()
    assert page.resume() == ("27\u00a0propositions", "Total\u00a0: 871\u00a0218,00\u00a0€")
    fenetre.close()
    desk = ouvrir(demo)
    assert desk.read(dossiers.load, 1) == dossier_a_voter()
    assert desk.read(verification.anomalies) == ()
    desk.close()


def test_what_is_typed_is_there_the_next_morning(
    ouvrir_fenetre: Callable[[Path], FenetrePrincipale], demo: Path
) -> None:
    soir = ouvrir_fenetre(demo)
    assert soir.atelier is not None
    saisir(soir.atelier.onglets.montrer("propositions"), 0, "volume", "801")
    soir.close()
    matin = ouvrir_fenetre(demo)
    assert matin.atelier is not None
    page = matin.atelier.onglets.montrer("propositions")
    assert texte(page, 0, "volume").startswith("801")


def test_a_used_structure_is_not_deleted_and_a_finding_leads_to_its_row(
    fenetre: FenetrePrincipale, atelier: Atelier
) -> None:
    structures = atelier.onglets.montrer("structures")
    taper(structures.filtre, "actif")
    structures.table.selectRow(0)
    answer("Fermer")
    structures.edition.supprimer()
    structures.filtre.clear()
    assert structures.modele.rowCount() == 23
    rang = next(n for n, c in enumerate(atelier.controles.constats) if c.code == "STR-01")
    liste = atelier.controles.liste
    constat = liste.topLevelItem(rang)
    assert constat is not None
    liste.setCurrentItem(constat)
    touche(liste, Qt.Key.Key_Return)
    assert structures.modele.data(structures.modele.index(structures.table.rangs()[0], colonne(structures, "nom"))) == (
        "CCAS de Liévin"
    )
    assert fenetre.isVisible()
