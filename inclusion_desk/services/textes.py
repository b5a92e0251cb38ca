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
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.regles.base import check_open
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
        Refus: the text cannot be printed, or the phase is closed.
        ConflitDeVersion: what holds it was changed since it was read.
    """
    check_open(session, phase_id)
    net = clean_texte(texte, "Le texte", None, maximum=LONGUEUR_MAX, lignes=True)
    connues = sources(dossiers.load(session, phase_id))
    return _store(session, phase_id, cle, version, lier(net, connues, dabord=dabord_de(cle)))


def _store(session: Session, phase_id: int, cle: str, version: int, lie: str) -> Changes:
    """Write a tied text; ``version`` is 0 when an edit is undone."""
    nature, _, identifiant = cle.partition(":")
    if nature == "annexe":
        avant = _store_annexe(session, int(identifiant), version, lie)
    else:
        vue = phases.load(session, phase_id)
        touch_row(session, tables.phase, phase_id, version or vue.version)
        avant = vue.contexte if cle == CONTEXTE else _operation(session, phase_id, int(identifiant))
        if cle == CONTEXTE:
            update_values(session, tables.phase, phase_id, {"contexte": lie})
        else:
            _store_operation(session, phase_id, int(identifiant), lie)
    return Changes("Modifier un texte", _TOUCHE, Call(_undo, (phase_id, cle, avant)))


def _undo(session: Session, phase_id: int, cle: str, lie: str) -> Changes:
    check_open(session, phase_id)
    return _store(session, phase_id, cle, 0, lie)


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
    trouvee = session.execute(select(o.id).where(o.phase_id == phase_id, o.dispositif_id == dispositif_id)).scalar()
    if trouvee is not None:
        update_values(session, tables.operation, trouvee, {"texte": lie})
        return
    dossier = dossiers.load(session, phase_id)
    operation = next((op for op in dossier.operations if op.dispositif_id == dispositif_id), None)
    if operation is None:
        raise Introuvable("Ce dispositif n’a plus de proposition dans la phase : actualisez l’affichage.")
    valeurs = {"phase_id": phase_id, "dispositif_id": dispositif_id, "ordre": operation.ordre, "texte": lie}
    insert_row(session, tables.operation, valeurs)


def ordonner(session: Session, phase_id: int, version: int, dispositifs: Sequence[int]) -> Changes:
    """Set the order of the operations of a phase: that of annexes and of the breakdown.

    ``dispositifs`` lists those of one thématique, or of all; ``version`` is that of the phase, 0 when undone.

    Raises:
        Refus: the phase is closed.
        ConflitDeVersion: the phase was changed since it was read.
    """
    check_open(session, phase_id)
    touch_row(session, tables.phase, phase_id, version or phases.load(session, phase_id).version)
    avant = tuple(o.dispositif_id for o in dossiers.load(session, phase_id).operations)
    for ordre, dispositif_id in enumerate(dispositifs, start=1):
        _store_operation(session, phase_id, dispositif_id, _operation(session, phase_id, dispositif_id))
        o = tables.operation.c
        demande = select(o.id).where(o.phase_id == phase_id, o.dispositif_id == dispositif_id)
        update_values(session, tables.operation, session.execute(demande).scalar_one(), {"ordre": ordre})
    touchees: dict[str, tuple[int, ...]] = {"seances": (), "propositions": ()}
    return Changes("Ranger les opérations", touchees, Call(ordonner, (phase_id, 0, avant)))


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
