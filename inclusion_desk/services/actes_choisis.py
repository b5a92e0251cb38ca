"""The acts that a batch takes, read whole with their row in the list of the phase, and those that it leaves aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.actes_proposes import ActePropose, IdsActe, nommer_ligne
from inclusion_desk.domain.preparation import dire_blancs, dire_manquants
from inclusion_desk.services import preparation_actes
from inclusion_desk.store import actes, conventions
from inclusion_desk.store.engine import Session


@dataclass(frozen=True, slots=True)
class ActeChoisi:
    """One act to produce, read whole; ``rang`` is its row in the list of the phase, ``refus`` what it lacks."""

    rang: int
    acte: Acte
    refus: str = ""
    etat: str = ""
    """Its state in words, with its day."""

    @property
    def phrase(self) -> str:
        """What it lacks, naming the row: « Ligne 14 – CCAS de Liévin : il manque… »."""
        return self.nommer(self.refus)

    def nommer(self, phrase: str) -> str:
        """Say a sentence of it, naming its row."""
        return nommer_ligne(self.rang, self.acte.beneficiaire.nom, phrase)


@dataclass(frozen=True, slots=True)
class ActeEcarte:
    """One act that is not prepared, and that a batch leaves aside with its reason."""

    propose: ActePropose
    refus: str

    @property
    def phrase(self) -> str:
        """The reason, naming the row."""
        return self.propose.nommer(self.refus)


def examiner(session: Session, phase_id: int) -> tuple[ActeChoisi, ...]:
    """Read the acts prepared for a phase, each with what it lacks to be written, in the order of its lines."""
    return lire(session, rangs(preparation_actes.examiner(session, phase_id)))


def rangs(proposes: Sequence[ActePropose]) -> dict[IdsActe, int]:
    """Give the acts prepared among those a phase calls for, each with its row in their list, from 1."""
    faits: dict[IdsActe, int] = {}
    for propose in proposes:
        if propose.fait is not None:
            faits.setdefault(propose.fait, propose.rang)
    return faits


def lire(session: Session, faits: Mapping[IdsActe, int]) -> tuple[ActeChoisi, ...]:
    """Read acts given by their convention and avenant, with their rows; each comes with what it lacks."""
    etats = preparation_actes.prepared(
        conventions.load(session, [c for c, a in faits if a is None]),
        conventions.load_avenants(session, [a for _, a in faits if a is not None]),
    )
    lus = zip(faits.items(), actes.load_all(session, tuple(faits)), strict=True)
    return tuple(ActeChoisi(rang, acte, dire_manquants(acte), etats[ids].etat_dit) for (ids, rang), acte in lus)


def situations(session: Session, ids: Sequence[IdsActe]) -> dict[IdsActe, str]:
    """Say where each of some acts prepared stands: what it lacks, or that it is ready and what it leaves blank."""
    return {ceux: _situation(acte) for ceux, acte in zip(ids, actes.load_all(session, ids), strict=True)}


def _situation(acte: Acte) -> str:
    manques = dire_manquants(acte)
    if manques:
        return manques
    blancs = dire_blancs(acte)
    return f"Prêt à produire. {blancs}" if blancs else "Prêt à produire"
