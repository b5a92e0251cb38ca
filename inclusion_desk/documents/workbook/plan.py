"""Where everything falls: the rows of each sheet and the groups of lines, computed before a cell is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from inclusion_desk.documents.workbook.texts import clean_key
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, ThematiqueDossier

ENTETE = 4
"""The header row of every sheet, under its title block."""
PREMIERE = ENTETE + 1


@dataclass(frozen=True, slots=True)
class Bloc:
    """One dispositif: its lines on rows ``debut`` to ``fin`` of annexe 4, then its sub-total; its row of Synthèse."""

    operation: Operation
    debut: int
    fin: int
    synthese: int

    @property
    def total(self) -> int:
        """The row of its sub-total on annexe 4."""
        return self.fin + 1


@dataclass(frozen=True, slots=True)
class Groupe:
    """One thématique: its dispositifs, the row of its total on annexe 4 and of its band on Synthèse."""

    thematique: ThematiqueDossier
    blocs: tuple[Bloc, ...]

    @property
    def debut(self) -> int:
        """Its first row on annexe 4."""
        return self.blocs[0].debut

    @property
    def total(self) -> int:
        """The row of its total on annexe 4."""
        return self.blocs[-1].total + 1

    @property
    def synthese(self) -> int:
        """Its band on Synthèse, above its dispositifs."""
        return self.blocs[0].synthese - 1

    @property
    def dispositifs(self) -> tuple[int, int]:
        """The first and last rows of its dispositifs on Synthèse."""
        return self.blocs[0].synthese, self.blocs[-1].synthese

    @property
    def unite(self) -> str | None:
        """The unit its volumes share, or None where they cannot be added."""
        return common_unit(bloc.operation for bloc in self.blocs)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of the workbook; ``noms`` gives the label of each structure, told apart from its homonyms.

    ``montant`` is the grand total, in cents.
    """

    dossier: DossierSeance
    groupes: tuple[Groupe, ...]
    noms: Mapping[int, str]
    montant: int

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """Every dispositif, in order."""
        return tuple(bloc for groupe in self.groupes for bloc in groupe.blocs)

    @property
    def vide(self) -> bool:
        """Whether the phase proposes nothing."""
        return not self.groupes

    @property
    def total_annexe(self) -> int:
        """The row of the grand total on annexe 4, after the lines or the sentence that says there are none."""
        return self.groupes[-1].total + 1 if self.groupes else PREMIERE + 1

    @property
    def total_synthese(self) -> int:
        """The row of the grand total on Synthèse."""
        return self.groupes[-1].dispositifs[1] + 1 if self.groupes else PREMIERE + 1

    def lignes(self) -> Iterator[Ligne]:
        """Walk the lines in the order of annexe 4."""
        return (ligne for bloc in self.blocs for ligne in bloc.operation.lignes)


def common_unit(operations: Iterable[Operation]) -> str | None:
    """Give the unit that operations share, or None where there is none or several."""
    unites = {operation.unite for operation in operations}
    return unites.pop() if len(unites) == 1 else None


def make_plan(dossier: DossierSeance) -> Plan:
    """Lay out the workbook of a dossier; operations without a line take no place."""
    groupes: list[Groupe] = []
    annexe, synthese = PREMIERE, PREMIERE
    for thematique in dossier.thematiques:
        operations = [operation for operation in thematique.operations if operation.lignes]
        if operations:
            groupe = Groupe(thematique, _blocs(operations, annexe, synthese + 1))
            groupes.append(groupe)
            annexe, synthese = groupe.total + 1, groupe.dispositifs[1] + 1
    return Plan(dossier, tuple(groupes), _noms(dossier.lignes), dossier.montant)


def _blocs(operations: list[Operation], annexe: int, synthese: int) -> tuple[Bloc, ...]:
    debuts = accumulate((len(operation.lignes) + 1 for operation in operations), initial=annexe)
    return tuple(
        Bloc(operation, debut, debut + len(operation.lignes) - 1, synthese + rang)
        for rang, (operation, debut) in enumerate(zip(operations, debuts, strict=False))
    )


def _noms(lignes: tuple[Ligne, ...]) -> dict[int, str]:
    premieres = {ligne.structure_id: ligne for ligne in reversed(lignes)}
    bruts = {numero: clean_key(ligne.structure, "Structure sans nom") for numero, ligne in premieres.items()}
    compte = Counter(nom.lower() for nom in bruts.values())
    return {
        numero: nom if compte[nom.lower()] == 1 else _distinct(nom, premieres[numero]) for numero, nom in bruts.items()
    }


def _distinct(nom: str, ligne: Ligne) -> str:
    marque = f" (SIRET {ligne.siret})" if ligne.siret else f" (réf. {ligne.structure_id})"
    return f"{nom[: 200 - len(marque)]}{marque}"


@dataclass(frozen=True, slots=True)
class Cumul:
    """The lines that share one key (a structure or a territoire): what the key's row shows."""

    cle: str
    lignes: tuple[Ligne, ...]

    @property
    def montant(self) -> int:
        """Total of the lines, in cents."""
        return sum(ligne.montant for ligne in self.lignes)

    @property
    def etp(self) -> int:
        """Total ETP of the lines, in hundredths."""
        return sum(ligne.etp or 0 for ligne in self.lignes)


def territoire(ligne: Ligne) -> str:
    """Give the territoire of a line as a key."""
    return clean_key(ligne.territoire, "Sans territoire")


def group_by(lignes: Iterable[Ligne], cles: Iterable[str]) -> tuple[Cumul, ...]:
    """Group lines by their keys, whatever the case (formulas ignore it), in the order of first appearance."""
    groupes: dict[str, tuple[str, list[Ligne]]] = {}
    for ligne, cle in zip(lignes, cles, strict=True):
        groupes.setdefault(cle.lower(), (cle, []))[1].append(ligne)
    return tuple(Cumul(cle, tuple(membres)) for cle, membres in groupes.values())
