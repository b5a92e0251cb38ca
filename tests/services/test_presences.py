"""Who attends, who gave a proxy to whom, who is interested in the matter; written, undone, redone, refused."""

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
    acte,
    aller_retour,
    annulation_refusee,
    deplacer,
    dossier,
    jouer,
    ligne,
    nouvelle_phase,
)
from tests.services.presences import (
    ABSENT,
    ABSENT_INTERESSE,
    AUTRE,
    EXCUSE,
    INTERESSE,
    PRESENT,
    SANS_VOIX,
    feuille,
    fixer,
    lire,
    nouvel_elu,
    presence,
    version,
)

FEUILLE: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "a member absent": (seances.pointer, ((PRESENT,), "absent")),
    "many excused": (seances.pointer, ((PRESENT, AUTRE, INTERESSE), "excuse")),
    "an excused one present": (seances.pointer, ((EXCUSE,), "present")),
    "a member off the sheet": (seances.retirer, ((PRESENT, EXCUSE),)),
    "a proxy given": (pouvoirs.donner, (ABSENT, PRESENT)),
    "a proxy to somebody unknown": (pouvoirs.donner, (ABSENT, None)),
    "a holder known at last": (pouvoirs.donner, (EXCUSE, PRESENT)),
    "a proxy taken back": (pouvoirs.reprendre, (EXCUSE,)),
}


@pytest.mark.parametrize("geste", FEUILLE)
def test_the_sheet_is_written_undone_and_redone(desk: Desk, geste: str) -> None:
    use_case, args = FEUILLE[geste]
    aller_retour(desk, lire, use_case, PHASE, version(desk), *args)
    assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize("geste", FEUILLE)
def test_a_sheet_changed_meanwhile_is_neither_written_nor_undone_over(bureau: Desk, geste: str) -> None:
    use_case, args = FEUILLE[geste]
    lue = version(bureau)
    fait = bureau.do(use_case, PHASE, lue, *args)
    with pytest.raises(ConflitDeVersion):
        bureau.do(use_case, PHASE, lue, *args)
    bureau.do(seances.pointer, PHASE, version(bureau), (7,), "absent")
    annulation_refusee(bureau, fait, lire)


@pytest.mark.parametrize("geste", FEUILLE)
def test_the_sheet_of_a_closed_phase_or_of_none_is_refused(bureau: Desk, geste: str) -> None:
    use_case, args = FEUILLE[geste]
    fait = bureau.do(use_case, PHASE, version(bureau), *args)
    deplacer(bureau, "ajourner")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        bureau.do(use_case, PHASE, version(bureau), *args)
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        jouer(bureau, fait.inverse)
    sans = nouvelle_phase(bureau)
    with pytest.raises(Refus, match=r"fixez d’abord sa date|n’est plus sur la feuille"):
        bureau.do(use_case, sans, 0, *args)


def test_a_councillor_is_added_once(desk: Desk) -> None:
    nouvelle = nouvel_elu(desk, "NOUVELLE")
    aller_retour(desk, lire, seances.inscrire, PHASE, version(desk), {nouvelle: "present"})
    assert presence(desk, nouvelle).ordre == max(p.ordre for p in feuille(desk).seance.presences)
    avant = lire(desk)
    with pytest.raises(Refus, match="figure déjà sur la feuille") as refus:
        desk.do(seances.inscrire, PHASE, version(desk), {PRESENT: "excuse"})
    assert refus.value.champ == "elu_id"
    assert lire(desk) == avant


def test_who_is_present_gives_no_proxy_and_who_leaves_holds_none(bureau: Desk) -> None:
    bureau.do(pouvoirs.donner, PHASE, version(bureau), EXCUSE, PRESENT)
    bureau.do(pouvoirs.donner, PHASE, version(bureau), 41, AUTRE)
    bureau.do(seances.pointer, PHASE, version(bureau), (PRESENT,), "excuse")
    assert (presence(bureau, EXCUSE).pouvoir, presence(bureau, EXCUSE).mandataire) == (True, None)
    bureau.do(seances.retirer, PHASE, version(bureau), (AUTRE,))
    assert (presence(bureau, 41).pouvoir, presence(bureau, 41).mandataire) == (True, None)
    bureau.do(seances.pointer, PHASE, version(bureau), (EXCUSE,), "present")
    assert not presence(bureau, EXCUSE).pouvoir


