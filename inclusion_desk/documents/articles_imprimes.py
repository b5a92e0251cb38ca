"""The articles as the template words them, cut out of the deliberation: what one begins from when editing one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inclusion_desk.documents.blocks import Block, BulletList, Heading, KeepTogether, Paragraph, Runs, Style
from inclusion_desk.documents.deliberation import deliberation_blocks
from inclusion_desk.domain.dossier import DossierSeance

_ARTICLE = re.compile(r"Article[\s\u00a0]+(\d+)(?:er)?")


def articles_imprimes(dossier: DossierSeance) -> dict[int, str]:
    """Give the text of each article by its number, a blank line between paragraphs; tables are left out.

    Raises:
        Refus: the template of the deliberation cannot be filled.
    """
    textes: dict[int, list[str]] = {}
    numero = 0
    for bloc in _flat(deliberation_blocks(dossier)):
        if isinstance(bloc, Heading):
            trouve = _ARTICLE.fullmatch(_plain(bloc.runs).strip())
            numero = int(trouve[1]) if trouve else 0
        elif isinstance(bloc, Paragraph) and bloc.style is not Style.BODY:
            numero = 0
        elif numero:
            textes.setdefault(numero, []).extend(_texts(bloc))
    return {numero: "\n\n".join(parties) for numero, parties in textes.items()}


def _flat(blocs: Sequence[Block]) -> Iterator[Block]:
    for bloc in blocs:
        if isinstance(bloc, KeepTogether):
            yield from _flat(bloc.blocks)
        else:
            yield bloc


def _texts(bloc: Block) -> Iterator[str]:
    if isinstance(bloc, Paragraph):
        yield _plain(bloc.runs)
    elif isinstance(bloc, BulletList):
        yield "\n".join(f"- {_plain(item.runs)}" for item in bloc.items)


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
