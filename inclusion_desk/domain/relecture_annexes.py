"""The proof-reading of the annexes of an act: those announced, those listed, and the headings of those that follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.controles_textes import _crossed_own as crossed_annexes
from inclusion_desk.domain.controles_textes import _not_listed as not_listed
from inclusion_desk.domain.relecture_texte import PUCES, Lecture, Relecteur, Releve, situer_citations
from inclusion_desk.domain.text import enumerer, pluriel
from inclusion_desk.domain.textes_controles import ESPACE

_NUMERO = rf"annexe{ESPACE}+(?:n°{ESPACE}*)?"
INTITULE = re.compile(rf"^{PUCES}{_NUMERO}(\d{{1,2}}|x{{1,4}}|[_….]+)[*_]*{ESPACE}*(?:[:–—-].*)?$", re.IGNORECASE)
"""The heading of an annexe, or its line in the list of annexes: ``Annexe N°2 – …``, ``Annexe XX``."""
_CITEES = re.compile(
    rf"\bannexes?{ESPACE}+(?:n°{ESPACE}*)?(\d+(?:{ESPACE}*,{ESPACE}*\d+)*(?:{ESPACE}+et{ESPACE}+\d+)?)",
    re.IGNORECASE,
)


def _intitules(lignes: Iterator[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """List the headings among lines: where, their number as written, the whole line."""
    trouves = ((n, INTITULE.match(ligne), ligne) for n, ligne in lignes)
    return [(n, trouve[1], " ".join(ligne.split())) for n, trouve, ligne in trouves if trouve]


def _absentes(lecture: Lecture) -> Iterator[Releve]:
    """Point at an annexe that is announced and not listed (the case, l.458)."""
    corps = "\n".join(ligne for _, ligne in lecture.corps)
    for numero in not_listed(corps):
        lignes = [n for n, ligne in lecture.corps if numero in _cites(ligne)]
        yield Releve(
            f"l’annexe {numero} est annoncée et ne figure pas dans la liste des annexes : ajoutez-la, "
            "ou retirez l’annonce",
            tuple(lignes),
        )


def _cites(ligne: str) -> list[int]:
    return [int(n) for suite in _CITEES.findall(ligne) for n in re.findall(r"\d+", suite)]


def _croisees(lecture: Lecture) -> Iterator[Releve]:
    """Point at annexes whose numbers are not those of the list (the case, l.1405 and l.1442)."""
    corps = "\n".join(ligne for _, ligne in lecture.corps)
    for phrase in crossed_annexes(corps):
        yield Releve(phrase, situer_citations(lecture, phrase))


def _sans_numero(lecture: Lecture) -> Iterator[Releve]:
    """Point at headings whose number was never filled in (the case, l.503 and l.1027)."""
    for n, numero, ligne in _intitules(lecture.numerotees()):
        if not numero.isdecimal():
            yield Releve(f"l’intitulé {guillemets(ligne)} attend son numéro d’annexe : écrivez-le", (n,))


def _sans_fiche(lecture: Lecture) -> Iterator[Releve]:
    """Point at annexes that are listed and under whose heading nothing comes (the case, annexes 5 to 9)."""
    if not lecture.cloture:
        return
    presents = {numero for _, numero, _ in _intitules(lecture.annexees)}
    listees = [(n, numero) for n, numero, _ in _intitules(lecture.corps) if n > min(lecture.articles, default=0)]
    manquantes = [(n, numero) for n, numero in listees if numero.isdecimal() and numero not in presents]
    if manquantes:
        numeros = list(dict.fromkeys(numero for _, numero in manquantes))
        yield Releve(
            f"{pluriel(len(numeros), 'l’annexe', 'les annexes')} {enumerer(numeros)} "
            f"{pluriel(len(numeros), 'est listée', 'sont listées')} et rien ne suit l’acte sous cet intitulé : "
            f"joignez {pluriel(len(numeros), 'la fiche, titrée de son numéro', 'les fiches, titrées de leur numéro')}",
            tuple(n for n, _ in manquantes),
        )


def _sans_annonce(lecture: Lecture) -> Iterator[Releve]:
    """Point at annexes that follow the act and that it does not cite, or that come twice."""
    annonces = {numero for _, ligne in lecture.corps for numero in _cites(ligne)}
    intitules = [(n, int(numero)) for n, numero, _ in _intitules(lecture.annexees) if numero.isdecimal()]
    for n, numero in intitules:
        if numero not in annonces:
            yield Releve(f"l’annexe {numero} suit l’acte sans que celui-ci l’annonce : listez-la, ou retirez-la", (n,))
    for numero, fois in Counter(numero for _, numero in intitules).items():
        if fois > 1:
            lignes = tuple(n for n, autre in intitules if autre == numero)
            yield Releve(f"{fois} annexes portent le numéro {numero} : renumérotez-les", lignes)


_CAS = "Délibération n° 2024-587"
RELECTEURS_ANNEXES = (
    Relecteur("TXT-01", "Annexe annoncée qui n’existe pas", Gravite.BLOQUANT, _absentes, f"{_CAS}, annexe 5"),
    Relecteur("TXT-02", "Annexes croisées", Gravite.BLOQUANT, _croisees, f"{_CAS}, annexe 7"),
    Relecteur("REL-01", "Annexe sans numéro", Gravite.BLOQUANT, _sans_numero, f"{_CAS}, annexes 5 à 9"),
    Relecteur("REL-02", "Annexe sans fiche", Gravite.BLOQUANT, _sans_fiche, f"{_CAS}, annexes 5 à 9"),
    Relecteur("REL-03", "Annexe sans annonce", Gravite.BLOQUANT, _sans_annonce, f"{_CAS}, annexes 5 à 10"),
)
"""The rules about annexes."""
