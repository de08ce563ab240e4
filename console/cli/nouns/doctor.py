"""`doctor`: is the store sound? Every check is really made, and says what it found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.answer import Answer
from console.cli.people import COMMAND_LINE
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from storage.recovery.examining import examine
from storage.recovery.findings import Check
from storage.recovery.salvaging import Loss, Salvaged, salvage

verbs = Verbs("Check that the store is sound.")

UNSOUND = 3


@verbs.verb("doctor", "eightbells doctor", store=False)
def doctor(
    salvage_to: Annotated[
        Path | None,
        typer.Option(
            "--salvage", metavar="NEWDIR",
            help="Copy everything readable into a new store there, and list what is lost.",
        ),
    ] = None,
) -> Answer:  # fmt: skip
    """Examine the store as it lies, and say of each finding what to do; nothing is changed."""
    if salvage_to is not None:
        return _salvaged(salvage(COMMAND_LINE, home_folder(), salvage_to.absolute()))
    checks = examine(home_folder())
    sound = all(check.ok for check in checks)
    value = {"ok": sound, "checks": [_value(check) for check in checks]}
    words = [line for check in checks for line in _words(check)]
    return Answer(value, words, exit_code=0 if sound else UNSOUND)


def _value(check: Check) -> dict[str, Any]:
    found = [
        {"code": f.code, "grave": f.grave, "message": f.message, "to_do": f.to_do}
        for f in check.findings
    ]
    return {"name": check.name, "ok": check.ok, "detail": check.detail, "findings": found}


def _words(check: Check) -> Iterator[str]:
    yield f"{'ok' if check.ok else 'NOT OK':6}  {check.name}: {check.detail}"
    for finding in check.findings:
        yield f"        {finding.code}: {finding.message}"
        yield f"          → {finding.to_do}"


def _salvaged(made: Salvaged) -> Answer:
    """What was saved; exit 0 only where nothing was lost."""
    lost = (
        made.losses or made.unplaced or made.missing or made.chain or made.beyond or made.unusable
    )
    return Answer(made, _words_of(made), exit_code=1 if lost else 0)


def _words_of(made: Salvaged) -> Iterator[str]:
    yield f"saved     {sum(made.rows.values()):,} rows of {len(made.rows)} tables: {made.home}"
    for loss in made.losses:
        yield f"LOST      {loss.table}: {_loss(loss)}"
    if made.unplaced:
        yield f"LOST      {made.unplaced:,} rows that were found and fit no one table"
    for name in made.missing:
        yield f"MISSING   {name}: the rows that are left do not allow it"
    yield f"audit log {made.chain or f'{made.events:,} events in an unbroken chain'}"
    if made.beyond:
        yield f"LOST      {made.beyond:,} events at its end, which the anchor knows"
    if made.unusable:
        yield f"UNUSABLE  {made.unusable}"
    yield "The damaged store is as it was. Look at a backup before you go on with this one."


def _loss(loss: Loss) -> str:
    pages = len(loss.damaged_pages)
    holes = ", ".join(_hole(*hole) for hole in loss.holes)
    parts = (
        f"{pages} damaged pages" if pages else "",
        f"some or all of rows {holes}" if holes else "",
        f"{loss.refused} rows that were spoilt" if loss.refused else "",
        f"{loss.without_tree:,} of it found on loose pages" if loss.without_tree else "",
    )
    return f"{'; '.join(part for part in parts if part)}; {loss.rows:,} rows are saved"


def _hole(after: int | None, last: int | None) -> str:
    begin = 1 if after is None else after + 1
    return f"{begin} to {'the end' if last is None else last}"
