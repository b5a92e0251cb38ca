"""No value of any field of any subject is a bug: it is written, or refused in a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.champs import Nature
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.regles import REGLES
from inclusion_desk.services.sujets import SUJETS
from tests.services.gestes import PHASE, ligne
from tests.services.test_candidatures import DEMANDE

CONVENTION = {
    "numero": "2024-01213", "structure_id": 1, "objet": "Accueil", "debut": date(2024, 1, 1),
    "fin": date(2024, 12, 31), "externe": True, "signee_structure": date(2024, 1, 5),
    "signee_departement": date(2024, 1, 9),
}  # fmt: skip
_PERIODE = {"debut": date(2024, 1, 1), "fin": date(2024, 12, 31)}
_TEXTES = ("", None, "x" * 5000, "x" * 20_001, "a\x00b", "=1+1", "\ud83d", "’")
VALEURS: dict[Nature, tuple[Any, ...]] = {
    Nature.ENTIER: (0, 1, -1, 999_999_999, 2**31, 10**10, None),
    Nature.MONTANT: (0, -1, 99_999_999_999, 10**12, 2**63, None),
    Nature.MONTANT_SIGNE: (0, -1, 10**12, None),
    Nature.CENTIEMES: (0, -1, 10**12, None),
    Nature.DATE: (None, date(1, 1, 1), date(1900, 1, 1), date(2100, 12, 31), date(9999, 12, 31)),
    Nature.REFERENCE: (None, 0, -1, 99_999),
    Nature.BOOLEEN: (None, True, False),
    Nature.CHOIX: (None, "", "inconnu"),
}


@pytest.mark.parametrize("sujet", SUJETS)
def test_hostile_values_are_written_or_refused(desk: Desk, sujet: str) -> None:
    table, champs = REGLES[sujet].table, SUJETS[sujet].champs
    _premiere(desk, sujet)
    modele = {c.nom: ligne(desk, 1, table)[c.nom] for c in champs}
    for champ in champs:
        for valeur in VALEURS.get(champ.nature, _TEXTES):
            appels: tuple[tuple[Any, ...], ...] = (
                (edition.update, sujet, 1, ligne(desk, 1, table)["version"], {champ.nom: valeur}),
                (edition.create, sujet, PHASE, {**modele, champ.nom: valeur}),
            )
            for appel in appels:
                try:
                    desk.do(*appel)
                except Refus as refus:
                    assert str(refus).strip().endswith((".", ")"))  # noqa: PT017 - writing it is right as well
    assert desk.read(verification.anomalies) == ()


def _premiere(desk: Desk, sujet: str) -> None:
    """Make the first row of the subjects that have none in the case."""
    valeurs: dict[str, dict[str, Any]] = {
        "candidatures": DEMANDE,
        "mandats": {"elu_id": 1, "structure_id": 1},
        "decisions": {"ligne_budgetaire_id": 1, "jour": date(2025, 1, 6), "libelle": "DM", "montant": 100},
        "fiches": {"dispositif_id": 1, "titre": "Accueil"},
        "conventions": CONVENTION,
        "avenants": {"convention_id": 1, "modele": "9", "objet": "Prolonger"},
        "montants": {"convention_id": 1, "debut": date(2024, 1, 1), "fin": date(2024, 6, 30), "montant": 100},
        "annexes_actes": {"convention_id": 1, "annexe": 2, "titre": "Accueil"},
        "versements": {"convention_id": 1, "libelle": "Avance", "montant": 100, "declencheur": "signature"},
        "bilans": {"convention_id": 1, "nature": "final", **_PERIODE, "echeance": date(2025, 6, 30)},
    }
    if sujet in {"avenants", "montants", "annexes_actes", "versements", "bilans"}:
        desk.do(edition.create, "conventions", PHASE, CONVENTION)
    if sujet == "versements":
        desk.do(edition.create, "montants", PHASE, {"convention_id": 1, **_PERIODE, "montant": 10_000})
    if sujet in valeurs:
        desk.do(edition.create, sujet, PHASE, valeurs[sujet])