def test_the_votes_of_the_case_are_counted_with_its_proxies(bureau: Desk) -> None:
    seance = feuille(bureau).seance
    assert (seance.membres, seance.presents_ou_representes, seance.voix) == (44, 41, 29)
    bureau.do(pouvoirs.donner, PHASE, version(bureau), EXCUSE, PRESENT)
    assert feuille(bureau).seance.voix == 29
    bureau.do(seances.interesser, PHASE, acte(bureau).version, (PRESENT,))
    assert feuille(bureau).seance.voix == 41 - 2, "the holder takes no part, nor does the proxy"


@pytest.mark.parametrize(
    ("mandant", "mandataire", "phrase"),
    [
        (EXCUSE, EXCUSE, "à un autre membre, présent"),
        (EXCUSE, ABSENT, "à un autre membre, présent"),
        (EXCUSE, 41, "à un autre membre, présent"),
        (EXCUSE, SANS_VOIX, "à un autre membre, présent"),
        (EXCUSE, 9999, "à un autre membre, présent"),
        (EXCUSE, INTERESSE, "intéressée à l’affaire et ne peut user d’un pouvoir"),
        (EXCUSE, AUTRE, "détient déjà un pouvoir"),
        (PRESENT, AUTRE, "n’est ni excusé"),
        (SANS_VOIX, PRESENT, "n’est ni excusé"),
        (ABSENT_INTERESSE, PRESENT, "intéressée à l’affaire : aucun pouvoir"),
        (9999, PRESENT, "n’est plus sur la feuille"),
    ],
)
def test_proxies_that_cannot_be_are_refused(bureau: Desk, mandant: int, mandataire: int, phrase: str) -> None:
    bureau.do(pouvoirs.donner, PHASE, version(bureau), ABSENT, AUTRE)
    avant = lire(bureau)
    with pytest.raises(Refus, match=phrase):
        bureau.do(pouvoirs.donner, PHASE, version(bureau), mandant, mandataire)
    assert lire(bureau) == avant


def test_proxies_make_no_loop(bureau: Desk) -> None:
    """A gives to B; B leaves, and cannot give to A, who is not there; nor can C give to A."""
    bureau.do(pouvoirs.donner, PHASE, version(bureau), EXCUSE, PRESENT)
    bureau.do(seances.pointer, PHASE, version(bureau), (PRESENT,), "excuse")
    for mandant in (PRESENT, ABSENT):
        with pytest.raises(Refus, match="à un autre membre, présent"):
            bureau.do(pouvoirs.donner, PHASE, version(bureau), mandant, EXCUSE)
    bureau.do(pouvoirs.donner, PHASE, version(bureau), PRESENT, AUTRE)
    assert presence(bureau, PRESENT).mandataire == AUTRE


def test_a_proxy_given_again_to_the_same_holder_is_no_second_one(bureau: Desk) -> None:
    for _ in range(2):
        bureau.do(pouvoirs.donner, PHASE, version(bureau), EXCUSE, PRESENT)
    assert presence(bureau, EXCUSE).mandataire == PRESENT


def test_the_database_refuses_by_itself_a_second_proxy_and_one_to_oneself(desk: Desk) -> None:
    desk.do(pouvoirs.donner, PHASE, version(desk), EXCUSE, PRESENT)
    for elu_id, mandataire, phrase in ((41, PRESENT, "n’en reçoit qu’un"), (41, 41, "à un autre élu")):
        valeurs = {"pouvoir": True, "mandataire_id": mandataire}
        with pytest.raises(Refus, match=phrase) as refus:
            desk.do(pouvoirs._record, PHASE, version(desk), elu_id, valeurs)
        assert refus.value.champ == "mandataire_id"


def test_a_proxy_of_somebody_off_the_sheet_is_not_taken_back(bureau: Desk) -> None:
    with pytest.raises(Refus, match="n’est plus sur la feuille"):
        bureau.do(pouvoirs.reprendre, PHASE, version(bureau), 9999)


