"""The templates of documents: read, tried, kept version by version, and brought back to ours."""

from __future__ import annotations

from dataclasses import dataclass

from inclusion_desk.documents.textes import (
    NOMS_MODELES,
    modele_livre,
    render_essai,
    tableaux_de,
    variables_de,
    verifier,
)
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Call, Changes, check_still
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.production import Progress
from inclusion_desk.store import dossiers, modeles
from inclusion_desk.store.engine import Session, author_of, moment_of
from inclusion_desk.store.modeles import VersionModele

_TOUCHE: dict[str, tuple[int, ...]] = {"modeles": (), "seances": ()}
NOMS = NOMS_MODELES
"""The templates and their titles."""
livre = modele_livre
"""Give our own text of a template."""
tableaux = tableaux_de
"""Describe every table a template may call."""
variables = variables_de
"""Describe every variable a template may use."""


def en_vigueur(session: Session, nom: str) -> str:
    """Give the text of a template in force: the user's, or ours."""
    return next((m.source for m in modeles.load_current(session) if m.nom == nom), None) or modele_livre(nom)


@dataclass(frozen=True, slots=True)
class EtatModele:
    """A template as it stands: its text in force, the number of its last version (0: none), and all its versions."""

    source: str
    numero: int
    versions: tuple[VersionModele, ...]

    @property
    def livre(self) -> bool:
        """Whether it is our own that is in force."""
        return not self.versions or self.versions[0].source is None


def lire(session: Session, nom: str) -> EtatModele:
    """Read a template as it stands."""
    lues = tuple(modeles.load_versions(session, nom))
    derniere = lues[0] if lues else None
    source = (derniere.source if derniere else None) or modele_livre(nom)
    return EtatModele(source, derniere.numero if derniere else 0, lues)


def apercu(desk: Desk, phase_id: int, nom: str, source: str, progress: Progress) -> bytes:
    """Make the PDF of a phase in a template being written.

    Raises:
        Refus: the template cannot be read, names something unknown, or cannot be filled.
    """
    verifier(nom, source)
    return render_essai(nom, source, desk.read(dossiers.load, phase_id), progress)


def versions(session: Session, nom: str) -> list[VersionModele]:
    """List the versions of a template, the latest first."""
    return modeles.load_versions(session, nom)


def enregistrer(session: Session, nom: str, numero: int, source: str) -> Changes:
    """Keep a new version of a template; ``numero`` is that of the version edited, 0 for ours.

    Raises:
        Refus: it cannot be read, asks for something unknown, or another version was kept meanwhile.
    """
    derniere = _check_last(session, nom, numero)
    verifier(nom, source)
    return _add(session, nom, derniere, source, f"Modifier le modèle « {NOMS[nom]} »")


def revenir(session: Session, nom: str, numero: int) -> Changes:
    """Come back to our own text of a template; the user's versions are kept.

    Raises:
        Refus: another version was kept meanwhile.
    """
    derniere = _check_last(session, nom, numero)
    return _add(session, nom, derniere, None, f"Revenir au modèle d’origine « {NOMS[nom]} »")


def _last(session: Session, nom: str) -> VersionModele | None:
    return next(iter(modeles.load_versions(session, nom)), None)


def _check_last(session: Session, nom: str, numero: int) -> VersionModele | None:
    derniere = _last(session, nom)
    if derniere is not None and derniere.numero != numero:
        raise Refus(
            f"Une autre version de ce modèle a été enregistrée entre-temps par {derniere.auteur or 'un autre poste'} : "
            "rouvrez le modèle, puis reprenez vos modifications."
        )
    return derniere


def _add(session: Session, nom: str, derniere: VersionModele | None, source: str | None, label: str) -> Changes:
    """Add a version after the last one as it was read: the database refuses a number that somebody took since."""
    numero = (derniere.numero if derniere else 0) + 1
    modeles.add_version(session, nom, numero, source, author_of(session), moment_of(session))
    inverse = Call(_put_back, (nom, derniere.source if derniere else None, label, numero))
    return Changes(label, _TOUCHE, inverse)


def _put_back(session: Session, nom: str, source: str | None, label: str, attendu: int) -> Changes:
    """Bring a former text back as a new version, provided the one that the step made is still the last."""
    derniere = _last(session, nom)
    check_still(derniere.numero if derniere else 0, attendu)
    return _add(session, nom, derniere, source, label)
