"""What is tried on an adopted act: statements that the databases must refuse, and the base they are tried on."""

from __future__ import annotations

from inclusion_desk.services import edition
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, vue

AUTRE = 2
"""The phase in preparation that stands beside the adopted one."""

_PROPOSITION = (
    "INSERT INTO proposition (phase_id, dispositif_id, structure_id, territoire_id, ligne_budgetaire_id, montant, "
    "debut, fin, acte) VALUES ({phase}, 1, 1, 1, 1, {montant}, '2025-01-01', '2025-12-31', 'convention')"
)
_A_LA_PLACE = (
    "INSERT OR REPLACE INTO proposition (id, phase_id, dispositif_id, structure_id, territoire_id, "
    "ligne_budgetaire_id, montant, debut, fin, acte) "
    "VALUES (9, {phase}, 1, 1, 1, 1, 1, '2025-01-01', '2025-12-31', 'convention')"
)
_COPIE = (
    "{ordre} INTO instantane (deliberation_id, nature, contenu, empreinte, moment) "
    f"VALUES (1, '{{nature}}', '{{{{}}}}', '{'0' * 64}', '')"
)

ATTAQUES = {
    # the lines
    "raise an amount": "UPDATE proposition SET montant = montant + 1 WHERE id = 9",
    "lower every amount": "UPDATE proposition SET montant = montant - 1 WHERE phase_id = 1 AND montant > 0",
    "change a word only": "UPDATE proposition SET observations = 'après coup' WHERE id = 9",
    "give a line to another structure": "UPDATE proposition SET structure_id = 2 WHERE id = 9",
    "raise a version": "UPDATE proposition SET version = version + 1 WHERE id = 9",
    "change the id of a line": "UPDATE proposition SET id = 900 WHERE id = 9",
    "delete a line": "DELETE FROM proposition WHERE id = 9",
    "delete every line": "DELETE FROM proposition",
    "add a line": _PROPOSITION.format(phase=1, montant=100),
    "add a line of nothing": _PROPOSITION.format(phase=1, montant=0),
    "move a line out": "UPDATE proposition SET phase_id = 2 WHERE id = 9",
    "move a line in": "UPDATE proposition SET phase_id = 1 WHERE phase_id = 2",
    "upsert over a line": "INSERT INTO proposition SELECT * FROM proposition WHERE id = 9 "
    "ON CONFLICT (id) DO UPDATE SET montant = 1",
    "upsert a line out": "INSERT INTO proposition SELECT * FROM proposition WHERE phase_id = 2 "
    "ON CONFLICT (id) DO UPDATE SET phase_id = 1",
    # the phase
    "reopen the phase": "UPDATE phase SET etat = 'seance' WHERE id = 1",
    "send it back to its preparation": "UPDATE phase SET etat = 'preparation', seance_id = NULL WHERE id = 1",
    "reject it after the vote": "UPDATE phase SET etat = 'rejetee', compte = 0 WHERE id = 1",
    "replace it by nothing": "UPDATE phase SET etat = 'remplacee', compte = 0 WHERE id = 1",
    "replace it and take its sitting away": (
        "UPDATE phase SET etat = 'remplacee', compte = 0, seance_id = NULL WHERE id = 1"
    ),
    "take its weight off the budget": "UPDATE phase SET compte = 0 WHERE id = 1",
    "change its title": "UPDATE phase SET titre = 'Autre' WHERE id = 1",
    "change its number": "UPDATE phase SET numero = 60 WHERE id = 1",
    "change its context": "UPDATE phase SET contexte = '' WHERE id = 1",
    "put it at another sitting": "UPDATE phase SET seance_id = 2 WHERE id = 1",
    "change its id": "UPDATE phase SET id = 100 WHERE id = 1",
    "delete it": "DELETE FROM phase WHERE id = 1",
    "insert one adopted": "INSERT INTO phase (campagne_id, numero, titre, etat) VALUES (1, 90, 'Fausse', 'adoptee')",
    "insert one rejected": "INSERT INTO phase (campagne_id, numero, etat, compte) VALUES (1, 90, 'rejetee', 0)",
    "adopt one without a copy": "UPDATE phase SET etat = 'adoptee' WHERE id = 2",
    "reject one without a copy": "UPDATE phase SET etat = 'rejetee', compte = 0 WHERE id = 2",
    # its deliberation, and what it holds
    "change its act's number": "UPDATE deliberation SET numero = '2024-999' WHERE id = 1",
    "change the outcome": "UPDATE deliberation SET issue = 'rejete' WHERE id = 1",
    "forget the outcome": "UPDATE deliberation SET issue = NULL WHERE id = 1",
    "sign it after the vote": "UPDATE deliberation SET signataire = 'Autre' WHERE id = 1",
    "give the act to another phase": "UPDATE deliberation SET phase_id = 3 WHERE id = 1",
    "give the phase another act": "UPDATE deliberation SET phase_id = 1 WHERE id = 2",
    "delete the act": "DELETE FROM deliberation WHERE id = 1",
    "change a reference cited": "UPDATE visa SET ordre = ordre + 100 WHERE id = 1",
    "cite another": "INSERT INTO visa (deliberation_id, ordre, reference_id) SELECT 1, 99, max(id) FROM reference",
    "cite one less": "DELETE FROM visa WHERE id = 1",
    "change an opinion": "UPDATE avis SET sens = 'défavorable' WHERE deliberation_id = 1",
    "add an opinion": "INSERT INTO avis (deliberation_id, ordre, commission, jour) VALUES (1, 9, '9e', '2024-12-01')",
    "delete an opinion": "DELETE FROM avis WHERE deliberation_id = 1",
    "change a vote": "UPDATE vote SET nombre = 1 WHERE position = 'pour' AND deliberation_id = 1",
    "delete a vote with its groups": "DELETE FROM vote WHERE deliberation_id = 1",
    "change the groups of a vote": "UPDATE vote_groupe SET groupe_id = 6 WHERE id = 1",
    "add a group to a vote": "INSERT INTO vote_groupe (vote_id, groupe_id, nombre) VALUES (2, 1, 3)",
    "take the groups of a vote away": "DELETE FROM vote_groupe WHERE vote_id = 1",
    "move the groups of a vote out": "UPDATE vote_groupe SET vote_id = 6 WHERE id = 1",
    "add an article": "INSERT INTO article (deliberation_id, ordre, nature, texte) VALUES (1, 1, 'libre', 'Faux')",
    "move an article in": "UPDATE article SET deliberation_id = 1",
    "change a joined annexe": "UPDATE annexe SET texte = 'Autre' WHERE deliberation_id = 1",
    "join another annexe": "INSERT INTO annexe (deliberation_id, numero, titre) VALUES (1, 99, 'Fausse')",
    "delete a joined annexe": "DELETE FROM annexe WHERE deliberation_id = 1",
    "make a member interested": "INSERT INTO interet (deliberation_id, elu_id) VALUES (1, 40)",
    "make another member interested": "UPDATE interet SET elu_id = 99 WHERE id = (SELECT min(id) FROM interet)",
    "make a member no longer interested": "DELETE FROM interet WHERE deliberation_id = 1",
    # its texts, its periods, its counters, its sitting
    "change the text of an operation": "UPDATE operation SET texte = 'Autre' WHERE phase_id = 1",
    "change the order of operations": "UPDATE operation SET ordre = 9 - ordre WHERE phase_id = 1",
    "add an operation": "INSERT INTO operation (phase_id, dispositif_id, ordre) SELECT 1, max(id), 9 FROM dispositif",
    "delete an operation": "DELETE FROM operation WHERE phase_id = 1",
    "instruct another period": "INSERT INTO phase_periode (phase_id, periode_id) SELECT 1, max(id) FROM periode_depot",
    "instruct another one instead": "UPDATE phase_periode SET periode_id = (SELECT max(id) FROM periode_depot) "
    "WHERE id = (SELECT min(id) FROM phase_periode)",
    "instruct no period": "DELETE FROM phase_periode WHERE phase_id = 1",
    "lower a counter": "UPDATE engagement SET montant = montant - 1 WHERE phase_id = 1",
    "add a counter": "INSERT INTO engagement (ligne_budgetaire_id, phase_id, montant) "
    "SELECT max(id), 1, 5 FROM ligne_budgetaire",
    "delete a counter": "DELETE FROM engagement WHERE phase_id = 1",
    "mark a member absent": "UPDATE presence SET statut = 'absent' WHERE elu_id = 1",
    "add a member": "INSERT INTO presence (seance_id, elu_id, statut, ordre) VALUES (1, 99, 'present', 99)",
    "take a member off": "DELETE FROM presence WHERE elu_id = 1",
    "move a member to another sitting": "UPDATE presence SET seance_id = 2 WHERE elu_id = 1",
    "change the day of the sitting": "UPDATE seance SET jour = '2024-12-10' WHERE id = 1",
    "change its president": "UPDATE seance SET president = 'Autre' WHERE id = 1",
    "delete the sitting": "DELETE FROM seance WHERE id = 1",
    # the frozen copy and the documents
    "change the copy": "UPDATE instantane SET contenu = replace(contenu, '7120', '7130')",
    "change the copy and its fingerprint": f"UPDATE instantane SET contenu = '{{}}', empreinte = '{'0' * 64}'",
    "delete the copy": "DELETE FROM instantane WHERE deliberation_id = 1",
    "give it a report after the vote": _COPIE.format(ordre="INSERT", nature="rapport"),
    "change the bytes of a document": (
        "UPDATE document_fige SET contenu = (SELECT contenu FROM document_fige ORDER BY id DESC LIMIT 1)"
    ),
    "delete a document": "DELETE FROM document_fige WHERE nature = 'deliberation'",
    "add a document": "INSERT INTO document_fige (deliberation_id, nature, contenu, empreinte) "
    f"SELECT 1, 'faux', contenu, '{'0' * 64}' FROM document_fige WHERE id = 1",
    # what was done, and the templates kept
    "rewrite who did it": "UPDATE evenement SET auteur = 'Autre'",
    "forget that it was done": "DELETE FROM evenement",
    "rewrite a template kept": "UPDATE modele SET source = 'Autre'",
    "forget a template kept": "DELETE FROM modele",
    # through what stands above
    "delete the campaign": "DELETE FROM campagne WHERE id = 1",
    "delete a structure funded": "DELETE FROM structure WHERE id = 1",
    "delete a budget line": "DELETE FROM ligne_budgetaire WHERE id = 1",
    "delete a dispositif": "DELETE FROM dispositif WHERE id = 1",
    "delete a territory": "DELETE FROM territoire WHERE id = 1",
    "delete a deposit period": "DELETE FROM periode_depot WHERE id = 1",
    "delete a councillor": "DELETE FROM elu WHERE id = 1",
    "delete a group": "DELETE FROM groupe WHERE id = 1",
    "delete a reference cited behind": "DELETE FROM reference WHERE id = 1",
    "take the funds away": "UPDATE ligne_budgetaire SET ae_initiale = 1 WHERE id = 1",
}
"""What an adopted act must withstand, on both databases."""

