"""Campaigns opened from another year's, phases opened, deleted and restored, budget lines raised and lowered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inclusion_desk.domain.refus import ConflitDeVersion, Introuvable, Refus, SaisieRefusee
from inclusion_desk.services import campagnes, deliberations, edition, etapes, seances, textes, verification
from inclusion_desk.services.campagnes import years_later
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, dispositifs, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import all_tables
from tests.services.gestes import PHASE, acte, aller_retour, deplacer, dossier, jouer, ligne, nouvelle_phase, vue

DERIVEES = ("journal", "journal_tete", "engagement", "evenement")


def contenu(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table but what is derived or only grows, versions aside."""

    def lire(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        return {
            t.name: sorted(
                [tuple(r) for r in session.execute(select(*(c for c in t.columns if c.name != "version")))], key=repr
            )
            for t in all_tables()
            if t.name not in DERIVEES
        }

    return desk.read(lire)


# -- campaigns


def test_a_campaign_is_opened_from_another_with_its_frame_and_no_money(desk: Desk) -> None:
    (phase_id,) = desk.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    nouvelle, ancienne = vue(desk, phase_id), vue(desk)
    assert (nouvelle.reference, nouvelle.etat) == ("2025/1", "preparation")
    assert desk.read(campagnes.annees) == [2025, 2024]
    copiees: tuple[Any, ...] = (dispositifs.load_thematiques, phases.load_periodes)
    for lire in copiees:
        assert len(desk.read(lire, nouvelle.campagne_id)) == len(desk.read(lire, ancienne.campagne_id)) > 0
    copies, modeles = (
        [replace(d, id=0, thematique_id=0, version=0, propositions=0, structures=0, volume=0, montant=0) for d in lus]
        for lus in (
            desk.read(dispositifs.load, phase_id, nouvelle.campagne_id),
            desk.read(dispositifs.load, PHASE, ancienne.campagne_id),
        )
    )
    assert sorted(copies, key=repr) == sorted(modeles, key=repr)
    lignes = desk.read(budget.load, nouvelle)
    assert [li.code_operation for li in lignes] == [li.code_operation for li in desk.read(budget.load, ancienne)]
    assert {(li.ae, li.anterieur, li.proposition, li.solde) for li in lignes} == {(0, 0, 0, 0)}
    assert desk.read(verification.anomalies) == ()


def test_the_former_campaign_is_as_it_was_and_money_does_not_cross(desk: Desk) -> None:
    avant = dossier(desk)
    (phase_id,) = desk.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    assert dossier(desk) == avant
    campagne_id = vue(desk, phase_id).campagne_id
    siens = {
        "dispositif_id": desk.read(dispositifs.load, phase_id, campagne_id)[0].id,
        "ligne_budgetaire_id": desk.read(budget.load, vue(desk, phase_id))[0].id,
    }
    with pytest.raises(SaisieRefusee, match="dispose encore de 0,00\u00a0€"):
        desk.do(edition.create, "propositions", phase_id, {**ligne(desk, 9), **siens, "montant": 1})
    desk.do(edition.create, "propositions", phase_id, {**ligne(desk, 9), **siens, "montant": 0})


def test_periods_move_by_whole_years_and_the_29th_of_february_becomes_the_28th(desk: Desk) -> None:
    desk.do(edition.update, "periodes", 1, 1, {"debut": date(2024, 2, 29), "fin": date(2024, 2, 29)})
    (phase_id,) = desk.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    lues = desk.read(phases.load_periodes, vue(desk, phase_id).campagne_id)
    assert (lues[0].debut, lues[0].fin) == (date(2025, 2, 28), date(2025, 2, 28))
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_later(date(2025, 2, 28), -1) == date(2024, 2, 28)


def test_a_campaign_may_start_from_nothing(bureau: Desk) -> None:
    (phase_id,) = bureau.do(campagnes.ouvrir, 2023, None).ids["campagnes"]
    assert bureau.read(budget.load, vue(bureau, phase_id)) == []
    assert acte(bureau, phase_id).titre == vue(bureau, phase_id).titre


@pytest.mark.parametrize(
    ("annee", "modele", "phrase", "champ"),
    [
        (2024, None, "existe déjà", "annee"),
        (1999, None, "entre 2000 et 2100", "annee"),
        (2101, 2024, "entre 2000 et 2100", "annee"),
        (2025, 2019, "La campagne 2019 n’est pas dans la base", "modele"),
    ],
)
def test_a_campaign_that_cannot_be_opened_leaves_nothing(
    desk: Desk, annee: int, modele: int | None, phrase: str, champ: str
) -> None:
    avant = contenu(desk)
    with pytest.raises(Refus, match=phrase) as refus:
        desk.do(campagnes.ouvrir, annee, modele)
    assert refus.value.champ == champ
    assert contenu(desk) == avant


# -- phases


def test_a_phase_is_opened_with_its_deliberation_undone_and_redone(desk: Desk) -> None:
    aller_retour(desk, contenu, edition.create, "phases", PHASE, {"numero": 7, "titre": "Phase 7"})
    assert desk.read(verification.anomalies) == ()


def test_deleting_a_phase_and_undoing_it_restores_everything_beneath(desk: Desk) -> None:
    phase_id = nouvelle_phase(desk)
    desk.do(edition.create, "propositions", phase_id, {**ligne(desk, 9), "montant": 500})
    desk.do(seances.fixer, phase_id, vue(desk, phase_id).version, ligne(desk, 1, tables.seance))
    desk.do(textes.ecrire, phase_id, textes.CONTEXTE, vue(desk, phase_id).version, "Un contexte")
    desk.do(textes.ecrire, phase_id, f"operation:{ligne(desk, 9)['dispositif_id']}", vue(desk, phase_id).version, "T")
    desk.do(deliberations.instruire, phase_id, vue(desk, phase_id).version, (1, 2))
    desk.do(deliberations.citer, phase_id, acte(desk, phase_id).version, (3, 1))
    desk.do(deliberations.arranger, phase_id, 0, desk.read(deliberations.articles, phase_id))
    desk.do(deliberations.voter, phase_id, 0, dossier(desk).deliberation.votes)
    desk.do(seances.interesser, phase_id, 0, (4, 6))
    desk.do(edition.create, "avis", phase_id, ligne(desk, 1, tables.avis))
    desk.do(edition.create, "annexes", phase_id, ligne(desk, 1, tables.annexe))
    for code in ("transmettre", "inscrire"):
        deplacer(desk, code, phase_id)
    (proposition,) = desk.read(_ids, phase_id)
    avec = contenu(desk)
    with pytest.raises(Refus, match="contient 1\u00a0proposition"):
        desk.do(edition.delete, "phases", (phase_id,))
    assert contenu(desk) == avec
    vidage = desk.do(edition.delete, "propositions", (proposition,))
    fait = aller_retour(desk, contenu, edition.delete, "phases", (phase_id,))
    assert phase_id not in {p.id for p in desk.read(phases.load_all)}
    jouer(desk, fait.inverse)
    jouer(desk, vidage.inverse)
    assert contenu(desk) == avec
    assert desk.read(verification.anomalies) == ()


def _ids(session: Session, phase_id: int) -> list[int]:
    p = tables.proposition.c
    return list(session.execute(select(p.id).where(p.phase_id == phase_id)).scalars())


@pytest.mark.parametrize(
    ("numero", "phrase"), [(6, "porte déjà ce numéro"), (0, "commence à 1"), (None, "à renseigner")]
)
def test_a_phase_has_a_number_of_its_own(desk: Desk, numero: int | None, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        desk.do(edition.create, "phases", PHASE, {"numero": numero, "titre": "Phase"})
    assert refus.value.champ == "numero"


def test_a_phase_goes_to_the_sitting_and_back_by_its_steps(bureau: Desk) -> None:
    phase_id = nouvelle_phase(bureau)
    with pytest.raises(Refus, match="ne propose encore rien"):
        deplacer(bureau, "transmettre", phase_id)
    bureau.do(edition.create, "propositions", phase_id, {**ligne(bureau, 9), "montant": 500})
    for code, etat in (("transmettre", "commissions"), ("reprendre", "preparation"), ("transmettre", "commissions")):
        deplacer(bureau, code, phase_id)
        assert vue(bureau, phase_id).etat == etat
    with pytest.raises(Refus, match="n’a pas de séance"):
        deplacer(bureau, "inscrire", phase_id)
    bureau.do(seances.fixer, phase_id, vue(bureau, phase_id).version, ligne(bureau, 1, tables.seance))
    for code, etat in (("inscrire", "seance"), ("retirer", "preparation")):
        deplacer(bureau, code, phase_id)
        assert vue(bureau, phase_id).etat == etat
    parcours = bureau.read(etapes.lire, phase_id)
    assert [e.vers for e in reversed(parcours.evenements)] == [
        "commissions", "preparation", "commissions", "seance", "preparation",
    ]  # fmt: skip
    assert parcours.fige is None


@pytest.mark.parametrize("code", ["adopter", "rejeter", "remplacer"])
def test_a_vote_is_not_a_step_among_others(bureau: Desk, code: str) -> None:
    with pytest.raises(Refus, match=r"s’enregistre à la rubrique Vote|n’est pas possible"):
        deplacer(bureau, code)
    assert vue(bureau).etat == "seance"


def test_a_step_asks_for_its_reason_and_for_the_version_read(bureau: Desk) -> None:
    with pytest.raises(Refus, match="se motive") as refus:
        deplacer(bureau, "retirer", motif="")
    assert refus.value.champ == "motif"
    with pytest.raises(ConflitDeVersion):
        bureau.do(etapes.deplacer, PHASE, vue(bureau).version - 1, "retirer", "Motif")
    assert vue(bureau).etat == "seance"


# -- décisions modificatives


def _decision(montant: int, ligne_id: int = 1) -> dict[str, Any]:
    return {"ligne_budgetaire_id": ligne_id, "jour": date(2025, 1, 6), "libelle": "DM n° 1", "montant": montant}


def _budget(desk: Desk) -> object:
    return [(li.ae, li.modifications, li.solde) for li in desk.read(budget.load, vue(desk))], [
        (d.id, d.montant, d.ligne_budgetaire_id) for d in desk.read(budget.load_decisions, 1)
    ]


@pytest.mark.parametrize("montant", [5_000_000, -20_306_773])
def test_a_decision_changes_what_a_line_may_commit_and_is_undone(desk: Desk, montant: int) -> None:
    avant = desk.read(budget.load, vue(desk))[0]
    fait = aller_retour(desk, _budget, edition.create, "decisions", PHASE, _decision(montant))
    apres = desk.read(budget.load, vue(desk))[0]
    assert (apres.ae, apres.solde, apres.ae_initiale) == (avant.ae + montant, avant.solde + montant, avant.ae)
    (identifiant,) = fait.ids["decisions"]

    def version() -> int:
        return int(ligne(desk, identifiant, tables.decision_modificative)["version"])

    aller_retour(desk, _budget, edition.update, "decisions", identifiant, version(), {"montant": montant + 100})
    aller_retour(desk, _budget, edition.update, "decisions", identifiant, version(), {"ligne_budgetaire_id": 2})
    aller_retour(desk, _budget, edition.delete, "decisions", (identifiant,))
    assert desk.read(verification.anomalies) == ()


def test_a_line_is_not_lowered_below_what_is_committed(desk: Desk) -> None:
    with pytest.raises(SaisieRefusee, match="ne peut être réduite que de 203\u00a0067,73\u00a0€") as refus:
        desk.do(edition.create, "decisions", PHASE, _decision(-20_306_774))
    assert refus.value.champ == "montant"
    (identifiant,) = desk.do(edition.create, "decisions", PHASE, _decision(1000)).ids["decisions"]
    modele = {**ligne(desk, 9), "montant": 20_306_773 + 1000}
    desk.do(edition.create, "propositions", PHASE, modele)
    avant = _budget(desk)
    appels: tuple[tuple[Any, ...], ...] = (
        (edition.update, "decisions", identifiant, 1, {"montant": 999}),
        (edition.update, "decisions", identifiant, 1, {"ligne_budgetaire_id": 2}),
        (edition.delete, "decisions", (identifiant,)),
        (edition.update, "budget", 1, 1, {"ae_initiale": ligne(desk, 1, tables.ligne_budgetaire)["ae_initiale"] - 1}),
    )
    for appel in appels:
        with pytest.raises(Refus, match=r"ne peut être réduite que de 0,00|au-delà de son AE|ne peut descendre sous"):
            desk.do(*appel)
        assert _budget(desk) == avant
    assert desk.read(verification.anomalies) == ()


def test_a_decision_of_nothing_or_without_its_day_is_refused(bureau: Desk) -> None:
    for valeurs, champ in (({"montant": 0}, "montant"), ({"jour": None}, "jour"), ({"libelle": ""}, "libelle")):
        with pytest.raises(SaisieRefusee) as refus:
            bureau.do(edition.create, "decisions", PHASE, {**_decision(100), **valeurs})
        assert refus.value.champ == champ


def test_a_decision_stays_in_its_campaign(bureau: Desk) -> None:
    (identifiant,) = bureau.do(edition.create, "decisions", PHASE, _decision(100)).ids["decisions"]
    (phase_id,) = bureau.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    ailleurs = bureau.read(budget.load, vue(bureau, phase_id))[0].id
    with pytest.raises(SaisieRefusee, match="autre campagne"):
        bureau.do(edition.update, "decisions", identifiant, 1, {"ligne_budgetaire_id": ailleurs})
    with pytest.raises(Introuvable):
        bureau.do(edition.create, "decisions", PHASE, _decision(100, 999))


def test_a_budget_line_goes_with_its_decisions_and_comes_back_with_them(desk: Desk) -> None:
    ouverte = {"code_operation": "C02-447A01", "imputation": "6568/93447", "libelle": "L", "ae_initiale": 10,
               "engage_anterieur": 0}  # fmt: skip
    (ligne_id,) = desk.do(edition.create, "budget", PHASE, ouverte).ids["budget"]
    desk.do(edition.create, "decisions", PHASE, _decision(990, ligne_id))
    aller_retour(desk, contenu, edition.delete, "budget", (ligne_id,))
    assert desk.read(verification.anomalies) == ()
