"""What each document says of itself: its title and author in the metadata, its footer, its watermark."""

from __future__ import annotations

from inclusion_desk.documents.pdf import Attachment, Author, PdfMeta
from inclusion_desk.documents.textes_variables import QUALITE, nom_president
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.seances import Seance
from inclusion_desk.domain.text import format_date

FILIGRANE = "PROJET"


def acte(dossier: DossierSeance) -> str:
    """Name the act: ``Délibération n° 2024-587``, ``Projet de délibération`` while nothing is voted."""
    return f"{'Projet de délibération' if dossier.projet else 'Délibération'}{_numero(dossier)}"


def annexe(dossier: DossierSeance, numero: int | None = None) -> str:
    """Name an annexe of the act, or all of them: ``Annexe 1 à la délibération n° 2024-587``."""
    quoi = "Annexes" if numero is None else f"Annexe{INSECABLE}{numero}"
    return f"{quoi} {'au projet de' if dossier.projet else 'à la'} délibération{_numero(dossier)}"


def _numero(dossier: DossierSeance) -> str:
    numero = dossier.deliberation.numero
    return f" n°{INSECABLE}{numero}" if numero else ""


def pied(dossier: DossierSeance, quoi: str) -> str:
    """Write the footer of a document: what it is, before whom it comes, the journal it was adopted under."""
    seance, adoption = dossier.seance, dossier.deliberation.adoption
    quand = f" du {format_date(seance.jour)}" if seance.jour else ""
    journal = f" – journal {adoption.tete_journal}" if adoption else ""
    return f"{quoi} – {seance.instance}{quand}{journal}"


def meta(dossier: DossierSeance, quoi: str, attachments: tuple[Attachment, ...] = ()) -> PdfMeta:
    """Give the metadata of a document; ``quoi`` names it."""
    titre = dossier.deliberation.titre or dossier.titre
    return PdfMeta(
        title=f"{quoi} – {titre}",
        author=f"Département {du_departement(dossier.departement)}",
        subject=titre,
        date=dossier.seance.jour,
        footer=pied(dossier, quoi),
        watermark=FILIGRANE if dossier.projet else "",
        signed_by=_auteur(dossier.seance),
        attachments=attachments,
    )


def _auteur(seance: Seance) -> Author | None:
    """Name the author of the act, as publication must (CGCT, art. R.3131-2)."""
    prenom, _, nom = nom_president(seance).partition(" ")
    return Author(prenom, nom, seance.qualite_president or QUALITE) if prenom else None
