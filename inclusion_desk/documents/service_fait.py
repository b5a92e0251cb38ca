"""The certificate of service fait: from what was judged and paid to a PDF or a DOCX of one page, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inclusion_desk.documents import ecrits
from inclusion_desk.documents.actes_mots import adresse, nom_de_fichier
from inclusion_desk.documents.blocks import Alignment, Section, Table
from inclusion_desk.documents.ecrits import Format
from inclusion_desk.documents.modeles import bind, render_modele, verifier_modele
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.documents.textes_mots import periode
from inclusion_desk.domain.certificats import Certificat
from inclusion_desk.domain.certificats_exemples import exemples
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import MOINS, format_montant, format_montant_acte
from inclusion_desk.domain.service_fait import PenaliteCalculee, ServiceFait
from inclusion_desk.domain.taux import format_taux
from inclusion_desk.domain.text import enumerer, format_date, format_date_longue, pluriel
from inclusion_desk.domain.versements import Versement

NOM = "service-fait"
"""The name of the template."""
TITRE = "Certificat de service fait"
VARIABLES: Mapping[str, str] = {
    **ecrits.VARIABLES,
    "autorite": "Qui certifie : la qualité du signataire, ou « Le Département »",
    "organisme.siret": "Son SIRET, vide s’il n’est pas renseigné",
    "convention.avenants": "Les avenants signés : « l’avenant n° 1 », vide s’il n’y en a pas",
    "convention.periode": "La durée de la convention, avenants compris",
    "penalites": "Les pénalités appliquées et leur montant, à énumérer en liste",
    "montant_maximal": "La participation financière maximale",
    "montant_acquis": "Ce que la réalisation fait acquérir, avant pénalités",
    "montant_definitif": "Le montant définitif",
    "deja_verse": "Ce qui est déjà versé",
    "solde": "Le solde à verser, vide s’il n’y en a pas",
    "trop_percu": "Le trop-perçu à recouvrer, vide s’il n’y en a pas",
    "arrete_le": "La date à laquelle le service fait est arrêté",
    "observations": "Les observations, vides s’il n’y en a pas",
}
"""What the template may print."""
TABLEAUX: Mapping[str, str] = {
    "realisation": "Chaque part du financement : son poids, son taux de réalisation, ce qu’elle fait acquérir",
    "decompte": "Du montant acquis au solde : pénalités, montant définitif, versements",
}
"""What the template may call as a table."""


def variables(certificat: Certificat) -> Mapping[str, object]:
    """Give every variable of the template: texts already formatted, never cents nor dates."""
    departement, organisme, fait = certificat.departement, certificat.beneficiaire, certificat.fait
    expediteur = ecrits.expediteur(departement)
    return {
        "departement": expediteur,
        "du_departement": du_departement(departement.nom),
        "autorite": expediteur["qualite_signataire"] or "Le Département",
        "organisme": {
            "nom": organisme.nom,
            "siret": format_siret(organisme.siret) if organisme.siret else "",
            "adresse": adresse(organisme.adresse, organisme.code_postal, organisme.commune),
        },
        "convention": _convention(certificat),
        "penalites": [f"{_say_penalty(p)} : {format_montant_acte(p.montant)}" for p in fait.penalites],
        "montant_maximal": format_montant_acte(fait.maximum),
        "montant_acquis": format_montant_acte(fait.calcule),
        "montant_definitif": format_montant_acte(fait.definitif),
        "deja_verse": format_montant_acte(fait.verse),
        "solde": format_montant_acte(fait.a_verser) if fait.a_verser else "",
        "trop_percu": format_montant_acte(fait.a_recouvrer) if fait.a_recouvrer else "",
        "arrete_le": format_date_longue(certificat.arrete_le),
        "observations": certificat.observations,
    }


def _convention(certificat: Certificat) -> Mapping[str, str]:
    rangs = [str(rang) for rang in certificat.avenants]
    avenants = pluriel(len(rangs), "l’avenant n°", "les avenants n°")
    return {
        **ecrits.convention(certificat.convention_numero, certificat.convention_objet, certificat.signee_le),
        "avenants": f"{avenants} {enumerer(rangs)}" if rangs else "",
        "periode": periode(certificat.debut, certificat.fin),
    }


def _say_penalty(penalite: PenaliteCalculee) -> str:
    taux = f" ({format_taux(penalite.taux)} du montant acquis)" if penalite.taux else ""
    return f"{penalite.motif[:1].lower()}{penalite.motif[1:]}{taux}"


def tableaux(certificat: Certificat) -> Mapping[str, Table]:
    """Give the tables of the template by name."""
    return {"realisation": _achievement(certificat), "decompte": _account(certificat)}


def _achievement(certificat: Certificat) -> Table:
    """Set each share of the financing beside how far it was achieved and what it earns."""
    fait, droite = certificat.fait, Alignment.RIGHT
    rows = [
        (v.libelle, format_taux(v.poids), _euros(v.base), format_taux(v.realisation), format_taux(v.retenu),
         _euros(v.du))
        for v in fait.volets if v.poids
    ]  # fmt: skip
    total = ("Total", "", _euros(fait.maximum), "", "", _euros(fait.calcule))
    return Table(
        ("Part du financement", "Poids", "Maximum (€)", "Réalisation", "Taux retenu", "Acquis (€)"),
        (*rows, total),
        (Alignment.LEFT, droite, droite, droite, droite, droite),
        (118, 50, 80, 70, 70, 80),
        totals=frozenset({len(rows)}),
        compact=True,
    )


def _account(certificat: Certificat) -> Table:
    """Lead from what was earned to what is left to pay, or to take back."""
    fait = certificat.fait
    rows = [("Montant acquis au vu de la réalisation", _euros(fait.calcule))]
    rows += [(bind(f"Pénalité : {_say_penalty(p)}"), _less(p.montant)) for p in fait.penalites]
    definitif = len(rows)
    rows.append(("Montant définitif", _euros(fait.definitif)))
    rows += [(_say_paid(v), _less(v.montant_paye or 0)) for v in certificat.paiements]
    rows.append(_outcome(fait))
    return Table(
        ("Décompte", "Montant (€)"),
        tuple(rows),
        (Alignment.LEFT, Alignment.RIGHT),
        (366, 102),
        totals=frozenset({definitif, len(rows) - 1}),
        compact=True,
    )


def _outcome(fait: ServiceFait) -> tuple[str, str]:
    if fait.a_recouvrer:
        return "Trop-perçu à recouvrer", _euros(fait.a_recouvrer)
    return "Solde à verser", _euros(fait.a_verser)


def _say_paid(versement: Versement) -> str:
    quand = f" ({format_date(versement.paye_le)})" if versement.paye_le else ""
    return bind(f"Déjà versé : {versement.libelle[:1].lower()}{versement.libelle[1:]}{quand}")


def _euros(cents: int) -> str:
    return format_montant(cents, symbole=False)


def _less(cents: int) -> str:
    return f"{MOINS}{_euros(cents)}" if cents else _euros(0)


def sections(certificat: Certificat, modele: str | None = None) -> tuple[Section, ...]:
    """Give the page of a certificate; ``modele`` is the text of a template instead of ours.

    Raises:
        Refus: a template that cannot be filled.
    """
    blocs = render_modele(modele or modele_livre(NOM), variables(certificat), tableaux(certificat))
    return (Section(blocs, footer=bind(_title(certificat))),)


def _title(certificat: Certificat) -> str:
    return f"{TITRE} – convention n° {certificat.convention_numero}"


def render(
    certificat: Certificat,
    format: Format,  # noqa: A002 - the word users have for it
    modele: str | None = None,
) -> bytes:
    """Make the certificate; the same bytes for the same one, its day being that of the closing.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    titre, departement = _title(certificat), certificat.departement
    dit = ecrits.meta(titre, certificat.convention_objet, departement, certificat.arrete_le)
    return ecrits.render(sections(certificat, modele), dit, format)


