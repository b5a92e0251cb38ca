"""What is followed after the signature, as typed and as shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.delais import dire_retard
from inclusion_desk.domain.fiches import Indicateur
from inclusion_desk.domain.penalites import read_penalites, write_penalites
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import Penalite
from inclusion_desk.domain.suivi import (
    BilanSuivi,
    Resultat,
    SuiviConvention,
    VersementSuivi,
    check_jours,
    check_paiement,
    comparer,
    read_mesures,
    write_mesures,
)

MOTIFS = st.text("abcdefé ’-", min_size=1, max_size=30).map(str.strip).filter(bool)


@given(st.lists(st.builds(Penalite, MOTIFS, st.integers(1, 10**9)) | st.builds(Penalite, MOTIFS, st.just(0),
                st.integers(1, 10_000)), max_size=5))  # fmt: skip
def test_penalties_are_read_as_they_are_written(penalites: list[Penalite]) -> None:
    assert read_penalites(write_penalites(penalites)) == tuple(penalites)


@pytest.mark.parametrize("ligne", ["Retard", "= 10 %", "Retard =", "Retard = beaucoup"])
def test_a_penalty_that_cannot_be_read_is_refused_by_its_line(ligne: str) -> None:
    with pytest.raises(Refus, match="ligne 3") as refus:
        read_penalites(f"Bilan remis hors délai = 10 %\n\n{ligne}")
    assert refus.value.champ == "penalites"


@given(st.lists(st.builds(Resultat, MOTIFS, st.just(""), MOTIFS), unique_by=lambda r: r.libelle, max_size=6))
def test_measures_are_read_as_they_are_written(resultats: list[Resultat]) -> None:
    voulues = {r.libelle: " ".join(r.mesure.split()) for r in resultats}
    assert read_mesures(write_mesures(resultats)) == voulues
    assert comparer((), write_mesures(resultats)) == tuple(Resultat(nom, "", m) for nom, m in voulues.items())


def test_an_indicator_without_a_measure_is_shown_empty() -> None:
    lus = comparer((Indicateur("Sorties", "50 %"), Indicateur("Entrées")), "Entrées = 12")
    assert lus == (Resultat("Sorties", "50 %", ""), Resultat("Entrées", "", "12"))


def test_a_delay_is_said_in_days() -> None:
    assert dire_retard("En retard", 1) == "En retard de 1\u00a0jour"
    assert dire_retard("Reçu", 0) == "Reçu"


def test_a_bilan_says_its_state_and_its_reminder() -> None:
    bilan = BilanSuivi(1, 1, 1, "final", date(2024, 1, 1), date(2024, 12, 31), date(2025, 3, 31), jour=date(2025, 4, 2))
    assert (bilan.statut, bilan.etat_libelle, bilan.niveau) == ("retard", "En retard de 2\u00a0jours", "Relance")


@pytest.mark.parametrize(
    ("valeurs", "phrase"),
    [
        ({"acte_etat": "a_signer"}, "n’est pas signé"),
        ({"piece": "Bilan final"}, "attend une pièce"),
        ({"piece": "Bilan final", "piece_recue_le": date(2025, 5, 3)}, "avant la réception"),
    ],
)
def test_a_payment_needs_its_signature_and_its_document(valeurs: dict[str, object], phrase: str) -> None:
    jour = date(2025, 5, 2)
    voulu = {"acte_etat": "signee", "montant_paye": 100, "paye_le": jour, **valeurs}
    versement = VersementSuivi(1, 1, 1, 1, "Solde", None, 100, "bilan_final", jour, **voulu)  # type: ignore[arg-type]
    with pytest.raises(Refus, match=phrase) as refus:
        check_paiement(versement)
    assert refus.value.champ == "paye_le"


JOURS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(JOURS, JOURS, JOURS)
def test_a_payment_stands_between_the_signature_of_its_act_and_today(
    paye_le: date, signee_le: date, jour: date
) -> None:
    versement = VersementSuivi(
        1, 1, 1, 1, "Solde", None, 100, "date", None, montant_paye=100, paye_le=paye_le, acte_etat="signee"
    )
    if signee_le <= paye_le <= jour:
        check_jours(versement, signee_le, jour)
        return
    with pytest.raises(Refus, match="postérieure à ce jour" if paye_le > jour else "avant la signature") as refus:
        check_jours(versement, signee_le, jour)
    assert refus.value.champ == "paye_le"


def test_a_service_fait_waits_for_the_rates_that_count() -> None:
    assert SuiviConvention(1, quantitatif=10_000).arreter(100, 0) is None
    demarrage = SuiviConvention(1, poids=0, qualitatif=9_000).arreter(100_000, 20_000)
    assert demarrage is not None
    assert (demarrage.definitif, demarrage.solde) == (90_000, 70_000)
