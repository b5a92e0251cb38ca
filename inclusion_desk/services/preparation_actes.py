"""Prepares the conventions and avenants of an adopted phase from its lines: all that are asked for, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inclusion_desk.domain.actes_proposes import ActePrepare, ActePropose, IdsActe, dire_etat
from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.preparation import Connus, dire_manquants, proposer_actes
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition, versements
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.regles.conventions import TOUCHE
from inclusion_desk.store import actes, conventions, dossiers, fiches, phases, preparation, propositions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows

Choix = Mapping[str, str]
"""The models that the user takes rather than those proposed, by the key of the act."""


def examiner(session: Session, phase_id: int, choix: Choix | None = None) -> tuple[ActePropose, ...]:
    """List the acts that an adopted phase calls for, with what each lacks or the act prepared already.

    A phase that is not adopted calls for none.
    """
    vue = phases.load(session, phase_id)
    if vue.etat != "adoptee":
        return ()
    return proposer_actes(*_known(session, dossiers.load(session, phase_id), choix or {}))


def _known(session: Session, dossier: DossierSeance, choix: Choix) -> tuple[DossierSeance, Connus]:
    toutes, avenants = conventions.load(session), conventions.load_avenants(session)
    numeros = {ligne.convention_initiale for ligne in dossier.lignes}
    structures = {ligne.structure_id for ligne in dossier.lignes}
    amendables = [c for c in toutes if c.numero in numeros or c.structure_id in structures]
    prepares = prepared(toutes, avenants)
    faits = conventions.acts_of_lines(session, [ligne.proposition_id for ligne in dossier.lignes])
    en_vigueur = fiches.in_force(session, {o.dispositif_id for o in dossier.operations})
    return dossier, Connus(
        conventions=toutes,
        fiches={dispositif_id: fiche.suivi for dispositif_id, fiche in en_vigueur.items()},
        faits={proposition_id: prepares[ids] for proposition_id, ids in faits.items()},
        etapes=preparation.load_etapes(session, amendables, avenants),
        choix=choix,
    )


def prepared(siennes: Sequence[Convention], avenants: Sequence[Avenant]) -> dict[IdsActe, ActePrepare]:
    """Tell what is shown of conventions and avenants, by their ids."""
    faits: dict[IdsActe, ActePrepare] = {}
    for c in siennes:
        faits[c.id, None] = ActePrepare((c.id, None), f"Convention {c.numero}", 0, CONVENTION, c.etat, dire_etat(c))
    for a in avenants:
        ids, libelle = (a.convention_id, a.id), f"Avenant n° {a.rang} à {a.convention_numero}"
        faits[ids] = ActePrepare(ids, libelle, a.rang, a.modele, a.etat, dire_etat(a))
    return faits


def preparer(session: Session, phase_id: int, cles: Sequence[str], choix: Choix | None = None) -> Changes:
    """Make the acts asked for, as drafts: numbered, with their amounts, the sheets in force and the lines voted.

    ``choix`` gives the model of some avenants, by their key; the others take the one that their facts call for.

    Raises:
        Refus: the phase is not adopted, or one of the acts lacks something; none is made.
    """
    vue = phases.locked(session, phase_id)
    if inconnus := set((choix or {}).values()) - MODELES_AVENANT.keys():
        raise Refus(f"Le modèle d’avenant « {min(inconnus)} » n’est pas dans la liste : choisissez-en un autre.")
    proposes = {propose.cle: propose for propose in examiner(session, phase_id, choix)}
    choisis = [proposes[cle] for cle in cles if cle in proposes]
    if not choisis:
        raise Refus("Aucun acte à préparer : la phase n’est pas adoptée, ou ses actes le sont déjà.")
    for propose in choisis:
        _check(propose)
    faits = tuple(_make(session, vue, propose) for propose in choisis)
    for propose, ids in zip(choisis, faits, strict=True):
        _draw_up(session, propose, ids)
    label = f"Préparer {compter(len(faits), 'acte')} – phase {vue.reference}"
    pris = {p.cle: p.modele for p in choisis if p.nature == "avenant"}
    return Changes(label, dict(TOUCHE), Call(retirer, (phase_id, faits, tuple(p.cle for p in choisis), pris)))


def _check(propose: ActePropose) -> None:
    if propose.prepare is not None:
        deja = f"L’acte est déjà préparé ({propose.prepare.libelle})."
        raise Refus(f"{propose.nommer(deja)} Aucun acte n’a été préparé.")
    if propose.manques:
        raise Refus(f"{propose.refus} Aucun acte n’a été préparé.")


def retirer(
    session: Session, phase_id: int, faits: tuple[IdsActe, ...], cles: Sequence[str], choix: Choix
) -> Changes:  # fmt: skip
    """Take drafts away, the latest first so that their numbers are given back.

    Raises:
        Refus: one of them went out for signature, or another number was taken since.
    """
    for convention_id, avenant_id in reversed(faits):
        if avenant_id is None:
            edition.delete(session, "conventions", (convention_id,))
        else:
            edition.delete(session, "avenants", (avenant_id,))
    label = f"Retirer {compter(len(faits), 'acte')}"
    return Changes(label, dict(TOUCHE), Call(preparer, (phase_id, tuple(cles), choix)))


def lacunes(session: Session, phase_id: int, cles: Sequence[str]) -> dict[str, str]:
    """Prepare acts to say what each would lack to be produced, by key; nothing of them is to be kept.

    To be run by ``Desk.essayer``: no number is taken.
    """
    preparer(session, phase_id, cles)
    faits = {p.cle: p.prepare.ids for p in examiner(session, phase_id) if p.prepare is not None and p.cle in cles}
    lus = zip(faits, actes.load_all(session, faits.values()), strict=True)
    return {cle: phrase for cle, acte in lus if (phrase := dire_manquants(acte))}


def _draw_up(session: Session, propose: ActePropose, ids: IdsActe) -> None:
    """Draw up the schedule of an act just made, where nothing is left to the instructor."""
    try:
        versements.etablir_d_office(session, *ids)
    except Refus as refus:
        raise Refus(f"{propose.nommer(str(refus))} Aucun acte n’a été préparé.") from refus


def _make(session: Session, vue: Phase, propose: ActePropose) -> IdsActe:
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
        raise Refus(f"{propose.nommer('La convention à modifier n’est pas connue.')} Aucun acte n’a été préparé.")
    prolonge = MODELES_ACTE[propose.modele].duree
    siens = conventions.load_avenants(session, convention_id=convention.id)
    fins = [ligne.fin for ligne in propose.lignes]
    valeurs = {
        "convention_id": convention.id,
        "rang": max((a.rang for a in siens), default=0) + 1,
        "modele": propose.modele,
        "objet": propose.objet[:250],
        "debut": convention.debut if prolonge else None,
        "fin": max(convention.terme or convention.fin, *fins) if prolonge else None,
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
