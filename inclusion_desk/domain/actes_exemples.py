"""Fictitious acts, one for each model: what a template of acts is tried on before it is kept."""

from __future__ import annotations

from datetime import date

from inclusion_desk.domain.actes import Acte, Autorisation, Beneficiaire, Departement, FicheAnnexee, Tranche
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER, Cadre, phrases, prevoir
from inclusion_desk.domain.fiches import FicheAction, Indicateur
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE, Cout

_AN = (date(2025, 1, 1), date(2025, 12, 31))
_PREMIER = (date(2024, 1, 1), date(2024, 12, 31))
_INITIAL, _APPORT = 12_000_000, 4_550_050
DEPARTEMENT = Departement(
    nom="Exemple",
    president="Camille EXEMPLE",
    qualite_president="Présidente du Conseil départemental",
    signataire="Dominique EXEMPLE",
    qualite_signataire="Directrice des Politiques d’Inclusion Durable",
    siege="Hôtel du Département, 1 place de l’Exemple, 62000 Arras",
    lieu="Arras",
    pole="Pôle Solidarités",
    direction="Direction des Politiques d’Inclusion Durable",
)
BENEFICIAIRE = Beneficiaire(
    nom="Association Exemple",
    forme="Association",
    siret="99900001100018",
    adresse="2 rue de l’Exemple",
    code_postal="62000",
    commune="Arras",
    representant="Claude EXEMPLE",
    qualite="Présidente",
    date_deliberation=date(2024, 10, 15),
)


def exemple(modele: str) -> Acte:
    """Make a fictitious act after a model, whole: nothing is missing in it.

    Raises:
        KeyError: there is no such model.
    """
    parametres = MODELES_ACTE[modele]
    rang = 1 if parametres.avenant else 0
    debut, fin = (_PREMIER[0], _AN[1]) if parametres.avenant else _AN
    return Acte(
        id=0,
        numero="2024-00001",
        rang=rang,
        modele=modele,
        objet="Accompagnement des publics",
        departement=DEPARTEMENT,
        beneficiaire=BENEFICIAIRE,
        autorisation=Autorisation("2024-587", "Commission permanente", date(2024, 12, 9)),
        debut=debut,
        fin=fin,
        tranches=_amounts(modele),
        fiches=tuple(_sheet(modele, annexe, n) for n, annexe in enumerate(sorted(parametres.annexes), start=1)),
        convention_signee_le=date(2024, 2, 12) if parametres.avenant else None,
        convention_objet="Accompagnement des publics" if parametres.avenant else "",
    )


def exemples(nom: str) -> tuple[Acte, ...]:
    """Make an act of each model that a template prints: ``convention``, or ``avenant`` with its six models."""
    codes = [CONVENTION] if nom == CONVENTION else [code for code in MODELES_ACTE if code != CONVENTION]
    return tuple(exemple(code) for code in codes)


def _amounts(modele: str) -> tuple[Tranche, ...]:
    parametres = MODELES_ACTE[modele]
    if not parametres.avenant:
        return (Tranche(0, *_AN, _APPORT, "C02-446A05", "6568/93446"),)
    initiale = Tranche(0, *_PREMIER, _INITIAL, "C02-446A05", "6568/93446")
    apport = Tranche(1, *_AN, _APPORT, "C02-446A05", "6568/93446")
    return (initiale,) if parametres.cout is Cout.AUCUN else (initiale, apport)


def _sheet(modele: str, annexe: int, rang: int) -> FicheAnnexee:
    fiche = FicheAction(
        id=rang,
        version=1,
        dispositif_id=rang,
        dispositif=f"1.{rang} – Action d’exemple {rang}",
        rang=1,
        titre=f"Action d’exemple {rang}",
        public="Les bénéficiaires du RSA qui résident dans le département.",
        objectifs="- accueillir ;\n- orienter ;\n- accompagner.",
        deroulement="L’action se déroule en trois temps : accueil, diagnostic, suivi.",
        bilan="Un bilan final est remis à la fin de l’action.",
        indicateurs=(Indicateur("Nombre de personnes accueillies", "120"),),
        publiee_le=date(2024, 12, 9),
    )
    montants = () if MODELES_ACTE[modele].cout is Cout.AUCUN and MODELES_ACTE[modele].avenant else (_APPORT,)
    verses = phrases(prevoir(MODELES_ECHEANCIER["avenant"], _APPORT, Cadre(*_AN)), _signed(modele)) if montants else ()
    return FicheAnnexee(annexe, fiche, *_AN, montants, "Arrageois", 120, "personne", 150, "C02-446A05", verses)


def _signed(modele: str) -> str:
    return "de l’avenant" if MODELES_ACTE[modele].avenant else "de la convention"
