"""The acts that a voted phase calls for: what each lacks, those prepared, and their production in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Interrompu, Refus
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.services import actes_choisis, preparation_actes, production_actes
from inclusion_desk.services.actes_choisis import ActeChoisi
from inclusion_desk.services.production_actes import FormatActe, Lot
from inclusion_desk.ui.choix_modele import ouvrir_choix
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.documents import ouvrir_fichier
from inclusion_desk.ui.filtre import Filtre
from inclusion_desk.ui.progression import Progression
from inclusion_desk.ui.section import MARGE, Section
from inclusion_desk.ui.table_actes import Situations, TableActes
from inclusion_desk.ui.vide import Vide

if TYPE_CHECKING:
    from inclusion_desk.domain.actes_proposes import IdsActe
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.formulaire import Formulaire
    from inclusion_desk.ui.taches import Avance


class ActesAProduire(Section):
    """The table of the acts, with a box to tick, and the buttons that prepare and produce those ticked."""

    TITRE = "Actes à produire"
    IMAGE = "actes"
    DE_LA_PHASE = False
    SUJETS = frozenset({"phases", "conventions", "avenants", "fiches", "structures", "seances", "versements"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.tous = QCheckBox("Tout cocher")
        self.filtre = Filtre("Filtrer par structure, dispositif…")
        self.filtre_dit = QLabel()
        self.filtre_dit.setProperty("role", "doux")
        self.table = TableActes()
        self._tour = 0
        self._choix: dict[str, str] = {}
        self._choix_de = 0
        self.formulaire: Formulaire | None = None
        self.progression = Progression()
        self.formats: dict[FormatActe, QCheckBox] = {"pdf": QCheckBox("PDF"), "docx": QCheckBox("Word")}
        self.modele = self.bouton("Changer de modèle…", "modifier", self.changer_modele)
        self.preparer = self.bouton("Préparer les actes cochés", "ajouter", self.preparer_coches)
        self.produire = self.bouton("Produire les actes cochés…", "enregistrer", self.demander_dossier, principal=True)
        self._build()

    def _build(self) -> None:
        rangee = QHBoxLayout()
        rangee.setContentsMargins(MARGE, 0, MARGE, 0)
        rangee.addWidget(self.filtre, 1)
        rangee.addSpacing(12)
        rangee.addWidget(self.tous)
        rangee.addSpacing(12)
        rangee.addWidget(self.filtre_dit)
        rangee.addStretch()
        rangee.addWidget(self.progression)
        rangee.addWidget(QLabel(f"Formats{INSECABLE}:"))
        for case in self.formats.values():
            case.setChecked(True)
            case.toggled.connect(self._allow)
            rangee.addWidget(case)
        sans_resultat = Vide("rechercher", "Effacer le filtre", self.filtre.clear)
        sans_resultat.dire("Aucun acte ne correspond au filtre", "Essayez d’autres mots, ou effacez le filtre.")
        self._etages = QStackedLayout()
        self._etages.addWidget(self.table)
        self._etages.addWidget(sans_resultat)
        autour = QVBoxLayout()
        autour.setContentsMargins(MARGE, 0, MARGE, MARGE)
        autour.addLayout(self._etages)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(8)
        pile.addLayout(rangee)
        pile.addLayout(autour, 1)
        self.tous.setTristate(False)
        self.tous.clicked.connect(self._tick_all)
        self.table.coche.connect(self._on_tick)
        self.table.itemSelectionChanged.connect(self._allow)
        self.table.modele_demande.connect(self.changer_modele)
        self.filtre.textChanged.connect(self._filter)

    def lire(self, phase: Phase) -> None:
        """Read the acts that the phase calls for; it must be adopted."""
        if phase.etat != "adoptee":
            self._tour += 1
            self.table.montrer((), {})
            self.manquer(
                f"La phase {phase.reference} n’est pas adoptée",
                "Les conventions et les avenants se préparent d’après les lignes votées : enregistrez d’abord le vote.",
                "",
            )
            return
        if phase.id != self._choix_de:
            self._choix, self._choix_de = {}, phase.id
        proposes = self.contexte.desk.read(preparation_actes.examiner, phase.id, self._choix)
        self.table.montrer(proposes, None)
        self._filter(self.filtre.text())
        self._tour += 1
        projets = tuple(p.prepare.ids for p in proposes if p.prepare and p.prepare.etat == "projet")
        travail = partial(_check, self.contexte.desk, projets)
        self.contexte.taches.lancer(travail, partial(self._on_checked, self._tour))
        self.montrer_corps()
        self._allow()

    def _on_checked(self, tour: int, resultat: Situations | Exception) -> None:
        """Say where each act prepared stands, unless the list was read again meanwhile."""
        if isinstance(resultat, Exception) and not isinstance(resultat, Refus):
            raise resultat
        if tour == self._tour and not isinstance(resultat, Exception):
            self.table.preciser(resultat)

    def _filter(self, texte: str) -> None:
        self.table.filtrer(texte)
        self._etages.setCurrentIndex(1 if self.table.proposes and not self.table.montres else 0)

    def _tick_all(self, oui: bool) -> None:  # noqa: FBT001 - the signal of a box
        self.table.cocher([propose.cle for propose in self.table.montres] if oui else [])

    def _on_tick(self) -> None:
        coches = self.table.coches
        self.tous.blockSignals(True)
        self.tous.setChecked(bool(coches) and len(coches) == len(self.table.montres))
        self.tous.blockSignals(False)
        faits = sum(propose.fait is not None for propose in self.table.proposes)
        self.filtre_dit.setText(
            f"{compter(len(coches), 'acte coché', 'actes cochés')} sur {len(self.table.proposes)}, "
            f"{compter(faits, 'préparé')}"
        )
        self._allow()

    def _allow(self) -> None:
        coches = self.table.coches
        libre = not self.contexte.desk.lecture_seule and not self.progression.isVisible()
        self.preparer.setEnabled(libre and any(propose.fait is None for propose in coches))
        self.modele.setEnabled(libre and bool(self.table.a_modeler))
        formats = any(case.isChecked() for case in self.formats.values())
        libre = not self.progression.isVisible()
        self.produire.setEnabled(libre and formats and any(propose.fait is not None for propose in coches))

    def changer_modele(self) -> None:
        """Ask for another model of the avenants selected; it is taken when they are prepared."""
        choisis = self.table.a_modeler
        if choisis and self.modele.isEnabled():
            cles = [propose.cle for propose in choisis]
            self.formulaire = ouvrir_choix(self.window(), choisis, partial(self._take, cles))

    def _take(self, cles: Sequence[str], modele: str) -> None:
        self._choix |= dict.fromkeys(cles, modele)
        self.relire()

    def preparer_coches(self) -> None:
        """Prepare the acts ticked that are not yet; those that lack something may be left aside."""
        restants = [propose for propose in self.table.coches if propose.fait is None]
        prets, manquants = [p for p in restants if p.pret], [p for p in restants if p.manques]
        if manquants and not self._leave_aside([propose.refus for propose in manquants], len(prets)):
            return
        if prets and self.phase is not None:
            cles = tuple(propose.cle for propose in prets)
            choix = {cle: self._choix[cle] for cle in cles if cle in self._choix}
            self.faire(preparation_actes.preparer, self.phase.id, cles, choix, titre="Actes non préparés")

    def _leave_aside(self, manques: Sequence[str], restants: int) -> bool:
        """Ask whether to go on without the acts that lack something; False to stop."""
        titre = f"{compter(len(manques), 'acte incomplet', 'actes incomplets')}"
        phrase = typo("\n".join(manques[:8]))
        suite = "\n…" if len(manques) > 8 else ""  # noqa: PLR2004 - what a box shows at ease
        if not restants:
            avertir(self.window(), titre, f"{phrase}{suite}")
            return False
        continuer = f"Continuer avec {compter(restants, 'acte')}"
        return demander(self.window(), titre, f"{phrase}{suite}", (continuer, "Annuler")) == 0

    def demander_dossier(self) -> None:
        """Ask where to put the batch, after the check list; then make it."""
        if self.phase is None:
            return
        self.contexte.taches.lancer(partial(_read, self.contexte.desk, self._faits()), self._on_chosen)

    def _on_chosen(self, choisis: tuple[ActeChoisi, ...] | Exception) -> None:
        """Ask about the acts that lack something, then where to put the others."""
        if isinstance(choisis, Refus):
            avertir(self.window(), "Actes non produits", str(choisis))
            return
        if isinstance(choisis, Exception):
            raise choisis
        if self.phase is None:
            return
        incomplets = [choisi.phrase for choisi in choisis if choisi.refus]
        if incomplets and not self._leave_aside(incomplets, len(choisis) - len(incomplets)):
            return
        lieu = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        parent = QFileDialog.getExistingDirectory(self, "Choisir où créer le dossier des actes", lieu)
        if parent:
            self.lancer(choisis, _free(Path(parent) / production_actes.nom_du_lot(self.phase)))

    def _faits(self) -> dict[IdsActe, int]:
        coches = {propose.fait for propose in self.table.coches}
        return {fait: rang for fait, rang in actes_choisis.rangs(self.table.proposes).items() if fait in coches}

    def _chosen(self) -> tuple[ActeChoisi, ...]:
        return self.contexte.desk.read(actes_choisis.lire, self._faits())

    def lancer(self, choisis: Sequence[ActeChoisi], dossier: Path) -> None:
        """Make a batch off the window's thread, with progress and Cancel; incomplete acts are set aside."""
        formats = tuple(nom for nom, case in self.formats.items() if case.isChecked())
        titre = production_actes.titre_du_lot(self.phase) if self.phase else dossier.name
        travail = partial(_work, self.contexte.desk, titre, tuple(choisis), dossier, formats)
        tache = self.contexte.taches.lancer(travail, self._on_done, self.progression.avancer)
        self.progression.commencer("Production des actes…", tache.annuler)
        self._allow()

    def _on_done(self, resultat: Lot | Exception) -> None:
        self.progression.finir()
        self._allow()
        if isinstance(resultat, Interrompu):
            self.message.emit("La production des actes est annulée : rien n’a été écrit.")
        elif isinstance(resultat, Refus):
            avertir(self.window(), "Actes non produits", str(resultat))
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self._offer(resultat)

    def _offer(self, lot: Lot) -> None:
        self.message.emit(typo(lot.phrase))
        ecartes = "\n\n" + "\n".join(lot.ecartes) if lot.ecartes else ""
        phrase = typo(f"{lot.phrase} Chaque document a été relu : ses montants sont ceux de la base.{ecartes}")
        choix = demander(self.window(), "Actes produits", phrase, ("Ouvrir le dossier", "Fermer"))
        if choix == 0 and not ouvrir_fichier(lot.dossier):
            avertir(self.window(), "Actes produits", f"Aucun programme de ce poste n’a pu ouvrir {lot.dossier}.")


def _free(dossier: Path) -> Path:
    """Give a name that nothing bears yet: « actes-2024-phase-6 (2) »."""
    rang = 1
    libre = dossier
    while libre.exists():
        rang += 1
        libre = dossier.with_name(f"{dossier.name} ({rang})")
    return libre


def _check(desk: Desk, faits: tuple[IdsActe, ...], _avance: Avance) -> Situations:
    return desk.read(actes_choisis.situations, faits)


def _read(desk: Desk, faits: dict[IdsActe, int], _avance: Avance) -> tuple[ActeChoisi, ...]:
    return desk.read(actes_choisis.lire, faits)


def _work(
    desk: Desk,
    titre: str,
    choisis: tuple[ActeChoisi, ...],
    dossier: Path,
    formats: tuple[FormatActe, ...],
    avance: Avance,
) -> Lot:
    return production_actes.produire(desk, titre, choisis, dossier, formats, avance, poursuivre=True)
