"""The history of a structure: totals that add up, the threshold to the cent, conventions followed act by act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.conventions import SIGNEES, Avenant, Convention
from inclusion_desk.domain.historique_annees import a_conventionner, annees, par_annee, par_jours
from inclusion_desk.domain.historique_releves import identite, releve_bilans, releve_conventions, releve_versements
from inclusion_desk.domain.historique_releves_annees import (
    alerte,
    methode,
    phrase_annees,
    regle,
    releve_annees,
    releve_lignes,
)
from inclusion_desk.domain.historique_structure import ConventionHistorique, HistoriqueStructure, LigneHistorique
from inclusion_desk.domain.releves import Releve
from inclusion_desk.domain.structures import Structure
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi

JOUR = date(2026, 7, 10)
NBSP = "\u00a0"
ETATS = st.sampled_from(("preparation", "commissions", "seance", "adoptee", "ajournee"))
MONTANTS = st.integers(0, 99_999_999_999)


def ligne(montant: int, annee: int = 2024, etat: str = "adoptee", acte: str = "avenant") -> LigneHistorique:
    return LigneHistorique(
        1, annee, 6, etat, "2024-587", "1.7 – Activité indépendante", "Calaisis", montant, 40, "place", 120,
        date(annee, 1, 1), date(annee, 12, 31), acte, "2024-01213", 1 if acte == "avenant" else None,
    )  # fmt: skip


def structure(forme: str = "association") -> Structure:
    return Structure(5, 1, "La Passerelle", forme, None, None, "", None, "Calais", "", "", None)


def convention(montant: int, etat: str = "signee", *, externe: bool = True) -> Convention:
    signee = date(2024, 2, 29) if etat in SIGNEES else None
    return Convention(
        7, 1, "2024-01213", 5, "La Passerelle", "Objet", date(2024, 1, 1), date(2025, 12, 31), etat, externe,
        signee, signee, None, None, "", montant=montant,
    )  # fmt: skip


def avenant(rang: int, montant: int, etat: str = "projet", fin: date | None = None) -> Avenant:
    return Avenant(
        rang, 1, 7, "2024-01213", "La Passerelle", rang, "10", "Objet", None, fin, etat, None, None, None, 1, "",
        montant=montant,
    )  # fmt: skip


def historique(*lignes: LigneHistorique, forme: str = "association") -> HistoriqueStructure:
    s = structure(forme)
    return HistoriqueStructure(JOUR, s, "Pas-de-Calais", "", lignes, ())


@given(st.lists(st.tuples(MONTANTS, st.integers(2020, 2026), ETATS), max_size=30))
def test_every_line_is_counted_once_in_its_year(lus: list[tuple[int, int, str]]) -> None:
    lignes = [ligne(montant, annee, etat) for montant, annee, etat in lus]
    lues = par_annee(lignes, droit_prive=True)
    premiere = min((annee for _, annee, _ in lus), default=0)
    assert [annee.annee for annee in lues] == list(range(premiere, premiere + len(lues)))
    assert sum(annee.montant for annee in lues) == sum(montant for montant, _, _ in lus)
    assert all(annee.vote + annee.propose == sum(li.montant for li in annee.lignes) for annee in lues)
    assert sum(annee.vote for annee in lues) == sum(m for m, _, etat in lus if etat == "adoptee")
    assert sum(len(annee.lignes) for annee in lues) == len(lus)


PERIODES = st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 2_000))


@given(PERIODES, st.integers(-(10**11), 10**11))
def test_an_amount_is_shared_between_years_by_their_days_to_the_cent(periode: tuple[date, int], montant: int) -> None:
    debut, jours = periode
    fin = debut + timedelta(days=jours)
    parts = par_jours(debut, fin, montant)
    assert sum(parts.values()) == montant
    assert set(parts) <= set(range(debut.year, fin.year + 1))
    for annee, part in parts.items():
        siens = (min(fin, date(annee, 12, 31)) - max(debut, date(annee, 1, 1))).days + 1
        assert abs(part - montant * siens / (jours + 1)) <= 1.001


def test_a_paper_convention_of_the_case_spreads_over_its_years() -> None:
    assert par_jours(date(2023, 7, 1), date(2025, 12, 31), 33_822_674) == {
        2023: 6_801_499, 2024: 13_529_070, 2025: 13_492_105,
    }  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**10), PERIODES, st.sampled_from(["projet", "signee"])), max_size=5),
    st.lists(st.tuples(MONTANTS, st.sampled_from(["notification", "convention"])), max_size=5),
)
def test_every_sum_is_counted_once_whatever_carries_it(
    apports: list[tuple[int, tuple[date, int], str]], notifies: list[tuple[int, str]]
) -> None:
    avenants = tuple(avenant(rang, montant, etat) for rang, (montant, _, etat) in enumerate(apports, start=1))
    tranches = tuple(
        Tranche(rang, debut, debut + timedelta(days=jours), montant)
        for rang, (montant, (debut, jours), _) in enumerate(apports, start=1)
    )
    une = ConventionHistorique(convention(0), avenants, tranches=tranches)
    lignes = [ligne(montant, acte=acte) for montant, acte in notifies]
    prepare = replace(ligne(99_999), etat_acte="projet")  # its avenant says it already
    lues = par_annee([*lignes, prepare], [une], droit_prive=True)
    assert sum(a.conventionne for a in lues) == sum(m for m, _, etat in apports if etat == "signee")
    assert sum(a.montant for a in lues) == sum(m for m, _, _ in apports) + sum(m for m, _ in notifies)
    assert [a.annee for a in lues] == list(range(lues[0].annee, lues[-1].annee + 1))


def test_years_run_from_the_first_fact_to_the_last_be_it_a_payment() -> None:
    paye = replace(versement(1, 500, 400), paye_le=date(2027, 3, 1))
    une = ConventionHistorique(
        convention(1000), versements=(paye,), tranches=(Tranche(0, date(2024, 1, 1), date(2024, 12, 31), 1_000),)
    )
    lu = replace(historique(), conventions=(une,))
    assert [(a.annee, a.conventionne, a.paye) for a in annees(lu)] == [
        (2024, 1_000, 0), (2025, 0, 0), (2026, 0, 0), (2027, 0, 400),
    ]  # fmt: skip
    releve = releve_annees(lu)
    assert [r[0] for r in plat(releve)] == ["2024", "2025", "2026", "2027", "Total"]
    assert plat(releve)[-1][4:] == ["10,00", "4,00", "10,00"]


@pytest.mark.parametrize(
    ("montant", "acte", "forme", "situation"),
    [
        (2_300_000, "notification", "association", "sous_seuil"),
        (2_300_001, "notification", "association", "a_conventionner"),
        (2_300_001, "avenant", "fondation", "conventionnee"),
        (2_300_001, "convention", "entreprise", "conventionnee"),
        (99_000_000, "notification", "gip", "hors_champ"),
        (99_000_000, "notification", "ccas", "hors_champ"),
    ],
)
def test_the_threshold_binds_private_bodies_from_the_first_cent_above(
    montant: int, acte: str, forme: str, situation: str
) -> None:
    (annee,) = annees(historique(ligne(montant, acte=acte), forme=forme))
    assert annee.situation == situation


def test_the_whole_year_counts_even_what_a_convention_carries() -> None:
    lignes = (ligne(2_000_000), ligne(300_001, acte="notification"), ligne(2_300_000, 2025, acte="notification"))
    lues = annees(historique(*lignes))
    assert [a.annee for a in a_conventionner(lues)] == [2024]
    assert lues[0].notifie == 300_001
    assert alerte(lues).replace(NBSP, " ") == (
        "Année 2024 : 3 000,01 € sont notifiés sans convention, alors que le montant annuel dépasse le seuil légal."
    )
    assert alerte(lues[1:]) == ""


def test_a_notification_counts_whole_in_its_campaign_and_a_paper_convention_beside_it() -> None:
    """20 000 € a year on paper, then 5 000 € notified for two years: the year of the decision passes the threshold."""
    longue = replace(ligne(500_000, acte="notification"), fin=date(2025, 12, 31))
    papier = ConventionHistorique(
        convention(4_000_000), tranches=(Tranche(0, date(2024, 1, 1), date(2025, 12, 31), 4_000_000),)
    )
    lues = annees(replace(historique(longue), conventions=(papier,)))
    assert [(a.annee, a.montant, a.situation) for a in lues] == [
        (2024, 2_502_736, "a_conventionner"), (2025, 1_997_264, "sous_seuil"),
    ]  # fmt: skip


def test_a_line_of_nothing_needs_no_convention() -> None:
    (annee,) = annees(historique(ligne(5_000_000), ligne(0, acte="notification")))
    assert annee.situation == "conventionnee"


@given(
    st.integers(0, 10**10), st.lists(st.tuples(st.integers(-(10**6), 10**10), st.sampled_from(["projet", "signee"])))
)
def test_a_convention_comes_to_what_its_acts_bring(initial: int, apports: list[tuple[int, str]]) -> None:
    avenants = tuple(avenant(rang, montant, etat) for rang, (montant, etat) in enumerate(apports, start=1))
    en_vigueur = initial + sum(montant for montant, etat in apports if etat == "signee")
    une = ConventionHistorique(convention(en_vigueur), avenants[::-1])
    assert [acte.rang for acte in une.actes] == list(range(len(apports) + 1))
    assert une.actes[0].cumul == initial
    assert une.actes[-1].cumul == en_vigueur + une.en_attente == sum(acte.apport for acte in une.actes)


def test_the_amounts_of_annexe_10_are_followed_to_the_cent() -> None:
    tranche = Tranche(0, date(2023, 7, 1), date(2025, 12, 31), 33_822_674)
    une = ConventionHistorique(
        convention(33_822_674), (avenant(1, 7_985_000, fin=date(2026, 6, 30)),), tranches=(tranche,)
    )
    assert [(a.libelle, a.cumul, a.fin) for a in une.actes] == [
        ("Convention initiale", 33_822_674, date(2025, 12, 31)),
        (f"Avenant n°{NBSP}1", 41_807_674, date(2026, 6, 30)),
    ]
    lu = replace(historique(), conventions=(une,))
    assert lu.hors_outil == lu.conventionne == 33_822_674
    assert (
        phrase_annees(lu)
        .replace(NBSP, " ")
        .endswith(" Conventions et avenants signés : 338 226,74 €, dont 338 226,74 € enregistrés hors de l’outil.")
    )
    titre, *actes = plat(releve_conventions(lu))
    assert titre[0] == (
        "Convention 2024-01213 (née hors de l’outil) : 338 226,74 € en vigueur, 79 850,00 € en attente de signature"
    )
    assert [a[-1] for a in actes] == ["338 226,74", "418 076,74"]


def test_avenants_on_paper_are_told_apart_from_those_of_the_lines() -> None:
    papier, prepare = replace(avenant(1, 300, "signee"), externe=True), avenant(2, 200, "signee")
    tranches = tuple(Tranche(rang, JOUR, JOUR, montant) for rang, montant in ((0, 1_000), (1, 300), (2, 200)))
    lu = replace(
        historique(), conventions=(ConventionHistorique(convention(1_500), (papier, prepare), tranches=tranches),)
    )
    assert (lu.conventionne, lu.hors_outil) == (1_500, 1_300)


def test_a_convention_not_signed_has_no_amount_in_force() -> None:
    lu = replace(historique(), conventions=(ConventionHistorique(convention(100, "projet", externe=False)),))
    assert plat(releve_conventions(lu))[0][0] == "Convention 2024-01213 : non signée"
    assert lu.hors_outil == 0


def test_a_line_says_where_it_stands() -> None:
    votee = ligne(100)
    assert votee.etat_libelle == "Votée, acte à préparer"
    assert replace(votee, etat_acte="a_signer").etat_libelle == f"Acte{NBSP}: à signer"
    assert replace(votee, etat_phase="commissions", etat_acte="a_signer").etat_libelle == "Transmise aux commissions"
    assert ligne(100, acte="notification").etat_libelle == "Votée"
    assert votee.acte_libelle == f"Avenant n°{NBSP}1 à la convention 2024-01213"
    assert replace(votee, rang=None, convention="").acte_libelle == "Avenant"
    assert replace(votee, acte="convention", rang=None, convention="").acte_libelle == "Convention"
    assert votee.phase_libelle.endswith("2024-587")
    assert "587" not in replace(votee, etat_phase="preparation").phase_libelle


def versement(rang: int, montant: int, paye: int | None = None, echeance: date | None = None) -> VersementSuivi:
    paye_le = None if paye is None else date(2024, 3, 27)
    return VersementSuivi(
        rang, 1, 7, rang, "Avance", None, montant, "signature", echeance, "", paye, paye_le, acte_etat="signee",
        jour=JOUR,
    )  # fmt: skip


def test_payments_add_up_and_the_late_ones_stand_out() -> None:
    dus = (versement(1, 500, 400), versement(2, 300, echeance=date(2026, 5, 1)), versement(3, 200))
    une = ConventionHistorique(convention(1000), versements=dus)
    lu = replace(historique(), conventions=(une, ConventionHistorique(convention(0))))
    assert (lu.paye, lu.reste, lu.versements_en_retard) == (400, 500, 1)
    releve = releve_versements(lu)
    rangees = plat(releve)
    assert rangees[-1][-3:] == ["10,00", "4,00", "5,00"]
    assert [rangees[rang][4] for rang in sorted(releve.alertes)] == ["En retard de 10 jours"]
    assert releve.retards == releve.alertes
    assert len(releve.totaux) == 1
    assert len(releve_versements(replace(lu, conventions=(une, une))).totaux) == 3


def test_instalments_of_an_act_not_signed_are_set_apart_and_never_late() -> None:
    signe = versement(1, 500)
    attente = replace(versement(2, 300, echeance=date(2025, 1, 1)), acte_rang=1, acte_etat="projet")
    lu = replace(historique(), conventions=(ConventionHistorique(convention(500), versements=(signe, attente)),))
    assert (lu.versements_en_retard, lu.reste, lu.conventions[0].non_engage) == (0, 800, 300)
    releve = releve_versements(lu)
    assert not releve.alertes
    assert [rangee[0] for rang, rangee in enumerate(plat(releve)) if rang in releve.groupes] == [
        "Convention 2024-01213", "Convention 2024-01213 – Avenant n° 1",
    ]  # fmt: skip
    assert plat(releve)[3][4] == "Acte non signé"
    assert plat(releve)[-1][1] == "Total 2024-01213, dont 3,00 € sur acte non signé"


def test_bilans_say_how_late_they_are_or_were() -> None:
    du = BilanSuivi(1, 1, 7, "final", date(2024, 1, 1), date(2025, 12, 31), date(2026, 3, 31), jour=JOUR)
    recu = replace(du, id=2, recu_le=date(2026, 4, 1))
    venir = replace(du, id=3, echeance=date(2027, 3, 31))
    une = ConventionHistorique(convention(0), bilans=(du, recu, venir))
    lu = replace(historique(), conventions=(une,))
    releve = releve_bilans(lu)
    assert [r[-1] for r in plat(releve)] == ["En retard de 101 jours", "Reçu en retard de 1 jour", "À venir"]
    assert releve.alertes == releve.retards == {0}
    assert lu.bilans_en_retard == 1


def test_what_no_instalment_pays_yet_is_still_to_be_paid() -> None:
    une = ConventionHistorique(convention(1_000), (avenant(1, 200),), (versement(1, 500, 400),))
    sans = ConventionHistorique(convention(300))
    close = ConventionHistorique(convention(9_000, "soldee"))
    assert (une.non_echelonne, sans.non_echelonne, close.non_echelonne) == (700, 300, 0)
    lu = replace(historique(), conventions=(une, sans, close))
    assert (lu.paye, lu.reste) == (400, 1_000)
    releve = releve_versements(lu)
    rangees = plat(releve)
    assert [r[-3:] for r in rangees if r[1] == "Non échelonné"] == [["7,00", "–", "7,00"], ["3,00", "–", "3,00"]]
    assert [r[-3:] for rang, r in enumerate(rangees) if rang in releve.totaux] == [
        ["7,00", "–", "7,00"], ["12,00", "4,00", "7,00"], ["3,00", "–", "3,00"], ["3,00", "0,00", "3,00"],
        ["15,00", "4,00", "10,00"],
    ]  # fmt: skip


def test_an_instalment_that_waits_for_its_document_stands_out_without_being_late() -> None:
    attend = replace(versement(1, 500, echeance=date(2026, 5, 1)), declencheur="fin", piece="Bilan final")
    une = ConventionHistorique(convention(500), versements=(attend,))
    releve = releve_versements(replace(historique(), conventions=(une,)))
    assert (len(releve.alertes), len(releve.retards)) == (1, 0)


@pytest.mark.parametrize(("cents", "accord"), [(0, "voté"), (199, "voté"), (200, "votés")])
def test_an_amount_takes_the_plural_from_two_euros(cents: int, accord: str) -> None:
    assert phrase_annees(historique(ligne(cents))).endswith(f"{NBSP}€ {accord}.")


def test_the_years_are_summed_up_in_words() -> None:
    lu = historique(ligne(3_000_000), ligne(3_000_000, 2025, "preparation"))
    assert phrase_annees(lu).replace(NBSP, " ") == (
        "2 lignes sur les campagnes 2024 et 2025 : 30 000,00 € votés, 30 000,00 € proposés et non votés."
    )
    rangees = plat(releve_annees(lu))
    assert rangees[-1] == ["Total", "", "30 000,00", "30 000,00", "0,00", "0,00", "60 000,00"]
    assert len(releve_annees(historique(ligne(1))).totaux) == 0
    assert phrase_annees(historique()) == "Aucune ligne n’a été proposée pour cette structure."


def test_the_rule_is_stated_to_those_it_concerns() -> None:
    assert "23 000 €" in regle(historique()).replace(NBSP, " ")
    assert regle(historique(forme="gip")) == ""
    assert "au prorata des jours" in methode(annees(historique(ligne(100), forme="gip")))
    assert methode(()) == ""


def test_what_acts_need_is_said_when_it_is_not_known() -> None:
    faits = identite(historique())
    assert faits["SIRET"] == faits["Représentant"] == "Non renseigné"
    assert faits["Engagement républicain"] == "Contrat non souscrit"
    assert "RNA" not in faits
    connue = replace(structure("gip"), siret="18620009300083", representant="A", qualite="Présidente")
    faits = identite(replace(historique(forme="gip"), structure=connue))
    assert faits["SIRET"] == f"186{NBSP}200{NBSP}093{NBSP}00083"
    assert faits["Représentant"] == "A, Présidente"
    assert faits["Forme juridique"] == "Groupement d’intérêt public (droit public)"


def test_every_row_has_as_many_cells_as_the_table_has_columns() -> None:
    une = ConventionHistorique(convention(1000), (avenant(1, 5),), (versement(1, 500),))
    lu = replace(historique(ligne(1), ligne(2, 2025)), conventions=(une, une))
    releves = (
        releve_annees(lu), releve_lignes(annees(lu)[0]), releve_conventions(lu), releve_versements(lu),
    )  # fmt: skip
    for releve in releves:
        assert {len(rangee) for rangee in releve.rangees} == {len(releve.colonnes)}
        assert not releve.groupes & releve.totaux


def test_a_volume_in_etp_is_said_once() -> None:
    assert plat(releve_lignes(annees(historique(ligne(1)))[0]))[0][6] == "40 places\n1,2 ETP"
    seul = replace(ligne(1), unite="etp", volume=0)
    assert plat(releve_lignes(annees(historique(seul))[0]))[0][6] == "1,2 ETP"
    assert plat(releve_lignes(annees(historique(replace(seul, etp=None)))[0]))[0][6] == "–"


def plat(releve: Releve) -> list[list[str]]:
    """Give the rows with plain spaces."""
    return [[case.replace(NBSP, " ") for case in rangee] for rangee in releve.rangees]
