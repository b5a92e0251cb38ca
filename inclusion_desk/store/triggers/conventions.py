"""The triggers that keep an act as it went out for signature, and a sheet as it was published."""

from __future__ import annotations

from collections.abc import Iterator

_CONTENU = "numero, structure_id, objet, debut, fin, externe, deliberation_numero, deliberation_le"
_CONTENU_AVENANT = "convention_id, rang, modele, objet, debut, fin, externe, deliberation_numero, deliberation_le"
_PARTIES = ("tranche", "fiche_annexee", "acte_ligne")
"""What an act is made of beside its own row."""
_CONVENTION_ENVOYEE = "OLD.etat <> 'projet' AND OLD.externe = 0"
_AVENANT_ENVOYE = "OLD.etat <> 'projet' AND OLD.externe = 0"
_SAUT = (
    "(NEW.etat <> OLD.etat AND (NEW.etat = 'projet' AND OLD.etat <> 'a_signer' "
    "OR OLD.etat = 'projet' AND NEW.etat <> 'a_signer' "
    "OR OLD.etat = 'a_signer' AND NEW.etat NOT IN ('projet', 'signee') "
    "OR OLD.etat = 'a_signer' AND NEW.etat = 'signee' AND NOT {copie}))"
)
"""A move that skips the signature, comes back from it at once, or signs what was not kept."""
_SAUT_CONVENTION = _SAUT.format(
    copie="(OLD.externe = 1 OR EXISTS (SELECT 1 FROM copie_acte "
    "WHERE copie_acte.convention_id = OLD.id AND copie_acte.avenant_id IS NULL))"
)
_SAUT_AVENANT = _SAUT.format(
    copie="(OLD.externe = 1 OR EXISTS (SELECT 1 FROM copie_acte WHERE copie_acte.avenant_id = OLD.id))"
)
_ORIGINE = "NEW.externe <> OLD.externe OR (OLD.externe = 0 AND NEW.numero <> OLD.numero)"
"""A number given by the program stays its own."""
_ORIGINE_AVENANT = "NEW.externe <> OLD.externe"
_NEE_ENVOYEE = dict.fromkeys(("convention", "avenant"), "NEW.externe = 0 AND NEW.etat <> 'projet'")
_PARTIE_ENVOYEE = (
    "(EXISTS (SELECT 1 FROM avenant WHERE avenant.id = {ligne}.avenant_id AND avenant.externe = 0 "
    "AND avenant.etat <> 'projet') "
    "OR ({ligne}.avenant_id IS NULL AND EXISTS (SELECT 1 FROM convention WHERE convention.id = {ligne}.convention_id "
    "AND convention.externe = 0 AND convention.etat <> 'projet')))"
)
_COPIE_DE_TROP = (
    f"NOT {_PARTIE_ENVOYEE} OR EXISTS (SELECT 1 FROM copie_acte WHERE "
    "copie_acte.convention_id = {ligne}.convention_id "
    "AND COALESCE(copie_acte.avenant_id, 0) = COALESCE({ligne}.avenant_id, 0))"
)
"""A copy of what did not go out, or a second one."""
_PUBLIEE = "OLD.publiee_le IS NOT NULL"
_REFUS = "SELECT RAISE(ABORT, '{nom}');"


def sqlite() -> Iterator[str]:
    """Give the triggers of SQLite."""
    envoye = _REFUS.format(nom="acte_envoye")
    for table, contenu, condition, autres in (
        ("convention", _CONTENU, _CONVENTION_ENVOYEE, f"{_ORIGINE} OR {_SAUT_CONVENTION}"),
        ("avenant", _CONTENU_AVENANT, _AVENANT_ENVOYE, f"{_ORIGINE_AVENANT} OR {_SAUT_AVENANT}"),
    ):
        change = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in contenu.split(", "))
        yield (
            f"CREATE TRIGGER tr_{table}_envoi_insert BEFORE INSERT ON {table} "
            f"WHEN {_NEE_ENVOYEE[table]} BEGIN {envoye} END"
        )
        yield (
            f"CREATE TRIGGER tr_{table}_envoi_update BEFORE UPDATE OF {contenu}, etat ON {table} "
            f"WHEN {condition} AND ({change}) OR {autres} BEGIN {envoye} END"
        )
        yield f"CREATE TRIGGER tr_{table}_envoi_delete BEFORE DELETE ON {table} WHEN {condition} BEGIN {envoye} END"
    for table in _PARTIES:
        ancienne, nouvelle = (_PARTIE_ENVOYEE.format(ligne=ligne) for ligne in ("OLD", "NEW"))
        for operation, condition in (
            ("INSERT", nouvelle), ("UPDATE", f"{ancienne} OR {nouvelle}"), ("DELETE", ancienne),
        ):  # fmt: skip
            yield (
                f"CREATE TRIGGER tr_{table}_envoi_{operation.lower()} BEFORE {operation} ON {table} "
                f"WHEN {condition} BEGIN {envoye} END"
            )
    yield (
        "CREATE TRIGGER tr_copie_acte_envoi_insert BEFORE INSERT ON copie_acte "
        f"WHEN {_COPIE_DE_TROP.format(ligne='NEW')} BEGIN {envoye} END"
    )
    yield f"CREATE TRIGGER tr_copie_acte_envoi_update BEFORE UPDATE ON copie_acte BEGIN {envoye} END"
    yield (
        "CREATE TRIGGER tr_copie_acte_envoi_delete BEFORE DELETE ON copie_acte "
        f"WHEN {_PARTIE_ENVOYEE.format(ligne='OLD')} BEGIN {envoye} END"
    )
    for operation in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER tr_fiche_publiee_{operation.lower()} BEFORE {operation} ON fiche "
            f"WHEN {_PUBLIEE} BEGIN {_REFUS.format(nom='fiche_publiee')} END"
        )


