"""Reads the whole of one phase, in one transaction, as the frozen dossier every document is made from."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, select

from inclusion_desk.domain.dispositifs import Phase
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, ThematiqueDossier
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.seances import POSITIONS, Avis, Deliberation, Presence, Seance, Visa, Vote
from inclusion_desk.store import budget, dispositifs, phases, propositions
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    avis,
    collectivite,
    deliberation,
    dispositif,
    elu,
    groupe,
    ligne_budgetaire,
    operation,
    phase,
    presence,
    proposition,
    seance,
    structure,
    territoire,
    visa,
    vote,
    vote_groupe,
)


def load(session: Session, phase_id: int) -> DossierSeance:
    """Read the dossier of a phase as it stands now.

    Raises:
        Introuvable: there is no such phase.
    """
    vue = phases.load(session, phase_id)
    return DossierSeance(
        annee=vue.annee,
        phase=vue.numero,
        departement=session.execute(select(collectivite.c.nom)).scalar() or "",
        titre=vue.titre,
        seance=_seance(session, phase_id),
        deliberation=_deliberation(session, vue),
        thematiques=_thematiques(session, vue),
        budget=tuple(li for li in budget.load(session, vue) if li.proposition),
    )


def _thematiques(session: Session, vue: Phase) -> tuple[ThematiqueDossier, ...]:
    lignes = _lignes(session, vue)
    ordres = _orders(session, vue.id)
    groupes: dict[int, list[Operation]] = defaultdict(list)
    fiches = {d.id: d for d in dispositifs.load(session, vue.id, vue.campagne_id)}
    for dispositif_id, siennes in lignes.items():
        d = fiches[dispositif_id]
        rang = ordres.get(dispositif_id, 0) or len(groupes[d.thematique_numero]) + 1
        groupes[d.thematique_numero].append(
            Operation(rang, d.id, d.numero, d.intitule, d.unite, d.cofinancement, tuple(siennes))
        )
    return tuple(
        ThematiqueDossier(t.numero, t.intitule, tuple(groupes[t.numero]))
        for t in dispositifs.load_thematiques(session, vue.campagne_id)
        if t.numero in groupes
    )


def _orders(session: Session, phase_id: int) -> dict[int, int]:
    o = operation.c
    return dict(session.execute(select(o.dispositif_id, o.ordre).where(o.phase_id == phase_id)).all())


def _lignes(session: Session, vue: Phase) -> dict[int, list[Ligne]]:
    """Read the lines of a phase by dispositif, both in the order of annexe 4."""
    demande = (
        select(
            proposition, structure.c.nom, structure.c.forme, structure.c.siret, structure.c.representant,
            territoire.c.nom.label("territoire"), dispositif.c.unite, dispositif.c.cofinancement,
            ligne_budgetaire.c.code_operation, ligne_budgetaire.c.imputation,
        )
        .join(structure, structure.c.id == proposition.c.structure_id)
        .join(territoire, territoire.c.id == proposition.c.territoire_id)
        .join(dispositif, dispositif.c.id == proposition.c.dispositif_id)
        .join(ligne_budgetaire, ligne_budgetaire.c.id == proposition.c.ligne_budgetaire_id)
        .where(proposition.c.phase_id == vue.id)
    )  # fmt: skip
    lues = {r.id: _ligne(r) for r in session.execute(demande)}
    rangees: dict[int, list[Ligne]] = defaultdict(list)
    for i in propositions.order(session, vue.id, Tri(propositions.ORDRE_ANNEXE_4)):
        rangees[lues[i].dispositif_id].append(lues[i])
    return rangees


def _ligne(r: Row[Any]) -> Ligne:
    return Ligne(
        proposition_id=r.id,
        dispositif_id=r.dispositif_id,
        structure_id=r.structure_id,
        territoire=r.territoire,
        structure=r.nom,
        forme=r.forme,
        siret=r.siret,
        representant=r.representant,
        acte=r.acte,
        modele=r.modele,
        convention_initiale=r.convention_initiale,
        debut=r.debut,
        fin=r.fin,
        volume=r.volume,
        unite=r.unite,
        etp=r.etp,
        montant=r.montant,
        cofinancement=r.cofinancement,
        code_operation=r.code_operation,
        imputation=r.imputation,
    )


def _seance(session: Session, phase_id: int) -> Seance:
    demande = select(seance).join(phase, phase.c.seance_id == seance.c.id).where(phase.c.id == phase_id)
    r = session.execute(demande).first()
    if r is None:
        return Seance(None, "Commission permanente", "", "", "", "", ())
    return Seance(
        jour=r.jour,
        instance=r.instance,
        lieu=r.lieu,
        president=r.president,
        qualite_president=r.qualite_president,
        secretaire=r.secretaire,
        presences=_presences(session, r.id),
    )


def _presences(session: Session, seance_id: int) -> tuple[Presence, ...]:
    demande = (
        select(presence, elu.c.civilite, elu.c.prenom, elu.c.nom)
        .join(elu, elu.c.id == presence.c.elu_id)
        .where(presence.c.seance_id == seance_id)
        .order_by(presence.c.ordre)
    )
    return tuple(
        Presence(
            civilite=r.civilite,
            prenom=r.prenom,
            nom=r.nom,
            statut=r.statut,
            ordre=r.ordre,
            interesse=r.interesse,
            pouvoir=r.pouvoir,
        )
        for r in session.execute(demande)
    )


def _deliberation(session: Session, vue: Phase) -> Deliberation:
    r = session.execute(select(deliberation).where(deliberation.c.phase_id == vue.id)).first()
    if r is None:
        return Deliberation("", vue.titre, (), (), (), None, False, None, None, "", "")  # noqa: FBT003 - nothing voted yet
    return Deliberation(
        numero=r.numero or "",
        titre=r.titre,
        visas=_visas(session, r.id),
        avis=_avis(session, r.id),
        votes=_votes(session, r.id),
        issue=r.issue,
        interesses_en_abstention=r.interesses_en_abstention,
        date_modele_convention=r.date_modele_convention,
        date_signature=r.date_signature,
        signataire=r.signataire,
        qualite_signataire=r.qualite_signataire,
    )


def _visas(session: Session, deliberation_id: int) -> tuple[Visa, ...]:
    demande = select(visa).where(visa.c.deliberation_id == deliberation_id).order_by(visa.c.ordre)
    return tuple(
        Visa(nature=r.nature, objet=r.objet, articles=r.articles, numero=r.numero, instance=r.instance, jour=r.jour)
        for r in session.execute(demande)
    )


def _avis(session: Session, deliberation_id: int) -> tuple[Avis, ...]:
    demande = select(avis).where(avis.c.deliberation_id == deliberation_id).order_by(avis.c.ordre)
    return tuple(
        Avis(commission=r.commission, intitule=r.intitule, jour=r.jour, sens=r.sens) for r in session.execute(demande)
    )


def _votes(session: Session, deliberation_id: int) -> tuple[Vote, ...]:
    demande = (
        select(vote.c.id, groupe.c.nom)
        .join(vote_groupe, vote_groupe.c.vote_id == vote.c.id)
        .join(groupe, groupe.c.id == vote_groupe.c.groupe_id)
        .where(vote.c.deliberation_id == deliberation_id)
        .order_by(groupe.c.ordre)
    )
    groupes: dict[int, list[str]] = defaultdict(list)
    for vote_id, nom in session.execute(demande):
        groupes[vote_id].append(nom)
    lus = session.execute(select(vote).where(vote.c.deliberation_id == deliberation_id)).all()
    rang = list(POSITIONS)
    return tuple(
        Vote(r.position, r.nombre, tuple(groupes[r.id])) for r in sorted(lus, key=lambda r: rang.index(r.position))
    )
