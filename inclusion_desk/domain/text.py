"""Text as users type it and as acts print it: cleaning, folding for search, French typography."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from inclusion_desk.domain.money import INSECABLE, format_nombre
from inclusion_desk.domain.refus import Refus

LONGUEUR_MAX = 20_000
"""The longest text any field accepts, in characters."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "\u00a0": " ", "\u202f": " ", "–": "-"})
_BALISE = re.compile(r"<[A-Za-z/!?][^<>]*>?")
_FORMULE = re.compile(r"[=+@]|-(?=\S)")
_AVANT = re.compile(r"[ \u00a0\u202f]*([:;!?»%€])")
_AVANT_STRICT = re.compile(r"(?<![ \u00a0\u202f])[ \u00a0\u202f]+([:;!?»%€])")
_APRES = re.compile(r"«[ \u00a0\u202f]*")
_POUR_CENT = re.compile(r"(?<=\d)(?=%(?!\w))")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«])")
# A rank is a word of its own: no part of a code, a version or a number with a decimal.
_RANGS = tuple(
    (re.compile(rf"(?<![\w./,+-])({nombre}){fin}(?![\w/+-]|\.\w)"), rf"\1{net}")
    for nombre, fin, net in (
        ("1", "[èe]re(s?)", r"re\2"),
        ("1", "[ÈE]RE(S?)", r"RE\2"),
        (r"[02-9]|\d{2,}", "i?[èe]me(s?)", r"e\2"),
        (r"[02-9]|\d{2,}", "I?[ÈE]ME(S?)", r"E\2"),
    )
)
_MOT = re.compile(r"[^\s«»]+")
_DANS = ("://", "@", "\\")
_DEBUTS = ("www.", "/", "~/", "./", "../")
_SIGNES = ("www.", "/", *_DANS)
"""What tells an address, an e-mail or a path: in a word, at its beginning; and what to look for before any of it."""
_MILLIERS = re.compile(r"(?<=\d)[ \u202f](?=\d{3}(?:\D|$))")
_NUMERO = re.compile(r"\b(n°|N°|art\.|p\.)[ \u202f]?(?=\S)")
_CIVILITE = re.compile(r"\b(M\.|Mme|MM\.|Mmes)[ \u202f](?=[A-ZÀ-Ý])")

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_UNITE = re.compile(r"(?<=\d) (?=(?:ans?|mois|jours?|semaines?|heures?|ETP)\b)")
_JOUR = re.compile(rf"\b(1er|[0-3]?\d)[ \u202f](?=(?:{'|'.join(MOIS)})\b)")
_DATE_CHIFFRES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_DATE_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_LETTRES = re.compile(r"(1er|\d{1,2})\s+(\w+)\.?\s+(\d{4})")


