"""Identifiers of the field: SIRET, RNA, postcode, operation code, imputation, convention number."""

from __future__ import annotations

import re

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter

_SEPARATEURS = re.compile(r"[\s\u00a0\u202f.\-]")
_RNA = re.compile(r"W\d[0-9AB]\d{7}")
_CODE_OPERATION = re.compile(r"C\d{2}-(\d{3})[A-Z]\d{2}")
_IMPUTATION = re.compile(r"(\d{3,6})/(\d{2})(\d{3})")
_CONVENTION = re.compile(r"\d{4}-\d{5}")
_NUMERO_DISPOSITIF = re.compile(r"\d{1,2}\.\d{1,2}")
LONGUEUR_SIRET = 14


def parse_siret(texte: str, libelle: str = "Le SIRET", champ: str | None = None) -> str:
    """Read a SIRET typed with or without spaces, and return its 14 digits.

    The SIREN and the whole must pass Luhn; the establishments of La Poste but its seat follow a digit sum instead.

    Raises:
        Refus: wrong length, something else than digits, or a failed check.
    """
    net = _SEPARATEURS.sub("", texte)
    if not (net.isascii() and net.isdigit()):
        raise Refus(f"{libelle} ne doit contenir que des chiffres : retirez les autres caractères.", champ)
    if len(net) != LONGUEUR_SIRET:
        raise Refus(f"{libelle} compte {compter(len(net), 'chiffre')} au lieu de 14 : corrigez-le.", champ)
    if not siret_valide(net):
        raise Refus(
            f"{libelle} {format_siret(net)} ne passe pas le contrôle de la clé : un chiffre est faux ou deux sont "
            "intervertis, vérifiez-le sur l’avis de situation de la structure.",
            champ,
        )
    return net


def siret_valide(siret: str) -> bool:
    """Tell whether 14 digits are a possible SIRET (Luhn on SIREN and SIRET, or the rule of La Poste)."""
    from stdnum.fr.siret import is_valid  # noqa: PLC0415 - 17 ms that the start of the window does not need

    return len(siret) == LONGUEUR_SIRET and is_valid(siret)


def format_siret(siret: str) -> str:
    """Show a SIRET as ``186 200 093 00083``, with non-breaking spaces."""
    return INSECABLE.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def parse_rna(texte: str, libelle: str = "Le numéro RNA", champ: str | None = None) -> str:
    """Read the number of an association in the national register: ``W`` and nine characters.

    Raises:
        Refus: any other shape.
    """
    net = _SEPARATEURS.sub("", texte).upper()
    if _RNA.fullmatch(net) is None:
        raise Refus(f"{libelle} s’écrit W suivi de neuf caractères, par exemple W621000001 : vérifiez-le.", champ)
    return net


def parse_code_postal(texte: str, libelle: str = "Le code postal", champ: str | None = None) -> str:
    """Read a French postcode of five digits.

    Raises:
        Refus: any other shape.
    """
    net = _SEPARATEURS.sub("", texte)
    if len(net) != 5 or not (net.isascii() and net.isdigit()):  # noqa: PLR2004 - five digits
        raise Refus(f"{libelle} doit compter cinq chiffres, par exemple 62000 : vérifiez-le.", champ)
    return net


def parse_code_operation(texte: str, libelle: str = "Le code opération", champ: str | None = None) -> str:
    """Read an operation code such as ``C02-446A05``; its three digits after the dash are the M57 function.

    Raises:
        Refus: any other shape.
    """
    net = texte.strip().upper()
    if _CODE_OPERATION.fullmatch(net) is None:
        raise Refus(
            f"{libelle} s’écrit C, deux chiffres, tiret, fonction, lettre et rang, par exemple C02-446A05 : "
            "vérifiez-le.",
            champ,
        )
    return net


def parse_imputation(texte: str, libelle: str = "L’imputation", champ: str | None = None) -> str:
    """Read an imputation ``nature/fonction`` such as ``6568/93446``.

    Raises:
        Refus: any other shape.
    """
    net = _SEPARATEURS.sub("", texte)
    if _IMPUTATION.fullmatch(net) is None:
        raise Refus(f"{libelle} s’écrit nature/fonction, par exemple 6568/93446 : vérifiez-la.", champ)
    return net


def fonctions_concordent(code_operation: str, imputation: str) -> bool:
    """Tell whether an operation code carries the function of its imputation (C02-446A05 and 93446)."""
    code, ligne = _CODE_OPERATION.fullmatch(code_operation), _IMPUTATION.fullmatch(imputation)
    return code is not None and ligne is not None and code.group(1) == ligne.group(3)


def parse_convention(texte: str, libelle: str = "Le numéro de convention", champ: str | None = None) -> str:
    """Read the number of a convention such as ``2024-01213``.

    Raises:
        Refus: any other shape.
    """
    net = texte.replace(" ", "").strip()
    if _CONVENTION.fullmatch(net) is None:
        raise Refus(
            f"{libelle} s’écrit année, tiret et rang à cinq chiffres, par exemple 2024-01213 : vérifiez-le.", champ
        )
    return net


def parse_numero_dispositif(texte: str, libelle: str = "Le numéro", champ: str | None = None) -> str:
    """Read the number of a dispositif such as ``3.14``: thématique, dot, rank.

    Raises:
        Refus: any other shape.
    """
    net = texte.strip()
    if _NUMERO_DISPOSITIF.fullmatch(net) is None:
        raise Refus(f"{libelle} s’écrit thématique.rang, par exemple 3.14 : vérifiez-le.", champ)
    return net
