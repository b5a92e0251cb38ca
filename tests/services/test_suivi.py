"""Bilans, indicators, service fait and the calendar on a real base: drawn up, received, judged, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.domain.suivi import BilanSuivi, Resultat, VersementSuivi
from inclusion_desk.services import bilans, demonstration, edition, paiements, suivi, verification, versements
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import bilans as store
from inclusion_desk.store import conventions, tables
from inclusion_desk.store import versements as store_versements
from tests.serveur import ServeurPostgres
from tests.services.gestes import aller_retour, jouer
from tests.services.gestes_actes import signer

JOUR = date(2025, 6, 2)


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("suivi") / "base.sqlite"
    demonstration.creer(chemin)
    desk = ouvrir(chemin)
    forget(desk)
    desk.close()
    return chemin


def forget(desk: Desk) -> None:
    """Take away the bilans that the demonstration has drawn up."""
    desk.do(edition.delete, "bilans", tuple(b.id for b in desk.read(store.load, JOUR)))


@pytest.fixture
def desk(modele: Path, tmp_path: Path) -> Iterator[Desk]:
    copie = tmp_path / "base.sqlite"
    copie.write_bytes(modele.read_bytes())
    ouvert = ouvrir(copie)
    yield ouvert
    ouvert.close()


def convention(desk: Desk, numero: str = "2024-00901") -> int:
    return desk.read(conventions.by_numbers, [numero])[numero].id


def etablir(desk: Desk, numero: str = "2024-00901") -> list[BilanSuivi]:
    """Draw up the bilans of one convention."""
    desk.do(bilans.etablir, (convention(desk, numero),))
    return lus(desk, numero)


def lus(desk: Desk, numero: str = "2024-00901", jour: date = JOUR) -> list[BilanSuivi]:
    """Read the bilans of one convention, whatever their version."""
    siens = desk.read(store.load, jour, convention_id=convention(desk, numero))
    return sorted((replace(b, version=0) for b in siens), key=lambda b: b.echeance)


def instalments(desk: Desk, numero: str = "2024-00901") -> list[VersementSuivi]:
    tous = desk.read(store_versements.load, JOUR, convention_id=convention(desk, numero))
    return [replace(v, version=0) for v in tous]


def tout(desk: Desk) -> object:
    return lus(desk), instalments(desk)


def bilan(desk: Desk, nature: str, numero: str = "2024-00901") -> BilanSuivi:
    siens = desk.read(store.load, JOUR, convention_id=convention(desk, numero))
    return next(b for b in siens if b.nature == nature)


def test_a_convention_of_two_years_owes_an_intermediate_and_a_final_bilan(desk: Desk) -> None:
    dus = [b for b in etablir(desk) if b.nature != "financier"]
    assert [(b.nature, b.debut, b.fin, b.echeance) for b in dus] == [
        ("intermediaire", date(2024, 1, 1), date(2024, 12, 31), date(2025, 3, 31)),
        ("final", date(2024, 1, 1), date(2025, 12, 31), date(2026, 3, 31)),
    ]
    assert dus[0].statut == "retard"
    assert dus[0].etat_libelle == "En retard de 63\u00a0jours"
    assert dus[0].niveau == "Relance"  # the first letter, however late
    assert "RSA" in dus[0].action
    assert desk.read(verification.anomalies) == ()


def finals(desk: Desk, numero: str) -> list[tuple[date, date, date]]:
    return [(b.debut, b.fin, b.echeance) for b in lus(desk, numero) if b.nature == "final"]


def avenant_signe(desk: Desk, numero: str) -> int:
    """Sign the avenant prepared for a convention."""
    (prepare,) = desk.read(conventions.load_avenants, convention_id=convention(desk, numero))
    signer(desk, "avenants", prepare.id)
    return prepare.id


AN_DEUX, SEMESTRE = (date(2024, 1, 1), date(2025, 12, 31)), (date(2025, 1, 1), date(2025, 6, 30))


@pytest.mark.parametrize("numero", ["2024-00905", "2024-00907", "2024-00920"])
def test_each_action_is_reported_on_over_its_own_period(desk: Desk, numero: str) -> None:
    avant = [(*AN_DEUX, date(2026, 3, 31))]
    etablir(desk, numero)
    assert finals(desk, numero) == avant  # an avenant that is a draft owes nothing
    avenant_signe(desk, numero)
    desk.do(bilans.etablir, (convention(desk, numero),))
    assert finals(desk, numero) == [(*SEMESTRE, date(2025, 12, 31)), *avant]
    assert {b.action for b in lus(desk, numero) if b.nature == "final"} == {
        "Dynamisation des parcours : accueil des BRSA", "Accompagnement équilibré social-professionnel",
    }  # fmt: skip
    solde = next(v for v in instalments(desk, numero) if v.acte_rang == 1 and v.declencheur == "bilan_final")
    assert solde.echeance == date(2025, 12, 31)


def test_an_instalment_waits_for_the_bilan_of_its_own_action_and_period(desk: Desk) -> None:
    avenant_signe(desk, "2024-00926")
    etablir(desk, "2024-00926")
    an, semestre = [b for b in desk.read(store.load, JOUR, convention_id=convention(desk, "2024-00926"))
                    if b.nature == "final"]  # fmt: skip
    assert [(b.fin, b.echeance) for b in (an, semestre)] == [
        (date(2024, 12, 31), date(2025, 6, 30)), (date(2025, 6, 30), date(2025, 12, 31)),
    ]  # fmt: skip
    desk.do(suivi.recevoir, (semestre.id,), date(2025, 7, 1))
    recues = {v.acte_rang: v.piece_recue_le for v in instalments(desk, "2024-00926") if v.libelle == "Solde"}
    assert recues == {0: None, 1: date(2025, 7, 1)}
    desk.do(suivi.recevoir, (an.id,), date(2025, 7, 2))
    recues = {v.acte_rang: v.piece_recue_le for v in instalments(desk, "2024-00926") if v.libelle == "Solde"}
    assert recues == {0: date(2025, 7, 2), 1: date(2025, 7, 1)}


def test_a_body_under_private_law_accounts_for_each_financial_year(desk: Desk) -> None:
    desk.do(bilans.etablir)
    tous = desk.read(store.load, JOUR)
    financiers = [b for b in tous if b.nature == "financier"]
    formes = desk.read(store.load_formes, [b.convention_id for b in tous])
    assert {formes[b.convention_id] for b in financiers} <= {"association", "fondation", "entreprise"}
    assert financiers
    assert all((b.echeance.day, b.echeance.month) == (30, 6) for b in financiers)
    assert all(b.echeance.year == b.fin.year + 1 for b in financiers)


def test_drawing_up_again_changes_nothing(desk: Desk) -> None:
    aller_retour(desk, lambda d: d.read(store.load, JOUR), bilans.etablir)
    with pytest.raises(Refus, match="déjà tous dans la liste"):
        desk.do(bilans.etablir)


def test_an_unsigned_convention_owes_nothing_yet(desk: Desk) -> None:
    projet = next(c for c in desk.read(conventions.load) if c.etat == "projet")
    with pytest.raises(Refus, match="Aucune convention signée"):
        desk.do(bilans.etablir, (projet.id,))


def test_a_final_bilan_follows_the_term_but_a_date_put_off_stays(desk: Desk) -> None:
    etablir(desk)
    final = bilan(desk, "final")
    desk.do(suivi.modifier, final.id, final.version, {"echeance": date(2026, 4, 30)})
    with pytest.raises(Refus, match="déjà tous"):
        desk.do(bilans.etablir, (convention(desk),))
    contrat = desk.read(conventions.load_one, convention(desk))
    desk.do(edition.update, "conventions", contrat.id, contrat.version, {"fin": date(2026, 6, 30)})
    desk.do(bilans.etablir, (contrat.id,))
    assert (bilan(desk, "final").fin, bilan(desk, "final").echeance) == (date(2026, 6, 30), date(2027, 3, 31))


def test_a_receipt_frees_the_instalment_that_waits_for_it(desk: Desk) -> None:
    etablir(desk)
    intermediaire = bilan(desk, "intermediaire")
    assert instalments(desk)[1].statut == "attente"
    aller_retour(desk, tout, suivi.recevoir, (intermediaire.id,), JOUR)
    recu = bilan(desk, "intermediaire")
    assert recu.etat_libelle == "Reçu en retard de 63\u00a0jours"
    assert instalments(desk)[1].piece_recue_le == JOUR
    assert instalments(desk)[1].statut == "exigible"
    assert instalments(desk)[2].piece_recue_le is None
    with pytest.raises(Refus, match="déjà reçus"):
        desk.do(suivi.recevoir, (intermediaire.id,), JOUR)
    with pytest.raises(Refus, match="il ne se supprime pas"):
        desk.do(edition.delete, "bilans", (intermediaire.id,))


def test_a_receipt_typed_in_the_form_does_the_same_and_is_taken_back(desk: Desk) -> None:
    etablir(desk)
    attendu = bilan(desk, "intermediaire")
    aller_retour(desk, tout, suivi.modifier, attendu.id, attendu.version, {"recu_le": date(2025, 3, 20)})
    assert bilan(desk, "intermediaire").statut == "recu"
    assert instalments(desk)[1].piece_recue_le == date(2025, 3, 20)
    aller_retour(desk, tout, suivi.annuler_reception, (attendu.id,))
    assert instalments(desk)[1].piece_recue_le is None
    with pytest.raises(Refus, match="Aucun de ces bilans"):
        desk.do(suivi.annuler_reception, (attendu.id,))


def test_a_receipt_on_which_money_was_paid_is_not_taken_back(desk: Desk) -> None:
    etablir(desk)
    attendu = bilan(desk, "intermediaire")
    desk.do(suivi.recevoir, (attendu.id,), JOUR)
    desk.do(paiements.payer, [instalments(desk)[1].id], JOUR + timedelta(days=9))
    with pytest.raises(Refus, match="annulez d’abord ce paiement"):
        desk.do(suivi.annuler_reception, (attendu.id,))


def test_an_instalment_waits_for_the_last_of_two_bilans(desk: Desk) -> None:
    etablir(desk)
    valeurs = {"convention_id": convention(desk), "nature": "final", "debut": date(2024, 1, 1)}
    autre = {**valeurs, "fin": date(2025, 6, 30), "echeance": date(2025, 12, 31)}
    second = desk.do(edition.create, "bilans", 1, autre).ids["bilans"][0]
    premier = next(b for b in lus(desk) if b.nature == "final" and b.id != second)
    desk.do(suivi.recevoir, (premier.id,), JOUR)
    assert instalments(desk)[2].piece_recue_le is None
    desk.do(suivi.recevoir, (second,), JOUR + timedelta(days=3))
    assert instalments(desk)[2].piece_recue_le == JOUR + timedelta(days=3)


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    etablir(desk)
    final = bilan(desk, "final")
    with pytest.raises(Refus, match="avant de commencer"):
        desk.do(suivi.modifier, final.id, final.version, {"fin": date(2023, 1, 1)})


def test_a_bilan_comes_neither_before_its_period_nor_after_today(desk: Desk) -> None:
    etablir(desk)
    final = bilan(desk, "final")
    with pytest.raises(Refus, match=r"avant le début de sa période \(01/01/2024\)"):
        desk.do(suivi.recevoir, (final.id,), date(2023, 12, 31))
    with pytest.raises(Refus, match="La date de réception est postérieure à ce jour"):
        desk.do(suivi.recevoir, (final.id,), aujourdhui() + timedelta(days=1))


def test_values_reported_stand_beside_the_targets(desk: Desk) -> None:
    etablir(desk)
    final = bilan(desk, "final")
    attendus = final.resultats
    assert len(attendus) == 7
    mesures = [replace(attendus[0], mesure="4 650"), *attendus[1:], Resultat("Abandons", "", "12 = 3 %")]
    aller_retour(desk, lus, suivi.mesurer, final.id, final.version, mesures)
    relus = bilan(desk, "final").resultats
    assert relus[0].mesure == "4 650"
    assert len(relus) == 8
    assert desk.do(suivi.mesurer, final.id, bilan(desk, "final").version, relus).ids == {}


def test_the_service_fait_of_a_convention_is_judged_closed_and_taken_back(desk: Desk) -> None:
    identifiant = convention(desk)
    assert identifiant in {c.id for c in desk.read(suivi.a_juger)}
    avant = desk.read(suivi.executer, identifiant)
    assert (avant.maximum, avant.verse, avant.service_fait) == (26_640_000, 10_656_000, None)
    voulu = {"poids": 5_000, "quantitatif": 8_000, "qualitatif": 10_000, "penalites": "Bilan hors délai = 10 %"}
    lire = {nom: getattr(avant.suivi, nom) for nom in voulu}

    def relire(d: Desk) -> object:
        return replace(d.read(suivi.executer, identifiant).suivi, id=0, version=0)

    aller_retour(desk, relire, suivi.juger, identifiant, lire, voulu)
    fait = desk.read(suivi.executer, identifiant).service_fait
    assert fait is not None
    assert (fait.calcule, fait.retenue, fait.definitif) == (23_976_000, 2_397_600, 21_578_400)
    assert fait.a_verser == 21_578_400 - 10_656_000
    with pytest.raises(ConflitDeVersion):
        desk.do(suivi.juger, identifiant, lire, {**voulu, "quantitatif": 1})
    assert desk.read(verification.anomalies) == ()


def test_a_service_fait_is_not_closed_without_its_rates(desk: Desk) -> None:
    identifiant = convention(desk)
    valeurs = {"poids": 0, "quantitatif": None, "qualitatif": None, "arrete_le": JOUR}
    with pytest.raises(Refus, match="à renseigner avant d’arrêter") as refus:
        desk.do(suivi.juger, identifiant, {}, valeurs)
    assert refus.value.champ == "qualitatif"
    desk.do(suivi.juger, identifiant, {}, {**valeurs, "qualitatif": 9_000})
    with pytest.raises(Refus, match="ligne 2 est incomplète"):
        desk.do(suivi.juger, identifiant, {}, {"penalites": "Retard = 10 %\nsans chiffre"})


def test_the_calendar_says_what_is_left_and_a_publication_leaves_it(desk: Desk) -> None:
    desk.do(bilans.etablir)
    prevues = desk.read(suivi.calendrier, JOUR)
    assert {e.nature for e in prevues} == {"bilan", "versement", "fin", "publication"}
    publications = [e for e in prevues if e.nature == "publication"]
    signees = {e.convention: e.jour for e in publications}
    assert signees["2024-01213"] == date(2024, 11, 14)
    ids = [e.convention_id for e in publications]
    fait = desk.do(suivi.publier, ids, JOUR)
    assert not [e for e in desk.read(suivi.calendrier, JOUR) if e.nature == "publication"]
    jouer(desk, fait.inverse)
    assert desk.read(suivi.calendrier, JOUR) == prevues


@pytest.mark.parametrize("table", ["bilan", "versement", "suivi_convention"])
def test_every_change_is_in_the_journal(desk: Desk, table: str) -> None:
    etablir(desk)
    desk.do(suivi.recevoir, (bilan(desk, "intermediaire").id,), JOUR)
    desk.do(suivi.publier, [convention(desk)], JOUR)
    c = tables.journal.c
    ecrites = desk.read(
        lambda session: session.execute(select(c.empreinte).where(c.table_nom == table)).scalars().all()
    )
    assert ecrites
    assert all(ecrites)


def test_the_whole_path_is_the_same_on_a_server(serveur: ServeurPostgres) -> None:
    with serveur.base_neuve() as url:
        demonstration.creer(url)
        desk = ouvrir(url)
        try:
            forget(desk)
            etablir(desk)
            attendu = bilan(desk, "intermediaire")
            aller_retour(desk, tout, suivi.recevoir, (attendu.id,), JOUR)
            aller_retour(desk, tout, paiements.payer, [instalments(desk)[1].id], JOUR + timedelta(days=3))
            desk.do(suivi.juger, convention(desk), {}, {"quantitatif": 9_000, "qualitatif": 9_000})
            desk.do(suivi.publier, [convention(desk)], JOUR)
            fait = desk.read(suivi.executer, convention(desk)).service_fait
            assert fait is not None
            assert fait.definitif == 23_976_000
            assert {b.annee for b in desk.read(paiements.besoins, JOUR)} >= {2024, 2025}
            assert desk.read(versements.actes_sans_paiement, JOUR)
            assert desk.read(suivi.calendrier, JOUR)
            assert desk.read(verification.anomalies) == ()
        finally:
            desk.close()
