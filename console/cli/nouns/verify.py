"""`verify`: are these files what was signed? Needs no store."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.verbs import Verbs
from storage.audit.chain import Checkpoint, read_checkpoint
from storage.errors import BadInput
from storage.handovers.checks import Verdict, check
from storage.handovers.log_checks import SUFFIX
from storage.handovers.verification import (
    DOCUMENT,
    HASHES,
    verdict_of,
    verify_document,
    verify_path,
)
from templates.verifier.pages import record_in, unproved_pages

verbs = Verbs("Check that signed files are what was signed.")


@verbs.verb("verify", "eightbells verify handover/signed", store=False)
def verify(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="A signed folder, a file of it, or an exported log."),
    ],
    checkpoint: Annotated[
        list[str] | None,
        typer.Option(metavar="SIZE:ROOT", help="A fingerprint noted earlier, on paper say."),
    ] = None,
) -> Answer:
    """Check that signed files are what was signed; needs no store."""
    printed = [read_checkpoint(text) for text in checkpoint or ()]
    verdict = _of_a_lone_pdf(path, printed) or verify_path(_with_its_folder(path), printed)
    words = [
        f"{'ok' if found.ok else 'NOT OK':6}  {found.name}: {found.detail or 'as signed'}"
        for found in verdict.checks
    ]
    words.append("Everything is as it was signed." if verdict.ok else "NOT as it was signed.")
    return Answer(verdict, words, exit_code=0 if verdict.ok else 1)


def _of_a_lone_pdf(path: Path, printed: Sequence[Checkpoint]) -> Verdict | None:
    """What a PDF away from its folder carries: never ok, because nothing proves its pages."""
    if path.suffix.lower() != ".pdf" or not path.is_file() or (path.parent / HASHES).exists():
        return None
    document, proof = record_in(path.read_bytes())
    if not document:
        return None
    name, complaint, _ = unproved_pages(path.name)
    return verdict_of([check(name, complaint), *verify_document(document, proof, printed)])


def _with_its_folder(path: Path) -> Path:
    """The folder of a signed page: a PDF or HTML file is proved by the hashes beside it.

    Raises:
        BadInput: no list of hashes beside it names the file.
    """
    if path.is_dir() or not path.exists() or path.name == DOCUMENT or path.suffix == SUFFIX:
        return path
    listing = path.parent / HASHES
    lines = listing.read_text(errors="replace").splitlines() if listing.is_file() else []
    if path.name not in {line.partition("  ")[2] for line in lines}:
        raise BadInput(why=f"{path.name!r} is not named in a {HASHES} beside it.")
    return path.parent
