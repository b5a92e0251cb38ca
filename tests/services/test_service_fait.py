"""The service fait binds payments, on a real base: what is left is paid, what passes it refused, all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.services import certificats, demonstration, edition, modeles, paiements, suivi, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import conventions, service_fait
from tests.serveur import ServeurPostgres
from tests.services.gestes import aller_retour, jouer

NUMERO = "2024-00927"
JUGE = {"quantitatif": 8_000, "qualitatif": 9_000, "penalites": "Bilan remis hors délai = 10 %"}
ARRETE = {**JUGE, "arrete_le": date(2026, 1, 15)}
RECU, JOUR = date(2025, 12, 20), date(2026, 2, 2)
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("service_fait") / "base.sqlite"
    demonstration.creer(chemin)
    return chemin


@pytest.fixture
def desk(modele: Path, tmp_path: Path) -> Iterator[Desk]:
    copie = tmp_path / "base.sqlite"
    copie.write_bytes(modele.read_bytes())
    ouvert = ouvrir(copie)
    recevoir(ouvert)
    yield ouvert
    ouvert.close()


def recevoir(desk: Desk) -> None:
    """Record that the final bilan which the balance waits for has come."""
    _, solde = siens(desk)
    desk.do(edition.update, "versements", solde.id, solde.version, {"piece_recue_le": RECU})


def convention(desk: Desk) -> int:
    return desk.read(conventions.by_numbers, [NUMERO])[NUMERO].id


def siens(desk: Desk) -> list[VersementSuivi]:
    """Read the instalments of the convention itself: the advance, paid, and the balance."""
    lus = desk.read(service_fait.load_versements, JOUR, convention_id=convention(desk))
    return [v for v in lus if v.avenant_id is None]


def faits(desk: Desk) -> list[VersementSuivi]:
    return [replace(v, version=0) for v in siens(desk)]


def juger(desk: Desk, **valeurs: object) -> Changes:
    return desk.do(suivi.juger, convention(desk), {}, valeurs)


def lisible(texte: object) -> str:
    return str(texte).replace(NBSP, " ")


def test_paying_the_balance_pays_what_is_finally_left_and_says_so(desk: Desk) -> None:
    juger(desk, **ARRETE)
    fait = desk.read(suivi.executer, convention(desk)).service_fait
    assert fait is not None
    assert (fait.definitif, fait.verse, fait.a_verser) == (4_941_900, 3_876_000, 1_065_900)
    avance, solde = siens(desk)
    assert (avance.plafond, solde.plafond, solde.reste) == (None, 1_065_900, 1_065_900)
    assert desk.read(paiements.a_solder, convention(desk), JOUR) == (solde.id,)
    paye = aller_retour(desk, faits, paiements.payer, [solde.id], JOUR)
    assert lisible(paye.label) == (
        "Payer – Solde, 2024-00927 (10 659,00 € sur 25 840,00 € : solde du montant définitif)"
    )
    assert (siens(desk)[1].montant, siens(desk)[1].montant_paye) == (2_584_000, 1_065_900)
    assert desk.read(paiements.a_solder, convention(desk), JOUR) == ()
    assert desk.read(verification.anomalies) == ()


def test_no_payment_passes_the_definitive_amount(desk: Desk) -> None:
    juger(desk, **ARRETE)
    _, solde = siens(desk)
    with pytest.raises(SaisieRefusee) as refus:
        desk.do(paiements.modifier, solde.id, solde.version, {"montant_paye": 2_584_000, "paye_le": JOUR})
    assert lisible(refus.value.refus[0]) == (
        "Le service fait de la convention 2024-00927 est arrêté : le montant définitif est de 49 419,00 €, 38 760,00 € "
        "sont déjà payés et il reste 10 659,00 € à verser. Ramenez le paiement à cette somme."
    )
    assert refus.value.refus[0].champ == "montant_paye"
    with pytest.raises(SaisieRefusee, match="le montant définitif"):
        desk.do(paiements.modifier, solde.id, solde.version, {"montant_paye": 1_065_901, "paye_le": JOUR})
    desk.do(paiements.modifier, solde.id, solde.version, {"montant_paye": 1_065_900, "paye_le": JOUR})
    with pytest.raises(SaisieRefusee, match="le montant définitif"):
        desk.do(paiements.modifier, solde.id, siens(desk)[1].version, {"montant_paye": 1_065_901})


def test_a_day_typed_alone_pays_what_is_left_and_says_so(desk: Desk) -> None:
    juger(desk, **ARRETE)
    _, solde = siens(desk)
    fait = desk.do(paiements.modifier, solde.id, solde.version, {"paye_le": JOUR})
    assert siens(desk)[1].montant_paye == 1_065_900
    assert lisible(fait.label).endswith("(10 659,00 € sur 25 840,00 € : solde du montant définitif)")
    jouer(desk, fait.inverse)
    assert siens(desk)[1].montant_paye is None


def test_what_is_not_closed_binds_nothing(desk: Desk) -> None:
    juger(desk, **JUGE)
    _, solde = siens(desk)
    assert solde.plafond is None
    desk.do(paiements.payer, [solde.id], JOUR)
    assert siens(desk)[1].montant_paye == 2_584_000


def test_closing_over_too_much_paid_is_allowed_and_stops_payments(desk: Desk) -> None:
    avance, solde = siens(desk)
    desk.do(paiements.payer, [solde.id], JOUR)
    clos = aller_retour(desk, lambda d: d.read(suivi.executer, convention(d)).suivi.arrete_le, suivi.juger,
                        convention(desk), {}, ARRETE)  # fmt: skip
    assert clos.label == "Arrêter le service fait – 2024-00927"
    fait = desk.read(suivi.executer, convention(desk)).service_fait
    assert fait is not None
    assert (fait.a_recouvrer, fait.a_verser) == (1_518_100, 0)
    annule = aller_retour(desk, faits, paiements.annuler_paiement, [avance.id])
    # What is taken back is put back as it was, but nothing is paid anew beyond what is due.
    jouer(desk, annule.inverse)
    assert siens(desk)[0].montant_paye == 3_876_000
    desk.do(paiements.annuler_paiement, [avance.id])
    with pytest.raises(SaisieRefusee, match="il reste"):
        desk.do(paiements.modifier, avance.id, siens(desk)[0].version, {"montant_paye": 3_876_000, "paye_le": JOUR})


def test_a_payment_typed_away_in_its_cell_comes_back_by_undoing(desk: Desk) -> None:
    _, solde = siens(desk)
    desk.do(paiements.payer, [solde.id], JOUR)
    juger(desk, **ARRETE)
    efface = desk.do(paiements.modifier, solde.id, siens(desk)[1].version, {"paye_le": None})
    assert siens(desk)[1].montant_paye is None
    jouer(desk, efface.inverse)
    assert siens(desk)[1].montant_paye == 2_584_000


def test_nothing_left_is_said_and_the_instalment_calls_for_nothing(desk: Desk) -> None:
    juger(desk, **{**ARRETE, "quantitatif": 1_000, "qualitatif": 1_000})
    _, solde = siens(desk)
    assert (solde.reste, solde.statut, solde.etat_libelle) == (0, "sans_suite", "Sans suite")
    for appel in (
        (paiements.payer, [solde.id], JOUR),
        (paiements.modifier, solde.id, solde.version, {"paye_le": JOUR}),
    ):
        with pytest.raises(Refus) as refus:
            desk.do(*appel)
        assert "38 760,00 € sont déjà payés et 32 946,00 € sont à recouvrer" in lisible(refus.value)
    echeances = desk.read(suivi.calendrier, JOUR)
    assert solde.id not in {e.cible for e in echeances if e.nature == "versement"}
    sujet = SUJETS["versements"]
    (ligne,) = desk.read(sujet.rows, 1, [solde.id])
    assert ligne.etat_libelle == "Sans suite"


def test_an_instalment_added_as_paid_is_bound_too(desk: Desk) -> None:
    juger(desk, **ARRETE)
    _, solde = siens(desk)
    desk.do(paiements.modifier, solde.id, solde.version, {"montant": 1_000_000})
    valeurs = {
        "convention_id": convention(desk), "libelle": "Complément", "montant": 1_584_000, "declencheur": "date",
        "paye_le": JOUR,
    }  # fmt: skip
    with pytest.raises(Refus, match="le montant définitif"):
        desk.do(edition.create, "versements", 1, {**valeurs, "montant_paye": 1_584_000})
    desk.do(edition.create, "versements", 1, {**valeurs, "montant_paye": 1_065_900})
    assert siens(desk)[1].statut == "sans_suite"


def test_several_instalments_are_paid_within_what_is_left(desk: Desk) -> None:
    juger(desk, **ARRETE)
    avance, solde = siens(desk)
    desk.do(paiements.annuler_paiement, [avance.id])
    fait = desk.do(paiements.payer, [avance.id, solde.id], JOUR)
    assert lisible(fait.label) == "Payer – 2 versements, dont 1 à hauteur du solde du montant définitif"
    assert [v.montant_paye for v in siens(desk)] == [3_876_000, 1_065_900]
    jouer(desk, fait.inverse)
    juger(desk, **{**ARRETE, "quantitatif": 1_000, "qualitatif": 1_000})
    with pytest.raises(Refus, match="Retirez-le de la sélection"):
        desk.do(paiements.payer, [avance.id, solde.id], JOUR)


def test_credits_show_what_will_not_be_paid_as_not_consumed(desk: Desk) -> None:
    avant = desk.read(paiements.besoins, JOUR)
    juger(desk, **ARRETE)
    apres = desk.read(paiements.besoins, JOUR)
    assert sum(b.reste for b in avant) - sum(b.reste for b in apres) == 1_518_100
    assert sum(b.libere for b in apres) - sum(b.libere for b in avant) == 1_518_100
    desk.do(paiements.payer, [siens(desk)[1].id], JOUR)
    payes = desk.read(paiements.besoins, JOUR)
    assert sum(b.libere for b in payes) == sum(b.libere for b in apres)
    assert sum(b.paye for b in payes) - sum(b.paye for b in apres) == 1_065_900


def test_it_is_reopened_and_the_whole_is_due_again(desk: Desk) -> None:
    juger(desk, **ARRETE)
    rouvert = juger(desk, arrete_le=None)
    assert rouvert.label == "Rouvrir le service fait – 2024-00927"
    assert siens(desk)[1].reste == 2_584_000


def test_it_is_not_closed_ahead_of_time_nor_without_what_it_rests_on(desk: Desk) -> None:
    with pytest.raises(Refus, match="postérieure à ce jour"):
        juger(desk, **JUGE, arrete_le=aujourdhui() + timedelta(days=1))
    juger(desk, **ARRETE)
    with pytest.raises(Refus, match="à renseigner avant d’arrêter"):
        juger(desk, quantitatif=None)  # what is stored counts, be it read or not
    with pytest.raises(Refus, match="ligne 1 est incomplète"):
        juger(desk, penalites="Retard")


def test_it_binds_payments_on_a_server_too(serveur: ServeurPostgres) -> None:
    with serveur.base_neuve() as url:
        demonstration.creer(url)
        desk = ouvrir(url)
        try:
            recevoir(desk)
            juger(desk, **ARRETE)
            aller_retour(desk, faits, paiements.payer, [siens(desk)[1].id], JOUR)
            assert siens(desk)[1].montant_paye == 1_065_900
            with pytest.raises(Refus, match="le montant définitif"):
                desk.do(paiements.modifier, siens(desk)[1].id, siens(desk)[1].version, {"montant_paye": 1_065_901})
            assert desk.read(paiements.besoins, JOUR)
        finally:
            desk.close()


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_the_certificate_is_written_as_of_its_day_and_stays_so(desk: Desk, tmp_path: Path, extension: str) -> None:
    with pytest.raises(Refus, match="n’est pas arrêté"):
        desk.read(certificats.preparer, convention(desk))
    juger(desk, **JUGE)
    with pytest.raises(Refus, match="n’est pas arrêté"):
        desk.read(certificats.preparer, convention(desk))
    juger(desk, **ARRETE)
    premier = desk.read(certificats.preparer, convention(desk))
    assert (premier.certificat.fait.a_verser, [v.libelle for v in premier.certificat.paiements]) == (
        1_065_900, ["Avance"],
    )  # fmt: skip
    ecrit = premier.ecrire(tmp_path / f"certificat.{extension}").read_bytes()
    desk.do(paiements.payer, [siens(desk)[1].id], JOUR)
    apres = desk.read(certificats.preparer, convention(desk))
    assert apres.certificat.fait == premier.certificat.fait
    assert apres.ecrire(tmp_path / f"second.{extension}").read_bytes() == ecrit


def test_the_certificate_follows_the_template_of_the_user(desk: Desk) -> None:
    juger(desk, **ARRETE)
    source = "# Certificat\n\n{{ montant_definitif }}\n"
    desk.do(modeles.enregistrer, "service-fait", 0, source)
    assert desk.read(certificats.preparer, convention(desk)).modele == source
    assert set(modeles.tableaux("service-fait")) == {"realisation", "decompte"}
    assert modeles.apercu(desk, 1, "service-fait", source, lambda _f, _t: None).startswith(b"%PDF")
    with pytest.raises(Refus, match="donnée inconnue"):
        desk.do(modeles.enregistrer, "service-fait", 1, "{{ inconnue }}")
