"""The certificate of service fait of a convention: what it says, from which its document is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.actes import Beneficiaire, Departement
from inclusion_desk.domain.service_fait import ServiceFait
from inclusion_desk.domain.versements import Versement


@dataclass(frozen=True, slots=True)
class Certificat:
    """One certificate, dated by the day the service fait was closed; ``paiements`` are the instalments paid by then."""

    convention_numero: str
    convention_objet: str
    signee_le: date | None
    avenants: tuple[int, ...]
    """The numbers of the avenants signed."""
    debut: date
    fin: date
    beneficiaire: Beneficiaire
    departement: Departement
    fait: ServiceFait
    arrete_le: date
    paiements: tuple[Versement, ...] = ()
    observations: str = ""
