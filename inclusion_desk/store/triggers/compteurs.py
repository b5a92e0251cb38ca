"""The triggers that count: what each phase proposes on each budget line, what each line carries, what its AE became."""

from __future__ import annotations

from collections.abc import Iterator

_ENGAGER = (
    "INSERT INTO engagement (ligne_budgetaire_id, phase_id, montant) "
    "VALUES (NEW.ligne_budgetaire_id, NEW.phase_id, NEW.montant) "
    "ON CONFLICT (ligne_budgetaire_id, phase_id) DO UPDATE SET montant = engagement.montant + excluded.montant; "
)
_DESENGAGER = (
    "UPDATE engagement SET montant = montant - OLD.montant "
    "WHERE ligne_budgetaire_id = OLD.ligne_budgetaire_id AND phase_id = OLD.phase_id; "
)
_COMPTEE = "EXISTS (SELECT 1 FROM phase WHERE phase.id = {ligne}.phase_id AND phase.compte = 1)"
_AJOUTER = (
    "UPDATE ligne_budgetaire SET engage = engage + NEW.montant "
    f"WHERE id = NEW.ligne_budgetaire_id AND {_COMPTEE.format(ligne='NEW')}; "
)
_RETIRER = (
    "UPDATE ligne_budgetaire SET engage = engage - OLD.montant "
    f"WHERE id = OLD.ligne_budgetaire_id AND {_COMPTEE.format(ligne='OLD')}; "
)
_MODIFIER = "UPDATE ligne_budgetaire SET modifications = modifications {signe} {ligne}.montant WHERE id = {cible}; "
_PLUS = _MODIFIER.format(signe="+", ligne="NEW", cible="NEW.ligne_budgetaire_id")
_MOINS = _MODIFIER.format(signe="-", ligne="OLD", cible="OLD.ligne_budgetaire_id")
_ECART = (
    "CASE WHEN {ligne} = {nouvelle} THEN {apres} ELSE 0 END - CASE WHEN {ligne} = {ancienne} THEN {avant} ELSE 0 END"
)
"""What one row changed brings to a line: said at once, since a CHECK looks at every step."""
_ECART_POSTGRES = _ECART.format(ligne="ligne", nouvelle="nouvelle", apres="ajout", ancienne="ancienne", avant="retrait")
_REPORTER = (
    "UPDATE ligne_budgetaire SET modifications = modifications + "
    + _ECART.format(
        ligne="id", nouvelle="NEW.ligne_budgetaire_id", apres="NEW.montant", ancienne="OLD.ligne_budgetaire_id",
        avant="OLD.montant",
    )
    + " WHERE id IN (NEW.ligne_budgetaire_id, OLD.ligne_budgetaire_id); "
)  # fmt: skip


def sqlite() -> Iterator[str]:
    """Give the triggers of SQLite."""
    yield f"CREATE TRIGGER tr_proposition_engage_insert AFTER INSERT ON proposition BEGIN {_AJOUTER}{_ENGAGER}END"
    yield (
        "CREATE TRIGGER tr_proposition_engage_update AFTER UPDATE OF montant, ligne_budgetaire_id, phase_id "
        "ON proposition WHEN NEW.montant <> OLD.montant OR NEW.ligne_budgetaire_id <> OLD.ligne_budgetaire_id "
        f"OR NEW.phase_id <> OLD.phase_id BEGIN {_RETIRER}{_AJOUTER}{_DESENGAGER}{_ENGAGER}END"
    )
    yield f"CREATE TRIGGER tr_proposition_engage_delete AFTER DELETE ON proposition BEGIN {_RETIRER}{_DESENGAGER}END"
    yield (
        "CREATE TRIGGER tr_phase_compte AFTER UPDATE OF compte ON phase WHEN NEW.compte <> OLD.compte BEGIN "
        "UPDATE ligne_budgetaire SET engage = engage + CASE NEW.compte WHEN 1 THEN 1 ELSE -1 END * "
        "(SELECT montant FROM engagement WHERE ligne_budgetaire_id = ligne_budgetaire.id AND phase_id = NEW.id) "
        "WHERE id IN (SELECT ligne_budgetaire_id FROM engagement WHERE phase_id = NEW.id); END"
    )
    yield f"CREATE TRIGGER tr_decision_insert AFTER INSERT ON decision_modificative BEGIN {_PLUS}END"
    yield (
        "CREATE TRIGGER tr_decision_update AFTER UPDATE OF montant, ligne_budgetaire_id ON decision_modificative "
        f"BEGIN {_REPORTER}END"
    )
    yield f"CREATE TRIGGER tr_decision_delete AFTER DELETE ON decision_modificative BEGIN {_MOINS}END"