def postgres() -> Iterator[str]:
    """Give the triggers of PostgreSQL."""
    for table in ("convention", "avenant"):
        yield (
            f"CREATE TRIGGER tr_{table}_envoi BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION inclusion_desk_{table}()"
        )
    for table in _PARTIES:
        yield (
            f"CREATE TRIGGER tr_{table}_envoi BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION inclusion_desk_partie()"
        )
    yield (
        "CREATE TRIGGER tr_copie_acte_envoi BEFORE INSERT OR UPDATE OR DELETE ON copie_acte "
        "FOR EACH ROW EXECUTE FUNCTION inclusion_desk_copie()"
    )
    yield (
        "CREATE TRIGGER tr_fiche_publiee BEFORE UPDATE OR DELETE ON fiche "
        "FOR EACH ROW EXECUTE FUNCTION inclusion_desk_fiche()"
    )


def _function(nom: str, corps: str) -> str:
    return f"CREATE OR REPLACE FUNCTION inclusion_desk_{nom}() RETURNS trigger LANGUAGE plpgsql AS $$ {corps} $$"


def _keep(table: str, condition: str, contenu: str, autres: str) -> str:
    """Refuse to delete, or to change the contents of, a row that meets a condition; and whatever ``autres`` says."""
    change = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in contenu.split(", "))
    return (
        f"BEGIN IF TG_OP = 'INSERT' THEN IF {_NEE_ENVOYEE[table]} THEN {_raise('acte_envoye')} END IF; RETURN NEW; "
        f"ELSIF TG_OP = 'DELETE' THEN IF {condition} THEN {_raise('acte_envoye')} END IF; RETURN OLD; "
        f"ELSIF {condition} AND ({change}) OR {autres} THEN {_raise('acte_envoye')} END IF; RETURN NEW; END"
    )


def _raise(nom: str) -> str:
    return f"RAISE EXCEPTION '{nom}' USING ERRCODE = '23001';"


# The act is locked for share: a move to signature under way is waited for, then seen.
_ENVOYE = (
    "IF {ligne} ->> 'avenant_id' IS NOT NULL THEN "
    "SELECT a.externe = 0 AND a.etat <> 'projet' INTO envoye FROM avenant a "
    "WHERE a.id = ({ligne} ->> 'avenant_id')::integer FOR SHARE; "
    "ELSE "
    "SELECT c.externe = 0 AND c.etat <> 'projet' INTO envoye FROM convention c "
    "WHERE c.id = ({ligne} ->> 'convention_id')::integer FOR SHARE; "
    "END IF; "
    f"IF envoye THEN {_raise('acte_envoye')} END IF; "
)

FONCTIONS = (
    _function("convention", _keep("convention", _CONVENTION_ENVOYEE, _CONTENU, f"{_ORIGINE} OR {_SAUT_CONVENTION}")),
    _function("avenant", _keep("avenant", _AVENANT_ENVOYE, _CONTENU_AVENANT, f"{_ORIGINE_AVENANT} OR {_SAUT_AVENANT}")),
    _function(
        "partie",
        "DECLARE lignes jsonb[] := ARRAY[]::jsonb[]; ligne jsonb; envoye boolean; "
        "BEGIN "
        "IF TG_OP <> 'INSERT' THEN lignes := lignes || to_jsonb(OLD); END IF; "
        "IF TG_OP <> 'DELETE' THEN lignes := lignes || to_jsonb(NEW); END IF; "
        f"FOREACH ligne IN ARRAY lignes LOOP {_ENVOYE.format(ligne='ligne')}END LOOP; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END",
    ),
    _function(
        "copie",
        "DECLARE ligne jsonb; envoye boolean; "
        f"BEGIN IF TG_OP = 'UPDATE' THEN {_raise('acte_envoye')} END IF; "
        f"IF TG_OP = 'INSERT' THEN IF {_COPIE_DE_TROP.format(ligne='NEW')} THEN {_raise('acte_envoye')} END IF; "
        "RETURN NEW; END IF; "
        f"ligne := to_jsonb(OLD); {_ENVOYE.format(ligne='ligne')}RETURN OLD; END",
    ),
    _function(
        "fiche",
        f"BEGIN IF {_PUBLIEE} THEN {_raise('fiche_publiee')} END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END",
    ),
)
"""The functions that the triggers of PostgreSQL call."""