def test_interests_are_confirmed_exactly_undone_and_redone(desk: Desk) -> None:
    aller_retour(desk, dossier, seances.interesser, PHASE, acte(desk).version, (PRESENT, AUTRE))
    assert {p.elu_id for p in feuille(desk).seance.interesses} == {PRESENT, AUTRE}
    assert desk.read(verification.anomalies) == ()


def test_interests_changed_meanwhile_or_in_a_closed_phase_are_refused(bureau: Desk) -> None:
    lue = acte(bureau).version
    fait = bureau.do(seances.interesser, PHASE, lue, (PRESENT,))
    with pytest.raises(ConflitDeVersion):
        bureau.do(seances.interesser, PHASE, lue, (AUTRE,))
    defait = jouer(bureau, fait.inverse)
    with pytest.raises(ConflitDeVersion):
        bureau.do(seances.interesser, PHASE, lue + 1, (AUTRE,))
    bureau.do(seances.interesser, PHASE, acte(bureau).version, (AUTRE,))
    annulation_refusee(bureau, defait, dossier)
    deplacer(bureau, "ajourner")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        bureau.do(seances.interesser, PHASE, acte(bureau).version, ())


def test_who_holds_a_mandate_running_that_day_in_a_structure_funded_is_proposed(desk: Desk) -> None:
    seance = date(2024, 12, 9)
    autre = desk.do(edition.create, "structures", PHASE, {"nom": "Non financée", "forme": "ccas"}).ids["structures"][0]
    mandats: tuple[tuple[int, int, date | None, date | None], ...] = (
        (PRESENT, 1, None, None),
        (AUTRE, 1, seance, seance),
        (8, 1, None, seance - timedelta(days=1)),
        (9, 1, seance + timedelta(days=1), None),
        (11, autre, None, None),
    )
    for elu_id, structure_id, debut, fin in mandats:
        valeurs = {"elu_id": elu_id, "structure_id": structure_id, "qualite": "Président", "debut": debut, "fin": fin}
        desk.do(edition.create, "mandats", PHASE, valeurs)
    assert feuille(desk).proposes == {PRESENT, AUTRE}
    assert feuille(desk, nouvelle_phase(desk)).proposes == frozenset()


def test_a_mandate_is_recorded_once_and_ends_after_it_begins(desk: Desk) -> None:
    mandat = {"elu_id": 1, "structure_id": 1, "debut": date(2024, 1, 1)}
    aller_retour(desk, lambda d: d.read(store.load_mandats), edition.create, "mandats", PHASE, mandat)
    with pytest.raises(Refus, match="déjà enregistré"):
        desk.do(edition.create, "mandats", PHASE, mandat)
    with pytest.raises(SaisieRefusee, match="précède le début") as refus:
        desk.do(edition.update, "mandats", 1, 1, {"fin": date(2023, 1, 1)})
    assert refus.value.champ == "fin"


def test_a_councillor_on_a_sheet_and_a_group_behind_a_vote_are_not_deleted(desk: Desk) -> None:
    fixer(desk, nouvelle_phase(desk))
    with pytest.raises(Refus, match="figure dans 2\u00a0feuilles de présence"):
        desk.do(edition.delete, "elus", (PRESENT,))
    with pytest.raises(Refus, match="vote"):
        desk.do(edition.delete, "groupes", (1,))


def test_a_councillor_goes_with_his_mandates_and_comes_back_with_them(desk: Desk) -> None:
    elu_id = nouvel_elu(desk, "DE PASSAGE", ordre=7)
    desk.do(edition.create, "mandats", PHASE, {"elu_id": elu_id, "structure_id": 1})
    assert ligne(desk, elu_id, tables.elu)["ordre"] == 7

    def tous(desk: Desk) -> object:
        return desk.read(store.load_elus), desk.read(store.load_mandats)

    aller_retour(desk, tous, edition.delete, "elus", (elu_id,))
    assert desk.read(store.load_mandats) == []


def test_a_councillor_keeps_a_rank(bureau: Desk) -> None:
    assert ligne(bureau, nouvel_elu(bureau, "SANS RANG"), tables.elu)["ordre"] == 49
    with pytest.raises(SaisieRefusee, match="Le rang est à renseigner"):
        bureau.do(edition.update, "elus", 1, 1, {"ordre": None})
