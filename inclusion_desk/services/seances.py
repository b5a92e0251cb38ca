"""Prepares and records a sitting: its date, who attended, who gave a proxy to whom, who is interested in the matter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.seances import CHAMPS_SEANCE, Elu, Mandat, Seance
from inclusion_desk.services import actes
from inclusion_desk.services.changes import Call, Changes, check_still
from inclusion_desk.services.regles.base import check_open
from inclusion_desk.store import deliberations, phases, seances, tables
from inclusion_desk.store.deliberations import Acte
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import (
    count_by,
    insert_row,
    insert_rows,
    read_one,
    read_parts,
    touch_row,
    update_row,
    update_values,
)

_TOUCHE: dict[str, tuple[int, ...]] = {"seances": (), "phases": ()}
Lignes = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class FeuilleSeance:
    """What the sitting of a phase shows: the phase, its act, the attendance, and who should be asked.

    While no sitting is fixed, ``seance`` is what it should have in common with the last one.
    """

    phase: Phase
    acte: Acte | None
    seance: Seance
    version: int
    """The version of the sitting; 0 while there is none."""
    mandats: tuple[Mandat, ...]
    """The mandates, running on the day, of members in structures that the phase funds."""
    absents: tuple[Elu, ...]
    """The councillors in office on the day who are not on the attendance sheet."""

    @property
    def proposes(self) -> frozenset[int]:
        """Who is interested in the matter, judging by the mandates recorded (CGCT, art. L.1111-6)."""
        return frozenset(mandat.elu_id for mandat in self.mandats)


def lire(session: Session, phase_id: int) -> FeuilleSeance:
    """Read the sitting of a phase with everything its page shows."""
    vue = phases.load(session, phase_id)
    acte = deliberations.find(session, phase_id)
    if vue.seance_id is None:
        seance = seances.load_last(session)
    else:
        seance = seances.load(session, vue.seance_id, acte.id if acte else None, phase_id)
    version = read_one(session, tables.seance, vue.seance_id)["version"] if vue.seance_id else 0
    jour = seance.jour
    listes = {presence.elu_id for presence in seance.presences}
    return FeuilleSeance(
        phase=vue,
        acte=acte,
        seance=seance,
        version=version,
        mandats=tuple(m for m in seances.load_mandats_of_phase(session, phase_id) if jour is None or m.en_cours(jour)),
        absents=tuple(e for e in _in_office(session, jour) if e.id not in listes) if jour else (),
    )


def _in_office(session: Session, jour: date) -> list[Elu]:
    return [elu for elu in seances.load_elus(session) if elu.en_fonction(jour)]


def fixer(session: Session, phase_id: int, version: int, valeurs: Valeurs) -> Changes:
    """Fix the sitting of a phase, or change it; a new one starts with every member in office present.

    A sitting already recorded for that day and body is joined: one attendance serves all the phases it deals with.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: the phase is closed.
        ConflitDeVersion: the phase was changed since it was read.
    """
    check_open(session, phase_id)
    lues = check_valeurs(CHAMPS_SEANCE, {champ.nom: valeurs.get(champ.nom) for champ in CHAMPS_SEANCE})
    vue = phases.load(session, phase_id)
    touch_row(session, tables.phase, phase_id, version)
    if vue.seance_id is not None and not _moved(session, vue.seance_id, lues):
        return _change(session, phase_id, vue.seance_id, lues)
    seance_id = _join(session, lues) or _create(session, lues)
    update_values(session, tables.phase, phase_id, {"seance_id": seance_id})
    return _attached(vue, seance_id)


def _attached(vue: Phase, seance_id: int | None) -> Changes:
    """Say that a phase was given a sitting, in place of the one it had."""
    inverse = Call(_attacher, (vue.id, vue.seance_id, seance_id))
    return Changes(f"Fixer la séance – phase {vue.reference}", _TOUCHE, inverse)


def _moved(session: Session, seance_id: int, lues: Valeurs) -> bool:
    """Tell whether the day or body asked for is that of another sitting already recorded."""
    trouvee = _find(session, lues)
    return trouvee is not None and trouvee != seance_id


def _find(session: Session, lues: Valeurs) -> int | None:
    s = tables.seance.c
    return session.execute(select(s.id).where(s.jour == lues["jour"], s.instance == lues["instance"])).scalar()


def _join(session: Session, lues: Valeurs) -> int | None:
    """Find the sitting of a day and body; one that no phase holds any more takes the values typed."""
    seance_id = _find(session, lues)
    if seance_id is not None and not count_by(session, tables.phase, "seance_id", [seance_id]):
        update_row(session, tables.seance, seance_id, read_one(session, tables.seance, seance_id)["version"], lues)
    return seance_id


def _create(session: Session, lues: Valeurs) -> int:
    seance_id = insert_row(session, tables.seance, lues)
    jour = lues["jour"]
    membres = [elu for elu in _in_office(session, jour) if elu.membre] if isinstance(jour, date) else []
    insert_rows(
        session,
        tables.presence,
        [{"seance_id": seance_id, "elu_id": e.id, "statut": "present", "ordre": n} for n, e in enumerate(membres, 1)],
    )
    return seance_id


def _change(
    session: Session, phase_id: int, seance_id: int, valeurs: Valeurs, attendues: Valeurs | None = None
) -> Changes:
    """Change a sitting for all the phases it deals with; ``attendues`` must still stand when a step is undone."""
    check_open(session, phase_id)
    avant = read_one(session, tables.seance, seance_id)
    anciennes = {nom: avant[nom] for nom in valeurs}
    check_still(anciennes, attendues)
    update_row(session, tables.seance, seance_id, avant["version"], valeurs)
    label = f"Modifier la séance – phase {phases.load(session, phase_id).reference}"
    return Changes(label, _TOUCHE, Call(_change, (phase_id, seance_id, anciennes, valeurs)))


def _attacher(session: Session, phase_id: int, seance_id: int | None, attendue: int | None) -> Changes:
    """Give a phase back the sitting it had, or none, provided it still has the one that the step gave it."""
    check_open(session, phase_id)
    vue = phases.load(session, phase_id)
    check_still((vue.seance_id,), (attendue,))
    if seance_id is None and vue.etat == "seance":
        raise Refus(f"La phase {vue.reference} est inscrite à cette séance : retirez-la d’abord de l’ordre du jour.")
    update_row(session, tables.phase, phase_id, vue.version, {"seance_id": seance_id})
    return _attached(vue, seance_id)


def change_sheet(
    session: Session, phase_id: int, version: int, label: str, changer: Callable[[Session, int, Lignes], None]
) -> Changes:
    """Change an attendance sheet as a whole; undone, it is put back row by row."""
    check_open(session, phase_id)
    vue = phases.load(session, phase_id)
    if vue.seance_id is None:
        raise Refus("Cette phase n’a pas encore de séance : fixez d’abord sa date.")
    touch_row(session, tables.seance, vue.seance_id, version)
    avant = _read(session, vue.seance_id)
    changer(session, vue.seance_id, avant)
    apres = _read(session, vue.seance_id)
    return Changes(label, _TOUCHE, Call(_remettre, (phase_id, vue.seance_id, label, avant, apres)))


def _read(session: Session, seance_id: int) -> Lignes:
    return tuple(read_parts(session, tables.presence, "seance_id", [seance_id]))


def _write(session: Session, seance_id: int, lignes: Sequence[Mapping[str, Any]]) -> None:
    session.execute(delete(tables.presence).where(tables.presence.c.seance_id == seance_id))
    insert_rows(session, tables.presence, lignes)


def _remettre(
    session: Session, phase_id: int, seance_id: int, label: str, lignes: Lignes, attendues: Lignes
) -> Changes:  # fmt: skip
    """Put a sheet back as it was, provided it still is as the step left it."""
    check_open(session, phase_id)
    touch_row(session, tables.seance, seance_id, read_one(session, tables.seance, seance_id)["version"])
    check_still(_read(session, seance_id), attendues)  # once the sheet is ours
    _write(session, seance_id, lignes)
    return Changes(label, _TOUCHE, Call(_remettre, (phase_id, seance_id, label, attendues, lignes)))


def inscrire(session: Session, phase_id: int, version: int, elus: Mapping[int, str]) -> Changes:
    """Add councillors to the attendance sheet, each with a status.

    Raises:
        Refus: one is already there, or the phase is closed.
        ConflitDeVersion: the sheet was changed since it was read.
    """

    def changer(session: Session, seance_id: int, avant: Lignes) -> None:
        dernier = max((ligne["ordre"] for ligne in avant), default=0)
        nouvelles = [
            {"seance_id": seance_id, "elu_id": elu_id, "statut": statut, "ordre": dernier + n}
            for n, (elu_id, statut) in enumerate(elus.items(), start=1)
        ]
        insert_rows(session, tables.presence, nouvelles)

    return change_sheet(session, phase_id, version, "Compléter la feuille de présence", changer)


def retirer(session: Session, phase_id: int, version: int, elus: Collection[int]) -> Changes:
    """Take councillors off the attendance sheet; proxies given to them become proxies without a known holder.

    Raises:
        ConflitDeVersion: the sheet was changed since it was read.
    """

    def changer(session: Session, seance_id: int, avant: Lignes) -> None:
        gardees = [
            {**li, "mandataire_id": None if li["mandataire_id"] in elus else li["mandataire_id"]} for li in avant
        ]
        _write(session, seance_id, [ligne for ligne in gardees if ligne["elu_id"] not in elus])

    return change_sheet(session, phase_id, version, "Retirer de la feuille de présence", changer)


def _without_holder(ligne: dict[str, Any], elus: Collection[int]) -> dict[str, Any]:
    return {**ligne, "mandataire_id": None} if ligne["mandataire_id"] in elus else ligne


def pointer(session: Session, phase_id: int, version: int, elus: Collection[int], statut: str) -> Changes:
    """Record the attendance of councillors; who is present gives no proxy, who is not holds none.

    Raises:
        ConflitDeVersion: the sheet was changed since it was read.
    """

    def changer(session: Session, seance_id: int, avant: Lignes) -> None:
        _write(session, seance_id, [_pointed(dict(ligne), elus, statut) for ligne in avant])

    return change_sheet(session, phase_id, version, "Pointer les présences", changer)


def _pointed(ligne: dict[str, Any], elus: Collection[int], statut: str) -> dict[str, Any]:
    if statut != "present":
        ligne = _without_holder(ligne, elus)
    if ligne["elu_id"] in elus:
        ligne["statut"] = statut
        if statut not in {"excuse", "absent"}:
            ligne |= {"pouvoir": False, "mandataire_id": None}
    return ligne


def interesser(
    session: Session, phase_id: int, version: int, elus: Collection[int], attendus: Collection[int] | None = None
) -> Changes:
    """Confirm who is interested in the matter: exactly these councillors (CGCT, art. L.1111-6).

    ``version`` is that of the deliberation, 0 when there is none yet; ``attendus`` are those who must still be so when
    a step is undone.

    Raises:
        Refus: the phase is closed.
        ConflitDeVersion: the deliberation was changed since it was read.
    """
    check_open(session, phase_id)
    acte_id = actes.preparer(session, phase_id)
    actuelle = read_one(session, tables.deliberation, acte_id)["version"]
    touch_row(session, tables.deliberation, acte_id, version or actuelle)
    avant = seances.interested(session, acte_id)
    check_still(avant, None if attendus is None else frozenset(attendus))
    session.execute(delete(tables.interet).where(tables.interet.c.deliberation_id == acte_id))
    insert_rows(session, tables.interet, [{"deliberation_id": acte_id, "elu_id": elu} for elu in sorted(elus)])
    inverse = Call(interesser, (phase_id, 0, tuple(sorted(avant)), tuple(sorted(elus))))
    return Changes("Confirmer les élus intéressés", _TOUCHE, inverse)
