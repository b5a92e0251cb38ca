"""What is voted on a phase: references, opinions, articles, joined texts, vote and outcome."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.text import format_date

POSITIONS = {
    "pour": "Pour",
    "contre": "Contre",
    "abstention": "Abstention",
    "ne_prend_pas_part": "Ne prennent pas part au vote",
    "absent": "Absents sans délégation de vote",
}
TOUJOURS_IMPRIMEES = frozenset({"pour", "contre", "abstention"})
"""What an act says of the vote even where nobody took the position."""
ISSUES = {"adopte": "Adopté", "rejete": "Rejeté", "ajourne": "Ajourné", "modifie": "Adopté avec modifications"}
ADOPTIONS = frozenset({"adopte", "modifie"})
SENS_AVIS = {"favorable": "favorable", "defavorable": "défavorable", "reserve": "favorable avec réserve", "": "rendu"}
NATURES_VISA = {
    "code": "Code ou loi",
    "deliberation": "Délibération",
    "reglement": "Règlement",
    "rapport": "Rapport",
}


@dataclass(frozen=True, slots=True)
class VoixGroupe:
    """A political group behind a position; ``nombre`` where the count is given by group."""

    nom: str
    nombre: int | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """How many took one position, and the groups they belong to."""

    position: str
    nombre: int
    groupes: tuple[VoixGroupe, ...] = ()


@dataclass(frozen=True, slots=True)
class Visa:
    """One reference the deliberation rests on.

    ``nature`` is ``code`` (``objet`` the code, ``articles`` its articles), ``deliberation`` (``numero``, ``instance``,
    ``jour``, ``objet`` its title), ``reglement`` (``objet``, ``articles``) or ``rapport``.
    """

    nature: str
    objet: str
    articles: str = ""
    numero: str = ""
    instance: str = ""
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of the library, from which visas are chosen."""

    id: int
    version: int
    nature: str
    objet: str
    articles: str
    numero: str
    instance: str
    jour: date | None
    par_defaut: bool
    ordre: int

    @property
    def libelle(self) -> str:
        """The reference in one line of a list."""
        if self.nature == "deliberation":
            jour = f" du {format_date(self.jour)}" if self.jour else ""
            return f"Délibération n° {self.numero}{jour} – {self.objet}"
        return f"{self.objet} – {self.articles}" if self.articles else self.objet


CHAMPS_REFERENCE = (
    Champ("nature", "Nature", "La nature", Nature.CHOIX, obligatoire=True, choix=NATURES_VISA),
    Champ("objet", "Texte", "Le texte", obligatoire=True, maximum=400, aide="Le code, ou le titre de la délibération"),
    Champ("articles", "Articles", "La liste des articles", maximum=200, aide="Comme L.3211-1 et L.3211-2"),
    Champ("numero", "N°", "Le numéro", maximum=40, aide="Pour une délibération, comme 2024-273"),
    Champ("instance", "Instance", "L’instance", maximum=120, aide="Conseil départemental, Commission permanente"),
    Champ("jour", "Date", "La date", Nature.DATE),
    Champ(
        "par_defaut",
        "D’office",
        "Le choix d’office",
        Nature.BOOLEEN,
        obligatoire=True,
        defaut=False,
        aide="Citée d’office par une délibération",
    ),
)


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
class AvisCommission:
    """An opinion as edited in its table."""

    id: int
    version: int
    ordre: int
    commission: str
    intitule: str
    jour: date
    sens: str


CHAMPS_AVIS = (
    Champ("commission", "Commission", "La commission", obligatoire=True, maximum=60, aide="Comme 1re commission"),
    Champ("intitule", "Intitulé", "L’intitulé", obligatoire=True, maximum=150),
    Champ("jour", "Réunie le", "La date de réunion", Nature.DATE, obligatoire=True),
    Champ("sens", "Avis", "Le sens de l’avis", maximum=60, aide="favorable, défavorable… ; vide s’il n’est pas connu"),
)


class NatureArticle(enum.Enum):
    """What an article decides; the value is the word templates compare with."""

    FINANCEMENT = "financement"
    CONVENTIONS = "conventions"
    AVENANTS = "avenants"
    IMPUTATION = "imputation"
    LIBRE = "libre"


@dataclass(frozen=True, slots=True)
class ArticleSaisi:
    """An article as the user arranged it: what it decides, and its own text where it was edited.

    ``nature`` is ``financement`` (of ``thematique``), ``conventions``, ``avenants``, ``imputation`` or ``libre``.
    ``texte`` holds tied figures (see ``figures``); None keeps the wording of the template.
    """

    nature: str
    thematique: int | None = None
    texte: str | None = None
    retire: bool = False


