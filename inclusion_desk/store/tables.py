"""The tables. Amounts are integer cents, dates ISO text, every constraint has a name the refusals can speak of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

from inclusion_desk.domain.dispositifs import UNITES
from inclusion_desk.domain.propositions import ACTES, MODELES
from inclusion_desk.domain.seances import ISSUES, POSITIONS, STATUTS
from inclusion_desk.domain.structures import FORMES
from inclusion_desk.store.types import GRAND_ENTIER, Booleen, Cents, DateIso

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(nom: str, *elements: Any, reemploi: bool = False) -> Table:  # noqa: ANN401 - columns and constraints
    """Declare a STRICT table; ``reemploi`` lets a deleted row's id be used again (never for what undo restores)."""
    return Table(nom, metadata, *elements, sqlite_strict=True, sqlite_autoincrement=not reemploi)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, server_default="1")


def _texte(nom: str) -> Column[str]:
    return Column(nom, Text, nullable=False, server_default="")


def _vers(nom: str, cible: str, *, suit: bool = False, facultatif: bool = False) -> Column[int]:
    """Declare a foreign key: refused while referenced, or deleted along (``suit``) for parts of a whole."""
    cle = ForeignKey(f"{cible}.id", ondelete="CASCADE" if suit else "RESTRICT")
    return Column(nom, Integer, cle, nullable=facultatif)


def _parmi(colonne: str, codes: Any) -> CheckConstraint:  # noqa: ANN401 - any collection of codes
    liste = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{colonne} IN ({liste})", name=colonne)


collectivite = _table(
    "collectivite",
    Column("id", Integer, primary_key=True, autoincrement=False),
    _texte("nom"),
    CheckConstraint("id = 1", name="unique"),
    reemploi=True,
)

campagne = _table(
    "campagne",
    _id(),
    Column("annee", Integer, nullable=False),
    UniqueConstraint("annee"),
    CheckConstraint("annee BETWEEN 2000 AND 2100", name="annee"),
)

