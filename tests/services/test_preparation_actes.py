"""The acts of an adopted phase, prepared from its lines: those of the case one by one, all or none, two stations."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inclusion_desk.domain.actes_proposes import ActePropose
from inclusion_desk.domain.preparation import manquants
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import conventions, edition, preparation_actes, verification
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import actes, fiches, rows, tables
from inclusion_desk.store import conventions as rangees
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, dossier, jouer, nouvelle_phase
from tests.services.gestes_actes import changer, creee, deplacer, ecourter, nommee, preparer, signer, toutes

MODELES = {
    "2024-00901": "5", "2024-00902": "5", "2024-00903": "5", "2024-00904": "5", "2024-00905": "6", "2024-00906": "6",
    "2024-00907": "7", "2024-00908": "7", "2024-00920": "8", "2024-00921": "8", "2024-00922": "8", "2024-00923": "8",
    "2024-00924": "8", "2024-00925": "8", "2024-00926": "9", "2024-00927": "9", "2024-01213": "10",
}  # fmt: skip
"""The model of each avenant of the case, by the convention that it amends."""
APPORTS = {
    "2024-00901": 0, "2024-00902": 0, "2024-00903": 0, "2024-00904": 0, "2024-00905": 6_916_500,
    "2024-00906": 5_763_700, "2024-00907": 5_533_200, "2024-00908": 4_611_000, "2024-00920": 5_072_100,
    "2024-00921": 4_149_900, "2024-00922": 4_841_500, "2024-00923": 3_919_300, "2024-00924": 4_380_400,
    "2024-00925": 3_688_800, "2024-00926": 4_611_000, "2024-00927": 3_227_600, "2024-01213": 7_985_000,
}  # fmt: skip
"""What each brings, in cents."""
ANNEXES = {"5": [2], "6": [2, 3], "7": [2, 3], "8": [2], "9": [2], "10": [2]}
CONVENTIONS = [
    ("2024-00001", "CCAS de Liévin", 6_500_000), ("2024-00002", "Structure exemple 17", 3_000_000),
    ("2024-00003", "Structure exemple 18", 4_117_500), ("2024-00004", "Structure exemple 19", 2_882_300),
    ("2024-00005", "Structure exemple 20", 3_150_000), ("2024-00006", "Structure exemple 21", 2_772_000),
]  # fmt: skip
TOTAL = 87_121_800


def examiner(desk: Desk) -> tuple[ActePropose, ...]:
    return desk.read(preparation_actes.examiner, PHASE)


def faits(desk: Desk) -> list[tuple[Any, ...]]:
    """Read everything that acts are made of, whatever their ids."""

    def read(session: Session) -> list[tuple[Any, ...]]:
        noms = {c.id: c.numero for c in rangees.load(session)}
        rangs = {a.id: a.rang for a in rangees.load_avenants(session)}
        lus: list[tuple[Any, ...]] = [
            (c.numero, c.structure_id, c.objet, c.debut, c.fin, c.etat, c.montant) for c in rangees.load(session)
        ]
        lus += [
            (a.convention_numero, a.rang, a.modele, a.objet, a.debut, a.fin) for a in rangees.load_avenants(session)
        ]
        for table in (tables.tranche, tables.fiche_annexee, tables.acte_ligne):
            for r in session.execute(select(table)).mappings():
                reste = {k: v for k, v in r.items() if k not in {"id", "convention_id", "avenant_id"}}
                lus.append((table.name, noms[r["convention_id"]], rangs.get(r["avenant_id"]), tuple(reste.items())))
        return sorted(lus, key=repr)

    return desk.read(read)


def compter(desk: Desk) -> tuple[int, int]:
    return len([c for c in toutes(desk) if not c.externe]), len(desk.read(rangees.load_avenants))


def test_the_case_calls_for_seventeen_avenants_and_six_conventions(amendable: Desk) -> None:
    proposes = examiner(amendable)
    assert {p.convention.numero: p.modele for p in proposes if p.convention} == MODELES
    assert [p.modele for p in proposes if p.nature == "convention"] == ["convention"] * 6
    assert all(p.pret for p in proposes), [p.manques for p in proposes]
    assert sum(p.montant for p in proposes) == TOTAL
    carried = [li.proposition_id for p in proposes for li in p.lignes]
    assert sorted(carried) == sorted(li.proposition_id for li in dossier(amendable).lignes)


def test_each_avenant_of_the_case_has_its_model_its_amount_and_its_annexes(amendable: Desk) -> None:
    preparer(amendable)
    lus = amendable.read(rangees.load_avenants)
    assert {a.convention_numero: a.modele for a in lus} == MODELES
    assert {a.convention_numero: a.montant for a in lus} == APPORTS
    for un in lus:
        annexes = [a.numero for a in amendable.read(rangees.load_annexes, un.convention_id) if a.rang == 1]
        assert (un.rang, un.etat, annexes) == (1, "projet", ANNEXES[un.modele])


def test_each_convention_of_the_case_has_its_number_and_its_amount(amendable: Desk) -> None:
    preparer(amendable)
    siennes = [c for c in toutes(amendable) if not c.externe]
    lues = [(c.numero, c.structure_nom.split(" –")[0], c.montant) for c in siennes]
    assert lues == CONVENTIONS
    assert {(c.etat, c.phase_reference) for c in siennes} == {("projet", "2024/6")}
    assert sum(c.montant for c in siennes) + sum(APPORTS.values()) == TOTAL


def test_in_model_7_the_sheets_cross(amendable: Desk) -> None:
    """Équilibré takes annexe 2 and accueil annexe 3 (the case, annexe 7), the other way round from model 6."""
    preparer(amendable)
    titres = {
        numero: {
            a.numero: a.titre for a in amendable.read(rangees.load_annexes, nommee(amendable, numero).id) if a.rang
        }
        for numero in ("2024-00905", "2024-00907")
    }
    assert titres["2024-00905"][2] == titres["2024-00907"][3]
    assert titres["2024-00905"][3] == titres["2024-00907"][2]
    assert titres["2024-00905"][2] != titres["2024-00905"][3]


@pytest.mark.parametrize(
    ("numero", "terme", "montant", "annexes"),
    [
        ("2024-00901", date(2025, 12, 31), 26_640_000, {2: 1}),
        ("2024-00905", date(2025, 12, 31), 18_648_000 + 6_916_500, {2: 1, 3: 1}),
        ("2024-00907", date(2025, 12, 31), 15_984_000 + 5_533_200, {2: 1, 3: 1}),
        ("2024-00920", date(2025, 12, 31), 20_290_000 + 5_072_100, {2: 1}),
        ("2024-00926", date(2025, 6, 30), 9_220_000 + 4_611_000, {2: 1}),
        ("2024-01213", date(2025, 12, 31), 41_807_674, {2: 1}),
    ],
)
def test_a_convention_comes_to_what_each_model_makes_of_it(
    amendable: Desk, numero: str, terme: date, montant: int, annexes: dict[int, int]
) -> None:
    preparer(amendable)
    chaine = amendable.read(conventions.lire, nommee(amendable, numero).id)
    apres = chaine.etapes[-1]
    assert (apres.fin, apres.montant) == (terme, montant)
    assert {a.numero: a.rang for a in apres.annexes} == annexes
    assert chaine.en_vigueur == chaine.etapes[0]
    assert nommee(amendable, numero).terme == chaine.convention.fin


def test_the_term_and_amount_in_force_follow_the_signatures(amendable: Desk) -> None:
    preparer(amendable)
    une = nommee(amendable, "2024-00926")
    assert (une.terme, une.montant) == (date(2024, 12, 31), 9_220_000)
    (un,) = amendable.read(rangees.load_avenants, convention_id=une.id)
    signer(amendable, "avenants", un.id)
    une = nommee(amendable, "2024-00926")
    assert (une.terme, une.montant) == (date(2025, 6, 30), 13_831_000)


def test_the_real_avenant_says_what_the_case_prints(amendable: Desk) -> None:
    preparer(amendable)
    (un,) = amendable.read(rangees.load_avenants, convention_id=nommee(amendable, "2024-01213").id)
    acte = amendable.read(actes.load, un.convention_id, un.id)
    assert (acte.montant, acte.apport, acte.debut, acte.fin) == (
        41_807_674, 7_985_000, date(2023, 7, 1), date(2025, 12, 31),
    )  # fmt: skip
    (fiche,) = acte.fiches
    assert (fiche.annexe, fiche.montants, fiche.etp, fiche.code_operation) == (
        2, (33_822_674, 7_985_000), 120, "C02-446A05",
    )  # fmt: skip
    assert acte.convention_signee_le == date(2024, 8, 14)
    assert acte.autorisation is not None
    assert acte.autorisation.numero == "2024-587"


def test_every_act_of_the_case_but_one_is_whole(amendable: Desk) -> None:
    """The case says nothing of the CCAS de Liévin beyond its name."""
    preparer(amendable)
    manques = {
        p.structure: manquants(amendable.read(actes.load, *p.fait)) for p in examiner(amendable) if p.fait is not None
    }
    assert len(manques) == 23
    assert [nom for nom, quoi in manques.items() if quoi] == ["CCAS de Liévin"]


def test_preparing_is_undone_and_redone_with_the_same_numbers(amendable: Desk) -> None:
    avant = faits(amendable)
    fait = preparer(amendable)
    apres = faits(amendable)
    defait = jouer(amendable, fait.inverse)
    assert faits(amendable) == avant
    refait = jouer(amendable, defait.inverse)
    assert faits(amendable) == apres
    jouer(amendable, refait.inverse)
    assert faits(amendable) == avant
    assert amendable.read(verification.anomalies) == ()


def test_prepared_in_two_batches_the_numbers_follow(amendable: Desk) -> None:
    proposes = examiner(amendable)
    nouvelles = [p.cle for p in proposes if p.nature == "convention"]
    amendable.do(preparation_actes.preparer, PHASE, nouvelles[3:])
    amendable.do(preparation_actes.preparer, PHASE, nouvelles[:3])
    assert [c.numero for c in toutes(amendable) if not c.externe] == [numero for numero, _, _ in CONVENTIONS]
    encore = examiner(amendable)
    assert sum(p.fait is not None for p in encore) == 6
    assert encore[-1].prepare is not None
    assert encore[-1].prepare.libelle.startswith("Convention 2024-0000")


def test_the_undoing_of_a_first_batch_is_refused_after_a_second(amendable: Desk) -> None:
    nouvelles = [p.cle for p in examiner(amendable) if p.nature == "convention"]
    premier = amendable.do(preparation_actes.preparer, PHASE, nouvelles[:3])
    amendable.do(preparation_actes.preparer, PHASE, nouvelles[3:])
    avant = faits(amendable)
    with pytest.raises(Refus, match="n’est pas la dernière de l’année"):
        jouer(amendable, premier.inverse)
    assert faits(amendable) == avant


def test_acts_prepared_are_not_taken_back_once_one_went_out(amendable: Desk) -> None:
    fait = preparer(amendable)
    une = nommee(amendable, "2024-00002")
    deplacer(amendable, "conventions", une.id, "envoyer")
    avant = faits(amendable)
    with pytest.raises(Refus, match=r"2024-00002 est à la signature"):
        jouer(amendable, fait.inverse)
    assert faits(amendable) == avant


def _nouvelle_fiche(desk: Desk, dispositif_id: int) -> int:
    """Write a second version of a sheet, not published."""
    modele = desk.read(fiches.in_force, [dispositif_id])[dispositif_id]
    valeurs = {"dispositif_id": dispositif_id, "titre": f"{modele.titre} (suite)", "public": "Autre public"}
    return desk.do(edition.create, "fiches", PHASE, valeurs).ids["fiches"][0]


def test_acts_carry_the_sheet_in_force_when_they_were_prepared(amendable: Desk) -> None:
    dispositif_id = examiner(amendable)[0].dispositifs[0].dispositif_id
    premiere = amendable.read(fiches.in_force, [dispositif_id])[dispositif_id]
    suite = _nouvelle_fiche(amendable, dispositif_id)
    assert amendable.read(fiches.in_force, [dispositif_id])[dispositif_id] == premiere
    preparer(amendable)

    def publish(session: Session) -> Changes:
        rows.update_values(session, tables.fiche, suite, {"publiee_le": date(2025, 2, 1)})
        return Changes("essai", {})

    amendable.do(publish)
    fait = examiner(amendable)[0].fait
    assert fait is not None
    assert amendable.read(actes.load, *fait).fiches[0].fiche.rang == premiere.rang
    assert amendable.read(fiches.in_force, [dispositif_id])[dispositif_id].rang == premiere.rang + 1


MANQUES = {
    "no such convention": ("2024-01213", None, "la convention 2024-01213 n’est pas enregistrée"),
    "one that ended": ("2024-01213", "resiliee", "ne reçoit pas d’avenant : elle est résiliée"),
    "one not signed": ("2024-01213", "projet", "ne reçoit pas d’avenant : elle n’est pas signée"),
}


@pytest.mark.parametrize("cas", MANQUES)
def test_one_act_that_lacks_something_and_none_is_made(amendable: Desk, cas: str) -> None:
    numero, etat, phrase = MANQUES[cas]
    une = nommee(amendable, numero)
    if etat is None:
        amendable.do(edition.delete, "conventions", (une.id,))
    elif etat == "resiliee":
        deplacer(amendable, "conventions", une.id, "resilier")
    else:
        amendable.do(edition.delete, "conventions", (une.id,))
        creee(amendable, externe=True, numero=numero, structure_id=une.structure_id)
    avant = faits(amendable)
    cles = [p.cle for p in examiner(amendable)]
    rang, structure = next((p.rang, p.structure) for p in examiner(amendable) if p.manques)
    with pytest.raises(Refus, match=f"^Ligne {rang} – {structure} : .*{phrase}.*Aucun acte n’a été préparé"):
        amendable.do(preparation_actes.preparer, PHASE, cles)
    assert faits(amendable) == avant
    prets = [p.cle for p in examiner(amendable) if p.pret]
    assert len(prets) == 22
    amendable.do(preparation_actes.preparer, PHASE, prets)
    assert compter(amendable) == (6, 16)


def test_a_convention_of_another_structure_or_too_short_is_told(amendable: Desk) -> None:
    autre = nommee(amendable, "2024-00901")
    changer(amendable, "conventions", autre.id, structure_id=nommee(amendable, "2024-00902").structure_id)
    ecourter(amendable, "2024-00903", date(2025, 6, 30))
    (manque,) = [m for p in examiner(amendable) for m in p.manques]
    assert "celle d’une autre structure" in manque
    (prolonge,) = [p for p in examiner(amendable) if p.reserve]
    assert prolonge.convention is not None
    assert (prolonge.convention.numero, prolonge.modele) == ("2024-00903", "9")
    with pytest.raises(Refus, match=r"après la fin de la convention \(30/06/2025\)"):
        amendable.do(preparation_actes.preparer, PHASE, [prolonge.cle], {prolonge.cle: "5"})


def test_an_act_prepared_is_not_prepared_twice(amendable: Desk) -> None:
    cles = [p.cle for p in examiner(amendable)]
    preparer(amendable)
    avant = faits(amendable)
    with pytest.raises(Refus, match="déjà préparé"):
        amendable.do(preparation_actes.preparer, PHASE, cles[:1])
    assert faits(amendable) == avant
    with pytest.raises(Refus, match="Aucun acte à préparer"):
        amendable.do(preparation_actes.preparer, PHASE, ["inconnue"])


def test_a_phase_that_is_not_adopted_calls_for_no_act(amendable: Desk) -> None:
    suivante = nouvelle_phase(amendable)
    assert amendable.read(preparation_actes.examiner, suivante) == ()
    with pytest.raises(Refus, match="la phase n’est pas adoptée"):
        amendable.do(preparation_actes.preparer, suivante, ["convention-1-"])


def test_two_stations_preparing_at_once_put_no_line_in_two_acts(amendable: Desk, conventionnee: str) -> None:
    cles = [p.cle for p in examiner(amendable)]
    postes = [ouvrir(conventionnee) for _ in range(2)]
    depart, issues = threading.Barrier(2), ["", ""]

    def agir(rang: int) -> None:
        depart.wait()
        try:
            postes[rang].do(preparation_actes.preparer, PHASE, cles if rang else cles[::-1])
        except Refus as refus:
            issues[rang] = str(refus)
        except Exception as erreur:  # noqa: BLE001 - anything else is what the test is after
            issues[rang] = f"bug: {erreur!r}"

    taches = [threading.Thread(target=agir, args=(rang,)) for rang in range(2)]
    for tache in taches:
        tache.start()
    for tache in taches:
        tache.join()
    for poste in postes:
        poste.close()
    assert sorted(map(bool, issues)) == [False, True], issues
    assert "déjà préparé" in "".join(issues)
    assert compter(amendable) == (6, 17)
    assert [c.numero for c in toutes(amendable) if not c.externe] == [numero for numero, _, _ in CONVENTIONS]
    assert amendable.read(verification.anomalies) == ()


def test_two_stations_preparing_half_each_at_once_both_succeed(amendable: Desk, conventionnee: str) -> None:
    cles = [p.cle for p in examiner(amendable)]
    postes = [ouvrir(conventionnee) for _ in range(2)]
    taches = [
        threading.Thread(target=poste.do, args=(preparation_actes.preparer, PHASE, cles[rang::2]))
        for rang, poste in enumerate(postes)
    ]
    for tache in taches:
        tache.start()
    for tache in taches:
        tache.join()
    for poste in postes:
        poste.close()
    assert compter(amendable) == (6, 17)
    assert [c.numero for c in toutes(amendable) if not c.externe] == [numero for numero, _, _ in CONVENTIONS]


def test_the_lines_of_an_act_deleted_may_be_prepared_again(amendable: Desk) -> None:
    preparer(amendable)
    (un,) = amendable.read(rangees.load_avenants, convention_id=nommee(amendable, "2024-01213").id)
    amendable.do(edition.delete, "avenants", (un.id,))
    (encore,) = [p for p in examiner(amendable) if p.pret]
    amendable.do(preparation_actes.preparer, PHASE, [encore.cle])
    (refait,) = amendable.read(rangees.load_avenants, convention_id=nommee(amendable, "2024-01213").id)
    assert (refait.rang, refait.modele, refait.montant) == (un.rang, un.modele, un.montant)
