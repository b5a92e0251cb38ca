"""Where a phase stands: its path, what may be done now, its act once frozen, and who did what."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from inclusion_desk.domain.etats import Transition, possibles
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.phases import FIGES, TRANSITIONS_PHASE, Phase
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.services import etapes
from inclusion_desk.services.etapes import ActeFige, Parcours
from inclusion_desk.services.natures import DOCUMENTS
from inclusion_desk.ui.cartes import Carte, Colonne, Faits, vider
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.formulaire import demander_motif
from inclusion_desk.ui.frise import Frise, Pas
from inclusion_desk.ui.historique import Historique, dire_moment
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.section import Section
from inclusion_desk.ui.sections.phases import corriger

_SUITE = {
    "preparation": "Saisissez les propositions et les textes, puis transmettez la phase aux commissions.",
    "commissions": "Fixez la séance, reportez les avis des commissions, puis inscrivez la phase à l’ordre du jour.",
    "seance": "Le rapport est arrêté : ce qui change d’ici au vote est une modification. Pointez les présences, "
    "saisissez le décompte, puis enregistrez le vote.",
    "adoptee": "L’acte est figé : ses lignes, ses textes et ses documents ne changent plus. Une correction passe par "
    "une nouvelle délibération.",
    "rejetee": "L’assemblée a rejeté le rapport : l’acte est figé et n’engage aucun crédit.",
    "ajournee": "L’examen est reporté. Reprenez l’instruction pour présenter la phase à une autre séance.",
    "remplacee": "Cet acte est conservé tel qu’il a été voté.",
}
_AILLEURS = frozenset({"rejeter", "remplacer"})
"""Moves that have no button here: the vote records a rejection, a correction replaces."""
_AVANCE = frozenset({"transmettre", "inscrire", "adopter", "rouvrir"})
_RANGS = {"preparation": 0, "commissions": 1, "seance": 2}
_FINS = {"adoptee": "Adoptée", "rejetee": "Rejetée", "ajournee": "Ajournée", "remplacee": "Remplacée"}


def frise(etat: str) -> tuple[Pas, ...]:
    """Give the path of a phase in a state."""
    rang = _RANGS.get(etat, 3)
    titres = ("Préparation", "Commissions", "Inscrite à la séance", _FINS.get(etat, "Adoption"))
    passes = [Pas(titre, fait=True) for titre in titres[:rang]]
    present = Pas(titres[rang], fait=etat in FIGES, present=True, refuse=etat == "rejetee", suspendu=etat == "ajournee")
    return (*passes, present, *(Pas(titre) for titre in titres[rang + 1 :]))


class Etapes(Section):
    """The path of a phase."""

    TITRE = "Étapes de la phase"
    IMAGE = "etapes"
    SUJETS = frozenset({"phases", "propositions"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.boutons: dict[str, QPushButton] = {}
        self._version = 0
        self._titre = etiquette("", "rubrique")
        self._faits = etiquette("", "doux")
        self._frise = Frise()
        self._suite = etiquette("")
        self._gestes = QHBoxLayout()
        self._gestes.setSpacing(8)
        self._fige = Carte("Acte figé")
        self._details = Faits()
        self._fige.ajouter(self._details)
        self._historique = Historique()
        self._build()

    def _build(self) -> None:
        chemin = Carte()
        for element in (self._titre, self._faits, self._frise, self._suite):
            chemin.ajouter(element)
        chemin.ajouter(self._gestes)
        histoire = Carte("Historique")
        histoire.ajouter(self._historique)
        colonne = Colonne()
        for carte in (chemin, self._fige, histoire):
            colonne.ajouter(carte)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    def lire(self, phase: Phase) -> None:
        """Read where the phase stands."""
        parcours = self.contexte.desk.read(etapes.lire, phase.id)
        vue = parcours.phase
        self._version = vue.version
        self._titre.setText(typo(f"{vue.libelle} – {vue.titre}"))
        self._faits.setText(f"{compter(vue.propositions, 'proposition')}, {format_montant(vue.montant)}")
        self._frise.montrer(frise(vue.etat))
        self._suite.setText(typo(_say(parcours)))
        self._buttons(vue)
        self._fige.setVisible(parcours.fige is not None)
        if parcours.fige is not None:
            self._details.montrer(_details(parcours.fige))
        self._historique.montrer(parcours.evenements, "Aucune étape n’a encore été franchie.")
        self.montrer_corps()

    def _buttons(self, vue: Phase) -> None:
        vider(self._gestes)
        self.boutons = {}
        if not self.contexte.desk.lecture_seule:
            for transition in possibles(TRANSITIONS_PHASE, vue.etat):
                if transition.code not in _AILLEURS:
                    suspens = "…" if transition.motive else ""
                    self._add(transition.code, f"{transition.geste}{suspens}", partial(self._move, transition))
            if vue.etat == "adoptee":
                self._add("corriger", "Corriger cet acte…", partial(corriger, self, self.contexte, vue))
        self._gestes.addStretch()

    def _add(self, code: str, texte: str, geste: partial[None]) -> None:
        role = QPalette.ColorRole.BrightText if code in _AVANCE else QPalette.ColorRole.ButtonText
        bouton = QPushButton(
            icone("droite" if code in _AVANCE else "modifier" if code == "corriger" else "gauche", role), texte
        )
        bouton.setProperty("principal", "true" if code in _AVANCE else "false")
        bouton.setAutoDefault(False)
        bouton.clicked.connect(lambda _coche=False: geste())
        self._gestes.addWidget(bouton)
        self.boutons[code] = bouton

    def _move(self, transition: Transition) -> None:
        if transition.code == "adopter":
            self.partie_demandee.emit("vote")
        elif transition.motive:
            demander_motif(self.window(), transition.geste, partial(self._do_with_reason, transition))
        elif self.phase is not None:
            titre = f"{transition.geste}{INSECABLE}: impossible"
            self.faire(etapes.deplacer, self.phase.id, self._version, transition.code, titre=titre)

    def _do_with_reason(self, transition: Transition, motif: str) -> None:
        if self.phase is not None:
            deplacer = etapes.deplacer
            changes = self.contexte.actions.do(deplacer, self.phase.id, self._version, transition.code, motif)
            self.message.emit(changes.label)


def _say(parcours: Parcours) -> str:
    """Say what comes next, and which act this one corrects or is replaced by."""
    vue, ancienne, nouvelle = parcours.phase, parcours.corrigee, parcours.remplacante
    suite = _SUITE[vue.etat]
    if nouvelle is not None:
        par = f"La délibération n° {vue.remplacee_par} (phase {nouvelle.reference})"
        suite = f"{par} corrige et remplace cet acte, qui est conservé tel qu’il a été voté."
    if ancienne is None:
        return suite
    de = f"la délibération n° {vue.remplace} (phase {ancienne.reference})"
    if vue.etat in {"adoptee", "remplacee"}:
        return f"Cet acte corrige et remplace {de}. {suite}"
    vigueur = ", qui reste en vigueur" if ancienne.etat == "adoptee" else ""
    return f"Cette phase corrige {de}{vigueur}. {suite}"


def _details(fige: ActeFige) -> dict[str, str]:
    return {
        "Délibération": f"n°{INSECABLE}{fige.numero}",
        "Issue": fige.issue,
        "Enregistrée": dire_moment(fige.moment),
        "Tête du journal": fige.tete_journal,
        "Empreinte (SHA-256)": fige.empreinte,
        "Documents conservés": "\n".join(
            f"{_nom(nature)}{INSECABLE}: {empreinte[:16]}…" for nature, empreinte in fige.documents
        ),
    }


def _nom(nature: str) -> str:
    noms: dict[str, str] = {cle: document.article for cle, document in DOCUMENTS.items()}
    nom = noms.get(nature, nature)
    return f"{nom[:1].upper()}{nom[1:]}"
