"""The breakdown of what is proposed by structure and by territory (annexe 4 in the case)."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.blocks import Block, Heading, KeepTogether, Paragraph, Run, Section, Style
from inclusion_desk.documents.modeles import bind
from inclusion_desk.documents.repartition_tableaux import tableau, tableau_structures, tableau_territoires
from inclusion_desk.documents.textes_pied import annexe, pied
from inclusion_desk.domain.annexes import numero_repartition
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.dossier import DossierSeance, par_structure, par_territoire
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.text import compter, pluriel

TITRE = "Répartition financière par structure et par territoire"


def titre(dossier: DossierSeance) -> str:
    """Give the title with its number: ``Annexe 4 – Répartition…``."""
    return f"Annexe{INSECABLE}{numero_repartition(dossier)} – {TITRE}"


def sections(dossier: DossierSeance) -> tuple[Section, ...]:
    """Give the pages of the breakdown, landscape."""
    footer = pied(dossier, annexe(dossier, numero_repartition(dossier)))
    return (Section(tuple(_blocks(dossier)), landscape=True, footer=footer),)


def _blocks(dossier: DossierSeance) -> Iterator[Block]:
    objet = dossier.deliberation.titre or dossier.titre
    yield Paragraph((Run(bind(f"Département {du_departement(dossier.departement)}"), bold=True),), Style.LETTERHEAD)
    yield Paragraph((Run(bind(objet)),), Style.LETTERHEAD)
    yield Heading(1, (Run(bind(titre(dossier))),))
    if not dossier.lignes:
        yield Paragraph((Run(f"Aucune ligne n’est {_faite(dossier)} au titre de cette phase."),))
        return
    yield Paragraph((Run(bind(_introduction(dossier))),))
    yield tableau(dossier)
    yield KeepTogether((Heading(2, (Run("Montants par territoire"),)), tableau_territoires(dossier)))
    yield KeepTogether((Heading(2, (Run("Montants par structure"),)), tableau_structures(dossier)))


def _introduction(dossier: DossierSeance) -> str:
    lignes, nombre = compter(len(dossier.lignes), "ligne"), len(dossier.lignes)
    beneficiaires = compter(mots.structures(dossier.lignes), "structure")
    montant = format_montant_acte(dossier.montant)
    phrase = (
        f"La phase {dossier.phase} de la campagne {dossier.annee} compte {lignes}, "
        f"{pluriel(nombre, _faite(dossier))} au bénéfice de {beneficiaires} pour un montant total de {montant}."
    )
    if any(not ligne.montant for ligne in dossier.lignes):
        phrase += " Les lignes dont le montant est nul n’emportent aucune participation financière nouvelle."
    return phrase


def _faite(dossier: DossierSeance) -> str:
    """Say what a line is: proposed, or voted once the sitting changed what was."""
    return "votée" if dossier.modifie else "proposée"


def expected(dossier: DossierSeance) -> Iterator[str]:
    """List what must be read in the breakdown, as many times as it must be."""
    if not dossier.lignes:
        return
    montants = [ligne.montant for ligne in dossier.lignes]
    montants += [operation.montant for operation in dossier.operations if operation.lignes]
    montants += [thematique.montant for thematique in dossier.thematiques if thematique.lignes]
    montants += [cumul.montant for cumul in (*par_structure(dossier), *par_territoire(dossier))]
    montants += [dossier.montant] * 3
    yield from (format_montant(montant, symbole=False) for montant in montants)
    yield format_montant_acte(dossier.montant)
