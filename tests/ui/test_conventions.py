"""The tab of conventions: acts ticked, prepared and produced; moves; signed copies; sheets; the signatory."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem

from inclusion_desk.services import conventions, pieces
from inclusion_desk.ui.apercu_acte import ApercuActe
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.collectivite import ouvrir_collectivite
from inclusion_desk.ui.parcours import PageSuivie
from inclusion_desk.ui.sections.actes import ActesAProduire
from inclusion_desk.ui.sections.conventions import Actes
from inclusion_desk.ui.sections.fiches import Fiches
from tests.fenetre import Ouvrir
from tests.journeys.formes import answer, show, submit
from tests.services.bases import modele_adopte
from tests.services.bases_actes import modele_conventionne

__all__ = ["modele_adopte", "modele_conventionne"]
PDF = b"%PDF-1.4\n% a scan\n%%EOF\n"


@pytest.fixture
def atelier(ouvrir_fenetre: Ouvrir, modele_conventionne: Path, tmp_path: Path) -> Atelier:
    """Open the adopted case with its sheets and the conventions before it; no act is prepared yet."""
    base = tmp_path / "base.sqlite"
    shutil.copy(modele_conventionne, base)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


def actes(atelier: Atelier) -> ActesAProduire:
    vue = show(atelier, "conventions", "actes")
    assert isinstance(vue, ActesAProduire)
    return vue


def case(vue: ActesAProduire, rang: int, colonne: int) -> QTableWidgetItem:
    trouvee = vue.table.item(rang, colonne)
    assert trouvee is not None
    return trouvee


def suivie(atelier: Atelier, partie: str, rang: int = 0) -> Any:
    vue = show(atelier, "conventions", partie)
    assert isinstance(vue, PageSuivie)
    vue.page.table.selectRow(rang)
    return vue


def test_the_acts_of_the_phase_are_listed_with_where_they_stand(atelier: Atelier) -> None:
    vue = actes(atelier)
    assert vue.table.rowCount() == 23
    assert {case(vue, r, 5).text() for r in range(23)} == {"À préparer"}
    assert [case(vue, r, 1).text() for r in (0, 22)] == ["Avenant", "Convention"]
    assert [case(vue, r, 2).text() for r in (0, 22)] == ["5 – accueil seul, avec article de coût", ""]
    assert vue.preparer.isEnabled()
    assert not vue.produire.isEnabled()


def test_only_the_acts_ticked_are_prepared_and_undo_takes_them_back(atelier: Atelier) -> None:
    vue = actes(atelier)
    vue.table.cocher([vue.table.proposes[16].cle])
    vue.preparer.click()
    assert case(vue, 16, 1).text() == "Avenant n°\u00a01 à 2024-01213".replace("\u00a0", " ")
    assert attendre(lambda: case(vue, 16, 5).text() == "Prêt à produire")
    assert case(vue, 0, 5).text() == "À préparer"
    assert vue.table.coches == [vue.table.proposes[16]]
    atelier.actions.undo()
    assert case(vue, 16, 5).text() == "À préparer"


def test_a_batch_is_produced_beside_a_structure_that_lacks_something(atelier: Atelier, tmp_path: Path) -> None:
    vue = actes(atelier)
    vue.preparer.click()
    assert attendre(lambda: "Il manque le SIRET" in case(vue, 17, 5).text())
    vue.formats["docx"].setChecked(False)
    answer("Fermer")
    vue.lancer(vue._chosen(), tmp_path / "actes")
    assert attendre(lambda: not vue.progression.isVisible() and (tmp_path / "actes").exists(), 20_000)
    assert len(list((tmp_path / "actes").glob("*.pdf"))) == 22
    assert (tmp_path / "actes" / "liste-des-actes.xlsx").exists()


def test_a_batch_cancelled_leaves_nothing(atelier: Atelier, tmp_path: Path) -> None:
    vue = actes(atelier)
    vue.preparer.click()
    lieu = tmp_path / "lot"
    lieu.mkdir()
    vue.lancer(vue._chosen(), lieu / "actes")
    vue.progression.bouton.click()
    assert attendre(lambda: not atelier.taches.occupe, 20_000)
    assert list(lieu.iterdir()) == []


def test_a_phase_not_adopted_calls_for_no_act(ouvrir_fenetre: Ouvrir, demo: Path) -> None:
    fenetre = ouvrir_fenetre(demo)
    assert fenetre.atelier is not None
    vue = actes(fenetre.atelier)
    assert vue.manque.isVisible()
    assert not vue.preparer.isEnabled()
    assert not vue.produire.isEnabled()


def test_an_avenant_goes_to_signature_and_comes_back_with_a_reason(atelier: Atelier) -> None:
    prepare(atelier, 16)
    vue = suivie(atelier, "avenants")
    assert list(vue.parcours.boutons) == ["envoyer"]
    vue.parcours.boutons["envoyer"].click()
    assert vue.choisis()[0].etat == "a_signer"
    assert list(vue.parcours.boutons) == ["reprendre", "signer"]
    vue.parcours.boutons["signer"].click()
    vue.dates.accept()
    assert vue.dates.rubriques["signee_structure"].phrase.startswith("La date de signature par la structure")
    assert vue.choisis()[0].etat == "a_signer"
    submit(vue.dates, {"signee_structure": "06/01/2025", "signee_departement": "10/01/2025"})
    assert vue.choisis()[0].etat == "signee"
    atelier.actions.undo()
    assert (vue.choisis()[0].etat, vue.choisis()[0].signee_structure) == ("a_signer", None)
    atelier.actions.undo()
    assert vue.choisis()[0].etat == "projet"


def prepare(atelier: Atelier, rang: int) -> None:
    vue = actes(atelier)
    vue.table.cocher([vue.table.proposes[rang].cle])
    vue.preparer.click()


def test_the_panel_follows_the_chain_of_a_convention(atelier: Atelier) -> None:
    prepare(atelier, 16)
    vue = suivie(atelier, "conventions", 0)
    lus = [vue._bas.itemAt(n).widget().text() for n in range(vue._bas.count())]
    assert any("338\u00a0226,74\u00a0€" in texte for texte in lus)
    assert any("Avenant n°\u00a01 (projet)" in texte and "+ 79\u00a0850,00\u00a0€" in texte for texte in lus)


def test_an_act_is_previewed_as_it_would_be_printed(atelier: Atelier) -> None:
    prepare(atelier, 16)
    vue = suivie(atelier, "avenants")
    fenetre = vue.previsualiser(vue.choisis()[0])
    assert isinstance(fenetre, ApercuActe)
    assert attendre(lambda: fenetre.feuilles.nombre > 3, 10_000)
    assert not fenetre.manque.isVisible()
    fenetre.close()


def test_a_signed_copy_is_kept_beside_the_base_and_shown_by_its_own_act_alone(atelier: Atelier, tmp_path: Path) -> None:
    prepare(atelier, 16)
    scan = tmp_path / "acte signé.pdf"
    scan.write_bytes(PDF)
    vue = suivie(atelier, "conventions")
    assert isinstance(vue, Actes)
    convention_id = vue.choisis()[0].id
    vue.joindre((convention_id, None), scan)
    (piece,) = atelier.desk.read(pieces.lister, convention_id, None)
    gardee = pieces.ouvrir(atelier.desk, piece)
    assert gardee.read_bytes() == PDF
    assert gardee.parent == tmp_path / "base-pieces"
    (avenant,) = atelier.desk.read(conventions.lire, convention_id).avenants
    assert atelier.desk.read(pieces.lister, convention_id, avenant.id) == []


def test_what_is_no_pdf_is_refused(atelier: Atelier, tmp_path: Path, boites: list[str]) -> None:
    faux = tmp_path / "acte.pdf"
    faux.write_text("bonjour", encoding="utf-8")
    vue = suivie(atelier, "conventions")
    vue.joindre((vue.choisis()[0].id, None), faux)
    assert boites == ["« acte.pdf » n’est pas un PDF : choisissez la numérisation de l’acte signé."]


@pytest.fixture
def boites(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the sentences said in boxes, instead of waiting for someone to close them."""
    dites: list[str] = []
    monkeypatch.setattr("inclusion_desk.ui.sections.conventions.avertir", lambda _p, _t, phrase: dites.append(phrase))
    return dites


