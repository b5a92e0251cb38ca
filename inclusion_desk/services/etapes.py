"""Moves a phase from its preparation to the sitting, and back; the vote itself is recorded by ``adoption``."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete

from inclusion_desk.domain import instantane
from inclusion_desk.domain.deliberations import ISSUES
from inclusion_desk.domain.etats import Evenement, Transition, trouver
from inclusion_desk.domain.phases import ETATS_PHASE, TRANSITIONS_PHASE, Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import actes
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.evenements import consigner, historique
from inclusion_desk.store import deliberations, dossiers, phases, tables
from inclusion_desk.store.engine import Session, moment_of
from inclusion_desk.store.rows import count_by, insert_row, update_row

TOUCHE: dict[str, tuple[int, ...]] = {
    "phases": (), "seances": (), "propositions": (), "budget": (), "structures": (), "dispositifs": (),
    "candidatures": (),
}  # fmt: skip
"""What a move of a phase may change on screen."""


def deplacer(session: Session, phase_id: int, version: int, code: str, motif: str = "") -> Changes:
    """Make a phase move; the report put to the vote is frozen when it comes on the agenda.

    Raises:
        Refus: the state does not allow it, or something is missing.
        ConflitDeVersion: the phase was changed since it was read.
    """
    vue = phases.locked(session, phase_id)
    transition = trouver(TRANSITIONS_PHASE, code, vue.etat, ETATS_PHASE)
    if code in {"adopter", "rejeter", "remplacer"}:
        raise Refus("Le vote s’enregistre à la rubrique Vote : rien n’a été changé.")
    valeurs: dict[str, str | int | None] = {"etat": transition.vers}
    _prepare(session, vue, transition, valeurs)
    update_row(session, tables.phase, phase_id, version, valeurs)
    consigner(session, "phases", phase_id, vue.etat, transition, motif)
    if code == "inscrire":
        keep_report(session, phases.load(session, phase_id))
    return Changes(f"{transition.geste} – phase {vue.reference}", TOUCHE)


def _prepare(session: Session, vue: Phase, transition: Transition, valeurs: dict[str, str | int | None]) -> None:
    """Check what a move asks for, and undo what the one before had frozen."""
    if transition.code == "transmettre" and not count_by(session, tables.proposition, "phase_id", [vue.id]):
        raise Refus(f"La phase {vue.reference} ne propose encore rien : ajoutez d’abord des propositions.")
    if transition.code == "inscrire" and vue.date_seance is None:
        raise Refus(f"La phase {vue.reference} n’a pas de séance : fixez d’abord sa date, rubrique Date et lieu.")
    if transition.code in {"retirer", "rouvrir"}:
        forget_report(session, vue.id)
    if transition.code == "rouvrir":
        deliberation_id = actes.preparer(session, vue.id)
        session.execute(delete(tables.vote).where(tables.vote.c.deliberation_id == deliberation_id))
        valeurs["seance_id"] = None


def keep_report(session: Session, vue: Phase) -> None:
    """Freeze the dossier as put to the vote."""
    deliberation_id = actes.preparer(session, vue.id)
    forget_report(session, vue.id)
    write_copy(session, deliberation_id, "rapport", instantane.ecrire(dossiers.build(session, vue)))


def write_copy(session: Session, deliberation_id: int, nature: str, contenu: str) -> None:
    """Store a frozen dossier with its fingerprint."""
    copie = {"contenu": contenu, "empreinte": instantane.empreinte(contenu), "moment": moment_of(session)}
    insert_row(session, tables.instantane, {"deliberation_id": deliberation_id, "nature": nature, **copie})


def forget_report(session: Session, phase_id: int) -> None:
    """Throw away the dossier frozen when the phase came on the agenda."""
    i, d = tables.instantane.c, tables.deliberation
    siens = d.select().with_only_columns(d.c.id).where(d.c.phase_id == phase_id)
    session.execute(delete(tables.instantane).where(i.deliberation_id.in_(siens), i.nature == "rapport"))


@dataclass(frozen=True, slots=True)
class ActeFige:
    """What the freezing of an act recorded: SHA-256 of its copy and of its documents, head of the journal, moment."""

    numero: str
    issue: str
    moment: str
    tete_journal: str
    empreinte: str
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parcours:
    """Where a phase stands: its moves, the latest first, its act once it is frozen, and those it is tied to.

    ``corrigee`` is the phase whose act it corrects, ``remplacante`` the one whose act replaced its own.
    """

    phase: Phase
    evenements: tuple[Evenement, ...]
    fige: ActeFige | None
    corrigee: Phase | None = None
    remplacante: Phase | None = None


def lire(session: Session, phase_id: int) -> Parcours:
    """Read where a phase stands, with the count and total of its propositions."""
    (vue,) = phases.load_of_campagne(session, phases.load(session, phase_id).campagne_id, [phase_id])
    corrigee, remplacante = (
        phases.load(session, liee) if liee is not None else None
        for liee in (vue.phase_remplacee, vue.phase_remplacante)
    )
    evenements = tuple(historique(session, "phases", phase_id))
    return Parcours(vue, evenements, _frozen(session, vue), corrigee, remplacante)


def _frozen(session: Session, vue: Phase) -> ActeFige | None:
    copie = deliberations.load_copy(session, vue.id, "deliberation") if vue.figee else None
    if copie is None:
        return None
    acte = instantane.lire(copie.contenu, copie.empreinte).deliberation
    return ActeFige(
        numero=acte.numero,
        issue=ISSUES.get(acte.issue or "", ""),
        moment=copie.moment,
        tete_journal=acte.adoption.tete_journal if acte.adoption else "",
        empreinte=copie.empreinte,
        documents=tuple(deliberations.load_prints(session, vue.id)),
    )