ATTAQUES_SQLITE = {
    "replace a line in place": _A_LA_PLACE.format(phase=1),
    "replace a line from another phase": _A_LA_PLACE.format(phase=2),
    "update or replace over a line": "UPDATE OR REPLACE proposition SET id = 9 WHERE phase_id = 2",
    "update or replace a line away": "UPDATE OR REPLACE proposition SET id = (SELECT max(id) FROM proposition) "
    "WHERE id = 9",
    "replace the act": "INSERT OR REPLACE INTO deliberation (id, phase_id, titre) VALUES (1, 3, 'Faux')",
    "replace the act by its number": "INSERT OR REPLACE INTO deliberation (phase_id, numero) VALUES (3, '2024-587')",
    "replace the act by its phase": "INSERT OR REPLACE INTO deliberation (phase_id, numero) VALUES (1, '2024-999')",
    "take its number over": "UPDATE OR REPLACE deliberation SET numero = '2024-587' WHERE id = 2",
    "replace the phase": "INSERT OR REPLACE INTO phase (id, campagne_id, numero) VALUES (1, 1, 6)",
    "replace the phase by its number": "INSERT OR REPLACE INTO phase (campagne_id, numero) VALUES (1, 6)",
    "take its number over as a phase": "UPDATE OR REPLACE phase SET numero = 6 WHERE id = 2",
    "replace the sitting": "REPLACE INTO seance (id, jour, instance) VALUES (1, '2025-01-01', 'Autre')",
    "replace the copy": _COPIE.format(ordre="REPLACE", nature="deliberation"),
    "replace a vote": "REPLACE INTO vote (deliberation_id, position, nombre) VALUES (1, 'pour', 1)",
    "replace a presence": "REPLACE INTO presence (seance_id, elu_id, statut, ordre) VALUES (1, 1, 'absent', 1)",
    "replace an event": "REPLACE INTO evenement (id, sujet, ligne_id, moment) VALUES (1, 'phases', 1, '')",
    "replace a template": "REPLACE INTO modele (nom, numero, moment) VALUES ('rapport', 1, '')",
    "replace a budget line": "REPLACE INTO ligne_budgetaire (id, campagne_id, code_operation, imputation, "
    "ae_initiale) VALUES (1, 1, 'C02-446A05', '6568/93446', 0)",
}
"""What only SQLite knows how to say."""


