"""From the lines of an adopted phase to its acts: how they are gathered, what is missing, what an act lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.actes_proposes import ActePrepare, ActePropose
from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import Convention
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation
from inclusion_desk.domain.modeles_actes import CONVENTION
from inclusion_desk.domain.preparation import (
    Connus,
    EtapeConvention,
    dire_blancs,
    dire_manquants,
    manquants,
    proposer_actes,
)
from tests.documents.fabrique_actes import MODELES, acte
from tests.fabrique import dossier_du_cas

DOSSIER = dossier_du_cas()
ACCUEIL, EQUILIBRE, INDEPENDANTS = (operation.dispositif_id for operation in DOSSIER.operations[:3])
REGLES = {operation.dispositif_id: "equilibre" for operation in DOSSIER.operations}
FICHES = {**REGLES, ACCUEIL: "accueil", INDEPENDANTS: "independants"}
"""The rule of the sheet of each dispositif of the case."""


def convention(ligne: Ligne, identifiant: int = 1, **valeurs: object) -> Convention:
    """Give the convention that a line amends, in force over the whole period."""
    faite = Convention(
        identifiant, 1, ligne.convention_initiale or "2024-00001", ligne.structure_id, ligne.structure, "Objet",
        date(2023, 1, 1), date(2025, 12, 31), "signee", True, None, None, None, None, "",
    )  # fmt: skip
    return replace(faite, **valeurs)  # type: ignore[arg-type]


AMENDEES = {li.convention_initiale: convention(li, n) for n, li in enumerate(DOSSIER.lignes) if li.convention_initiale}
PLIE = {"2024-00926", "2024-00927"}
"""The conventions that the case prolongs."""
AMENDEES |= {numero: replace(AMENDEES[numero], fin=date(2024, 12, 31)) for numero in PLIE}
CONNUS = Connus(tuple(AMENDEES.values()), FICHES)


def retouche(dossier: DossierSeance, rang: int, **valeurs: object) -> DossierSeance:
    """Change one line of a dossier, by its place among all."""
    cle = dossier.lignes[rang].proposition_id

    def changee(ligne: Ligne) -> Ligne:
        return replace(ligne, **valeurs) if ligne.proposition_id == cle else ligne  # type: ignore[arg-type]

    def touchee(operation: Operation) -> Operation:
        return replace(operation, lignes=tuple(map(changee, operation.lignes)))

    thematiques = (replace(t, operations=tuple(map(touchee, t.operations))) for t in dossier.thematiques)
    return replace(dossier, thematiques=tuple(thematiques))


def etape(rang: int = 0, fin: date = date(2025, 12, 31), **annexes: str) -> EtapeConvention:
    """Give what a convention has come to: ``a2="accueil"`` is its annexe 2."""
    return EtapeConvention(rang, fin, {int(nom[1:]): regle for nom, regle in annexes.items()})


def premier(dossier: DossierSeance, connus: Connus = CONNUS) -> ActePropose:
    return proposer_actes(dossier, connus)[0]


def test_the_case_calls_for_twenty_three_acts() -> None:
    proposes = proposer_actes(DOSSIER, CONNUS)
    assert Counter(p.modele for p in proposes) == {
        "5": 4, "6": 2, "7": 2, "8": 6, "9": 2, "10": 1, "convention": 6,
    }  # fmt: skip
    assert all(p.pret for p in proposes)
    assert [p.rang for p in proposes] == list(range(1, 24))
    assert not any(p.reserve for p in proposes)
    assert sum(p.montant for p in proposes) == DOSSIER.montant == 87_121_800
    assert len({p.cle for p in proposes}) == 23


def test_an_avenant_carries_the_lines_of_its_convention_in_the_order_of_the_operations() -> None:
    double = next(p for p in proposer_actes(DOSSIER, CONNUS) if p.modele == "6")
    assert len(double.lignes) == 2
    assert [o.dispositif_id for o in double.dispositifs] == [li.dispositif_id for li in double.lignes]
    assert " et " in double.objet
    assert double.dispositif.startswith("1.1")


lignes = st.lists(
    st.tuples(
        st.integers(0, 26), st.integers(1, 4), st.sampled_from(["convention", "avenant", "aucun"]),
        st.sampled_from(["2024-00001", "2024-00002", None]),
    ),
    max_size=12,
)  # fmt: skip


@given(lignes)
def test_each_line_that_wants_an_act_is_in_one_and_only_one(retouches: list[tuple[int, int, str, str | None]]) -> None:
    dossier = DOSSIER
    for rang, structure_id, nature, numero in retouches:
        dossier = retouche(dossier, rang, structure_id=structure_id, acte=nature, convention_initiale=numero)
    proposes = proposer_actes(dossier, CONNUS)
    portees = [li.proposition_id for p in proposes for li in p.lignes]
    assert sorted(portees) == sorted(
        li.proposition_id for li in dossier.lignes if li.acte in {"convention", "avenant"}
    )  # fmt: skip
    assert len({p.cle for p in proposes}) == len(proposes)
    for propose in proposes:
        assert {(li.structure_id, li.acte) for li in propose.lignes} == {(propose.structure_id, propose.nature)}
        assert propose.pret == (not propose.manques)


def test_without_a_number_the_only_convention_in_force_is_amended() -> None:
    dossier = retouche(DOSSIER, 0, convention_initiale=None)
    sienne = AMENDEES["2024-00901"]
    assert premier(dossier).convention == sienne
    autre = replace(sienne, id=99, numero="2024-09999")
    deux = replace(CONNUS, conventions=(*CONNUS.conventions, autre))
    assert premier(dossier, deux).convention is None
    assert premier(dossier, deux).manques == (
        "La convention à modifier n’est pas connue : enregistrez-la dans l’onglet Conventions.",
    )
    close = replace(CONNUS, conventions=(*CONNUS.conventions, replace(autre, etat="resiliee")))
    assert premier(dossier, close).convention == sienne


@pytest.mark.parametrize("etat", ETATS_CONVENTION)
def test_only_a_convention_signed_and_open_is_amended(etat: str) -> None:
    sienne = AMENDEES["2024-00901"]
    connus = replace(CONNUS, conventions=(replace(sienne, etat=etat),))
    (*manques,) = premier(DOSSIER, connus).manques
    assert bool(manques) == (etat not in {"signee", "executoire"})
    assert all("ne reçoit pas d’avenant : elle " in m for m in manques)
    assert all(m.endswith(("n’est pas signée.", "est soldée.", "est résiliée.")) for m in manques)


def test_each_thing_missing_is_a_sentence() -> None:
    sans = replace(CONNUS, fiches={}, conventions=())
    propose = premier(retouche(DOSSIER, 0, modele=None), sans)
    assert not propose.pret
    assert len(propose.manques) == 3
    assert propose.manques[0].startswith("Aucune fiche action publiée pour « 1.1")
    assert propose.manques[1].startswith("Aucun modèle d’avenant ne se déduit des faits (fiche sans règle de bilan")
    assert "2024-00901 n’est pas enregistrée" in propose.manques[2]
    assert all(m.endswith(".") for m in propose.manques)
    assert propose.refus == f"Ligne 1 – {propose.structure} : a{propose.manques[0][1:]}"


def rapports(dossier: DossierSeance, rang: int, connus: Connus = CONNUS) -> tuple[str, str, bool]:
    """Give the model, what is to be checked of it, and whether the act that holds a line may be prepared."""
    cle = dossier.lignes[rang].proposition_id
    propose = next(
        p for p in proposer_actes(dossier, connus) if cle in {ligne.proposition_id for ligne in p.lignes}
    )  # fmt: skip
    return propose.modele, propose.reserve, propose.pret


def test_a_line_without_a_code_takes_the_model_of_its_facts() -> None:
    """Once voted the line is frozen: nothing was left to do."""
    for rang, ligne in enumerate(DOSSIER.lignes):
        if ligne.acte == "avenant" and ligne.modele in {"5", "9"}:
            assert rapports(retouche(DOSSIER, rang, modele=None), rang) == (ligne.modele, "", True)


def test_a_code_that_the_facts_rule_out_gives_way_to_the_one_they_call_for() -> None:
    modele, dit, pret = rapports(retouche(DOSSIER, 0, modele="8"), 0)
    assert (modele, pret) == ("5", True)
    assert dit.startswith("La ligne votée porte « 8 – équilibré seul, sans article de coût » ; les faits (fiche d’accu")


def test_the_model_that_the_user_takes_is_kept_and_what_it_contradicts_is_told() -> None:
    cle = premier(DOSSIER).cle
    propose = premier(DOSSIER, replace(CONNUS, choix={cle: "8"}))
    assert (propose.modele, propose.pret, propose.libelle_modele[:12]) == ("8", True, "8 – équilibr")
    assert propose.reserve.startswith("Ce modèle ne correspond pas aux faits (")
    assert propose.explication == propose.reserve
    assert premier(DOSSIER).explication == "D’après les faits : fiche d’accueil seule, sans apport."


def test_a_model_taken_makes_ready_an_act_whose_facts_no_model_fits() -> None:
    rang = next(n for n, li in enumerate(DOSSIER.lignes) if li.modele == "10")
    dossier = retouche(DOSSIER, rang, modele=None, montant=0)
    assert rapports(dossier, rang) == ("", "", False)
    propose = next(p for p in proposer_actes(dossier, CONNUS) if p.manques)
    (manque,) = propose.manques
    assert manque == (
        "Aucun modèle d’avenant ne se déduit des faits (fiche d’activité indépendante seule, sans apport) : "
        "choisissez-le avec « Changer de modèle… »."
    )
    assert rapports(dossier, rang, replace(CONNUS, choix={propose.cle: "10"}))[::2] == ("10", True)


def test_the_convention_is_taken_as_it_stands_before_the_act() -> None:
    rang = next(n for n, li in enumerate(DOSSIER.lignes) if li.modele == "8")
    ligne = DOSSIER.lignes[rang]
    sienne = AMENDEES[ligne.convention_initiale or ""]
    avant, apres = etape(0, a2="accueil", a3="accueil"), etape(1, a2="equilibre")
    assert rapports(DOSSIER, rang, replace(CONNUS, etapes={sienne.id: (avant,)})) == ("8", "", True)
    assert rapports(DOSSIER, rang, replace(CONNUS, etapes={sienne.id: (avant, apres)}))[0] == "10"
    fait = ActePrepare((sienne.id, 7), "Avenant n° 1", 1, "8", "projet", "Projet")
    connus = replace(CONNUS, etapes={sienne.id: (avant, apres)}, faits={ligne.proposition_id: fait})
    assert rapports(DOSSIER, rang, connus) == ("8", "", False)
    autre = replace(connus, faits={ligne.proposition_id: replace(fait, modele="5")})
    assert "prenez « 8 – équilibré seul, sans article de coût »." in rapports(DOSSIER, rang, autre)[1]


def test_money_that_the_model_says_nothing_of_is_told() -> None:
    dits = {p.modele: p.avertissement for p in proposer_actes(DOSSIER, CONNUS) if p.avertissement}
    assert sorted(dits) == ["7", "8"]
    assert all(dit.startswith("Son modèle n’a pas d’article sur le coût : les ") for dit in dits.values())


def test_a_period_after_the_end_of_the_convention_asks_for_a_model_that_prolongs() -> None:
    depasse = retouche(DOSSIER, 0, fin=date(2026, 1, 1))
    propose = premier(depasse)
    assert (propose.modele, propose.pret) == ("9", True)
    assert "les faits (fiche d’accueil seule, sans apport, au-delà du terme de la convention)" in propose.reserve
    (manque,) = premier(depasse, replace(CONNUS, choix={propose.cle: "5"})).manques
    assert "jusqu’au 01/01/2026, après la fin de la convention (31/12/2025)" in manque
    assert premier(retouche(depasse, 0, modele="9")).reserve == ""
    sienne = replace(AMENDEES["2024-00901"], terme=date(2026, 12, 31))
    assert premier(depasse, replace(CONNUS, conventions=(sienne,))).modele == "5"
    etapes = {AMENDEES["2024-00901"].id: (etape(), etape(1, date(2026, 6, 30)))}
    assert premier(depasse, replace(CONNUS, etapes=etapes)).modele == "5"


def test_an_act_prepared_lacks_nothing_more() -> None:
    cle = DOSSIER.lignes[0].proposition_id
    fait = ActePrepare((5, 6), "Avenant n° 1 à 2024-00901", 1, "6", "a_signer", "À signer")
    propose = premier(DOSSIER, Connus((), {}, {cle: fait}))
    assert (propose.fait, propose.prepare, propose.modele) == ((5, 6), fait, "6")
    assert propose.manques == ()
    assert propose.reserve == ""
    assert not propose.pret


@pytest.mark.parametrize("modele", MODELES)
def test_an_act_of_each_model_is_whole(modele: str) -> None:
    assert manquants(acte(modele)) == ()
    assert dire_manquants(acte(modele)) == ""


@pytest.mark.parametrize(
    ("partie", "champ", "vide", "quoi"),
    [
        ("beneficiaire", "siret", "", "le SIRET"),
        ("beneficiaire", "adresse", "", "l’adresse du siège"),
        ("beneficiaire", "commune", "", "l’adresse du siège"),
        ("beneficiaire", "representant", "", "le nom du représentant"),
        ("beneficiaire", "qualite", "", "sa qualité"),
        ("beneficiaire", "date_deliberation", None, "la date de sa délibération"),
        ("departement", "signataire", "", "le signataire du Département"),
        ("autorisation", "numero", "", "la délibération de la Commission permanente"),
        ("", "autorisation", None, "la délibération de la Commission permanente"),
        ("", "fiches", (), "la fiche action à annexer"),
        ("", "convention_signee_le", None, "la date de signature de la convention modifiée"),
    ],
)
def test_what_an_act_lacks_is_named(partie: str, champ: str, vide: object, quoi: str) -> None:
    entier = acte("5")
    valeurs = {partie: replace(getattr(entier, partie), **{champ: vide})} if partie else {champ: vide}
    incomplet = replace(entier, **valeurs)
    assert manquants(incomplet) == (quoi,)
    assert dire_manquants(incomplet) == f"Il manque {quoi}."


def test_a_convention_needs_no_earlier_signature() -> None:
    assert manquants(replace(acte("convention"), convention_signee_le=None)) == ()


def test_every_sheet_with_a_cost_and_no_schedule_is_named() -> None:
    """An act that brings nothing prints a blank schedule too, and a second sheet beside one that has its own."""
    cout, rien = (100,), ()

    def dits(*fiches: tuple[int, tuple[int, ...], tuple[str, ...]]) -> str:
        entier = acte("6")
        modele = entier.fiches[0]
        portees = tuple(replace(modele, annexe=a, montants=m, versements=v) for a, m, v in fiches)
        return dire_blancs(replace(entier, tranches=(), fiches=portees))

    assert dits((2, rien, ())) == ""
    assert dits((2, cout, ("Solde",))) == ""
    assert dits((2, cout, ())) == "L’annexe 2 laissera son échéancier à compléter."
    assert dits((2, cout, ("Solde",)), (3, cout, ())) == "L’annexe 3 laissera son échéancier à compléter."
    assert dits((2, cout, ()), (3, cout, ())) == "Les annexes 2 et 3 laisseront leur échéancier à compléter."


def test_a_convention_has_no_model_to_choose() -> None:
    propose = next(p for p in proposer_actes(DOSSIER, CONNUS) if p.nature == CONVENTION)
    assert (propose.modele, propose.libelle_modele, propose.reserve, propose.explication) == (CONVENTION, "", "", "")
