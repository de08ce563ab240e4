"""docs/keys.md and docs/jobs.md, from the tables themselves: `python -m console.pages`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from console.command import Command
from console.commands import COMMANDS
from storage.jobs.kinds import KINDS, QUEUES, JobKind

KEYS_HEAD = """\
# Every key

`?` shows the keys of the place you are in; an action that is not possible now is shown with its
reason. Arrows, `j` and `k`, PgUp, PgDn and `G` move; Enter opens; Esc goes back and never quits.
This page is made from the commands themselves."""

JOBS_HEAD = """\
# Every kind of job

Everything that happens in the background is a job: stored before it runs, claimed by a worker, done
in a child process without the store, and ended in one transaction with its result. A job is done
or it is not: half a result is never visible. This page is made from the registry itself."""


def keys_page() -> str:
    """Every command of the console with its key, place by place."""
    everywhere = [command for command in COMMANDS if not command.places]
    parts = ["\n## Everywhere\n", *_key_rows(everywhere)]
    for place in dict.fromkeys(place for command in COMMANDS for place in command.places):
        here = [command for command in COMMANDS if place in command.places]
        parts += [f"\n## {place.replace('_', ' ').capitalize()}\n", *_key_rows(here)]
    return "\n".join((KEYS_HEAD, *parts)) + "\n"


def jobs_page() -> str:
    """Every kind of job with its capabilities, and every queue."""
    parts = ["\n| kind | what it does | queue | time-out | again | stopped while running |"]
    parts += ["|---|---|---|---|---|---|", *map(_kind_row, KINDS)]
    parts += ["\n## Queues\n", "A full queue holds up no other.\n"]
    parts += [f"* `{queue.value}`: {spec.sentence}" for queue, spec in QUEUES.items()]
    return "\n".join((JOBS_HEAD, *parts)) + "\n"


def _key_rows(commands: Iterable[type[Command]]) -> Iterator[str]:
    yield "| key | name | what it does |"
    yield "|---|---|---|"
    for command in commands:
        yield f"| `{command.key_label()}` | {command.name} | {command.sentence()} |"


def _kind_row(kind: JobKind) -> str:
    spec = KINDS[kind]
    again = "by itself after a crash" if spec.idempotent else "by a person's decision"
    stopped = "on request" if spec.cancel_running else "never"
    return (
        f"| `{kind.value}` | {spec.sentence} | `{spec.queue.value}` | {spec.timeout_s} s "
        f"| {again} | {stopped} |"
    )


if __name__ == "__main__":
    docs = Path(__file__).parent.parent / "docs"
    (docs / "keys.md").write_text(keys_page())
    (docs / "jobs.md").write_text(jobs_page())
