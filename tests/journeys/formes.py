"""The gestures of the journeys: menu entries, questions answered, forms and sections filled, as a user would."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMessageBox, QWidget

from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.fiche import Fiche
from inclusion_desk.ui.formulaire import Formulaire
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.saisie import AnySaisie, SaisieLongue
from inclusion_desk.ui.vues import Vue


def action(fenetre: QWidget, debut: str) -> QAction:
    """Find a menu entry by the beginning of its label."""
    trouvees = [a for a in fenetre.findChildren(QAction) if a.text().replace("&", "").startswith(debut)]
    assert trouvees, debut
    return trouvees[0]


def press(widget: QWidget, label: str) -> None:
    """Click a button by its label."""
    next(b for b in widget.findChildren(QAbstractButton) if b.text().replace("&", "") == label).click()


def answer(label: str) -> None:
    """Click a button of the next question that has it, once it is asked."""

    def cliquer() -> None:
        question = QApplication.activeModalWidget()
        boutons = question.findChildren(QAbstractButton) if isinstance(question, QMessageBox) else []
        voulus = [bouton for bouton in boutons if bouton.text().replace("&", "") == label]
        if voulus:
            voulus[0].click()
        else:
            QTimer.singleShot(20, cliquer)

    QTimer.singleShot(20, cliquer)


def put(saisie: AnySaisie, valeur: str) -> None:
    """Type a value, or pick it in the list."""
    if isinstance(saisie, QComboBox):
        rang = saisie.findText(valeur)
        assert rang >= 0, f"{valeur} : {[saisie.itemText(n) for n in range(saisie.count())]}"
        saisie.setCurrentIndex(rang)
    elif isinstance(saisie, SaisieLongue):
        saisie.setPlainText(valeur)
    else:
        saisie.setText(valeur)


def submit(formulaire: Formulaire | None, values: Mapping[str, str]) -> None:
    """Type in an open form and save; nothing may be refused."""
    assert formulaire is not None
    for nom, valeur in values.items():
        put(formulaire.rubriques[nom].saisie, valeur)
    formulaire.accept()
    phrases = [formulaire._bandeau.text(), *(r.phrase for r in formulaire.rubriques.values() if r.phrase)]
    assert not formulaire.isVisible(), phrases


def add(page: Page, values: Mapping[str, str]) -> None:
    """Add a row through the form of a page."""
    page.edition.ajouter()
    submit(page.edition.formulaire, values)


def leave(fiche: Fiche, values: Mapping[str, str]) -> None:
    """Type in the fields of a section, leaving each."""
    for nom, valeur in values.items():
        rubrique = fiche.champs.rubriques[nom]
        put(rubrique.saisie, valeur)
        QApplication.sendEvent(rubrique.saisie, QFocusEvent(QEvent.Type.FocusOut))
        assert not rubrique.saisie.property("faute"), rubrique.phrase


def show(atelier: Atelier, onglet: str, partie: str) -> Vue:
    """Show a part of a tab, and let it be painted."""
    vue = atelier.onglets.montrer_partie(onglet, partie)
    QApplication.processEvents()
    assert vue.isVisible()
    return vue
