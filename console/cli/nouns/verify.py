"""`verify`: are these files what was signed? Needs no store."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.verbs import Verbs
from storage.handovers.verification import verify_path

verbs = Verbs("Check that signed files are what was signed.")


@verbs.verb("verify", "eightbells verify handover/signed", store=False)
def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A signed folder, or a file of it.")],
) -> Answer:
    """Check that signed files are what was signed; needs no store."""
    verdict = verify_path(path)
    words = [
        f"{'ok' if check.ok else 'NOT OK':6}  {check.name}: {check.detail or 'as signed'}"
        for check in verdict.checks
    ]
    words.append("Everything is as it was signed." if verdict.ok else "NOT as it was signed.")
    return Answer(verdict, words, exit_code=0 if verdict.ok else 1)
