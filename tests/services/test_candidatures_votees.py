"""Applications after the vote: what they became, with the amount in force, and how they are presented again."""

from __future__ import annotations

import pytest

from inclusion_desk.domain.campagnes import Candidature
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.services import candidatures, edition, evenements, verification
from inclusion_desk.services.deliberations import voter
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import budget, deliberations
from inclusion_desk.store import candidatures as store
from tests.services.gestes import (
    PHASE,
    acte,
    adopter,
    aller_retour,
    corriger,
    inscrire_a_nouveau,
    jouer,
    lignes_de,
    mettre_a_l_ordre_du_jour,
    modifier,
    nouvelle_phase,
    rejeter,
    vue,
)
from tests.services.gestes import deplacer as deplacer_phase
from tests.services.test_candidatures import candidature, changer, deplacer, lire, mener


def lue(desk: Desk, identifiant: int) -> Candidature:
    (trouvee,) = desk.read(store.load, vue(desk).campagne_id, [identifiant])
    return trouvee


def situation(desk: Desk, identifiant: int) -> tuple[str, int | None, str | None]:
    dossier = lue(desk, identifiant)
    return dossier.etat_libelle, dossier.montant_vote, dossier.phase_reference


def soumettre(desk: Desk) -> int:
    """Propose an application to the phase of the case, with 12 € more than instructed, and put it on the agenda."""
    identifiant = mener(desk, "propose")
    modifier(desk, candidature(desk, identifiant)["proposition_id"], montant=801_200)
    inscrire_a_nouveau(desk)
    return identifiant


def test_an_application_adopted_is_voted_for_the_amount_of_its_line(desk: Desk) -> None:
    identifiant = soumettre(desk)
    assert situation(desk, identifiant) == ("Proposé", None, "2024/6")
    adopter(desk)
    assert situation(desk, identifiant) == ("Voté", 801_200, "2024/6")
    with pytest.raises(SaisieRefusee, match=r"voté à la phase 2024/6.* nouvelle délibération"):
        changer(desk, identifiant, montant_propose=1)
    with pytest.raises(Refus, match="Rien n’a été supprimé"):
        desk.do(edition.delete, "candidatures", (identifiant,))
    for code in ("retirer_proposition", "representer"):
        with pytest.raises(Refus, match="n’est pas possible dans l’état «\u00a0Voté\u00a0»"):
            deplacer(desk, identifiant, code)


def test_a_correction_gives_its_own_amount_or_none(bureau: Desk) -> None:
    garde = soumettre(bureau)
    adopter(bureau)
    correction = corriger(bureau)
    (copie,) = [li for li in lignes_de(bureau, correction) if li["montant"] == 801_200]
    modifier(bureau, copie["id"], montant=700_000)
    assert situation(bureau, garde) == ("Voté", 801_200, "2024/6"), "until the correction is adopted"
    mettre_a_l_ordre_du_jour(bureau, correction, "2024-600")
    adopter(bureau, correction)
    assert situation(bureau, garde) == ("Voté", 700_000, "2024/6")
    seconde = corriger(bureau, correction)
    otee = next(li["id"] for li in lignes_de(bureau, seconde) if li["montant"] == 700_000)
    bureau.do(edition.delete, "propositions", (otee,))
    mettre_a_l_ordre_du_jour(bureau, seconde, "2024-601")
    adopter(bureau, seconde)
    assert situation(bureau, garde) == ("Voté", None, "2024/6")


def test_an_application_rejected_is_presented_again_in_another_phase(desk: Desk) -> None:
    identifiant = soumettre(desk)
    rejeter(desk)
    assert situation(desk, identifiant) == ("Rejeté", None, "2024/6")
    with pytest.raises(SaisieRefusee, match="représentez-le d’abord"):
        changer(desk, identifiant, montant_propose=1)
    figees = lignes_de(desk)
    version = candidature(desk, identifiant)["version"]
    aller_retour(desk, lire, candidatures.deplacer, identifiant, version, "representer", PHASE)
    assert situation(desk, identifiant) == ("Instruit", None, None)
    assert lignes_de(desk) == figees, "the act rejected keeps its lines"
    dernier = desk.read(evenements.historique, "candidatures", identifiant)[-1 - 3]
    assert (dernier.geste, dernier.motif) == ("Représenter à une autre phase", "Rejeté à la phase 2024/6")
    with pytest.raises(Refus, match="est rejetée"):
        deplacer(desk, identifiant, "proposer", PHASE)
    changer(desk, identifiant, montant_propose=750_000)
    suivante = nouvelle_phase(desk)
    deplacer(desk, identifiant, "proposer", suivante)
    assert situation(desk, identifiant) == ("Proposé", None, "2024/7")
    assert [li["montant"] for li in lignes_de(desk, suivante)] == [750_000]
    assert desk.read(verification.anomalies) == ()


def test_an_application_put_off_leaves_its_phase_and_weighs_once(desk: Desk) -> None:
    identifiant = soumettre(desk)
    restes = [li.solde for li in desk.read(budget.load, vue(desk))]
    deplacer_phase(desk, "ajourner")
    assert situation(desk, identifiant) == ("Ajourné", None, "2024/6")
    version = candidature(desk, identifiant)["version"]
    fait = aller_retour(desk, lire, candidatures.deplacer, identifiant, version, "representer", PHASE)
    assert desk.read(budget.load, vue(desk))[0].solde == restes[0] + 801_200
    assert len(lignes_de(desk)) == 27
    deplacer(desk, identifiant, "proposer", nouvelle_phase(desk))
    assert situation(desk, identifiant) == ("Proposé", None, "2024/7")
    assert desk.read(verification.anomalies) == ()
    deplacer(desk, identifiant, "retirer_proposition")
    deplacer_phase(desk, "rouvrir")
    jouer(desk, fait.inverse)
    assert situation(desk, identifiant) == ("Proposé", None, "2024/6")
    assert len(lignes_de(desk)) == 28
    assert desk.read(verification.anomalies) == ()


def test_a_line_does_not_come_back_to_a_phase_voted_since(bureau: Desk) -> None:
    identifiant = soumettre(bureau)
    votes = bureau.read(deliberations.load_votes, acte(bureau).id)
    deplacer_phase(bureau, "ajourner")
    fait = deplacer(bureau, identifiant, "representer")
    deplacer_phase(bureau, "rouvrir")
    mettre_a_l_ordre_du_jour(bureau, PHASE, "2024-587")
    bureau.do(voter, PHASE, acte(bureau).version, votes)
    rejeter(bureau)
    avant = lire(bureau)
    with pytest.raises(Refus, match="est rejetée"):
        jouer(bureau, fait.inverse)
    assert lire(bureau) == avant


def test_several_are_presented_again_together(bureau: Desk) -> None:
    groupe = [mener(bureau, "propose", structure_id=s) for s in (3, 4)]
    inscrire_a_nouveau(bureau)
    rejeter(bureau)
    versions = [(i, candidature(bureau, i)["version"]) for i in groupe]
    fait = aller_retour(bureau, lire, candidatures.deplacer_tous, versions, "representer", PHASE)
    assert fait.label == "Représenter à une autre phase – 2\u00a0dossiers"
