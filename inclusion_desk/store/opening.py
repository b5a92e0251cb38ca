"""Opens a database, or says in one sentence why it will not: missing, foreign, newer, damaged, on a network share."""

from __future__ import annotations

import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.store import schema
from inclusion_desk.store.engine import APPLICATION_ID, is_sqlite, make_engine, url_of
from inclusion_desk.store.migrations import CONNUES, TETE
from inclusion_desk.store.triggers.empreinte import SQLITE, fingerprint
from inclusion_desk.store.triggers.installes import installed_triggers

_ENTETE = b"SQLite format 3\x00"
_RESEAU = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "fuse.gvfsd-fuse", "davfs", "9p"})
_FERME = re.compile(r"unable to open database|readonly database")
_ECHAPPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Base:
    """An open database: its engine, its name for the title bar, and whether it can only be read."""

    engine: Engine
    url: URL
    libelle: str
    lecture_seule: bool
    copie: Path | None = None
    """The copy made before a migration at this opening, if there was one."""


def open_base(base: str | Path, *, moment: datetime, creer: bool = False, lecture_seule: bool = False) -> Base:
    """Open a SQLite file or a PostgreSQL URL, migrating an older schema after a copy.

    ``creer`` makes the SQLite file, or the schema of an empty PostgreSQL database, when there is none.

    Raises:
        BaseRefusee: the database cannot be used as it is; it is untouched.
    """
    url = _read_url(base)
    if url.get_backend_name() == "sqlite" and url.database:
        return _open_sqlite(Path(str(url.database)), url, moment, creer=creer, lecture_seule=lecture_seule)
    if url.get_backend_name() != "postgresql":
        raise BaseRefusee(
            f"« {url.get_backend_name()} » n’est pas une base connue : donnez un fichier ou postgresql://…"
        )
    return _open_postgres(url, moment, creer=creer, lecture_seule=lecture_seule)


def _read_url(base: str | Path) -> URL:
    try:
        return url_of(base)
    except Exception as erreur:
        raise BaseRefusee(f"L’adresse de la base n’est pas lisible ({base}) : vérifiez-la.") from erreur


def _open_sqlite(chemin: Path, url: URL, moment: datetime, *, creer: bool, lecture_seule: bool) -> Base:
    if creer and not _exists(chemin):
        _create(chemin, moment)
    _check_file(chemin)
    seule = lecture_seule or not (os.access(chemin, os.W_OK) and os.access(chemin.parent, os.W_OK))
    copie = _bring_up_to_date(chemin, url, moment, seule=seule)
    return Base(make_engine(url, lecture_seule=seule), url, chemin.name, seule, copie)


def _exists(chemin: Path) -> bool:
    try:
        return chemin.exists()
    except OSError as erreur:
        raise BaseRefusee(
            f"Le chemin {chemin} ne peut pas être suivi (erreur système {erreur.errno or 'inconnue'}) : vérifiez-le, "
            "ainsi que vos droits sur ses dossiers."
        ) from erreur


def _create(chemin: Path, moment: datetime) -> None:
    _check_share(chemin.parent)
    try:
        schema.create_sqlite(chemin, moment)
    except (DBAPIError, sqlite3.Error) as erreur:
        raise BaseRefusee(
            f"La base {chemin} ne peut pas être créée : vérifiez l’espace libre et vos droits, puis recommencez."
        ) from erreur
    except OSError as erreur:
        raise BaseRefusee(
            f"La base {chemin} ne peut pas être créée (erreur système {erreur.errno or 'inconnue'}) : vérifiez le "
            "dossier, l’espace libre et vos droits."
        ) from erreur


