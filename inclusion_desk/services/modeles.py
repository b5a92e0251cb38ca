"""The templates of documents: read, tried, kept version by version, and brought back to ours."""

from __future__ import annotations

from inclusion_desk.documents.modeles import verifier_modele
from inclusion_desk.documents.textes import NOMS_MODELES, essayer_modele, modele_livre, tableaux_de, variables_de
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.store import modeles
from inclusion_desk.store.engine import Session, author_of, moment_of
from inclusion_desk.store.modeles import VersionModele

_TOUCHE: dict[str, tuple[int, ...]] = {"modeles": (), "seances": ()}
NOMS = NOMS_MODELES
"""The templates and their titles."""
livre = modele_livre
"""Give our own text of a template."""
essayer = essayer_modele
"""Give the pages of a dossier filled in a template being written."""
tableaux = tableaux_de
"""Describe every table a template may call."""
variables = variables_de
"""Describe every variable a template may use."""


def en_vigueur(session: Session, nom: str) -> str:
    """Give the text of a template in force: the user's, or ours."""
    return next((m.source for m in modeles.load_current(session) if m.nom == nom), None) or modele_livre(nom)


def versions(session: Session, nom: str) -> list[VersionModele]:
    """List the versions of a template, the latest first."""
    return modeles.load_versions(session, nom)


def enregistrer(session: Session, nom: str, numero: int, source: str) -> Changes:
    """Keep a new version of a template; ``numero`` is that of the version edited, 0 for ours.

    Raises:
        Refus: it cannot be read, asks for something unknown, or another version was kept meanwhile.
    """
    _check_last(session, nom, numero)
    verifier_modele(source, {v.partition(".")[0] for v in variables_de(nom)}, tableaux_de(nom))
    return _add(session, nom, source, f"Modifier le modèle « {NOMS[nom]} »")


def revenir(session: Session, nom: str, numero: int) -> Changes:
    """Come back to our own text of a template; the user's versions are kept.

    Raises:
        Refus: another version was kept meanwhile.
    """
    _check_last(session, nom, numero)
    return _add(session, nom, None, f"Revenir au modèle d’origine « {NOMS[nom]} »")


def _check_last(session: Session, nom: str, numero: int) -> None:
    derniere = next(iter(modeles.load_versions(session, nom)), None)
    if derniere is not None and derniere.numero != numero:
        raise Refus(
            f"Une autre version de ce modèle a été enregistrée entre-temps par {derniere.auteur or 'un autre poste'} : "
            "rouvrez le modèle, puis reprenez vos modifications."
        )


def _add(session: Session, nom: str, source: str | None, label: str) -> Changes:
    anciennes = modeles.load_versions(session, nom)
    avant = anciennes[0].source if anciennes else None
    modeles.add_version(session, nom, source, author_of(session), moment_of(session))
    return Changes(label, _TOUCHE, Call(_add, (nom, avant, label)))
