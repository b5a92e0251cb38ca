"""Which models of avenant the facts of an act allow, which one is proposed, and what is to be said of the one taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from inclusion_desk.domain.modeles_actes import MODELES_ACTE, nommer
from inclusion_desk.domain.text import enumerer, fold, pluriel

ACCUEIL, EQUILIBRE, INDEPENDANTS = "accueil", "equilibre", "independants"
"""The rules by which an action is followed, codes of ``SUIVIS``: they tell the sheets of the models apart."""
_EN_MOTS = {ACCUEIL: "accueil", EQUILIBRE: "accompagnement", INDEPENDANTS: "activité indépendante"}
_DOUBLE = (ACCUEIL, EQUILIBRE)


@dataclass(frozen=True, slots=True)
class Faits:
    """What decides the model of an avenant; ``apport`` is the money its lines bring, in cents."""

    suivis: tuple[str, ...]
    """The rule of each sheet annexed, one a dispositif; empty where it is not known."""
    apport: int
    prolonge: bool = False
    """Whether the period goes past the term of the convention."""
    annexes: Mapping[int, str] = field(default_factory=dict)
    """The sheets of the convention before the act: their rule by their number, empty where it is not known. No sheet
    at all is a convention whose annexes are not recorded."""
    amendee: bool = True
    """Whether the convention amended is known: else its term and its sheets are not."""

    @property
    def connus(self) -> bool:
        """Whether enough is known to say that a model does not fit."""
        return self.amendee and bool(self.suivis) and all(self.suivis)

    @property
    def avec_accueil(self) -> bool:
        """Whether the convention has, or may have, a sheet of accueil."""
        return not self.annexes or any(suivi in {ACCUEIL, ""} for suivi in self.annexes.values())

    @property
    def en_cours(self) -> bool:
        """Whether the only sheet is that of the only action of the convention, or may be."""
        if len(self.suivis) != 1:
            return False
        return not self.annexes or (set(self.annexes) == {2} and self.annexes[2] in {self.suivis[0], ""})


def _double(faits: Faits) -> bool:
    return tuple(sorted(faits.suivis)) == _DOUBLE and faits.avec_accueil


def _replaces_two(faits: Faits) -> bool:
    parties = set(MODELES_ACTE["8"].remplacees)
    return faits.suivis == (EQUILIBRE,) and faits.avec_accueil and (not faits.annexes or parties <= set(faits.annexes))


_CONDITIONS: Mapping[str, Callable[[Faits], bool]] = {
    "5": lambda faits: faits.suivis == (ACCUEIL,) and faits.avec_accueil,
    "6": lambda faits: _double(faits) and faits.apport > 0,
    "7": _double,
    "8": _replaces_two,
    "10": lambda faits: faits.en_cours and faits.apport > 0,
}
"""What each model asks for within the term of the convention, the first to be proposed first; 9 prolongs it."""


def possibles(faits: Faits) -> tuple[str, ...]:
    """List the models that the facts allow, the one to propose first.

    After the annexes 5 to 10 of the case (DOMAIN.md, § 4):

    ====== ================================ ====== ========= =================================================
    model  sheets annexed                   money  prolongs  sheets of the convention
    ====== ================================ ====== ========= =================================================
    5      accueil alone                    or not no        accueil, replaced; the cost is that of the whole
    6      accueil and équilibré            yes    no        accueil, replaced; the cost has its article
    7      équilibré and accueil            or not no        accueil, replaced; no article on the cost
    8      équilibré alone                  or not no        2 and 3, accueil among them, both replaced
    9      any (équilibré, in the case)     or not yes       any; the cost is split over two periods
    10     one                              yes    no        2 alone, the same action: it goes on
    ====== ================================ ====== ========= =================================================

    Sheets that nobody recorded for the convention rule nothing out, nor does one whose rule is not known.
    """
    if faits.prolonge:
        return ("9",)
    if not faits.suivis or not all(faits.suivis):
        return ()
    return tuple(code for code, convient in _CONDITIONS.items() if convient(faits))


def proposer(faits: Faits, codes: Collection[str | None]) -> str:
    """Propose the model of an act: of those that its facts allow, the one its lines name, else the first.

    Where the facts allow none, or are not known, it is the one named that annexes most sheets; nothing without any.
    """
    nommes = [code for code in codes if code and code in MODELES_ACTE]
    permis = possibles(faits)
    if retenus := [code for code in permis if code in nommes]:
        return retenus[0]
    if permis and (faits.connus or not nommes):
        return permis[0]
    return max(nommes, key=lambda code: (len(MODELES_ACTE[code].annexes), int(code)), default="")


def reserve(faits: Faits, codes: Collection[str | None], modele: str) -> str:
    """Say in a sentence what is to be checked of the model taken, or nothing: it is the one named, and it fits."""
    permis = possibles(faits)
    if not faits.connus or not modele:
        return ""
    if not permis:
        return f"Aucun modèle ne correspond aux faits ({dire_faits(faits)}) : vérifiez {nommer(modele)}."
    if modele not in permis:
        return f"Ce modèle ne correspond pas aux faits ({dire_faits(faits)}) : prenez {_ou(permis)}."
    nommes = sorted({code for code in codes if code and code in MODELES_ACTE}, key=int)
    if nommes and modele not in nommes:
        lignes = enumerer([nommer(code) for code in nommes])
        return f"La ligne votée porte {lignes} ; les faits ({dire_faits(faits)}) appellent {_ou(permis)}."
    autres = [code for code in permis if code != modele]
    if not nommes and autres:
        return f"Proposé d’après les faits ({dire_faits(faits)}), qui permettent aussi {_ou(autres)}."
    return ""


def _ou(codes: Collection[str]) -> str:
    return " ou ".join(nommer(code) for code in codes)


def dire_faits(faits: Faits) -> str:
    """Say the facts in a few words: « fiche d’accueil seule, sans apport »."""
    return ", ".join(
        (
            _sheets(faits.suivis),
            "avec apport" if faits.apport else "sans apport",
            *(("au-delà du terme de la convention",) if faits.prolonge else _annexes(faits)),
        )
    )


def _sheets(suivis: tuple[str, ...]) -> str:
    mots = [f"d’{_EN_MOTS[suivi]}" if suivi in _EN_MOTS else "sans règle de bilan" for suivi in suivis]
    return f"fiche {mots[0]} seule" if len(mots) == 1 else f"fiches {enumerer(mots)}"


def _annexes(faits: Faits) -> tuple[str, ...]:
    """Say which sheets the convention has, and of what where it is known."""
    if not faits.annexes:
        return ()
    numeros = [str(numero) for numero in sorted(faits.annexes)]
    mots = [f"d’{_EN_MOTS[suivi]}" for suivi in _EN_MOTS if suivi in faits.annexes.values()]
    de_quoi = f" {enumerer(mots)}" if mots else ""
    return (f"convention avec {pluriel(len(numeros), 'annexe')} {enumerer(numeros)}{de_quoi}",)


def regle_du_titre(titre: str) -> str:
    """Guess by which rule a sheet written on paper is followed, from the words of its title; nothing when unsure."""
    plie = fold(titre)
    return ACCUEIL if "accueil" in plie else INDEPENDANTS if "independant" in plie else ""
