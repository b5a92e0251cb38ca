"""What the window says once a phase is voted, rejected, postponed, or corrected by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inclusion_desk.services import desk as desks
from inclusion_desk.services import phases
from inclusion_desk.services.desk import Desk
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.sections.chaine import Chaine
from inclusion_desk.ui.sections.dossiers import Dossiers
from inclusion_desk.ui.sections.etapes import Etapes
from inclusion_desk.ui.sections.vote import VoteDeLaPhase
from tests.fenetre import Ouvrir
from tests.journeys.formes import action, answer, show
from tests.services.gestes import adopter, corriger, inscrire_a_nouveau, mettre_a_l_ordre_du_jour, rejeter
from tests.services.test_candidatures import mener
from tests.ui.gestes import saisir, texte

Montrer = Callable[[str], Atelier]
NBSP = "\u00a0"


@pytest.fixture
def bureau(demo: Path) -> Iterator[Desk]:
    """Open the base that the window will show, to bring it where a test begins."""
    desk = desks.ouvrir(demo)
    yield desk
    desk.close()


@pytest.fixture
def montrer(ouvrir_fenetre: Ouvrir, demo: Path) -> Montrer:
    """Open the window on the base, at a phase."""

    def montree(reference: str) -> Atelier:
        atelier = ouvrir_fenetre(demo).atelier
        assert atelier is not None
        assert attendre(lambda: "controles" in atelier.__dict__)
        atelier.entree.choisir(atelier.desk.read(phases.trouver, reference).id)
        return atelier

    return montree


def replace_act(desk: Desk) -> None:
    """Adopt the act of the case, then one that corrects it."""
    adopter(desk)
    correction = corriger(desk)
    mettre_a_l_ordre_du_jour(desk, correction, "2024-600")
    adopter(desk, correction)


@pytest.mark.parametrize(("issue", "reste"), [("remplacee", "203 067,73 €"), ("rejetee", "915 067,73 €")])
def test_what_remains_is_the_end_of_the_chain(bureau: Desk, montrer: Montrer, issue: str, reste: str) -> None:
    (replace_act if issue == "remplacee" else rejeter)(bureau)
    vue = show(montrer("2024/6"), "budget", "chaine")
    assert isinstance(vue, Chaine)
    assert vue.liste.item(0).text().replace(NBSP, " ").endswith(f"\nReste : {reste}")
    for rang in range(vue.liste.count()):
        vue.liste.setCurrentRow(rang)
        dernier = vue.table.item(vue.table.rowCount() - 1, 3)
        assert dernier is not None
        assert vue.liste.item(rang).text().endswith(f"{dernier.text()}{NBSP}€")


def says(atelier: Atelier) -> str:
    """Read what the steps of the phase shown say comes next."""
    vue = show(atelier, "seance", "etapes")
    assert isinstance(vue, Etapes)
    return vue._suite.text().replace(NBSP, " ")


def test_a_correction_and_the_act_it_replaces_name_each_other(bureau: Desk, montrer: Montrer) -> None:
    adopter(bureau)
    correction = corriger(bureau)
    atelier = montrer("2024/7")
    assert says(atelier).startswith(
        "Cette phase corrige la délibération n° 2024-587 (phase 2024/6), qui reste en vigueur. Saisissez "
    )
    mettre_a_l_ordre_du_jour(bureau, correction, "2024-600")
    adopter(bureau, correction)
    atelier.actualiser()
    assert says(atelier).startswith("Cet acte corrige et remplace la délibération n° 2024-587 (phase 2024/6). ")
    atelier.entree.choisir(1)
    assert says(atelier) == (
        "La délibération n° 2024-600 (phase 2024/7) corrige et remplace cet acte, qui est conservé tel qu’il a été "
        "voté."
    )


def test_a_correction_rejected_since_does_not_say_that_a_replaced_act_stands(bureau: Desk, montrer: Montrer) -> None:
    adopter(bureau)
    premiere = corriger(bureau)
    mettre_a_l_ordre_du_jour(bureau, premiere, "2024-600")
    rejeter(bureau, premiere)
    atelier = montrer("2024/7")
    assert "qui reste en vigueur" in says(atelier)
    seconde = corriger(bureau)
    mettre_a_l_ordre_du_jour(bureau, seconde, "2024-601")
    adopter(bureau, seconde)
    atelier.actualiser()
    assert says(atelier).startswith("Cette phase corrige la délibération n° 2024-587 (phase 2024/6). L’assemblée")


@pytest.mark.parametrize(("issue", "etat"), [(adopter, "Voté"), (rejeter, "Rejeté")])
def test_an_application_follows_its_phase_and_is_presented_again(
    bureau: Desk, montrer: Montrer, issue: Callable[[Desk], object], etat: str
) -> None:
    mener(bureau, "propose")
    inscrire_a_nouveau(bureau)
    issue(bureau)
    atelier = montrer("2024/6")
    vue = show(atelier, "campagne", "dossiers")
    assert isinstance(vue, Dossiers)
    vue.page.table.selectRow(0)
    vote = f"8{NBSP}000,00" if etat == "Voté" else ""
    assert (texte(vue.page, 0, "etat"), texte(vue.page, 0, "montant_vote")) == (etat, vote)
    assert vue.parcours._etat.text() == etat
    if etat == "Voté":
        assert not vue.parcours.boutons
        return
    vue.parcours.boutons["representer"].click()
    assert texte(vue.page, 0, "etat") == "Instruit"
    assert "proposer" not in vue.parcours.boutons
    assert "choisissez-la en haut de la fenêtre" in vue.parcours._faits.text()
    action(atelier._fenetre, "Annuler").trigger()
    assert texte(vue.page, 0, "etat") == "Rejeté"


def test_nothing_is_left_to_undo_once_voted(montrer: Montrer) -> None:
    atelier = montrer("2024/6")
    structures = atelier.onglets.montrer("structures")
    saisir(structures, 0, "nom", "Structure renommée")
    annuler = action(atelier._fenetre, "Annuler")
    assert annuler.isEnabled()
    vue = show(atelier, "seance", "vote")
    assert isinstance(vue, VoteDeLaPhase)
    finis: list[bool] = []
    vue.adoption.enregistre.connect(lambda: finis.append(True))
    answer("Enregistrer le vote")
    vue.adoption.bouton.click()
    assert attendre(lambda: bool(finis), 30_000)
    assert (annuler.isEnabled(), atelier.actions.pile.count()) == (False, 0)
    assert atelier.etat.currentMessage().replace(NBSP, " ") == (
        "Adopté – phase 2024/6 : un vote ne s’annule pas, ni ce qui l’a précédé."
    )
    saisir(structures, 0, "nom", "Structure encore renommée")
    assert annuler.isEnabled(), "what comes after is undone as ever"


def test_what_was_said_of_a_phase_is_not_said_of_another(bureau: Desk, montrer: Montrer) -> None:
    adopter(bureau)
    corriger(bureau)
    atelier = montrer("2024/6")
    atelier.etat.dire("Une chose faite ici")
    atelier.actualiser()
    assert atelier.etat.currentMessage() == "Une chose faite ici"
    atelier.entree.choisir(2)
    assert atelier.etat.currentMessage() == ""
