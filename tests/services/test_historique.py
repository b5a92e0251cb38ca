"""The history of a structure read from real bases, and produced as files that are read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from inclusion_desk.domain.historique_annees import annees
from inclusion_desk.domain.historique_releves import releve_versements
from inclusion_desk.domain.historique_structure import HistoriqueStructure
from inclusion_desk.domain.refus import EcritureRefusee, Introuvable
from inclusion_desk.services import demonstration, historique, suivi
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row
from tests.services.gestes import adopter, corriger, rejeter

JUGE_LE = date(2026, 1, 15)
MAINTENANT = datetime(2026, 7, 10, 9, 0)  # noqa: DTZ001 - a day of the desk


@pytest.fixture(scope="module")
def faite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    base = tmp_path_factory.mktemp("demo") / "base.sqlite"
    demonstration.creer(base)
    return base.read_bytes()


@pytest.fixture
def complete(faite: bytes, tmp_path: Path) -> Iterator[Desk]:
    """Open the demonstration, 2024 voted and 2025 in preparation, as on a day of 2026."""
    base = tmp_path / "complete.sqlite"
    base.write_bytes(faite)
    desk = ouvrir(base, horloge=lambda: MAINTENANT)
    yield desk
    desk.close()


def cle(desk: Desk, debut: str) -> int:
    s = tables.structure.c
    return int(desk.read(lambda session: session.execute(select(s.id).where(s.nom.startswith(debut))).scalar_one()))


def lire(desk: Desk, debut: str) -> HistoriqueStructure:
    return desk.read(historique.lire, cle(desk, debut), MAINTENANT.date())


def campagnes(lu: HistoriqueStructure) -> list[tuple[int, int, int]]:
    """Give what was voted and proposed, year by year."""
    return [(a.annee, a.vote, a.propose) for a in annees(lu)]


def test_every_year_has_its_row_with_what_was_agreed_outside(complete: Desk) -> None:
    """338 226,74 € from July 2023 to December 2025, then 79 850,00 € voted in 2024 for 2025: nothing is left out."""
    lu = lire(complete, "Pas-de-Calais Actif")
    lues = annees(lu)
    assert [(a.annee, a.vote, a.conventionne, a.a_signer) for a in lues] == [
        (2023, 0, 6_801_499, 0), (2024, 7_985_000, 13_529_070, 0), (2025, 0, 13_492_105, 7_985_000),
    ]  # fmt: skip
    assert sum(a.conventionne for a in lues) == lu.conventionne == lu.hors_outil == 33_822_674
    assert sum(a.montant for a in lues) == 41_807_674
    assert {a.situation for a in lues} == {"hors_champ"}


def test_payments_count_in_the_year_they_were_made(complete: Desk) -> None:
    assert [(a.annee, a.paye) for a in annees(lire(complete, "Structure exemple 05"))][:2] == [
        (2024, 7_459_200), (2025, 0),
    ]  # fmt: skip


def test_what_is_left_to_pay_stops_at_what_is_finally_due(complete: Desk) -> None:
    avant = lire(complete, "Structure exemple 16")
    (une,) = avant.conventions
    valeurs = {"quantitatif": 8_000, "qualitatif": 9_000, "penalites": "Bilan hors délai = 10 %", "arrete_le": JUGE_LE}
    complete.do(suivi.juger, une.convention.id, {}, valeurs)
    lu = lire(complete, "Structure exemple 16")
    assert avant.reste - lu.reste == 6_460_000 - 4_941_900
    (une,) = lu.conventions
    assert une.fait is not None
    assert une.fait.definitif == 4_941_900
    rangees = [" ".join(rangee).replace("\u00a0", " ") for rangee in releve_versements(lu).rangees]
    assert "service fait arrêté à 49 419,00 €" in rangees[-1]


def test_the_history_of_the_case_holds_its_convention_and_its_payments(complete: Desk) -> None:
    lu = lire(complete, "Pas-de-Calais Actif")
    (une,) = lu.conventions
    assert [acte.cumul for acte in une.actes] == [33_822_674, 41_807_674]
    assert une.en_attente == 7_985_000
    assert [v.montant for v in une.versements[:3]] == [14_543_750, 10_823_256, 8_455_668]
    assert lu.reste == sum(v.montant for v in une.versements)
    (ligne,) = lu.lignes
    assert (ligne.convention, ligne.rang, ligne.etat_acte, ligne.deliberation) == (
        "2024-01213",
        1,
        "projet",
        "2024-587",
    )
    assert lu.departement == "Pas-de-Calais"


def test_a_private_foundation_passes_the_threshold_under_its_convention(complete: Desk) -> None:
    lu = lire(complete, "Structure exemple 05")
    assert [(a.annee, a.situation) for a in annees(lu)] == [(2024, "conventionnee"), (2025, "conventionnee")]
    assert [ligne.montant for ligne in lu.lignes] == [0, 6_916_500]
    assert (lu.paye, lu.hors_outil) == (7_459_200, 18_648_000)
    assert lu.reste == sum(une.prevu for une in lu.conventions) - 7_459_200


def test_years_follow_one_another_with_what_is_not_voted_apart(complete: Desk) -> None:
    lu = lire(complete, "Structure exemple 17")
    assert campagnes(lu)[:2] == [(2024, 3_000_000, 0), (2025, 0, 3_000_000)]
    assert lu.lignes[1].etat_libelle == "En préparation"


def test_bilans_come_with_their_convention(complete: Desk) -> None:
    avant = lire(complete, "Structure exemple 05")
    convention_id = avant.conventions[0].convention.id

    def ajouter(session: Session) -> Changes:
        jours = {"debut": date(2024, 1, 1), "fin": date(2025, 12, 31), "echeance": date(2026, 3, 31)}
        insert_row(session, tables.bilan, {"convention_id": convention_id, "nature": "final", **jours})
        return Changes("Ajouter un bilan", {})

    complete.do(ajouter)
    lu = lire(complete, "Structure exemple 05")
    assert len(lu.conventions[0].bilans) == len(avant.conventions[0].bilans) + 1
    assert lu.bilans_en_retard == avant.bilans_en_retard + 1


def test_a_structure_without_anything_has_an_empty_history(complete: Desk) -> None:
    lu = lire(complete, "Structure exemple 24")
    assert (annees(lu), lu.conventions, lu.vote, lu.paye) == ((), (), 0, 0)


def test_a_structure_that_is_gone_is_refused(complete: Desk) -> None:
    with pytest.raises(Introuvable, match="n’existe plus"):
        complete.read(historique.lire, 999, MAINTENANT.date())


def test_lines_are_read_on_both_databases(desk: Desk) -> None:
    lu = lire(desk, "Structure exemple 05")
    assert campagnes(lu)[0] == (2024, 0, 6_916_500)
    assert lu.conventions == ()


def test_a_rejected_phase_counts_for_nothing(bureau: Desk) -> None:
    rejeter(bureau)
    assert annees(lire(bureau, "Structure exemple 05")) == ()


def test_a_correction_is_not_counted_beside_the_act_that_it_corrects(bureau: Desk) -> None:
    adopter(bureau)
    corriger(bureau)
    lues = campagnes(lire(bureau, "Structure exemple 05"))
    assert [une for une in lues if une[1:] != (0, 0)] == [(2024, 6_916_500, 0)]


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_the_document_is_the_same_on_the_same_day(
    complete: Desk, tmp_path: Path, extension: historique.FormatHistorique
) -> None:
    structure_id = cle(complete, "Structure exemple 05")
    ecrits = [
        historique.produire(complete, structure_id, tmp_path / f"{n}.{extension}", extension).read_bytes()
        for n in range(2)
    ]
    assert ecrits[0] == ecrits[1]


def test_a_target_that_cannot_be_written_is_said(complete: Desk, tmp_path: Path) -> None:
    with pytest.raises(EcritureRefusee, match="le dossier n’existe pas"):
        historique.produire(complete, cle(complete, "CCAS"), tmp_path / "absent" / "h.pdf", "pdf")


def test_the_file_is_named_after_the_structure() -> None:
    assert historique.nom_propose("Pas-de-Calais Actif", "pdf") == "historique-pas-de-calais-actif.pdf"
    assert historique.nom_propose("Œuvre d’Étaples / « L’Envol »", "docx") == "historique-oeuvre-d-etaples-l-envol.docx"
    assert len(historique.nom_propose("mot " * 60, "pdf")) <= 80
