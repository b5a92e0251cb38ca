"""Creates, changes, deletes and restores the rows of any subject: checks first, then one write, then its inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inclusion_desk.domain.champs import Valeur, Valeurs, check_valeurs, par_nom
from inclusion_desk.domain.money import INSECABLE, format_nombre
from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.parties import Retirees, put_back, take_away
from inclusion_desk.services.regles import REGLES, Regles
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import (
    delete_rows,
    insert_row,
    insert_rows,
    read_one,
    read_values,
    update_row,
)
from inclusion_desk.store.tables import DERIVEES

Lignes = tuple[Mapping[str, Any], ...]


def create(session: Session, sujet: str, phase_id: int, valeurs: Valeurs) -> Changes:
    """Create a row from the values of a complete form.

    Raises:
        SaisieRefusee: one refusal per field at fault.
    """
    regles = REGLES[sujet]
    contexte = regles.contexte(session, phase_id)
    completes = {c.nom: valeurs.get(c.nom) for c in regles.champs}
    saisies = _checked(session, regles, completes, None, contexte)
    lues = {**saisies, **{nom: v for nom, v in contexte.items() if saisies.get(nom) is None}}
    identifiant = insert_row(session, regles.table, {**_stored(regles, lues), **regles.completer(session, lues)})
    ligne = read_one(session, regles.table, identifiant)
    regles.apres(session, ligne)
    label = f"Ajouter {_named(session, regles, (ligne,))}"
    return Changes(label, regles.touche(ligne), Call(delete, (sujet, (identifiant,))))


def update(session: Session, sujet: str, identifiant: int, version: int, valeurs: Valeurs) -> Changes:
    """Change some fields of a row read at ``version``; unchanged values cost nothing.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        ConflitDeVersion: the row was changed since it was read.
    """
    regles = REGLES[sujet]
    avant = read_one(session, regles.table, identifiant)
    lues = _checked(session, regles, valeurs, avant)
    return _write(session, sujet, avant, version, lues)


def _write(session: Session, sujet: str, avant: Mapping[str, Any], version: int, lues: Valeurs) -> Changes:
    regles = REGLES[sujet]
    changees = {nom: valeur for nom, valeur in lues.items() if avant[nom] != valeur}
    apres = {**avant, **changees}
    libelles = par_nom(regles.champs)
    if not changees:
        return Changes(f"Aucune modification – {regles.nommer(session, apres)}", {})
    quoi = ", ".join(_decapitalised(libelles[nom].article) if nom in libelles else nom for nom in changees)
    label = f"Modifier {quoi} – {regles.nommer(session, apres)}"
    update_row(session, regles.table, avant["id"], version, _stored(regles, apres, seulement=set(changees)))
    anciennes = {nom: avant[nom] for nom in changees}
    touchees = _union(regles.touche(avant), regles.touche(apres))
    return Changes(label, touchees, Call(_revert, (sujet, avant["id"], changees, anciennes)))


def _revert(session: Session, sujet: str, identifiant: int, attendues: Valeurs, anciennes: Valeurs) -> Changes:
    """Put former values back, provided the row still holds those the step had written."""
    regles = REGLES[sujet]
    actuelle = read_one(session, regles.table, identifiant)
    if any(actuelle[nom] != valeur for nom, valeur in attendues.items()):
        raise ConflitDeVersion(
            "Ces valeurs ont changé depuis cette étape : elle ne peut plus être annulée. Modifiez la ligne directement."
        )
    _checked(session, regles, anciennes, actuelle)
    return _write(session, sujet, actuelle, actuelle["version"], anciennes)


def delete(session: Session, sujet: str, ids: Sequence[int]) -> Changes:
    """Delete rows, or refuse them all with the reason.

    Raises:
        Refus: one of them is used elsewhere.
    """
    regles = REGLES[sujet]
    lignes = tuple(read_values(session, regles.table, ids, verrou=True))
    if not lignes:
        raise Refus("Ces lignes n’existent plus : un autre poste les a supprimées. Actualisez l’affichage.")
    regles.check_suppression(session, lignes)
    parties = take_away(session, regles.parties, ids)
    delete_rows(session, regles.table, ids)
    touchees = _union(*(regles.touche(ligne) for ligne in lignes))
    return Changes(f"Supprimer {_named(session, regles, lignes)}", touchees, Call(_restore, (sujet, lignes, parties)))


def _restore(session: Session, sujet: str, lignes: Lignes, parties: Retirees = ()) -> Changes:
    """Put deleted rows and their parts back as they were, with their ids; the database refuses what no longer fits."""
    regles = REGLES[sujet]
    regles.check_retour(session, lignes)
    derivees = DERIVEES.get(regles.table.name, ())  # the triggers count again what the parts bring back
    insert_rows(session, regles.table, [{n: v for n, v in li.items() if n not in derivees} for li in lignes])
    put_back(session, parties)
    touchees = _union(*(regles.touche(ligne) for ligne in lignes))
    ids = tuple(ligne["id"] for ligne in lignes)
    return Changes(f"Restaurer {_named(session, regles, lignes)}", touchees, Call(delete, (sujet, ids)))


def _named(session: Session, regles: Regles, lignes: Sequence[Mapping[str, Any]]) -> str:
    """Name rows in a label: « la structure « CCAS de Liévin » », or how many there are."""
    if len(lignes) > 1:
        return f"{format_nombre(len(lignes))}{INSECABLE}{regles.pluriel}"
    return f"{regles.article} «{INSECABLE}{regles.nommer(session, lignes[0])}{INSECABLE}»"


def _decapitalised(texte: str) -> str:
    return f"{texte[:1].lower()}{texte[1:]}"


def _checked(
    session: Session, regles: Regles, valeurs: Valeurs, avant: Mapping[str, Any] | None, contexte: Valeurs | None = None
) -> dict[str, Valeur]:
    """Check values field by field, then together, then against the database; all field refusals come at once.

    ``contexte`` completes a row that is not in the database yet.
    """
    lues = check_valeurs(regles.champs, valeurs)
    try:
        regles.check(session, {**(avant or contexte or {}), **lues}, avant)
    except SaisieRefusee:
        raise
    except Refus as refus:
        if refus.champ is None:
            raise
        raise SaisieRefusee((refus,)) from refus
    return lues


def _stored(regles: Regles, valeurs: Mapping[str, Any], seulement: set[str] | None = None) -> dict[str, Any]:
    """Add the folded search text to the values to write."""
    choisies = {nom: v for nom, v in valeurs.items() if seulement is None or nom in seulement}
    return {**choisies, **regles.recherche(valeurs)}


def _union(*touchees: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Join what several rows touch; a subject to be read whole (an empty tuple) stays so."""
    union: dict[str, dict[int, None]] = {}
    entiers = {sujet for touchee in touchees for sujet, ids in touchee.items() if not ids}
    for touchee in touchees:
        for sujet, ids in touchee.items():
            union.setdefault(sujet, {}).update(dict.fromkeys(ids))
    return {sujet: () if sujet in entiers else tuple(ids) for sujet, ids in union.items()}
