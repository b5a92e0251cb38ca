"""The acts of a phase in the window: the model of each, changed before it is prepared, and the state of each after."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from inclusion_desk.domain.partage import PartTaux
from inclusion_desk.services import conventions, edition, versements
from inclusion_desk.store import conventions as rangees
from inclusion_desk.store import tables
from inclusion_desk.store.rows import read_one
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.sections.actes import ActesAProduire
from tests.fenetre import Ouvrir
from tests.journeys.formes import show, submit
from tests.services.bases import modele_adopte
from tests.services.bases_actes import modele_conventionne

__all__ = ["modele_adopte", "modele_conventionne"]
MODELE, ETAT = 2, 5
CINQ, SIX = "5 – accueil seul, avec article de coût", "6 – accueil et équilibré, avec article de coût"
HUIT = "8 – équilibré seul, sans article de coût"


@pytest.fixture
def atelier(ouvrir_fenetre: Ouvrir, modele_conventionne: Path, tmp_path: Path) -> Atelier:
    """Open the adopted case with its sheets and the conventions before it; no act is prepared yet."""
    base = tmp_path / "base.sqlite"
    shutil.copy(modele_conventionne, base)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


@pytest.fixture
def vue(atelier: Atelier) -> ActesAProduire:
    """Show the acts of the phase."""
    montree = show(atelier, "conventions", "actes")
    assert isinstance(montree, ActesAProduire)
    return montree


def texte(vue: ActesAProduire, rang: int, colonne: int) -> str:
    item = vue.table.item(rang, colonne)
    assert item is not None
    return item.text().replace("\u00a0", " ")


def test_the_model_of_an_avenant_not_prepared_is_changed_and_taken_when_it_is(vue: ActesAProduire) -> None:
    assert not vue.modele.isEnabled()
    vue.table.selectRow(0)
    vue.modele.click()
    submit(vue.formulaire, {"modele": HUIT})
    assert texte(vue, 0, MODELE) == HUIT
    assert texte(vue, 0, ETAT) == (
        "À préparer. Ce modèle ne correspond pas aux faits (fiche d’accueil seule, sans apport, convention avec "
        f"annexe 2 d’accueil) : prenez « {CINQ} »."
    )
    vue.table.cocher([vue.table.proposes[0].cle])
    vue.preparer.click()
    prepare = vue.table.proposes[0].prepare
    assert prepare is not None
    assert prepare.modele == "8"
    assert attendre(lambda: texte(vue, 0, ETAT).startswith("Prêt à produire. Ce modèle ne correspond pas aux faits"))
    vue.contexte.actions.undo()
    vue.contexte.actions.redo()
    repris = vue.table.proposes[0].prepare
    assert repris is not None
    assert repris.modele == "8"


def test_only_avenants_that_are_not_prepared_change_model(vue: ActesAProduire) -> None:
    vue.table.selectRow(22)
    assert not vue.modele.isEnabled(), "a convention"
    vue.table.selectRow(0)
    assert vue.modele.isEnabled()
    vue.table.cocher([vue.table.proposes[0].cle])
    vue.preparer.click()
    vue.table.selectRow(0)
    assert not vue.modele.isEnabled(), "it is prepared"
    vue.table.modele_demande.emit()
    assert vue.formulaire is None


def test_several_avenants_change_model_at_once(vue: ActesAProduire) -> None:
    vue.table.selectAll()
    assert len(vue.table.a_modeler) == 17
    vue.filtre.setText("accueil")
    assert len(vue.table.a_modeler) == 8
    vue.modele.click()
    submit(vue.formulaire, {"modele": SIX})
    assert [texte(vue, rang, MODELE) for rang in range(8)] == [SIX] * 8
    assert texte(vue, 8, MODELE) == HUIT


def test_a_double_click_on_the_model_asks_for_another(vue: ActesAProduire) -> None:
    vue.table.selectRow(4)
    vue.table.cellDoubleClicked.emit(4, ETAT)
    assert vue.formulaire is None
    vue.table.cellDoubleClicked.emit(4, MODELE)
    assert vue.formulaire is not None
    assert vue.formulaire.rubriques["modele"].saisie.texte() == "6"
    submit(vue.formulaire, {})


def test_why_a_model_is_proposed_is_told_over_it(vue: ActesAProduire) -> None:
    item = vue.table.item(4, MODELE)
    assert item is not None
    assert item.toolTip().replace("\u00a0", " ") == (
        "D’après les faits : fiches d’accueil et d’accompagnement, avec apport, convention avec annexe 2 d’accueil."
    )


def test_an_avenant_out_for_signature_or_signed_says_so(atelier: Atelier, vue: ActesAProduire) -> None:
    """It used to read « Prêt à produire », and its model was gone."""
    vue.preparer.click()
    desk = atelier.desk
    (un,) = [a for a in desk.read(rangees.load_avenants) if a.convention_numero == "2024-01213"]

    def move(code: str) -> None:
        version = desk.read(read_one, tables.avenant, un.id)["version"]
        atelier.actions.do(conventions.deplacer, "avenants", un.id, version, code, "")

    move("envoyer")
    assert texte(vue, 16, ETAT) == "À signer"
    version = desk.read(read_one, tables.avenant, un.id)["version"]
    jours = {"signee_structure": date(2025, 1, 10), "signee_departement": date(2025, 1, 20)}
    atelier.actions.do(edition.update, "avenants", un.id, version, jours)
    move("signer")
    assert texte(vue, 16, ETAT) == "Signé le 20/01/2025"
    assert texte(vue, 16, MODELE) == "10 – ajout à une action en cours, coût par période"
    assert texte(vue, 16, 1) == "Avenant n° 1 à 2024-01213"


def test_acts_are_found_by_their_model(vue: ActesAProduire) -> None:
    vue.filtre.setText("prolongation")
    assert [p.modele for p in vue.table.montres] == ["9", "9"]


def test_a_schedule_drawn_up_fills_the_blank_that_was_told(atelier: Atelier, vue: ActesAProduire) -> None:
    vue.table.cocher([vue.table.proposes[8].cle])
    vue.preparer.click()
    blanc = "L’annexe 2 laissera son échéancier à compléter."
    assert attendre(lambda: texte(vue, 8, ETAT).startswith(f"Prêt à produire. {blanc}"))
    prepare = vue.table.proposes[8].prepare
    assert prepare is not None
    atelier.actions.do(versements.etablir, *prepare.ids, "equilibre", (PartTaux(6_000),))
    assert attendre(lambda: texte(vue, 8, ETAT).startswith("Prêt à produire. Son modèle n’a pas d’article sur le coût"))
