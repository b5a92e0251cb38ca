"""The history of one structure on one page: who it is, every campaign, its conventions, payments and bilans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.historique_annees import annees
from inclusion_desk.domain.historique_releves import identite, releve_bilans, releve_conventions, releve_versements
from inclusion_desk.domain.historique_releves_annees import (
    alerte,
    methode,
    phrase_annees,
    regle,
    releve_annees,
    releve_lignes,
)
from inclusion_desk.domain.historique_structure import HistoriqueStructure
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.domain.releves import Releve
from inclusion_desk.domain.text import compter
from inclusion_desk.services import historique
from inclusion_desk.ui.barres_annees import BarresAnnees
from inclusion_desk.ui.cartes import Carte, Chiffre, Faits
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.enregistrement import Enregistrement
from inclusion_desk.ui.releves import TableReleve
from inclusion_desk.ui.saisie import Choix, SaisieListe
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.historique import FormatHistorique
    from inclusion_desk.ui.contexte import Contexte

_CHAMP = Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures")
_LARGEUR = 520
"""Width of the list of structures."""


class FicheStructure(Section):
    """One structure, chosen at the top or in the table of structures; ``structure_choisie`` gives its id."""

    TITRE = "Historique"
    IMAGE = "historique"
    DE_LA_PHASE = False
    SUJETS = frozenset({
        "structures", "propositions", "phases", "campagnes", "conventions", "avenants", "montants", "versements",
        "bilans", "suivi",
    })  # fmt: skip

    structure_choisie = Signal(int)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.structure_id: int | None = None
        self.historique: HistoriqueStructure | None = None
        self._connues: tuple[tuple[int, str], ...] = ()
        self.liste: SaisieListe | None = None
        self._place = QHBoxLayout()
        self._rangee.insertLayout(2, self._place)
        self.enregistrement = Enregistrement(contexte, self)
        self.enregistrement.message.connect(self.message)
        self._rangee.addWidget(self.enregistrement.progression)
        self.boutons = {
            "pdf": self.bouton("PDF…", "enregistrer", lambda: self._save("pdf"), principal=True),
            "docx": self.bouton("Word…", "enregistrer", lambda: self._save("docx")),
        }
        self.page = PageHistorique()
        dessous = QVBoxLayout(self.corps)
        dessous.setContentsMargins(0, 0, 0, 0)
        dessous.addWidget(self.defiler(self.page))

    def choisir(self, structure_id: int) -> None:
        """Show a structure: now when the section is on screen, else when it will be."""
        if structure_id == self.structure_id:
            return
        self.structure_id = structure_id
        self._a_lire = True
        if self.isVisible():
            self.rattraper()

    def lire(self, phase: Phase) -> None:
        """Read the history of the structure chosen, as it stands today."""
        self._list(self.contexte.options("structures", phase.id))
        self.historique, jour = None, self.contexte.desk.maintenant().date()
        try:
            if self.structure_id is not None:
                self.historique = self.contexte.desk.read(historique.lire, self.structure_id, jour)
        except Introuvable:
            self.structure_id = None
        for bouton in self.boutons.values():
            bouton.setEnabled(self.historique is not None)
        if self.liste is not None:
            self.liste.poser(self.structure_id)
        if self.historique is None:
            phrase = "Choisissez une structure dans la liste ci-dessus, ou sélectionnez-la dans le répertoire."
            self.manquer("Aucune structure choisie", phrase, "Ouvrir le répertoire")
        else:
            self.page.montrer(self.historique)
            self.montrer_corps()

    def _list(self, choix: Sequence[Choix]) -> None:
        """List the structures at the top, anew when one was added, renamed or deleted."""
        connues = tuple((une.id, une.libelle) for une in choix)
        if self.liste is not None and connues == self._connues:
            return
        self._connues = connues
        ancienne, self.liste = self.liste, SaisieListe(_CHAMP, [(str(cle), nom) for cle, nom in connues])
        self.liste.setFixedWidth(_LARGEUR)
        self.liste.setAccessibleName("Structure")
        self.liste.activated.connect(self._on_choice)
        self._place.addWidget(self.liste)
        if ancienne is not None:
            ancienne.hide()
            ancienne.deleteLater()

    def _on_choice(self, rang: int) -> None:
        if 0 <= rang < len(self._connues):
            self.choisir(self._connues[rang][0])
            self.structure_choisie.emit(self._connues[rang][0])

    def remedier(self) -> None:
        """Lead to the table of structures."""
        self.partie_demandee.emit("structures")

    def _save(self, extension: FormatHistorique) -> None:
        if self.historique is not None:
            structure = self.historique.structure
            self.enregistrement.demander(structure.id, structure.nom, extension)

    def resume(self) -> tuple[str, ...]:
        """Say what the structure was given in all."""
        if self.historique is None:
            return ()
        conventions = compter(len(self.historique.conventions), "convention")
        lignes = compter(len(self.historique.lignes), "ligne")
        return (conventions, lignes, f"Voté{INSECABLE}: {format_montant(self.historique.vote)}")


class PageHistorique(QWidget):
    """The cards of the page, one under the other; the latest campaign comes first."""

    def __init__(self) -> None:
        super().__init__()
        self.faits = (Faits(), Faits())
        self.chiffres = {
            "vote": Chiffre("Voté"), "propose": Chiffre("Proposé, non voté"),
            "conventionne": Chiffre("Conventionné"), "paye": Chiffre("Payé"),
            "reste": Chiffre("Reste à payer"), "retard": Chiffre("Bilans et versements en retard"),
        }  # fmt: skip
        self.barres = BarresAnnees()
        self._phrase = etiquette("")
        self._regle = etiquette("", "doux")
        self._methode = etiquette("", "doux")
        self._alerte = etiquette("", "faute")
        self.annees = TableReleve()
        self._campagnes = QVBoxLayout()
        self._campagnes.setSpacing(12)
        self.suites = {nom: CarteReleve() for nom in ("conventions", "versements", "bilans")}
        self.lignes: list[CarteReleve] = []
        self._build()

    def _build(self) -> None:
        pile = QVBoxLayout(self)
        pile.setContentsMargins(MARGE, 4, MARGE, MARGE)
        pile.setSpacing(12)
        qui = Carte()
        chiffres, identite_ = QHBoxLayout(), QHBoxLayout()
        chiffres.setSpacing(8)
        identite_.setSpacing(32)
        for chiffre in self.chiffres.values():
            chiffres.addWidget(chiffre)
        chiffres.addStretch()
        for faits in self.faits:
            identite_.addWidget(faits, 1, Qt.AlignmentFlag.AlignTop)
        qui.ajouter(chiffres)
        qui.ajouter(identite_)
        par_annee = Carte("Montants par année")
        for element in (self._phrase, self._alerte, self.barres, self.annees, self._regle, self._methode):
            par_annee.ajouter(element)
        pile.addWidget(qui)
        pile.addWidget(par_annee)
        pile.addLayout(self._campagnes)
        for carte in self.suites.values():
            pile.addWidget(carte)
        pile.addStretch()

    def montrer(self, lu: HistoriqueStructure) -> None:
        """Show a history."""
        connus = list(identite(lu).items())
        moitie = (len(connus) + 1) // 2
        for faits, siens in zip(self.faits, (connus[:moitie], connus[moitie:]), strict=True):
            faits.montrer(dict(siens))
        self._count(lu)
        self._phrase.setText(phrase_annees(lu))
        lues = annees(lu)
        self._say(self._alerte, alerte(lues))
        self._say(self._regle, regle(lu))
        self._say(self._methode, methode(lues))
        self.barres.montrer(lues)
        self.annees.montrer(releve_annees(lu))
        self.annees.setVisible(bool(lues))
        self._campaigns([releve_lignes(annee) for annee in reversed(lues) if annee.lignes])
        self.suites["conventions"].montrer(releve_conventions(lu))
        self.suites["versements"].montrer(releve_versements(lu))
        self.suites["bilans"].montrer(releve_bilans(lu))

    def _count(self, lu: HistoriqueStructure) -> None:
        for nom in ("vote", "propose", "conventionne", "paye", "reste"):
            self.chiffres[nom].dire(format_montant(getattr(lu, nom)))
        retards = lu.bilans_en_retard + lu.versements_en_retard
        self.chiffres["retard"].dire(str(retards), faute=retards > 0)

    def _campaigns(self, releves: Sequence[Releve]) -> None:
        while len(self.lignes) < len(releves):
            self.lignes.append(CarteReleve())
            self._campagnes.addWidget(self.lignes[-1])
        for rang, carte in enumerate(self.lignes):
            carte.setVisible(rang < len(releves))
            if rang < len(releves):
                carte.montrer(releves[rang])

    @staticmethod
    def _say(ou: QLabel, texte: str) -> None:
        ou.setText(texte)
        ou.setVisible(bool(texte))


class CarteReleve(Carte):
    """A card that holds one table, or says that there is nothing in it."""

    def __init__(self) -> None:
        super().__init__()
        self._titre = etiquette("", "rubrique")
        self.table = TableReleve()
        self._vide = etiquette("", "doux")
        for element in (self._titre, self.table, self._vide):
            self.ajouter(element)

    def montrer(self, releve: Releve) -> None:
        """Show a table."""
        self._titre.setText(releve.titre)
        self.table.montrer(releve)
        self.table.setVisible(bool(releve.rangees))
        self._vide.setText(releve.vide)
        self._vide.setVisible(not releve.rangees)
