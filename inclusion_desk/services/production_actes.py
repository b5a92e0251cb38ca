"""Produces the acts of a phase in one batch: all that are whole, or none; a folder that appears only once complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.preparation import ActePropose, dire_blancs, dire_manquants
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services import preparation_actes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.dossiers_neufs import archiver, dossier_neuf
from inclusion_desk.services.fichiers import write_atomic
from inclusion_desk.services.modeles import en_vigueur
from inclusion_desk.services.production import Progress
from inclusion_desk.store import actes
from inclusion_desk.store.engine import Session

FormatActe = Literal["pdf", "docx"]
LISTE = "liste-des-actes.xlsx"


@dataclass(frozen=True, slots=True)
class ActeChoisi:
    """One act to produce, read whole; ``rang`` is its row in the list of the phase, ``refus`` what it lacks."""

    rang: int
    acte: Acte
    refus: str = ""

    @property
    def phrase(self) -> str:
        """What it lacks, naming the row: « Ligne 14 – CCAS de Liévin : … »."""
        return f"Ligne {self.rang} – {self.acte.beneficiaire.nom} : {self.refus}"


@dataclass(frozen=True, slots=True)
class Lot:
    """What a batch gave: the folder, the files of each act, and those set aside with their reasons."""

    dossier: Path
    fichiers: tuple[str, ...]
    ecartes: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """What was done, in a sentence."""
        faits = f"{compter(len(self.fichiers), 'document')} dans « {self.dossier.name} »"
        return (
            f"{faits}, {compter(len(self.ecartes), 'acte écarté', 'actes écartés')}." if self.ecartes else f"{faits}."
        )


def nom_du_lot(phase: Phase) -> str:
    """Name the folder of a batch: ``actes-2024-phase-6``."""
    return f"actes-{phase.annee}-phase-{phase.numero}"


def titre_du_lot(phase: Phase) -> str:
    """Give the title of the list of a batch."""
    return f"Actes de la phase {phase.reference}"


def examiner(session: Session, phase_id: int) -> tuple[ActeChoisi, ...]:
    """Read the acts prepared for a phase, each with what it lacks to be written, in the order of its lines."""
    return lire(session, rangs(preparation_actes.examiner(session, phase_id)))


def rangs(proposes: Sequence[ActePropose]) -> dict[tuple[int, int | None], int]:
    """Give the acts prepared among those a phase calls for, each with its row in their list, from 1."""
    faits: dict[tuple[int, int | None], int] = {}
    for rang, propose in enumerate(proposes, start=1):
        if propose.fait is not None:
            faits.setdefault(propose.fait, rang)
    return faits


def lire(session: Session, faits: Mapping[tuple[int, int | None], int]) -> tuple[ActeChoisi, ...]:
    """Read acts given by their convention and avenant, with their rows; each comes with what it lacks."""
    lus = zip(faits.values(), actes.load_all(session, tuple(faits)), strict=True)
    return tuple(ActeChoisi(rang, acte, dire_manquants(acte)) for rang, acte in lus)


def produire(  # noqa: PLR0913 - the batch, where, in which formats, how
    desk: Desk,
    titre: str,
    choisis: Sequence[ActeChoisi],
    dossier: Path,
    formats: Sequence[FormatActe],
    progress: Progress,
    *,
    poursuivre: bool = False,
) -> Lot:
    """Write acts in a new folder, with their list and an archive of all; each file is read back and compared.

    ``poursuivre`` sets aside the acts that cannot be made, and makes the others.

    Raises:
        Refus: an act lacks something or cannot be made (unless ``poursuivre``), the folder cannot be written, or
            ``progress`` cancels; nothing is left behind.
    """
    if not choisis:
        raise Refus("Aucun acte à produire : préparez d’abord ceux de la phase.")
    incomplets = [choisi.phrase for choisi in choisis if choisi.refus]
    if incomplets and not poursuivre:
        raise Refus(f"{incomplets[0]} Aucun acte n’a été produit.")
    with dossier_neuf(dossier) as chantier:
        lot = _write_all(desk, titre, choisis, chantier, formats, progress, poursuivre=poursuivre)
        archiver(chantier, _nom_archive(dossier), (*lot.fichiers, LISTE))
        progress(len(choisis), len(choisis))
    return Lot(dossier, lot.fichiers, lot.ecartes)


def _write_all(  # noqa: PLR0913 - as above
    desk: Desk,
    titre: str,
    choisis: Sequence[ActeChoisi],
    chantier: Path,
    formats: Sequence[FormatActe],
    progress: Progress,
    *,
    poursuivre: bool,
) -> Lot:
    from inclusion_desk.documents.liste_actes import LigneListe, render_liste  # noqa: PLC0415 - loaded on first use

    rendre = _maker(desk)
    lignes, ecartes = [], []
    for rang, choisi in enumerate(choisis):
        progress(rang, len(choisis))
        try:
            faits = () if choisi.refus else _write_act(rendre, choisi.acte, formats, chantier)
            refus = choisi.refus
        except Refus as erreur:
            if not poursuivre:
                raise Refus(f"{_named(choisi)} {erreur} Aucun acte n’a été produit.") from erreur
            faits, refus = (), str(erreur)
        if refus:
            ecartes.append(f"{_named(choisi)} {refus}")
        lignes.append(LigneListe(choisi.acte, faits, refus))
    (chantier / LISTE).write_bytes(render_liste(titre, lignes, desk.maintenant()))
    fichiers = tuple(nom for ligne in lignes for nom in ligne.fichiers)
    return Lot(chantier, fichiers, tuple(ecartes))


def _named(choisi: ActeChoisi) -> str:
    return f"Ligne {choisi.rang} – {choisi.acte.beneficiaire.nom} :"


Rendre = Callable[[Acte, FormatActe], bytes]


def _maker(desk: Desk) -> Rendre:
    """Make acts with the templates in force, read once; each is read back before it is given."""
    from inclusion_desk.documents import actes as documents  # noqa: PLC0415 - loaded on first use

    modeles = {nom: desk.read(en_vigueur, nom) for nom in documents.NOMS_ACTES}

    def rendre(acte: Acte, extension: FormatActe) -> bytes:
        modele = acte.source or modeles["avenant" if acte.avenant else "convention"]
        contenu = documents.render_acte(acte, extension, modele=modele)
        documents.verify_acte(contenu, acte, extension, modele=modele)
        return contenu

    return rendre


def _write(rendre: Rendre, acte: Acte, extension: FormatActe, chantier: Path) -> str:
    from inclusion_desk.documents.actes import nom_fichier  # noqa: PLC0415 - idem

    nom = nom_fichier(acte, extension)
    (chantier / nom).write_bytes(rendre(acte, extension))
    return nom


def _write_act(rendre: Rendre, acte: Acte, formats: Sequence[FormatActe], chantier: Path) -> tuple[str, ...]:
    """Write an act in each format, or in none: one that fails in the second leaves nothing of the first."""
    faits: list[str] = []
    try:
        for extension in formats:
            faits.append(_write(rendre, acte, extension, chantier))  # noqa: PERF401 - what is done is taken back
    except Refus:
        for nom in faits:
            (chantier / nom).unlink(missing_ok=True)
        raise
    return tuple(faits)


def _nom_archive(dossier: Path) -> str:
    """Name the archive after the folder, in letters that any system takes."""
    from inclusion_desk.documents.actes_mots import nom_de_fichier  # noqa: PLC0415 - idem

    return nom_de_fichier(("actes", dossier.name.removeprefix("actes")), "zip")


def apercu(desk: Desk, convention_id: int, avenant_id: int | None, progress: Progress) -> bytes:
    """Make one act as PDF bytes, without writing a file; what it lacks is left to fill in by hand.

    Raises:
        Refus: a template that cannot be filled, or a character that cannot be printed.
    """
    from inclusion_desk.documents import actes as documents  # noqa: PLC0415 - idem

    acte = desk.read(actes.load, convention_id, avenant_id)
    modele = acte.source or desk.read(en_vigueur, "avenant" if acte.avenant else "convention")
    return documents.render_acte(acte, "pdf", modele=modele, progress=progress)


def ecrire(
    desk: Desk, convention_id: int, avenant_id: int | None, extension: FormatActe, cible: Path, progress: Progress
) -> Path:
    """Write one act at ``cible``, read back and compared.

    Raises:
        Refus: it lacks something, a character cannot be printed, or the target cannot be written.
    """
    acte = desk.read(actes.load, convention_id, avenant_id)
    manques = dire_manquants(acte)
    if manques:
        raise Refus(f"{manques} Complétez l’acte, puis recommencez.")
    progress(0, 1)
    write_atomic(cible, _maker(desk)(acte, extension), lambda _relu: None)
    return cible


def nom_de(session: Session, convention_id: int, avenant_id: int | None, extension: FormatActe) -> str:
    """Name the file of one act."""
    from inclusion_desk.documents.actes import nom_fichier  # noqa: PLC0415 - idem

    return nom_fichier(actes.load(session, convention_id, avenant_id), extension)


def manque(session: Session, convention_id: int, avenant_id: int | None) -> str:
    """Say in one sentence what an act lacks to be written; nothing when it is whole."""
    return dire_manquants(actes.load(session, convention_id, avenant_id))


def situations(session: Session, ids: Sequence[tuple[int, int | None]]) -> dict[tuple[int, int | None], str]:
    """Say where each of some acts prepared stands: what it lacks, or that it is ready and what it leaves blank."""
    return {ceux: _situation(acte) for ceux, acte in zip(ids, actes.load_all(session, ids), strict=True)}


def _situation(acte: Acte) -> str:
    manques = dire_manquants(acte)
    if manques:
        return manques
    blancs = dire_blancs(acte)
    return f"Prêt à produire. {blancs}" if blancs else "Prêt à produire"


def produire_phase(
    desk: Desk, phase: Phase, dossier: Path, formats: Sequence[FormatActe], progress: Progress, *, poursuivre: bool
) -> Lot:
    """Prepare what a phase still lacks of its acts, then produce them all.

    Raises:
        Refus: the phase is not adopted, or as ``produire``.
    """
    if phase.etat != "adoptee":
        raise Refus(f"La phase {phase.reference} n’est pas adoptée : ses actes se font après le vote.")
    proposes = desk.read(preparation_actes.examiner, phase.id)
    manques = [f"{p.structure} : {m}" for p in proposes for m in p.manques]
    if manques and not poursuivre:
        raise Refus(f"{manques[0]} Aucun acte n’a été produit.")
    prets = [p.cle for p in proposes if p.pret]
    if prets:
        desk.do(preparation_actes.preparer, phase.id, prets)
    choisis = desk.read(examiner, phase.id)
    lot = produire(desk, titre_du_lot(phase), choisis, dossier, formats, progress, poursuivre=poursuivre)
    return Lot(lot.dossier, lot.fichiers, (*manques, *lot.ecartes))
