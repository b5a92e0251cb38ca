"""Produces the acts of a phase in one batch: all that are whole, or none; a folder that appears only once complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.preparation import dire_manquants
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter
from inclusion_desk.services.actes_choisis import ActeChoisi, ActeEcarte
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
class Lot:
    """What a batch gave: the folder, the files of each act, and those set aside with their reasons."""

    dossier: Path
    fichiers: tuple[str, ...]
    ecartes: tuple[str, ...]
    reserves: tuple[str, ...] = ()
    """What is to be checked of the acts prepared on the way."""

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


def produire(  # noqa: PLR0913 - the batch, where, in which formats, how
    desk: Desk,
    titre: str,
    choisis: Sequence[ActeChoisi],
    dossier: Path,
    formats: Sequence[FormatActe],
    progress: Progress,
    *,
    poursuivre: bool = False,
    ecartes: Sequence[ActeEcarte] = (),
) -> Lot:
    """Write acts in a new folder, with their list and an archive of all; each file is read back and compared.

    ``poursuivre`` sets aside the acts that cannot be made, and makes the others; ``ecartes`` are set aside already, and
    only listed.

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
        faits = _write_all(desk, choisis, chantier, formats, progress, poursuivre=poursuivre)
        lot = _list_all(chantier, titre, faits, ecartes, desk.maintenant())
        archiver(chantier, _nom_archive(dossier), (*lot.fichiers, LISTE), desk.maintenant())
        progress(len(choisis), len(choisis))
    return Lot(dossier, lot.fichiers, lot.ecartes)


@dataclass(frozen=True, slots=True)
class _Fait:
    """An act with the files made of it, or the reason why there is none."""

    choisi: ActeChoisi
    fichiers: tuple[str, ...]
    refus: str


def _write_all(
    desk: Desk,
    choisis: Sequence[ActeChoisi],
    chantier: Path,
    formats: Sequence[FormatActe],
    progress: Progress,
    *,
    poursuivre: bool,
) -> tuple[_Fait, ...]:
    rendre = _maker(desk)
    faits: list[_Fait] = []
    for rang, choisi in enumerate(choisis):
        progress(rang, len(choisis))
        try:
            fichiers = () if choisi.refus else _write_act(rendre, choisi.acte, formats, chantier)
            faits.append(_Fait(choisi, fichiers, choisi.refus))
        except Refus as erreur:
            if not poursuivre:
                raise Refus(f"{choisi.nommer(str(erreur))} Aucun acte n’a été produit.") from erreur
            faits.append(_Fait(choisi, (), str(erreur)))
    return tuple(faits)


def _list_all(
    chantier: Path, titre: str, faits: Sequence[_Fait], ecartes: Sequence[ActeEcarte], quand: datetime
) -> Lot:
    """Write the list of the acts, those set aside among them, in the order of the phase."""
    from inclusion_desk.documents.liste_actes import ligne_faite, ligne_proposee, render_liste  # noqa: PLC0415 - idem

    lignes = [
        *(ligne_faite(f.choisi.rang, f.choisi.acte, f.choisi.etat, f.fichiers, f.refus) for f in faits),
        *(ligne_proposee(e.propose, e.refus) for e in ecartes),
    ]
    (chantier / LISTE).write_bytes(render_liste(titre, sorted(lignes, key=lambda li: li.rang), quand))
    dits = [(f.choisi.rang, f.choisi.nommer(f.refus)) for f in faits if f.refus]
    dits += [(e.propose.rang, e.phrase) for e in ecartes]
    fichiers = tuple(nom for fait in faits for nom in fait.fichiers)
    return Lot(chantier, fichiers, tuple(phrase for _, phrase in sorted(dits)))


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
