"""All nouns on one page, and the way in. A noun's module is imported only when it is named."""

import gc
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from console.cli.failure import INTERRUPTED, leave_quietly, report
from console.cli.settings import settings
from console.cli.verbs import DEBUG, HOME, JSON, Verbs

NOUNS = {
    "console": "Open the console.",
    "serve": "Show the console in a browser on this machine.",
    "init": "Make the store of a vessel.",
    "demo": "Make a demo vessel, or run the whole main job on one.",
    "worker": "Run the worker that drafts and exports.",
    "crew": "The crew and their PINs.",
    "vessel": "The vessel, her clocks and her watch bill.",
    "entry": "Entries: what people capture.",
    "proposal": "Entries the ship's systems propose.",
    "evidence": "Ledger events and source documents.",
    "draft": "The handover: generate, review, accept, countersign.",
    "handover": "Signed handovers and their exports.",
    "trace": "What stands behind an item, an entry or an event.",
    "verify": "Check that signed files are what was signed.",
    "job": "Jobs: what runs, ran and waits.",
    "group": "Groups of jobs that were asked for together.",
    "manifest": "Work orders: plan, dispatch, verify.",
    "queue": "Queues of jobs.",
    "schedule": "What starts by the clock, and what it missed.",
    "workers": "The workers of this store.",
    "insight": "What the days add up to: counts, signals, suggestions.",
    "suggestion": "What is suggested because of a signal.",
    "regeneration": "Approved regenerations and the versions they made.",
    "alert": "What is wrong, and which jobs failed.",
    "audit": "The audit log.",
    "stats": "What the store holds, and how it went lately.",
    "backup": "Back up the store and its files, and read all of it again.",
    "restore": "Make a store again from a backup, in a new folder.",
    "doctor": "Check that the store is sound.",
}
"""Every noun and its one sentence, in the order of a voyage."""


class Nouns(TyperGroup):
    """The nouns, looked up by name so that one command imports one noun."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every noun."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a noun, None when there is none."""
        return noun(cmd_name) if cmd_name in NOUNS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in `--help`, without importing a single noun."""
        with formatter.section("Nouns"):
            formatter.write_dl(list(NOUNS.items()))


def noun(name: str) -> Any:
    """The command of one noun: a group of verbs, or a single command of the noun's name."""
    verbs: Verbs = import_module(f"console.cli.nouns.{name}").verbs
    names = [command.name for command in verbs.registered_commands]
    command = get_command(verbs) if names == [name] else get_group(verbs)
    command.name = name
    return command


app = typer.Typer(
    cls=Nouns,
    help="Eight Bells: hand over a watch, and prove it.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # late: nothing else asks for it

        typer.echo(f"Eight Bells {version('eightbells')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def without_a_noun(
    ctx: typer.Context,
    home: HOME = None,
    json: JSON = False,
    debug: DEBUG = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines instead of screens, for a screen reader.")
    ] = False,
    plain_borders: Annotated[
        bool, typer.Option("--plain-borders", help="ASCII borders and glyphs only.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> int:
    """Eight Bells: hand over a watch, and prove it. Without a noun: open the console."""
    settings.add(home, json, debug)
    if ctx.invoked_subcommand is None:
        look = {"plain": plain, "plain_borders": plain_borders}
        return int(noun("console").callback(home=None, json=False, debug=False, **look) or 0)
    return 0


COLLECT_AT = 20_000
"""New objects before Python looks for garbage: loading modules makes few, and none to collect."""


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    gc.set_threshold(COLLECT_AT)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    given = sys.argv[1:]
    before = given[: given.index("--")] if "--" in given else given
    settings.add(None, "--json" in before, "--debug" in before)
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_run())


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """Told to end, or the terminal is gone: leave by every `finally`, so no worker is orphaned."""
    sys.exit(128 + number)


def _check_text(words: Sequence[str]) -> None:
    """Bytes that are no text can name a file that is there, and say nothing else.

    Raises:
        typer.BadParameter.
    """
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            if not Path(word).exists():
                raise typer.BadParameter(f"{word!r} is not UTF-8 text.") from None


def _run() -> int:
    try:
        _check_text(sys.argv[1:])
        return int(app(prog_name="eightbells", standalone_mode=False) or 0)
    except BrokenPipeError:
        leave_quietly()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return report(error)
