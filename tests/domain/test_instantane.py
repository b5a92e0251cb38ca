"""The frozen copy: read back as it was, the same bytes for ever, refused once altered."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusion_desk.domain.deliberations import Adoption, ArticleSaisi, Rectification
from inclusion_desk.domain.dossier import DossierSeance, Modele
from inclusion_desk.domain.instantane import FORMAT, ecrire, empreinte, lire
from inclusion_desk.domain.refus import BaseRefusee
from tests.fabrique import dossier_du_cas

PREMIERE = (
    '{"dossier":{"annee":2024,"budget":[],"deliberation":{"numero":"2024-587","titre":"T"},"departement":"Pas-de-Calais",'
    '"phase":6,"seance":{"instance":"Commission permanente","jour":"2024-12-09","lieu":"Arras","president":"M. X",'
    '"presences":[],"qualite_president":"","secretaire":""},"thematiques":[],"titre":"Œuvre d’été"},"format":1}'
)
"""A copy as the first version could have written it, with nothing that has a default: it must be read for ever."""


def relu(texte: str) -> DossierSeance:
    return lire(texte, empreinte(texte))


def retouche(**champs: Any) -> str:
    """Write the case with fields of its root changed or, when None, taken out; the fingerprint follows."""
    contenu = json.loads(ecrire(dossier_du_cas()))
    for nom, valeur in champs.items():
        contenu["dossier"].pop(nom, None)
        if valeur is not None:
            contenu["dossier"][nom] = valeur
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def strategie(nature: Any, dans: int = 0) -> st.SearchStrategy[Any]:
    """Make any value of a type hint of the tree; a type the copy does not know fails here.

    ``dans`` counts the dossiers it is in: one may hold another, which holds none.
    """
    if get_origin(nature) is UnionType:
        (utile,) = (n for n in get_args(nature) if n is not NoneType)
        return st.none() if utile is DossierSeance and dans > 1 else st.none() | strategie(utile, dans)
    if get_origin(nature) is tuple:
        premiere, *autres = get_args(nature)
        if autres == [Ellipsis]:
            return st.lists(strategie(premiere, dans), max_size=2).map(tuple)
        return st.tuples(*(strategie(n, dans) for n in get_args(nature)))
    if is_dataclass(nature) and isinstance(nature, type):
        hints, dedans = get_type_hints(nature), dans + (nature is DossierSeance)
        return st.builds(nature, **{champ.name: strategie(hints[champ.name], dedans) for champ in fields(nature)})
    return {
        int: st.integers(),
        bool: st.booleans(),
        str: st.text(st.characters(codec="utf-8"), max_size=8)
        | st.sampled_from(["", "Œuvre d’été", "e\u0301", "\u2028"]),
        date: st.dates(),
    }[nature]


def test_the_case_is_read_back_as_it_was() -> None:
    dossier = dossier_du_cas()
    assert relu(ecrire(dossier)) == dossier


def test_what_an_adopted_act_adds_is_read_back() -> None:
    dossier = dossier_du_cas()
    complet = replace(
        dossier,
        deliberation=replace(
            dossier.deliberation,
            articles=(
                ArticleSaisi("libre", None, "Texte {phase.montant}"),
                ArticleSaisi("financement", 1, retire=True),
            ),
            rectifie=Rectification("2024-500", None, "Première"),
            adoption=Adoption("abc", "2024-12-09T10:00:00"),
        ),
        autres_montants=((3, 100), (4, 0)),
        modeles=(Modele("deliberation", "# {{ titre }}"),),
    )
    assert relu(ecrire(complet)) == complet


@settings(max_examples=60)
@given(strategie(DossierSeance))
def test_any_dossier_is_read_back_and_written_again_the_same(dossier: DossierSeance) -> None:
    texte = ecrire(dossier)
    assert relu(texte) == dossier
    assert ecrire(relu(texte)) == texte


def test_the_text_is_canonical() -> None:
    texte = ecrire(dossier_du_cas())
    assert ecrire(dossier_du_cas()) == texte
    assert texte == json.dumps(json.loads(texte), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "Hénin-Carvin" in texte
    assert '"jour":"2024-12-09"' in texte
    assert texte.endswith(f'"format":{FORMAT}}}')


def test_dossiers_that_differ_by_one_cent_have_other_fingerprints() -> None:
    dossier = dossier_du_cas()
    autre = replace(dossier, budget=(replace(dossier.budget[0], ae=dossier.budget[0].ae + 1), *dossier.budget[1:]))
    assert empreinte(ecrire(autre)) != empreinte(ecrire(dossier))
    assert len(empreinte(ecrire(dossier))) == 64


@pytest.mark.parametrize("alteration", [("871", "872"), ("Pas-de-Calais", "Nord"), (",", ", "), ("é", "e\u0301")])
def test_an_altered_text_is_refused(alteration: tuple[str, str]) -> None:
    texte = ecrire(replace(dossier_du_cas(), contexte="871 218 €"))
    altere = texte.replace(*alteration, 1)
    assert altere != texte
    with pytest.raises(BaseRefusee, match="ne correspond plus à son empreinte"):
        lire(altere, empreinte(texte))


def test_a_newer_format_is_refused() -> None:
    texte = ecrire(dossier_du_cas()).replace(f'"format":{FORMAT}', f'"format":{FORMAT + 1}')
    with pytest.raises(BaseRefusee, match="version plus récente : mettez Inclusion Desk à jour"):
        relu(texte)


@pytest.mark.parametrize(
    "texte",
    ["", "null", "[]", "{}", '{"format":1}', '{"dossier":{},"format":"1"}', PREMIERE.replace("2024-12-09", "hier"),
     PREMIERE.replace('"annee":2024,', ""), PREMIERE.replace('"budget":[]', '"budget":[1]'), "pas du JSON"],
)  # fmt: skip
def test_what_is_no_copy_is_a_sentence(texte: str) -> None:
    with pytest.raises(BaseRefusee, match="n’est pas lisible : restaurez une sauvegarde"):
        relu(texte)


def test_a_copy_of_the_first_version_is_read_with_the_defaults_of_what_came_since() -> None:
    lu = relu(PREMIERE)
    assert (lu.reference, lu.titre, lu.seance.jour) == ("2024/6", "Œuvre d’été", date(2024, 12, 9))
    assert (lu.etat, lu.annexes, lu.modeles, lu.deliberation.articles) == ("preparation", (), (), ())
    assert lu.deliberation.adoption is None


def test_a_newer_optional_field_may_be_missing_at_every_level() -> None:
    dossier = dossier_du_cas()
    assert relu(retouche(contexte=None, periodes=None)) == replace(dossier, contexte="", periodes="")
    contenu = json.loads(ecrire(dossier))
    for thematique in contenu["dossier"]["thematiques"]:
        for operation in thematique["operations"]:
            for ligne in operation["lignes"]:
                del ligne["engagement_republicain"]
    assert all(ligne.engagement_republicain for ligne in relu(json.dumps(contenu)).lignes)


def test_a_field_that_this_version_does_not_know_is_left_aside() -> None:
    assert relu(retouche(champ_futur={"a": [1, None]})) == dossier_du_cas()
