"""The model of an act being prepared: what the user takes is kept, told where the facts differ, undone and redone."""

from __future__ import annotations

from datetime import date

import pytest

from inclusion_desk.domain.actes_proposes import ActePropose
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import preparation_actes, verification
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import conventions as rangees
from tests.services.gestes import PHASE, jouer
from tests.services.gestes_actes import changer, nommee, preparer, signer, toutes
from tests.services.test_preparation_actes import CONVENTIONS, examiner, faits


def deux(desk: Desk) -> ActePropose:
    """Give the act of the case that models 6 and 7 both fit, its lines naming 6."""
    return next(p for p in examiner(desk) if p.modele == "6")


def test_the_model_that_the_user_takes_is_that_of_the_act_undone_and_redone(amendable: Desk) -> None:
    cle = deux(amendable).cle
    fait = amendable.do(preparation_actes.preparer, PHASE, [cle], {cle: "7"})
    apres = faits(amendable)
    (pris,) = [p for p in examiner(amendable) if p.prepare]
    assert (pris.modele, pris.reserve[:39]) == ("7", "La ligne votée porte « 6 – accueil et é")
    assert [a.numero for a in amendable.read(rangees.load_annexes, pris.fait[0]) if a.rang] == [2, 3]  # type: ignore[index]
    defait = jouer(amendable, fait.inverse)
    assert deux(amendable).prepare is None
    jouer(amendable, defait.inverse)
    assert faits(amendable) == apres


def test_a_model_that_does_not_exist_is_refused(amendable: Desk) -> None:
    cle = deux(amendable).cle
    avant = faits(amendable)
    for code in ("42", "convention", ""):
        with pytest.raises(Refus, match=f"Le modèle d’avenant « {code} » n’est pas dans la liste"):
            amendable.do(preparation_actes.preparer, PHASE, [cle], {cle: code})
    assert faits(amendable) == avant


def test_an_avenant_that_prolongs_never_brings_the_end_of_the_convention_forward(amendable: Desk) -> None:
    """Model 9 taken where the period ends before the convention."""
    une = nommee(amendable, "2024-01213")
    changer(amendable, "conventions", une.id, fin=date(2026, 6, 30))
    (propose,) = [p for p in examiner(amendable) if p.convention and p.convention.id == une.id]
    amendable.do(preparation_actes.preparer, PHASE, [propose.cle], {propose.cle: "9"})
    (un,) = amendable.read(rangees.load_avenants, convention_id=une.id)
    assert (un.modele, un.debut, un.fin) == ("9", une.debut, date(2026, 6, 30))


def test_the_model_and_the_state_of_an_act_prepared_are_its_own(amendable: Desk) -> None:
    preparer(amendable)
    (un,) = amendable.read(rangees.load_avenants, convention_id=nommee(amendable, "2024-01213").id)
    changer(amendable, "avenants", un.id, modele="8")
    (lu,) = [p for p in examiner(amendable) if p.fait == (un.convention_id, un.id)]
    assert (lu.modele, lu.prepare and lu.prepare.etat_dit) == ("8", "Projet")
    assert "ne correspond pas aux faits" in lu.reserve
    changer(amendable, "avenants", un.id, modele="10")
    signer(amendable, "avenants", un.id)
    (lu,) = [p for p in examiner(amendable) if p.fait == (un.convention_id, un.id)]
    assert (lu.reserve, lu.prepare and lu.prepare.etat_dit) == ("", "Signé le 20/01/2025")


def test_what_acts_would_lack_is_known_without_a_number_taken(amendable: Desk) -> None:
    avant = faits(amendable)
    journal = amendable.read(verification.tete_du_journal)
    cles = [p.cle for p in examiner(amendable)]
    lacunes = amendable.essayer(preparation_actes.lacunes, PHASE, cles)
    ccas = next(p for p in examiner(amendable) if p.structure == "CCAS de Liévin")
    assert list(lacunes) == [ccas.cle]
    assert lacunes[ccas.cle].startswith("Il manque le SIRET")
    assert faits(amendable) == avant
    assert amendable.read(verification.tete_du_journal) == journal
    preparer(amendable)
    assert [c.numero for c in toutes(amendable) if not c.externe] == [numero for numero, _, _ in CONVENTIONS]
