"""The texts that users write for a phase: shown with their figures, kept with what these come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.deliberations import ArticleSaisi
from inclusion_desk.domain.figures import Repere, Sources, libelles, lier, remplir, reperer, sources
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.domain.text import LONGUEUR_MAX, clean_texte
from inclusion_desk.services.changes import Call, Changes, check_still
from inclusion_desk.services.regles.base import check_open, check_report
from inclusion_desk.store import deliberations, dossiers, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, read_one, touch_row, update_row, update_values

_TOUCHE: dict[str, tuple[int, ...]] = {"seances": (), "annexes": ()}
CONTEXTE = "contexte"


@dataclass(frozen=True, slots=True)
class Texte:
    """One text of a phase: its key, what it is, its words with the figures as they stand, the version to name.

    ``reperes`` are its figures, tied to a source or to nothing.
    """

    cle: str
    groupe: str
    titre: str
    texte: str
    version: int
    reperes: tuple[Repere, ...]


def lire(session: Session, phase_id: int) -> tuple[Texte, ...]:
    """Read every text of a phase: the context of the report, the operations by annexe, then the joined annexes."""
    vue = phases.load(session, phase_id)
    dossier = dossiers.load(session, phase_id)
    connues = sources(dossier)
    textes = [_shown(CONTEXTE, "Rapport du Président", "Contexte", vue.contexte, vue.version, connues)]
    for numero, thematique in thematiques_annexees(dossier):
        groupe = f"Annexe {numero} – Thématique {thematique.numero}"
        textes += [
            _shown(f"operation:{o.dispositif_id}", groupe, o.libelle, o.texte, vue.version, connues)
            for o in thematique.operations
        ]
    acte = deliberations.find(session, phase_id)
    textes += [
        _shown(f"annexe:{a.id}", "Annexes jointes", f"Annexe {a.numero} – {a.titre}", a.texte, a.version, connues)
        for a in deliberations.load_annexes(session, acte.id if acte else None)
    ]
    return tuple(textes)


def _shown(cle: str, groupe: str, titre: str, texte: str, version: int, connues: Sources) -> Texte:
    lu = remplir(texte, connues)
    return Texte(cle, groupe, titre, lu, version, reperer(lu, connues, dabord=dabord_de(cle)))


def dabord_de(cle: str) -> tuple[str, ...]:
    """Name the sources to prefer in a text: those of its own dispositif."""
    nature, _, identifiant = cle.partition(":")
    return (f"dispositif-{identifiant}.",) if nature == "operation" else ()


def ecrire(session: Session, phase_id: int, cle: str, version: int, texte: str) -> Changes:
    """Write a text of a phase, tying each figure that a source prints to that source.

    Raises:
        Refus: the text cannot be printed, the phase is closed, or the report that it opens is on the agenda.
        ConflitDeVersion: what holds it was changed since it was read.
    """
    check_open(session, phase_id)
    net = clean_texte(texte, "Le texte", None, maximum=LONGUEUR_MAX, lignes=True)
    connues = sources(dossiers.load(session, phase_id))
    return _store(session, phase_id, cle, version, lier(net, connues, dabord=dabord_de(cle)))


def _store(
    session: Session, phase_id: int, cle: str, version: int, lie: str, attendu: str | None = None
) -> Changes:  # fmt: skip
    """Write a tied text; when an edit is undone ``version`` is 0, and ``attendu`` what it must still be."""
    nature, _, identifiant = cle.partition(":")
    if nature == "annexe":
        avant = _store_annexe(session, int(identifiant), version, lie)
    else:
        vue = phases.load(session, phase_id)
        touch_row(session, tables.phase, phase_id, version or vue.version)
        avant = vue.contexte if cle == CONTEXTE else _operation(session, phase_id, int(identifiant))
        if cle == CONTEXTE:
            check_report(session, phase_id)
            update_values(session, tables.phase, phase_id, {"contexte": lie})
        else:
            _store_operation(session, phase_id, int(identifiant), lie)
    check_still(avant, attendu)
    return Changes("Modifier un texte", _TOUCHE, Call(_undo, (phase_id, cle, avant, lie)))


def _undo(session: Session, phase_id: int, cle: str, lie: str, attendu: str) -> Changes:
    check_open(session, phase_id)
    return _store(session, phase_id, cle, 0, lie, attendu)


def _store_annexe(session: Session, identifiant: int, version: int, lie: str) -> str:
    avant = read_one(session, tables.annexe, identifiant)
    update_row(session, tables.annexe, identifiant, version or avant["version"], {"texte": lie})
    return str(avant["texte"])


def _operation(session: Session, phase_id: int, dispositif_id: int) -> str:
    o = tables.operation.c
    demande = select(o.texte).where(o.phase_id == phase_id, o.dispositif_id == dispositif_id)
    return session.execute(demande).scalar() or ""


def _store_operation(session: Session, phase_id: int, dispositif_id: int, lie: str) -> None:
    o = tables.operation.c
    demande = select(o.id).where(o.phase_id == phase_id, o.dispositif_id == dispositif_id)
    if session.execute(demande).scalar() is None:
        rangs = _ranks(session, phase_id)
        _place(session, phase_id, next((suite for suite in rangs if dispositif_id in suite), ()))
    trouvee = session.execute(demande).scalar()
    if trouvee is None:
        raise Introuvable("Ce dispositif n’a plus de proposition dans la phase : actualisez l’affichage.")
    update_values(session, tables.operation, trouvee, {"texte": lie})


def _ranks(session: Session, phase_id: int) -> tuple[tuple[int, ...], ...]:
    """Read the operations of a phase in their order, thématique by thématique."""
    thematiques = dossiers.load(session, phase_id).thematiques
    return tuple(tuple(o.dispositif_id for o in thematique.operations) for thematique in thematiques)


def _place(session: Session, phase_id: int, suite: Sequence[int]) -> None:
    """Give all the operations of a thématique their places: one that has none comes after those that have one."""
    o = tables.operation.c
    lues = session.execute(select(o.dispositif_id, o.id).where(o.phase_id == phase_id)).all()
    connues = {dispositif_id: identifiant for dispositif_id, identifiant in lues}  # noqa: C416 - rows, not pairs
    for ordre, dispositif_id in enumerate(suite, start=1):
        if dispositif_id in connues:
            update_values(session, tables.operation, connues[dispositif_id], {"ordre": ordre})
        else:
            valeurs = {"phase_id": phase_id, "dispositif_id": dispositif_id, "ordre": ordre}
            insert_row(session, tables.operation, valeurs)


def ordonner(
    session: Session, phase_id: int, version: int, dispositifs: Sequence[int], attendu: Sequence[int] | None = None
) -> Changes:
    """Set the order of the operations of a phase: that of annexes and of the breakdown.

    ``dispositifs`` lists those of one thématique, or of all; those left out come after. When a step is undone,
    ``version`` is 0 and ``attendu`` the order that must still stand.

    Raises:
        Refus: the phase is closed.
        ConflitDeVersion: the phase was changed since it was read.
    """
    check_open(session, phase_id)
    touch_row(session, tables.phase, phase_id, version or phases.load(session, phase_id).version)
    rangs, avant = {d: n for n, d in enumerate(dispositifs)}, _ranks(session, phase_id)
    check_still(_flat(avant), attendu)
    for suite in avant:
        if rangs.keys() & set(suite):
            _place(session, phase_id, sorted(suite, key=lambda d: rangs.get(d, len(rangs))))
    touchees: dict[str, tuple[int, ...]] = {"seances": (), "propositions": ()}
    inverse = Call(ordonner, (phase_id, 0, _flat(avant), _flat(_ranks(session, phase_id))))
    return Changes("Ranger les opérations", touchees, inverse)


def _flat(rangs: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(dispositif_id for suite in rangs for dispositif_id in suite)


def dabord(article: ArticleSaisi) -> tuple[str, ...]:
    """Name the sources to prefer in the text of an article: those of its own thématique."""
    return (f"thematique-{article.thematique}.",) if article.thematique is not None else ()


def lier_article(session: Session, phase_id: int, article: ArticleSaisi, texte: str) -> str:
    """Check the text typed for an article, and tie its figures, those of its thématique first.

    Raises:
        Refus: the text cannot be printed.
    """
    net = clean_texte(texte, "Le texte de l’article", None, maximum=LONGUEUR_MAX, lignes=True)
    return lier(net, sources(dossiers.load(session, phase_id)), dabord=dabord(article))


@dataclass(frozen=True, slots=True)
class Chiffres:
    """What texts of a phase may be tied to: how each source prints now, what it belongs to and says, in words."""

    connues: Sources
    libelles: Mapping[str, tuple[str, str]]


def chiffres(session: Session, phase_id: int) -> Chiffres:
    """Read what the texts of a phase may be tied to."""
    dossier = dossiers.load(session, phase_id)
    return Chiffres(sources(dossier), libelles(dossier))
