"""Letters about bilans that are awaited: from a letter to a PDF or a DOCX, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from inclusion_desk.documents import lecture
from inclusion_desk.documents.actes_mots import adresse, nom_de_fichier, titre_signature
from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.modeles import bind, render_modele
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.documents.textes_mots import A_REMPLIR, periode
from inclusion_desk.domain.lettres import Lettre
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import compter, format_date_longue

Format = Literal["pdf", "docx"]
NOM = "rappel"
"""The name of the template."""


def variables(lettre: Lettre) -> Mapping[str, object]:
    """Give every variable of the template: texts already formatted, never cents nor dates."""
    niveau, jour = lettre.niveau.niveau, format_date_longue(lettre.jour)
    return {
        "departement": _departement(lettre),
        "organisme": _organisme(lettre),
        "convention": {
            "numero": lettre.convention_numero,
            "objet": lettre.convention_objet,
            "signee_le": format_date_longue(lettre.signee_le) if lettre.signee_le else "",
        },
        "bilan": _bilan(lettre),
        "jour": jour,
        "niveau": lettre.niveau.libelle,
        "rappel": niveau == 1,
        "relance": niveau == 2,  # noqa: PLR2004 - the level itself
        "seconde_relance": niveau == 3,  # noqa: PLR2004 - idem
        "mise_en_demeure": lettre.mise_en_demeure,
        "limite": format_date_longue(lettre.limite),
        "versements": list(_waiting(lettre)),
    }


def _departement(lettre: Lettre) -> Mapping[str, str]:
    departement = lettre.departement
    qualite = departement.qualite_signataire
    return {
        "nom": departement.nom,
        "pole": departement.pole,
        "direction": departement.direction,
        "lieu": departement.lieu,
        "signataire": departement.signataire or A_REMPLIR,
        "qualite_signataire": titre_signature(qualite) if qualite else "",
    }


def _organisme(lettre: Lettre) -> Mapping[str, str]:
    organisme = lettre.beneficiaire
    return {
        "nom": organisme.nom,
        "attention": ", ".join(filter(None, (organisme.representant, organisme.qualite))),
        "adresse": adresse(organisme.adresse, organisme.code_postal, organisme.commune),
    }


def _bilan(lettre: Lettre) -> Mapping[str, object]:
    bilan = lettre.bilan
    nom = bilan.libelle
    return {
        "nom": nom,
        "nom_bas": f"{nom[:1].lower()}{nom[1:]}",
        "financier": bilan.nature == "financier",
        "exercice": str(bilan.fin.year),
        "periode": periode(bilan.debut, bilan.fin),
        "action": bilan.action,
        "echeance": format_date_longue(bilan.echeance),
        "retard": compter(bilan.retard(lettre.jour), "jour"),
    }


def _waiting(lettre: Lettre) -> Iterator[str]:
    """Say the instalments that wait for the bilan, as the entries of a list."""
    for rang, versement in enumerate(lettre.versements, start=1):
        fin = "." if rang == len(lettre.versements) else " ;"
        yield f"le versement « {versement.libelle} », d’un montant de {format_montant_acte(versement.montant)}{fin}"


def sections(lettre: Lettre, modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of a letter; ``modele`` is the text of a template instead of ours.

    Raises:
        Refus: a template that cannot be filled.
    """
    return (Section(render_modele(modele or modele_livre(NOM), variables(lettre)), footer=bind(_title(lettre))),)


def _title(lettre: Lettre) -> str:
    return f"{lettre.niveau.libelle} – {lettre.bilan.libelle}, convention n° {lettre.convention_numero}"


def render_rappel(lettre: Lettre, format: Format) -> bytes:  # noqa: A002 - the word users have for it
    """Make a letter as PDF or DOCX.

    Raises:
        Refus: a character that cannot be printed.
    """
    meta = PdfMeta(
        title=bind(_title(lettre)),
        author=f"Département du {lettre.departement.nom}",
        subject=lettre.convention_objet,
        date=lettre.jour,
        footer=bind(_title(lettre)),
    )
    if format == "pdf":
        return render_pdf(sections(lettre), meta)
    from inclusion_desk.documents.docx import render_docx  # noqa: PLC0415 - python-docx is loaded on first use

    return render_docx(sections(lettre), meta)


def verify_rappel(content: bytes, lettre: Lettre, format: Format) -> None:  # noqa: A002 - idem
    """Read a letter back: whom it is for, the convention, its days, and the amounts exactly as often as they must be.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    lu = lecture.read_pdf(content) if format == "pdf" else lecture.read_docx(content)
    lecture.require(lu, Counter(expected(lettre)))
    lecture.compare(lu, sections(lettre))


def expected(lettre: Lettre) -> Iterator[str]:
    """List what must be read in a letter, as many times as it must be."""
    yield lettre.convention_numero
    yield format_date_longue(lettre.jour)
    yield format_date_longue(lettre.bilan.echeance)
    yield from (format_montant_acte(versement.montant) for versement in lettre.versements)


def nom_fichier(lettre: Lettre, extension: Format) -> str:
    """Name the file of a letter: ``relance-bilan-final-2024-01213-pas-de-calais-actif.pdf``."""
    parties = (lettre.niveau.libelle, lettre.bilan.libelle, lettre.convention_numero, lettre.beneficiaire.nom)
    return nom_de_fichier(parties, extension)
