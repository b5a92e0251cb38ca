"""The history of a structure through its widgets: chosen in the table or in the list, read, copied, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from inclusion_desk.domain.historique_annees import AnneeHistorique
from inclusion_desk.services import demonstration, edition
from inclusion_desk.ui.annuaire import Annuaire
from inclusion_desk.ui.apparence import couleurs_de
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.barres_annees import BarresAnnees, dire
from inclusion_desk.ui.captures import attendre
from tests.fenetre import Ouvrir
from tests.journeys.formes import answer
from tests.ui.gestes import texte

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def faite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    base = tmp_path_factory.mktemp("demo") / "base.sqlite"
    demonstration.creer(base)
    return base.read_bytes()


@pytest.fixture
def atelier_(ouvrir_fenetre: Ouvrir, faite: bytes, tmp_path: Path) -> Atelier:
    base = tmp_path / "complete.sqlite"
    base.write_bytes(faite)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


@pytest.fixture
def annuaire(atelier_: Atelier) -> Iterator[Annuaire]:
    """Give the tab of structures on the demonstration, in a window of its own."""
    vue = Annuaire(atelier_.contexte)
    vue.resize(1366, 600)
    vue.ouvrir(atelier_.entree.phase)
    atelier_.actions.changed.connect(lambda changes: vue.appliquer(changes.ids))
    vue.show()
    QApplication.processEvents()
    yield vue
    vue.hide()
    vue.deleteLater()


def choose(annuaire: Annuaire, nom: str) -> int:
    """Select a structure in the table; give its id."""
    page = annuaire.liste
    rang = next(n for n in range(page.modele.rowCount()) if texte(page, n, "nom").startswith(nom))
    page.table.selectRow(rang)
    return int(page.modele.lignes.id_de(rang))


def words(annuaire: Annuaire, nom: str) -> list[list[str]]:
    releve = annuaire.fiche.page.suites[nom].table.releve
    assert releve is not None
    return [[case.replace(NBSP, " ") for case in rangee] for rangee in releve.rangees]


def chiffres(annuaire: Annuaire) -> dict[str, str]:
    return {nom: c._valeur.text().replace(NBSP, " ") for nom, c in annuaire.fiche.page.chiffres.items()}


def test_the_button_leads_to_the_history_of_the_structure_selected(annuaire: Annuaire) -> None:
    assert not annuaire._bouton.isEnabled()
    choose(annuaire, "Pas-de-Calais Actif")
    annuaire._bouton.click()
    assert annuaire.nom == "historique"
    assert annuaire.courante is None
    lus = chiffres(annuaire)
    assert (lus["vote"], lus["propose"], lus["paye"]) == ("79 850,00 €", "0,00 €", "0,00 €")
    assert lus["conventionne"] == "338 226,74 €"
    par_annee = annuaire.fiche.page.annees.releve
    assert par_annee is not None
    assert [r[0] for r in par_annee.rangees] == ["2023", "2024", "2025", "Total"]
    assert lus["reste"] == f"{words(annuaire, 'versements')[-1][-1]} €"
    assert [r[-1] for r in words(annuaire, "conventions")[1:]] == ["338 226,74", "418 076,74"]
    assert [r[-3] for r in words(annuaire, "versements")[1:4]] == ["145 437,50", "108 232,56", "84 556,68"]
    assert not annuaire.fiche.page._regle.isVisible()


def test_nothing_chosen_leads_back_to_the_table(annuaire: Annuaire) -> None:
    fiche = annuaire.montrer("historique")
    assert fiche is annuaire.fiche
    assert annuaire.fiche.manque.isVisible()
    assert not any(bouton.isEnabled() for bouton in annuaire.fiche.boutons.values())
    annuaire.fiche.manque.bouton.click()
    assert annuaire.nom == "structures"
    assert annuaire.courante is annuaire.liste


def test_another_structure_is_chosen_at_the_top_and_followed_in_the_table(annuaire: Annuaire) -> None:
    choose(annuaire, "Pas-de-Calais Actif")
    annuaire.montrer("historique")
    liste = annuaire.fiche.liste
    assert liste is not None
    assert liste.currentText() == "Pas-de-Calais Actif"
    rang = liste.findText("Structure exemple 17 – Boulonnais")
    liste.setCurrentIndex(rang)
    liste.activated.emit(rang)
    assert chiffres(annuaire)["vote"] == "30 000,00 €"
    assert [carte.table.releve.titre for carte in annuaire.fiche.page.lignes if carte.table.releve] == [
        "Campagne 2025", "Campagne 2024",
    ]  # fmt: skip
    assert annuaire.fiche.page._regle.isVisible()
    annuaire.montrer("structures")
    (choisi,) = annuaire.liste.table.rangs()
    assert texte(annuaire.liste, choisi, "nom") == "Structure exemple 17 – Boulonnais"


def test_what_is_notified_above_the_threshold_is_said(annuaire: Annuaire, atelier_: Atelier) -> None:
    choose(annuaire, "Structure exemple 17")
    annuaire.montrer("historique")
    alerte = annuaire.fiche.page._alerte
    assert alerte.isHidden()
    lu = annuaire.fiche.historique
    assert lu is not None
    identifiant = next(ligne.proposition_id for ligne in lu.lignes if ligne.annee == 2025)
    atelier_.actions.do(edition.update, "propositions", identifiant, 1, {"acte": "notification"})
    assert not alerte.isHidden()
    assert alerte.text().replace(NBSP, " ") == (
        "Année 2025 : 30 000,00 € sont notifiés sans convention, alors que le montant annuel dépasse le seuil légal."
    )
    releve = annuaire.fiche.page.annees.releve
    assert releve is not None
    assert releve.alertes == {1}


def test_what_is_late_is_red_and_bold_in_the_history(annuaire: Annuaire) -> None:
    choose(annuaire, "Pas-de-Calais Actif")
    annuaire.montrer("historique")
    table = annuaire.fiche.page.suites["versements"].table
    releve = table.releve
    assert releve is not None
    assert releve.retards
    etats = [colonne.signal for colonne in releve.colonnes].index(True)
    rouge = couleurs_de(table.palette()).bloquant
    for rang in range(len(releve.rangees)):
        item = table.item(rang, etats)
        assert item is not None
        assert (item.foreground().color().name() == rouge) == (rang in releve.retards)
        assert item.text().startswith("En retard") <= item.font().bold()


def test_an_amount_edited_elsewhere_follows(annuaire: Annuaire, atelier_: Atelier) -> None:
    choose(annuaire, "Structure exemple 17")
    annuaire.montrer("historique")
    assert chiffres(annuaire)["propose"] == "30 000,00 €"
    lu = annuaire.fiche.historique
    assert lu is not None
    identifiant = next(ligne.proposition_id for ligne in lu.lignes if ligne.annee == 2025)
    atelier_.actions.do(edition.update, "propositions", identifiant, 1, {"montant": 3_100_000})
    assert chiffres(annuaire)["propose"] == "31 000,00 €"


def test_a_structure_deleted_is_not_shown_any_more(annuaire: Annuaire, atelier_: Atelier) -> None:
    assert atelier_.entree.phase is not None
    valeurs = {"nom": "Éphémère", "forme": "association", "engagement_republicain": False}
    cree = atelier_.actions.do(edition.create, "structures", atelier_.entree.phase.id, valeurs)
    identifiant = choose(annuaire, "Éphémère")
    assert cree.ids["structures"] == (identifiant,)
    annuaire.montrer("historique")
    assert annuaire.fiche.historique is not None
    assert annuaire.fiche.page.barres.isHidden()
    atelier_.actions.do(edition.delete, "structures", (identifiant,))
    assert annuaire.fiche.historique is None
    assert annuaire.fiche.manque.isVisible()


def test_rows_are_copied_as_text_with_amounts_as_numbers(annuaire: Annuaire) -> None:
    choose(annuaire, "Structure exemple 05")
    annuaire.montrer("historique")
    table = annuaire.fiche.page.suites["versements"].table
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyRelease(table, Qt.Key.Key_Control)  # else Qt holds it down for the tests that follow
    copie = QGuiApplication.clipboard().text().split("\t")
    assert copie[1] == "Premier versement"
    assert copie[-3:] == ["74592,00", "74592,00", "0,00"]


def test_the_wheel_over_a_table_is_left_to_the_page(annuaire: Annuaire) -> None:
    choose(annuaire, "Structure exemple 05")
    annuaire.montrer("historique")
    vue = annuaire.fiche.page.annees.viewport()
    libre, aucune = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    ou, cran = QPointF(5, 5), QPoint(0, -120)
    tour = QWheelEvent(ou, vue.mapToGlobal(ou), QPoint(), cran, libre, aucune, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(vue, tour)
    assert not tour.isAccepted()


def test_a_table_is_as_tall_as_its_rows(annuaire: Annuaire) -> None:
    choose(annuaire, "Structure exemple 05")
    annuaire.montrer("historique")
    for largeur in (1366, 900):
        annuaire.resize(largeur, 600)
        QApplication.processEvents()
        table = annuaire.fiche.page.suites["conventions"].table
        rangees = sum(table.rowHeight(rang) for rang in range(table.rowCount()))
        assert table.viewport().height() in range(rangees, rangees + 4)
        assert table.horizontalScrollBar().maximum() == 0


def annees(*, droit_prive: bool) -> tuple[AnneeHistorique, ...]:
    return (
        AnneeHistorique(2024, droit_prive, conventionne=4_600_000),
        AnneeHistorique(2025, droit_prive, conventionne=1_150_000, a_signer=1_150_000),
    )


def test_bars_are_to_scale_and_the_threshold_is_for_private_bodies(qapp: QApplication) -> None:
    barres = BarresAnnees()
    barres.resize(800, 200)
    barres.montrer(annees(droit_prive=True))
    (entier, rien, aucun), (moitie, autre, _) = barres.barre(0), barres.barre(1)
    assert rien.width() == aucun.width() == 0
    assert entier.width() == pytest.approx(4 * moitie.width())
    assert moitie.width() == pytest.approx(autre.width())
    assert autre.left() == pytest.approx(moitie.right())
    assert barres._x(2_300_000) == pytest.approx(autre.right())
    haut = barres.height()
    barres.montrer(annees(droit_prive=False))
    assert barres.height() < haut
    assert barres.accessibleName().replace(NBSP, " ") == (
        "2024 : 46 000,00 € ; 2025 : 23 000,00 €, dont 11 500,00 € à signer"
    )
    assert dire(annees(droit_prive=True)[0]).endswith("€")
    barres.montrer(())
    assert barres.isHidden()
    barres.montrer((AnneeHistorique(2024, droit_prive=True, conventionne=-500),))
    assert all(barre.width() == 0 for barre in barres.barre(0))
    assert qapp is not None


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_the_history_is_saved_and_read_back(
    annuaire: Annuaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    choose(annuaire, "Structure exemple 05")
    annuaire.montrer("historique")
    proposes: list[str] = []

    def choisir(_parent: object, _titre: str, propose: str, _filtre: str) -> tuple[str, str]:
        proposes.append(Path(propose).name)
        return str(tmp_path / "fiche"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choisir)
    answer("Fermer")
    annuaire.fiche.boutons[extension].click()
    cible = tmp_path / f"fiche.{extension}"
    assert attendre(cible.exists)
    assert attendre(lambda: not annuaire.fiche.enregistrement.progression.isVisible())
    assert proposes == [f"historique-structure-exemple-05-calaisis.{extension}"]
    if extension == "pdf":
        with pypdfium2.PdfDocument(cible.read_bytes()) as lu:
            assert "Structure exemple 05" in lu[0].get_textpage().get_text_range()
