"""What the proof-reading of an act works on: its numbered lines, where its clauses end, what is remarked and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.text import enumerer
from inclusion_desk.domain.textes_controles import ESPACE, Regle, extrait

PUCES = r"[\s\-•*#>_\ue000-\uf8ff]*"
"""What may stand at the beginning of a line before its first word."""
TITRE_ARTICLE = re.compile(
    rf"^{PUCES}article{ESPACE}+(\d{{1,3}}|1er|premier)[*_]*{ESPACE}*(?:[:.–—-].*)?$", re.IGNORECASE
)
_CLOTURE = re.compile(rf"^{PUCES}(?:fait{ESPACE}+(?:à|en|le)\b|\(?signatures?\b)", re.IGNORECASE)
_DIT_AVENANT = re.compile(r"\bavenant\b", re.IGNORECASE)
_CITE = re.compile(r"«\s*([^»]*?)\s*»")
_SYMBOLE = re.compile(r"[\ue000-\uf8ff]\s*")
_CITEES_MAX = 6
_CITATION_MIN = 5
"""Fewer letters and figures are found anywhere."""


@dataclass(frozen=True, slots=True)
class Remarque:
    """One remark on an act: the code of its rule, how much it matters, one sentence, the line where it begins.

    ``autres`` are the other lines that it is about; lines count from 1.
    """

    code: str
    gravite: Gravite
    phrase: str
    ligne: int
    autres: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Releve:
    """What a rule found: the end of a sentence, without its full stop, and the lines concerned, from 1."""

    phrase: str
    lignes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lecture:
    """An act as it is read: ``cloture`` is the line from which the act is signed, then its annexes; 0 when unknown."""

    texte: str
    lignes: tuple[str, ...]
    avenant: bool
    articles: tuple[int, ...]
    """The lines that are titles of articles."""
    cloture: int
    noms: tuple[str, ...] = ()
    """Names that must be written in one way."""
    pages: int | None = None
    """How many pages the document really has."""

    def numerotees(self, debut: int = 1, fin: int | None = None) -> Iterator[tuple[int, str]]:
        """Go through the lines, each with its number, from ``debut`` to ``fin`` included."""
        return zip(range(debut, len(self.lignes) + 1), self.lignes[debut - 1 : fin], strict=False)

    @property
    def corps(self) -> Iterator[tuple[int, str]]:
        """The lines of the act itself, without its annexes."""
        return self.numerotees(fin=self.cloture - 1 if self.cloture else None)

    @property
    def annexees(self) -> Iterator[tuple[int, str]]:
        """The lines of its annexes; none when nothing tells where the act ends."""
        return self.numerotees(self.cloture) if self.cloture else iter(())

    def ligne_de(self, place: int) -> int:
        """Give the line of a place of the text."""
        return self.texte.count("\n", 0, place) + 1


@dataclass(frozen=True, slots=True)
class Relecteur:
    """One rule: its code, its title, how much it matters, what it finds, and where the fault was met."""

    code: str
    titre: str
    gravite: Gravite
    relever: Callable[[Lecture], Iterator[Releve]]
    source: str


def lire(texte: str, *, avenant: bool | None = None, noms: Iterable[str] = (), pages: int | None = None) -> Lecture:
    """Prepare an act for its proof-reading; ``avenant`` is told by what comes before its first article if not said."""
    net = unicodedata.normalize("NFC", texte.replace("\r\n", "\n"))
    lignes = tuple(net.split("\n"))
    articles = tuple(n for n, ligne in enumerate(lignes, start=1) if TITRE_ARTICLE.match(ligne))
    suite = enumerate(lignes[articles[-1] :], start=articles[-1] + 1) if articles else ()
    cloture = next((n for n, ligne in suite if _CLOTURE.match(ligne)), 0)
    if avenant is None:
        entete = "\n".join(lignes[: articles[0] - 1]) if articles else net
        avenant = _DIT_AVENANT.search(entete) is not None
    return Lecture(net, lignes, avenant, articles, cloture, tuple(noms), pages)


def remarquer(relecteur: Relecteur, releve: Releve) -> Remarque:
    """Turn what a rule found into a remark."""
    lignes = tuple(sorted(set(releve.lignes))) or (1,)
    phrase = f"{_situer(lignes)}, {_SYMBOLE.sub('', releve.phrase)}."
    return Remarque(relecteur.code, relecteur.gravite, phrase, lignes[0], lignes[1:])


def _situer(lignes: tuple[int, ...]) -> str:
    if len(lignes) == 1:
        return f"À la ligne {lignes[0]}"
    reste = len(lignes) - _CITEES_MAX
    if reste > 1:
        return f"Aux lignes {', '.join(map(str, lignes[:_CITEES_MAX]))} et {reste} autres"
    return f"Aux lignes {enumerer([str(ligne) for ligne in lignes])}"


def situer_citations(lecture: Lecture, phrase: str) -> tuple[int, ...]:
    """Find the lines that a sentence quotes between guillemets, whatever their spaces and punctuation."""
    cites = [_lettres(cite) for cite in _CITE.findall(phrase)]
    cites = [cite for cite in cites if len(cite) >= _CITATION_MIN] or cites
    gardees = [place for place, c in enumerate(lecture.texte) if c.isalnum()]
    nu = _lettres(lecture.texte)
    trouvees = (nu.find(cite) for cite in cites if cite)
    return tuple(lecture.ligne_de(gardees[rang]) for rang in trouvees if rang >= 0)


def _lettres(texte: str) -> str:
    """Keep letters and figures in lower case, one character for one so that places are kept."""
    return "".join(c.lower()[:1] for c in texte if c.isalnum())


def par_ligne(regle: Regle, lecture: Lecture) -> Iterator[Releve]:
    """Apply a rule of the linter of texts to each line, then to the whole when no line alone is at fault."""
    releves = [Releve(phrase, (n,)) for n, ligne in lecture.numerotees() for phrase in regle.relever(ligne)]
    yield from releves or entier(regle, lecture)


def ensemble(regle: Regle, lecture: Lecture) -> Iterator[Releve]:
    """Apply a rule to the whole text, and name every line that is at fault by itself."""
    lignes = tuple(n for n, ligne in lecture.numerotees() if any(regle.relever(ligne)))
    for releve in entier(regle, lecture):
        yield Releve(releve.phrase, lignes or releve.lignes)


def entier(regle: Regle, lecture: Lecture) -> Iterator[Releve]:
    """Apply a rule to the whole text; the lines are those it quotes."""
    for phrase in regle.relever(lecture.texte):
        yield Releve(phrase, situer_citations(lecture, phrase))


def chercher(motif: re.Pattern[str], phrase: str, lecture: Lecture) -> Iterator[Releve]:
    """Look for a pattern line by line; ``{}`` in the sentence is the excerpt of the first place found."""
    trouves = [(n, ligne, trouve) for n, ligne in lecture.numerotees() for trouve in motif.finditer(ligne)]
    if trouves:
        _, ligne, trouve = trouves[0]
        yield Releve(phrase.format(extrait(ligne, *trouve.span())), tuple(n for n, _, _ in trouves))
