"""Applications: each move of each state, the line that a proposal makes, what is refused whole, undone and redone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inclusion_desk.domain.campagnes import ETATS_CANDIDATURE, TRANSITIONS_CANDIDATURE
from inclusion_desk.domain.refus import ConflitDeVersion, Introuvable, Refus, SaisieRefusee
from inclusion_desk.services import candidatures, edition, evenements, verification
from inclusion_desk.services.cas_suivant import _CHEMINS as CHEMINS
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, tables
from inclusion_desk.store import candidatures as store
from tests.services.gestes import (
    PHASE,
    aller_retour,
    dossier,
    jouer,
    ligne,
    modifier,
    nouvelle_phase,
    vue,
)
from tests.services.gestes import (
    deplacer as deplacer_phase,
)

DEMANDE: dict[str, Any] = {
    "structure_id": 3, "dispositif_id": 2, "territoire_id": 4, "periode_id": 1, "ligne_budgetaire_id": 1,
    "depose_le": date(2024, 5, 2), "montant_demande": 900_000, "volume_demande": 12, "debut": date(2025, 1, 1),
    "fin": date(2025, 12, 31), "avis": "favorable", "montant_propose": 800_000, "volume_propose": 10,
}  # fmt: skip
PREALABLES: dict[str, dict[str, Any]] = {
    "demander": {"pieces_manquantes": "RIB"},
    "completer": {"pieces_manquantes": ""},
    "ecarter": {"avis": "defavorable", "motivation": "Hors du champ de l’appel à projets."},
}
"""What is typed before a move."""


def lire(desk: Desk) -> object:
    """Read applications, lines and budget as they show, versions aside."""
    lues = [
        (c.id, c.etat, c.proposition_id, c.phase_reference, c.avis, c.montant_propose)
        for c in desk.read(store.load, vue(desk).campagne_id)
    ]
    lignes = [(li.id, li.proposition, li.solde) for li in desk.read(budget.load, vue(desk))]
    return lues, lignes, [(li.proposition_id, li.montant, li.structure_id) for li in dossier(desk).lignes]


def deposer(desk: Desk, **valeurs: Any) -> int:
    return desk.do(edition.create, "candidatures", PHASE, {**DEMANDE, **valeurs}).ids["candidatures"][0]


def candidature(desk: Desk, identifiant: int) -> dict[str, Any]:
    return ligne(desk, identifiant, tables.candidature)


def changer(desk: Desk, identifiant: int, **valeurs: Any) -> Changes:
    version = candidature(desk, identifiant)["version"]
    return desk.do(edition.update, "candidatures", identifiant, version, valeurs)


def deplacer(desk: Desk, identifiant: int, code: str, phase_id: int = PHASE, motif: str = "Motif d’essai") -> Changes:
    version = candidature(desk, identifiant)["version"]
    return desk.do(candidatures.deplacer, identifiant, version, code, phase_id, motif)


def mener(desk: Desk, etat: str, **valeurs: Any) -> int:
    """Deposit an application and lead it to a state."""
    identifiant = deposer(desk, **valeurs)
    for code in CHEMINS[etat]:
        if code in PREALABLES:
            changer(desk, identifiant, **PREALABLES[code])
        deplacer(desk, identifiant, code)
    assert candidature(desk, identifiant)["etat"] == etat
    return identifiant


POSSIBLES = [(etat, t) for t in TRANSITIONS_CANDIDATURE for etat in sorted(t.depuis) if etat in ETATS_CANDIDATURE]


@pytest.mark.parametrize(("etat", "transition"), POSSIBLES, ids=[f"{t.code} from {e}" for e, t in POSSIBLES])
def test_each_move_a_state_allows_is_made_undone_and_redone(bureau: Desk, etat: str, transition: Any) -> None:
    identifiant = mener(bureau, etat)
    if transition.code in PREALABLES:
        changer(bureau, identifiant, **PREALABLES[transition.code])
    version = candidature(bureau, identifiant)["version"]
    fait = aller_retour(
        bureau, lire, candidatures.deplacer, identifiant, version, transition.code, PHASE, "Motif d’essai"
    )
    assert candidature(bureau, identifiant)["etat"] == transition.vers
    assert fait.label == f"{transition.geste} – {ligne(bureau, 3, tables.structure)['nom']}"
    moves = [(e.geste, e.de, e.vers) for e in bureau.read(evenements.historique, "candidatures", identifiant)]
    retour = ("Annulation", transition.vers, etat)
    assert moves[:5] == [
        ("Annulation", etat, transition.vers), retour, ("Annulation", etat, transition.vers), retour,
        (transition.geste, etat, transition.vers),
    ]  # fmt: skip
    assert bureau.read(verification.anomalies) == ()


@pytest.mark.parametrize("etat", ETATS_CANDIDATURE)
def test_a_move_that_a_state_does_not_allow_is_refused_in_its_words(bureau: Desk, etat: str) -> None:
    identifiant = mener(bureau, etat)
    avant = lire(bureau)
    permis = {t.code for e, t in POSSIBLES if e == etat}
    for code in {t.code for t in TRANSITIONS_CANDIDATURE} - permis:
        with pytest.raises(Refus, match=f"n’est pas possible dans l’état «\u00a0{ETATS_CANDIDATURE[etat]}\u00a0»"):
            deplacer(bureau, identifiant, code)
    assert lire(bureau) == avant


def test_a_proposed_application_is_a_line_like_any_other(desk: Desk) -> None:
    avant = desk.read(budget.load, vue(desk))[0]
    identifiant = mener(desk, "instruit")
    version = candidature(desk, identifiant)["version"]
    aller_retour(desk, lire, candidatures.deplacer, identifiant, version, "proposer", PHASE)
    proposition = ligne(desk, candidature(desk, identifiant)["proposition_id"])
    attendues = {"phase_id": PHASE, "montant": 800_000, "volume": 10, "structure_id": 3, "acte": "convention"}
    assert attendues.items() <= proposition.items()
    assert desk.read(budget.load, vue(desk))[0].solde == avant.solde - 800_000
    (lue,) = desk.read(store.load, 1)
    assert lue.phase_reference == "2024/6"
    assert desk.read(verification.anomalies) == ()


def test_withdrawing_takes_the_line_as_it_became_and_undoing_brings_it_back(desk: Desk) -> None:
    identifiant = mener(desk, "propose")
    proposition_id = candidature(desk, identifiant)["proposition_id"]
    modifier(desk, proposition_id, montant=123_456)
    version = candidature(desk, identifiant)["version"]
    fait = aller_retour(desk, lire, candidatures.deplacer, identifiant, version, "retirer_proposition", PHASE)
    jouer(desk, jouer(desk, jouer(desk, fait.inverse).inverse).inverse)
    assert ligne(desk, proposition_id)["montant"] == 123_456


def test_a_line_that_comes_from_an_application_is_not_deleted_as_another(desk: Desk) -> None:
    proposition_id = candidature(desk, mener(desk, "propose"))["proposition_id"]
    avant = lire(desk)
    with pytest.raises(Refus, match="vient d’un dossier de candidature"):
        desk.do(edition.delete, "propositions", (9, proposition_id))
    assert lire(desk) == avant


REFUSEES: dict[str, tuple[dict[str, Any], str, str]] = {
    "beyond the AE": ({"montant_propose": 20_306_774}, "montant_propose", "dispose encore de"),
    "without an amount": ({"montant_propose": None}, "montant_propose", "à renseigner"),
    "without a volume": ({"volume_propose": None}, "volume_propose", "à renseigner"),
    "without a budget line": ({"ligne_budgetaire_id": None}, "ligne_budgetaire_id", "à choisir"),
    "without an opinion any more": ({"avis": None}, "avis", "L’avis est à renseigner"),
    "against its opinion": ({"avis": "defavorable", "motivation": "Non."}, "avis", "ne se propose pas"),
}


@pytest.mark.parametrize("cas", REFUSEES)
def test_a_proposal_refused_leaves_nothing_half_done(desk: Desk, cas: str) -> None:
    valeurs, champ, phrase = REFUSEES[cas]
    identifiant = mener(desk, "instruit")
    changer(desk, identifiant, **valeurs)
    avant = lire(desk), desk.read(evenements.historique, "candidatures", identifiant)
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        deplacer(desk, identifiant, "proposer")
    assert refus.value.champ == champ
    assert (lire(desk), desk.read(evenements.historique, "candidatures", identifiant)) == avant
    assert desk.read(verification.anomalies) == ()


def test_the_last_cent_may_be_proposed(desk: Desk) -> None:
    mener(desk, "propose", montant_propose=20_306_773)
    assert desk.read(budget.load, vue(desk))[0].solde == 0


def test_nothing_is_proposed_to_a_closed_phase_nor_withdrawn_from_it(bureau: Desk) -> None:
    propose, instruit = mener(bureau, "propose"), mener(bureau, "instruit")
    retire = mener(bureau, "propose")
    fait = deplacer(bureau, retire, "retirer_proposition")
    deplacer_phase(bureau, "ajourner")
    avant = lire(bureau)
    with pytest.raises(Refus, match="n’est pas possible dans l’état «\u00a0Ajourné\u00a0»"):
        deplacer(bureau, propose, "retirer_proposition")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        deplacer(bureau, instruit, "proposer")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        jouer(bureau, fait.inverse)
    assert lire(bureau) == avant
    deplacer_phase(bureau, "rouvrir")
    deplacer(bureau, propose, "retirer_proposition")
    deplacer(bureau, propose, "proposer", nouvelle_phase(bureau))
    assert bureau.read(store.load, 1)[-1].phase_reference == "2024/7"


def test_nothing_is_proposed_to_a_phase_of_another_campaign_or_gone(bureau: Desk) -> None:
    from inclusion_desk.services import campagnes

    identifiant = mener(bureau, "instruit")
    ailleurs = bureau.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"][0]
    with pytest.raises(SaisieRefusee, match="autre campagne"):
        deplacer(bureau, identifiant, "proposer", ailleurs)
    with pytest.raises(Introuvable):
        deplacer(bureau, identifiant, "proposer", 999)


@pytest.mark.parametrize(
    ("etat", "code", "valeurs", "champ"),
    [
        ("depose", "demander", {}, "pieces_manquantes"),
        ("incomplet", "completer", {"pieces_manquantes": "RIB"}, "pieces_manquantes"),
        ("complet", "instruire", {"avis": None}, "avis"),
        ("complet", "instruire", {"avis": "defavorable"}, "motivation"),
        ("complet", "instruire", {"montant_propose": None, "volume_propose": None}, "montant_propose"),
        ("instruit", "ecarter", {"avis": "favorable"}, "avis"),
        ("instruit", "ecarter", {"avis": "defavorable", "motivation": ""}, "motivation"),
    ],
)
def test_a_move_names_the_field_that_it_lacks(
    bureau: Desk, etat: str, code: str, valeurs: dict[str, Any], champ: str
) -> None:
    identifiant = mener(bureau, etat)
    changer(bureau, identifiant, **valeurs)
    with pytest.raises(SaisieRefusee) as refus:
        deplacer(bureau, identifiant, code)
    assert refus.value.champ == champ


def test_setting_aside_says_why_by_whom_and_when(desk: Desk) -> None:
    desk.auteur = "Une instructrice"
    identifiant = mener(desk, "instruit")
    changer(desk, identifiant, **PREALABLES["ecarter"])
    with pytest.raises(Refus, match="se motive") as refus:
        deplacer(desk, identifiant, "ecarter", motif=" ")
    assert refus.value.champ == "motif"
    deplacer(desk, identifiant, "ecarter", motif="Hors délai")
    (dernier, *_) = desk.read(evenements.historique, "candidatures", identifiant)
    assert (dernier.motif, dernier.auteur, dernier.vers) == ("Hors délai", "Une instructrice", "ecarte")
    assert dernier.moment[:4] == str(desk.maintenant().year)


def test_two_who_instruct_the_same_application_do_not_overwrite_each_other(desk: Desk) -> None:
    identifiant = deposer(desk)
    fait = desk.do(candidatures.deplacer, identifiant, 1, "completer", PHASE)
    for code in ("instruire", "demander"):
        with pytest.raises((ConflitDeVersion, SaisieRefusee)):
            desk.do(candidatures.deplacer, identifiant, 1, code, PHASE)
    deplacer(desk, identifiant, "instruire")
    avant = lire(desk)
    with pytest.raises(ConflitDeVersion, match="a changé d’état depuis cette étape"):
        jouer(desk, fait.inverse)
    assert lire(desk) == avant


def test_what_is_proposed_is_changed_among_propositions_not_in_the_application(bureau: Desk) -> None:
    identifiant = mener(bureau, "propose")
    for valeurs in ({"montant_propose": 1}, {"structure_id": 1}, {"fin": date(2026, 1, 1)}):
        with pytest.raises(SaisieRefusee, match="retirez d’abord la proposition"):
            changer(bureau, identifiant, **valeurs)
    changer(bureau, identifiant, motivation="Complétée après coup")
    with pytest.raises(Refus, match="retirez d’abord la proposition"):
        bureau.do(edition.delete, "candidatures", (identifiant,))


def test_many_applications_move_together_or_not_at_all(desk: Desk) -> None:
    groupe = [mener(desk, "instruit", structure_id=s, montant_propose=10_000_000) for s in (3, 4)]

    def versions() -> list[tuple[int, int]]:
        return [(i, candidature(desk, i)["version"]) for i in groupe]

    fait = aller_retour(desk, lire, candidatures.deplacer_tous, versions(), "proposer", PHASE)
    assert fait.label == "Proposer à la phase – 2\u00a0dossiers"
    desk.do(candidatures.deplacer_tous, versions(), "retirer_proposition", PHASE)
    changer(desk, groupe[1], montant_propose=20_306_773)
    avant = lire(desk)
    with pytest.raises(Refus, match=r"dispose encore de .* Aucun dossier n’a été changé"):
        desk.do(candidatures.deplacer_tous, versions(), "proposer", PHASE)
    assert lire(desk) == avant
    assert desk.read(verification.anomalies) == ()


def test_an_application_is_created_deleted_and_restored_with_its_state(desk: Desk) -> None:
    aller_retour(desk, lire, edition.create, "candidatures", PHASE, DEMANDE)
    identifiant = mener(desk, "instruit")
    aller_retour(desk, lire, edition.delete, "candidatures", (identifiant,))


def test_what_an_application_names_is_not_deleted(bureau: Desk) -> None:
    structure_id = bureau.do(edition.create, "structures", PHASE, {"nom": "Candidate", "forme": "ccas"}).ids[
        "structures"
    ][0]
    deposer(bureau, structure_id=structure_id)
    for sujet, identifiant in (("structures", structure_id), ("periodes", 1)):
        with pytest.raises(Refus, match="figure dans 1\u00a0dossier"):
            bureau.do(edition.delete, sujet, (identifiant,))
