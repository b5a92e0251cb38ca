"""Prepares the conventions and avenants of an adopted phase from its lines: all that are asked for, or none."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.preparation import ActePropose, Connus, proposer_actes
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition, versements
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.regles.conventions import TOUCHE
from inclusion_desk.store import conventions, dossiers, fiches, phases, propositions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows


def examiner(session: Session, phase_id: int) -> tuple[ActePropose, ...]:
    """List the acts that an adopted phase calls for, with what each lacks or the act prepared already.

    A phase that is not adopted calls for none.
    """
    vue = phases.load(session, phase_id)
    if vue.etat != "adoptee":
        return ()
    dossier = dossiers.load(session, phase_id)
    faits = conventions.acts_of_lines(session, [ligne.proposition_id for ligne in dossier.lignes])
    connus = Connus(
        conventions=conventions.load(session),
        fiches=fiches.in_force(session, {o.dispositif_id for o in dossier.operations}).keys(),
        faits=faits,
        libelles=_labels(session, set(faits.values())),
    )
    return proposer_actes(dossier, connus)


def _labels(session: Session, actes: set[tuple[int, int | None]]) -> dict[tuple[int, int | None], str]:
    noms = {c.id: c.numero for c in conventions.load(session, [c for c, _ in actes])}
    rangs = {a.id: a.rang for a in conventions.load_avenants(session, [a for _, a in actes if a is not None])}
    return {
        (c, a): f"Avenant n° {rangs[a]} à {noms[c]}" if a is not None else f"Convention {noms[c]}" for c, a in actes
    }


def preparer(session: Session, phase_id: int, cles: Sequence[str]) -> Changes:
    """Make the acts asked for, as drafts: numbered, with their amounts, the sheets in force and the lines voted.

    Raises:
        Refus: the phase is not adopted, or one of the acts lacks something; none is made.
    """
    vue = phases.locked(session, phase_id)
    proposes = {propose.cle: propose for propose in examiner(session, phase_id)}
    choisis = [proposes[cle] for cle in cles if cle in proposes]
    if not choisis:
        raise Refus("Aucun acte à préparer : la phase n’est pas adoptée, ou ses actes le sont déjà.")
    for propose in choisis:
        _check(propose)
    faits = [_make(session, vue, propose) for propose in choisis]
    for convention_id, avenant_id in faits:
        versements.etablir_d_office(session, convention_id, avenant_id)
    label = f"Préparer {compter(len(faits), 'acte')} – phase {vue.reference}"
    return Changes(label, dict(TOUCHE), Call(retirer, (phase_id, tuple(faits), tuple(p.cle for p in choisis))))


def _check(propose: ActePropose) -> None:
    if propose.fait is not None:
        raise Refus(f"{propose.structure} : l’acte est déjà préparé ({propose.libelle_fait}). Aucun acte n’a été fait.")
    if propose.manques:
        raise Refus(f"{propose.structure} : {propose.manques[0]} Aucun acte n’a été préparé.")


def retirer(session: Session, phase_id: int, actes: tuple[tuple[int, int | None], ...], cles: Sequence[str]) -> Changes:
    """Take drafts away, the latest first so that their numbers are given back.

    Raises:
        Refus: one of them went out for signature, or another number was taken since.
    """
    for convention_id, avenant_id in reversed(actes):
        if avenant_id is None:
            edition.delete(session, "conventions", (convention_id,))
        else:
            edition.delete(session, "avenants", (avenant_id,))
    label = f"Retirer {compter(len(actes), 'acte')}"
    return Changes(label, dict(TOUCHE), Call(preparer, (phase_id, tuple(cles))))


def _make(session: Session, vue: Phase, propose: ActePropose) -> tuple[int, int | None]:
    convention_id, avenant_id = (
        (_convention(session, vue, propose), None) if propose.nature == CONVENTION else _avenant(session, vue, propose)
    )
    parents = {"convention_id": convention_id, "avenant_id": avenant_id}
    for ligne in propose.lignes:
        insert_row(session, tables.acte_ligne, {**parents, "proposition_id": ligne.proposition_id})
    _tranches(session, propose, parents)
    _sheets(session, propose, parents)
    return convention_id, avenant_id


def _convention(session: Session, vue: Phase, propose: ActePropose) -> int:
    valeurs = {
        "numero": conventions.take_number(session, vue.annee),
        "structure_id": propose.structure_id,
        "objet": propose.objet[:250],
        "debut": min(ligne.debut for ligne in propose.lignes),
        "fin": max(ligne.fin for ligne in propose.lignes),
        "phase_id": vue.id,
    }
    return insert_row(session, tables.convention, valeurs)


def _avenant(session: Session, vue: Phase, propose: ActePropose) -> tuple[int, int]:
    convention = propose.convention
    if convention is None:
        raise Refus(f"{propose.structure} : la convention à modifier n’est pas connue. Aucun acte n’a été préparé.")
    prolonge = MODELES_ACTE[propose.modele].duree
    siens = conventions.load_avenants(session, convention_id=convention.id)
    valeurs = {
        "convention_id": convention.id,
        "rang": max((a.rang for a in siens), default=0) + 1,
        "modele": propose.modele,
        "objet": propose.objet[:250],
        "debut": convention.debut if prolonge else None,
        "fin": max(ligne.fin for ligne in propose.lignes) if prolonge else None,
        "phase_id": vue.id,
    }
    return convention.id, insert_row(session, tables.avenant, valeurs)


def _tranches(session: Session, propose: ActePropose, parents: dict[str, int | None]) -> None:
    """Write what the act brings: one amount a period and budget line, in the order of the lines."""
    lignes_budgetaires = propositions.budget_lines(session, [ligne.proposition_id for ligne in propose.lignes])
    cumuls: dict[tuple[object, object, int], int] = {}
    for ligne in propose.lignes:
        cle = (ligne.debut, ligne.fin, lignes_budgetaires[ligne.proposition_id])
        cumuls[cle] = cumuls.get(cle, 0) + ligne.montant
    rows = [
        {**parents, "debut": debut, "fin": fin, "ligne_budgetaire_id": budget_id, "montant": montant}
        for (debut, fin, budget_id), montant in cumuls.items()
        if montant
    ]
    insert_rows(session, tables.tranche, rows)


def _sheets(session: Session, propose: ActePropose, parents: dict[str, int | None]) -> None:
    """Annex the sheet in force of each dispositif, under the numbers of the model, then the following ones."""
    en_vigueur = fiches.in_force(session, {o.dispositif_id for o in propose.dispositifs})
    numeros = MODELES_ACTE[propose.modele].annexes
    suite = max(numeros) + 1
    for rang, operation in enumerate(propose.dispositifs):
        fiche = en_vigueur[operation.dispositif_id]
        annexe = numeros[rang] if rang < len(numeros) else suite + rang - len(numeros)
        valeurs = {**parents, "annexe": annexe, "titre": fiche.titre, "fiche_id": fiche.id}
        insert_row(session, tables.fiche_annexee, valeurs)
