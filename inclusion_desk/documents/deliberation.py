"""The extract of the deliberation: rendered from a dossier, then read back before anyone trusts it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pypdfium2

from inclusion_desk.documents.blocks import Block
from inclusion_desk.documents.deliberation_variables import variables
from inclusion_desk.documents.modeles import render_modele
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.domain.articles import articles, lignes_imputees
from inclusion_desk.domain.deliberations import POSITIONS
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte, format_nombre
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date_longue
from inclusion_desk.resources import resource

_BLANKS = re.compile(r"[ \t\r\n]+")


def modele_deliberation() -> str:
    """Give the template shipped with the program."""
    return resource("modeles/deliberation.md").read_text(encoding="utf-8")


def deliberation_blocks(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Block, ...]:
    """Fill the template (ours, or the one given) with a dossier.

    Raises:
        Refus: a template that cannot be filled.
    """
    return render_modele(modele_deliberation() if modele is None else modele, variables(dossier))


def render_deliberation(
    dossier: DossierSeance, *, modele: str | None = None, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """Render the extract of the register (CGCT, art. L.3131-1), or the project while there is no outcome, as a PDF.

    ``progress`` is told the pages done and their number, and may raise to interrupt.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    return render_pdf(deliberation_blocks(dossier, modele=modele), _meta(dossier), progress)


def _meta(dossier: DossierSeance) -> PdfMeta:
    deliberation, seance = dossier.deliberation, dossier.seance
    projet = deliberation.issue is None
    acte = "Projet de délibération" if projet else "Délibération"
    numero = f" n°{INSECABLE}{deliberation.numero}" if deliberation.numero else ""
    titre = deliberation.titre or dossier.titre
    reunion = f", réunion du {format_date_longue(seance.jour)}" if seance.jour else ""
    return PdfMeta(
        title=f"{acte}{numero} – {titre}",
        author=f"Département du {dossier.departement}",
        subject=titre,
        date=seance.jour,
        footer=f"{acte}{numero} – {seance.instance}{reunion}",
        watermark="PROJET" if projet else "",
    )


def verify_deliberation(content: bytes, dossier: DossierSeance) -> None:
    """Read the PDF back and check that every amount, the number and the counts of the vote are printed exactly.

    Raises:
        Refus: naming what is missing, or a file that cannot be read.
    """
    texte = _read(content)
    for attendu, fois in Counter(_expected(dossier)).items():
        # A longer number must not pass for the one sought: 1 712 000 holds 712 000.
        exact = rf"(?<![\d,.-])(?<!\d{INSECABLE}){re.escape(attendu)}(?![\d-]|[{INSECABLE},.]\d)"
        if len(re.findall(exact, texte)) < fois:
            raise Refus(
                f"Le PDF produit ne porte pas «{INSECABLE}{attendu}{INSECABLE}» comme le dossier l’exige : "
                "il n’est pas enregistré. Vérifiez le modèle de délibération, puis produisez-le de nouveau."
            )


def _read(content: bytes) -> str:
    """Extract the text of a PDF, white space as one plain space; the spaces that bind a number stay as they are."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refus(
            "Le PDF produit ne peut pas être relu : il n’est pas enregistré. Produisez-le de nouveau."
        ) from error
    with document:
        return _BLANKS.sub(" ", " ".join(_page(page) for page in document))


def _page(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the extract, as many times as it must be."""
    deliberation = dossier.deliberation
    texts = [deliberation.numero] if deliberation.numero else []
    texts += [
        format_montant_acte(article.thematique.montant)
        for article in articles(dossier)
        if article.thematique and article.thematique.montant
    ]
    lignes = lignes_imputees(dossier)
    texts += [format_montant(montant, symbole=False) for ligne in lignes for montant in (ligne.ae, ligne.proposition)]
    if lignes:
        texts.append(format_montant(sum(ligne.proposition for ligne in lignes), symbole=False))
    texts += [f"{POSITIONS[v.position]}{INSECABLE}: {format_nombre(v.nombre)}" for v in deliberation.votes_imprimes]
    return iter(texts)
