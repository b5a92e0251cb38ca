"""Letters about bilans that are awaited: from a letter to a PDF or a DOCX, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from inclusion_desk.documents import ecrits
from inclusion_desk.documents.actes_mots import adresse, nom_de_fichier
from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.ecrits import Format
from inclusion_desk.documents.modeles import bind, render_modele, verifier_modele
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.documents.textes_mots import periode
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.lettres import Lettre
from inclusion_desk.domain.lettres_exemples import exemples
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import compter, enumerer, format_date_longue

NOM = "rappel"
"""The name of the template."""
VARIABLES: Mapping[str, str] = {
    **ecrits.VARIABLES,
    "organisme.attention": "Le représentant et sa qualité",
    "bilan.nom": "Le nom du bilan attendu",
    "bilan.nom_bas": "Le même, sans majuscule",
    "bilan.financier": "Vrai pour un compte rendu financier",
    "bilan.exercice": "L’exercice d’un compte rendu financier",
    "bilan.periode": "La période : « du 1er janvier au 31 décembre 2025 »",
    "bilan.action": "L’action, vide si le bilan ne tient à aucune",
    "bilan.echeance": "La date de remise",
    "bilan.retard": "Le retard : « 12 jours »",
    "jour": "La date de la lettre",
    "niveau": "Le niveau : Rappel, Relance, Seconde relance, Mise en demeure",
    "rappel": "Vrai au premier niveau, avant l’échéance",
    "relance": "Vrai au deuxième niveau",
    "seconde_relance": "Vrai au troisième niveau",
    "mise_en_demeure": "Vrai au dernier niveau",
    "limite": "Le dernier jour pour répondre",
    "courriers": "Les dates des lettres restées sans réponse depuis l’échéance, vide s’il n’y en a pas",
    "courriers_nombre": "Le nombre de ces lettres",
    "versements": "Les versements qui attendent le bilan, à énumérer en liste",
}
"""What the template may print."""
TABLEAUX: Mapping[str, str] = {}
"""What the template may call as a table: nothing."""


def variables(lettre: Lettre) -> Mapping[str, object]:
    """Give every variable of the template: texts already formatted, never cents nor dates."""
    niveau, jour = lettre.niveau.niveau, format_date_longue(lettre.jour)
    return {
        "departement": ecrits.expediteur(lettre.departement),
        "du_departement": du_departement(lettre.departement.nom),
        "organisme": _organisme(lettre),
        "convention": ecrits.convention(lettre.convention_numero, lettre.convention_objet, lettre.signee_le),
        "bilan": _bilan(lettre),
        "jour": jour,
        "niveau": lettre.niveau.libelle,
        "rappel": niveau == 1,
        "relance": niveau == 2,  # noqa: PLR2004 - the level itself
        "seconde_relance": niveau == 3,  # noqa: PLR2004 - idem
        "mise_en_demeure": lettre.mise_en_demeure,
        "limite": format_date_longue(lettre.limite),
        "courriers": enumerer([format_date_longue(jour) for jour in lettre.precedentes]),
        "courriers_nombre": len(lettre.precedentes),
        "versements": list(_waiting(lettre)),
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


def sections(lettres: Sequence[Lettre], modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of letters, each on its own; ``modele`` is the text of a template instead of ours.

    Raises:
        Refus: a template that cannot be filled.
    """
    source = modele or modele_livre(NOM)
    return tuple(
        Section(render_modele(source, variables(une)), footer=bind(_title(une)), alone=True) for une in lettres
    )


def _title(lettre: Lettre) -> str:
    return f"{lettre.niveau.libelle} – {lettre.bilan.libelle}, convention n° {lettre.convention_numero}"


def render_rappels(
    lettres: Sequence[Lettre],
    format: Format,  # noqa: A002 - the word users have for it
    modele: str | None = None,
) -> bytes:
    """Make one PDF or DOCX of letters, in their order.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    premiere = lettres[0]
    seule = len(lettres) == 1
    titre = _title(premiere) if seule else f"Lettres de rappel – {compter(len(lettres), 'bilan')}"
    objet = premiere.convention_objet if seule else "Bilans attendus"
    return ecrits.render(
        sections(lettres, modele), ecrits.meta(titre, objet, premiere.departement, premiere.jour), format
    )


def verify_rappels(
    content: bytes,
    lettres: Sequence[Lettre],
    format: Format,  # noqa: A002 - idem
    modele: str | None = None,
) -> None:
    """Read letters back: the amounts exactly as written; the days and numbers too where the template is ours.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    attendus = [] if modele else [attendu for lettre in lettres for attendu in expected(lettre)]
    ecrits.verify(content, sections(lettres, modele), attendus, format)


def verifier(source: str) -> None:
    """Check the template of letters as it is written, then filled for each level of reminder.

    Raises:
        Refus: naming the line.
    """
    verifier_modele(source, {decrite.split(".")[0] for decrite in VARIABLES}, TABLEAUX)
    sections(exemples(), source)


def essai(source: str) -> bytes:
    """Make the PDF that a template being written gives, on a fictitious letter of each level.

    Raises:
        Refus: a template that cannot be filled.
    """
    return render_rappels(exemples(), "pdf", source)


def expected(lettre: Lettre) -> Iterator[str]:
    """List what must be read in a letter, as many times as it must be."""
    yield lettre.convention_numero
    yield format_date_longue(lettre.jour)
    yield format_date_longue(lettre.bilan.echeance)
    yield from (format_montant_acte(versement.montant) for versement in lettre.versements)


def nom_fichier(lettres: Sequence[Lettre], extension: Format) -> str:
    """Name a file of letters: ``relance-bilan-final-2024-01213-pas-de-calais-actif.pdf``."""
    lettre, *autres = lettres
    if autres:
        return nom_de_fichier(("Lettres de rappel", f"{lettre.jour:%Y-%m-%d}"), extension)
    parties = (lettre.niveau.libelle, lettre.bilan.libelle, lettre.convention_numero, lettre.beneficiaire.nom)
    return nom_de_fichier(parties, extension)
