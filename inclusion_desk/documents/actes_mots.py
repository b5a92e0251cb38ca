"""Words that an act agrees with those who sign it: gender, articles, legal forms, names of files."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from datetime import date

from inclusion_desk.documents.textes_mots import A_REMPLIR, dans_la_phrase, periode
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.structures import DROIT_PRIVE, FORMES
from inclusion_desk.domain.text import fold

NOM_FICHIER_MAX = 80
"""The longest name of a file, in characters, its extension included."""


class Genre(enum.Enum):
    """What a quality or a legal form tells of the gender; a quality may not tell: « maire »."""

    FEMININ = "féminin"
    MASCULIN = "masculin"
    NEUTRE = "neutre"


_ARTICLE = re.compile(r"(?:(?:Mme|M\.|Madame|Monsieur)\s+)?(?:l[ea]\s+|l[’'])", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\s(?:d[’']|(?:de|des|du)\s)", re.IGNORECASE)
_VOYELLE = re.compile(r"[aeiouyœh]")
_FEMININ = re.compile(r"(?:trice|[eai]nte|euse|eure|[ei]re|ee|ue|effe|ointe|enne|elle|ete)$")
_MASCULIN = re.compile(r"(?:eur|[eai]nt|er|ef|oint|en|el|et|u)$")
_EPICENE = re.compile(r"(?:aire|able|iste|bre|ique|ege|gue)$")
_CIVILITES = {"mme": Genre.FEMININ, "madame": Genre.FEMININ, "m.": Genre.MASCULIN, "monsieur": Genre.MASCULIN}
_FORMES_FEMININES = frozenset({
    "agence", "association", "caisse", "chambre", "collectivite", "commune", "communaute", "cooperative", "entreprise",
    "federation", "fondation", "maison", "mission", "mutuelle", "personne", "regie", "societe", "union",
})  # fmt: skip
_DROIT_PRIVE = frozenset({*(fold(FORMES[forme]) for forme in DROIT_PRIVE), "societe", "cooperative", "mutuelle"})
_ENGAGEES = frozenset({"association", "fondation"})
# What a list of forms offers together, an act must say in one word.
_FORMES_DITES = {
    FORMES["ccas"]: "établissement public administratif",
    FORMES["collectivite"]: "personne morale de droit public",
    FORMES["autre"]: "",
}


def genre(qualite: str) -> Genre:
    """Tell the gender of a quality by the end of its first word: « Présidente », « directeur général », « maire »."""
    mot = _premier(_nue(qualite)).casefold()
    plie = fold(mot)
    if mot.endswith("é") or _MASCULIN.search(plie):  # without its accent, « délégué » would end as « élue » does
        return Genre.MASCULIN
    return Genre.FEMININ if _FEMININ.search(plie) and not _EPICENE.search(plie) else Genre.NEUTRE


def genre_personne(nom: str, qualite: str) -> Genre:
    """Tell the gender of who signs: by the civility where the name has one, else by the quality."""
    return _CIVILITES.get(nom.split(" ", maxsplit=1)[0].casefold()) or genre(qualite)


def genre_forme(forme: str) -> Genre:
    """Tell the gender of a structure by its legal form; an « organisme », failing that, is masculine."""
    return Genre.FEMININ if fold(_premier(forme)) in _FORMES_FEMININES else Genre.MASCULIN


def droit_prive(forme: str) -> bool:
    """Tell whether a legal form is one of private law (loi 2000-321, art. 10)."""
    return fold(_premier(forme)) in _DROIT_PRIVE


def engagement_du(forme: str) -> bool:
    """Tell whether the contrat d’engagement républicain concerns a legal form (loi 2000-321, art. 10-1)."""
    return fold(_premier(forme)) in _ENGAGEES


def _premier(texte: str) -> str:
    return re.split(r"[\s,(]", texte.strip(), maxsplit=1)[0]


def _nue(qualite: str) -> str:
    """Take the article off a quality: « La Directrice générale » is « Directrice générale »."""
    return _ARTICLE.sub("", qualite.strip(), count=1) if _ARTICLE.match(qualite.strip()) else qualite.strip()


def accorder(mot: str, quel: Genre) -> str:
    """Agree a participle: ``représenté`` becomes ``représentée``."""
    return f"{mot}e" if quel is Genre.FEMININ else mot


def designer(nom: str, qualite: str) -> str:
    """Say who represents a body: ``sa Présidente, X``, ``le Président du Conseil départemental, X``, ``X, maire``."""
    nue, qui = _nue(qualite), nom or A_REMPLIR
    quel = genre(nue)
    if quel is Genre.NEUTRE:
        return f"{qui}, {dans_la_phrase(nue)}" if nue else qui
    if _COMPLEMENT.search(nue):
        return f"{_defini(nue, quel)}, {qui}"
    sa = "sa" if quel is Genre.FEMININ and not _elidable(nue) else "son"
    return f"{sa} {nue}, {qui}"


def habiliter(nom: str, qualite: str) -> str:
    """Say by what right someone signs, before the act that gives it: ``dûment habilitée par``."""
    quel = genre_personne(nom, qualite)
    return "agissant en vertu de" if quel is Genre.NEUTRE else f"{accorder('dûment habilité', quel)} par"


def titre_signature(qualite: str) -> str:
    """Give a quality as it heads a signature: ``La Présidente``, ``L’administratrice``, ``Maire``."""
    nue = _nue(qualite)
    quel = genre(nue)
    return nue[:1].upper() + nue[1:] if quel is Genre.NEUTRE else capitale(_defini(nue, quel))


def _defini(nue: str, quel: Genre) -> str:
    if _elidable(nue):
        return f"l’{nue}"
    return f"la {nue}" if quel is Genre.FEMININ else f"le {nue}"


def _elidable(mot: str) -> bool:
    return bool(_VOYELLE.match(fold(mot)))


def capitale(texte: str) -> str:
    """Begin a text by a capital, the rest as it is."""
    return texte[:1].upper() + texte[1:]


def dire_forme(forme: str) -> str:
    """Say a legal form within a sentence; nothing where it tells nothing."""
    return _FORMES_DITES.get(forme, dans_la_phrase(forme))


def adresse(voie: str, code_postal: str, commune: str) -> str:
    """Write an address on one line, with what stands for the street, or for the whole, where it is not known."""
    ville = INSECABLE.join(filter(None, (code_postal, commune)))
    return ", ".join(filter(None, (voie or A_REMPLIR, ville)))


def duree(debut: date, fin: date) -> str:
    """Say a term without its first preposition: ``1er juillet 2023 au 31 décembre 2025``."""
    return periode(debut, fin).removeprefix("du ")


def nom_de_fichier(parties: Iterable[str], extension: str) -> str:
    """Make the name of a file: ASCII, lower case, words joined by dashes, cut between words at 80 characters."""
    mots = re.sub(r"[^a-z0-9]+", "-", fold(" ".join(parties)).encode("ascii", "ignore").decode()).strip("-")
    fin = f".{extension.removeprefix('.').casefold()}"
    room = NOM_FICHIER_MAX - len(fin)
    court = mots if len(mots) <= room else mots[: room + 1].rpartition("-")[0] or mots[:room]
    return f"{court}{fin}"
