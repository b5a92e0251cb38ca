"""The command line: the same use cases without a window, in French, with exit status 0, 1 (refusal) or 2 (usage)."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from inclusion_desk import __version__
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter, enumerer, pluriel, typo
from inclusion_desk.services.natures import DOCUMENTS, NATURES, Format

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.desk import Desk

REFUS, USAGE = 1, 2
_FORMATS = ("pdf", "docx", "xlsx", "tous")
ACTES = "actes"
"""The conventions and avenants of a phase, in a folder."""
_TRADUCTIONS = (
    (r"the following arguments are required: (.+)", r"il manque \1"),
    (r"unrecognized arguments: (.+)", rf"«{INSECABLE}\1{INSECABLE}» n’est pas reconnu"),
    (
        r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)",
        rf"\1{INSECABLE}: «{INSECABLE}\2{INSECABLE}» n’est pas un choix connu, prenez \3",
    ),
    (r"argument (\S+): expected one argument", r"\1 attend une valeur"),
    (r"argument (\S+): (.+)", rf"\1{INSECABLE}: \2"),
)


class _Mise(argparse.RawDescriptionHelpFormatter):
    """Help in French."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - argparse
        """Say « Utilisation : »."""
        super().add_usage(usage, actions, groups, f"Utilisation{INSECABLE}: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser whose help and errors are one French sentence."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(
            **{**options, "add_help": False, "formatter_class": _Mise, "allow_abbrev": False, "exit_on_error": True}
        )
        self._positionals.title = f"Arguments{INSECABLE}"
        self._optionals.title = f"Options{INSECABLE}"
        self.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """Refuse a command line in one sentence, status 2."""
        for anglais, francais in _TRADUCTIONS:
            if re.fullmatch(anglais, message):
                message = re.sub(anglais, francais, message.replace("'", ""))
                break
        self.exit(USAGE, f"inclusion-desk{INSECABLE}: {message}. Voir «{INSECABLE}{self.prog} --aide{INSECABLE}».\n")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    parser = _Parser(
        prog="inclusion-desk",
        description=f"Appel à projets, classeur et délibération{INSECABLE}: un montant se saisit une fois.",
        epilog="Sans commande, ouvre la fenêtre sur la base indiquée, sinon sur la vôtre.",
    )
    parser.add_argument("--version", action="version", version=__version__, help="affiche la version")
    parser.add_argument("--base", metavar="FICHIER|URL", help="la base à ouvrir (sinon INCLUSION_DESK_BASE)")
    commandes = parser.add_subparsers(
        dest="commande", metavar="COMMANDE", title=f"Commandes{INSECABLE}", parser_class=_Parser
    )
    _add_demo(commandes)
    _add_produire(commandes)
    _add_controler(commandes)
    _add_base(
        commandes.add_parser("verifier", help=f"vérifie la base{INSECABLE}: intégrité, schéma, compteurs, journal")
    )
    return parser


def _add_base(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", metavar="FICHIER|URL", required=True, help="la base à lire")


def _add_phase(parser: argparse.ArgumentParser) -> None:
    _add_base(parser)
    parser.add_argument("--phase", metavar="ANNÉE/NUMÉRO", required=True, help="la phase, par exemple 2024/6")


def _add_demo(commandes: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    demo = commandes.add_parser("demo", help="crée la base de démonstration et ses documents dans un dossier")
    demo.add_argument("dossier", metavar="DOSSIER", type=Path, help="le dossier à remplir")
    demo.add_argument("--sans-fenetre", action="store_true", help="n’ouvre pas la fenêtre ensuite")


def _add_produire(commandes: Any) -> None:  # noqa: ANN401 - idem
    produire = commandes.add_parser("produire", help="produit un document d’une phase")
    natures = (*NATURES, ACTES)
    produire.add_argument("nature", metavar="DOCUMENT", choices=natures, help=enumerer(natures))
    _add_phase(produire)
    produire.add_argument(
        "--sortie", metavar="FICHIER", type=Path, required=True, help="le fichier à écrire ; pour les actes, le dossier"
    )
    produire.add_argument(
        "--format",
        metavar="FORMAT",
        choices=_FORMATS,
        help="pdf ou docx (modifiable)\u00a0; sans précision, celui du nom du fichier, sinon pdf ; tous pour les actes",
    )
    produire.add_argument(
        "--poursuivre", action="store_true", help="met de côté les actes incomplets et produit les autres"
    )


def _add_controler(commandes: Any) -> None:  # noqa: ANN401 - idem
    controler = commandes.add_parser("controler", help=f"contrôle une phase{INSECABLE}; état 1 si un constat bloque")
    _add_phase(controler)
    controler.add_argument("--json", action="store_true", help="écrit les constats en JSON")


def run(options: argparse.Namespace) -> int:
    """Run a command that needs no window, and give back its exit status."""
    commandes = {"produire": _produire, "controler": _controler, "verifier": _verifier}
    try:
        return commandes[options.commande](options)
    except Refus as refus:
        print(typo(f"inclusion-desk : {refus}"), file=sys.stderr)
        return REFUS


def _produire(options: argparse.Namespace) -> int:
    from inclusion_desk.services import desk, phases, production  # noqa: PLC0415 - --help stays instant

    bureau = desk.ouvrir(options.base)
    try:
        phase = bureau.read(phases.trouver, options.phase)
        if options.nature == ACTES:
            return _produire_actes(bureau, phase, options)
        if options.format == "tous":
            raise Refus("Le format « tous » est celui des actes : choisissez pdf, docx ou xlsx.")
        extension = options.format or _format_of(options.sortie, DOCUMENTS[options.nature].formats)
        production.produire(bureau, options.nature, phase.id, options.sortie.absolute(), extension=extension)
    finally:
        bureau.close()
    print(f"{options.sortie}{INSECABLE}: produit, relu et conforme à la base.")
    return 0


def _produire_actes(bureau: Desk, phase: Phase, options: argparse.Namespace) -> int:
    """Produce the conventions and avenants of a phase in a folder; status 1 when some are set aside."""
    from inclusion_desk.services.production_actes import FormatActe  # noqa: PLC0415 - idem
    from inclusion_desk.services.production_phase import produire_phase  # noqa: PLC0415 - idem

    voulus: Mapping[str | None, tuple[FormatActe, ...]] = {
        None: ("pdf",), "pdf": ("pdf",), "docx": ("docx",), "tous": ("pdf", "docx"),
    }  # fmt: skip
    if options.format not in voulus:
        raise Refus("Les actes n’existent pas en XLSX : choisissez pdf, docx ou tous.")
    sortie, formats = options.sortie.absolute(), voulus[options.format]
    lot = produire_phase(bureau, phase, sortie, formats, lambda _fait, _total: None, poursuivre=options.poursuivre)
    print(typo(f"{options.sortie} : {lot.phrase}"))
    for phrase in (*lot.reserves, *lot.ecartes):
        print(typo(phrase), file=sys.stderr)
    return REFUS if lot.ecartes else 0


def _format_of(sortie: Path, formats: tuple[Format, ...]) -> Format | None:
    """Give the format that the name of a file asks for, if the document exists in it."""
    return next((f for f in formats if sortie.suffix.lower() == f".{f}"), None)


def _controler(options: argparse.Namespace) -> int:
    from inclusion_desk.domain.controles import bloquants  # noqa: PLC0415 - --help stays instant
    from inclusion_desk.services import controles, desk, phases  # noqa: PLC0415 - idem

    bureau = desk.ouvrir(options.base, lecture_seule=True)
    try:
        constats = bureau.read(controles.constats, bureau.read(phases.trouver, options.phase).id)
    finally:
        bureau.close()
    if options.json:
        print(json.dumps([_as_json(c) for c in constats], ensure_ascii=False, indent=1))
    else:
        for constat in constats:
            print(f"{constat.gravite.value:<12} {constat.code}  {typo(constat.phrase)}")
        print(f"Phase {options.phase}{INSECABLE}: {_summed(len(constats), bloquants(constats))}.")
    return REFUS if bloquants(constats) else 0


def _summed(nombre: int, graves: int) -> str:
    """Say how many findings there are, and how many of them block."""
    if not nombre:
        return "aucun constat"
    dont = f"{graves} qui {pluriel(graves, 'bloque', 'bloquent')}" if graves else "aucun ne bloque"
    return f"{compter(nombre, 'constat')}, dont {dont}"


def _as_json(constat: Any) -> dict[str, Any]:  # noqa: ANN401 - a Constat, imported on use
    cibles = [{"sujet": cible.sujet, "id": cible.id} for cible in constat.cibles]
    return {"code": constat.code, "gravite": constat.gravite.value, "phrase": constat.phrase, "cibles": cibles}


def _verifier(options: argparse.Namespace) -> int:
    from inclusion_desk.services import desk, verification  # noqa: PLC0415 - --help stays instant

    bureau = desk.ouvrir(options.base, lecture_seule=True)
    try:
        anomalies = bureau.read(verification.anomalies)
        tete = bureau.read(verification.tete_du_journal)
    finally:
        bureau.close()
    for anomalie in anomalies:
        print(typo(anomalie))
    if anomalies:
        print(
            f"{options.base}{INSECABLE}: {compter(len(anomalies), 'anomalie')}. Restaurez une sauvegarde.",
            file=sys.stderr,
        )
        return REFUS
    print(f"{options.base}{INSECABLE}: base saine. Journal {tete}.")
    return 0


def make_demo(dossier: Path) -> Path:
    """Make the demonstration base and its documents in a folder, saying where each is; gives back the base.

    A base already there is kept as it is.

    Raises:
        Refus: the folder cannot be written.
    """
    from inclusion_desk.services import demonstration, desk, phases, production  # noqa: PLC0415 - --help stays instant
    from inclusion_desk.services.fichiers import refus_ecriture  # noqa: PLC0415 - idem

    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        raise refus_ecriture(dossier, erreur) from erreur
    base = dossier.absolute() / "base.sqlite"
    deja = base.exists()
    demonstration.creer(base)
    print(f"Base de démonstration {'conservée' if deja else 'créée'}{INSECABLE}: {base}")
    bureau = desk.ouvrir(base)
    try:
        phase = bureau.read(phases.trouver, "2024/6")
        for nature in NATURES:
            cible = base.with_name(production.nom_du_document(bureau, nature, phase))
            production.produire(bureau, nature, phase.id, cible)
            print(f"Document produit, relu et conforme à la base{INSECABLE}: {cible}")
        _demo_acts(bureau, phase, base.with_name(ACTES))
    finally:
        bureau.close()
    return base


def _demo_acts(bureau: Desk, phase: Phase, dossier: Path) -> None:
    """Produce the conventions and avenants of the demonstration, unless they are there."""
    from inclusion_desk.services.production_phase import produire_phase  # noqa: PLC0415 - --help stays instant

    if dossier.exists():
        print(f"Actes conservés{INSECABLE}: {dossier}")
        return
    lot = produire_phase(bureau, phase, dossier, ("pdf", "docx"), lambda _fait, _total: None, poursuivre=True)
    print(typo(f"Actes produits : {lot.phrase}"))
    for ecarte in lot.ecartes:
        print(typo(ecarte))
