"""The letter to a structure whose bilan is awaited: what it says, from which its document is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inclusion_desk.domain.actes import Beneficiaire, Departement
from inclusion_desk.domain.bilans import RAPPELS, Rappel
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import BilanSuivi
from inclusion_desk.domain.versements import Versement

_MISE_EN_DEMEURE = max(rappel.niveau for rappel in RAPPELS)


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter, dated ``jour``; ``versements`` are the instalments that wait for the bilan."""

    niveau: Rappel
    bilan: BilanSuivi
    convention_numero: str
    convention_objet: str
    signee_le: date | None
    beneficiaire: Beneficiaire
    departement: Departement
    jour: date
    versements: tuple[Versement, ...] = ()

    @property
    def precedentes(self) -> tuple[date, ...]:
        """The days of the letters sent since the due date, before this one, none of them answered."""
        return tuple(
            envoyee_le
            for rappel, envoyee_le in self.bilan.lettres
            if rappel.niveau < self.niveau.niveau and envoyee_le > self.bilan.echeance
        )

    @property
    def limite(self) -> date:
        """The last day to answer: the due date for a plain reminder, a delay from the letter for the others."""
        delai = self.niveau.reponse
        return self.jour + timedelta(days=delai) if delai else self.bilan.echeance

    @property
    def mise_en_demeure(self) -> bool:
        """Whether it is the last level, sent by registered post."""
        return self.niveau.niveau == _MISE_EN_DEMEURE


def niveau_atteint(bilan: BilanSuivi, jour: date) -> Rappel:
    """Give the level of the letter to write on a day: the one to send, or the last sent again.

    Raises:
        Refus: the bilan has come, or is not awaited yet.
    """
    niveau = bilan.lettre_du(jour)
    if niveau is None:
        suite = "est déjà reçu" if bilan.recu_le is not None else "n’est pas encore attendu"
        raise Refus(f"« {bilan.libelle} » de la convention {bilan.convention_numero} {suite} : rien n’est à rappeler.")
    return niveau
