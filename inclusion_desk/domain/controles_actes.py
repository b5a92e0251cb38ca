"""The controls of the acts that lines call for: avenants, conventions, and the annexes joined for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from inclusion_desk.domain.annexes import modeles_sans_annexe
from inclusion_desk.domain.constats import Constat, Controle, Gravite, cibles_lignes, dire_lignes
from inclusion_desk.domain.controles_mots import citer, guillemets
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.dossier import Ligne
from inclusion_desk.domain.modeles_actes import nommer
from inclusion_desk.domain.text import enumerer, pluriel


def _avenant_incomplet(vue: Vue) -> Iterator[Constat]:
    """Check that an avenant names the convention it amends and its model."""
    avenants = [li for li in vue.lignes if li.acte == "avenant" and not (li.convention_initiale and li.modele)]
    groupes: dict[str, list[Ligne]] = defaultdict(list)
    for ligne in avenants:
        manques = () if ligne.convention_initiale else ("la convention initiale",)
        groupes[" ni ".join((*manques, *(() if ligne.modele else ("le modèle d’avenant",))))].append(ligne)
    for manque, lignes in groupes.items():
        if len(lignes) == 1:
            sujet = f"L’avenant de la structure {guillemets(lignes[0].structure)} ne mentionne pas"
        else:
            sujet = f"{len(lignes)} avenants ({citer((li.structure for li in lignes), 'structure')}) ne mentionnent pas"
        yield Constat("ACT-01", Gravite.ATTENTION, f"{sujet} {manque} : complétez.", cibles_lignes(lignes))


def _modele_sans_annexe(vue: Vue) -> Iterator[Constat]:
    """Check that each model of avenant used is joined to the deliberation (the case, l.113)."""
    modeles = modeles_sans_annexe(vue.dossier)
    if modeles:
        lignes = [li for li in vue.lignes if li.acte == "avenant" and li.modele in modeles]
        quoi = pluriel(len(modeles), "Le modèle d’avenant", "Les modèles d’avenant")
        noms = enumerer([nommer(code) for code in modeles])
        verbe = pluriel(len(modeles), "n’est joint", "ne sont joints")
        yield Constat(
            "ACT-02",
            Gravite.ATTENTION,
            f"{quoi} {noms} {verbe} à aucune annexe : joignez le projet, ou changez le modèle "
            f"{pluriel(len(lignes), 'de la proposition', 'des propositions')}.",
            cibles_lignes(lignes),
        )


def _deux_annees(vue: Vue) -> Iterator[Constat]:
    """Point at a structure whose convention has one rank under two years (the case: 2022 in a title, 2024 below)."""
    for structure in vue.structures:
        numeros = {li.convention_initiale for li in structure.lignes if li.convention_initiale}
        rangs = Counter(numero[5:] for numero in numeros)
        doubles = sorted(numero for numero in numeros if rangs[numero[5:]] > 1)
        if doubles:
            yield Constat(
                "ACT-03",
                Gravite.ATTENTION,
                f"La convention de la structure {guillemets(structure.premiere.structure)} porte plusieurs années "
                f"({enumerer(doubles)}) : gardez le bon numéro.",
                cibles_lignes(li for li in structure.lignes if li.convention_initiale in doubles),
            )


def _convention_partagee(vue: Vue) -> Iterator[Constat]:
    """Point at one number of convention given to several structures: a convention binds one."""
    par_numero: dict[str, set[int]] = defaultdict(set)
    for ligne in vue.lignes:
        if ligne.convention_initiale:
            par_numero[ligne.convention_initiale].add(ligne.structure_id)
    partages = {numero for numero, structures in par_numero.items() if len(structures) > 1}
    if partages:
        lignes = [li for li in vue.lignes if li.convention_initiale in partages]
        quoi = pluriel(len(partages), "Un même numéro de convention est donné", "Des numéros de convention sont donnés")
        yield Constat(
            "ACT-04",
            Gravite.ATTENTION,
            f"{quoi} à plusieurs structures ({citer(sorted(partages))}) : vérifiez la convention initiale.",
            cibles_lignes(lignes),
        )


def _convention_amendee(vue: Vue) -> Iterator[Constat]:
    """Point at conventions to be signed that already name a convention to amend or a model of avenant."""
    lignes = [li for li in vue.lignes if li.acte != "avenant" and (li.convention_initiale or li.modele)]
    if lignes:
        yield Constat(
            "ACT-05",
            Gravite.INFORMATION,
            f"{dire_lignes(lignes, 'mentionne', 'mentionnent')} une convention initiale ou un modèle d’avenant sans "
            "être un avenant : changez l’acte, ou videz ces champs.",
            cibles_lignes(lignes),
        )


def _modele_convention(vue: Vue) -> Iterator[Constat]:
    """Point at conventions whose model is not dated: an article cites when it was adopted (the case, l.105)."""
    if vue.dossier.deliberation.date_modele_convention is None:
        lignes = [li for li in vue.lignes if li.acte == "convention"]
        if lignes:
            yield Constat(
                "ACT-06",
                Gravite.INFORMATION,
                "La date d’adoption du modèle type de convention n’est pas renseignée : l’article qui autorise à "
                "signer les conventions ne citera aucun modèle.",
                cibles_lignes(lignes),
            )


def _lacunes(vue: Vue) -> Iterator[Constat]:
    """Point at gaps in the numbers of the annexes (the case has no heading for annexes 2 and 3)."""
    joints = {annexe.numero for annexe in vue.dossier.annexes}
    manquants = [str(n) for n in range(vue.repartition + 1, max(joints, default=0)) if n not in joints]
    if manquants:
        yield Constat(
            "ANX-01",
            Gravite.ATTENTION,
            f"{pluriel(len(manquants), 'L’annexe', 'Les annexes')} {enumerer(manquants)} "
            f"{pluriel(len(manquants), 'manque', 'manquent')} : la numérotation reprend plus loin. Joignez le texte "
            "attendu ou renumérotez les annexes jointes.",
        )


def _numeros_en_double(vue: Vue) -> Iterator[Constat]:
    """Check that each joined annexe has a number of its own."""
    fois = Counter(annexe.numero for annexe in vue.dossier.annexes)
    for numero, nombre in fois.items():
        if nombre > 1:
            titres = citer(annexe.titre for annexe in vue.dossier.annexes if annexe.numero == numero)
            yield Constat(
                "ANX-02",
                Gravite.ATTENTION,
                f"{nombre} annexes jointes portent le numéro {numero} ({titres}) : renumérotez-les.",
            )


def _numeros_reserves(vue: Vue) -> Iterator[Constat]:
    """Check that joined annexes come after those made from the lines (1 to 4 in the case)."""
    for annexe in vue.dossier.annexes:
        if annexe.numero <= vue.repartition:
            yield Constat(
                "ANX-03",
                Gravite.ATTENTION,
                f"L’annexe jointe {guillemets(annexe.titre)} porte le numéro {annexe.numero}, déjà celui d’une annexe "
                f"tirée des propositions : numérotez-la à partir de {vue.repartition + 1}.",
            )


def _annexe_vide(vue: Vue) -> Iterator[Constat]:
    """Point at joined annexes without a title or a text."""
    for annexe in vue.dossier.annexes:
        manques = [
            nom for nom, valeur in (("de titre", annexe.titre), ("de texte", annexe.texte)) if not valeur.strip()
        ]
        if manques:
            yield Constat(
                "ANX-04",
                Gravite.ATTENTION,
                f"L’annexe {annexe.numero} n’a pas {' ni '.join(manques)} : complétez-la ou retirez-la.",
            )


def _modeles_joints(vue: Vue) -> Iterator[Constat]:
    """Point at models of avenant that are joined twice, or that no line uses."""
    utiles = {li.modele for li in vue.lignes if li.acte == "avenant"}
    fois = Counter(annexe.modele for annexe in vue.dossier.annexes if annexe.modele)
    for annexe in vue.dossier.annexes:
        if annexe.modele and annexe.modele not in utiles:
            yield Constat(
                "ANX-05",
                Gravite.INFORMATION,
                f"L’annexe {annexe.numero} {guillemets(annexe.titre)} est un modèle d’avenant que n’emploie aucune "
                "proposition : retirez-la si elle est devenue inutile.",
            )
    for modele, nombre in fois.items():
        if nombre > 1:
            numeros = [str(a.numero) for a in vue.dossier.annexes if a.modele == modele]
            yield Constat(
                "ANX-05",
                Gravite.ATTENTION,
                f"Un même modèle d’avenant est joint aux annexes {enumerer(numeros)} : gardez-en une.",
            )


_CAS = "Délibération n° 2024-587"
CONTROLES_ACTES = (
    Controle("ACT-01", "Avenant complet", _avenant_incomplet, f"{_CAS}, article 5"),
    Controle("ACT-02", "Modèle d’avenant joint", _modele_sans_annexe, f"{_CAS}, article 5"),
    Controle("ACT-03", "Année de la convention initiale", _deux_annees, f"{_CAS}, annexes 7, 8 et 9"),
    Controle("ACT-04", "Convention partagée", _convention_partagee, "Une convention lie une structure"),
    Controle("ACT-05", "Acte et convention initiale", _convention_amendee, "Règle de la maison"),
    Controle("ACT-06", "Modèle type de convention", _modele_convention, f"{_CAS}, article 4"),
    Controle("ANX-01", "Suite des annexes", _lacunes, f"{_CAS}, annexes 2 et 3"),
    Controle("ANX-02", "Numéro d’annexe en double", _numeros_en_double, "Règle de la maison"),
    Controle("ANX-03", "Numéro d’annexe réservé", _numeros_reserves, "Règle de la maison"),
    Controle("ANX-04", "Annexe sans titre ou sans texte", _annexe_vide, f"{_CAS}, annexes 2 et 3"),
    Controle("ANX-05", "Modèles joints", _modeles_joints, "Règle de la maison"),
)
"""The rules of the acts and of the joined annexes, in the order in which they are shown."""
