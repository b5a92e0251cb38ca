"""Reads the whole of one phase, in one transaction, as the frozen dossier every document is made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from sqlalchemy import Row, func, select

from inclusion_desk.domain import instantane
from inclusion_desk.domain.campagnes import libelle_periodes
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, ThematiqueDossier
from inclusion_desk.domain.modifications import est_modifie
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.store import budget, deliberations, dispositifs, modeles, phases, propositions, seances
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import fetch_raw
from inclusion_desk.store.tables import (
    collectivite,
    dispositif,
    ligne_budgetaire,
    operation,
    phase,
    proposition,
    structure,
    territoire,
)
from inclusion_desk.store.types import read_date


def load(session: Session, phase_id: int) -> DossierSeance:
    """Read the dossier of a phase: as it stands now, or as it was voted.

    Raises:
        Introuvable: there is no such phase.
        BaseRefusee: the frozen copy was altered.
    """
    vue = phases.load(session, phase_id)
    if not vue.figee:
        return build(session, vue)
    copie = deliberations.load_copy(session, vue.id, "deliberation")
    if copie is None:
        raise BaseRefusee(
            f"La phase {vue.reference} est votée et sa copie figée manque : la base a été altérée, restaurez une "
            "sauvegarde."
        )
    return instantane.lire(copie.contenu, copie.empreinte)


def build(session: Session, vue: Phase) -> DossierSeance:
    """Build the dossier of a phase from the rows at hand."""
    acte = deliberations.find(session, vue.id)
    deliberation_id = acte.id if acte else None
    thematiques = _thematiques(session, vue)
    dossier = DossierSeance(
        annee=vue.annee,
        phase=vue.numero,
        departement=session.execute(select(collectivite.c.nom)).scalar() or "",
        titre=vue.titre,
        seance=seances.load(session, vue.seance_id, deliberation_id, vue.id),
        deliberation=deliberations.load(session, vue),
        thematiques=thematiques,
        budget=tuple(li for li in budget.load(session, vue) if li.proposition),
        etat=vue.etat,
        contexte=vue.contexte,
        periodes=libelle_periodes(phases.load_periodes_of(session, vue.id)),
        date_rapport_cadre=phases.date_rapport_cadre(session, vue.campagne_id),
        annexes=deliberations.load_joined(session, deliberation_id),
        autres_montants=_others(session, vue),
        modeles=modeles.load_current(session),
    )
    propose = _proposed(session, vue)
    return dossier if propose is None or not est_modifie(propose, dossier) else replace(dossier, propose=propose)


def _proposed(session: Session, vue: Phase) -> DossierSeance | None:
    """Read the phase as it came on the agenda, if it did."""
    copie = deliberations.load_copy(session, vue.id, "rapport")
    return None if copie is None else instantane.lire(copie.contenu, copie.empreinte)


def _others(session: Session, vue: Phase) -> tuple[tuple[int, int], ...]:
    """Add up what the campaign’s other phases give each structure of this one, in cents."""
    p = proposition.c
    siennes = select(p.structure_id).where(p.phase_id == vue.id)
    demande = (
        select(p.structure_id, func.sum(p.montant))
        .join(phase, phase.c.id == p.phase_id)
        .where(
            phase.c.campagne_id == vue.campagne_id, phase.c.id != vue.id, phase.c.compte == 1,
            phase.c.id != (vue.phase_remplacee or 0), p.structure_id.in_(siennes),
        )
        .group_by(p.structure_id)
        .order_by(p.structure_id)
    )  # fmt: skip
    return tuple((structure_id, int(montant)) for structure_id, montant in session.execute(demande))


def _thematiques(session: Session, vue: Phase) -> tuple[ThematiqueDossier, ...]:
    lignes = _lignes(session, vue)
    textes = _operations(session, vue.id)
    groupes: dict[int, list[Operation]] = defaultdict(list)
    fiches = {d.id: d for d in dispositifs.load(session, vue.id, vue.campagne_id)}
    for dispositif_id, siennes in lignes.items():
        d = fiches[dispositif_id]
        rang, texte = textes.get(dispositif_id, (0, ""))
        siens = groupes[d.thematique_numero]
        lu = Operation(len(siens) + 1, d.id, d.numero, d.intitule, d.unite, d.cofinancement, tuple(siennes), texte)
        siens.append(replace(lu, ordre=rang or lu.ordre))
    return tuple(
        ThematiqueDossier(t.numero, t.intitule, tuple(groupes[t.numero]))
        for t in dispositifs.load_thematiques(session, vue.campagne_id)
        if t.numero in groupes
    )


def _operations(session: Session, phase_id: int) -> dict[int, tuple[int, str]]:
    """Read the order and the text of the operations of a phase, by dispositif."""
    o = operation.c
    demande = select(o.dispositif_id, o.ordre, o.texte).where(o.phase_id == phase_id)
    return {r.dispositif_id: (r.ordre, r.texte) for r in session.execute(demande)}


def _lignes(session: Session, vue: Phase) -> dict[int, list[Ligne]]:
    """Read the lines of a phase by dispositif, both in the order of annexe 4.

    What many lines name is read once and shared between them: 100 000 lines then weigh 40 MB, not 150.
    """
    d, t, s, _ = propositions.ranks(session, vue.id)
    p = proposition.c
    demande = (
        select(
            p.id, p.dispositif_id, p.territoire_id, p.structure_id, p.ligne_budgetaire_id, p.acte, p.modele,
            p.convention_initiale, p.debut, p.fin, p.volume, p.etp, p.montant, p.observations,
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
        observations: str,
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
            commune=de_structure.commune,
            engagement_republicain=de_structure.engagement_republicain,
            observations=observations and intern(observations),
        )
