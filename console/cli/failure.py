"""The one place that turns an error into a sentence and an exit code (CLI.md)."""

import sys
import traceback

import typer

from console.cli.answer import note, rejected_lines, write_json
from console.cli.settings import settings
from storage.errors import EightBellsError

USAGE = 2
INTERRUPTED = 130
_LISTS = ("rejected", "missing")
"""Facts of an error that hold a list a person works through."""
_BY_A_VALIDATOR = "Value error, "
"""What the command line's parser puts before a sentence of its own."""


def report(error: BaseException) -> int:
    """Say what went wrong on stderr, and on stdout too with `--json`; returns the exit code."""
    if settings.debug:
        note("".join(traceback.format_exception(error)).rstrip())
    code, sentence, exit_code = _described(error)
    facts = getattr(error, "facts", {})
    if settings.json:
        lists = {name: facts[name] for name in _LISTS if name in facts}
        write_json({"error": {"code": code, "message": sentence, **lists}})
    note(f"error: {code}: {' '.join(sentence.split())}")
    for line in rejected_lines(facts.get("rejected", ())):
        note(line)
    return exit_code


def _described(error: BaseException) -> tuple[str, str, int]:
    """The code, sentence and exit code of an error."""
    if isinstance(error, EightBellsError):
        return error.code, str(error), error.exit_code
    if isinstance(error, typer.TyperException):
        said = error.format_message().replace(_BY_A_VALIDATOR, "").rstrip(".")
        return "usage", f"{said}. `--help` shows what it takes.", USAGE
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return "failed", f"{error.strerror}{where}.", 1
    what = f"{type(error).__name__}: {error}"
    return "unexpected", f"{what} This is a defect; `--debug` shows where.", 1


def leave_quietly() -> None:
    """Whoever read our output has gone: nothing more is printed, not even on the way out."""
    sys.stdout = sys.stderr = open("/dev/null", "w")  # noqa: SIM115, PTH123 - open until the end
