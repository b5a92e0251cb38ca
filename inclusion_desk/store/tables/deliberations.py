"""Deliberations: references, opinions, votes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Text, UniqueConstraint

from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.deliberations import ISSUES, NATURES_VISA, POSITIONS, NatureArticle
from inclusion_desk.store.colonnes import cle, long, oui_non, parmi, table, texte, vers, version
from inclusion_desk.store.types import Booleen, DateIso

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
    vers("remplace_id", "deliberation", facultatif=True),
    UniqueConstraint("phase_id"),
    UniqueConstraint("numero"),
    parmi("issue", ISSUES),
)

reference = table(
    "reference",
    cle(),
    version(),
    Column("nature", Text, nullable=False),
    texte("objet"),
    texte("articles"),
    texte("numero"),
    texte("instance"),
    Column("jour", DateIso),
    *oui_non("par_defaut"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    parmi("nature", NATURES_VISA),
)
"""The library from which the references of a deliberation are chosen."""

visa = table(
    "visa",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    vers("reference_id", "reference"),
    UniqueConstraint("deliberation_id", "ordre"),
    UniqueConstraint("deliberation_id", "reference_id"),
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
    version(),
    UniqueConstraint("deliberation_id", "ordre"),
)

article = table(
    "article",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    Column("nature", Text, nullable=False),
    Column("thematique", Integer),
    Column("texte", Text),
    *oui_non("retire"),
    UniqueConstraint("deliberation_id", "ordre"),
    CheckConstraint("texte IS NULL OR length(texte) <= 20000", name="texte"),
    parmi("nature", (n.value for n in NatureArticle)),
)
"""The articles as the user arranged them; none while they are those that the lines call for."""

annexe = table(
    "annexe",
    cle(),
    version(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("numero", Integer, nullable=False),
    texte("titre"),
    *long("texte"),
    Column("modele", Text),
    UniqueConstraint("deliberation_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
    parmi("modele", MODELES_AVENANT),
)

interet = table(
    "interet",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    vers("elu_id", "elu"),
    UniqueConstraint("deliberation_id", "elu_id"),
)
"""Who takes no part in a vote; the reason is not kept (RELIABILITY, finding 13)."""

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
    Column("nombre", Integer),
    UniqueConstraint("vote_id", "groupe_id"),
    CheckConstraint("nombre IS NULL OR nombre >= 0", name="nombre"),
)

instantane = table(
    "instantane",
    cle(),
    vers("deliberation_id", "deliberation"),
    Column("nature", Text, nullable=False),
    Column("contenu", Text, nullable=False),
    Column("empreinte", Text, nullable=False),
    Column("moment", Text, nullable=False),
    UniqueConstraint("deliberation_id", "nature"),
    parmi("nature", ("rapport", "deliberation")),
    CheckConstraint("length(empreinte) = 64", name="empreinte"),
)
"""The frozen dossier of a phase: as put to the vote, and as voted; canonical JSON and its SHA-256."""

document_fige = table(
    "document_fige",
    cle(),
    vers("deliberation_id", "deliberation"),
    Column("nature", Text, nullable=False),
    Column("contenu", LargeBinary, nullable=False),
    Column("empreinte", Text, nullable=False),
    UniqueConstraint("deliberation_id", "nature"),
    CheckConstraint("length(empreinte) = 64", name="empreinte"),
)
"""The very bytes of the documents made at the vote."""

modele = table(
    "modele",
    cle(),
    Column("nom", Text, nullable=False),
    Column("numero", Integer, nullable=False),
    Column("source", Text),
    texte("auteur"),
    Column("moment", Text, nullable=False),
    UniqueConstraint("nom", "numero"),
    CheckConstraint("numero > 0", name="numero"),
    CheckConstraint("source IS NULL OR length(source) <= 200000", name="source"),
)
"""The versions of a template made by users, the highest number in force; without source: the program’s own again."""
