"""The desk: the only place where a transaction begins and ends."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from inclusion_desk.domain.refus import BaseRefusee, EcritureRefusee
from inclusion_desk.services.changes import Changes, UseCase
from inclusion_desk.store import journal
from inclusion_desk.store.engine import AUTEUR, ECRITURE, MOMENT, Session
from inclusion_desk.store.erreurs import is_retryable, refus_of
from inclusion_desk.store.opening import Base, open_base

P = ParamSpec("P")
T = TypeVar("T")
_ESSAIS = 8


class Desk:
    """An open database and the two ways to use it: ``read`` a query, ``do`` a use case."""

    def __init__(self, base: Base, horloge: Callable[[], datetime] = datetime.now) -> None:
        self._base = base
        self._horloge = horloge
        self.auteur = nom_de_session()
        """The name under which this desk works: it signs every move from one state to another."""

    @property
    def libelle(self) -> str:
        """The name of the open database, for the title bar."""
        return self._base.libelle

    @property
    def lecture_seule(self) -> bool:
        """Whether the database can only be read."""
        return self._base.lecture_seule

    @property
    def adresse(self) -> str:
        """The full address of the database, without any password."""
        return self._base.url.database or "" if self.locale else self._base.url.render_as_string(hide_password=True)

    @property
    def locale(self) -> bool:
        """Whether the database is a file of this machine."""
        return self._base.url.get_backend_name() == "sqlite"

    @property
    def copie(self) -> Path | None:
        """The copy made before the schema was brought up to date at this opening, if it was."""
        return self._base.copie

    def maintenant(self) -> datetime:
        """Tell the time by the desk's clock."""
        return self._horloge()

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in a transaction of its own and give back its frozen rows.

        Raises:
            Refus: what the query refuses, or a known fault of the database.
        """
        try:
            with self._base.engine.connect() as session, session.begin():
                return query(session, *args, **kwargs)
        except DBAPIError as erreur:
            raise self._worded(erreur) from erreur

    def do(self, use_case: UseCase, *args: object) -> Changes:
        """Run a use case in one transaction, journal sealed; run it again when it lost to another transaction.

        Raises:
            Refus: what the use case or the database refuses; nothing was written.
        """
        self._check_writable()
        return self._retried(lambda: self._attempt(use_case, args))

    def essayer(self, essai: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what writes in a transaction that is given up, and give back what it found: the base keeps nothing of it.

        Raises:
            Refus: what the trial or the database refuses, as ``do``.
        """
        self._check_writable()
        return self._retried(lambda: self._give_up(lambda session: essai(session, *args, **kwargs)))

    def _check_writable(self) -> None:
        if self.lecture_seule:
            raise EcritureRefusee(
                "La base est ouverte en lecture seule : rien n’a été enregistré. Rendez le fichier modifiable, puis "
                "rouvrez-le."
            )

    def _retried(self, tentative: Callable[[], T]) -> T:
        for essai in range(_ESSAIS):
            try:
                return tentative()
            except DBAPIError as erreur:
                if is_retryable(erreur) and essai < _ESSAIS - 1:
                    time.sleep(0.01 * 2**essai)
                    continue
                raise self._worded(erreur) from erreur
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _give_up(self, essai: Callable[[Session], T]) -> T:
        with self._base.engine.execution_options(**self._writing(self._horloge())).connect() as session:
            transaction = session.begin()
            try:
                return essai(session)
            finally:
                transaction.rollback()

    def _writing(self, moment: datetime) -> dict[str, object]:
        return {ECRITURE: True, AUTEUR: self.auteur, MOMENT: moment.isoformat(timespec="seconds")}

    def _attempt(self, use_case: UseCase, args: tuple[object, ...]) -> Changes:
        moment = self._horloge()
        with self._base.engine.execution_options(**self._writing(moment)).connect() as session, session.begin():
            journal.seal(session, journal.HORS_APPLICATION, moment)
            changes = use_case(session, *args)
            journal.seal(session, changes.label, self._horloge())
            return changes

    def _worded(self, erreur: DBAPIError) -> Exception:
        """Word an error; after a fault of the disk or the network, the next call opens the base anew."""
        refus = refus_of(erreur)
        if isinstance(refus, BaseRefusee):
            self._base.engine.dispose()
        return refus or erreur

    def close(self) -> None:
        """Close every connection; SQLite then folds its WAL back into the file."""
        self._base.engine.dispose()


def nom_de_session() -> str:
    """Give the name of the user's session on this machine, or nothing where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def ouvrir(
    base: str | Path,
    *,
    creer: bool = False,
    lecture_seule: bool = False,
    horloge: Callable[[], datetime] = datetime.now,
) -> Desk:
    """Open a SQLite file or a PostgreSQL URL.

    Raises:
        BaseRefusee: missing, foreign, newer, damaged, or otherwise unusable; it is untouched.
    """
    return Desk(open_base(base, moment=horloge(), creer=creer, lecture_seule=lecture_seule), horloge)
