"""The end of a deliberation: vote, outcome and signatures on one page, who signs in the frame."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from inclusion_desk.documents.blocks import KeepTogether, Signatures
from inclusion_desk.documents.deliberation import deliberation_blocks, render_deliberation
from inclusion_desk.domain.deliberations import Deliberation
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import dossier_du_cas


def acte(**champs: object) -> DossierSeance:
    dossier = dossier_du_cas()
    deliberation: Deliberation = replace(dossier.deliberation, **champs)  # type: ignore[arg-type]
    return replace(dossier, deliberation=deliberation)


def pages(contenu: bytes) -> list[str]:
    with pypdfium2.PdfDocument(contenu) as lu:
        return [" ".join(feuille.get_textpage().get_text_range().split()) for feuille in lu]


@pytest.mark.parametrize("visas", range(0, 30, 3))
def test_signatures_never_stand_alone_on_their_page(visas: int) -> None:
    """Whatever stands before, the vote and its outcome are on the page that is signed."""
    modele = dossier_du_cas().deliberation.visas[0]
    lues = pages(render_deliberation(acte(visas=(modele,) * visas)))
    (signee,) = (page for page in lues if "Fait à Arras" in page)
    assert "Pour : 29 voix" in signee
    assert "Adopté" in signee


def _cadres(dossier: DossierSeance) -> list[tuple[str, bool]]:
    (ensemble,) = (
        bloc
        for bloc in deliberation_blocks(dossier)
        if isinstance(bloc, KeepTogether) and isinstance(bloc.blocks[-1], Signatures)
    )
    signatures = ensemble.blocks[-1]
    assert isinstance(signatures, Signatures)
    return [(qui.name, qui.box) for qui in signatures.signatories]


def test_the_president_has_room_to_sign_unless_somebody_signs_instead() -> None:
    assert _cadres(acte(signataire="")) == [("Jean-Claude LEROY", True)]
    assert _cadres(acte()) == [("Jean-Claude LEROY", False), ("Maryline VINCLAIRE", True)]


def test_a_project_holds_no_outcome() -> None:
    lu = " ".join(pages(render_deliberation(acte(issue=None))))
    assert "Pour : 29 voix" in lu
    assert "Fait à" not in lu
