"""The controls of the act itself: number, dates, opinions of the committees, visas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.deliberations import Visa
from inclusion_desk.domain.text import enumerer, fold, format_date

_NUMERO = re.compile(r"(\d{4})-\d+")


def _numero(vue: Vue) -> Iterator[Constat]:
    """Point at a vote without a number: the act can neither be sent nor cited (@CTES asks for one)."""
    deliberation = vue.dossier.deliberation
    if (deliberation.issue or deliberation.votes) and not deliberation.numero.strip():
        yield Constat(
            "DEL-01",
            Gravite.ATTENTION,
            "Le vote est saisi et la délibération n’a pas de numéro : donnez-lui celui du registre.",
        )


def _annee(vue: Vue) -> Iterator[Constat]:
    """Check that the number carries the year of the sitting (the case: 2024-587, 9 December 2024)."""
    trouve, jour = _NUMERO.fullmatch(vue.dossier.deliberation.numero.strip()), vue.dossier.seance.jour
    if trouve and jour and int(trouve[1]) != jour.year:
        yield Constat(
            "DEL-02",
            Gravite.ATTENTION,
            f"La délibération n° {trouve[0]} porte une autre année que la séance du {format_date(jour)} : corrigez le "
            "numéro ou la date.",
        )


def _signature(vue: Vue) -> Iterator[Constat]:
    """Check that the act is not signed before it is voted."""
    signature, jour = vue.dossier.deliberation.date_signature, vue.dossier.seance.jour
    if signature and jour and signature < jour:
        yield Constat(
            "DEL-03",
            Gravite.ATTENTION,
            f"La délibération est signée le {format_date(signature)}, avant la séance du {format_date(jour)} : "
            "corrigez l’une des deux dates.",
        )


def _rectification(vue: Vue) -> Iterator[Constat]:
    """Check that a correction replaces another act, voted before."""
    deliberation, jour = vue.dossier.deliberation, vue.dossier.seance.jour
    rectifiee = deliberation.rectifie
    if rectifiee is None:
        return
    meme = rectifiee.numero.strip() == deliberation.numero.strip() != ""
    tard = bool(jour and rectifiee.jour and rectifiee.jour > jour)
    if meme or tard:
        quoi = "porte le même numéro que celle-ci" if meme else "a été votée après celle-ci"
        yield Constat(
            "DEL-04",
            Gravite.ATTENTION,
            f"La délibération n° {rectifiee.numero}, à remplacer, {quoi} : vérifiez le numéro et la date.",
        )


def _sans_avis(vue: Vue) -> Iterator[Constat]:
    """Point at a report on which no committee gave its opinion (two did in the case, l.69)."""
    if not vue.dossier.deliberation.avis:
        preparation = vue.dossier.projet and vue.dossier.etat == "preparation"
        yield Constat(
            "AVI-01",
            Gravite.INFORMATION if preparation else Gravite.ATTENTION,
            "Aucun avis de commission n’est enregistré : ajoutez ceux des commissions saisies du rapport.",
        )


def _avis_tardif(vue: Vue) -> Iterator[Constat]:
    """Check that opinions come before the vote."""
    jour = vue.dossier.seance.jour
    for avis in vue.dossier.deliberation.avis if jour else ():
        if jour and avis.jour > jour:
            yield Constat(
                "AVI-02",
                Gravite.ATTENTION,
                f"L’avis de la {avis.commission} est daté du {format_date(avis.jour)}, après la séance du "
                f"{format_date(jour)} : corrigez l’une des deux dates.",
            )


def _avis_reserve(vue: Vue) -> Iterator[Constat]:
    """Tell which committees did not agree plainly."""
    for avis in vue.dossier.deliberation.avis:
        sens = fold(avis.sens)
        if sens.startswith("defavorable") or "reserve" in sens:
            defavorable = sens.startswith("defavorable")
            yield Constat(
                "AVI-03",
                Gravite.ATTENTION if defavorable else Gravite.INFORMATION,
                f"La {avis.commission} a rendu un avis {'défavorable' if defavorable else 'favorable avec réserve'} : "
                "vérifiez que le rapport en tient compte.",
            )


def _avis_sans_sens(vue: Vue) -> Iterator[Constat]:
    """Tell which opinions are recorded without saying what they are (the case’s visas do not say)."""
    muets = [f"la {avis.commission}" for avis in vue.dossier.deliberation.avis if not avis.sens.strip()]
    if muets:
        yield Constat(
            "AVI-04",
            Gravite.INFORMATION,
            f"Le sens de l’avis n’est pas renseigné pour {enumerer(muets)} : indiquez s’il est favorable.",
        )


def _visas_manquants(vue: Vue) -> Iterator[Constat]:
    """Check that the act cites the code it rests on and the report it follows (the case, l.36 and l.66)."""
    natures = {visa.nature for visa in vue.dossier.deliberation.visas}
    quoi = {
        (False, False): "ni code ni rapport",
        (False, True): "aucun code ni aucune loi",
        (True, False): "pas le rapport du Président",
    }.get(("code" in natures, "rapport" in natures))
    if quoi:
        yield Constat("VIS-01", Gravite.ATTENTION, f"La délibération ne vise {quoi} : complétez les visas.")


def _visas_en_double(vue: Vue) -> Iterator[Constat]:
    """Point at references cited twice: one code may be, for other articles (the case, l.36 and l.38)."""
    fois = Counter(_cle(visa) for visa in vue.dossier.deliberation.visas)
    cites = {_cle(visa): _nommer(visa) for visa in vue.dossier.deliberation.visas}
    for cle, nombre in fois.items():
        if nombre > 1:
            yield Constat(
                "VIS-02", Gravite.ATTENTION, f"Le visa {guillemets(cites[cle])} figure {nombre} fois : gardez-en un."
            )


def _cle(visa: Visa) -> tuple[str, ...]:
    if visa.nature == "deliberation" and visa.numero:
        return (visa.nature, visa.numero)
    return (visa.nature, fold(visa.objet), fold(visa.articles))


def _nommer(visa: Visa) -> str:
    return f"délibération n° {visa.numero}" if visa.nature == "deliberation" and visa.numero else visa.objet


def _visa_posterieur(vue: Vue) -> Iterator[Constat]:
    """Check that what the act rests on came before it."""
    jour = vue.dossier.seance.jour
    for visa in vue.dossier.deliberation.visas if jour else ():
        if jour and visa.jour and visa.jour > jour:
            yield Constat(
                "VIS-03",
                Gravite.ATTENTION,
                f"Le visa {guillemets(_nommer(visa))} est daté du {format_date(visa.jour)}, après la séance du "
                f"{format_date(jour)} : vérifiez sa date.",
            )


def _visa_incoherent(vue: Vue) -> Iterator[Constat]:
    """Check that the deliberations cited have a number and a date, of one year."""
    for visa in vue.dossier.deliberation.visas:
        if visa.nature != "deliberation":
            continue
        trouve = _NUMERO.fullmatch(visa.numero.strip())
        manques = [nom for nom, valeur in (("de numéro", visa.numero), ("de date", visa.jour)) if not valeur]
        if manques:
            phrase = (
                f"La délibération visée {guillemets(visa.objet)} n’a pas {' ni '.join(manques)} : complétez le visa."
            )
        elif trouve and visa.jour and int(trouve[1]) != visa.jour.year:
            phrase = (
                f"La délibération visée n° {visa.numero} est datée du {format_date(visa.jour)}, une autre année : "
                "vérifiez le numéro et la date."
            )
        else:
            continue
        yield Constat("VIS-04", Gravite.ATTENTION, phrase)


_CTES = "Transmission @CTES : numéro de l’acte"
_USAGE = "Règle de la maison"
CONTROLES_DELIBERATION = (
    Controle("DEL-01", "Numéro de la délibération", _numero, _CTES),
    Controle("DEL-02", "Année de la délibération", _annee, _USAGE),
    Controle("DEL-03", "Date de signature", _signature, _USAGE),
    Controle("DEL-04", "Délibération remplacée", _rectification, _USAGE),
    Controle("AVI-01", "Avis des commissions", _sans_avis, "Délibération n° 2024-587, visas"),
    Controle("AVI-02", "Date des avis", _avis_tardif, _USAGE),
    Controle("AVI-03", "Avis défavorable ou réservé", _avis_reserve, _USAGE),
    Controle("AVI-04", "Sens des avis", _avis_sans_sens, _USAGE),
    Controle("VIS-01", "Visas manquants", _visas_manquants, "Délibération n° 2024-587, visas"),
    Controle("VIS-02", "Visa en double", _visas_en_double, _USAGE),
    Controle("VIS-03", "Date des visas", _visa_posterieur, _USAGE),
    Controle("VIS-04", "Délibérations visées", _visa_incoherent, _USAGE),
)
"""The rules of the act, of the opinions and of the visas, in the order in which they are shown."""
