"""The campaign tab: applications instructed into propositions, phases opened, campaigns copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from inclusion_desk.services import demonstration
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.formulaire import Formulaire
from inclusion_desk.ui.sections.dossiers import Dossiers
from inclusion_desk.ui.sections.phases import Phases
from tests.fenetre import Ouvrir
from tests.journeys.formes import action, answer, show, submit
from tests.ui.gestes import texte


@pytest.fixture(scope="module")
def demonstration_faite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    base = tmp_path_factory.mktemp("demo") / "base.sqlite"
    demonstration.creer(base)
    return base.read_bytes()


@pytest.fixture
def suivante(ouvrir_fenetre: Ouvrir, demonstration_faite: bytes, tmp_path: Path) -> Atelier:
    """Give the demonstration, on phase 2025/1 with its applications."""
    base = tmp_path / "base.sqlite"
    base.write_bytes(demonstration_faite)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


def dossiers(atelier: Atelier) -> Dossiers:
    vue = show(atelier, "campagne", "dossiers")
    assert isinstance(vue, Dossiers)
    return vue


def choose(vue: Dossiers, *etats: str) -> None:
    """Select the first application of each state."""
    page = vue.page
    rangs = [next(n for n in range(page.modele.rowCount()) if texte(page, n, "etat") == etat) for etat in etats]
    page.table.clearSelection()
    page.table.selectionner(rangs)


def test_un_dossier_instruit_devient_une_proposition_et_la_perd(suivante: Atelier) -> None:
    vue = dossiers(suivante)
    choose(vue, "Instruit")
    assert list(vue.parcours.boutons) == ["proposer", "ecarter", "reprendre", "retirer"]
    assert texte(suivante.onglets.page("budget"), 0, "code_operation")
    propositions = suivante.onglets.montrer("propositions")
    assert propositions.modele.rowCount() == 5
    vue = dossiers(suivante)
    vue.parcours.boutons["proposer"].click()
    choose(vue, "Proposé")
    assert suivante.onglets.montrer("propositions").modele.rowCount() == 6
    action(suivante._fenetre, "Annuler").trigger()
    assert propositions.modele.rowCount() == 5
    action(suivante._fenetre, "Rétablir").trigger()
    assert propositions.modele.rowCount() == 6


def test_ce_qui_manque_au_dossier_mene_au_champ(suivante: Atelier) -> None:
    vue = dossiers(suivante)
    choose(vue, "Complet")
    answer("Ouvrir le dossier")
    vue.parcours.boutons["instruire"].click()
    formulaire = vue.page.edition.formulaire
    assert formulaire is not None
    submit(formulaire, {"avis": "Favorable", "montant_propose": "80 000", "volume_propose": "100"})
    vue.parcours.boutons["instruire"].click()
    assert "Instruit" in vue.parcours._etat.text()


def test_plusieurs_dossiers_avancent_ensemble_ou_pas_du_tout(suivante: Atelier) -> None:
    vue = dossiers(suivante)
    page = vue.page
    deposes = [n for n in range(page.modele.rowCount()) if texte(page, n, "etat") == "Déposé"]
    page.table.clearSelection()
    page.table.selectionner(deposes)
    assert len(deposes) == 2
    vue.parcours.boutons["completer"].click()
    assert all(texte(page, n, "etat") == "Complet" for n in deposes)
    assert action(suivante._fenetre, "Annuler").text().endswith("Déclarer complet – 2\u00a0dossiers")
    page.table.selectionner(deposes)
    answer("Fermer")
    vue.parcours.boutons["instruire"].click()
    assert all(texte(page, n, "etat") == "Complet" for n in deposes)


def test_ecarter_demande_un_motif(suivante: Atelier) -> None:
    vue = dossiers(suivante)
    choose(vue, "Écarté")
    vue.parcours.boutons["reprendre"].click()
    vue.parcours.boutons["instruire"].click()
    vue.parcours.boutons["ecarter"].click()
    (formulaire,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, Formulaire) and w.isVisible()]
    formulaire.accept()
    assert formulaire.rubriques["motif"].phrase == "Le motif est à renseigner."
    assert vue.parcours._etat.text() == "Instruit"
    submit(formulaire, {"motif": "Hors du périmètre de l’appel à projets"})
    assert vue.parcours._etat.text() == "Écarté"


def test_une_campagne_reprend_la_precedente(suivante: Atelier) -> None:
    action(suivante._fenetre, "Nouvelle campagne").trigger()
    (formulaire,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, Formulaire) and w.isVisible()]
    submit(formulaire, {"annee": "2026", "modele": "Campagne 2025"})
    assert suivante.entree.phase is not None
    assert suivante.entree.phase.reference == "2026/1"
    assert suivante.etat.currentMessage() == "La campagne 2026 est ouverte."
    assert suivante.onglets.montrer("dispositifs").modele.rowCount() > 0
    assert suivante.onglets.montrer("propositions").modele.rowCount() == 0
    budget = suivante.onglets.montrer("budget")
    assert {texte(budget, n, "ae") for n in range(budget.modele.rowCount())} == {"0,00"}


def test_travailler_sur_une_phase_la_montre_partout(suivante: Atelier) -> None:
    selecteur = suivante.entree.selecteur
    selecteur.setCurrentIndex(selecteur.findText("Campagne 2024 – phase 6"))
    phases = show(suivante, "campagne", "phases")
    assert isinstance(phases, Phases)
    phases.table.selectRow(0)
    assert phases._corriger.isEnabled()
    answer("Ouvrir la correction")
    phases._corriger.click()
    assert suivante.entree.phase is not None
    assert suivante.entree.phase.reference == "2024/7"
    assert suivante.etat.currentMessage() == (
        "La phase 2024/7 est ouverte\u00a0: elle corrige la délibération n°\u00a02024-587."
    )
    assert attendre(lambda: phases.modele.rowCount() == 2)
    phases.table.selectRow(0)
    phases._travailler.click()
    assert suivante.entree.phase.reference == "2024/6"
    assert not any(bouton.isEnabled() for bouton in suivante.onglets.montrer("propositions")._boutons.values())
