"""The other outcomes of a sitting: rejected, postponed, adopted with changes; and what each leaves behind."""

from __future__ import annotations

import pytest

from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import articles, edition, natures, production, textes, verification
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, journal, tables
from inclusion_desk.store import deliberations as store
from tests.services.gestes import (
    PHASE,
    acte,
    adopter,
    deplacer,
    dossier,
    inscrire_a_nouveau,
    jouer,
    ligne,
    modifier,
    nouvelle_phase,
    rejeter,
    vue,
)


def test_a_rejected_act_is_frozen_and_frees_the_budget(desk: Desk) -> None:
    avant = desk.read(budget.load, vue(desk))
    rejeter(desk)
    assert (vue(desk).etat, dossier(desk).deliberation.issue) == ("rejetee", "rejete")
    autre = nouvelle_phase(desk)
    for libre, pris in zip(desk.read(budget.load, vue(desk, autre)), avant, strict=True):
        assert libre.disponible == pris.disponible
        assert libre.anterieur == pris.engage_anterieur
    desk.do(edition.create, "propositions", autre, {**ligne(desk, 9), "montant": avant[0].disponible})
    with pytest.raises(Refus, match="est rejetée"):
        modifier(desk, 9, montant=1)
    assert desk.read(store.load_document, PHASE, "deliberation") is not None
    assert desk.read(verification.anomalies) == ()


def test_a_postponed_phase_is_closed_weighs_and_is_taken_up_again(desk: Desk) -> None:
    avant = desk.read(budget.load, vue(desk))
    deplacer(desk, "ajourner")
    with pytest.raises(Refus, match="reprenez d’abord son instruction"):
        modifier(desk, 9, montant=1)
    assert desk.read(budget.load, vue(desk)) == avant
    deplacer(desk, "rouvrir")
    lu = dossier(desk)
    assert (lu.etat, lu.seance.jour, lu.deliberation.votes, lu.propose) == ("preparation", None, (), None)
    assert (lu.deliberation.numero, lu.montant) == ("2024-587", 87_121_800)
    modifier(desk, 9, montant=1)
    assert desk.read(verification.anomalies) == ()


def test_an_act_adopted_with_changes_keeps_what_was_put_to_the_vote(desk: Desk) -> None:
    inscrire_a_nouveau(desk)
    propose = dossier(desk)
    supprimee = next(li.proposition_id for li in propose.lignes if li.montant == 6_500_000)
    modifier(desk, 9, montant=1_234_567)
    desk.do(edition.delete, "propositions", (supprimee,))
    assert adopter(desk, issue="modifie").label == "Adopté avec modifications – phase 2024/6"
    vote = dossier(desk)
    assert vote.propose == propose
    assert vote.montant != propose.montant == vote.rapporte.montant
    textes_ = {nature: _text(production.apercu(desk, PHASE, nature=nature)) for nature in natures.FIGES}
    assert _printed(propose) in textes_["rapport"]
    assert _printed(vote) not in textes_["rapport"]
    assert _printed(vote) in textes_["deliberation"]
    assert textes_["deliberation"].count(_printed(propose)) == 1
    assert f"Total de la phase {_printed(propose)},00 € {_printed(vote)},67 €" in textes_["deliberation"]
    assert "65 000,00 € Retiré" in textes_["deliberation"]
    for mots in ("Il est proposé", "que propose la phase", "Propositions 20", "proposées au bénéfice"):
        assert not any(mots in textes_[nature] for nature in ("annexes", "annexe-4"))
    assert desk.read(verification.anomalies) == ()


def _printed(lu: DossierSeance) -> str:
    return f"{lu.montant // 100:,}".replace(",", " ")


def _text(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    lu = PdfDocument(pdf)
    texte = " ".join(page.get_textpage().get_text_bounded() for page in lu)
    lu.close()
    return " ".join(texte.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_report_forgets_what_it_was_when_the_phase_leaves_the_agenda(bureau: Desk) -> None:
    inscrire_a_nouveau(bureau)
    modifier(bureau, 9, montant=1)
    assert dossier(bureau).propose is not None
    inscrire_a_nouveau(bureau)
    assert dossier(bureau).propose is None
    modifier(bureau, 9, observations="Un mot n’est pas un vote")
    assert dossier(bureau).propose is None
    adopter(bureau)


EDITE = "D’approuver le financement de la thématique 1 sous réserve, à hauteur de 712 000 € au plus."
SOUS_RESERVE = "sous réserve, à hauteur de 712 000 €"


def test_an_article_changed_at_the_sitting_is_a_modification(desk: Desk) -> None:
    inscrire_a_nouveau(desk)
    propose = dossier(desk)
    desk.do(articles.ecrire, PHASE, acte(desk).version, 0, EDITE)
    with pytest.raises(Refus, match="L’article\u00a01 a été modifié depuis l’inscription à la séance : enregistrez"):
        adopter(desk)
    adopter(desk, issue="modifie")
    assert dossier(desk).propose == propose
    textes_ = {nature: _text(production.apercu(desk, PHASE, nature=nature)) for nature in ("rapport", "deliberation")}
    assert SOUS_RESERVE in textes_["deliberation"]
    assert "sous réserve" not in textes_["rapport"]
    assert desk.read(verification.anomalies) == ()


def test_a_text_put_back_is_no_modification(bureau: Desk) -> None:
    operation = f"operation:{dossier(bureau).operations[0].dispositif_id}"
    inscrire_a_nouveau(bureau)
    fait = bureau.do(textes.ecrire, PHASE, operation, vue(bureau).version, "Un autre texte")
    with pytest.raises(Refus, match="L’annexe\u00a01 a été modifiée depuis l’inscription"):
        adopter(bureau)
    jouer(bureau, fait.inverse)
    with pytest.raises(Refus, match="Ni les propositions, ni les articles, ni les annexes n’ont changé"):
        adopter(bureau, issue="modifie")
    adopter(bureau)


def test_the_context_of_the_report_stays_as_it_came_on_the_agenda(bureau: Desk) -> None:
    ecrit = bureau.do(textes.ecrire, PHASE, textes.CONTEXTE, vue(bureau).version, "Un contexte")
    inscrire_a_nouveau(bureau)
    with pytest.raises(Refus, match="retirez la phase de l’ordre du jour"):
        bureau.do(textes.ecrire, PHASE, textes.CONTEXTE, vue(bureau).version, "Un autre contexte")
    with pytest.raises(Refus, match="retirez la phase de l’ordre du jour"):
        bureau.do(edition.update, "phases", PHASE, vue(bureau).version, {"contexte": "Un autre contexte"})
    with pytest.raises(Refus, match="retirez la phase de l’ordre du jour"):
        jouer(bureau, ecrit.inverse)
    bureau.do(edition.update, "phases", PHASE, vue(bureau).version, {"titre": "Un autre titre"})
    assert dossier(bureau).contexte == "Un contexte"
    deplacer(bureau, "retirer")
    bureau.do(textes.ecrire, PHASE, textes.CONTEXTE, vue(bureau).version, "Un autre contexte")


def test_the_act_of_the_sitting_is_written_in_the_journal_as_one_step(desk: Desk) -> None:
    avant = desk.read(journal.head).rang
    adopter(desk)
    j = tables.journal.c
    lues = desk.read(lambda s: s.execute(j.rang.table.select().where(j.rang > avant)).all())
    assert {r.etape for r in lues} == {"Adopté – phase 2024/6"}
    assert {r.table_nom for r in lues} == {"instantane", "document_fige", "deliberation", "phase", "evenement"}
    assert not any("87121800" in (r.apres or "") for r in lues if r.table_nom == "instantane")
