"""Texts of a phase keep their figures tied to the lines; they are written, ordered, undone and refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from inclusion_desk.domain.figures import INCONNUE
from inclusion_desk.domain.refus import ConflitDeVersion, Introuvable, Refus
from inclusion_desk.services import campagnes, edition, textes, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, dispositifs
from inclusion_desk.store.engine import Session
from tests.services.gestes import (
    PHASE,
    adopter,
    aller_retour,
    annulation_refusee,
    deplacer,
    dossier,
    jouer,
    ligne,
    lignes_de,
    modifier,
    nouvelle_phase,
    vue,
)

OPERATION = "operation:2"
"""The second operation of the case: 12 structures, 2 706 places, 567 150 €."""


def lu(desk: Desk, cle: str, phase_id: int = PHASE) -> textes.Texte:
    (trouve,) = [t for t in desk.read(textes.lire, phase_id) if t.cle == cle]
    return trouve


def ecrire(desk: Desk, cle: str, texte: str, phase_id: int = PHASE) -> Changes:
    return desk.do(textes.ecrire, phase_id, cle, lu(desk, cle, phase_id).version, texte)


def annexe(desk: Desk) -> str:
    return next(t.cle for t in desk.read(textes.lire, PHASE) if t.cle.startswith("annexe:"))


CLES: dict[str, Callable[[Desk], str]] = {
    "the context": lambda _: textes.CONTEXTE,
    "an operation": lambda _: OPERATION,
    "a joined annexe": annexe,
}


@pytest.mark.parametrize("quoi", CLES)
def test_a_text_is_written_undone_and_redone(desk: Desk, quoi: str) -> None:
    cle = CLES[quoi](desk)
    aller_retour(
        desk, dossier, textes.ecrire, PHASE, cle, lu(desk, cle).version, "Un texte.\n\n- un point ;\n- un autre."
    )
    assert lu(desk, cle).texte == "Un texte.\n\n- un point ;\n- un autre."
    assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize("quoi", CLES)
def test_a_text_written_meanwhile_is_neither_overwritten_nor_undone_over(desk: Desk, quoi: str) -> None:
    cle = CLES[quoi](desk)
    version = lu(desk, cle).version
    fait = desk.do(textes.ecrire, PHASE, cle, version, "Le premier")
    with pytest.raises(ConflitDeVersion):
        desk.do(textes.ecrire, PHASE, cle, version, "Le second")
    assert lu(desk, cle).texte == "Le premier"
    ecrire(desk, cle, "Le second, relu")
    annulation_refusee(desk, fait, dossier)


@pytest.mark.parametrize("quoi", CLES)
def test_no_text_of_a_closed_phase_changes(bureau: Desk, quoi: str) -> None:
    cle = CLES[quoi](bureau)
    fait = ecrire(bureau, cle, "Avant")
    deplacer(bureau, "ajourner")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        ecrire(bureau, cle, "Après")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        jouer(bureau, fait.inverse)
    assert lu(bureau, cle).texte == "Avant"


@pytest.mark.parametrize("texte", ["bip\x07", "<script>", "x" * 20_001, "=1+1"])
def test_what_cannot_be_printed_is_refused(bureau: Desk, texte: str) -> None:
    avant = dossier(bureau)
    with pytest.raises(Refus):
        ecrire(bureau, textes.CONTEXTE, texte)
    assert dossier(bureau) == avant


# -- figures


def test_a_figure_follows_the_line_it_comes_from(desk: Desk) -> None:
    ecrire(desk, textes.CONTEXTE, "En tout 871 218 €, dont 712000 euros pour la thématique 1.")
    stocke = dossier(desk).contexte
    assert stocke == "En tout {phase.montant}, dont {thematique-1.montant} pour la thématique 1."
    visee = next(li for li in lignes_de(desk) if li["montant"] == 6_500_000)
    fait = modifier(desk, visee["id"], montant=6_512_345)
    attendu = "En tout 871\u00a0341,45\u00a0€, dont 712\u00a0123,45\u00a0€ pour la thématique 1."
    assert lu(desk, textes.CONTEXTE).texte == attendu
    assert dossier(desk).contexte == stocke
    jouer(desk, fait.inverse)
    assert lu(desk, textes.CONTEXTE).texte.startswith("En tout 871\u00a0218\u00a0€")


def test_a_figure_of_an_operation_is_first_its_own(desk: Desk) -> None:
    ecrire(desk, OPERATION, "12 structures, 2 706 places, 567 150 €.")
    assert dossier(desk).operations[1].texte == (
        "{dispositif-2.structures}, {dispositif-2.volume}, {dispositif-2.montant}."
    )
    siennes = [li["id"] for li in lignes_de(desk) if li["dispositif_id"] == 2][:3]
    desk.do(edition.delete, "propositions", siennes)
    assert lu(desk, OPERATION).texte.startswith("9\u00a0structures")


def test_figures_of_the_budget_follow_a_decision(bureau: Desk) -> None:
    ecrire(bureau, textes.CONTEXTE, "Il reste 203 067,73 € sur 8 589 450 € votés.")
    assert dossier(bureau).contexte == "Il reste {ligne-C02-446A05.solde} sur {ligne-C02-446A05.ae} votés."
    dm = {"ligne_budgetaire_id": 1, "jour": vue(bureau).date_seance, "libelle": "DM", "montant": 1_000}
    bureau.do(edition.create, "decisions", PHASE, dm)
    assert lu(bureau, textes.CONTEXTE).texte == "Il reste 203\u00a0077,73\u00a0€ sur 8\u00a0589\u00a0460\u00a0€ votés."


def test_a_figure_whose_source_is_gone_blocks_the_vote(bureau: Desk) -> None:
    ecrire(bureau, textes.CONTEXTE, "Dont 59 220 € pour les jeunes.")
    bureau.do(edition.delete, "propositions", [li["id"] for li in lignes_de(bureau) if li["ligne_budgetaire_id"] == 3])
    assert lu(bureau, textes.CONTEXTE).texte == f"Dont {INCONNUE} pour les jeunes."
    with pytest.raises(Refus, match="bloquant"):
        adopter(bureau)


def test_an_amount_tied_to_nothing_is_shown_as_such(bureau: Desk) -> None:
    ecrire(bureau, textes.CONTEXTE, "De 871 218 €, moins 12,34 €.")
    lue = lu(bureau, textes.CONTEXTE)
    assert [(lue.texte[r.debut : r.fin], r.source) for r in lue.reperes] == [
        ("871\u00a0218\u00a0€", "phase.montant"), ("12,34 €", ""),
    ]  # fmt: skip


def test_a_text_written_as_shown_changes_nothing(bureau: Desk) -> None:
    """What is shown has its figures printed: saved again as it is, it is tied to the same sources."""
    avant = dossier(bureau)
    for texte in bureau.read(textes.lire, PHASE):
        ecrire(bureau, texte.cle, texte.texte)
    assert dossier(bureau) == avant


# -- the order of operations


def _sans_places(session: Session) -> Changes:
    session.execute(text("DELETE FROM operation"))
    return Changes("essai", {})


def ordre(desk: Desk, phase_id: int = PHASE) -> list[tuple[int, int]]:
    return [(o.dispositif_id, o.ordre) for o in dossier(desk, phase_id).operations]


def test_operations_are_put_in_order_undone_and_redone(desk: Desk) -> None:
    assert ordre(desk) == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 1), (6, 2), (7, 1)]
    fait = aller_retour(desk, dossier, textes.ordonner, PHASE, vue(desk).version, (2, 1, 3, 4, 6, 5, 7))
    assert ordre(desk) == [(2, 1), (1, 2), (3, 3), (4, 4), (6, 1), (5, 2), (7, 1)]
    jouer(desk, fait.inverse)
    desk.do(textes.ordonner, PHASE, vue(desk).version, (4, 1))
    assert ordre(desk)[:4] == [(4, 1), (1, 2), (2, 3), (3, 4)]
    assert desk.read(verification.anomalies) == ()


@pytest.mark.parametrize("places", [True, False], ids=["in their places", "without places"])
def test_writing_the_text_of_an_operation_does_not_move_it(desk: Desk, *, places: bool) -> None:
    """An operation that gets its first text stays where it was among those that have none."""
    if not places:
        desk.do(_sans_places)
    avant = ordre(desk)
    for cle in (6, 4, 2):
        ecrire(desk, f"operation:{cle}", f"Texte de {cle}")
        assert ordre(desk) == avant


def test_writing_a_text_in_a_new_campaign_does_not_move_its_operation(bureau: Desk) -> None:
    (phase_id,) = bureau.do(campagnes.ouvrir, 2025, 2024).ids["campagnes"]
    campagne_id = vue(bureau, phase_id).campagne_id
    (ligne_id, *_) = [li.id for li in bureau.read(budget.load, vue(bureau, phase_id))]
    for d in bureau.read(dispositifs.load, phase_id, campagne_id):
        modele = {**ligne(bureau, 9), "dispositif_id": d.id, "ligne_budgetaire_id": ligne_id, "montant": 0}
        bureau.do(edition.create, "propositions", phase_id, modele)
    avant = ordre(bureau, phase_id)
    derniere = avant[-2][0]
    ecrire(bureau, f"operation:{derniere}", "Le texte de la dernière", phase_id)
    assert ordre(bureau, phase_id) == avant


def test_an_order_given_meanwhile_is_neither_overwritten_nor_undone_over(bureau: Desk) -> None:
    version = vue(bureau).version
    fait = bureau.do(textes.ordonner, PHASE, version, (2, 1))
    with pytest.raises(ConflitDeVersion):
        bureau.do(textes.ordonner, PHASE, version, (3, 1))
    bureau.do(textes.ordonner, PHASE, vue(bureau).version, (3, 1))
    annulation_refusee(bureau, fait, dossier)
    deplacer(bureau, "ajourner")
    with pytest.raises(Refus, match="ajournée"):
        bureau.do(textes.ordonner, PHASE, vue(bureau).version, (1, 2))


def test_an_operation_without_lines_has_no_text(bureau: Desk) -> None:
    vide = nouvelle_phase(bureau)
    with pytest.raises(Introuvable, match="n’a plus de proposition"):
        bureau.do(textes.ecrire, vide, OPERATION, vue(bureau, vide).version, "Texte")
    with pytest.raises(Introuvable):
        bureau.do(textes.ecrire, PHASE, "annexe:999", 1, "Texte")


def test_the_texts_of_an_adopted_phase_are_those_of_its_vote(bureau: Desk) -> None:
    ecrire(bureau, textes.CONTEXTE, "En tout 871 218 €.")
    adopter(bureau)
    bureau.do(edition.update, "dispositifs", 1, 1, {"intitule": "Renommé"})
    assert lu(bureau, textes.CONTEXTE).texte == "En tout 871\u00a0218\u00a0€."
    with pytest.raises(Refus, match="est adoptée"):
        ecrire(bureau, textes.CONTEXTE, "Autre")
