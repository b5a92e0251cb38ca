"""Grabs of every screen at 1366 × 768, light and dark: for the demonstration without a display, and for looking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from inclusion_desk.ui.apparence import Mode
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.fenetre import TAILLE, FenetrePrincipale

_PATIENCE_MS = 60_000
_REPOS_MS = 60


def attendre(condition: Callable[[], bool], patience_ms: int = _PATIENCE_MS) -> bool:
    """Let the event loop turn until a condition holds; False when it never did."""
    echeance = QDeadlineTimer(patience_ms)
    while not condition():
        if echeance.hasExpired():
            return False
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return True


def _settle() -> None:
    repos = QDeadlineTimer(_REPOS_MS)
    attendre(repos.hasExpired)


def capturer(fenetre: FenetrePrincipale, dossier: Path) -> list[Path]:
    """Grab each tab with the controls, a form, and the preview, in both modes; the mode of the day is put back."""
    dossier.mkdir(parents=True, exist_ok=True)
    fenetre.resize(*TAILLE)
    attendre(lambda: fenetre.atelier is not None)
    if fenetre.atelier is None:
        return []
    du_jour = fenetre.apparence.mode
    ecrites: list[Path] = []
    for mode in (Mode.CLAIR, Mode.SOMBRE):
        fenetre.apparence.choose(mode)
        ecrites += _grab_mode(fenetre, fenetre.atelier, dossier, mode.value)
    fenetre.apparence.choose(du_jour)
    return ecrites


def _grab_mode(fenetre: FenetrePrincipale, atelier: Atelier, dossier: Path, mode: str) -> list[Path]:
    attendre(lambda: bool(atelier.controles.constats), patience_ms=3000)
    ecrites = []
    for nom in atelier.onglets.noms:
        for partie in atelier.onglets.plan[nom].parties:
            vue = atelier.onglets.montrer_partie(nom, partie.nom)
            if vue.courante is not None:
                vue.courante.table.selectRow(0)
            _settle()
            suite = f"-{partie.nom}" if partie.nom != nom else ""
            ecrites.append(_save(fenetre, dossier / f"{nom}{suite}-{mode}.png"))
    ecrites.append(_save(atelier.controles, dossier / f"controles-{mode}.png"))
    page = atelier.onglets.montrer("propositions")
    page.edition.modifier()
    _settle()
    if page.edition.formulaire is not None:
        ecrites.append(_save(page.edition.formulaire, dossier / f"formulaire-{mode}.png"))
        page.edition.formulaire.reject()
    ecrites += _grab_preview(fenetre, atelier, dossier / f"apercu-{mode}.png")
    return ecrites


def _grab_preview(fenetre: FenetrePrincipale, atelier: Atelier, cible: Path) -> list[Path]:
    apercu = atelier.montrer_apercu()
    if apercu is None:
        return []
    attendre(lambda: apercu.imprimable and len(apercu.feuilles.images) > 0, patience_ms=_PATIENCE_MS)
    _settle()
    ecrite = _save(fenetre, cible)
    atelier.onglets.fermer_apercu()
    return [ecrite]


def _save(widget: QWidget, cible: Path) -> Path:
    widget.grab().save(str(cible))
    return cible