def fold(texte: str) -> str:
    """Fold a text for searching: no accents, no case, ``œ`` as ``oe``, single spaces."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().translate(_LIGATURES))
    nu = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(nu.casefold().translate(_LIGATURES).split())


def cle_nom(texte: str) -> str:
    """Reduce the name of a person to what tells it from others: ``Jean-Claude`` and ``JEAN CLAUDE`` are one."""
    return " ".join(re.sub(r"[-'’\u2010\u2011.]", " ", fold(texte)).split())


def clean_texte(texte: str, libelle: str, champ: str | None, *, maximum: int, lignes: bool = False) -> str:
    """Normalise a typed text (NFC, trimmed) and refuse what no document could print safely.

    ``maximum`` is in characters; ``lignes`` allows line breaks and tabs.

    Raises:
        Refus: too long, control characters, a mark-up tag, or a beginning that a spreadsheet takes for a formula.
    """
    net = unicodedata.normalize("NFC", texte.replace("\r\n", "\n")).strip()
    if len(net) > maximum:
        raise Refus(
            f"{libelle} compte {format_nombre(len(net))} caractères pour {format_nombre(maximum)} au plus : "
            "raccourcissez le texte.",
            champ,
        )
    _check_characters(net, libelle, champ, permis="\n\t" if lignes else "")
    if balise := _BALISE.search(net):
        raise Refus(
            f"{libelle} contient une balise («{INSECABLE}{balise.group()[:20]}{INSECABLE}») : écrivez le texte sans "
            "mise en forme, ou remplacez les chevrons.",
            champ,
        )
    if _FORMULE.match(net) and not (lignes and net.startswith("-")):
        raise Refus(
            f"{libelle} commence par «{INSECABLE}{net[0]}{INSECABLE}» : un tableur le prendrait pour une formule. "
            "Commencez par une lettre ou un chiffre.",
            champ,
        )
    return net if lignes else " ".join(net.split(" "))


def _check_characters(net: str, libelle: str, champ: str | None, permis: str) -> None:
    for place, caractere in enumerate(net, start=1):
        if caractere in permis or unicodedata.category(caractere) not in {"Cc", "Cs", "Cn", "Co"}:
            continue
        nom = f"U+{ord(caractere):04X}"
        raise Refus(
            f"{libelle} contient un caractère invisible ou inconnu ({nom}) en position {place} : effacez-le, "
            "il vient souvent d’un copier-coller.",
            champ,
        )


def typo(texte: str) -> str:
    """Set French typography: non-breaking spaces, apostrophes, the endings of ranks (``1re``, ``2e``).

    Spaces go before ``: ; ! ? » % €``, inside « », in numbers, dates and durations, after n° and M. Clock times are
    left alone, and addresses, e-mails and paths are left as they are.
    """
    if not any(signe in texte for signe in _SIGNES):
        return _typo(texte)
    morceaux: list[str] = []
    suite = 0
    for mot in _MOT.finditer(texte):
        if _is_address(mot[0]):
            morceaux += (_typo(texte[suite : mot.start()]), mot[0])
            suite = mot.end()
    return "".join((*morceaux, _typo(texte[suite:])))


def _is_address(mot: str) -> bool:
    return mot.startswith(_DEBUTS) or any(signe in mot for signe in _DANS)


def _typo(texte: str) -> str:
    texte = _APRES.sub(f"«{INSECABLE}", texte)
    texte = _AVANT_STRICT.sub(rf"{INSECABLE}\1", texte)
    texte = re.sub(r"(?<=\w)([;!?»€])", rf"{INSECABLE}\1", texte)
    texte = _POUR_CENT.sub(INSECABLE, texte)
    texte = _APOSTROPHE.sub("’", texte)
    texte = _MILLIERS.sub(INSECABLE, texte)
    texte = _NUMERO.sub(rf"\1{INSECABLE}", texte)
    texte = _CIVILITE.sub(rf"\1{INSECABLE}", texte)
    texte = _JOUR.sub(rf"\1{INSECABLE}", texte)
    texte = _UNITE.sub(INSECABLE, texte)
    for rang, net in _RANGS:
        texte = rang.sub(net, texte)
    return texte


def pluriel(nombre: float, singulier: str, pluriel_: str | None = None) -> str:
    """Agree a noun with its number: the plural begins at 2 (1,99 is singular); the number is not included."""
    return singulier if abs(nombre) < 2 else (pluriel_ or f"{singulier}s")  # noqa: PLR2004 - the rule itself


def compter(nombre: int, singulier: str, pluriel_: str | None = None) -> str:
    """Say a count with its noun agreed: ``1 structure``, ``4 783 diagnostics``, with a non-breaking space."""
    return f"{format_nombre(nombre)}{INSECABLE}{pluriel(nombre, singulier, pluriel_)}"


def enumerer(elements: tuple[str, ...] | list[str]) -> str:
    """Join names as a French sentence does: ``a``, ``a et b``, ``a, b et c``."""
    if len(elements) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


ANNEE_MIN, ANNEE_MAX = 1900, 2100


def parse_date(texte: str, libelle: str = "La date", champ: str | None = None) -> date:
    """Read a date as French users type it: ``01/01/2025``, ``1er janvier 2025``, ``2025-01-01``.

    Raises:
        Refus: not a date, a day that does not exist, or a year outside 1900–2100.
    """
    net = " ".join(texte.split())
    parties = _date_parts(net)
    if parties is None:
        raise Refus(
            f"{libelle} n’est pas lisible («{INSECABLE}{net[:30]}{INSECABLE}») : saisissez jj/mm/aaaa, "
            "par exemple 01/01/2025.",
            champ,
        )
    jour, mois, annee = parties
    if not ANNEE_MIN <= annee <= ANNEE_MAX:
        raise Refus(f"{libelle} porte l’année {annee} : saisissez une année entre 1900 et 2100.", champ)
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise Refus(f"{libelle} n’existe pas au calendrier ({net}) : vérifiez le jour et le mois.", champ) from None


def _date_parts(net: str) -> tuple[int, int, int] | None:
    if trouve := _DATE_CHIFFRES.fullmatch(net):
        return int(trouve[1]), int(trouve[2]), int(trouve[3])
    if trouve := _DATE_ISO.fullmatch(net):
        return int(trouve[3]), int(trouve[2]), int(trouve[1])
    if trouve := _DATE_LETTRES.fullmatch(net):
        plies = [fold(m) for m in MOIS]
        if fold(trouve[2]) in plies:
            return int(trouve[1].removesuffix("er")), plies.index(fold(trouve[2])) + 1, int(trouve[3])
    return None


def ordinal(nombre: int, *, feminin: bool = False) -> str:
    """Write a rank as acts do: ``1er``, ``1re``, ``2e``."""
    return ("1re" if feminin else "1er") if nombre == 1 else f"{nombre}e"


def format_date(jour: date) -> str:
    """Show a date in a table: ``01/01/2025``."""
    return f"{jour.day:02}/{jour.month:02}/{jour.year:04}"


def format_date_longue(jour: date) -> str:
    """Show a date in a text: ``1er janvier 2025``, with non-breaking spaces."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"
