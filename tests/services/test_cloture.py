"""A convention closed owes nothing more as if nothing happened; reopened, or undone, everything is due again."""

from __future__ import annotations

from datetime import date

import pytest

from inclusion_desk.domain.calendrier import Echeance
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.domain.versements import BesoinCp
from inclusion_desk.services import conventions, edition, paiements, suivi
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.evenements import historique
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import bilans
from inclusion_desk.store import versements as store
from tests.services.gestes import PHASE, jouer
from tests.services.gestes_actes import changer, creer, deplacer, nommee, resilier

CAS = "2024-00901"
JOUR = date(2025, 6, 2)
EFFET = date(2025, 3, 1)


def lus(desk: Desk, jour: date = JOUR) -> list[VersementSuivi]:
    return desk.read(store.load, jour, convention_id=nommee(desk, CAS).id)


def etats(desk: Desk, jour: date = JOUR) -> list[str]:
    return [v.statut for v in lus(desk, jour)]


def besoins(desk: Desk) -> tuple[BesoinCp, ...]:
    return desk.read(paiements.besoins, JOUR)


def echeances(desk: Desk) -> list[Echeance]:
    identifiant = nommee(desk, CAS).id
    return [e for e in desk.read(suivi.calendrier, JOUR) if e.convention_id == identifiant and e.nature == "versement"]


def executoire(desk: Desk) -> int:
    """Put the convention in force."""
    une = nommee(desk, CAS).id
    changer(desk, "conventions", une, executoire_le=date(2024, 3, 1))
    deplacer(desk, "conventions", une, "executer")
    return une


def fermer(desk: Desk, code: str) -> int:
    """Settle or terminate the convention."""
    une = executoire(desk)
    if code == "resilier":
        resilier(desk, une, EFFET)
    else:
        deplacer(desk, "conventions", une, code)
    return une


@pytest.mark.parametrize("code", ["solder", "resilier"])
def test_what_is_not_paid_has_no_issue_once_the_convention_is_closed(amendable: Desk, code: str) -> None:
    avant, dus, calendrier = etats(amendable), besoins(amendable), echeances(amendable)
    assert avant == ["paye", "attente", "a_venir"]
    assert len(calendrier) == 2
    une = fermer(amendable, code)
    assert etats(amendable) == ["paye", "sans_suite", "sans_suite"]
    assert [v.reste for v in lus(amendable)] == [0, 0, 0]
    assert echeances(amendable) == []
    reste = 10_656_000 + 5_328_000
    apres = besoins(amendable)
    assert sum(b.reste for b in apres) == sum(b.reste for b in dus) - reste
    assert sum(b.libere for b in apres) == sum(b.libere for b in dus) + reste
    assert sum(b.prevu for b in apres) == sum(b.prevu for b in dus)
    if code == "solder":
        deplacer(amendable, "conventions", une, "rouvrir")
        assert (etats(amendable), besoins(amendable), echeances(amendable)) == (avant, dus, calendrier)


@pytest.mark.parametrize(
    ("code", "attendus"), [("solder", ["sans_suite"] * 3), ("resilier", ["retard", "retard", "sans_suite"])]
)
def test_a_closed_convention_owes_the_bilans_of_what_was_carried_out(
    amendable: Desk, code: str, attendus: list[str]
) -> None:
    une = nommee(amendable, CAS).id
    for nature, debut, fin in (
        ("intermediaire", date(2024, 1, 1), date(2024, 12, 31)), ("final", date(2024, 1, 1), date(2025, 12, 31)),
        ("financier", EFFET, date(2025, 12, 31)),
    ):  # fmt: skip
        bilan = {"convention_id": une, "nature": nature, "debut": debut, "fin": fin, "echeance": date(2026, 3, 31)}
        amendable.do(edition.create, "bilans", PHASE, bilan)

    def dus() -> list[str]:
        return [b.statut for b in amendable.read(bilans.load, date(2026, 6, 1), convention_id=une)]

    assert dus() == ["retard"] * 3
    fermer(amendable, code)
    assert dus() == attendus
    calendrier = amendable.read(suivi.calendrier, date(2026, 6, 1))
    assert sum(e.nature == "bilan" and e.convention_id == une for e in calendrier) == attendus.count("retard")
    if code == "solder":
        deplacer(amendable, "conventions", une, "rouvrir")
        assert dus() == ["retard"] * 3


