"""The page of dispositifs."""

from __future__ import annotations

from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.dispositifs import CHAMPS, Dispositif, unite_accordee
from inclusion_desk.domain.text import compter
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS)


def _volume(row: Dispositif) -> str:
    if row.unite == "etp" and not row.volume:
        return ""  # counted in ETP, line by line
    return compter(row.volume, unite_accordee(row.unite, row.volume), unite_accordee(row.unite, row.volume))


def _thematique(row: Dispositif) -> str:
    return f"{row.thematique_numero} – {row.thematique_intitule}"


DISPOSITIFS = Description(
    sujet="dispositifs",
    titre="Disposi&tifs",
    colonnes=(
        Column("numero", "N°", 64, _C["numero"]),
        Column("intitule", "Intitulé", 436, _C["intitule"], elastique=True),
        Column("thematique_numero", "Thématique", 260, _C["thematique_id"], montrer=_thematique, elastique=True),
        Column("unite", "Unité", 88, _C["unite"], aide="Ce que le volume compte"),
        Column("cofinancement", "Cofinancement", 134, _C["cofinancement"]),
        Column("structures", "Structures", 94, nature=Nature.ENTIER, aide="Structures proposées dans la phase"),
        Column("propositions", "Propositions", 108, nature=Nature.ENTIER, aide="Nombre de propositions de la phase"),
        Column("volume", "Volume", 134, nature=Nature.ENTIER, montrer=_volume, aide="Total de la phase"),
        Column("montant", "Montant (€)", 124, nature=Nature.MONTANT, aide="Total des propositions de la phase"),
    ),
    formulaire=(("thematique_id",), ("intitule",), ("numero", "unite", "cofinancement")),
    image="dispositifs",
    vide="Aucun dispositif",
    conseil="Décrivez les dispositifs de la campagne, thématique par thématique. "
    "Chaque proposition se rattache à l’un d’eux.",
)
