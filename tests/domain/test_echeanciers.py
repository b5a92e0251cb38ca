"""Models of schedules: those of the case give its instalments, on days that follow the convention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.bilans import REGLES_BILAN, echeance_de, prevoir_bilans
from inclusion_desk.domain.codes import DECLENCHEURS
from inclusion_desk.domain.delais import AuJour, EnMois
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER, Cadre, date_echeance, phrases, prevoir, redater
from inclusion_desk.domain.partage import PartFixe
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import check_versements

DEBUT, FIN = date(2023, 7, 1), date(2025, 12, 31)
INDEPENDANTS = Cadre(DEBUT, FIN, date(2024, 8, 14), bilan_final=date(2026, 3, 31), convention_id=7)


def test_the_independents_of_the_case_are_paid_in_three_then_two() -> None:
    """The case, l.3272-3282: the convention, then its avenant, 418 076,74 € in all."""
    initiaux = prevoir(MODELES_ECHEANCIER["independants"], 33_822_674, INDEPENDANTS)
    assert [(v.montant, v.echeance) for v in initiaux] == [
        (14_543_750, date(2024, 8, 14)),
        (10_823_256, date(2025, 12, 31)),
        (8_455_668, date(2026, 3, 31)),
    ]
    avenant = prevoir(MODELES_ECHEANCIER["avenant"], 7_985_000, INDEPENDANTS, rang=4)
    assert [(v.rang, v.montant, v.part) for v in avenant] == [(4, 4_791_000, 6_000), (5, 3_194_000, 4_000)]
    assert avenant[-1].echeance == INDEPENDANTS.bilan_final
    check_versements(41_807_674, (*initiaux, *avenant))


def test_the_accueil_of_the_case_is_paid_in_three_the_last_in_the_first_half_of_the_next_year() -> None:
    debut, fin = date(2024, 1, 1), date(2025, 12, 31)
    bilans = prevoir_bilans(REGLES_BILAN["accueil"], debut, fin)
    cadre = Cadre(debut, fin, date(2024, 2, 1), echeance_de(bilans, "intermediaire"), echeance_de(bilans, "final"))
    modele = MODELES_ECHEANCIER["accueil"]
    assert modele.a_saisir == ("Premier versement", "Deuxième versement")
    versements = prevoir(modele, 100_000, cadre, (PartFixe(40_000), PartFixe(45_000)))
    assert [(v.montant, v.echeance, v.piece) for v in versements] == [
        (40_000, date(2024, 2, 1), ""),
        (45_000, date(2025, 3, 31), "Bilan intermédiaire"),
        (15_000, date(2026, 6, 30), "Bilan final"),
    ]


def test_the_balanced_support_is_paid_an_advance_then_the_balance() -> None:
    cadre = Cadre(date(2025, 1, 1), date(2025, 6, 30), bilan_final=date(2025, 12, 31), code_operation="C02-446A05")
    avance, solde = prevoir(MODELES_ECHEANCIER["equilibre"], 100_00, cadre, (PartFixe(60_00),))
    assert (avance.montant, avance.echeance) == (60_00, None)
    assert (solde.montant, solde.echeance, solde.code_operation) == (40_00, date(2025, 12, 31), "C02-446A05")


def _plain(dites: tuple[str, ...]) -> list[str]:
    return [phrase.replace("\u00a0", " ") for phrase in dites]


def test_a_schedule_is_said_as_the_list_an_act_prints() -> None:
    initiaux = prevoir(MODELES_ECHEANCIER["independants"], 33_822_674, INDEPENDANTS)
    assert (
        phrases(initiaux)[0]
        == "avance\u00a0: 145\u00a0437,50\u00a0€ (43\u00a0%), à la signature de la convention\u00a0;"
    )
    assert _plain(phrases(initiaux)[1:]) == [
        "paiement intermédiaire : 108 232,56 € (32 %), au plus tard le 31 décembre 2025 ;",
        "solde : 84 556,68 €, après remise du bilan final, au plus tard le 31 mars 2026.",
    ]
    avenant = prevoir(MODELES_ECHEANCIER["avenant"], 7_985_000, INDEPENDANTS, rang=4)
    assert _plain(phrases(avenant, "de l’avenant")) == [
        "premier versement : 47 910 € (60 %), à la signature de l’avenant ;",
        "solde : 31 940 € (40 %), après remise du bilan final, au plus tard le 31 mars 2026.",
    ]
    avec_piece = replace(avenant[1], declencheur="fin", piece="Compte rendu financier", echeance=None)
    assert _plain(phrases((avec_piece,))) == [
        "solde : 31 940 € (40 %), à l’issue de l’action (pièce à produire : Compte rendu financier)."
    ]
    assert phrases(()) == ()


def test_refuses_an_amount_that_is_missing_or_too_many() -> None:
    with pytest.raises(Refus, match="«\u00a0Deuxième versement\u00a0» est à renseigner"):
        prevoir(MODELES_ECHEANCIER["accueil"], 100, INDEPENDANTS, (PartFixe(1),))
    with pytest.raises(Refus, match="retirez ceux qui sont en trop"):
        prevoir(MODELES_ECHEANCIER["avenant"], 100, INDEPENDANTS, (PartFixe(1),))


def test_a_signature_dates_what_waits_for_it_and_moves_nothing_else() -> None:
    sans_signature = Cadre(DEBUT, FIN)
    versements = prevoir(MODELES_ECHEANCIER["independants"], 1_000, sans_signature)
    assert [v.echeance for v in versements] == [None, date(2024, 12, 31), None]
    dates = redater(versements, INDEPENDANTS)
    assert [v.echeance for v in dates] == [date(2024, 8, 14), date(2024, 12, 31), date(2026, 3, 31)]
    assert [v.montant for v in dates] == [v.montant for v in versements]
    plus_tard = replace(INDEPENDANTS, signature=date(2024, 9, 1), bilan_final=date(2026, 4, 1))
    paye = replace(dates[0], montant_paye=1, paye_le=date(2024, 9, 2))
    assert redater(dates, plus_tard)[0].echeance == date(2024, 9, 1)
    assert redater((paye, *dates[1:]), plus_tard) == (paye, *dates[1:])


def test_every_trigger_of_every_model_exists_and_a_fixed_day_wins() -> None:
    lignes = [ligne for modele in MODELES_ECHEANCIER.values() for ligne in modele.lignes]
    assert {ligne.declencheur for ligne in lignes} <= set(DECLENCHEURS)
    assert {date_echeance(d, INDEPENDANTS, jour=date(2025, 5, 1)) for d in DECLENCHEURS} >= {FIN, date(2025, 5, 1)}
    assert date_echeance("fin", INDEPENDANTS, EnMois(3)) == date(2026, 3, 31)
    assert date_echeance("date", INDEPENDANTS, AuJour(1, 2)) == date(2025, 2, 1)
    assert date_echeance("bilan_final", INDEPENDANTS) == date(2026, 3, 31)
    assert date_echeance("bilan_final", INDEPENDANTS, EnMois(6)) == date(2026, 6, 30)
    with pytest.raises(KeyError):
        date_echeance("jamais", INDEPENDANTS)


@given(
    st.integers(0, 10**10),
    st.sampled_from(sorted(MODELES_ECHEANCIER)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1500),
)
def test_no_model_pays_more_than_the_total_or_before_the_beginning(
    total: int, code: str, debut: date, duree: int
) -> None:
    fin = date.fromordinal(debut.toordinal() + duree)
    bilans = prevoir_bilans(REGLES_BILAN["accueil"], debut, fin)
    cadre = Cadre(debut, fin, debut, echeance_de(bilans, "intermediaire"), echeance_de(bilans, "final"))
    modele = MODELES_ECHEANCIER[code]
    versements = prevoir(modele, total, cadre, [PartFixe(total // 3)] * len(modele.a_saisir))
    check_versements(total, versements)
    assert sum(v.montant for v in versements) == total
    assert all(v.echeance is None or v.echeance >= debut for v in versements)
    assert [v.rang for v in versements] == list(range(1, len(versements) + 1))