def verify(
    content: bytes,
    certificat: Certificat,
    format: Format,  # noqa: A002 - idem
    modele: str | None = None,
) -> None:
    """Read a certificate back: the amounts exactly as written; the day and the number too where the template is ours.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    ecrits.verify(content, sections(certificat, modele), () if modele else expected(certificat), format)


def expected(certificat: Certificat) -> Iterator[str]:
    """List what must be read in a certificate, as many times as it must be."""
    fait = certificat.fait
    yield certificat.convention_numero
    yield format_date_longue(certificat.arrete_le)
    yield format_montant_acte(fait.definitif)
    yield from (_euros(penalite.montant) for penalite in fait.penalites)
    if reste := fait.a_verser or fait.a_recouvrer:
        yield format_montant_acte(reste)


def essai(source: str) -> bytes:
    """Make the PDF that a template being written gives, on a fictitious certificate.

    Raises:
        Refus: a template that cannot be filled.
    """
    return render(exemples()[0], "pdf", source)


def verifier(source: str) -> None:
    """Check a template as it is written, then filled for each outcome of a service fait.

    Raises:
        Refus: naming the line.
    """
    verifier_modele(source, {decrite.split(".")[0] for decrite in VARIABLES}, TABLEAUX)
    for exemple in exemples():
        sections(exemple, source)


def nom_fichier(certificat: Certificat, extension: Format) -> str:
    """Name the file of a certificate: ``certificat-de-service-fait-2024-00927-pas-de-calais-actif.pdf``."""
    return nom_de_fichier((TITRE, certificat.convention_numero, certificat.beneficiaire.nom), extension)
