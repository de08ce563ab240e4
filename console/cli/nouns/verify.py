"""`verify`: are these files what was signed? Needs no store."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.verbs import Verbs
from storage.audit.chain import read_checkpoint
from storage.errors import BadInput
from storage.handovers.log_checks import SUFFIX
from storage.handovers.verification import DOCUMENT, HASHES, verify_path

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
    verdict = verify_path(_with_its_folder(path), printed)
    words = [
        f"{'ok' if check.ok else 'NOT OK':6}  {check.name}: {check.detail or 'as signed'}"
        for check in verdict.checks
    ]
    words.append("Everything is as it was signed." if verdict.ok else "NOT as it was signed.")
    return Answer(verdict, words, exit_code=0 if verdict.ok else 1)


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
