"""The templates of documents: read, tried, kept version by version, and brought back to ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from inclusion_desk.documents import actes as documents_actes
from inclusion_desk.documents import textes as documents_textes
from inclusion_desk.documents.textes import modele_livre
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.actes_exemples import exemples
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.relecture_modeles import relire_modele
from inclusion_desk.services.changes import Call, Changes, check_still
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.production import Progress
from inclusion_desk.store import actes, conventions, dossiers, modeles
from inclusion_desk.store.engine import Session, author_of, moment_of
from inclusion_desk.store.modeles import VersionModele

_TOUCHE: dict[str, tuple[int, ...]] = {"modeles": (), "seances": ()}
_ACTES = documents_actes.NOMS_ACTES
_SUIVI = {"rappel": "Lettre de rappel", "service-fait": "Certificat de service fait"}
"""The templates of what follows the conventions."""
NOMS = {**documents_textes.NOMS_MODELES, **_ACTES, **_SUIVI}
"""The templates and their titles."""
livre = modele_livre
"""Give our own text of a template."""


class _Document(Protocol):
    """What a document of the follow-up tells of its template."""

    VARIABLES: Mapping[str, str]
    TABLEAUX: Mapping[str, str]

    def verifier(self, source: str) -> None:
        """Check a template."""

    def essai(self, source: str) -> bytes:
        """Make the PDF that a template gives on a fictitious case."""


def _of_suivi(nom: str) -> _Document:
    """Give the document of a template of the follow-up; reportlab and Jinja are loaded on first use."""
    from inclusion_desk.documents import rappels, service_fait  # noqa: PLC0415 - see above

    documents: dict[str, _Document] = {"rappel": rappels, "service-fait": service_fait}
    return documents[nom]


def tableaux(nom: str) -> dict[str, str]:
    """Describe every table a template may call."""
    return dict(_of_suivi(nom).TABLEAUX) if nom in _SUIVI else documents_textes.tableaux_de(nom)


def variables(nom: str) -> dict[str, str]:
    """Describe every variable a template may use."""
    if nom in _SUIVI:
        return dict(_of_suivi(nom).VARIABLES)
    return documents_actes.variables_de(nom) if nom in _ACTES else documents_textes.variables_de(nom)


def _verify(nom: str, source: str) -> None:
    """Check a template as it is written; one of acts is proof-read in what it gives for an act of each model.

    Raises:
        Refus: naming the line, or the fault that an act would bear.
    """
    if nom in _SUIVI:
        _of_suivi(nom).verifier(source)
        return
    if nom not in _ACTES:
        documents_textes.verifier(nom, source)
        return
    documents_actes.verifier(nom, source)
    lus = {acte.libelle_modele: documents_actes.relecture(acte, source) for acte in exemples(nom)}
    textes = {cle: texte for cle, (texte, _) in lus.items()}
    remarques = relire_modele(textes, source=source, pages={cle: pages for cle, (_, pages) in lus.items()})
    if remarques:
        raise Refus(remarques[0].phrase)


def propre(session: Session, nom: str) -> str | None:
    """Give the user's own text of a template; None where ours is in force."""
    return next((m.source for m in modeles.load_current(session) if m.nom == nom), None)


def en_vigueur(session: Session, nom: str) -> str:
    """Give the text of a template in force: the user's, or ours."""
    return propre(session, nom) or modele_livre(nom)


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
    _verify(nom, source)
    if nom in _SUIVI:
        return _of_suivi(nom).essai(source)
    if nom in _ACTES:
        acte = desk.read(_sample, phase_id, nom)
        return documents_actes.render_acte(acte, "pdf", modele=source, progress=progress)
    return documents_textes.render_essai(nom, source, desk.read(dossiers.load, phase_id), progress)


def _sample(session: Session, phase_id: int, nom: str) -> Acte:
    """Take an act of the phase to show a template on; a fictitious one where there is none."""
    if nom == "convention":
        premiere = next((c for c in conventions.load(session) if c.phase_id == phase_id), None)
        return actes.build(session, premiere.id, None) if premiere else exemples(nom)[0]
    premier = next((a for a in conventions.load_avenants(session) if a.phase_id == phase_id), None)
    return actes.build(session, premier.convention_id, premier.id) if premier else exemples(nom)[0]


def versions(session: Session, nom: str) -> list[VersionModele]:
    """List the versions of a template, the latest first."""
    return modeles.load_versions(session, nom)


def enregistrer(session: Session, nom: str, numero: int, source: str) -> Changes:
    """Keep a new version of a template; ``numero`` is that of the version edited, 0 for ours.

    Raises:
        Refus: it cannot be read, asks for something unknown, or another version was kept meanwhile.
    """
    derniere = _check_last(session, nom, numero)
    _verify(nom, source)
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
