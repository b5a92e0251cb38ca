"""Edits in the cell and in the form: refusals at the field, nothing lost, undo and redo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from inclusion_desk.services import edition
from inclusion_desk.services.desk import Desk
from inclusion_desk.ui import dialogues
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.bulle import Bulle
from inclusion_desk.ui.formulaire import Formulaire
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.saisie import SaisieListe, SaisieTexte
from tests.ui.gestes import colonne, editer, ouverts, saisir, texte, touche

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def avis(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what message boxes say, and close them at once."""
    dits: list[str] = []

    def fermer(boite: QMessageBox) -> int:
        dits.append(boite.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", fermer)
    return dits


def flush() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rang_de(page: Page, nom: str) -> int:
    return next(r for r in range(page.modele.rowCount()) if texte(page, r, "structure_nom") == nom)


def formulaire(page: Page) -> Formulaire:
    assert page.edition.formulaire is not None
    return page.edition.formulaire


def test_un_montant_modifie_se_repercute_sur_le_solde_et_le_total(atelier: Atelier, propositions: Page) -> None:
    budget = atelier.onglets.montrer("budget")
    assert texte(budget, 0, "solde") == "203\u00a0067,73"
    atelier.onglets.montrer("propositions")
    saisir(propositions, rang_de(propositions, "CCAS de Liévin"), "montant", "60 000")
    assert propositions.resume()[-1] == "Total\u00a0: 866\u00a0218,00\u00a0€"
    atelier.onglets.montrer("budget")
    assert texte(budget, 0, "solde") == "208\u00a0067,73"
    assert texte(budget, 0, "proposition") == "707\u00a0000,00"


def test_annuler_et_retablir_nomment_l_etape(atelier: Atelier, propositions: Page) -> None:
    rang = rang_de(propositions, "CCAS de Liévin")
    saisir(propositions, rang, "montant", "60000")
    annuler, retablir = atelier.commandes["annuler"], atelier.commandes["retablir"]
    assert annuler.text() == "&Annuler\u00a0: Modifier le montant – CCAS de Liévin"
    annuler.trigger()
    assert texte(propositions, rang, "montant") == "65\u00a0000,00"
    assert not annuler.isEnabled()
    assert "CCAS de Liévin" in retablir.text()
    retablir.trigger()
    assert texte(propositions, rang, "montant") == "60\u00a0000,00"
    annuler.trigger()
    assert texte(propositions, rang, "montant") == "65\u00a0000,00"


def test_une_annulation_refusee_garde_l_etape(
    atelier: Atelier, propositions: Page, desk: Desk, avis: list[str]
) -> None:
    rang = rang_de(propositions, "CCAS de Liévin")
    saisir(propositions, rang, "montant", "60000")
    row = propositions.modele.lignes.row(rang)
    assert row is not None
    desk.do(edition.update, "propositions", row.id, row.version, {"montant": 1})
    atelier.commandes["annuler"].trigger()
    assert len(avis) == 1
    assert "ne peut plus être annulée" in avis[0]
    assert atelier.actions.pile.canUndo()
    assert not atelier.actions.pile.canRedo()


def test_une_saisie_refusee_reste_ouverte_avec_sa_phrase(propositions: Page) -> None:
    editeur = saisir(propositions, 0, "montant", "1.234")
    flush()
    assert editeur in ouverts(propositions)
    assert isinstance(editeur, SaisieTexte)
    assert editeur.text() == "1.234"
    bulle = propositions.window().findChild(Bulle)
    assert bulle is not None
    assert bulle.isVisible()
    assert "ambigu" in bulle.text()
    editeur.setText("1234")
    touche(editeur, Qt.Key.Key_Return)
    flush()
    assert ouverts(propositions) == []
    assert not bulle.isVisible()
    assert texte(propositions, 0, "montant") == "1\u00a0234,00"


def test_un_depassement_est_refuse_a_la_cellule(propositions: Page) -> None:
    editeur = saisir(propositions, rang_de(propositions, "CCAS de Liévin"), "montant", "900000")
    flush()
    assert editeur in ouverts(propositions)
    bulle = propositions.window().findChild(Bulle)
    assert bulle is not None
    assert "dispose encore" in bulle.text()
    touche(editeur, Qt.Key.Key_Escape)
    flush()
    assert ouverts(propositions) == []
    assert texte(propositions, rang_de(propositions, "CCAS de Liévin"), "montant") == "65\u00a0000,00"


def test_un_conflit_est_dit_et_la_seconde_validation_passe(propositions: Page, desk: Desk) -> None:
    rang = rang_de(propositions, "CCAS de Liévin")
    row = propositions.modele.lignes.row(rang)
    assert row is not None
    desk.do(edition.update, "propositions", row.id, row.version, {"volume": 51})
    editeur = saisir(propositions, rang, "montant", "61000")
    flush()
    assert editeur in ouverts(propositions)
    assert isinstance(editeur, SaisieTexte)
    assert editeur.text() == "61000"
    touche(editeur, Qt.Key.Key_Return)
    flush()
    assert texte(propositions, rang, "montant") == "61\u00a0000,00"
    assert texte(propositions, rang, "volume") == "51\u00a0familles"


def test_une_reference_se_cherche_sans_accent(propositions: Page) -> None:
    editeur = editer(propositions, 0, "territoire_nom")
    assert isinstance(editeur, SaisieListe)
    editeur.setCurrentText("henin")
    touche(editeur, Qt.Key.Key_Return)
    flush()
    assert texte(propositions, 0, "territoire_nom") == "Hénin-Carvin"


def test_un_nombre_tape_dans_une_reference_n_est_pas_un_identifiant(propositions: Page) -> None:
    editeur = editer(propositions, 0, "territoire_nom")
    assert isinstance(editeur, SaisieListe)
    editeur.setCurrentText("3")
    assert editeur.texte() == "?"
    touche(editeur, Qt.Key.Key_Return)
    assert texte(propositions, 0, "territoire_nom") == "Arrageois"
    touche(editeur, Qt.Key.Key_Escape)


def test_la_selection_survit_a_une_modification(propositions: Page) -> None:
    propositions.table.selectRow(5)
    ids = propositions.table.ids()
    saisir(propositions, 5, "montant", "12")
    assert propositions.table.ids() == ids


def test_le_formulaire_dit_toutes_les_fautes_a_la_fois(atelier: Atelier) -> None:
    page = atelier.onglets.montrer("structures")
    page.edition.ajouter()
    form = formulaire(page)
    form.rubriques["siret"].saisie.setText("12345")  # type: ignore[union-attr]
    form.rubriques["commune"].saisie.setText("Arras")  # type: ignore[union-attr]
    form.accept()
    assert form.isVisible()
    assert "est à renseigner" in form.rubriques["nom"].phrase
    assert "14" in form.rubriques["siret"].phrase
    assert form.rubriques["commune"].saisie.texte() == "Arras"
    assert form.rubriques["nom"].saisie.hasFocus() or form.focusWidget() is form.rubriques["nom"].saisie
    assert page.modele.rowCount() == 23
    form.done(0)


def test_ajouter_montre_la_ligne_meme_sous_un_filtre(atelier: Atelier) -> None:
    page = atelier.onglets.montrer("structures")
    page.filtre.setText("liévin")
    page.edition.ajouter()
    form = formulaire(page)
    form.rubriques["nom"].saisie.setText("Épicerie solidaire d’Arras")  # type: ignore[union-attr]
    form.rubriques["forme"].saisie.poser("association")
    form.accept()
    assert page.filtre.text() == ""
    assert [page.modele.lignes.row(r).nom for r in page.table.rangs()] == [  # type: ignore[union-attr]
        "Épicerie solidaire d’Arras"
    ]
    atelier.commandes["annuler"].trigger()
    assert page.modele.rowCount() == 23


def test_dupliquer_part_de_la_ligne(atelier: Atelier, propositions: Page) -> None:
    propositions.table.selectRow(rang_de(propositions, "CCAS de Liévin"))
    propositions.edition.dupliquer()
    form = formulaire(propositions)
    assert form.rubriques["montant"].saisie.texte() == "65\u00a0000,00"
    assert form.modifie
    form.rubriques["montant"].saisie.setText("1 000")  # type: ignore[union-attr]
    form.accept()
    assert propositions.modele.rowCount() == 28
    assert propositions.resume()[-1] == "Total\u00a0: 872\u00a0218,00\u00a0€"
    assert atelier.actions.pile.canUndo()


def test_une_faute_du_service_va_a_son_champ(propositions: Page) -> None:
    propositions.table.selectRow(0)
    propositions.edition.modifier()
    form = formulaire(propositions)
    form.rubriques["fin"].saisie.setText("01/01/2020")  # type: ignore[union-attr]
    form.accept()
    assert "avant de commencer" in form.rubriques["fin"].phrase
    form.done(0)


def test_fermer_demande_quand_on_a_saisi(propositions: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []

    def continuer(_p: object, _t: str, phrase: str, _b: object) -> int:
        questions.append(phrase)
        return 2

    monkeypatch.setattr("inclusion_desk.ui.formulaire.demander", continuer)
    propositions.table.selectRow(0)
    propositions.edition.modifier()
    form = formulaire(propositions)
    form.reject()
    assert questions == []
    propositions.edition.modifier()
    form = formulaire(propositions)
    form.rubriques["montant"].saisie.setText("5")  # type: ignore[union-attr]
    form.reject()
    assert len(questions) == 1
    assert form.isVisible()
    form.done(0)


def test_supprimer_une_structure_employee_dit_pourquoi(atelier: Atelier, avis: list[str]) -> None:
    page = atelier.onglets.montrer("structures")
    page.table.selectRow(0)
    touche(page.table, Qt.Key.Key_Delete)
    assert "figure dans 1\u00a0proposition" in avis[0]
    assert page.modele.rowCount() == 23


def test_supprimer_puis_annuler(atelier: Atelier, propositions: Page) -> None:
    propositions.table.selectRow(4)
    nom = texte(propositions, 4, "structure_nom")
    touche(propositions.table, Qt.Key.Key_Delete)
    assert propositions.modele.rowCount() == 26
    assert propositions.table.rangs() == [4]
    atelier.commandes["annuler"].trigger()
    assert texte(propositions, 4, "structure_nom") == nom


def test_supprimer_plusieurs_lignes_demande(propositions: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []

    def repondre(_p: object, _t: str, phrase: str, _b: object) -> int:
        questions.append(phrase)
        return 0

    monkeypatch.setattr("inclusion_desk.ui.edition.demander", repondre)
    propositions.table.selectionner([0, 1, 2])
    propositions.edition.supprimer()
    assert questions == ["Supprimer 3\u00a0propositions ?"]
    assert propositions.modele.rowCount() == 24


def test_entree_ouvre_le_formulaire_et_echap_le_ferme(propositions: Page) -> None:
    propositions.table.selectRow(0)
    touche(propositions.table, Qt.Key.Key_Return)
    form = formulaire(propositions)
    touche(form, Qt.Key.Key_Escape)
    assert propositions.edition.formulaire is None


def test_copier_protege_les_formules_et_rend_des_nombres(propositions: Page) -> None:
    propositions.table.selectRow(rang_de(propositions, "CCAS de Liévin"))
    propositions.table.copier()
    ligne = QGuiApplication.clipboard().text().split("\t")
    assert "65000,00" in ligne
    assert "CCAS de Liévin" in ligne
    assert len(ligne) == sum(not propositions.table.isColumnHidden(c) for c in range(propositions.modele.columnCount()))


def test_une_colonne_de_liste_montre_des_libelles(propositions: Page) -> None:
    editeur = editer(propositions, 0, "acte")
    assert isinstance(editeur, SaisieListe)
    assert [editeur.itemText(n) for n in range(editeur.count())] == ["Convention", "Avenant", "Notification"]
    assert colonne(propositions, "acte") >= 0
    touche(editeur, Qt.Key.Key_Escape)


def test_les_messages_ne_prennent_jamais_un_nom_pour_du_html(avis: list[str]) -> None:
    vus: list[Qt.TextFormat] = []
    boite = dialogues._boite(None, "t", "<b>ASSOC</b>", QMessageBox.Icon.Warning)
    vus.append(boite.textFormat())
    assert vus == [Qt.TextFormat.PlainText]
    assert avis == []


def test_le_menu_de_la_table_propose_les_gestes(propositions: Page) -> None:
    def permis() -> list[str]:
        menu = propositions.edition.menu(QPoint(10, 10))
        textes = [a.text() for a in menu.actions() if a.isEnabled() and a.text()]
        menu.close()
        return textes

    propositions.table.clearSelection()
    assert permis() == []
    propositions.table.selectRow(0)
    assert permis() == ["&Modifier…\tEntrée", "&Dupliquer…\tCtrl+D", "&Supprimer\tSuppr", "&Copier\tCtrl+C"]
