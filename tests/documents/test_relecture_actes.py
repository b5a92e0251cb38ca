"""The acts of the product, proof-read: none draws a remark, nor do our templates; what is broken in one is found."""

from __future__ import annotations

import pytest

from inclusion_desk.documents.actes import sections
from inclusion_desk.documents.actes_rendu import count_pages
from inclusion_desk.documents.blocks import (
    Alignment,
    BulletList,
    Heading,
    Item,
    KeepTogether,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signatures,
    Table,
)
from inclusion_desk.documents.texte_brut import texte_brut
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.domain.relecture_actes import bloquantes, relire
from inclusion_desk.domain.relecture_modeles import relire_modele
from tests.documents.fabrique_actes import MODELES, acte

AVENANTS = tuple(modele for modele in MODELES if modele != "convention")
MODELES_LIVRES = {"convention": ("convention",), "avenant": AVENANTS}


def rendus(modeles: tuple[str, ...], source: str | None = None) -> tuple[dict[str, str], dict[str, int]]:
    """Render acts, and count their pages."""
    faits = {modele: sections(acte(modele), modele=source) for modele in modeles}
    return {m: texte_brut(s) for m, s in faits.items()}, {m: count_pages(s) for m, s in faits.items()}


@pytest.mark.parametrize("modele", MODELES)
def test_an_act_of_each_model_draws_no_remark(modele: str) -> None:
    fait = acte(modele)
    contenu = sections(fait)
    noms = (fait.beneficiaire.nom, fait.departement.nom)
    assert relire(texte_brut(contenu), avenant=fait.avenant, noms=noms, pages=count_pages(contenu)) == ()
    assert relire(texte_brut(contenu), pages=count_pages(contenu)) == ()


@pytest.mark.parametrize("nom", MODELES_LIVRES)
def test_our_templates_are_accepted(nom: str) -> None:
    textes, pages = rendus(MODELES_LIVRES[nom])
    assert relire_modele(textes, source=modele_livre(nom), pages=pages) == ()
    assert relire_modele(textes, source=modele_livre(nom)) == ()


CASSES = {
    "a number of article typed by hand": ("## Article {{ article.numero }} –", "## Article 4 –", "TXT-03"),
    "pages typed by hand": ("~~~~ ensemble", "Ce document comprend 2 pages.\n\n~~~~ ensemble", "TXT-05"),
    "a blank": ("**Objet : {{ objet }}**", "**Objet : XXXX**", "TXT-06"),
    "an annexe that is not there": (
        "~~~~ ensemble", "L’annexe 2 est complétée par une annexe 9.\n\n~~~~ ensemble", "TXT-01"),
    "a financial avenant without a cost": ("# {{ titre }}", "# Avenant financier n° 1", "TXT-10"),
}  # fmt: skip


@pytest.mark.parametrize("nom", CASSES)
def test_a_broken_template_of_avenants_is_refused(nom: str) -> None:
    juste, faux, code = CASSES[nom]
    source = modele_livre("avenant")
    assert juste in source
    casse = source.replace(juste, faux)
    textes, pages = rendus(AVENANTS, casse)
    remarques = relire_modele(textes, source=casse, pages=pages)
    assert code in {remarque.code for remarque in remarques}
    assert bloquantes(remarques) == remarques


def test_plain_text_has_a_line_for_each_paragraph_entry_and_row() -> None:
    blocs = (
        Heading(1, (Run("Titre\nlong"),)),
        Paragraph((Run("Un "), Run("texte", bold=True))),
        KeepTogether((BulletList((Item((Run("un"),)), Item((Run("deux"),), 1))), BulletList((Item((Run("a"),)),), 3))),
        Table(("A", "B"), (("1", "2"),), (Alignment.LEFT, Alignment.RIGHT)),
        Signatures("À Arras, le …", (Signatory(("Le Président,",), "Jean EXEMPLE", box=True),)),
    )
    assert texte_brut((Section(blocs),)).split("\n") == [
        "", "Titre long", "Un texte", "- un", "  - deux", "3. a", "A\tB", "1\t2",
        "À Arras, le …", "Le Président,", "Jean EXEMPLE",
    ]  # fmt: skip
