"""An adopted act is corrected by another: a copy voted in its place, and money that is never counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain import instantane
from inclusion_desk.domain.deliberations import Adoption
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.services import adoption, deliberations, edition, production, textes, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.store import budget, dossiers, figes, phases
from inclusion_desk.store import deliberations as store
from inclusion_desk.store.engine import Session
from tests.services.gestes import (
    PHASE,
    acte,
    adopter,
    aller_retour,
    corriger,
    deplacer,
    dossier,
    ligne,
    lignes_de,
    mettre_a_l_ordre_du_jour,
    modifier,
    nouvelle_phase,
    rejeter,
    vue,
)
from tests.store.test_actes_figes import etat_de_l_acte, temoin

DISPONIBLE, PROPOSE = 91_506_773, 71_200_000
"""What the first line of the case offers, and what the phase takes from it."""


def ouvrir_correction(desk: Desk) -> int:
    adopter(desk)
    return corriger(desk)


def montants(desk: Desk, phase_id: int) -> tuple[int, int, int, int]:
    """Read the first budget line as a phase sees it: available, its own, later ones, balance."""
    lue = desk.read(budget.load, vue(desk, phase_id))[0]
    return (lue.disponible, lue.proposition, lue.ulterieur, lue.solde)


def baisser(desk: Desk, phase_id: int, montant: int = 6_000_000) -> None:
    """Lower the line of 65 000 € of a correction."""
    visee = next(li for li in lignes_de(desk, phase_id) if li["montant"] == 6_500_000)
    modifier(desk, visee["id"], montant=montant)


def _lines(lu: DossierSeance) -> list[object]:
    return [replace(li, proposition_id=0) for li in lu.lignes]


def test_a_correction_is_a_copy_of_the_lines_references_and_texts(desk: Desk) -> None:
    desk.do(deliberations.citer, PHASE, 1, (5, 2, 9))
    desk.do(deliberations.arranger, PHASE, 2, deliberations.bascule(desk.read(deliberations.articles, PHASE), 4))
    adopter(desk)
    avant = dossier(desk)
    correction = corriger(desk)
    lu = dossier(desk, correction)
    assert (lu.etat, lu.phase, lu.seance.jour) == ("preparation", 7, None)
    assert _lines(lu) == _lines(avant)
    assert [(o.libelle, o.ordre, o.texte) for o in lu.operations] == [
        (o.libelle, o.ordre, o.texte) for o in avant.operations
    ]
    assert (lu.contexte, lu.annexes, lu.periodes) == (avant.contexte, avant.annexes, avant.periodes)
    acte_lu, acte_avant = lu.deliberation, avant.deliberation
    assert (acte_lu.visas, acte_lu.articles) == (acte_avant.visas, acte_avant.articles)
    assert (acte_lu.numero, acte_lu.votes, acte_lu.issue, acte_lu.date_signature) == ("", (), None, None)
    assert acte_lu.interesses_en_abstention == acte_avant.interesses_en_abstention
    assert acte_lu.rectifie is not None
    assert (acte_lu.rectifie.numero, acte_lu.rectifie.jour) == ("2024-587", date(2024, 12, 9))
    assert vue(desk, correction).phase_remplacee == PHASE
    assert dossier(desk) == avant
    assert desk.read(verification.anomalies) == ()


def test_money_is_right_at_each_step_and_never_counted_twice(desk: Desk) -> None:
    correction = ouvrir_correction(desk)
    assert montants(desk, PHASE) == (DISPONIBLE, PROPOSE, 0, DISPONIBLE - PROPOSE)
    assert montants(desk, correction) == (DISPONIBLE, PROPOSE, 0, DISPONIBLE - PROPOSE)
    suivante = nouvelle_phase(desk, 8)
    assert montants(desk, suivante) == (DISPONIBLE - PROPOSE, 0, 0, DISPONIBLE - PROPOSE)
    baisser(desk, correction)
    assert montants(desk, correction) == (DISPONIBLE, PROPOSE - 500_000, 0, DISPONIBLE - PROPOSE + 500_000)
    assert montants(desk, suivante) == (DISPONIBLE - PROPOSE, 0, 0, DISPONIBLE - PROPOSE)
    former = etat_de_l_acte(desk)
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    assert montants(desk, suivante) == (DISPONIBLE - PROPOSE, 0, 0, DISPONIBLE - PROPOSE)
    adopter(desk, correction)
    assert (vue(desk).etat, vue(desk, correction).etat) == ("remplacee", "adoptee")
    assert montants(desk, correction) == (DISPONIBLE, PROPOSE - 500_000, 0, DISPONIBLE - PROPOSE + 500_000)
    assert montants(desk, suivante) == (
        DISPONIBLE - PROPOSE + 500_000, 0, 0, DISPONIBLE - PROPOSE + 500_000,
    )  # fmt: skip
    assert etat_de_l_acte(desk) == former, "a replaced act keeps its copy and its documents"
    assert dossier(desk, correction).montant == dossier(desk).montant - 500_000
    assert desk.read(verification.anomalies) == ()


def test_the_phases_of_a_campaign_add_up_to_what_is_committed_or_proposed(bureau: Desk) -> None:
    def total() -> int:
        return sum(bureau.read(SUJETS["phases"].index, PHASE).montants)

    entier = dossier(bureau).montant
    correction = ouvrir_correction(bureau)
    assert total() == entier, "a correction counts only once adopted"
    baisser(bureau, correction)
    mettre_a_l_ordre_du_jour(bureau, correction, "2025-1")
    adopter(bureau, correction)
    assert total() == entier - 500_000, "and then the former act no more"
    rejetee = nouvelle_phase(bureau, 8)
    bureau.do(edition.create, "propositions", rejetee, {**ligne(bureau, 9), "montant": 1_000})
    assert total() == entier - 499_000
    mettre_a_l_ordre_du_jour(bureau, rejetee, "2025-2")
    rejeter(bureau, rejetee)
    assert total() == entier - 500_000


def test_a_replaced_act_says_so_and_changes_no_more(desk: Desk) -> None:
    correction = ouvrir_correction(desk)
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    adopter(desk, correction)
    with pytest.raises(Refus, match="modifiez celle qui la remplace"):
        modifier(desk, 9, montant=1)
    with pytest.raises(Refus, match="n’est pas adoptée"):
        corriger(desk)
    suivante = corriger(desk, correction)
    mettre_a_l_ordre_du_jour(desk, suivante, "2025-2")
    adopter(desk, suivante)
    assert [vue(desk, p).etat for p in (PHASE, correction, suivante)] == ["remplacee", "remplacee", "adoptee"]
    assert montants(desk, suivante) == (DISPONIBLE, PROPOSE, 0, DISPONIBLE - PROPOSE)
    assert desk.read(verification.anomalies) == ()


def test_a_rejected_correction_leaves_the_former_act_adopted_and_another_may_be_opened(desk: Desk) -> None:
    correction = ouvrir_correction(desk)
    former = etat_de_l_acte(desk)
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    rejeter(desk, correction)
    assert (vue(desk).etat, vue(desk, correction).etat) == ("adoptee", "rejetee")
    assert etat_de_l_acte(desk) == former
    assert montants(desk, PHASE) == (DISPONIBLE, PROPOSE, 0, DISPONIBLE - PROPOSE)
    autre = corriger(desk)
    assert vue(desk, autre).reference == "2024/8"
    mettre_a_l_ordre_du_jour(desk, autre, "2025-2")
    adopter(desk, autre)
    assert [vue(desk, p).etat for p in (PHASE, correction, autre)] == ["remplacee", "rejetee", "adoptee"]
    assert montants(desk, autre) == (DISPONIBLE, PROPOSE, 0, DISPONIBLE - PROPOSE)
    assert desk.read(verification.anomalies) == ()


def test_an_act_is_corrected_by_one_phase_at_a_time(bureau: Desk) -> None:
    with pytest.raises(Refus, match="n’est pas adoptée : modifiez-la directement"):
        corriger(bureau)
    correction = ouvrir_correction(bureau)
    with pytest.raises(Refus, match="La phase 2024/7 corrige déjà celle-ci"):
        corriger(bureau)
    bureau.do(edition.delete, "propositions", [li["id"] for li in lignes_de(bureau, correction)])
    bureau.do(edition.delete, "phases", (correction,))
    assert vue(bureau, corriger(bureau)).reference == "2024/7"


def test_a_correction_may_raise_what_is_left_and_not_one_cent_more(desk: Desk) -> None:
    correction = ouvrir_correction(desk)
    visee = next(li for li in lignes_de(desk, correction) if li["montant"] == 6_500_000)
    with pytest.raises(SaisieRefusee, match="dispose encore de"):
        modifier(desk, visee["id"], montant=6_500_000 + DISPONIBLE - PROPOSE + 1)
    modifier(desk, visee["id"], montant=6_500_000 + DISPONIBLE - PROPOSE)
    assert montants(desk, correction)[3] == 0
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    adopter(desk, correction)
    assert desk.read(verification.anomalies) == ()


def test_money_taken_meanwhile_refuses_the_adoption_whole(desk: Desk) -> None:
    """A correction does not weigh until it is adopted: another phase may take what it counted on."""
    correction = ouvrir_correction(desk)
    visee = next(li for li in lignes_de(desk, correction) if li["montant"] == 6_500_000)
    modifier(desk, visee["id"], montant=6_500_000 + DISPONIBLE - PROPOSE)
    mettre_a_l_ordre_du_jour(desk, correction, "2025-1")
    desk.do(edition.create, "propositions", nouvelle_phase(desk, 8), {**ligne(desk, 9), "montant": 1})
    avant = desk.read(temoin)
    with pytest.raises(Refus, match="dépasse son AE de 0,01\u00a0€"):
        adopter(desk, correction)
    with pytest.raises(Refus, match="au-delà de son AE : rien n’a été enregistré"):
        desk.do(adoption.figer, _unchecked(desk, correction))
    assert desk.read(temoin) == avant
    assert (vue(desk).etat, vue(desk, correction).etat) == ("adoptee", "seance")
    assert desk.read(verification.anomalies) == ()


def _unchecked(desk: Desk, phase_id: int) -> adoption.Preparation:
    """Prepare an act as a program would that had forgotten the controls."""
    acte_fait = Adoption("0-", "2025-01-06T10:00:00")
    lu = desk.read(lambda s: adoption.as_voted(s, phases.load(s, phase_id), "adopte", acte_fait))
    empreinte = instantane.empreinte(instantane.ecrire(lu))
    return adoption.Preparation(phase_id, vue(desk, phase_id).version, "adopte", acte_fait, empreinte, {})


def test_the_texts_of_a_correction_follow_its_own_lines(bureau: Desk) -> None:
    bureau.do(textes.ecrire, PHASE, "contexte", vue(bureau).version, "En tout 871 218 €.")
    correction = ouvrir_correction(bureau)
    baisser(bureau, correction)
    lus = {t.cle: t.texte for t in bureau.read(textes.lire, correction)}
    assert lus["contexte"] == "En tout 866\u00a0218\u00a0€."
    assert bureau.read(textes.lire, PHASE)[0].texte == "En tout 871\u00a0218\u00a0€."


def test_a_correction_prints_which_act_it_corrects(bureau: Desk) -> None:
    from tests.services.test_issues import _text

    correction = ouvrir_correction(bureau)
    mettre_a_l_ordre_du_jour(bureau, correction, "2025-1", date(2025, 2, 3))
    bureau.do(deliberations.voter, correction, acte(bureau, correction).version, ())
    lu = _text(production.apercu(bureau, correction))
    assert "2024-587" in lu
    assert "9 décembre 2024" in lu


def test_what_a_correction_gives_structures_leaves_the_former_act_out(bureau: Desk) -> None:
    correction = ouvrir_correction(bureau)
    assert dossier(bureau, correction).autres_montants == ()
    suivante = nouvelle_phase(bureau, 8)
    bureau.do(edition.create, "propositions", suivante, {**ligne(bureau, 9), "montant": 100})
    structure_id = ligne(bureau, 9)["structure_id"]
    autres = dict(bureau.read(dossiers.build, vue(bureau, suivante)).autres_montants)
    siennes = sum(li["montant"] for li in lignes_de(bureau) if li["structure_id"] == structure_id)
    assert autres == {structure_id: siennes}
    assert dict(dossier(bureau, correction).autres_montants) == {structure_id: 100}


def test_a_phase_marked_replaced_without_a_vote_is_told(bureau: Desk) -> None:
    """The database refuses it; a forger who takes the guard away is seen by the verification."""
    adopter(bureau)

    def forcer(session: Session) -> Changes:
        session.exec_driver_sql("DROP TRIGGER tr_phase_acte_update")
        session.exec_driver_sql("UPDATE phase SET etat = 'remplacee', compte = 0 WHERE id = 1")
        return Changes("essai", {})

    bureau.do(forcer)
    assert bureau.read(lambda s: list(figes.faults(s))) == [
        "Acte voté, phase 2024/6 : son état n’est pas celui que le vote lui a donné."
    ]


def test_a_correction_postponed_weighs_nothing(bureau: Desk) -> None:
    correction = ouvrir_correction(bureau)
    mettre_a_l_ordre_du_jour(bureau, correction, "2025-1")
    deplacer(bureau, "ajourner", correction)
    assert montants(bureau, nouvelle_phase(bureau, 8)) == (DISPONIBLE - PROPOSE, 0, 0, DISPONIBLE - PROPOSE)
    deplacer(bureau, "rouvrir", correction)
    assert acte(bureau, correction).remplace_id == acte(bureau).id
    aller_retour(
        bureau, lambda d: dossier(d, correction), edition.update, "phases", correction, vue(bureau, correction).version,
        {"titre": "Autre titre"},
    )  # fmt: skip
    assert bureau.read(store.load_copy, correction, "rapport") is None
