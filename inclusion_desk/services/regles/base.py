"""What a subject checks, names and touches when one of its rows is written: the shape of its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from inclusion_desk.domain.champs import Champ
from inclusion_desk.domain.phases import refus_fermee
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services.parties import Partie
from inclusion_desk.store import deliberations, phases
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import count_by

Ligne = Mapping[str, Any]
Touche = dict[str, tuple[int, ...]]
CheckSuppression = Callable[[Session, Sequence[Ligne]], None]


def no_check(_session: Session, _ligne: Ligne, _avant: Ligne | None) -> None:
    """Check nothing more than the fields."""
    return


def no_context(_session: Session, _phase_id: int) -> dict[str, Any]:
    """Complete a new row with nothing."""
    return {}


def of_campagne(session: Session, phase_id: int) -> dict[str, Any]:
    """Complete a new row with the campaign of the phase shown."""
    return {"campagne_id": phases.load(session, phase_id).campagne_id}


def free_to_delete(_session: Session, _lignes: Sequence[Ligne]) -> None:
    """Let rows go that nothing else names."""
    return


def nothing_after(_session: Session, _ligne: Ligne) -> None:
    """Do nothing once a row is created."""
    return


def nothing_more(_session: Session, _ligne: Ligne) -> dict[str, Any]:
    """Add nothing to a new row."""
    return {}


def no_search(_ligne: Ligne) -> dict[str, str]:
    """Keep no search text."""
    return {}


@dataclass(frozen=True, slots=True)
class Regles:
    """How one subject is edited; ``check`` sees the whole row as it would be, and as it was (None when new)."""

    table: Table
    champs: tuple[Champ, ...]
    article: str
    pluriel: str
    nommer: Callable[[Session, Ligne], str]
    touche: Callable[[Ligne], Touche]
    recherche: Callable[[Ligne], dict[str, str]] = no_search
    """The folded text kept with a row, where it is too costly to make at each reading."""
    check: Callable[[Session, Ligne, Ligne | None], None] = no_check
    contexte: Callable[[Session, int], dict[str, Any]] = no_context
    completer: Callable[[Session, Ligne], dict[str, Any]] = nothing_more
    """What is added to a new row once it is checked: a number taken, a rank."""
    check_suppression: CheckSuppression = free_to_delete
    check_retour: CheckSuppression = free_to_delete
    """What is checked before deleted rows are put back."""
    parties: tuple[Partie, ...] = ()
    """What goes with a row when it is deleted, and comes back with it."""
    apres: Callable[[Session, Ligne], object] = nothing_after
    """What is done once a row is created, in the same transaction; it goes with the row's parts when undone."""


def used(table: Table, colonne: str, article: str, nom: str, quoi: str, pluriel: str | None = None) -> CheckSuppression:
    """Make the check that refuses to delete what the rows of ``table`` still name in a column.

    ``nom`` is the column shown of the row; ``quoi`` what names it, in the singular; ``pluriel`` the same where
    an s at its end is not enough.
    """

    def check(session: Session, lignes: Sequence[Ligne]) -> None:
        comptes = count_by(session, table, colonne, [ligne["id"] for ligne in lignes])
        for ligne in lignes:
            if nombre := comptes.get(ligne["id"]):
                ou = compter(nombre, quoi, pluriel)
                raise Refus(
                    f"{article} « {ligne[nom]} » figure dans {ou} : retirez d’abord ce qui s’y rattache, rien n’a été "
                    "supprimé."
                )

    return check


def together(*checks: CheckSuppression) -> CheckSuppression:
    """Make several checks one after the other."""

    def check(session: Session, lignes: Sequence[Ligne]) -> None:
        for un in checks:
            un(session, lignes)

    return check


def column(nom: str) -> Callable[[Session, Ligne], str]:
    """Name a row by one of its columns."""
    return lambda _session, ligne: str(ligne[nom])


def touching(sujet: str, *autres: str) -> Callable[[Ligne], Touche]:
    """Make the rule of a subject whose names appear in others: those are all read again."""
    return lambda ligne: {sujet: (ligne["id"],) if "id" in ligne else (), **dict.fromkeys(autres, ())}


def check_open(session: Session, phase_id: int) -> None:
    """Check that a phase may still be edited.

    Raises:
        Refus: it is adopted, rejected, postponed or replaced.
    """
    vue = phases.load(session, phase_id)
    if vue.fermee:
        raise refus_fermee(vue)


def check_report(session: Session, phase_id: int) -> None:
    """Check that the report of a phase may still be written: on the agenda, it stays as it was sent to the members.

    Raises:
        Refus: the report is on the agenda.
    """
    if deliberations.load_copy(session, phase_id, "rapport") is not None:
        raise Refus(
            "Le contexte ouvre le rapport inscrit à la séance, et le vote ne le modifie pas : pour le changer, retirez "
            "la phase de l’ordre du jour, puis inscrivez-la de nouveau.",
            "contexte",
        )
