"""Words and figures as acts print them: dates, periods, acts, volumes, ETP, what is not known yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from inclusion_desk.domain.champs import format_centiemes
from inclusion_desk.domain.dispositifs import UNITES, unite_accordee
from inclusion_desk.domain.dossier import Ligne, Operation
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter, enumerer, format_date, format_date_longue

A_REMPLIR = "…" * 8
"""Stands for what is not known yet, to be filled in by hand."""
_NUMERO = re.compile(r"\b(articles?|annexes?) (?=\d)")
_PERIODES_MAX = 3
"""More different periods than this are summed up by the first day and the last."""
_ACTES = {"convention": ("une convention", "des conventions"), "avenant": ("un avenant", "des avenants")}


def jour(quand: date | None, sinon: str = A_REMPLIR) -> str:
    """Print a date in full, or what stands for it."""
    return format_date_longue(quand) if quand else sinon


def periode(debut: date, fin: date) -> str:
    """Say a period as acts do, a year or a month once: ``du 1er janvier au 31 décembre 2025``."""
    premier = format_date_longue(debut)
    if debut.year == fin.year:
        premier = premier.removesuffix(f"{INSECABLE}{debut.year}")
    return f"du {premier} au {format_date_longue(fin)}"


def periodes(lignes: Iterable[Ligne]) -> str:
    """Say the periods of lines; beyond a few, the days between which they all run; nothing without lines."""
    toutes = _distinctes(lignes)
    if len(toutes) > _PERIODES_MAX:
        debut, fin = _enveloppe(toutes)
        return f"entre le {format_date_longue(debut)} et le {format_date_longue(fin)} selon les structures"
    return enumerer([periode(debut, fin) for debut, fin in toutes])


def periodes_courtes(lignes: Iterable[Ligne]) -> str:
    """Write the periods of lines in a cell, one after the other; beyond a few, from the first day to the last."""
    toutes = _distinctes(lignes)
    shown = [_enveloppe(toutes)] if len(toutes) > _PERIODES_MAX else toutes
    return "\n".join(f"{format_date(debut)} au\n{format_date(fin)}" for debut, fin in shown)


def _distinctes(lignes: Iterable[Ligne]) -> list[tuple[date, date]]:
    return sorted({(ligne.debut, ligne.fin) for ligne in lignes})


def _enveloppe(periodes_: Sequence[tuple[date, date]]) -> tuple[date, date]:
    return min(debut for debut, _ in periodes_), max(fin for _, fin in periodes_)


def etp(centiemes: int) -> str:
    """Say a number of ETP: ``1,2 ETP``; nothing for none."""
    return f"{format_centiemes(centiemes)}{INSECABLE}ETP" if centiemes else ""


def volume(nombre: int, unite: str) -> str:
    """Say a volume with its unit agreed; nothing where ETP are the unit and the number of ETP says it."""
    if unite == "etp" and not nombre:
        return ""
    return compter(nombre, UNITES.get(unite, unite), unite_accordee(unite, 2))


def structures(lignes: Iterable[Ligne]) -> int:
    """Count the different structures of lines."""
    return len({ligne.structure_id for ligne in lignes})


def actes(operation: Operation) -> str:
    """Say the acts an operation calls for and with whom: ``des avenants avec 8 structures``."""
    return enumerer([_acte(acte, groupe) for acte in _ACTES if (groupe := _of(operation, acte))])


def _of(operation: Operation, acte: str) -> Sequence[Ligne]:
    return [ligne for ligne in operation.lignes if ligne.acte == acte]


def _acte(acte: str, lignes: Sequence[Ligne]) -> str:
    seul, plusieurs = _ACTES[acte]
    nombre = structures(lignes)
    if nombre > 1:
        return f"{plusieurs} avec {compter(nombre, 'structure')}"
    return f"{seul} avec une structure ({lignes[0].structure})"


def libelle_actes(operation: Operation) -> str:
    """Name the kinds of acts of an operation in a cell: ``Avenants``, ``Convention``."""
    noms = []
    for acte, (seul, plusieurs) in _ACTES.items():
        nombre = structures(_of(operation, acte))
        if nombre:
            noms.append((plusieurs if nombre > 1 else seul).split(" ")[1])
    return enumerer(noms).capitalize()


def lier_numeros(texte: str) -> str:
    """Keep the number of an article or annexe on the line of its noun."""
    return _NUMERO.sub(rf"\1{INSECABLE}", texte)


def dans_la_phrase(texte: str) -> str:
    """Begin a title by a small letter, but an acronym: ``contrepartie FSE``, ``FSE+``."""
    return f"{texte[:1].lower()}{texte[1:]}" if texte[1:2].islower() else texte


def du(qualite: str) -> str:
    """Say « du Président… », « de la Présidente… »."""
    return f"de la {qualite}" if qualite.startswith("Présidente") else f"du {qualite}"


def de_l_instance(instance: str) -> str:
    """Say « du Conseil… », « de la Commission… », « de l’Assemblée… »."""
    if instance[:1] in "AEÉIOU":
        return f"de l’{instance}"
    return f"de la {instance}" if instance.startswith("Commission") else f"du {instance}"
