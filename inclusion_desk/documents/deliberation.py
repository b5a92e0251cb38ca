"""The deliberation: the project put to the vote, then the extract of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from inclusion_desk.documents.blocks import Block, Section
from inclusion_desk.documents.deliberation_tableau import tableau
from inclusion_desk.documents.deliberation_variables import variables
from inclusion_desk.documents.lecture import amounts, read_pdf, require
from inclusion_desk.documents.modeles import bind, render_modele
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.textes_libres import lines
from inclusion_desk.documents.textes_modeles import modele_de, modele_livre
from inclusion_desk.documents.textes_pied import acte, meta, pied
from inclusion_desk.domain.articles import articles, lignes_imputees
from inclusion_desk.domain.deliberations import POSITIONS
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.figures import sources
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte, format_nombre

NOM = "deliberation"


def modele_deliberation() -> str:
    """Give the template shipped with the program."""
    return modele_livre(NOM)


def deliberation_blocks(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Block, ...]:
    """Fill the template (the one given, else the dossier’s, else ours) with a dossier.

    Raises:
        Refus: a template that cannot be filled.
    """
    source = modele_de(dossier, NOM) if modele is None else modele
    return render_modele(source, variables(dossier), {"modifications": tableau(dossier)})


def sections(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of the deliberation.

    Raises:
        Refus: a template that cannot be filled.
    """
    return (Section(deliberation_blocks(dossier, modele=modele), footer=pied(dossier, acte(dossier))),)


def render_deliberation(
    dossier: DossierSeance, *, modele: str | None = None, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """Render the extract of the register (CGCT, art. L.3131-1), or the project while there is no outcome, as a PDF.

    ``progress`` is told the pages done and their number, and may raise to interrupt.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    return render_pdf(sections(dossier, modele=modele), _meta(dossier), progress)


def _meta(dossier: DossierSeance) -> PdfMeta:
    return meta(dossier, acte(dossier))


def verify_deliberation(content: bytes, dossier: DossierSeance) -> None:
    """Read the PDF back and check that every amount, the number and the counts of the vote are printed exactly.

    Raises:
        Refus: naming what is missing, or a file that cannot be read.
    """
    require(read_pdf(content), Counter(expected(dossier)))


def expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the deliberation, as many times as it must be; an edited article speaks for itself."""
    deliberation = dossier.deliberation
    if deliberation.numero:
        yield deliberation.numero
    yield from _financements(dossier)
    lignes = lignes_imputees(dossier)
    for ligne in lignes:
        yield from (format_montant(montant, symbole=False) for montant in (ligne.ae, ligne.proposition))
    if lignes:
        yield format_montant(sum(ligne.proposition for ligne in lignes), symbole=False)
    for vote in deliberation.votes_imprimes:
        yield f"{POSITIONS[vote.position]}{INSECABLE}: {format_nombre(vote.nombre)}"
        yield from (bind(f"{g.nom} : {format_nombre(g.nombre)}") for g in vote.groupes if g.nombre is not None)


def _financements(dossier: DossierSeance) -> Iterator[str]:
    connues = sources(dossier)
    for article in articles(dossier):
        if article.texte:
            yield from amounts(" ".join(lines(article.texte, connues)))
        elif article.thematique and article.thematique.montant:
            yield format_montant_acte(article.thematique.montant)
