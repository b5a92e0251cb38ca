"""Phases, applications, corrections and votes at random: the books balance and adopted acts never change."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from inclusion_desk.domain import instantane
from inclusion_desk.domain.campagnes import TRANSITIONS_CANDIDATURE
from inclusion_desk.domain.deliberations import Adoption
from inclusion_desk.domain.etats import possibles
from inclusion_desk.domain.phases import FIGES, TRANSITIONS_PHASE, Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import (
    adoption,
    campagnes,
    candidatures,
    chaine,
    deliberations,
    edition,
    etapes,
    seances,
    verification,
    votes,
)
from inclusion_desk.services.cas_suivant import _CHEMINS as CHEMINS
from inclusion_desk.services.changes import Call
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import budget, dossiers, phases, rows, tables
from inclusion_desk.store import candidatures as store_candidatures
from inclusion_desk.store import deliberations as store
from tests.services.gestes import PHASE, ligne, lignes_de
from tests.services.test_candidatures import DEMANDE, PREALABLES

_RANG = st.integers(0, 40)
_CENTS = st.one_of(st.integers(0, 30_000_000), st.sampled_from([0, 1, 20_306_773, 91_506_773]))
_LIGNE = st.integers(1, 3)
_SEANCES = (date(2025, 2, 3), date(2025, 3, 31))


def preparation(desk: Desk, phase_id: int, issue: str) -> adoption.Preparation:
    """Prepare an act with one small document in place of the four, which take a second: the rest is the same."""
    acte = Adoption("0-", "2025-01-01T00:00:00")
    vue = desk.read(phases.load, phase_id)
    lu = desk.read(lambda s: adoption.as_voted(s, phases.load(s, phase_id), issue, acte))
    adoption.check_issue(lu, issue, desk.maintenant().date())
    empreinte = instantane.empreinte(instantane.ecrire(lu))
    return adoption.Preparation(phase_id, vue.version, issue, acte, empreinte, {"deliberation": b"octets"})


class Sittings(RuleBasedStateMachine):
    """A campaign worked at random by one desk, undone at random."""

    chemin: Path

    @initialize()
    def ouvre(self) -> None:
        for reste in self.chemin.parent.glob("machine.sqlite*"):
            reste.unlink()
        copie = self.chemin.parent / "machine.sqlite"
        shutil.copy(self.chemin, copie)
        self.desk = ouvrir(copie)
        self.modele = ligne(self.desk, 9)
        self.pile: list[Call] = []
        self.figes: dict[int, object] = {}

    # -- what may be done

    def _faire(self, use_case: Any, *args: object) -> None:
        try:
            fait = self.desk.do(use_case, *args)
        except Refus:
            return
        if fait.inverse:
            self.pile.append(fait.inverse)

    def _phases(self) -> list[Phase]:
        return sorted(self.desk.read(phases.load_all), key=lambda p: p.id)

    def _phase(self, rang: int) -> Phase:
        toutes = self._phases()
        return toutes[rang % len(toutes)]

    @rule(rang=_RANG, cents=_CENTS, ligne_id=_LIGNE)
    def ajoute_une_ligne(self, rang: int, cents: int, ligne_id: int) -> None:
        valeurs = {**self.modele, "montant": cents, "ligne_budgetaire_id": ligne_id}
        self._faire(edition.create, "propositions", self._phase(rang).id, valeurs)

    @rule(rang=_RANG, laquelle=_RANG, cents=_CENTS, ligne_id=_LIGNE)
    def modifie_une_ligne(self, rang: int, laquelle: int, cents: int, ligne_id: int) -> None:
        siennes = lignes_de(self.desk, self._phase(rang).id)
        if siennes:
            visee = siennes[laquelle % len(siennes)]
            valeurs = {"montant": cents, "ligne_budgetaire_id": ligne_id}
            self._faire(edition.update, "propositions", visee["id"], visee["version"], valeurs)

    @rule(rang=_RANG, laquelle=_RANG)
    def supprime_une_ligne(self, rang: int, laquelle: int) -> None:
        siennes = lignes_de(self.desk, self._phase(rang).id)
        if siennes:
            self._faire(edition.delete, "propositions", (siennes[laquelle % len(siennes)]["id"],))

    @precondition(lambda self: len(self._phases()) < 6)
    @rule()
    def ouvre_une_phase(self) -> None:
        numero = max(p.numero for p in self._phases()) + 1
        self._faire(edition.create, "phases", PHASE, {"numero": numero, "titre": f"Phase {numero}"})
        self._faire(edition.create, "propositions", self._phases()[-1].id, {**self.modele, "montant": 100})

    @rule(rang=_RANG)
    def supprime_une_phase(self, rang: int) -> None:
        if len(self._phases()) > 1:
            self._faire(edition.delete, "phases", (self._phase(rang).id,))

    @rule(rang=_RANG, code=st.sampled_from(sorted({t.code for t in TRANSITIONS_PHASE})))
    def deplace_une_phase(self, rang: int, code: str) -> None:
        vue = self._phase(rang)
        self._faire(etapes.deplacer, vue.id, vue.version, code, "Motif d’essai")

    @rule(rang=_RANG, jour=st.sampled_from(_SEANCES))
    def fixe_une_seance(self, rang: int, jour: date) -> None:
        vue = self._phase(rang)
        self._faire(seances.fixer, vue.id, vue.version, {"jour": jour, "instance": "Commission permanente"})

    @rule(rang=_RANG)
    def mene_a_la_seance(self, rang: int) -> None:
        """Do all that leads a phase to its vote, so that votes are not the luck of a long run."""
        vue = self._parmi("preparation", rang)
        if vue is not None:
            seance = {"jour": _SEANCES[rang % 2], "instance": "Commission permanente"}
            self._faire(seances.fixer, vue.id, vue.version, seance)
            for code in ("transmettre", "inscrire"):
                self._faire(etapes.deplacer, vue.id, self.desk.read(phases.load, vue.id).version, code)

    def _parmi(self, etat: str, rang: int) -> Phase | None:
        choisies = [p for p in self._phases() if p.etat == etat]
        return choisies[rang % len(choisies)] if choisies else None

    @rule(rang=_RANG, pour=st.sampled_from([True, True, True, False]), amende=st.booleans())
    def vote(self, rang: int, *, pour: bool, amende: bool) -> None:
        vue = self._parmi("seance", rang)
        if vue is None:
            return
        if amende and (siennes := lignes_de(self.desk, vue.id)):
            montant = siennes[0]["montant"] // 2
            self._faire(edition.update, "propositions", siennes[0]["id"], siennes[0]["version"], {"montant": montant})
        proposes = votes.proposer(self.desk.read(votes.lire, vue.id).seance)
        autres = {"pour": "contre", "contre": "pour"}
        tournes = proposes if pour else [replace(v, position=autres.get(v.position, v.position)) for v in proposes]
        self._faire(deliberations.voter, vue.id, 0, tournes)
        self._faire(deliberations.decrire, vue.id, 0, {"numero": f"2025-{vue.id}"})
        change = self.desk.read(dossiers.load, vue.id).propose is not None
        issue = "rejete" if not pour else "modifie" if change else "adopte"
        with suppress(Refus):
            self._faire(adoption.figer, preparation(self.desk, vue.id, issue))

    @precondition(lambda self: len(self._phases()) < 6)
    @rule(rang=_RANG, jusqu_a_la_seance=st.booleans())
    def corrige(self, rang: int, *, jusqu_a_la_seance: bool) -> None:
        self._faire(campagnes.corriger, (self._parmi("adoptee", rang) or self._phase(rang)).id)
        if jusqu_a_la_seance:
            self.mene_a_la_seance(-1)

    @rule(ligne_id=_LIGNE, cents=st.integers(-30_000_000, 30_000_000))
    def decide(self, ligne_id: int, cents: int) -> None:
        valeurs = {"ligne_budgetaire_id": ligne_id, "jour": date(2025, 1, 6), "libelle": "DM", "montant": cents}
        self._faire(edition.create, "decisions", PHASE, valeurs)

    @rule(rang=_RANG)
    def annule_une_decision(self, rang: int) -> None:
        ids = [d.id for d in self.desk.read(budget.load_decisions, 1)]
        if ids:
            self._faire(edition.delete, "decisions", (ids[rang % len(ids)],))

    @rule(cents=_CENTS, ligne_id=_LIGNE)
    def depose(self, cents: int, ligne_id: int) -> None:
        valeurs = {**DEMANDE, "montant_propose": cents, "ligne_budgetaire_id": ligne_id}
        self._faire(edition.create, "candidatures", PHASE, valeurs)

    @rule(cents=_CENTS, ligne_id=_LIGNE, rang=_RANG)
    def propose(self, cents: int, ligne_id: int, rang: int) -> None:
        """Lead a new application all the way to a line."""
        self.depose(cents, ligne_id)
        identifiant = self.desk.read(lambda s: s.execute(select(func.max(tables.candidature.c.id))).scalar_one())
        for version, code in enumerate(CHEMINS["propose"], start=1):
            self._faire(candidatures.deplacer, identifiant, version, code, self._phase(rang).id)

    @rule(lequel=_RANG, rang=_RANG, choix=_RANG)
    def instruit(self, lequel: int, rang: int, choix: int) -> None:
        vus = self.desk.read(store_candidatures.load, self._phases()[0].campagne_id)
        if not vus:
            return
        vu = vus[lequel % len(vus)]
        permises = possibles(TRANSITIONS_CANDIDATURE, vu.situation)
        if not permises:
            return
        code = permises[choix % len(permises)].code
        if code in PREALABLES:
            self._faire(edition.update, "candidatures", vu.id, vu.version, PREALABLES[code])
        version = self.desk.read(rows.read_one, tables.candidature, vu.id)["version"]
        self._faire(candidatures.deplacer, vu.id, version, code, self._phase(rang).id, "Motif d’essai")

    @precondition(lambda self: self.pile)
    @rule()
    def annule(self) -> None:
        """Undo the last step; where a vote or somebody came in between, it is refused in a sentence."""
        appel = self.pile.pop()
        with suppress(Refus):
            self.desk.do(appel.use_case, *appel.args)

    # -- what always holds

    @invariant()
    def les_comptes_tiennent(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert self.desk.read(budget.drifts) == []
        lignes = self.desk.read(lambda s: s.execute(tables.ligne_budgetaire.select()).all())
        for r in lignes:
            assert 0 <= r.engage_anterieur + r.engage <= r.ae_initiale + r.modifications
            reste = self.desk.read(chaine.etapes, self._phases()[0].id, r.id)[-1].reste
            assert reste == r.ae_initiale + r.modifications - r.engage_anterieur - r.engage

    @invariant()
    def les_actes_votes_ne_changent_pas(self) -> None:
        if not hasattr(self, "desk"):
            return
        lues = {p.id: p for p in self._phases()}
        for phase_id, copie in self.figes.items():
            assert lues[phase_id].etat in FIGES
            assert self.desk.read(store.load_copy, phase_id, "deliberation") == copie
        for phase in lues.values():
            if phase.etat in FIGES and phase.id not in self.figes:
                self.figes[phase.id] = self.desk.read(store.load_copy, phase.id, "deliberation")
                assert self.desk.read(dossiers.load, phase.id).etat == phase.etat
        remplacees = {p.phase_remplacee for p in lues.values() if p.etat in {"adoptee", "remplacee"}}
        assert {p.id for p in lues.values() if p.etat == "remplacee"} == remplacees - {None}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert self.desk.read(verification.anomalies) == ()
            self.desk.close()


def test_sittings_worked_at_random_keep_their_books_and_their_acts(demo: Path) -> None:
    class Ici(Sittings):
        chemin = demo

    reglages = settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    machine = Ici.TestCase
    machine.settings = reglages
    machine("runTest").runTest()