thematique = _table(
    "thematique",
    _id(),
    _vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    _texte("intitule"),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

dispositif = _table(
    "dispositif",
    _id(),
    _version(),
    _vers("thematique_id", "thematique"),
    Column("numero", Text),
    _texte("intitule"),
    Column("unite", Text, nullable=False),
    _texte("cofinancement"),
    _texte("recherche"),
    UniqueConstraint("thematique_id", "numero"),
    UniqueConstraint("thematique_id", "intitule"),
    CheckConstraint("intitule <> ''", name="intitule"),
    _parmi("unite", UNITES),
)

ligne_budgetaire = _table(
    "ligne_budgetaire",
    _id(),
    _version(),
    _vers("campagne_id", "campagne"),
    Column("code_operation", Text, nullable=False),
    Column("imputation", Text, nullable=False),
    _texte("libelle"),
    Column("ae", Cents, nullable=False),
    Column("engage_anterieur", Cents, nullable=False, server_default="0"),
    Column("engage", Cents, nullable=False, server_default="0"),
    _texte("recherche"),
    UniqueConstraint("campagne_id", "code_operation"),
    CheckConstraint("ae >= 0 AND engage_anterieur >= 0 AND engage >= 0", name="positif"),
    CheckConstraint("engage_anterieur + engage <= ae", name="ae_depassee"),
    CheckConstraint("substr(code_operation, 5, 3) = substr(imputation, length(imputation) - 2)", name="fonction"),
)

territoire = _table(
    "territoire",
    _id(),
    _texte("nom"),
    Column("bassin_minier", Booleen, nullable=False, server_default="0"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
    CheckConstraint("bassin_minier IN (0, 1)", name="bassin_minier"),
)

structure = _table(
    "structure",
    _id(),
    _version(),
    _texte("nom"),
    Column("forme", Text, nullable=False),
    Column("siret", Text),
    Column("rna", Text),
    _texte("adresse"),
    Column("code_postal", Text),
    _texte("commune"),
    _texte("representant"),
    _texte("qualite"),
    Column("date_deliberation", DateIso),
    _texte("recherche"),
    UniqueConstraint("nom"),
    UniqueConstraint("siret"),
    CheckConstraint("nom <> ''", name="nom"),
    CheckConstraint("siret IS NULL OR length(siret) = 14", name="siret"),
    _parmi("forme", FORMES),
)

seance = _table(
    "seance",
    _id(),
    Column("jour", DateIso, nullable=False),
    _texte("instance"),
    _texte("lieu"),
    _texte("president"),
    _texte("qualite_president"),
    _texte("secretaire"),
    UniqueConstraint("jour", "instance"),
)

phase = _table(
    "phase",
    _id(),
    _vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    _texte("titre"),
    _vers("seance_id", "seance", facultatif=True),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

operation = _table(
    "operation",
    _id(),
    _vers("phase_id", "phase", suit=True),
    _vers("dispositif_id", "dispositif"),
    Column("ordre", Integer, nullable=False),
    _texte("texte"),
    UniqueConstraint("phase_id", "dispositif_id"),
)

proposition = _table(
    "proposition",
    _id(),
    _version(),
    _vers("phase_id", "phase"),
    _vers("dispositif_id", "dispositif"),
    _vers("structure_id", "structure"),
    _vers("territoire_id", "territoire"),
    _vers("ligne_budgetaire_id", "ligne_budgetaire"),
    Column("montant", Cents, nullable=False),
    Column("volume", Integer, nullable=False, server_default="0"),
    Column("etp", Integer),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("acte", Text, nullable=False),
    Column("modele", Text),
    Column("convention_initiale", Text),
    _texte("observations"),
    CheckConstraint("montant BETWEEN 0 AND 99999999999", name="montant"),
    CheckConstraint("volume >= 0", name="volume"),
    CheckConstraint("etp IS NULL OR etp >= 0", name="etp"),
    CheckConstraint("fin >= debut", name="periode"),
    CheckConstraint("length(observations) <= 20000", name="observations"),
    _parmi("acte", ACTES),
    _parmi("modele", MODELES),
    Index("ix_proposition_budget", "ligne_budgetaire_id", "phase_id", "montant"),
    Index("ix_proposition_structure", "phase_id", "structure_id", "montant"),
    Index("ix_proposition_dispositif", "phase_id", "dispositif_id", "structure_id", "volume", "montant"),
)

elu = _table(
    "elu",
    _id(),
    _texte("civilite"),
    _texte("prenom"),
    _texte("nom"),
    UniqueConstraint("prenom", "nom"),
)

presence = _table(
    "presence",
    _id(),
    _vers("seance_id", "seance", suit=True),
    _vers("elu_id", "elu"),
    Column("statut", Text, nullable=False),
    Column("ordre", Integer, nullable=False),
    Column("interesse", Booleen, nullable=False, server_default="0"),
    Column("pouvoir", Booleen, nullable=False, server_default="0"),
    UniqueConstraint("seance_id", "elu_id"),
    CheckConstraint("interesse IN (0, 1) AND pouvoir IN (0, 1)", name="oui_non"),
    _parmi("statut", STATUTS),
)

deliberation = _table(
    "deliberation",
    _id(),
    _version(),
    _vers("phase_id", "phase"),
    Column("numero", Text),
    _texte("titre"),
    Column("issue", Text),
    Column("interesses_en_abstention", Booleen, nullable=False, server_default="0"),
    Column("date_modele_convention", DateIso),
    Column("date_signature", DateIso),
    _texte("signataire"),
    _texte("qualite_signataire"),
    UniqueConstraint("phase_id"),
    UniqueConstraint("numero"),
    _parmi("issue", ISSUES),
)

visa = _table(
    "visa",
    _id(),
    _vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    Column("nature", Text, nullable=False),
    _texte("objet"),
    _texte("articles"),
    _texte("numero"),
    _texte("instance"),
    Column("jour", DateIso),
    UniqueConstraint("deliberation_id", "ordre"),
    _parmi("nature", ("code", "deliberation", "reglement", "rapport")),
)

avis = _table(
    "avis",
    _id(),
    _vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    _texte("commission"),
    _texte("intitule"),
    Column("jour", DateIso, nullable=False),
    _texte("sens"),
    UniqueConstraint("deliberation_id", "ordre"),
)

groupe = _table(
    "groupe",
    _id(),
    _texte("nom"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
)

vote = _table(
    "vote",
    _id(),
    _vers("deliberation_id", "deliberation", suit=True),
    Column("position", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    UniqueConstraint("deliberation_id", "position"),
    CheckConstraint("nombre >= 0", name="nombre"),
    _parmi("position", POSITIONS),
)

vote_groupe = _table(
    "vote_groupe",
    _id(),
    _vers("vote_id", "vote", suit=True),
    _vers("groupe_id", "groupe"),
    UniqueConstraint("vote_id", "groupe_id"),
)

journal = _table(
    "journal",
    Column("id", GRAND_ENTIER, primary_key=True, autoincrement=True),
    Column("table_nom", Text, nullable=False),
    Column("ligne_id", Integer, nullable=False),
    Column("operation", Text, nullable=False),
    Column("avant", Text),
    Column("apres", Text),
    Column("rang", Integer),
    Column("moment", Text),
    Column("etape", Text),
    Column("empreinte", Text),
    UniqueConstraint("rang"),
    _parmi("operation", ("insert", "update", "delete")),
    CheckConstraint("(rang IS NULL) = (empreinte IS NULL)", name="scelle"),
)

journal_tete = _table(
    "journal_tete",
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rang", Integer, nullable=False, server_default="0"),
    Column("empreinte", Text, nullable=False, server_default=""),
    CheckConstraint("id = 1", name="unique"),
    reemploi=True,
)

PERSONNELLES = {
    "structure": ("representant",),
    "elu": ("civilite", "prenom", "nom"),
    "seance": ("president", "secretaire"),
    "deliberation": ("signataire",),
}
"""Columns of personal data, whose values stay out of the journal (RELIABILITY, finding 8)."""

DERIVEES = {"ligne_budgetaire": ("engage",)}
"""Columns kept by triggers, which the journal does not follow."""

NON_JOURNALISEES = frozenset({"journal", "journal_tete"})
