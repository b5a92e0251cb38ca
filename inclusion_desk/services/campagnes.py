"""Opens campaigns and phases: from last year's, and from an act to be corrected."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.services import actes
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.store import deliberations, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows, read_parts, update_values

_ANNEES = range(2000, 2101)


def annees(session: Session) -> list[int]:
    """List the years of the campaigns, the latest first."""
    c = tables.campagne.c
    return list(session.execute(select(c.annee).order_by(c.annee.desc())).scalars())


def ouvrir(session: Session, annee: int, modele: int | None) -> Changes:
    """Open the campaign of a year with its first phase, copying what the year before had.

    Thématiques, dispositifs with their sheets, budget lines and deposit periods are copied from ``modele``, None for
    none; the AE of the new lines is nil until the budget is voted.

    Raises:
        Refus: there is already a campaign for that year, or none for the year to copy.
    """
    if annee not in _ANNEES:
        raise Refus("L’année de la campagne est à choisir entre 2000 et 2100.", "annee")
    if phases.campagne_id(session, annee) is not None:
        raise Refus(f"La campagne {annee} existe déjà : choisissez une autre année.", "annee")
    campagne_id = insert_row(session, tables.campagne, {"annee": annee})
    if modele is not None:
        source = phases.campagne_id(session, modele)
        if source is None:
            raise Refus(f"La campagne {modele} n’est pas dans la base : choisissez-en une autre.", "modele")
        _copy_thematiques(session, source, campagne_id)
        _copy_budget(session, source, campagne_id)
        _copy_periodes(session, source, campagne_id, annee - modele)
    titre = f"Appels à projets des politiques d’inclusion durable {annee} – Phase 1"
    phase_id = insert_row(session, tables.phase, {"campagne_id": campagne_id, "numero": 1, "titre": titre})
    actes.preparer(session, phase_id)
    return Changes(f"Ouvrir la campagne {annee}", {"campagnes": (phase_id,), "phases": ()})


def _copy_thematiques(session: Session, source: int, campagne_id: int) -> None:
    for thematique in read_parts(session, tables.thematique, "campagne_id", [source]):
        nouvelle = insert_row(session, tables.thematique, _copied(thematique, campagne_id=campagne_id))
        for dispositif in read_parts(session, tables.dispositif, "thematique_id", [thematique["id"]]):
            copie = insert_row(session, tables.dispositif, _copied(dispositif, thematique_id=nouvelle))
            _copy_fiche(session, dispositif["id"], copie)


def _copy_fiche(session: Session, source: int, dispositif_id: int) -> None:
    """Bring the sheet in force over, published still, as the first version of the new campaign."""
    publiees = [f for f in read_parts(session, tables.fiche, "dispositif_id", [source]) if f["publiee_le"] is not None]
    if publiees:
        derniere = max(publiees, key=lambda fiche: fiche["rang"])
        insert_row(session, tables.fiche, _copied(derniere, dispositif_id=dispositif_id, rang=1))


def _copy_budget(session: Session, source: int, campagne_id: int) -> None:
    nul = {"ae_initiale": 0, "modifications": 0, "engage_anterieur": 0, "engage": 0}
    lignes = read_parts(session, tables.ligne_budgetaire, "campagne_id", [source])
    insert_rows(session, tables.ligne_budgetaire, [_copied(li, campagne_id=campagne_id, **nul) for li in lignes])


def _copy_periodes(session: Session, source: int, campagne_id: int, ans: int) -> None:
    periodes = read_parts(session, tables.periode_depot, "campagne_id", [source])
    decalees = [
        _copied(p, campagne_id=campagne_id, debut=years_later(p["debut"], ans), fin=years_later(p["fin"], ans))
        for p in periodes
    ]
    insert_rows(session, tables.periode_depot, decalees)


def _copied(ligne: dict[str, Any], **changees: Any) -> dict[str, Any]:  # noqa: ANN401 - values of columns
    copie = {nom: valeur for nom, valeur in ligne.items() if nom not in {"id", "version"}}
    return {**copie, **changees}


def years_later(jour: date, ans: int) -> date:
    """Move a date by whole years; the 29th of February becomes the last day of the month."""
    dernier = calendar.monthrange(jour.year + ans, jour.month)[1]
    return jour.replace(year=jour.year + ans, day=min(jour.day, dernier))


def dater_rapport_cadre(session: Session, phase_id: int, avant: date | None, jour: date | None) -> Changes:
    """Record when the framework report of a campaign was presented; ``avant`` is the date that was shown.

    Raises:
        ConflitDeVersion: another date was recorded meanwhile.
    """
    campagne_id = phases.locked(session, phase_id).campagne_id
    if phases.date_rapport_cadre(session, campagne_id) != avant:
        raise ConflitDeVersion(
            "La date du rapport-cadre a été changée entre-temps : vérifiez-la, puis reprenez votre saisie."
        )
    update_values(session, tables.campagne, campagne_id, {"date_rapport_cadre": jour})
    inverse = Call(dater_rapport_cadre, (phase_id, jour, avant))
    return Changes("Dater le rapport-cadre de la campagne", {"phases": (), "seances": ()}, inverse)


def corriger(session: Session, phase_id: int) -> Changes:
    """Open the phase that corrects an adopted act: a copy of its lines, references and texts, to be voted in its place.

    The former act weighs on the budget until the new one is adopted, and the new one not before.

    Raises:
        Refus: the phase is not adopted, or its correction is already under way.
    """
    vue = phases.locked(session, phase_id)
    if vue.etat != "adoptee":
        raise Refus(f"La phase {vue.reference} n’est pas adoptée : modifiez-la directement.")
    numero = _next_number(session, vue)
    titre = f"{vue.titre} – rectification"
    valeurs = {
        "campagne_id": vue.campagne_id,
        "numero": numero,
        "titre": titre,
        "contexte": vue.contexte,
        "compte": False,
    }
    nouvelle = insert_row(session, tables.phase, valeurs)
    _copy_act(session, vue, nouvelle)
    _copy_lines(session, vue.id, nouvelle)
    return Changes(f"Corriger la phase {vue.reference}", {"campagnes": (nouvelle,), "phases": (), "budget": ()})


def _next_number(session: Session, vue: Phase) -> int:
    existantes = phases.load_of_campagne(session, vue.campagne_id)
    if en_cours := next((p for p in existantes if p.phase_remplacee == vue.id and not p.figee), None):
        raise Refus(f"La phase {en_cours.reference} corrige déjà celle-ci : ouvrez-la.")
    return max(p.numero for p in existantes) + 1


def _copy_act(session: Session, vue: Phase, nouvelle: int) -> None:
    ancien = deliberations.find(session, vue.id)
    if ancien is None:
        raise Refus(f"La phase {vue.reference} n’a pas de délibération : rien n’est à corriger.")
    acte_id = actes.preparer(session, nouvelle)
    valeurs = {
        "titre": f"{ancien.titre or vue.titre} – rectification",
        "remplace_id": ancien.id,
        "interesses_en_abstention": ancien.interesses_en_abstention,
        "date_modele_convention": ancien.date_modele_convention,
        "signataire": ancien.signataire,
        "qualite_signataire": ancien.qualite_signataire,
    }
    update_values(session, tables.deliberation, acte_id, valeurs)
    session.execute(delete(tables.visa).where(tables.visa.c.deliberation_id == acte_id))
    for table in (tables.visa, tables.annexe, tables.article):
        copiees = [
            _copied(ligne, deliberation_id=acte_id)
            for ligne in read_parts(session, table, "deliberation_id", [ancien.id])
        ]
        insert_rows(session, table, copiees)


def _copy_lines(session: Session, ancienne: int, nouvelle: int) -> None:
    for table in (tables.operation, tables.phase_periode, tables.proposition):
        lignes: Sequence[dict[str, Any]] = read_parts(session, table, "phase_id", [ancienne])
        insert_rows(session, table, [_copied(ligne, phase_id=nouvelle) for ligne in lignes])