def _check_file(chemin: Path) -> None:
    if not _exists(chemin) or not chemin.is_file():
        raise BaseRefusee(f"La base {chemin} n’existe pas : vérifiez le chemin ou choisissez-en une autre.")
    _check_share(chemin.parent)
    try:
        with chemin.open("rb") as fichier:
            entete = fichier.read(72)
    except OSError as erreur:
        raise BaseRefusee(
            f"La base {chemin} ne peut pas être lue (erreur système {erreur.errno or 'inconnue'}) : vérifiez vos "
            "droits."
        ) from erreur
    if not entete.startswith(_ENTETE):
        raise BaseRefusee(
            f"Le fichier {chemin} n’est pas une base Inclusion Desk, ou il est abîmé : choisissez-en un autre."
        )
    if int.from_bytes(entete[68:72], "big") != APPLICATION_ID:
        raise BaseRefusee(
            f"Le fichier {chemin} est la base d’un autre logiciel : il n’a pas été touché, choisissez-en un autre."
        )


def _check_share(dossier: Path) -> None:
    if _file_system(dossier) in _RESEAU:
        raise BaseRefusee(
            f"Le dossier {dossier} est un partage réseau, où une base locale s’abîme quand plusieurs postes "
            "l’ouvrent : placez-la sur ce poste, ou utilisez une base PostgreSQL partagée."
        )


def _file_system(dossier: Path) -> str:
    """Name the kind of file system a folder lies on, or nothing where the system does not tell."""
    try:
        lieu = dossier.resolve()
        montages = [ligne.split()[1:3] for ligne in _mounts().splitlines()]
    except (OSError, RuntimeError):
        return ""
    if lieu.drive.startswith("\\\\"):  # a Windows share, or a letter that stands for one
        return "smbfs"
    dessus = [(_ECHAPPE.sub(lambda e: chr(int(e[1], 8)), point), nature) for point, nature in montages]
    dessus = [(point, nature) for point, nature in dessus if lieu.is_relative_to(point)]
    return max(reversed(dessus), key=lambda m: len(m[0]), default=("", ""))[1]


def _mounts() -> str:
    """Read what is mounted where, the latest last; empty where the system has no such list."""
    liste = Path("/proc/mounts")
    return liste.read_text(encoding="utf-8", errors="surrogateescape") if liste.exists() else ""


def _bring_up_to_date(chemin: Path, url: URL, moment: datetime, *, seule: bool) -> Path | None:
    engine = make_engine(url, lecture_seule=True)
    try:
        with engine.connect() as connection:
            trouvee = _check_content(connection, str(chemin))
    except DBAPIError as erreur:
        raise _damaged(chemin, erreur) from erreur
    except UnicodeDecodeError as erreur:  # SQLite quotes a damaged schema in its message, which is then no text
        raise BaseRefusee(
            f"La base {chemin} est abîmée : elle n’a pas été touchée. Restaurez une sauvegarde."
        ) from erreur
    finally:
        engine.dispose()
    if trouvee == TETE:
        return None
    if seule:
        raise BaseRefusee(
            f"La base {chemin} demande une mise à niveau et n’est accessible qu’en lecture : rendez-la modifiable."
        )
    try:
        return schema.migrate_sqlite(chemin, trouvee, moment)
    except (DBAPIError, sqlite3.Error, OSError) as erreur:
        raise BaseRefusee(
            f"La base {chemin} n’a pas pu être mise à niveau et reste comme avant : fermez les autres programmes qui "
            "l’utilisent, libérez de la place, puis recommencez."
        ) from erreur


def _damaged(chemin: Path, erreur: DBAPIError) -> BaseRefusee:
    if isinstance(erreur, OperationalError) and "locked" in str(erreur.orig):
        return BaseRefusee(f"La base {chemin} est occupée par un autre programme : fermez-le, puis recommencez.")
    if isinstance(erreur, OperationalError) and _FERME.search(str(erreur.orig)):
        return BaseRefusee(
            f"La base {chemin} ne peut pas être ouverte ici : le dossier est protégé et des écritures y sont en "
            "attente, ou vos droits manquent. Copiez le dossier entier ailleurs, ou demandez les droits."
        )
    return BaseRefusee(f"La base {chemin} est abîmée : elle n’a pas été touchée. Restaurez une sauvegarde.")