def prepare(desk: Desk) -> None:
    """Put beside the adopted phase another one in preparation with a line, an act and a vote; keep a template."""
    numero = max(7, vue(desk).numero + 1)
    desk.do(edition.create, "phases", PHASE, {"numero": numero, "titre": "Suivante"})
    desk.do(edition.create, "phases", PHASE, {"numero": numero + 1, "titre": "Sans acte"})
    for ordre in (
        _PROPOSITION.format(phase=AUTRE, montant=0),
        "DELETE FROM visa WHERE deliberation_id = 3",
        "DELETE FROM deliberation WHERE id = 3",
        "INSERT INTO seance (jour, instance) VALUES ('2025-02-03', 'Commission permanente')",
        "INSERT INTO elu (id, prenom, nom) VALUES (99, 'Une', 'AUTRE')",
        "INSERT INTO groupe (id, nom) VALUES (6, 'Un autre groupe')",
        "INSERT INTO dispositif (thematique_id, intitule, unite) VALUES (1, 'Un autre', 'place')",
        (
            "INSERT INTO ligne_budgetaire (campagne_id, code_operation, imputation, ae_initiale) "
            "VALUES (1, 'C02-447A01', '6568/93447', 100)"
        ),
        "INSERT INTO periode_depot (campagne_id, numero, debut, fin) VALUES (1, 9, '2024-11-01', '2024-11-30')",
        "INSERT INTO reference (nature, objet) VALUES ('code', 'Un autre code')",
        "INSERT INTO vote (id, deliberation_id, position, nombre) VALUES (6, 2, 'pour', 3)",
        "INSERT INTO article (deliberation_id, ordre, nature, texte) VALUES (2, 1, 'libre', 'Texte')",
        "INSERT INTO modele (nom, numero, source, moment) VALUES ('rapport', 1, 'Texte', '')",
    ):
        _execute(desk, ordre)


def _execute(desk: Desk, ordre: str) -> None:
    def use_case(session: Session) -> Changes:
        session.exec_driver_sql(ordre)
        return Changes("essai", {})

    desk.do(use_case)
