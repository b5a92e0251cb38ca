"""Reads the whole of one phase, in one transaction, as the frozen dossier every document is made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import Row, select

from inclusion_desk.domain.deliberations import POSITIONS, Avis, Deliberation, Visa, VoixGroupe, Vote
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, ThematiqueDossier
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.seances import Presence, Seance
from inclusion_desk.store import budget, dispositifs, phases, propositions
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import fetch_raw
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
from inclusion_desk.store.types import read_date


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
    """Read the lines of a phase by dispositif, both in the order of annexe 4.

    What many lines name is read once and shared between them: 100 000 lines then weigh 40 MB, not 150.
    """
    d, t, s, _ = propositions.ranks(session, vue.id)
    p = proposition.c
    demande = (
        select(
            p.id, p.dispositif_id, p.territoire_id, p.structure_id, p.ligne_budgetaire_id, p.acte, p.modele,
            p.convention_initiale, p.debut, p.fin, p.volume, p.etp, p.montant,
        )
        .where(p.phase_id == vue.id)
        .order_by(p.id)
    )  # fmt: skip
    noms = _Noms.read(session)
    rangees: dict[int, list[Ligne]] = defaultdict(list)
    for r in sorted(fetch_raw(session, demande), key=lambda r: (d[r[1]], t[r[2]], s[r[3]])):
        rangees[r[1]].append(noms.ligne(*r))
    return rangees


@dataclass(frozen=True, slots=True)
class _Noms:
    """What lines refer to, by id."""

    dispositifs: dict[int, Row[Any]]
    territoires: dict[int, Row[Any]]
    structures: dict[int, Row[Any]]
    lignes: dict[int, Row[Any]]

    @classmethod
    def read(cls, session: Session) -> _Noms:
        """Read everything a line may refer to."""
        tables = (dispositif, territoire, structure, ligne_budgetaire)
        return cls(*({r.id: r for r in session.execute(select(t))} for t in tables))

    def ligne(  # noqa: PLR0913, PLR0917 - one argument per column of the query
        self, identifiant: int, dispositif_id: int, territoire_id: int, structure_id: int, ligne_id: int, acte: str,
        modele: str | None, convention: str | None, debut: str, fin: str, volume: int, etp: int | None, montant: int,
    ) -> Ligne:  # fmt: skip
        """Build one line from its columns; codes are interned, as the driver makes a new text for each row."""
        de_dispositif, de_structure = self.dispositifs[dispositif_id], self.structures[structure_id]
        de_budget = self.lignes[ligne_id]
        return Ligne(
            proposition_id=identifiant,
            dispositif_id=dispositif_id,
            structure_id=structure_id,
            territoire=self.territoires[territoire_id].nom,
            structure=de_structure.nom,
            forme=de_structure.forme,
            siret=de_structure.siret,
            representant=de_structure.representant,
            acte=intern(acte),
            modele=modele and intern(modele),
            convention_initiale=convention,
            debut=read_date(debut),
            fin=read_date(fin),
            volume=volume,
            unite=de_dispositif.unite,
            etp=etp,
            montant=montant,
            cofinancement=de_dispositif.cofinancement,
            code_operation=de_budget.code_operation,
            imputation=de_budget.imputation,
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
        Vote(r.position, r.nombre, tuple(map(VoixGroupe, groupes[r.id])))
        for r in sorted(lus, key=lambda r: rang.index(r.position))
    )
