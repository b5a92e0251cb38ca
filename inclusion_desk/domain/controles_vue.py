"""What the controls read of a dossier, each aggregate made once a run: lines, sums, structures, articles, texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from inclusion_desk.domain.annexes import numero_repartition
from inclusion_desk.domain.articles import arranger
from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.deliberations import ArticleSaisi
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, somme
from inclusion_desk.domain.figures import Sources, remplir, sources


@dataclass(frozen=True, slots=True)
class VueOperation:
    """One operation with the number of its thématique and its total, in cents."""

    operation: Operation
    thematique: int
    montant: int

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Its lines."""
        return self.operation.lignes

    @property
    def libelle(self) -> str:
        """Number (where there is one) and title."""
        return self.operation.libelle


@dataclass(frozen=True, slots=True)
class VueStructure:
    """One structure of the phase: its first line, all of them, and their total in cents."""

    premiere: Ligne
    lignes: list[Ligne]
    montant: int


@dataclass(frozen=True, slots=True)
class Texte:
    """One text that users wrote: where it stands in words, as stored (``brut``) and with its figures (``imprime``).

    ``joint`` is a text joined to the deliberation, which numbers annexes of its own; ``dispositif`` and ``article``
    say what the text is about.
    """

    lieu: str
    brut: str
    imprime: str
    joint: bool = False
    dispositif: int | None = None
    thematique: int | None = None
    article: ArticleSaisi | None = None


class Vue:
    """A dossier as the controls read it; whatever several rules need is computed once, when first asked."""

    def __init__(self, dossier: DossierSeance) -> None:
        self.dossier = dossier

    @cached_property
    def lignes(self) -> tuple[Ligne, ...]:
        """Every line, in the order of annexe 4."""
        return self.dossier.lignes

    @cached_property
    def operations(self) -> tuple[VueOperation, ...]:
        """Every operation that holds lines, in the order of annexe 4."""
        return tuple(
            VueOperation(operation, thematique.numero, somme(operation.lignes))
            for thematique in self.dossier.thematiques
            for operation in thematique.operations
            if operation.lignes
        )

    @cached_property
    def periodes(self) -> tuple[Counter[tuple[date, date]], ...]:
        """The periods of the lines of each operation, and how many lines have each."""
        return tuple(Counter([(li.debut, li.fin) for li in operation.lignes]) for operation in self.operations)

    @cached_property
    def thematiques(self) -> dict[int, int]:
        """The total of each thématique by its number, in cents."""
        sommes = {thematique.numero: 0 for thematique in self.dossier.thematiques if thematique.operations}
        for operation in self.operations:
            sommes[operation.thematique] += operation.montant
        return sommes

    @cached_property
    def montant(self) -> int:
        """The grand total of the lines, in cents."""
        return sum(operation.montant for operation in self.operations)

    @cached_property
    def par_code(self) -> dict[str, int]:
        """The total of the lines by operation code, in cents."""
        sommes: dict[str, int] = defaultdict(int)
        for ligne in self.lignes:
            sommes[ligne.code_operation] += ligne.montant
        return dict(sommes)

    @cached_property
    def budget(self) -> dict[str, list[LigneBudgetaire]]:
        """The rows of the budget table by operation code; one each in a sound table."""
        rangees: dict[str, list[LigneBudgetaire]] = defaultdict(list)
        for ligne in self.dossier.budget:
            rangees[ligne.code_operation].append(ligne)
        return dict(rangees)

    @cached_property
    def structures(self) -> tuple[VueStructure, ...]:
        """Every structure of the phase, in the order of its first line."""
        rangees: dict[int, list[Ligne]] = defaultdict(list)
        for ligne in self.lignes:
            rangees[ligne.structure_id].append(ligne)
        return tuple(VueStructure(lignes[0], lignes, somme(lignes)) for lignes in rangees.values())

    @cached_property
    def articles(self) -> tuple[ArticleSaisi, ...]:
        """The articles as the user arranged them, those removed by hand among them."""
        return arranger(self.dossier)

    @cached_property
    def repartition(self) -> int:
        """The number of the annexe that breaks the phase down by structure and territory (4 in the case)."""
        return numero_repartition(self.dossier)

    @cached_property
    def sources(self) -> Sources:
        """What texts may be tied to."""
        return sources(self.dossier)

    @cached_property
    def textes(self) -> tuple[Texte, ...]:
        """Every text that users wrote: context, operations, edited articles, joined annexes."""
        return tuple(self._textes())

    def _textes(self) -> Iterator[Texte]:
        dossier = self.dossier
        if dossier.contexte:
            yield Texte("le contexte du rapport", dossier.contexte, self._printed(dossier.contexte))
        for thematique in dossier.thematiques:
            for o in thematique.operations:
                lieu = f"le texte du dispositif {guillemets(o.libelle)}"
                if o.texte:
                    yield Texte(
                        lieu, o.texte, self._printed(o.texte), dispositif=o.dispositif_id, thematique=thematique.numero
                    )
        for numero, article in enumerate((a for a in self.articles if not a.retire), start=1):
            if article.texte:
                yield Texte(
                    f"l’article {numero}", article.texte, self._printed(article.texte),
                    thematique=article.thematique, article=article,
                )  # fmt: skip
        for annexe in dossier.annexes:
            lieu = (
                f"l’annexe {annexe.numero} {guillemets(annexe.titre)}" if annexe.titre else f"l’annexe {annexe.numero}"
            )
            entier = f"{annexe.titre}\n\n{annexe.texte}"
            yield Texte(lieu, entier, self._printed(entier), joint=True)

    def _printed(self, texte: str) -> str:
        return remplir(texte, self.sources) if "{" in texte else texte
