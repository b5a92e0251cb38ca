"""Writes the deliberation of a phase: what describes it, its references, its articles, its vote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from inclusion_desk.domain.articles import arranger as arranged
from inclusion_desk.domain.campagnes import PeriodeDepot
from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.deliberations import CHAMPS_ACTE, ArticleSaisi, Reference, Vote
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import actes
from inclusion_desk.services.changes import Call, Changes, UseCase, check_still
from inclusion_desk.services.regles.base import check_open
from inclusion_desk.store import deliberations, dossiers, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows, read_one, touch_row, update_row

_TOUCHE: dict[str, tuple[int, ...]] = {"seances": ()}


def _open(session: Session, phase_id: int, version: int) -> int:
    """Give the deliberation of a phase, its version raised, once it is sure that it may be written.

    ``version`` is 0 when there was none yet, or when an edit is undone.
    """
    check_open(session, phase_id)
    acte_id = actes.preparer(session, phase_id)
    touch_row(
        session, tables.deliberation, acte_id, version or read_one(session, tables.deliberation, acte_id)["version"]
    )
    return acte_id


def decrire(
    session: Session, phase_id: int, version: int, valeurs: Valeurs, attendues: Valeurs | None = None
) -> Changes:
    """Change what describes the deliberation: number, title, dates, who signs, how interested members are printed.

    ``attendues`` are the values that must still stand when a step is undone.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: the phase is closed.
        ConflitDeVersion: the deliberation was changed since it was read.
    """
    check_open(session, phase_id)
    lues = check_valeurs(CHAMPS_ACTE, valeurs)
    if "numero" in lues:
        lues["numero"] = lues["numero"] or None
    acte_id = actes.preparer(session, phase_id)
    avant = read_one(session, tables.deliberation, acte_id)
    anciennes = {nom: avant[nom] for nom in lues}
    check_still(anciennes, attendues)
    update_row(session, tables.deliberation, acte_id, version or avant["version"], lues)
    return Changes("Modifier la délibération", _TOUCHE, Call(decrire, (phase_id, 0, anciennes, lues)))


@dataclass(frozen=True, slots=True)
class _Parties:
    """A part of a deliberation that is written as a whole: its use case, its step, how it is read."""

    use_case: UseCase
    label: str
    lire: Callable[[Session, int], object]

    def replace(
        self, session: Session, phase_id: int, version: int, ecrire: Callable[[int], None], attendu: object
    ) -> Changes:
        """Write the part anew; ``attendu`` is what must still stand when a step is undone."""
        acte_id = _open(session, phase_id, version)
        avant = self.lire(session, acte_id)
        check_still(avant, attendu)
        ecrire(acte_id)
        inverse = Call(self.use_case, (phase_id, 0, avant, self.lire(session, acte_id)))
        return Changes(self.label, _TOUCHE, inverse)


def bibliotheque(session: Session, phase_id: int) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Read the references chosen for a phase, in their order, then the others of the library."""
    acte = deliberations.find(session, phase_id)
    choisies = tuple(deliberations.load_chosen(session, acte.id)) if acte else ()
    connues = {reference.id for reference in choisies}
    autres = tuple(r for r in deliberations.load_references(session) if r.id not in connues)
    return choisies, autres


def citer(
    session: Session, phase_id: int, version: int, references: Sequence[int], attendues: object = None
) -> Changes:
    """Choose the references a deliberation rests on, in their order.

    Raises:
        Refus: the phase is closed, or one is gone.
        ConflitDeVersion: the deliberation was changed since it was read.
    """

    def ecrire(acte_id: int) -> None:
        session.execute(delete(tables.visa).where(tables.visa.c.deliberation_id == acte_id))
        lignes = [
            {"deliberation_id": acte_id, "ordre": ordre, "reference_id": reference_id}
            for ordre, reference_id in enumerate(dict.fromkeys(references), start=1)
        ]
        insert_rows(session, tables.visa, lignes)

    return _VISAS.replace(session, phase_id, version, ecrire, attendues)


_VISAS = _Parties(
    citer,
    "Choisir les visas",
    lambda session, acte_id: tuple(r.id for r in deliberations.load_chosen(session, acte_id)),
)


def voter(session: Session, phase_id: int, version: int, votes: Sequence[Vote], attendus: object = None) -> Changes:
    """Record the count of a vote, position by position, with the groups behind each.

    Raises:
        Refus: the phase is closed, a number is none of votes, or a group is not known.
        ConflitDeVersion: the deliberation was changed since it was read.
    """
    if any(not 0 <= n <= _VOIX_MAX for vote in votes for n in (vote.nombre, *(g.nombre or 0 for g in vote.groupes))):
        raise Refus(f"Un nombre de voix est compris entre 0 et {_VOIX_MAX} : corrigez le décompte.")

    def ecrire(acte_id: int) -> None:
        session.execute(delete(tables.vote).where(tables.vote.c.deliberation_id == acte_id))
        groupes = dict(session.execute(select(tables.groupe.c.nom, tables.groupe.c.id)).all())
        for vote in votes:
            _insert_vote(session, acte_id, vote, groupes)

    return _VOTES.replace(session, phase_id, version, ecrire, attendus)