def test_a_published_sheet_is_renewed_and_the_new_version_is_published(atelier: Atelier) -> None:
    vue = suivie(atelier, "fiches", 0)
    assert isinstance(vue, Fiches)
    assert list(vue.parcours.boutons) == ["renouveler"]
    vue.parcours.boutons["renouveler"].click()
    (nouvelle,) = vue.choisis()
    assert (nouvelle.rang, nouvelle.publiee) == (2, False)
    vue.parcours.boutons["publier"].click()
    (publiee,) = vue.choisis()
    assert publiee.publiee


def test_the_signatory_of_acts_is_typed_once(atelier: Atelier) -> None:
    formulaire = ouvrir_collectivite(atelier.onglets.window(), atelier.contexte)
    submit(formulaire, {"signataire": "Dominique EXEMPLE"})
    prepare(atelier, 16)
    vue = suivie(atelier, "avenants")
    acte = atelier.desk.read(lire_acte, vue.choisis()[0])
    assert acte.departement.signataire == "Dominique EXEMPLE"


def lire_acte(session: Any, avenant: Any) -> Any:
    from inclusion_desk.store import actes as store

    return store.load(session, avenant.convention_id, avenant.id)


def test_ticking_all_and_none(atelier: Atelier) -> None:
    vue = actes(atelier)
    vue.tous.click()
    assert vue.table.coches == []
    assert not vue.preparer.isEnabled()
    case(vue, 3, 0).setCheckState(Qt.CheckState.Checked)
    assert len(vue.table.coches) == 1
    assert vue.filtre_dit.text().startswith("1\u00a0acte coché sur 23")


def test_a_filter_chooses_the_acts_of_a_dispositif_or_of_a_structure(atelier: Atelier) -> None:
    vue = actes(atelier)
    vue.filtre.setText("coaching")
    assert [p.structure for p in vue.table.coches] == ["CCAS de Liévin"]
    vue.filtre.setText("equilibre")
    assert len(vue.table.coches) == 12
    vue.filtre.setText("nulle part")
    assert not vue.table.isVisible()
    vue.filtre.clear()
    assert vue.table.isVisible()
    assert len(vue.table.coches) == 23
