"""Records the vote of a phase and freezes its act: documents first, then everything in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from inclusion_desk.domain import instantane
from inclusion_desk.domain.constats import Constat, Gravite
from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.deliberations import ADOPTIONS, ISSUES, Adoption
from inclusion_desk.domain.dossier import DossierSeance, Modele
from inclusion_desk.domain.etats import trouver
from inclusion_desk.domain.modifications import dire
from inclusion_desk.domain.phases import ETATS_PHASE, TRANSITIONS_PHASE, Phase
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.domain.text import compter, format_date
from inclusion_desk.services import natures, production
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.etapes import TOUCHE, write_copy
from inclusion_desk.services.evenements import consigner
from inclusion_desk.services.production import Progress
from inclusion_desk.store import deliberations, dossiers, journal, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, update_row

_ETATS = {"adopte": "adoptee", "modifie": "adoptee", "rejete": "rejetee"}
_GESTES = {"adoptee": "adopter", "rejetee": "rejeter"}


@dataclass(frozen=True, slots=True)
class Preparation:
    """An act ready to be frozen: what it will be, its fingerprint, and its documents as bytes."""

    phase_id: int
    version: int
    issue: str
    adoption: Adoption
    empreinte: str
    documents: Mapping[str, bytes]


def preparer(desk: Desk, phase_id: int, issue: str, progress: Progress) -> Preparation:
    """Check a vote and make the documents of the act, without writing anything.

    Raises:
        Refus: the vote does not allow this outcome, a control blocks, or a document cannot be made.
    """
    moment = desk.maintenant().isoformat(timespec="seconds")
    vue, dossier = desk.read(_read, phase_id, issue, moment)
    check_issue(dossier, issue, desk.maintenant().date())
    documents: dict[str, bytes] = {}
    for rang, nature in enumerate(natures.FIGES):
        progress(rang, len(natures.FIGES))
        contenu = production.rendre(nature, dossier, "pdf", lambda _fait, _total: None, desk.maintenant())
        production.verifier(nature, contenu, dossier, "pdf")
        documents[nature] = contenu
    adoption = dossier.deliberation.adoption
    if adoption is None:
        raise TypeError(adoption)
    empreinte = instantane.empreinte(instantane.ecrire(dossier))
    return Preparation(phase_id, vue.version, issue, adoption, empreinte, documents)


def _read(session: Session, phase_id: int, issue: str, moment: str) -> tuple[Phase, DossierSeance]:
    vue = phases.load(session, phase_id)
    adoption = Adoption(journal.head(session).abrege, moment)
    return vue, as_voted(session, vue, issue, adoption)


def as_voted(session: Session, vue: Phase, issue: str, adoption: Adoption) -> DossierSeance:
    """Build the dossier of a phase as its act will freeze it, templates included.

    Raises:
        Refus: the phase is not on the agenda.
    """
    trouver(TRANSITIONS_PHASE, _GESTES[_ETATS[issue]], vue.etat, ETATS_PHASE)
    from inclusion_desk.documents.textes import NOMS_MODELES, modele_livre  # noqa: PLC0415 - loaded on first use

    dossier = dossiers.build(session, vue)
    return replace(
        dossier,
        etat=_ETATS[issue],
        deliberation=replace(dossier.deliberation, issue=issue, adoption=adoption),
        modeles=tuple(Modele(nom, dossier.modele(nom) or modele_livre(nom)) for nom in NOMS_MODELES),
    )


def check_issue(dossier: DossierSeance, issue: str, jour: date) -> None:
    """Check that a vote gives the outcome announced, that its sitting is held by ``jour``, and that nothing blocks.

    A tie is settled by the vote of who presides, and so allows both outcomes.

    Raises:
        Refus: naming what is missing or contradicts.
    """
    acte = dossier.deliberation
    if not acte.votes:
        raise Refus("Le décompte du vote est à saisir avant d’enregistrer son résultat.")
    if not acte.numero:
        raise Refus("Le numéro de la délibération est à saisir avant d’enregistrer le vote, rubrique Délibération.")
    if dossier.seance.jour is not None and dossier.seance.jour > jour:
        raise Refus(
            f"La séance est fixée au {format_date(dossier.seance.jour)} : un vote ne s’enregistre qu’une fois tenue. "
            "Corrigez sa date si elle a déjà eu lieu."
        )
    pour, contre = acte.nombre("pour"), acte.nombre("contre")
    if issue in ADOPTIONS and (pour < contre or not pour):
        raise Refus(f"Avec {pour} voix pour et {contre} contre, l’acte n’est pas adopté : corrigez le décompte.")
    if issue == "rejete" and pour > contre:
        raise Refus(f"Avec {pour} voix pour et {contre} contre, l’acte n’est pas rejeté : corrigez le décompte.")
    _check_changes(dossier, issue)
    _check_findings(bloquants(dossier))


def _check_changes(dossier: DossierSeance, issue: str) -> None:
    propose = dossier.propose
    if issue == "adopte" and propose is not None:
        quoi = dire(propose, dossier)
        raise Refus(
            f"{quoi[:1].upper()}{quoi[1:]} depuis l’inscription à la séance : enregistrez l’acte comme "
            f"« {ISSUES['modifie']} », ou remettez ce qui a changé comme au projet inscrit."
        )
    if issue == "modifie" and propose is None:
        raise Refus(
            "Ni les propositions, ni les articles, ni les annexes n’ont changé depuis l’inscription à la séance : "
            f"enregistrez l’acte comme « {ISSUES['adopte']} », ou reportez d’abord les modifications votées."
        )


def bloquants(dossier: DossierSeance) -> tuple[Constat, ...]:
    """List the findings that block the vote of a dossier."""
    return tuple(constat for constat in controler(dossier) if constat.gravite is Gravite.BLOQUANT)


def _check_findings(constats: tuple[Constat, ...]) -> None:
    if constats:
        nombre = compter(len(constats), "constat bloquant", "constats bloquants")
        raise Refus(f"{nombre} : {constats[0].phrase} Réglez ce que les contrôles signalent, puis recommencez.")


def figer(session: Session, preparation: Preparation) -> Changes:
    """Freeze an act whose documents are ready, in one transaction: copy, documents, outcome, state, former act.

    Raises:
        ConflitDeVersion: something in the phase changed since its documents were made.
        Refus: the phase is no longer on the agenda, or the budget cannot bear it.
    """
    p = preparation
    vue = phases.locked(session, p.phase_id)
    dossier = as_voted(session, vue, p.issue, p.adoption)
    contenu = instantane.ecrire(dossier)
    if instantane.empreinte(contenu) != p.empreinte:
        raise ConflitDeVersion(
            f"La phase {vue.reference} a changé pendant la préparation de ses documents : rien n’a été enregistré. "
            "Vérifiez-la, puis recommencez."
        )
    _store(session, p, contenu)
    if p.issue in ADOPTIONS:
        _release_former(session, vue)
    _close(session, vue, p)
    return Changes(f"{ISSUES[p.issue]} – phase {vue.reference}", {**TOUCHE, "candidatures": ()})


def _store(session: Session, preparation: Preparation, contenu: str) -> None:
    acte = deliberations.find(session, preparation.phase_id)
    if acte is None:
        raise Refus("Cette phase n’a pas de délibération : rien n’est à voter.")
    write_copy(session, acte.id, "deliberation", contenu)
    for nature, octets in preparation.documents.items():
        ligne = {"deliberation_id": acte.id, "nature": nature, "contenu": octets}
        insert_row(session, tables.document_fige, {**ligne, "empreinte": hashlib.sha256(octets).hexdigest()})
    update_row(session, tables.deliberation, acte.id, acte.version, {"issue": preparation.issue})


def _release_former(session: Session, vue: Phase) -> None:
    """Take the weight of the act corrected off the budget, before this one’s is put on it."""
    if vue.phase_remplacee is None:
        return
    ancienne = phases.locked(session, vue.phase_remplacee)
    transition = trouver(TRANSITIONS_PHASE, "remplacer", ancienne.etat, ETATS_PHASE)
    valeurs: dict[str, Any] = {"etat": transition.vers, "compte": False}
    update_row(session, tables.phase, ancienne.id, ancienne.version, valeurs)
    consigner(session, "phases", ancienne.id, ancienne.etat, transition, f"Par la phase {vue.reference}")


def _close(session: Session, vue: Phase, preparation: Preparation) -> None:
    etat = _ETATS[preparation.issue]
    transition = trouver(TRANSITIONS_PHASE, _GESTES[etat], vue.etat, ETATS_PHASE)
    valeurs = {"etat": etat, "compte": etat == "adoptee"}
    update_row(session, tables.phase, vue.id, preparation.version, valeurs)
    consigner(session, "phases", vue.id, vue.etat, replace(transition, geste=ISSUES[preparation.issue], motive=False))


def adopter(desk: Desk, phase_id: int, issue: str, progress: Progress) -> Changes:
    """Prepare an act, then freeze it.

    Raises:
        Refus: as ``preparer`` and ``figer``; nothing is half-done.
    """
    return desk.do(figer, preparer(desk, phase_id, issue, progress))
