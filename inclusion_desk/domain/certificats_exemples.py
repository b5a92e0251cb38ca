"""Fictitious certificates of service fait: a balance, an excess, nothing due; what their template is tried on."""

from __future__ import annotations

from datetime import date

from inclusion_desk.domain.actes_exemples import BENEFICIAIRE, DEPARTEMENT
from inclusion_desk.domain.certificats import Certificat
from inclusion_desk.domain.service_fait import QUALITATIVE, QUANTITATIVE, Penalite, Volet, arreter
from inclusion_desk.domain.versements import Versement

_MAXIMUM = 6_460_000


def exemples() -> tuple[Certificat, ...]:
    """Make a certificate that leaves a balance, one that claims money back, and one that leaves nothing due."""
    penalite = Penalite("bilan remis hors délai", taux=1_000)
    return _certificate(3_876_000, penalite), _certificate(_MAXIMUM, penalite), _certificate(5_491_000)


def _certificate(verse: int, *penalites: Penalite) -> Certificat:
    volets = (Volet(QUANTITATIVE, 5_000, 8_000), Volet(QUALITATIVE, 5_000, 9_000))
    paye = Versement(
        1, 1, 1, 1, "Avance", None, verse, "signature", date(2024, 3, 18), "", verse, date(2024, 4, 15)
    )  # fmt: skip
    return Certificat(
        convention_numero="2024-00001",
        convention_objet="Accompagnement des publics",
        signee_le=date(2024, 3, 18),
        avenants=(1,) if penalites else (),
        debut=date(2024, 1, 1),
        fin=date(2024, 12, 31),
        beneficiaire=BENEFICIAIRE,
        departement=DEPARTEMENT,
        fait=arreter(_MAXIMUM, volets, penalites, verse=verse),
        arrete_le=date(2026, 1, 15),
        paiements=(paye,),
    )
