"""The service fait of a convention: rates, penalties, and what is finally due, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import CHAMPS_SERVICE_FAIT
from inclusion_desk.domain.text import format_date, typo
from inclusion_desk.services import certificats, paiements, suivi
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.cartes import Carte, Chiffre, Colonne, Faits
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.dialogues import informer
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.fiche import Fiche
from inclusion_desk.ui.formulaire import sans_options
from inclusion_desk.ui.rangement import Rangement
from inclusion_desk.ui.section import MARGE, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inclusion_desk.domain.champs import Valeur
    from inclusion_desk.domain.conventions import Convention
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.domain.service_fait import ServiceFait as Fait
    from inclusion_desk.services.suivi import Execution
    from inclusion_desk.ui.contexte import Contexte

_LARGEUR = 320
_CERTIFIER = "Le certificat que la direction signe, en PDF ou en Word"
_ARRETER = "Le certificat s’établit une fois le service fait arrêté"
_GROUPES = (("poids", "quantitatif", "qualitatif"), ("penalites",), ("arrete_le",), ("observations",))


class ServiceFait(Section):
    """The conventions signed, and the judgement of the one chosen."""

    TITRE = "Service fait"
    IMAGE = "valide"
    DE_LA_PHASE = False
    SUJETS = frozenset({"suivi", "versements", "bilans", "conventions", "avenants"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._montree: int | None = None
        self._valeurs: dict[str, Valeur] = {}
        self.liste = Rangement("Conventions", mobile=False)
        self.fiche = Fiche(CHAMPS_SERVICE_FAIT, _GROUPES, sans_options, self._write)
        self.montants = {nom: Chiffre(titre) for nom, titre in _MONTANTS.items()}
        self.solde = QPushButton()
        self.solde.setAutoDefault(False)
        self.solde.clicked.connect(lambda _coche=False: self._go_to_balance())
        self._a_solder: tuple[int, ...] = ()
        self.export = Export(contexte, self)
        self.export.message.connect(self.message)
        self.certificat = self.bouton("Certificat…", "enregistrer", self._ask_certificate)
        self._detail = etiquette("")
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._indicateurs = Carte("Indicateurs du bilan final")
        self._resultats = Faits()
        self._indicateurs.ajouter(self._resultats)
        self._build()
        self.fiche.conflit.connect(self._on_conflict)
        self.liste.currentRowChanged.connect(self._show)

    def _build(self) -> None:
        gauche = QWidget()
        autour = QVBoxLayout(gauche)
        autour.setContentsMargins(MARGE, 0, 0, MARGE)
        autour.addWidget(self.liste)
        jugement = Carte("Réalisation")
        jugement.ajouter(self.fiche)
        montant = Carte("Montant définitif")
        montant.ajouter(_row(list(self.montants.values())))
        montant.ajouter(self._detail)
        montant.ajouter(_left(self.solde))
        colonne = Colonne()
        for carte in (montant, jugement, self._indicateurs):
            colonne.ajouter(carte)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.addWidget(gauche)
        partage.addWidget(self.defiler(colonne))
        partage.setStretchFactor(1, 1)
        partage.setSizes([_LARGEUR, 3 * _LARGEUR])
        dessous = QVBoxLayout(self.corps)
        dessous.setContentsMargins(0, 0, 0, 0)
        dessous.addWidget(partage)

    @property
    def suspens(self) -> str:
        """Tell whether a field is refused."""
        return self.TITRE if self.fiche.champs.change else ""

    def lire(self, phase: Phase) -> None:
        """Read the conventions to judge, and the one chosen."""
        del phase  # conventions span the phases
        lues = self.contexte.desk.read(suivi.a_juger)
        if not lues:
            self.certificat.setEnabled(False)
            phrase = "Le service fait se juge une fois la convention signée par les deux parties."
            self.manquer("Aucune convention signée", phrase, "")
            return
        self.liste.remplir([(convention.id, _entry(convention)) for convention in lues])
        if self.liste.currentRow() < 0:
            self.liste.setCurrentRow(0)
        self._show()
        self.montrer_corps()

    def _show(self) -> None:
        cle = self.liste.cle
        if not isinstance(cle, int):
            return
        execution = self.contexte.desk.read(suivi.executer, cle)
        self._valeurs = {champ.nom: getattr(execution.suivi, champ.nom) for champ in CHAMPS_SERVICE_FAIT}
        modifiable = not self.contexte.desk.lecture_seule
        self.fiche.montrer(self._valeurs, autre=cle != self._montree, modifiable=modifiable)
        self._montree = cle
        self._resultats.montrer({r.libelle: _result(r.cible, r.mesure) for r in execution.resultats})
        self._indicateurs.setVisible(bool(execution.resultats))
        self._say(execution)

    def _say(self, execution: Execution) -> None:
        """Say what is finally due, or what is missing to tell."""
        try:
            fait = execution.service_fait
        except Refus as refus:
            fait, phrase = None, str(refus)
        else:
            phrase = "Renseignez les taux de réalisation pour connaître le montant définitif."
        connus = {"verse": execution.verse}  # known before anything is judged
        for nom, chiffre in self.montants.items():
            montant = getattr(fait, nom) if fait else connus.get(nom)
            chiffre.dire(
                "–" if montant is None else format_montant(montant), faute=nom == "a_recouvrer" and bool(montant)
            )
        self._detail.setText(typo("\n".join((*fait.phrases, *_say_closed(execution, fait))) if fait else phrase))
        self._offer(execution, fait)

    def _offer(self, execution: Execution, fait: Fait | None) -> None:
        """Lead to the instalments on which the balance is paid, once it is known for good."""
        clos = fait is not None and execution.suivi.arrete_le is not None
        self.certificat.setEnabled(clos)
        self.certificat.setToolTip(_CERTIFIER if clos else _ARRETER)
        du = fait.a_verser if fait and clos else 0
        self._a_solder = (
            self.contexte.desk.read(paiements.a_solder, execution.convention.id, aujourdhui()) if du else ()
        )
        self.solde.setVisible(du > 0)
        self.solde.setText(f"Solde à verser{INSECABLE}: {format_montant(du)}")
        self.solde.setProperty("principal", "true" if self._a_solder else "false")
        self.solde.style().unpolish(self.solde)
        self.solde.style().polish(self.solde)
        self.solde.setToolTip("Ouvrir le versement à payer" if self._a_solder else "Aucun versement n’attend ce solde")

    def _go_to_balance(self) -> None:
        if self._a_solder:
            self.lignes_demandees.emit("versements", self._a_solder)
        else:
            self.partie_demandee.emit("versements")

    def _ask_certificate(self) -> None:
        """Ask where to write the certificate of the convention chosen."""
        if self._montree is None:
            return
        try:
            faite = self.contexte.desk.read(certificats.preparer, self._montree)
        except Refus as refus:
            informer(self.window(), "Certificat de service fait", str(refus))
            return
        filtre = "Documents PDF (*.pdf);;Documents Word modifiables (*.docx)"
        self.export.demander("Enregistrer le certificat", faite.nom_propose("pdf"), filtre, faite.ecrire)

    def _write(self, saisies: Mapping[str, Valeur]) -> None:
        """Save one field, as the others stand.

        Raises:
            Refus: it does not hold, or somebody changed it.
        """
        if self._montree is None:
            return
        changes = self.contexte.actions.do(suivi.juger, self._montree, self._valeurs, dict(saisies))
        self.message.emit(changes.label)

    def _on_conflict(self, phrase: str) -> None:
        self.message.emit(phrase)
        self.relire()


_MONTANTS = {
    "definitif": "Montant définitif",
    "verse": "Déjà versé",
    "a_verser": "Solde à verser",
    "a_recouvrer": "Trop-perçu à recouvrer",
}


def _say_closed(execution: Execution, fait: Fait) -> tuple[str, ...]:
    """Say what the closing of a service fait changes for payments; nothing before it."""
    if execution.suivi.arrete_le is None:
        return ()
    suite = "aucun paiement n’est plus possible" if not fait.a_verser else "aucun paiement ne dépassera ce solde"
    return (f"Service fait arrêté le {format_date(execution.suivi.arrete_le)} : {suite}.",)


def _left(element: QWidget) -> QHBoxLayout:
    """Keep an element to the width it asks for."""
    rangee = QHBoxLayout()
    rangee.addWidget(element)
    rangee.addStretch()
    return rangee


def _row(elements: Sequence[QWidget]) -> QWidget:
    rangee = QWidget()
    boite = QHBoxLayout(rangee)
    boite.setContentsMargins(0, 0, 0, 0)
    for element in elements:
        boite.addWidget(element, 1)
    return rangee


def _entry(convention: Convention) -> str:
    return f"{convention.numero}\n{convention.structure_nom}\n{format_montant(convention.montant)}"


def _result(cible: str, mesure: str) -> str:
    releve = mesure or "non relevé"
    return f"{releve} (cible{INSECABLE}: {cible})" if cible else releve
