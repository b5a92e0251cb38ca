"""Fictitious letters, one for each level of reminder: what their template is tried and shown on."""

from __future__ import annotations

from datetime import date, timedelta

from inclusion_desk.domain.actes_exemples import BENEFICIAIRE, DEPARTEMENT
from inclusion_desk.domain.bilans import RAPPELS, Rappel
from inclusion_desk.domain.lettres import Lettre
from inclusion_desk.domain.suivi import BilanSuivi
from inclusion_desk.domain.versements import Versement

_ECHEANCE = date(2026, 3, 31)
_NUMERO = "2024-00001"


def exemples() -> tuple[Lettre, ...]:
    """Make a letter of each level about one bilan, the last one about a financial report."""
    *premiers, dernier = RAPPELS
    return (*(_letter(rappel, "final") for rappel in premiers), _letter(dernier, "financier"))


def _letter(rappel: Rappel, nature: str) -> Lettre:
    jour = _ECHEANCE + timedelta(days=rappel.depuis)
    envoyees = {r.champ: _ECHEANCE + timedelta(days=r.depuis) for r in RAPPELS if r.niveau < rappel.niveau}
    bilan = BilanSuivi(
        1, 1, 1, nature, date(2025, 1, 1), date(2025, 12, 31), _ECHEANCE,
        rappel_le=envoyees.get("rappel_le"), relance_le=envoyees.get("relance_le"),
        seconde_relance_le=envoyees.get("seconde_relance_le"),
        convention_numero=_NUMERO, action="Action d’exemple", jour=jour,
    )  # fmt: skip
    solde = Versement(1, 1, 1, 2, "Solde", None, 1_820_020, "bilan_final", _ECHEANCE, "Bilan final")
    return Lettre(
        niveau=rappel,
        bilan=bilan,
        convention_numero=_NUMERO,
        convention_objet="Accompagnement des publics",
        signee_le=date(2024, 12, 20),
        beneficiaire=BENEFICIAIRE,
        departement=DEPARTEMENT,
        jour=jour,
        versements=(solde,) if nature == "final" else (),
    )
