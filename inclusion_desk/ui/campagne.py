"""Opening the campaign of a year, from last year's or from nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.services import campagnes
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.formulaire import Formulaire, sans_options

_AUCUNE = "0"


def _champs(annees: list[int], cette_annee: int) -> tuple[Champ, Champ]:
    modeles = {str(annee): f"Campagne {annee}" for annee in annees}
    aide = "Reprend thématiques, dispositifs, lignes budgétaires sans leur AE, et périodes de dépôt décalées d’autant."
    return (
        Champ("annee", "Année", "L’année", Nature.CHOIX, obligatoire=True, choix=_annees(annees, cette_annee)),
        Champ(
            "modele", "Reprendre", "La campagne à reprendre", Nature.CHOIX, obligatoire=True,
            choix={**modeles, _AUCUNE: "Aucune : campagne vide"}, aide=aide,
        ),
    )  # fmt: skip


def _annees(annees: list[int], cette_annee: int) -> dict[str, str]:
    """List the years that may be opened: those around this one and around the campaigns already there."""
    fin = max([*annees, cette_annee]) + 2
    debut = min([*annees, cette_annee]) - 2
    return {str(annee): str(annee) for annee in range(fin, debut - 1, -1) if annee not in annees}


def ouvrir_campagne(parent: QWidget, contexte: Contexte) -> Formulaire:
    """Open the form of a new campaign; done, its first phase is the one shown."""
    annees = contexte.desk.read(campagnes.annees)

    def enregistrer(lues: Valeurs) -> None:
        modele = int(str(lues["modele"])) or None
        contexte.actions.do(campagnes.ouvrir, int(str(lues["annee"])), modele)

    cette_annee = contexte.desk.maintenant().year
    champs = _champs(annees, cette_annee)
    formulaire = Formulaire("Nouvelle campagne", champs, (("annee",), ("modele",)), sans_options, enregistrer, parent)
    formulaire.nommer("&Ouvrir la campagne")
    suivante = annees[0] + 1 if annees else cette_annee
    formulaire.remplir({"annee": str(suivante), "modele": str(annees[0]) if annees else _AUCUNE})
    formulaire.open()
    return formulaire
