"""The form of the département: its name and seat, and who signs its acts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.services import collectivite
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.formulaire import Formulaire, sans_options

_RANGEES = (("nom", "pole"), ("siege",), ("direction",), ("signataire",), ("qualite_signataire",))


def ouvrir_collectivite(parent: QWidget, contexte: Contexte) -> Formulaire:
    """Open the form, filled with what is known."""
    avant = contexte.desk.read(collectivite.lire)

    def enregistrer(lues: Valeurs) -> None:
        contexte.actions.do(collectivite.ecrire, avant, lues)

    titre = "Département et signataire des actes"
    formulaire = Formulaire(titre, collectivite.CHAMPS, _RANGEES, sans_options, enregistrer, parent)
    formulaire.remplir(avant)
    formulaire.open()
    return formulaire
