"""Writes the certificate of service fait of a convention, once it is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from inclusion_desk.domain.certificats import Certificat
from inclusion_desk.domain.conventions import SIGNEES
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.services import modeles
from inclusion_desk.services.ecrits import FormatEcrit, ecrire
from inclusion_desk.store import actes, bilans, conventions, service_fait, versements
from inclusion_desk.store.engine import Session


@dataclass(frozen=True, slots=True)
class Certification:
    """A certificate to write, and the user's template for it, None for ours."""

    certificat: Certificat
    modele: str | None = None

    def nom_propose(self, extension: FormatEcrit) -> str:
        """Name the file."""
        from inclusion_desk.documents import service_fait as document  # noqa: PLC0415 - reportlab on first use

        return document.nom_fichier(self.certificat, extension)

    def ecrire(self, cible: Path) -> Path:
        """Write the certificate, as DOCX where the name says so, else as PDF; it is read back and compared.

        Raises:
            Refus: the target cannot be written, a template that cannot be filled, or what is read back differs.
        """
        from inclusion_desk.documents import service_fait as document  # noqa: PLC0415 - idem

        return ecrire(
            cible,
            lambda extension: document.render(self.certificat, extension, self.modele),
            lambda relu, extension: document.verify(relu, self.certificat, extension, self.modele),
        )


def preparer(session: Session, convention_id: int) -> Certification:
    """Gather what the certificate of a convention says, as of the day it bears: what was judged, what was paid by then.

    Raises:
        Introuvable: the convention is gone.
        Refus: its service fait is not closed.
    """
    convention = conventions.load_one(session, convention_id)
    suivi, fait = bilans.load_suivi(session, convention_id), service_fait.load_arretes(session, [convention_id])
    if suivi.arrete_le is None or convention_id not in fait:
        raise Refus(
            f"Le service fait de la convention {convention.numero} n’est pas arrêté : saisissez d’abord les taux de "
            "réalisation et la date à laquelle il l’est."
        )
    acte = actes.build(session, convention_id, None)
    avenants = conventions.load_avenants(session, convention_id=convention_id)
    payes = tuple(v for v in versements.load(session, suivi.arrete_le, convention_id=convention_id) if _paid(v))
    certificat = Certificat(
        convention_numero=convention.numero,
        convention_objet=convention.objet,
        signee_le=convention.signee_le,
        avenants=tuple(a.rang for a in avenants if a.etat in SIGNEES),
        debut=convention.debut,
        fin=convention.terme or convention.fin,
        beneficiaire=acte.beneficiaire,
        departement=acte.departement,
        fait=replace(fait[convention_id], verse=sum(v.montant_paye or 0 for v in payes)),
        arrete_le=suivi.arrete_le,
        paiements=payes,
        observations=suivi.observations,
    )
    return Certification(certificat, modeles.propre(session, "service-fait"))


def _paid(versement: VersementSuivi) -> bool:
    return bool(versement.montant_paye) and versement.statut == "paye"