@dataclass(frozen=True, slots=True)
class AnnexeJointe:
    """A text joined to the deliberation after the annexes made from the lines, such as a model of avenant."""

    numero: int
    titre: str
    texte: str
    modele: str | None = None
    """The model of avenant it is, if it is one."""


@dataclass(frozen=True, slots=True)
class AnnexeSaisie:
    """A joined text as edited in its table."""

    id: int
    version: int
    numero: int
    titre: str
    texte: str
    modele: str | None


@dataclass(frozen=True, slots=True)
class Rectification:
    """The former deliberation that this one corrects and replaces."""

    numero: str
    jour: date | None
    titre: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the freezing of an act records: the head of the journal before it, and when it was done (ISO local time)."""

    tete_journal: str
    moment: str


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What is voted on a phase: number, title, references, opinions, articles, vote and outcome."""

    numero: str
    titre: str
    visas: tuple[Visa, ...] = ()
    avis: tuple[Avis, ...] = ()
    votes: tuple[Vote, ...] = ()
    issue: str | None = None
    interesses_en_abstention: bool = False
    """Whether the interested members are printed as abstentions, as the case did, or apart, as the rule is."""
    date_modele_convention: date | None = None
    date_signature: date | None = None
    signataire: str = ""
    qualite_signataire: str = ""
    articles: tuple[ArticleSaisi, ...] = ()
    rectifie: Rectification | None = None
    adoption: Adoption | None = None

    def nombre(self, position: str) -> int:
        """Count the members who took a position."""
        return sum(v.nombre for v in self.votes if v.position == position)

    @property
    def votes_imprimes(self) -> tuple[Vote, ...]:
        """The vote as printed: interested members apart, or added to the abstentions where that was chosen.

        Votes for, against and abstentions are printed whatever their number, the others where there are any: together
        they account for every member that the count does.
        """
        if not self.votes:
            return ()
        comptes = {position: self._counted(position) for position in POSITIONS}
        if self.interesses_en_abstention:
            apart = comptes.pop("ne_prend_pas_part")
            comptes["abstention"] = _together(comptes["abstention"], apart) if apart.nombre else comptes["abstention"]
        return tuple(v for v in comptes.values() if v.nombre or v.position in TOUJOURS_IMPRIMEES)

    def _counted(self, position: str) -> Vote:
        """Give what was counted of a position, zero where nothing was typed."""
        return next((v for v in self.votes if v.position == position), Vote(position, 0))


def _together(abstention: Vote, apart: Vote) -> Vote:
    """Add the interested members to the abstentions; a group whose part of either is not known has no number."""
    groupes: dict[str, int | None] = {}
    for groupe in (*abstention.groupes, *apart.groupes):
        if groupe.nom in groupes:
            connu = groupes[groupe.nom]
            groupes[groupe.nom] = None if connu is None or groupe.nombre is None else connu + groupe.nombre
        else:
            groupes[groupe.nom] = groupe.nombre
    return Vote("abstention", abstention.nombre + apart.nombre, tuple(VoixGroupe(nom, n) for nom, n in groupes.items()))


CHAMPS_ANNEXE = (
    Champ("numero", "N°", "Le numéro de l’annexe", Nature.ENTIER, obligatoire=True),
    Champ("titre", "Titre", "Le titre", obligatoire=True, maximum=250),
    Champ(
        "modele", "Modèle d’avenant", "Le modèle d’avenant", Nature.CHOIX, choix=MODELES_AVENANT,
        aide="S’il en est un",
    ),
    Champ(
        "texte", "Texte", "Le texte", Nature.TEXTE_LONG,
        aide="Une ligne vide sépare les paragraphes, « - » commence une liste, « # » un titre",
    ),
)  # fmt: skip


CHAMPS_ACTE = (
    Champ("numero", "N°", "Le numéro", maximum=40, aide="Comme 2024-587 ; donné par le secrétariat des assemblées"),
    Champ("titre", "Titre", "Le titre", obligatoire=True, maximum=250),
    Champ(
        "interesses_en_abstention", "Élus intéressés imprimés en abstention", "Le choix d’impression", Nature.BOOLEEN,
        obligatoire=True, defaut=False,
        aide="Non : ils sont comptés à part, ne prenant pas part au vote (CGCT, art. L.1111-6)",
    ),
    Champ(
        "date_modele_convention", "Modèle de convention adopté le", "La date d’adoption du modèle", Nature.DATE,
        aide="Par la Commission permanente",
    ),
    Champ("date_signature", "Signée le", "La date de signature", Nature.DATE),
    Champ("signataire", "Signataire", "Le nom du signataire", maximum=150, personnel=True),
    Champ("qualite_signataire", "Qualité du signataire", "La qualité du signataire", maximum=150),
)  # fmt: skip
"""The fields that describe a deliberation."""
