"""The name under which one works: it signs every move, and is remembered from one day to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from inclusion_desk.domain.champs import Champ, Valeurs
from inclusion_desk.services.desk import Desk, nom_de_session
from inclusion_desk.ui.formulaire import Formulaire, sans_options
from inclusion_desk.ui.reglages import Reglages

_NOM = Champ(
    "auteur", "Nom", "Le nom", maximum=80, personnel=True,
    aide="Il signe vos étapes dans l’historique. Laissé vide, c’est celui de votre session.",
)  # fmt: skip


def demander_nom(parent: QWidget, desk: Desk, reglages: Reglages) -> Formulaire:
    """Open the form of the name, used from then on."""

    def enregistrer(lues: Valeurs) -> None:
        nom = str(lues["auteur"] or "")
        reglages.retenir("auteur", nom)
        desk.auteur = nom or nom_de_session()

    formulaire = Formulaire("Votre nom", (_NOM,), (("auteur",),), sans_options, enregistrer, parent)
    formulaire.remplir({"auteur": desk.auteur})
    formulaire.open()
    return formulaire
