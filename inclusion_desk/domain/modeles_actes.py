"""The models of conventions and avenants by their parameters: what each amends, annexes and carries."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from inclusion_desk.domain.codes import MODELES_AVENANT

CONVENTION = "convention"


class Cout(enum.Enum):
    """What a model says of the cost."""

    AUCUN = "aucun"
    TOTAL = "total"
    """One maximum for the whole term."""
    PERIODES = "periodes"
    """The maximum, then each period’s own share."""


@dataclass(frozen=True, slots=True)
class ModeleActe:
    """One model of act.

    ``articles`` are those of the convention it amends; ``annexes`` the number each sheet takes, in the order of the
    phase’s operations.

    ``remplacees`` are the annexes of the convention that give way. Source: the case, annexes 5 to 10.
    """

    code: str
    titre: str
    articles: tuple[int, ...] = ()
    annexes: tuple[int, ...] = (2,)
    cout: Cout = Cout.AUCUN
    duree: bool = False
    objet: bool = False
    obligations: bool = False
    plein_emploi: bool = False
    """Whether it follows the loi du 18 décembre 2023 pour le plein emploi."""
    remplacees: tuple[int, ...] = ()
    ancien_titre: str = ""
    """The title, in the convention, of the annexes that give way."""

    @property
    def avenant(self) -> bool:
        """Whether it amends a convention, rather than being one."""
        return self.code != CONVENTION

    @property
    def libelle(self) -> str:
        """Its code with what it is for: « 7 – équilibré et accueil, sans article de coût »."""
        return MODELES_AVENANT.get(self.code, self.titre)


_DYNAMISATION = "Dynamisation des parcours : accueil et accompagnement des BRSA"
_FINANCIER = "Avenant financier"
MODELES_ACTE: Mapping[str, ModeleActe] = {
    modele.code: modele
    for modele in (
        ModeleActe(CONVENTION, "Convention"),
        ModeleActe(
            "5", _FINANCIER, (1, 4, 8, 12), (2,), Cout.TOTAL, objet=True,
            obligations=True, plein_emploi=True, remplacees=(2,), ancien_titre=_DYNAMISATION,
        ),
        ModeleActe(
            "6", _FINANCIER, (1, 4, 8, 12), (2, 3), Cout.TOTAL,
            objet=True, obligations=True, plein_emploi=True, remplacees=(2,), ancien_titre=_DYNAMISATION,
        ),
        ModeleActe(
            "7", "Avenant", (1, 8, 12), (3, 2), objet=True,
            obligations=True, plein_emploi=True, remplacees=(2,), ancien_titre=_DYNAMISATION,
        ),
        ModeleActe(
            "8", "Avenant", (1, 8, 12), (2,), objet=True, obligations=True,
            plein_emploi=True, remplacees=(2, 3), ancien_titre=_DYNAMISATION,
        ),
        ModeleActe(
            "9", "Avenant", (1, 3, 4, 8, 12), (2,), Cout.PERIODES, duree=True,
            objet=True, obligations=True, plein_emploi=True, remplacees=(2,),
            ancien_titre="Accompagnement professionnel des BRSA dans le PLIE",
        ),
        ModeleActe(
            "10", "Avenant", (4, 12), (2,), Cout.PERIODES,
            remplacees=(2,),
        ),
    )
}  # fmt: skip
"""Every model by its code: ``convention``, and 5 to 10 after the annexes of the case."""


def nommer(code: str) -> str:
    """Name a model as a sentence cites it: « 5 – accueil seul, avec article de coût », within quotation marks."""
    modele = MODELES_ACTE.get(code)
    return f"« {modele.libelle if modele else code} »"