def test_undoing_a_termination_brings_all_back(amendable: Desk) -> None:
    avant = etats(amendable), besoins(amendable), echeances(amendable)
    une = nommee(amendable, CAS).id
    fait = resilier(amendable, une, EFFET, "Manquement")
    assert amendable.read(historique, "conventions", une)[0].motif == "Manquement"
    jouer(amendable, fait.inverse)
    assert (etats(amendable), besoins(amendable), echeances(amendable)) == avant


def test_a_termination_to_come_leaves_due_what_falls_due_before_it(amendable: Desk) -> None:
    resilier(amendable, nommee(amendable, CAS).id, date(2025, 6, 30))
    assert etats(amendable) == ["paye", "attente", "sans_suite"]
    assert etats(amendable, date(2025, 6, 30)) == ["paye", "sans_suite", "sans_suite"]


@pytest.mark.parametrize(
    ("jour", "phrase"),
    [
        (date(2024, 2, 21), r"avant la dernière signature \(22/02/2024\)"),
        (date(2026, 1, 1), r"après la fin de la convention \(31/12/2025\)"),
        (date(aujourdhui().year + 2, 1, 1), "dans plus d’un an"),
    ],
)
def test_a_termination_takes_effect_within_the_convention(amendable: Desk, jour: date, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        resilier(amendable, nommee(amendable, CAS).id, jour)
    assert refus.value.champ == "resiliee_le"
    assert (nommee(amendable, CAS).etat, nommee(amendable, CAS).resiliee_le) == ("signee", None)


def test_a_termination_has_its_day(amendable: Desk) -> None:
    une = nommee(amendable, CAS)
    with pytest.raises(Refus, match="est à renseigner") as refus:
        amendable.do(conventions.deplacer, "conventions", une.id, une.version, "resilier", "Motif")
    assert refus.value.champ == "resiliee_le"
    assert nommee(amendable, CAS) == une


def test_the_day_of_a_termination_is_corrected_and_not_taken_away(amendable: Desk) -> None:
    une = nommee(amendable, CAS).id
    with pytest.raises(SaisieRefusee, match="Seule une convention signée se résilie"):
        creer(amendable, resiliee_le=EFFET)
    resilier(amendable, une, EFFET)
    changer(amendable, "conventions", une, resiliee_le=date(2025, 4, 1))
    with pytest.raises(SaisieRefusee, match="ne s’efface pas"):
        changer(amendable, "conventions", une, resiliee_le=None)
    with pytest.raises(SaisieRefusee, match="avant la dernière signature"):
        changer(amendable, "conventions", une, resiliee_le=date(2024, 2, 1))


def test_a_termination_that_the_state_no_longer_allows_says_so(amendable: Desk) -> None:
    une = fermer(amendable, "solder")
    with pytest.raises(Refus, match="«\u00a0Résilier\u00a0» n’est pas possible dans l’état «\u00a0Soldée\u00a0»"):
        resilier(amendable, une, EFFET)


def test_what_settling_leaves_is_counted(amendable: Desk) -> None:
    une = executoire(amendable)
    assert amendable.read(conventions.en_suspens, une, JOUR).phrase == "159\u00a0840,00\u00a0€ ne sont pas payés."
    bilan = {"convention_id": une, "nature": "final", "debut": date(2024, 1, 1), "fin": date(2025, 12, 31)}
    amendable.do(edition.create, "bilans", PHASE, {**bilan, "echeance": date(2026, 3, 31)})
    assert amendable.read(conventions.en_suspens, une, JOUR).phrase == (
        "159\u00a0840,00\u00a0€ ne sont pas payés et 1\u00a0bilan manque (bilan final)."
    )
    amendable.do(edition.delete, "versements", (lus(amendable)[2].id,))
    assert amendable.read(conventions.en_suspens, une, JOUR).reste == 15_984_000
