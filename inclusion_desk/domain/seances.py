"""The sitting: who attended, who may vote, how the vote went, what the deliberation cites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.text import format_date

STATUTS = {
    "present": "présent",
    "excuse": "excusé",
    "absent": "absent",
    "present_sans_voix": "assistant sans voix délibérative",
    "excuse_sans_voix": "excusé sans voix délibérative",
}
VOTANTS = frozenset({"present", "excuse", "absent"})
"""Attendance of the members in office; the two others attend without a vote."""

POSITIONS = {
    "pour": "Pour",
    "contre": "Contre",
    "abstention": "Abstention",
    "ne_prend_pas_part": "Ne prennent pas part au vote",
    "absent": "Absents sans délégation de vote",
}
ISSUES = {"adopte": "Adopté", "rejete": "Rejeté", "ajourne": "Ajourné", "modifie": "Adopté avec modifications"}


@dataclass(frozen=True, slots=True)
class Presence:
    """One councillor at one sitting; ``interesse`` is the « intéressé à l’affaire », ``pouvoir`` a proxy given."""

    civilite: str
    prenom: str
    nom: str
    statut: str
    ordre: int
    interesse: bool
    pouvoir: bool

    @property
    def nom_complet(self) -> str:
        """Civility, first name and name: ``Mme Valérie CUVILLIER``."""
        return f"{self.civilite} {self.prenom} {self.nom}"


@dataclass(frozen=True, slots=True)
class Vote:
    """How many took one position, and the groups they belong to."""

    position: str
    nombre: int
    groupes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visa:
    """One reference the deliberation rests on.

    ``nature`` is ``code`` (``objet`` the code, ``articles`` its articles), ``deliberation`` (``numero``, ``instance``,
    ``jour``, ``objet`` its title), ``reglement`` (``objet``, ``articles``) or ``rapport``.
    """

    nature: str
    objet: str
    articles: str
    numero: str
    instance: str
    jour: date | None


@dataclass(frozen=True, slots=True)
class Avis:
    """The opinion of one committee on the report."""

    commission: str
    intitule: str
    jour: date
    sens: str

    @property
    def libelle(self) -> str:
        """Committee, opinion and date in one line of a table."""
        return f"{self.commission} « {self.intitule} » : {self.sens}, {format_date(self.jour)}"


@dataclass(frozen=True, slots=True)
class Seance:
    """One sitting of the Commission permanente, with the attendance in the order of the minutes."""

    jour: date | None
    """None while the sitting is not fixed."""
    instance: str
    lieu: str
    president: str
    qualite_president: str
    secretaire: str
    presences: tuple[Presence, ...]

    def avec_statut(self, statut: str) -> tuple[Presence, ...]:
        """List the councillors of one attendance status."""
        return tuple(p for p in self.presences if p.statut == statut)

    @property
    def membres(self) -> int:
        """Members in office with a vote: present, excused and absent (39 + 2 + 3 = 44 in the case)."""
        return sum(p.statut in VOTANTS for p in self.presences)

    @property
    def presents_ou_representes(self) -> int:
        """Members present or having given a proxy, on whom the quorum is counted."""
        return sum(p.statut == "present" or (p.statut in VOTANTS and p.pouvoir) for p in self.presences)

    @property
    def quorum(self) -> int:
        """The majority of the members in office (CGCT, art. L.3121-14-1)."""
        return self.membres // 2 + 1

    @property
    def interesses(self) -> tuple[Presence, ...]:
        """Members interested in the matter: they take no part in the debate or the vote (CGCT, art. L.1111-6)."""
        return tuple(p for p in self.presences if p.interesse and p.statut in VOTANTS)

    @property
    def voix(self) -> int:
        """Votes that can be cast: present and not interested, plus the proxies given by members not interested."""
        return sum(
            p.statut in VOTANTS and not p.interesse and (p.statut == "present" or p.pouvoir) for p in self.presences
        )


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What is voted on a phase: number, title, references, opinions, vote and outcome."""

    numero: str
    titre: str
    visas: tuple[Visa, ...]
    avis: tuple[Avis, ...]
    votes: tuple[Vote, ...]
    issue: str | None
    interesses_en_abstention: bool
    """Whether the interested members are printed as abstentions, as the case did, or apart, as the rule is."""
    date_modele_convention: date | None
    date_signature: date | None
    signataire: str
    qualite_signataire: str

    def nombre(self, position: str) -> int:
        """Count the members who took a position."""
        return sum(v.nombre for v in self.votes if v.position == position)

    @property
    def votes_imprimes(self) -> tuple[Vote, ...]:
        """The vote as printed: interested members apart, or added to the abstentions where that was chosen."""
        apart = [v for v in self.votes if v.position == "ne_prend_pas_part"]
        autres = [v for v in self.votes if v.position != "ne_prend_pas_part"]
        if not self.interesses_en_abstention:
            return tuple(v for v in self.votes if v.nombre or v.position in {"pour", "contre", "abstention"})
        return tuple(_with_interested(v, apart) if v.position == "abstention" else v for v in autres)


def _with_interested(abstention: Vote, apart: list[Vote]) -> Vote:
    groupes = dict.fromkeys([*abstention.groupes, *(g for v in apart for g in v.groupes)])
    return Vote("abstention", abstention.nombre + sum(v.nombre for v in apart), tuple(groupes))