def _check_content(connection: Connection, nom: str) -> str:
    etat = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if etat != "ok":
        raise BaseRefusee(f"La base {nom} est abîmée : elle n’a pas été touchée. Restaurez une sauvegarde.")
    trouvee = _known_revision(connection, nom)
    if trouvee == TETE:
        _check_triggers(connection, nom)
    return trouvee


def _known_revision(connection: Connection, nom: str) -> str:
    trouvee = schema.revision(connection)
    if trouvee is None:
        raise BaseRefusee(f"La base {nom} n’a pas de schéma Inclusion Desk : choisissez-en une autre.")
    if trouvee not in CONNUES:
        raise BaseRefusee(
            f"La base {nom} vient d’une version plus récente (schéma {trouvee}) : elle n’a pas été touchée. "
            "Mettez Inclusion Desk à jour sur ce poste."
        )
    return trouvee


def _check_triggers(connection: Connection, nom: str) -> None:
    installes = installed_triggers(connection)
    if not (fingerprint(installes) == SQLITE if is_sqlite(connection) else _as_expected(connection, installes)):
        raise BaseRefusee(
            f"La base {nom} contient des déclencheurs inconnus ou il lui en manque : elle a été modifiée hors de "
            "l’application. Restaurez une sauvegarde."
        )


def _as_expected(connection: Connection, installes: set[tuple[str, str]]) -> bool:
    from inclusion_desk.store.triggers.tous import expected_triggers  # noqa: PLC0415 - a file does without it

    return installes == expected_triggers(connection)


def _open_postgres(url: URL, moment: datetime, *, creer: bool, lecture_seule: bool) -> Base:
    lieu = f"{url.database} sur {url.host or 'ce poste'}"
    try:
        engine = make_engine(url, lecture_seule=lecture_seule)
    except ModuleNotFoundError as erreur:
        raise BaseRefusee(
            "Le pilote des bases partagées n’est pas installé sur ce poste : installez « inclusion-desk[postgres] »."
        ) from erreur
    try:
        _check_postgres(engine, lieu, moment, creer=creer)
    except DBAPIError as erreur:
        engine.dispose()
        raise _unreachable(lieu, erreur) from erreur
    except BaseException:
        engine.dispose()
        raise
    return Base(engine, url, lieu, lecture_seule)


def _check_postgres(engine: Engine, lieu: str, moment: datetime, *, creer: bool) -> None:
    with engine.connect() as connection:
        trouvee = _postgres_revision(connection, lieu, creer=creer)
        if trouvee == TETE:
            _check_triggers(connection, lieu)
    if trouvee != TETE:
        schema.upgrade(engine, moment)


def _unreachable(lieu: str, erreur: DBAPIError) -> BaseRefusee:
    if isinstance(erreur, OperationalError):
        return BaseRefusee(
            f"Le serveur de la base {lieu} ne répond pas ou refuse la connexion : vérifiez le réseau, le nom du "
            "service et vos droits."
        )
    return BaseRefusee(
        f"La base {lieu} ne peut pas être lue ou préparée avec votre compte : demandez-en les droits à son "
        "administrateur."
    )


def _postgres_revision(connection: Connection, lieu: str, *, creer: bool) -> str | None:
    if schema.revision(connection) is not None:
        return _known_revision(connection, lieu)
    if _has_tables(connection):
        raise BaseRefusee(f"La base {lieu} contient les tables d’un autre logiciel : donnez-en une autre.")
    if not creer:
        raise BaseRefusee(
            f"La base {lieu} est vide : donnez-en une autre, ou faites préparer celle-ci par l’assistance."
        )
    return None


def _has_tables(connection: Connection) -> bool:
    demande = "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())"
    return bool(connection.exec_driver_sql(demande).scalar())
