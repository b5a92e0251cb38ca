"""The sitting: its day and place, and who is on its sheet to begin with; written, undone, redone, refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.services import edition, pouvoirs, seances, verification
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import seances as store
from inclusion_desk.store import tables
from tests.services.gestes import (
    PHASE,
    aller_retour,
    annulation_refusee,
    deplacer,
    jouer,
    ligne,
    nouvelle_phase,
    vue,
)
from tests.services.presences import (
    ABSENT,
    JOUR,
    PRESENT,
    SANS_VOIX,
    SEANCE,
    feuille,
    fixer,
    lire,
    nouvel_elu,
    version,
)


def test_a_new_sitting_starts_with_the_members_in_office_on_its_day_all_present(desk: Desk) -> None:
    phase_id = nouvelle_phase(desk)
    en_poste = nouvel_elu(desk, "EN POSTE", debut=JOUR)
    jusque_la = nouvel_elu(desk, "JUSQUE LÀ", fin=JOUR)
    for nom, valeurs in (
        ("PAS ENCORE", {"debut": JOUR + timedelta(days=1)}),
        ("PLUS", {"fin": JOUR - timedelta(days=1)}),
        ("PAS MEMBRE", {"membre": False}),
    ):
        nouvel_elu(desk, nom, **valeurs)
    fixer(desk, phase_id)
    lue = feuille(desk, phase_id)
    membres = [e for e in desk.read(store.load_elus) if e.membre and e.en_fonction(JOUR)]
    assert [p.elu_id for p in lue.seance.presences] == [e.id for e in membres]
    assert {en_poste, jusque_la} < {p.elu_id for p in lue.seance.presences}
    assert {p.statut for p in lue.seance.presences} == {"present"}
    assert [e.nom for e in lue.absents][-1] == "PAS MEMBRE"
    assert len(lue.absents) == 5


def test_a_sheet_is_compared_with_the_members_in_office(desk: Desk) -> None:
    assert feuille(desk).seance.omis == ()
    nouvel_elu(desk, "OMISE", debut=date(2024, 12, 9))
    nouvel_elu(desk, "PLUS TARD", debut=date(2024, 12, 10))
    nouvel_elu(desk, "HORS COMMISSION", membre=False)
    desk.do(edition.update, "elus", PRESENT, 1, {"fin": date(2024, 12, 8)})
    lue = feuille(desk).seance
    assert lue.omis == ("Mme Essai OMISE",)
    assert [p.elu_id for p in lue.presences if not p.en_fonction] == [PRESENT]


def test_a_mandate_that_runs_that_day_in_a_structure_funded_is_seen(desk: Desk) -> None:
    for elu_id, structure_id, valeurs in ((PRESENT, 5, {}), (ABSENT, 5, {"fin": date(2024, 12, 8)})):
        mandat = {"elu_id": elu_id, "structure_id": structure_id, "qualite": "Administratrice", **valeurs}
        desk.do(edition.create, "mandats", PHASE, mandat)
    assert [p.elu_id for p in feuille(desk).seance.presences if p.mandat] == [PRESENT]


@pytest.mark.parametrize("nom", ["LEROY", "Leroy", "le-roy"])
def test_a_councillor_is_recorded_once(desk: Desk, nom: str) -> None:
    if nom == "le-roy":
        nouvel_elu(desk, nom, prenom="Jean-Claude")  # another name: nothing but hyphens and case is left aside
        return
    with pytest.raises(SaisieRefusee, match="est déjà au répertoire") as refus:
        nouvel_elu(desk, nom, civilite="M.", prenom="Jean Claude")
    assert refus.value.champ == "nom"


def test_a_sitting_to_be_fixed_begins_with_what_the_last_one_had(desk: Desk) -> None:
    lue = feuille(desk, nouvelle_phase(desk)).seance
    assert (lue.jour, lue.lieu, lue.president) == (None, "Arras", "M. Jean-Claude LEROY")
    assert (lue.secretaire, lue.presences) == ("", ())


def test_fixing_a_sitting_is_undone_and_redone(desk: Desk) -> None:
    phase_id = nouvelle_phase(desk)
    aller_retour(desk, lire, seances.fixer, phase_id, vue(desk, phase_id).version, SEANCE)
    assert desk.read(verification.anomalies) == ()


def test_a_sitting_already_recorded_is_joined_with_its_attendance(desk: Desk) -> None:
    phase_id = nouvelle_phase(desk)
    aller_retour(
        desk, lire, seances.fixer, phase_id, vue(desk, phase_id).version, {**SEANCE, "jour": date(2024, 12, 9)}
    )
    assert feuille(desk, phase_id).seance.lieu == "Arras"
    assert vue(desk, phase_id).seance_id == vue(desk).seance_id
    assert [p.elu_id for p in feuille(desk, phase_id).seance.interesses] == []


def test_changing_a_sitting_changes_it_for_all_its_phases_and_is_undone(desk: Desk) -> None:
    phase_id = nouvelle_phase(desk)
    fixer(desk, phase_id, jour=date(2024, 12, 9))
    valeurs = {**ligne(desk, 1, tables.seance), "jour": date(2024, 12, 16), "lieu": "Lens"}
    aller_retour(desk, lire, seances.fixer, phase_id, vue(desk, phase_id).version, valeurs)
    assert vue(desk).date_seance == date(2024, 12, 16)


def test_a_phase_may_go_to_another_sitting_already_recorded_and_back(desk: Desk) -> None:
    fixer(desk, nouvelle_phase(desk))
    aller_retour(desk, lire, seances.fixer, PHASE, vue(desk).version, SEANCE)
    assert feuille(desk).seance.lieu == "Lens"


def test_a_sitting_fixed_again_after_an_undo_is_as_typed(bureau: Desk) -> None:
    phase_id = nouvelle_phase(bureau)
    jouer(bureau, fixer(bureau, phase_id).inverse)
    fixer(bureau, phase_id, lieu="Béthune")
    assert feuille(bureau, phase_id).seance.lieu == "Béthune"


def test_a_phase_on_the_agenda_does_not_lose_its_sitting_by_an_undo(bureau: Desk) -> None:
    phase_id = nouvelle_phase(bureau)
    fait = fixer(bureau, phase_id)
    bureau.do(edition.create, "propositions", phase_id, {**ligne(bureau, 9), "montant": 1})
    for code in ("transmettre", "inscrire"):
        deplacer(bureau, code, phase_id)
    with pytest.raises(Refus, match="retirez-la d’abord de l’ordre du jour"):
        jouer(bureau, fait.inverse)
    assert vue(bureau, phase_id).date_seance == JOUR


def test_two_who_fix_a_sitting_at_once_or_undo_over_another_are_told(bureau: Desk) -> None:
    phase_id = nouvelle_phase(bureau)
    lue = vue(bureau, phase_id).version
    fait = bureau.do(seances.fixer, phase_id, lue, SEANCE)
    with pytest.raises(ConflitDeVersion):
        bureau.do(seances.fixer, phase_id, lue, {**SEANCE, "lieu": "Béthune"})
    change = fixer(bureau, phase_id, lieu="Calais")
    fixer(bureau, phase_id, lieu="Liévin")
    annulation_refusee(bureau, change, lire)
    fixer(bureau, phase_id, jour=date(2024, 12, 9))
    annulation_refusee(bureau, fait, lire)


def test_a_sitting_is_checked_field_by_field(bureau: Desk) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        fixer(bureau, nouvelle_phase(bureau), jour=None, instance="", lieu="<b>")
    assert [r.champ for r in refus.value.refus] == ["jour", "instance", "lieu"]


def test_a_sitting_that_holds_an_adopted_act_is_nobodys_to_change(vote: Desk) -> None:
    """Another phase joined it: the day, the attendance and the proxies stay those of the vote."""
    phase_id = nouvelle_phase(vote)
    fixer(vote, phase_id, jour=date(2024, 12, 9))
    avant = lire(vote)
    appels: tuple[tuple[Any, ...], ...] = (
        (seances.fixer, vue(vote, phase_id).version, {**SEANCE, "jour": date(2024, 12, 10)}),
        (seances.pointer, version(vote), (PRESENT,), "absent"),
        (seances.inscrire, version(vote), {SANS_VOIX + 1: "present"}),
        (seances.retirer, version(vote), (PRESENT,)),
        (pouvoirs.donner, version(vote), ABSENT, PRESENT),
    )
    for use_case, *args in appels:
        with pytest.raises(Refus, match="Cet acte est voté"):
            vote.do(use_case, phase_id, *args)
    assert lire(vote) == avant
