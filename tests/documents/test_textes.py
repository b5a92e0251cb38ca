"""The registry of texts: each document in both formats, each variable described, what is read back compared."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import page
import pytest

from inclusion_desk.documents import (
    annexes_variables,
    deliberation_variables,
    dossier_seance_variables,
    rapport_variables,
)
from inclusion_desk.documents.lecture import compare, read_docx, read_pdf, require
from inclusion_desk.documents.textes import (
    NATURES_TEXTE,
    NOMS_MODELES,
    essayer_modele,
    modele_livre,
    render_texte,
    sections,
    variables_de,
    verifier,
    verify_texte,
)
from inclusion_desk.domain.dossier import DossierSeance, Modele
from inclusion_desk.domain.refus import Refus
from tests.fabrique import dossier_du_cas

FORMATS: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx")


def valeurs(nom: str, dossier: DossierSeance) -> Mapping[str, object]:
    match nom:
        case "rapport":
            return rapport_variables.variables(dossier)
        case "annexe":
            return annexes_variables.variables(dossier, 1, dossier.thematiques[0])
        case "deliberation":
            return deliberation_variables.variables(dossier)
        case _:
            return dossier_seance_variables.variables(dossier)


def noms(valeurs_: Mapping[str, object]) -> set[str]:
    """Name every variable, and what is in them, as the template editor does."""
    trouves = set(valeurs_)
    for nom, valeur in valeurs_.items():
        premiers = valeur if isinstance(valeur, list) else [valeur]
        if premiers and isinstance(premiers[0], dict):
            trouves |= {f"{nom}.{sous}" for sous in premiers[0]}
    return trouves


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("nature", [*NATURES_TEXTE, "annexes-jointes"])
def test_every_document_is_made_and_read_back_in_both_formats(nature: str, format_: Literal["pdf", "docx"]) -> None:
    dossier = dossier_du_cas()
    contenu = render_texte(nature, dossier, format_)
    verify_texte(nature, contenu, dossier, format_)
    assert render_texte(nature, dossier, format_) == contenu


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("nature", NATURES_TEXTE)
def test_every_pdf_can_be_archived_and_heard(nature: str, profil: str) -> None:
    rapport = page.validate_pdf_bytes(render_texte(nature, dossier_du_cas(), "pdf"), profile=profil)
    assert rapport.is_compliant, [echec.message for echec in rapport.failures]


@pytest.mark.parametrize("nature", NATURES_TEXTE)
def test_both_formats_say_the_same(nature: str) -> None:
    dossier = dossier_du_cas()
    pieds = " ".join(part.footer for part in sections(nature, dossier))
    pdf = read_pdf(render_texte(nature, dossier, "pdf"))
    docx = read_docx(render_texte(nature, dossier, "docx"))
    mots_pdf, mots_docx, mots_pieds = (set(re.findall(r"\w{4,}", texte)) for texte in (pdf, docx, pieds))
    assert mots_docx - mots_pdf == set()
    assert mots_pdf - mots_docx <= mots_pieds | {"Page"}


@pytest.mark.parametrize("nom", NOMS_MODELES)
def test_every_variable_is_described_and_none_is_invented(nom: str) -> None:
    dossier = dossier_du_cas()
    rectifie = replace(dossier.deliberation, rectifie=None)
    connues = noms(valeurs(nom, replace(dossier, deliberation=rectifie)))
    decrites = variables_de(nom)
    assert {d for d in decrites if not d.startswith("rectifie.")} == connues
    assert all(phrase and not phrase.endswith(".") for phrase in decrites.values())


@pytest.mark.parametrize("nom", NOMS_MODELES)
def test_our_templates_keep_to_the_language_and_to_what_is_described(nom: str) -> None:
    verifier(nom, modele_livre(nom))
    with pytest.raises(Refus, match="ligne 1"):
        verifier(nom, "{{ inconnue }}")


def test_describing_templates_loads_neither_reportlab_nor_jinja() -> None:
    code = (
        "import sys, inclusion_desk.documents.textes as t; t.variables_de('annexe'); t.modele_livre('rapport');"
        "sys.exit(bool({'reportlab', 'jinja2', 'docx', 'pypdfium2'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("nom", NOMS_MODELES)
def test_a_template_being_written_is_tried_on_the_dossier(nom: str) -> None:
    dossier = dossier_du_cas()
    essai = essayer_modele(nom, "# {{ titre }}\n", dossier)
    assert len(essai) == (3 if nom == "annexe" else 1)
    with pytest.raises(Refus, match="ligne 2"):
        essayer_modele(nom, "# {{ titre }}\n{{ ttre }}\n", dossier)


@pytest.mark.parametrize(
    ("nom", "nature"), [("rapport", "rapport"), ("annexe", "annexes"), ("deliberation", "deliberation")]
)
def test_a_template_of_the_dossier_that_forgets_amounts_is_caught(nom: str, nature: str) -> None:
    dossier = replace(dossier_du_cas(), modeles=(Modele(nom, "# {{ titre }}\n"),))
    contenu = render_texte(nature, dossier, "pdf")
    with pytest.raises(Refus, match="ne porte pas"):
        verify_texte(nature, contenu, dossier, "pdf")


def test_an_amount_printed_once_too_often_is_caught() -> None:
    dossier = dossier_du_cas()
    pages = sections("rapport", dossier)
    lu = read_pdf(render_texte("rapport", dossier, "pdf"))
    compare(lu, pages)
    with pytest.raises(Refus, match="3 fois"):
        compare(f"{lu} 712\u00a0000\u00a0€", pages)
    with pytest.raises(Refus, match="zéro fois"):
        compare(lu.replace("871\u00a0218\u00a0€", ""), pages)


def test_a_longer_number_does_not_pass_for_the_one_sought() -> None:
    require("1\u00a0712\u00a0000\u00a0€ et 712\u00a0000\u00a0€", {"712\u00a0000\u00a0€": 1})
    for leurre in ("1\u00a0712\u00a0000\u00a0€", "712\u00a0000\u00a0€,5", "-712\u00a0000\u00a0€"):
        with pytest.raises(Refus):
            require(leurre, {"712\u00a0000\u00a0€": 1})


@pytest.mark.parametrize("read", [read_pdf, read_docx])
def test_a_damaged_file_is_refused(read: object) -> None:
    assert callable(read)
    for contenu in (b"%PDF-1.7 rien", b"PK\x03\x04", b""):
        with pytest.raises(Refus, match="relu"):
            read(contenu)


def test_an_amount_in_the_title_is_left_aside() -> None:
    dossier = dossier_du_cas()
    dossier = replace(dossier, deliberation=replace(dossier.deliberation, titre="Pour 12\u00a0€ de plus"))
    for nature in NATURES_TEXTE:
        verify_texte(nature, render_texte(nature, dossier, "pdf"), dossier, "pdf")
