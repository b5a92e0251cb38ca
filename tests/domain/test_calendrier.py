"""The calendar: every deadline that is left, in order, none that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.bilans import Bilan
from inclusion_desk.domain.calendrier import (
    NATURES_ECHEANCE,
    ConventionSuivie,
    Echeance,
    echeances,
    limite_publication,
    par_mois,
)
from inclusion_desk.domain.conventions_cloture import Cloture
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi
from inclusion_desk.domain.versements import Versement

CONVENTION = ConventionSuivie(
    7, "2024-01213", "Pas-de-Calais Actif", date(2025, 12, 31), date(2024, 12, 20), montant=41_807_674
)
VERSEMENT = Versement(3, 1, 7, 2, "Solde : 40 %", 4_000, 3_194_000, "fin", date(2025, 12, 31))
BILAN = Bilan(4, 1, 7, "final", date(2023, 7, 1), date(2025, 12, 31), date(2026, 3, 31))
JOUR = date(2025, 1, 1)


def test_lists_what_is_left_in_order() -> None:
    trouvees = echeances((CONVENTION,), (VERSEMENT,), (BILAN,), JOUR)
    assert [(e.jour, e.nature, e.libelle, e.cible) for e in trouvees] == [
        (date(2025, 3, 20), "publication", "Données essentielles à publier", 7),
        (date(2025, 12, 31), "versement", "Solde\u00a0: 40\u00a0%", 3),
        (date(2025, 12, 31), "fin", "Fin de la convention", 7),
        (date(2026, 3, 31), "bilan", "Bilan final", 4),
    ]
    assert {(e.structure, e.convention, e.convention_id) for e in trouvees} == {
        ("Pas-de-Calais Actif", "2024-01213", 7)
    }
    assert len({e.cle for e in trouvees}) == 4


def test_what_is_paid_received_published_or_closed_is_left_out() -> None:
    convention = replace(CONVENTION, publiee_le=date(2025, 1, 1), close=True)
    paye = replace(VERSEMENT, montant_paye=3_194_000, paye_le=date(2024, 12, 31))
    recu = replace(BILAN, recu_le=date(2024, 12, 31))
    assert echeances((convention,), (paye,), (recu,), JOUR) == ()


def test_what_is_unsigned_or_worth_nothing_is_not_published() -> None:
    for convention in (replace(CONVENTION, signee_le=None), replace(CONVENTION, montant=0)):
        assert [e.nature for e in echeances((convention,), (), (), JOUR)] == ["fin"]


def test_a_payment_without_a_day_or_of_another_convention_has_no_place() -> None:
    sans_date, ailleurs = replace(VERSEMENT, echeance=None), replace(VERSEMENT, convention_id=8)
    trouvees = echeances((CONVENTION,), (sans_date, ailleurs), (replace(BILAN, convention_id=8),), JOUR)
    assert {e.nature for e in trouvees} == {"publication", "fin"}


def test_lateness_is_told_in_days() -> None:
    retards = {e.nature: e.retard for e in echeances((CONVENTION,), (VERSEMENT,), (BILAN,), date(2026, 4, 10))}
    assert retards == {"publication": 386, "fin": 0, "versement": 40, "bilan": 10}


def test_a_convention_whose_term_is_past_is_to_be_settled_and_never_late() -> None:
    fins = [
        next(e for e in echeances((CONVENTION,), (), (), jour) if e.nature == "fin")
        for jour in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 11, 29))
    ]
    assert [(e.libelle, e.retard) for e in fins] == [
        ("Fin de la convention", 0), ("Convention à solder", 0), ("Convention à solder", 0),
    ]  # fmt: skip
    assert len({e.cle for e in fins}) == 1
    jamais_signee = replace(CONVENTION, signee_le=None)
    assert echeances((jamais_signee,), (), (), date(2026, 1, 1)) == ()


def test_what_a_closed_convention_does_not_owe_leaves_the_calendar() -> None:
    resiliee = Cloture("resiliee", date(2025, 3, 1))
    du = BilanSuivi(4, 1, 7, "final", date(2023, 7, 1), date(2025, 12, 31), date(2026, 3, 31), cloture=resiliee)
    apres = replace(du, id=5, debut=date(2025, 3, 1))
    versement = VersementSuivi(
        3, 1, 7, 2, "Solde", 4_000, 3_194_000, "fin", date(2025, 12, 31), acte_etat="resiliee", cloture=resiliee
    )
    lues = echeances((replace(CONVENTION, close=True),), (versement,), (du, apres), date(2026, 4, 10))
    assert [(e.nature, e.cible) for e in lues] == [("publication", 7), ("bilan", 4)]


def test_a_payment_whose_bilan_came_takes_the_day_it_fell_due() -> None:
    versement = replace(VERSEMENT, declencheur="bilan_final", piece_recue_le=date(2025, 2, 3))
    jours = [e.jour for e in echeances((CONVENTION,), (versement,), (), JOUR) if e.nature == "versement"]
    assert jours == [date(2025, 2, 3)]


def test_essential_data_are_due_three_months_after_the_signature() -> None:
    """Décret 2017-779."""
    assert limite_publication(date(2024, 12, 9)) == date(2025, 3, 9)
    assert limite_publication(date(2024, 11, 30)) == date(2025, 2, 28)


ECHEANCES = st.lists(
    st.builds(
        Echeance,
        st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        st.sampled_from(sorted(NATURES_ECHEANCE)),
        st.just("Solde"),
        st.sampled_from(["A", "B"]),
        st.just("2024-00001"),
        cible=st.integers(1, 9),
    ),
    max_size=30,
)


@given(ECHEANCES)
def test_months_hold_every_deadline_once_and_in_order(liste: list[Echeance]) -> None:
    mois = par_mois(liste)
    rangees = [e for m in mois for e in m.echeances]
    assert sorted(map(repr, rangees)) == sorted(map(repr, liste))
    assert [e.jour for e in rangees] == sorted(e.jour for e in liste)
    assert [(m.annee, m.mois) for m in mois] == sorted({(e.jour.year, e.jour.month) for e in liste})
    assert all((e.jour.year, e.jour.month) == (m.annee, m.mois) for m in mois for e in m.echeances)


def test_a_month_is_named() -> None:
    mois = par_mois([Echeance(date(2025, 8, 1), "fin", "Fin", "A", "2024-00001")])
    assert [m.libelle for m in mois] == ["août 2025"]
    assert mois[0].echeances[0].nature_libelle == "Fin de convention"
