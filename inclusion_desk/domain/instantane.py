"""The frozen copy of a dossier: its canonical JSON, its fingerprint, and the way back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import BaseRefusee

FORMAT = 1
"""Raised when the tree changes in a way that older copies cannot be read by; fields added have a default."""


def ecrire(dossier: DossierSeance) -> str:
    """Write a dossier as canonical JSON: keys sorted, no white space, dates ISO, amounts integer cents."""
    return _written("dossier", dossier)


def ecrire_acte(acte: Acte) -> str:
    """Write a convention or an avenant the same way."""
    return _written("acte", acte)


def _written(nom: str, arbre: object) -> str:
    contenu = {"format": FORMAT, nom: _plain(arbre)}
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def empreinte(texte: str) -> str:
    """Give the SHA-256 of a canonical JSON, in hexadecimal."""
    return hashlib.sha256(texte.encode("utf-8")).hexdigest()


def lire(texte: str, attendue: str) -> DossierSeance:
    """Read a frozen copy back, after checking that its fingerprint is the one recorded.

    Raises:
        BaseRefusee: the copy was altered, comes from a newer version, or lacks what a dossier must hold.
    """
    lu: DossierSeance = _read(texte, attendue, "dossier", DossierSeance)
    return lu


def lire_acte(texte: str, attendue: str) -> Acte:
    """Read the copy of a convention or an avenant back.

    Raises:
        BaseRefusee: as ``lire``.
    """
    lu: Acte = _read(texte, attendue, "acte", Acte)
    return lu


def _read(texte: str, attendue: str, nom: str, nature: type) -> Any:  # noqa: ANN401 - an instance of ``nature``
    if empreinte(texte) != attendue:
        raise BaseRefusee(
            "La copie figée de l’acte ne correspond plus à son empreinte : la base a été altérée, restaurez une "
            "sauvegarde."
        )
    try:
        contenu = json.loads(texte)
        if contenu["format"] > FORMAT:
            raise BaseRefusee("Cet acte vient d’une version plus récente : mettez Inclusion Desk à jour sur ce poste.")
        return _built(nature, contenu[nom])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BaseRefusee("La copie figée de l’acte n’est pas lisible : restaurez une sauvegarde.") from error


def _plain(valeur: Any) -> Any:  # noqa: ANN401 - any value of the tree
    if is_dataclass(valeur):
        return {champ.name: _plain(getattr(valeur, champ.name)) for champ in fields(valeur)}
    if isinstance(valeur, tuple):
        return [_plain(element) for element in valeur]
    return valeur.isoformat() if isinstance(valeur, date) else valeur


@cache
def _hints(classe: type) -> Mapping[str, Any]:
    return get_type_hints(classe)


def _built(nature: Any, brut: Any) -> Any:  # noqa: ANN401 - a type hint, and what JSON gave
    if brut is None:
        return None
    if get_origin(nature) is UnionType:
        (utile,) = (n for n in get_args(nature) if n is not NoneType)
        return _built(utile, brut)
    if get_origin(nature) is tuple:
        return _built_tuple(get_args(nature), brut)
    if is_dataclass(nature) and isinstance(nature, type):
        hints = _hints(nature)
        return nature(**{nom: _built(hints[nom], valeur) for nom, valeur in brut.items() if nom in hints})
    return date.fromisoformat(brut) if nature is date else brut


def _built_tuple(natures: tuple[Any, ...], brut: list[Any]) -> tuple[Any, ...]:
    if len(natures) == 2 and natures[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return tuple(_built(natures[0], element) for element in brut)
    return tuple(_built(n, element) for n, element in zip(natures, brut, strict=True))
