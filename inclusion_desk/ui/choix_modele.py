"""The form that takes another model for avenants not prepared yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from inclusion_desk.domain.actes_proposes import ActePropose
from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.ui.formulaire import Formulaire, sans_options


def ouvrir_choix(parent: QWidget, proposes: Sequence[ActePropose], choisir: Callable[[str], None]) -> Formulaire:
    """Open the form on avenants; ``choisir`` is given the model taken."""
    un = proposes[0] if len(proposes) == 1 else None
    qui = un.structure if un else compter(len(proposes), "avenant")
    champ = Champ(
        "modele", "Modèle", "Le modèle d’avenant", Nature.CHOIX, obligatoire=True,
        choix={code: typo(libelle) for code, libelle in MODELES_AVENANT.items()},
        aide=typo(un.explication) if un else "",
    )  # fmt: skip

    def enregistrer(lues: Valeurs) -> None:
        choisir(str(lues["modele"]))

    formulaire = Formulaire(f"Modèle – {qui}", (champ,), (("modele",),), sans_options, enregistrer, parent)
    formulaire.nommer("&Prendre ce modèle")
    codes = {propose.modele for propose in proposes}
    formulaire.remplir({"modele": codes.pop() if len(codes) == 1 else None})
    formulaire.open()
    return formulaire
