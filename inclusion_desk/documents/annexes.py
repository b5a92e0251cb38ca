"""The annexes: one per thématique, operation by operation, and the texts joined after them."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.annexes_tableau import tableau
from inclusion_desk.documents.annexes_variables import variables
from inclusion_desk.documents.blocks import Heading, Paragraph, Run, Section, Style
from inclusion_desk.documents.lecture import amounts
from inclusion_desk.documents.modeles import bind, render_modele
from inclusion_desk.documents.textes_libres import blocs, lines
from inclusion_desk.documents.textes_modeles import modele_de
from inclusion_desk.documents.textes_pied import annexe, pied
from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.deliberations import AnnexeJointe
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.dossier import DossierSeance, Operation
from inclusion_desk.domain.figures import sources
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte

NOM = "annexe"


def sections(dossier: DossierSeance, *, modele: str | None = None) -> tuple[Section, ...]:
    """Give the pages of the annexes, one section per thématique.

    Raises:
        Refus: a template that cannot be filled.
    """
    source = modele_de(dossier, NOM) if modele is None else modele
    rendues = tuple(
        Section(
            render_modele(source, variables(dossier, numero, thematique), {"operations": tableau(thematique)}),
            footer=pied(dossier, annexe(dossier, numero)),
        )
        for numero, thematique in thematiques_annexees(dossier)
    )
    return rendues or (_nothing(dossier),)


def _nothing(dossier: DossierSeance) -> Section:
    fait = "retenu" if dossier.modifie else "proposé"
    phrase = f"Aucun dispositif n’est {fait} au titre de cette phase."
    blocks = (Heading(1, (Run("Annexes"),)), Paragraph((Run(phrase),)))
    return Section(blocks, footer=pied(dossier, annexe(dossier)))


def sections_jointes(dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the pages of the joined texts, one section each, in the order of their numbers."""
    connues = sources(dossier)
    return tuple(
        Section(
            (*_entete(dossier), Heading(1, (Run(_titre(jointe)),)), *blocs(jointe.texte, connues)),
            footer=pied(dossier, annexe(dossier, jointe.numero)),
        )
        for jointe in sorted(dossier.annexes, key=lambda jointe: jointe.numero)
    )


def _titre(jointe: AnnexeJointe) -> str:
    return bind(f"Annexe{INSECABLE}{jointe.numero} – {jointe.titre}")


def _entete(dossier: DossierSeance) -> Iterator[Paragraph]:
    yield Paragraph((Run(bind(f"Département {du_departement(dossier.departement)}"), bold=True),), Style.LETTERHEAD)
    yield Paragraph((Run(bind(dossier.deliberation.titre or dossier.titre)),), Style.LETTERHEAD)


def expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the annexes, as many times as it must be."""
    connues = sources(dossier)
    for _, thematique in thematiques_annexees(dossier):
        yield format_montant(thematique.montant, symbole=False)
        for operation in thematique.operations:
            yield from _operation(operation)
            yield from amounts(" ".join(lines(operation.texte, connues)))


def _operation(operation: Operation) -> Iterator[str]:
    yield format_montant(operation.montant, symbole=False)
    if operation.montant:
        yield format_montant_acte(operation.montant)
    if operation.volume:
        yield mots.volume(operation.volume, operation.unite)


def expected_jointes(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the joined texts, as many times as it must be."""
    connues = sources(dossier)
    return (montant for jointe in dossier.annexes for montant in amounts(" ".join(lines(jointe.texte, connues))))
