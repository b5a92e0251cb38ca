"""Templates kept version by version: written, tried, brought back to ours, undone; two editors at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.services import modeles, production, verification
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import modeles as store
from tests.services.gestes import PHASE, aller_retour, annulation_refusee, dossier, jouer, silence
from tests.services.test_issues import _text


def etat(desk: Desk) -> object:
    """Read which text of each template is in force."""
    return {nom: desk.read(modeles.en_vigueur, nom) for nom in modeles.NOMS}


def variante(nom: str, phrase: str = "Une phrase de plus.") -> str:
    return f"{modeles.livre(nom)}\n\n{phrase}\n"


@pytest.mark.parametrize("nom", sorted(modeles.NOMS))
def test_a_template_is_kept_undone_and_redone(desk: Desk, nom: str) -> None:
    aller_retour(desk, etat, modeles.enregistrer, nom, 0, variante(nom))
    assert desk.read(modeles.en_vigueur, nom) == variante(nom)
    assert desk.read(verification.anomalies) == ()


def test_every_version_is_kept_with_who_wrote_it_and_when(desk: Desk) -> None:
    desk.auteur = "Une instructrice"
    for numero in range(3):
        desk.do(modeles.enregistrer, "rapport", numero, variante("rapport", f"Version {numero + 1}."))
    desk.do(modeles.revenir, "rapport", 3)
    lues = desk.read(modeles.versions, "rapport")
    assert [(v.numero, v.source is None, v.auteur) for v in lues] == [
        (4, True, "Une instructrice"), (3, False, "Une instructrice"), (2, False, "Une instructrice"),
        (1, False, "Une instructrice"),
    ]  # fmt: skip
    assert lues[0].moment[:4] == str(desk.maintenant().year)
    lu = desk.read(modeles.lire, "rapport")
    assert (lu.livre, lu.numero, lu.source) == (True, 4, modeles.livre("rapport"))
    assert desk.read(store.load_current) == ()


def test_coming_back_to_ours_is_undone_and_redone(desk: Desk) -> None:
    desk.do(modeles.enregistrer, "rapport", 0, variante("rapport"))
    aller_retour(desk, etat, modeles.revenir, "rapport", 1)
    assert desk.read(modeles.en_vigueur, "rapport") == modeles.livre("rapport")
    assert desk.read(verification.anomalies) == ()


def test_a_document_follows_the_template_in_force(bureau: Desk) -> None:
    fait = bureau.do(modeles.enregistrer, "rapport", 0, variante("rapport", "Une phrase reconnaissable."))
    assert "Une phrase reconnaissable." in _text(production.apercu(bureau, PHASE, nature="rapport"))
    assert [m.nom for m in dossier(bureau).modeles] == ["rapport"]
    jouer(bureau, fait.inverse)
    assert "Une phrase reconnaissable." not in _text(production.apercu(bureau, PHASE, nature="rapport"))


def test_a_template_is_tried_before_it_is_kept(bureau: Desk) -> None:
    essai = modeles.apercu(bureau, PHASE, "rapport", variante("rapport", "Un essai."), silence)
    assert "Un essai." in _text(essai)
    assert bureau.read(modeles.lire, "rapport").livre


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("{{ inconnue }}", "inconnue"),
        ("{% for x in titre %}", "ligne"),
        ("{{ titre.__class__ }}", "__class__"),
        ("{% include 'autre' %}", "autre fichier"),
    ],
)
def test_a_template_that_cannot_be_filled_is_not_kept(bureau: Desk, source: str, phrase: str) -> None:
    avant = etat(bureau)
    with pytest.raises(Refus, match=phrase):
        bureau.do(modeles.enregistrer, "rapport", 0, source)
    with pytest.raises(Refus, match=phrase):
        modeles.apercu(bureau, PHASE, "rapport", source, silence)
    assert etat(bureau) == avant
    assert bureau.read(modeles.versions, "rapport") == []


VIDES = ["", "\n \t\u00a0\n", "{# Une remarque. #}\n", "{% if titre %}\n\n{% endif %}\n"]


@pytest.mark.parametrize("vide", VIDES)
@pytest.mark.parametrize("nom", sorted(modeles.NOMS))
def test_an_empty_template_is_not_kept(bureau: Desk, nom: str, vide: str) -> None:
    """The documents would print ours, under a version that says otherwise."""
    with pytest.raises(Refus, match="Le modèle est vide : écrivez-en le texte, ou revenez au modèle d’origine"):
        bureau.do(modeles.enregistrer, nom, 0, vide)
    assert bureau.read(modeles.lire, nom).livre
    assert bureau.read(modeles.versions, nom) == []


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(desk: Desk) -> None:
    desk.auteur = "La première"
    desk.do(modeles.enregistrer, "rapport", 0, variante("rapport"))
    appels: tuple[tuple[Any, ...], ...] = (
        (modeles.enregistrer, "rapport", 0, variante("rapport", "La seconde.")),
        (modeles.revenir, "rapport", 0),
    )
    for appel in appels:
        with pytest.raises(Refus, match="enregistrée entre-temps par La première"):
            desk.do(*appel)
    assert desk.read(modeles.en_vigueur, "rapport") == variante("rapport")


def test_two_editors_at_the_very_same_moment(desk: Desk) -> None:
    """Both read the version before either writes: on the server, the second finds its number taken."""
    for numero in range(8):
        depart = threading.Barrier(2)
        issues: list[str] = []

        def enregistrer(texte: str, numero: int = numero, depart: threading.Barrier = depart) -> None:
            depart.wait()
            try:
                desk.do(modeles.enregistrer, "rapport", numero, texte)
                issues.append("")  # noqa: B023 - joined before the next round
            except Refus as refus:
                issues.append(str(refus))  # noqa: B023 - idem

        taches = [threading.Thread(target=enregistrer, args=(variante("rapport", f"{n}."),)) for n in range(2)]
        for tache in taches:
            tache.start()
        for tache in taches:
            tache.join()
        assert sorted(map(bool, issues)) == [False, True], issues
    assert len(desk.read(modeles.versions, "rapport")) == 8
    assert desk.read(verification.anomalies) == ()


def test_a_version_kept_meanwhile_is_not_undone_over(desk: Desk) -> None:
    fait = desk.do(modeles.enregistrer, "rapport", 0, variante("rapport"))
    desk.do(modeles.enregistrer, "rapport", 1, variante("rapport", "Autre."))
    annulation_refusee(desk, fait, etat)
    with pytest.raises(ConflitDeVersion):
        jouer(desk, fait.inverse)
