"""The annexes of a deliberation: one per thématique, the breakdown by structure and territory, the joined texts."""

from __future__ import annotations

from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.deliberations import AnnexeJointe
from inclusion_desk.domain.dossier import DossierSeance, Ligne, ThematiqueDossier
from inclusion_desk.domain.text import enumerer


def thematiques_annexees(dossier: DossierSeance) -> tuple[tuple[int, ThematiqueDossier], ...]:
    """Number the thématiques that propose something: annexes 1, 2, 3 in the case."""
    proposees = (thematique for thematique in dossier.thematiques if thematique.operations)
    return tuple(enumerate(proposees, start=1))


def numero_thematique(dossier: DossierSeance, thematique: int) -> int | None:
    """Give the number of the annexe of a thématique; None when it proposes nothing."""
    return next((numero for numero, t in thematiques_annexees(dossier) if t.numero == thematique), None)


def numero_repartition(dossier: DossierSeance) -> int:
    """Give the number of the breakdown by structure and territory: it follows the thématiques (4 in the case)."""
    return len(thematiques_annexees(dossier)) + 1


def annexes_avenants(dossier: DossierSeance) -> tuple[AnnexeJointe, ...]:
    """List the joined models of avenant that the lines use, by number (5 to 10 in the case)."""
    utiles = set(dossier.modeles_avenant)
    return tuple(sorted((a for a in dossier.annexes if a.modele in utiles), key=lambda a: a.numero))


def modeles_sans_annexe(dossier: DossierSeance) -> tuple[str, ...]:
    """List the models of avenant that lines use and no joined text carries."""
    joints = {a.modele for a in dossier.annexes}
    return tuple(modele for modele in dossier.modeles_avenant if modele not in joints)


def libelle_modele(dossier: DossierSeance, ligne: Ligne) -> str:
    """Name the annexe that holds the model of avenant of a line: ``Annexe 5``; nothing for another act."""
    if ligne.modele not in MODELES_AVENANT:
        return ""
    joints = (str(a.numero) for a in dossier.annexes if a.modele == ligne.modele)
    return f"Annexe {next(joints, ligne.modele)}"


def citer(numeros: tuple[int, ...] | list[int]) -> str:
    """Cite annexes in a sentence: ``à l’annexe 5``, ``aux annexes 5, 6 et 7``; nothing for none."""
    if not numeros:
        return ""
    textes = [str(numero) for numero in numeros]
    return f"à l’annexe {textes[0]}" if len(textes) == 1 else f"aux annexes {enumerer(textes)}"
