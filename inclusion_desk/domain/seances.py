"""The sitting: councillors, who attended, who may vote, who is interested in the matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature

STATUTS = {
    "present": "présent",
    "excuse": "excusé",
    "absent": "absent",
    "present_sans_voix": "assistant sans voix délibérative",
    "excuse_sans_voix": "excusé sans voix délibérative",
}
VOTANTS = frozenset({"present", "excuse", "absent"})
"""Attendance of the members in office; the two others attend without a vote."""
_REPRESENTES = frozenset({"excuse", "absent"})


@dataclass(frozen=True, slots=True)
class Groupe:
    """A political group of the assembly."""

    id: int
    version: int
    nom: str
    ordre: int
    elus: int = 0

    @property
    def libelle(self) -> str:
        """The group as picked in a list."""
        return self.nom


@dataclass(frozen=True, slots=True)
class Elu:
    """One councillor; ``membre`` of the Commission permanente from ``debut`` to ``fin`` (None: open)."""

    id: int
    version: int
    civilite: str
    prenom: str
    nom: str
    groupe_id: int | None
    groupe: str
    membre: bool
    debut: date | None
    fin: date | None
    ordre: int
    mandats: int = 0
    """How many mandates in structures are recorded."""

    @property
    def libelle(self) -> str:
        """The councillor as picked in a list."""
        return f"{self.prenom} {self.nom}"

    def en_fonction(self, jour: date) -> bool:
        """Tell whether the councillor holds office on a day."""
        return (self.debut is None or self.debut <= jour) and (self.fin is None or jour <= self.fin)


@dataclass(frozen=True, slots=True)
class Mandat:
    """A mandate of a councillor in a structure: what makes him interested in its funding (CGCT, art. L.1111-6)."""

    id: int
    version: int
    elu_id: int
    structure_id: int
    elu: str
    structure: str
    qualite: str
    debut: date | None
    fin: date | None

    def en_cours(self, jour: date) -> bool:
        """Tell whether it runs on a day."""
        return (self.debut is None or self.debut <= jour) and (self.fin is None or jour <= self.fin)


CIVILITES = {"Mme": "Mme", "M.": "M."}
CHAMPS_ELU = (
    Champ("civilite", "Civilité", "La civilité", Nature.CHOIX, obligatoire=True, choix=CIVILITES, personnel=True),
    Champ("prenom", "Prénom", "Le prénom", obligatoire=True, maximum=80, personnel=True),
    Champ("nom", "Nom", "Le nom", obligatoire=True, maximum=80, personnel=True),
    Champ("groupe_id", "Groupe", "Le groupe", Nature.REFERENCE, sujet="groupes"),
    Champ(
        "membre", "Membre de la CP", "L’appartenance à la Commission permanente", Nature.BOOLEEN, obligatoire=True,
        defaut=True,
        aide="Un conseiller qui n’en est pas membre assiste sans voix délibérative",
    ),
    Champ("debut", "En fonction depuis", "La date d’entrée en fonction", Nature.DATE),
    Champ("fin", "Jusqu’au", "La date de fin de fonction", Nature.DATE),
    Champ("ordre", "Rang", "Le rang", Nature.ENTIER, aide="L’ordre dans lequel les présents sont cités"),
)  # fmt: skip
CHAMPS_GROUPE = (
    Champ("nom", "Nom", "Le nom du groupe", obligatoire=True, maximum=120),
    Champ("ordre", "Rang", "Le rang", Nature.ENTIER, obligatoire=True, aide="L’ordre de citation des groupes"),
)
CHAMPS_MANDAT = (
    Champ("elu_id", "Élu", "L’élu", Nature.REFERENCE, obligatoire=True, sujet="elus"),
    Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures"),
    Champ("qualite", "Qualité", "La qualité", maximum=120, aide="Président, administratrice, représentant…"),
    Champ("debut", "Depuis", "La date de début", Nature.DATE),
    Champ("fin", "Jusqu’au", "La date de fin", Nature.DATE),
)
CHAMPS_SEANCE = (
    Champ("jour", "Date", "La date de la séance", Nature.DATE, obligatoire=True),
    Champ("instance", "Instance", "L’instance", obligatoire=True, maximum=120),
    Champ("lieu", "Lieu", "Le lieu", maximum=120),
    Champ("president", "Présidence", "Le nom du président", maximum=150, personnel=True, aide="Comme M. Prénom NOM"),
    Champ("qualite_president", "Qualité", "La qualité du président", maximum=150),
    Champ("secretaire", "Secrétaire de séance", "Le nom du secrétaire", maximum=150, personnel=True),
)


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
    elu_id: int = 0
    groupe: str = ""
    mandataire: int | None = None
    """The councillor who holds the proxy given, where it is known."""
    en_fonction: bool = True
    """Whether the register has her or him in office that day, where the vote counts."""
    mandat: bool = False
    """Whether a mandate is recorded, running that day, in a structure that the phase funds."""

    @property
    def nom_complet(self) -> str:
        """Civility, first name and name: ``Mme Valérie CUVILLIER``."""
        return f"{self.civilite} {self.prenom} {self.nom}"

    def accorder(self, mot: str) -> str:
        """Agree a word in the masculine with the councillor: ``excusé``, ``excusée``."""
        return f"{mot}e" if self.civilite == "Mme" else mot


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
    omis: tuple[str, ...] = ()
    """The members in office that day who are not on the attendance sheet."""

    def avec_statut(self, statut: str) -> tuple[Presence, ...]:
        """List the councillors of one attendance status."""
        return tuple(p for p in self.presences if p.statut == statut)

    @property
    def pointee(self) -> bool:
        """Whether the sheet says more than who is called: a new one has every member in office present."""
        return any(p.statut not in {"present", "present_sans_voix"} or p.pouvoir for p in self.presences)

    @property
    def membres(self) -> int:
        """Members in office with a vote: present, excused and absent (39 + 2 + 3 = 44 in the case)."""
        return sum(p.statut in VOTANTS for p in self.presences)

    @property
    def presents_ou_representes(self) -> int:
        """Members present or having given a proxy, on whom the quorum is counted."""
        pouvoirs = self._pouvoirs
        return sum(p.statut == "present" or rang in pouvoirs for rang, p in enumerate(self.presences))

    @property
    def _pouvoirs(self) -> frozenset[int]:
        """The ranks of those whose proxy can be used: its holder is unknown, or present and holding no other."""
        presents = {p.elu_id for p in self.presences if p.statut == "present"}
        detenus: set[int] = set()
        utiles: set[int] = set()
        for rang, p in enumerate(self.presences):
            if p.statut not in _REPRESENTES or not p.pouvoir or p.mandataire in detenus:
                continue
            if p.mandataire is None:
                utiles.add(rang)
            elif p.mandataire in presents:
                utiles.add(rang)
                detenus.add(p.mandataire)
        return frozenset(utiles)

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
        """Votes that can be cast: present and not interested, plus the proxies given by members not interested.

        A proxy held by an interested member cannot be used.
        """
        ecartes = {p.elu_id for p in self.presences if p.interesse and p.elu_id}
        pouvoirs = self._pouvoirs
        return sum(
            not p.interesse and (p.statut == "present" or (rang in pouvoirs and p.mandataire not in ecartes))
            for rang, p in enumerate(self.presences)
        )