_VOIX_MAX = 999
_VOTES = _Parties(voter, "Enregistrer le décompte du vote", deliberations.load_votes)


def _insert_vote(session: Session, acte_id: int, vote: Vote, groupes: dict[str, int]) -> None:
    inconnu = next((g.nom for g in vote.groupes if g.nom not in groupes), None)
    if inconnu is not None:
        raise Refus(f"Le groupe « {inconnu} » n’est pas enregistré : ajoutez-le, rubrique Groupes.")
    ligne = {"deliberation_id": acte_id, "position": vote.position, "nombre": vote.nombre}
    vote_id = insert_row(session, tables.vote, ligne)
    lignes = [{"vote_id": vote_id, "groupe_id": groupes[g.nom], "nombre": g.nombre} for g in vote.groupes]
    insert_rows(session, tables.vote_groupe, lignes)


def arranger(
    session: Session, phase_id: int, version: int, articles: Sequence[ArticleSaisi], attendus: object = None
) -> Changes:
    """Set the articles: their order, those removed, those edited or added; none at all: those the lines call for.

    Raises:
        Refus: the phase is closed.
        ConflitDeVersion: the deliberation was changed since it was read.
    """

    def ecrire(acte_id: int) -> None:
        session.execute(delete(tables.article).where(tables.article.c.deliberation_id == acte_id))
        insert_rows(session, tables.article, [_row(acte_id, n, a) for n, a in enumerate(articles, start=1)])

    return _ARTICLES.replace(session, phase_id, version, ecrire, attendus)


_ARTICLES = _Parties(arranger, "Arranger les articles", deliberations.load_articles)


def _row(acte_id: int, ordre: int, article: ArticleSaisi) -> dict[str, Any]:
    return {
        "deliberation_id": acte_id,
        "ordre": ordre,
        "nature": article.nature,
        "thematique": article.thematique,
        "texte": article.texte,
        "retire": article.retire,
    }


def articles(session: Session, phase_id: int) -> tuple[ArticleSaisi, ...]:
    """Read the articles of a phase as they stand, those removed by hand included."""
    return arranged(dossiers.load(session, phase_id))


@dataclass(frozen=True, slots=True)
class CadrePhase:
    """What a phase takes from its campaign: deposit periods, those it instructs, date of the framework report."""

    periodes: tuple[PeriodeDepot, ...]
    instruites: frozenset[int]
    date_rapport_cadre: date | None


def cadre(session: Session, phase_id: int) -> CadrePhase:
    """Read what a phase takes from its campaign."""
    campagne_id = phases.load(session, phase_id).campagne_id
    return CadrePhase(
        tuple(phases.load_periodes(session, campagne_id)),
        frozenset(p.id for p in phases.load_periodes_of(session, phase_id)),
        phases.date_rapport_cadre(session, campagne_id),
    )


def instruire(
    session: Session, phase_id: int, version: int, periodes: Sequence[int], attendues: object = None
) -> Changes:
    """Say which deposit periods a phase instructs.

    Raises:
        Refus: the phase is closed.
        ConflitDeVersion: the phase was changed since it was read.
    """
    check_open(session, phase_id)
    vue = phases.load(session, phase_id)
    touch_row(session, tables.phase, phase_id, version or vue.version)
    avant = frozenset(p.id for p in phases.load_periodes_of(session, phase_id))
    check_still(avant, attendues)
    session.execute(delete(tables.phase_periode).where(tables.phase_periode.c.phase_id == phase_id))
    lignes = [{"phase_id": phase_id, "periode_id": periode_id} for periode_id in sorted(set(periodes))]
    insert_rows(session, tables.phase_periode, lignes)
    label = f"Choisir les périodes instruites – phase {vue.reference}"
    return Changes(
        label, {"phases": (), "seances": ()}, Call(instruire, (phase_id, 0, tuple(avant), frozenset(periodes)))
    )


def deplace(articles_: Sequence[ArticleSaisi], rang: int, pas: int) -> tuple[ArticleSaisi, ...]:
    """Move an article up or down by one place among the others."""
    suite = list(articles_)
    cible = rang + pas
    if 0 <= cible < len(suite):
        suite.insert(cible, suite.pop(rang))
    return tuple(suite)


def bascule(articles_: Sequence[ArticleSaisi], rang: int) -> tuple[ArticleSaisi, ...]:
    """Remove an article that the lines call for, or put it back; a free one goes for good."""
    article = articles_[rang]
    if article.nature == "libre":
        return (*articles_[:rang], *articles_[rang + 1 :])
    return (*articles_[:rang], replace(article, retire=not article.retire), *articles_[rang + 1 :])
