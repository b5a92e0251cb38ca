"""The tables. Amounts are integer cents, dates ISO text, every constraint has a name the refusals can speak of."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint

from inclusion_desk.domain.dispositifs import UNITES
from inclusion_desk.domain.propositions import ACTES, MODELES
from inclusion_desk.domain.seances import ISSUES, POSITIONS, STATUTS
from inclusion_desk.domain.structures import FORMES
from inclusion_desk.store.colonnes import cle, parmi, table, texte, vers, version
from inclusion_desk.store.types import GRAND_ENTIER, Booleen, Cents, DateIso

collectivite = table(
    "collectivite",
    Column("id", Integer, primary_key=True, autoincrement=False),
    texte("nom"),
    CheckConstraint("id = 1", name="unique"),
    reemploi=True,
)

campagne = table(
    "campagne",
    cle(),
    Column("annee", Integer, nullable=False),
    UniqueConstraint("annee"),
    CheckConstraint("annee BETWEEN 2000 AND 2100", name="annee"),
)

thematique = table(
    "thematique",
    cle(),
    vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    texte("intitule"),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

dispositif = table(
    "dispositif",
    cle(),
    version(),
    vers("thematique_id", "thematique"),
    Column("numero", Text),
    texte("intitule"),
    Column("unite", Text, nullable=False),
    texte("cofinancement"),
    texte("recherche"),
    UniqueConstraint("thematique_id", "numero"),
    UniqueConstraint("thematique_id", "intitule"),
    CheckConstraint("intitule <> ''", name="intitule"),
    parmi("unite", UNITES),
)

ligne_budgetaire = table(
    "ligne_budgetaire",
    cle(),
    version(),
    vers("campagne_id", "campagne"),
    Column("code_operation", Text, nullable=False),
    Column("imputation", Text, nullable=False),
    texte("libelle"),
    Column("ae", Cents, nullable=False),
    Column("engage_anterieur", Cents, nullable=False, server_default="0"),
    Column("engage", Cents, nullable=False, server_default="0"),
    texte("recherche"),
    UniqueConstraint("campagne_id", "code_operation"),
    CheckConstraint("ae >= 0 AND engage_anterieur >= 0 AND engage >= 0", name="positif"),
    CheckConstraint("engage_anterieur + engage <= ae", name="ae_depassee"),
    CheckConstraint("substr(code_operation, 5, 3) = substr(imputation, length(imputation) - 2)", name="fonction"),
)

territoire = table(
    "territoire",
    cle(),
    texte("nom"),
    Column("bassin_minier", Booleen, nullable=False, server_default="0"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
    CheckConstraint("bassin_minier IN (0, 1)", name="bassin_minier"),
)

structure = table(
    "structure",
    cle(),
    version(),
    texte("nom"),
    Column("forme", Text, nullable=False),
    Column("siret", Text),
    Column("rna", Text),
    texte("adresse"),
    Column("code_postal", Text),
    texte("commune"),
    texte("representant"),
    texte("qualite"),
    Column("date_deliberation", DateIso),
    texte("recherche"),
    UniqueConstraint("nom"),
    UniqueConstraint("siret"),
    CheckConstraint("nom <> ''", name="nom"),
    CheckConstraint("siret IS NULL OR length(siret) = 14", name="siret"),
    parmi("forme", FORMES),
)

seance = table(
    "seance",
    cle(),
    Column("jour", DateIso, nullable=False),
    texte("instance"),
    texte("lieu"),
    texte("president"),
    texte("qualite_president"),
    texte("secretaire"),
    UniqueConstraint("jour", "instance"),
)

phase = table(
    "phase",
    cle(),
    vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    texte("titre"),
    vers("seance_id", "seance", facultatif=True),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

operation = table(
    "operation",
    cle(),
    vers("phase_id", "phase", suit=True),
    vers("dispositif_id", "dispositif"),
    Column("ordre", Integer, nullable=False),
    texte("texte"),
    UniqueConstraint("phase_id", "dispositif_id"),
)

proposition = table(
    "proposition",
    cle(),
    version(),
    vers("phase_id", "phase"),
    vers("dispositif_id", "dispositif"),
    vers("structure_id", "structure"),
    vers("territoire_id", "territoire"),
    vers("ligne_budgetaire_id", "ligne_budgetaire"),
    Column("montant", Cents, nullable=False),
    Column("volume", Integer, nullable=False, server_default="0"),
    Column("etp", Integer),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("acte", Text, nullable=False),
    Column("modele", Text),
    Column("convention_initiale", Text),
    texte("observations"),
    CheckConstraint("montant BETWEEN 0 AND 99999999999", name="montant"),
    CheckConstraint("volume >= 0", name="volume"),
    CheckConstraint("etp IS NULL OR etp >= 0", name="etp"),
    CheckConstraint("fin >= debut", name="periode"),
    CheckConstraint("length(observations) <= 20000", name="observations"),
    parmi("acte", ACTES),
    parmi("modele", MODELES),
    Index("ix_proposition_budget", "ligne_budgetaire_id", "phase_id", "montant"),
    Index("ix_proposition_structure", "phase_id", "structure_id", "montant"),
    Index("ix_proposition_dispositif", "phase_id", "dispositif_id", "structure_id", "volume", "montant"),
)

elu = table("elu", cle(), texte("civilite"), texte("prenom"), texte("nom"), UniqueConstraint("prenom", "nom"))

presence = table(
    "presence",
    cle(),
    vers("seance_id", "seance", suit=True),
    vers("elu_id", "elu"),
    Column("statut", Text, nullable=False),
    Column("ordre", Integer, nullable=False),
    Column("interesse", Booleen, nullable=False, server_default="0"),
    Column("pouvoir", Booleen, nullable=False, server_default="0"),
    UniqueConstraint("seance_id", "elu_id"),
    CheckConstraint("interesse IN (0, 1) AND pouvoir IN (0, 1)", name="oui_non"),
    parmi("statut", STATUTS),
)

deliberation = table(
    "deliberation",
    cle(),
    version(),
    vers("phase_id", "phase"),
    Column("numero", Text),
    texte("titre"),
    Column("issue", Text),
    Column("interesses_en_abstention", Booleen, nullable=False, server_default="0"),
    Column("date_modele_convention", DateIso),
    Column("date_signature", DateIso),
    texte("signataire"),
    texte("qualite_signataire"),
    UniqueConstraint("phase_id"),
    UniqueConstraint("numero"),
    parmi("issue", ISSUES),
)

visa = table(
    "visa",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    Column("nature", Text, nullable=False),
    texte("objet"),
    texte("articles"),
    texte("numero"),
    texte("instance"),
    Column("jour", DateIso),
    UniqueConstraint("deliberation_id", "ordre"),
    parmi("nature", ("code", "deliberation", "reglement", "rapport")),
)

avis = table(
    "avis",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    texte("commission"),
    texte("intitule"),
    Column("jour", DateIso, nullable=False),
    texte("sens"),
    UniqueConstraint("deliberation_id", "ordre"),
)

groupe = table(
    "groupe",
    cle(),
    texte("nom"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
)

vote = table(
    "vote",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("position", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    UniqueConstraint("deliberation_id", "position"),
    CheckConstraint("nombre >= 0", name="nombre"),
    parmi("position", POSITIONS),
)

vote_groupe = table(
    "vote_groupe",
    cle(),
    vers("vote_id", "vote", suit=True),
    vers("groupe_id", "groupe"),
    UniqueConstraint("vote_id", "groupe_id"),
)

journal = table(
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
    parmi("operation", ("insert", "update", "delete")),
    CheckConstraint("(rang IS NULL) = (empreinte IS NULL)", name="scelle"),
)

journal_tete = table(
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
