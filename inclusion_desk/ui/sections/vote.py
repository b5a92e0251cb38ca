"""The vote: the count checked against the attendance as it is typed, how it will print, and its recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout

from inclusion_desk.domain.constats import Constat, Gravite
from inclusion_desk.domain.deliberations import ISSUES, Deliberation
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.services import deliberations, votes
from inclusion_desk.ui.cartes import Carte, Colonne, vider
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.decompte import Decompte
from inclusion_desk.ui.section import Section
from inclusion_desk.ui.sections.adoption import Adoption

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_ROLES = {Gravite.BLOQUANT: "faute", Gravite.ATTENTION: "attention", Gravite.INFORMATION: "doux"}


class VoteDeLaPhase(Section):
    """The count of the vote, and the button that records it."""

    TITRE = "Vote"
    IMAGE = "vote"
    SUJETS = frozenset({"seances", "phases", "groupes", "elus"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._feuille: votes.FeuilleVote | None = None
        self._montree: tuple[int, Deliberation] | None = None
        self.decompte = Decompte()
        self.decompte.change.connect(self._check)
        self.decompte.quitte.connect(self._save)
        self.en_abstention = QCheckBox("Imprimer les élus intéressés parmi les abstentions, comme d’anciens registres")
        self.en_abstention.clicked.connect(self._on_wording)
        self._voix = etiquette("")
        self.constats = QVBoxLayout()
        self.constats.setSpacing(4)
        self._imprime = etiquette("")
        self._issue = etiquette("")
        self.remplir = QPushButton("Remplir d’après les &présences")
        self.remplir.clicked.connect(self._fill)
        self.adoption = Adoption(self)
        self._build()

    def _build(self) -> None:
        decompte = Carte("Décompte")
        decompte.ajouter(
            etiquette(
                "Cochez les groupes qui ont pris chaque position, avec leur nombre quand il est donné. Le décompte est "
                "comparé à la feuille de présence à chaque frappe.",
                "doux",
            )
        )
        decompte.ajouter(self.decompte)
        pied = QHBoxLayout()
        self.remplir.setAutoDefault(False)
        pied.addWidget(self.remplir)
        pied.addWidget(self._voix, 1)
        decompte.ajouter(pied)
        decompte.ajouter(self.constats)
        imprime = Carte("Tel que l’acte l’imprimera")
        self._imprime.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        imprime.ajouter(self._imprime)
        imprime.ajouter(self.en_abstention)
        resultat = Carte("Résultat")
        resultat.ajouter(self._issue)
        resultat.ajouter(self.adoption)
        colonne = Colonne()
        for carte in (decompte, imprime, resultat):
            colonne.ajouter(carte)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    def lire(self, phase: Phase) -> None:
        """Read the count, unless one is being typed on the same rows."""
        self._feuille = feuille = self.contexte.desk.read(votes.lire, phase.id)
        if feuille.phase.seance_id is None:
            phrase = "Fixez d’abord sa date, puis pointez les présences : le vote se compte d’après elles."
            self.manquer("La séance n’est pas fixée", phrase, "Fixer la date")
            return
        self.decompte.preparer(feuille.groupes)
        if self._montree != (phase.id, feuille.deliberation) and not self._typing(phase, feuille):
            self.decompte.poser(feuille.deliberation.votes)
        self._montree = (phase.id, feuille.deliberation)
        self.en_abstention.setChecked(feuille.deliberation.interesses_en_abstention)
        for element in (self.decompte, self.remplir, self.en_abstention):
            element.setEnabled(self.modifiable)
        self._check()
        self._say_outcome(feuille)
        self.montrer_corps()

    def _typing(self, phase: Phase, feuille: votes.FeuilleVote) -> bool:
        """Tell whether a count that differs from the one last shown is on screen, the stored one being unchanged."""
        montree = self._montree
        return (
            montree is not None
            and montree[0] == phase.id
            and montree[1].votes == feuille.deliberation.votes
            and self.decompte.lire() != montree[1].votes
        )

    def remedier(self) -> None:
        """Lead to the date of the sitting."""
        self.partie_demandee.emit("seance")

    def _check(self) -> None:
        """Say what the count typed contradicts, and how it will print."""
        feuille = self._feuille
        if feuille is None:
            return
        saisie = feuille.avec(self.decompte.lire(), en_abstention=self.en_abstention.isChecked())
        seance = feuille.seance
        presents = len(seance.avec_statut("present"))
        interesses = sum(presence.statut == "present" for presence in seance.interesses)
        self._voix.setText(
            f"{compter(presents, 'présent')}, dont {compter(interesses, 'intéressé')}, et "
            f"{compter(seance.presents_ou_representes - presents, 'pouvoir')}{INSECABLE}: "
            f"{compter(seance.voix, 'voix', 'voix')}."
        )
        self._show_findings(votes.constats(feuille, saisie))
        lignes = votes.imprimer(saisie)
        self._imprime.setText("\n".join(lignes) if lignes else "Aucun décompte n’est encore saisi.")

    def _show_findings(self, constats: tuple[Constat, ...]) -> None:
        vider(self.constats)
        for constat in constats:
            self.constats.addWidget(etiquette(typo(constat.phrase), _ROLES[constat.gravite]))
        if self.decompte.lire() and not any(c.gravite is Gravite.BLOQUANT for c in constats):
            self.constats.addWidget(etiquette("Le décompte et la feuille de présence s’accordent.", "accord"))

    def _say_outcome(self, feuille: votes.FeuilleVote) -> None:
        issue = feuille.deliberation.issue
        self.adoption.montrer(feuille.phase)
        self.adoption.setVisible(feuille.phase.etat == "seance" and self.modifiable)
        if issue:
            self._issue.setText(f"{ISSUES[issue]}. L’acte est figé.")
        elif feuille.phase.etat == "seance":
            self._issue.setText(
                "L’enregistrement fige l’acte : ses documents sont produits, ses lignes et ses textes ne changent plus."
            )
        else:
            self._issue.setText("Le vote s’enregistre une fois la phase inscrite à la séance, rubrique Étapes.")
        self._issue.setText(typo(self._issue.text()))

    def _save(self) -> None:
        """Store the count typed once a cell is left."""
        feuille, saisis = self._feuille, self.decompte.lire()
        if feuille is not None and self.modifiable and saisis != feuille.deliberation.votes:
            self.faire(deliberations.voter, feuille.phase.id, feuille.version, saisis)

    def _fill(self) -> None:
        if self._feuille is not None:
            self.decompte.poser(votes.proposer(self._feuille.seance))
            self._check()
            self._save()

    def _on_wording(self) -> None:
        if self._feuille is not None:
            choix = {"interesses_en_abstention": self.en_abstention.isChecked()}
            self.faire(deliberations.decrire, self._feuille.phase.id, self._feuille.version, choix)
