"""The triggers that keep an adopted act as it was voted: nothing beneath it changes, whatever happens above."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.domain.deliberations import ADOPTIONS
from inclusion_desk.domain.phases import FIGES

_FIGES = ", ".join(f"'{etat}'" for etat in sorted(FIGES))
_ADOPTIONS = ", ".join(f"'{issue}'" for issue in sorted(ADOPTIONS))
_FIGEE = f"EXISTS (SELECT 1 FROM phase WHERE phase.id = {{phase}} AND phase.etat IN ({_FIGES}))"
_DE_DELIBERATION = "(SELECT phase_id FROM deliberation WHERE deliberation.id = {ligne}.deliberation_id)"
_DE_VOTE = (
    "(SELECT deliberation.phase_id FROM vote JOIN deliberation ON deliberation.id = vote.deliberation_id "
    "WHERE vote.id = {ligne}.vote_id)"
)
_DE_SEANCE = f"EXISTS (SELECT 1 FROM phase WHERE phase.seance_id = {{seance}} AND phase.etat IN ({_FIGES}))"

_PHASES = {
    **dict.fromkeys(("proposition", "operation", "phase_periode", "engagement", "deliberation"), "{ligne}.phase_id"),
    **dict.fromkeys(
        ("visa", "avis", "vote", "article", "annexe", "interet", "instantane", "document_fige"), _DE_DELIBERATION
    ),
    "vote_groupe": _DE_VOTE,
}
"""How to find, from a row of each table, the phase it is beneath."""
_SEANCES = {"seance": "{ligne}.id", "presence": "{ligne}.seance_id"}
"""How to find the sitting: one that holds an adopted act does not change either."""
_TRANSMISES = frozenset({"instantane", "document_fige", "evenement", "modele"})
"""Rows that are never updated; the last two never deleted either."""
_PERMANENTES = frozenset({"evenement", "modele"})

_VOTE_QUI_REMPLACE = (
    "EXISTS (SELECT 1 FROM deliberation ancienne JOIN deliberation nouvelle ON nouvelle.remplace_id = ancienne.id "
    "JOIN instantane ON instantane.deliberation_id = nouvelle.id AND instantane.nature = 'deliberation' "
    "WHERE ancienne.phase_id = OLD.id AND nouvelle.issue IN "
    f"({_ADOPTIONS}))"
)
_ETAT_PERMIS = (
    "(OLD.etat = 'adoptee' AND NEW.etat = 'remplacee' AND NEW.id = OLD.id AND NEW.campagne_id = OLD.campagne_id "
    "AND NEW.numero = OLD.numero AND NEW.titre = OLD.titre AND NEW.contexte = OLD.contexte "
    f"AND COALESCE(NEW.seance_id, 0) = COALESCE(OLD.seance_id, 0) AND {_VOTE_QUI_REMPLACE})"
)
"""The one change of an adopted phase: replaced, once the act that corrects it is voted and copied."""
_SANS_COPIE = (
    f"NEW.etat IN ({_FIGES}) AND NOT EXISTS (SELECT 1 FROM instantane JOIN deliberation "
    "ON deliberation.id = instantane.deliberation_id WHERE deliberation.phase_id = NEW.id "
    "AND instantane.nature = 'deliberation')"
)
_REFUS = "SELECT RAISE(ABORT, 'acte_fige');"


def sqlite() -> Iterator[str]:
    """Give the triggers of SQLite."""
    for table, conditions in _conditions().items():
        for operation, condition in conditions.items():
            yield (
                f"CREATE TRIGGER tr_{table}_acte_{operation.lower()} BEFORE {operation} ON {table} "
                f"WHEN {condition} BEGIN {_REFUS} END"
            )
    for table in sorted(_TRANSMISES):
        yield f"CREATE TRIGGER tr_{table}_fixe_update BEFORE UPDATE ON {table} BEGIN {_REFUS} END"
    for table in sorted(_PERMANENTES):
        yield f"CREATE TRIGGER tr_{table}_fixe_delete BEFORE DELETE ON {table} BEGIN {_REFUS} END"


def _conditions() -> dict[str, dict[str, str]]:
    """Say when each operation on each table touches an adopted act."""
    conditions = {}
    for table, trouver, figee in (
        *((t, chemin, _FIGEE.replace("{phase}", "{cle}")) for t, chemin in _PHASES.items()),
        *((t, chemin, _DE_SEANCE.replace("{seance}", "{cle}")) for t, chemin in _SEANCES.items()),
    ):
        ancienne, nouvelle = (figee.format(cle=trouver.format(ligne=ligne)) for ligne in ("OLD", "NEW"))
        conditions[table] = {"INSERT": nouvelle, "UPDATE": f"{ancienne} OR {nouvelle}", "DELETE": ancienne}
    conditions["phase"] = {
        "INSERT": f"NEW.etat IN ({_FIGES})",
        "UPDATE": f"(OLD.etat IN ({_FIGES}) AND NOT {_ETAT_PERMIS}) OR ({_SANS_COPIE})",
        "DELETE": f"OLD.etat IN ({_FIGES})",
    }
    return conditions


def postgres() -> Iterator[str]:
    """Give the triggers of PostgreSQL."""
    for table, (nature, colonne) in _POSTGRES.items():
        yield (
            f"CREATE TRIGGER tr_{table}_acte BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION inclusion_desk_acte('{nature}', '{colonne}')"
        )
    yield (
        "CREATE TRIGGER tr_phase_acte BEFORE INSERT OR UPDATE OR DELETE ON phase "
        "FOR EACH ROW EXECUTE FUNCTION inclusion_desk_phase()"
    )
    for table in sorted(_TRANSMISES):
        yield (
            f"CREATE TRIGGER tr_{table}_fixe BEFORE UPDATE{' OR DELETE' if table in _PERMANENTES else ''} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION inclusion_desk_fixe()"
        )


_POSTGRES = {
    **{table: ("phase", "phase_id") for table, chemin in _PHASES.items() if chemin == "{ligne}.phase_id"},
    **{table: ("deliberation", "deliberation_id") for table, chemin in _PHASES.items() if chemin == _DE_DELIBERATION},
    "vote_groupe": ("vote", "vote_id"),
    "seance": ("seance", "id"),
    "presence": ("seance", "seance_id"),
}

FONCTIONS = (
    """CREATE OR REPLACE FUNCTION inclusion_desk_fixe() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'acte_fige' USING ERRCODE = '23001'; END $$""",
    # The phase is locked for share: an adoption under way is waited for, then seen.
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_acte() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE cle integer; cles integer[] := ARRAY[]::integer[]; vue text;
    BEGIN
        IF TG_OP <> 'INSERT' THEN cles := cles || (to_jsonb(OLD) ->> TG_ARGV[1])::integer; END IF;
        IF TG_OP <> 'DELETE' THEN cles := cles || (to_jsonb(NEW) ->> TG_ARGV[1])::integer; END IF;
        FOREACH cle IN ARRAY cles LOOP
            FOR vue IN
                SELECT p.etat FROM phase p WHERE
                    CASE TG_ARGV[0]
                        WHEN 'phase' THEN p.id = cle
                        WHEN 'seance' THEN p.seance_id = cle
                        WHEN 'deliberation' THEN p.id = (SELECT d.phase_id FROM deliberation d WHERE d.id = cle)
                        ELSE p.id = (SELECT d.phase_id FROM vote v JOIN deliberation d ON d.id = v.deliberation_id
                                     WHERE v.id = cle)
                    END
                ORDER BY p.id FOR SHARE
            LOOP
                IF vue IN ({_FIGES}) THEN RAISE EXCEPTION 'acte_fige' USING ERRCODE = '23001'; END IF;
            END LOOP;
        END LOOP;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_phase() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.etat NOT IN ({_FIGES}) THEN RETURN NEW; END IF;
        ELSIF TG_OP = 'DELETE' THEN
            IF OLD.etat NOT IN ({_FIGES}) THEN RETURN OLD; END IF;
        ELSIF NOT ((OLD.etat IN ({_FIGES}) AND NOT {_ETAT_PERMIS}) OR ({_SANS_COPIE})) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'acte_fige' USING ERRCODE = '23001';
    END $$""",
)
"""The functions that the triggers of PostgreSQL call."""
