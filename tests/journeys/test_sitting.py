"""The real case entered through the window alone, from an empty base to the adopted act, then opened again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QLabel

from inclusion_desk.domain.phases import Phase
from inclusion_desk.services import demonstration, production, verification
from inclusion_desk.services import desk as desks
from inclusion_desk.services.natures import FIGES
from inclusion_desk.services.phases import trouver as find_phase
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.sections.deliberation import ActeDeLaPhase
from inclusion_desk.ui.sections.etapes import Etapes
from inclusion_desk.ui.sections.modeles import Modeles
from inclusion_desk.ui.sections.seance import DateEtLieu
from inclusion_desk.ui.sections.vote import VoteDeLaPhase
from tests.fenetre import Ouvrir
from tests.journeys import saisie_du_cas as saisie
from tests.journeys.formes import action, answer, leave, show
from tests.ui.gestes import saisir, texte

_TETE = re.compile(r"journal\s\d+-[0-9a-f]{12}")


def contents(base: Path, reference: str = "2024/6") -> dict[str, str]:
    """Read the text of every document kept at the vote; the head of the journal is that of each base."""
    desk = desks.ouvrir(base)
    try:
        vue = desk.read(find_phase, reference)
        lus: dict[str, str] = {}
        for nature in FIGES:
            pdf = PdfDocument(production.apercu(desk, vue.id, nature=nature))
            lus[nature] = _TETE.sub("journal", "\n".join(p.get_textpage().get_text_range() for p in pdf))
            pdf.close()
        return lus
    finally:
        desk.close()


def move(atelier: Atelier, code: str) -> Etapes:
    vue = show(atelier, "seance", "etapes")
    assert isinstance(vue, Etapes)
    vue.boutons[code].click()
    return vue


@pytest.fixture(scope="module")
def demonstration_faite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("demo") / "base.sqlite"
    demonstration.creer(base)
    return base


def enter(atelier: Atelier) -> None:
    """Type the whole case, up to its place on the agenda."""
    saisie.enter_campaign(atelier)
    assert phase(atelier).reference == "2024/6"
    saisie.enter_rows(atelier)
    saisie.enter_people(atelier)
    saisie.enter_sitting(atelier)
    saisie.enter_act(atelier)
    saisie.enter_texts(atelier)
    move(atelier, "transmettre")
    move(atelier, "inscrire")


def phase(atelier: Atelier) -> Phase:
    assert atelier.entree.phase is not None
    return atelier.entree.phase


def adopt(atelier: Atelier) -> None:
    """Record the vote, and wait until the act is frozen, or refused."""
    vue = show(atelier, "seance", "vote")
    assert isinstance(vue, VoteDeLaPhase)
    finis: list[bool] = []
    vue.adoption.enregistre.connect(lambda: finis.append(True))
    answer("Enregistrer le vote")
    vue.adoption.bouton.click()
    assert attendre(lambda: bool(finis))


def test_the_case_entered_in_the_window_gives_the_documents_of_the_case(
    ouvrir_fenetre: Ouvrir, tmp_path: Path, demonstration_faite: Path
) -> None:
    base = tmp_path / "neuve.sqlite"
    demonstration.ouvrir_ou_creer(base).close()
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    enter(fenetre.atelier)
    saisie.enter_vote(fenetre.atelier)
    adopt(fenetre.atelier)
    assert phase(fenetre.atelier).etat == "adoptee"
    fenetre.close()

    saisis, attendus = contents(base), contents(demonstration_faite)
    for nature in FIGES:
        assert saisis[nature] == attendus[nature], nature
    desk = desks.ouvrir(base)
    assert desk.read(verification.anomalies) == ()
    desk.close()


def frozen(base: Path) -> list[bytes]:
    """Make every document of the act anew."""
    desk = desks.ouvrir(base)
    try:
        vue = desk.read(find_phase, "2024/6")
        return [production.apercu(desk, vue.id, nature=nature) for nature in (*FIGES, "dossier-seance")]
    finally:
        desk.close()


def test_an_adopted_act_is_replayed_to_the_byte_whatever_happens_since(
    ouvrir_fenetre: Ouvrir, tmp_path: Path, demonstration_faite: Path
) -> None:
    base = tmp_path / "base.sqlite"
    shutil.copyfile(demonstration_faite, base)
    avant = frozen(base)
    fenetre = ouvrir_fenetre(base)
    atelier = fenetre.atelier
    assert atelier is not None
    choose(atelier, "2024/6")
    propositions = atelier.onglets.montrer("propositions")
    assert propositions.modele.lecture_seule
    assert not propositions.modele.setData(propositions.modele.index(0, 4), "12")
    structures = atelier.onglets.montrer("structures")
    saisir(structures, 0, "nom", "Autre nom")
    modeles = show(atelier, "seance", "modeles")
    assert isinstance(modeles, Modeles)
    modeles.choix.setCurrentIndex(modeles.choix.findData("deliberation"))
    modeles.source.setPlainText(modeles.source.brut().replace("Après en avoir délibéré", "Ayant délibéré"))
    modeles.enregistrer.click()
    fenetre.close()
    apres = frozen(base)
    assert apres == avant


def choose(atelier: Atelier, reference: str) -> None:
    """Choose a phase at the top of the window."""
    selecteur = atelier.entree.selecteur
    annee, numero = reference.split("/")
    selecteur.setCurrentIndex(selecteur.findText(f"Campagne {annee} – phase {numero}"))


def test_a_correction_replaces_the_act_and_names_it(
    ouvrir_fenetre: Ouvrir, tmp_path: Path, demonstration_faite: Path
) -> None:
    base = tmp_path / "base.sqlite"
    shutil.copyfile(demonstration_faite, base)
    fenetre = ouvrir_fenetre(base)
    atelier = fenetre.atelier
    assert atelier is not None
    choose(atelier, "2024/6")
    answer("Ouvrir la correction")
    move(atelier, "corriger")
    assert phase(atelier).reference == "2024/7"
    propositions = atelier.onglets.montrer("propositions")
    assert propositions.modele.rowCount() == 27
    rang = next(n for n in range(27) if texte(propositions, n, "montant") == "65\u00a0000,00")
    saisir(propositions, rang, "montant", "60 000")
    budget = atelier.onglets.montrer("budget")
    avant = texte(budget, 0, "disponible")
    seance = show(atelier, "seance", "seance")
    assert isinstance(seance, DateEtLieu)
    leave(seance.fiche, {"jour": "27/01/2025", "lieu": "Arras", "president": "M. Jean-Claude LEROY"})
    acte = show(atelier, "seance", "deliberation")
    assert isinstance(acte, ActeDeLaPhase)
    leave(acte.fiche, {"numero": "2025-012"})
    move(atelier, "transmettre")
    move(atelier, "inscrire")
    vote = show(atelier, "seance", "vote")
    assert isinstance(vote, VoteDeLaPhase)
    vote.remplir.click()
    adopt(atelier)
    assert phase(atelier).etat == "adoptee"
    assert texte(atelier.onglets.montrer("budget"), 0, "disponible") == avant
    choose(atelier, "2024/6")
    assert phase(atelier).etat == "remplacee"
    fenetre.close()
    assert "annule et remplace la délibération n° 2024-587" in contents(base, "2024/7")["deliberation"].replace(
        "\u00a0", " "
    )


def test_a_vote_that_does_not_add_up_freezes_nothing(fenetre: FenetrePrincipale, atelier: Atelier) -> None:
    vote = show(atelier, "seance", "vote")
    assert isinstance(vote, VoteDeLaPhase)
    vote.decompte.totaux["pour"].setText("31")
    vote.decompte.totaux["pour"].textEdited.emit("31")
    phrases = [label.text() for label in vote.findChildren(QLabel)]
    assert any("31 voix" in p and "29" in p for p in phrases), phrases
    vote.decompte.totaux["pour"].editingFinished.emit()
    answer("Fermer")  # what the refusal says
    adopt(atelier)
    assert phase(atelier).etat == "seance"
    action(fenetre, "Annuler").trigger()
    assert vote.decompte.totaux["pour"].text() == "29"