def postgres() -> Iterator[str]:
    """Give the triggers of PostgreSQL."""
    yield (
        "CREATE TRIGGER tr_proposition_engage "
        "AFTER INSERT OR DELETE OR UPDATE OF montant, ligne_budgetaire_id, phase_id "
        "ON proposition FOR EACH ROW EXECUTE FUNCTION inclusion_desk_engage()"
    )
    yield (
        "CREATE TRIGGER tr_phase_compte AFTER UPDATE OF compte ON phase FOR EACH ROW "
        "WHEN (NEW.compte <> OLD.compte) EXECUTE FUNCTION inclusion_desk_compte()"
    )
    yield (
        "CREATE TRIGGER tr_decision AFTER INSERT OR DELETE OR UPDATE OF montant, ligne_budgetaire_id "
        "ON decision_modificative FOR EACH ROW EXECUTE FUNCTION inclusion_desk_decision()"
    )


FONCTIONS = (
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_engage() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        ancienne integer := NULL; nouvelle integer := NULL; retrait bigint := 0; ajout bigint := 0; ligne integer;
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            ancienne := OLD.ligne_budgetaire_id;
            IF {_COMPTEE.format(ligne="OLD")} THEN retrait := OLD.montant; END IF;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            nouvelle := NEW.ligne_budgetaire_id;
            IF {_COMPTEE.format(ligne="NEW")} THEN ajout := NEW.montant; END IF;
        END IF;
        FOR ligne IN SELECT DISTINCT l FROM unnest(ARRAY[ancienne, nouvelle]) AS l WHERE l IS NOT NULL ORDER BY l LOOP
            UPDATE ligne_budgetaire SET engage = engage + {_ECART_POSTGRES} WHERE id = ligne;
        END LOOP;
        IF ancienne IS NOT NULL THEN {_DESENGAGER}END IF;
        IF nouvelle IS NOT NULL THEN {_ENGAGER}END IF;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE FUNCTION inclusion_desk_compte() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE e record;
    BEGIN
        FOR e IN SELECT ligne_budgetaire_id, montant FROM engagement WHERE phase_id = NEW.id
                 ORDER BY ligne_budgetaire_id LOOP
            UPDATE ligne_budgetaire SET engage = engage + CASE WHEN NEW.compte = 1 THEN e.montant ELSE -e.montant END
            WHERE id = e.ligne_budgetaire_id;
        END LOOP;
        RETURN NULL;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE ancienne integer := NULL; nouvelle integer := NULL; retrait bigint := 0; ajout bigint := 0; ligne integer;
    BEGIN
        IF TG_OP <> 'INSERT' THEN ancienne := OLD.ligne_budgetaire_id; retrait := OLD.montant; END IF;
        IF TG_OP <> 'DELETE' THEN nouvelle := NEW.ligne_budgetaire_id; ajout := NEW.montant; END IF;
        FOR ligne IN SELECT DISTINCT l FROM unnest(ARRAY[ancienne, nouvelle]) AS l WHERE l IS NOT NULL ORDER BY l LOOP
            UPDATE ligne_budgetaire SET modifications = modifications + {_ECART_POSTGRES} WHERE id = ligne;
        END LOOP;
        RETURN NULL;
    END $$""",
)
"""The functions that the triggers of PostgreSQL call."""
