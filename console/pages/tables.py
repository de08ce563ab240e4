"""Keys, kinds of job, alerts, filters and rights as pages, from the tables themselves (pure)."""

from collections.abc import Iterable, Iterator

from console.commands.command import Command
from console.commands.table import COMMANDS
from storage.alerts.states import STANDING
from storage.audit import filters as audit_filters
from storage.audit.rights import RIGHTS, Right, Standing, standing_of_role
from storage.entries import filters as entry_filters
from storage.handovers import filters as handover_filters
from storage.jobs import filters as job_filters
from storage.jobs.kind_spec import QUEUES
from storage.jobs.kinds import KINDS, JobKind
from storage.matching import Fields
from storage.taxonomy.roles import ROLE_LABELS, Role

FILTERED: dict[str, Fields] = {
    "Entries": entry_filters.FIELDS,
    "Jobs": job_filters.FIELDS,
    "Archive": handover_filters.FIELDS,
    "Audit": audit_filters.FIELDS,
}
"""The lists that have fields, and theirs."""

KEYS_HEAD = """\
# Every key

`?` shows the keys of the place you are in; an action that is not possible now is shown with its
reason. Arrows, `j` and `k`, PgUp, PgDn and `G` move; Enter opens; Esc goes back and never quits.
Another key for a command is given by its id, in [settings](settings.md).
This page is made from the commands themselves."""

JOBS_HEAD = """\
# Every kind of job

Everything that happens in the background is a job: stored before it runs, claimed by a worker, done
in a child process without the store, and ended in one transaction with its result. A job is done
or it is not: half a result is never visible. This page is made from the registry itself."""

ALERTS_HEAD = """\
# Every alert

One process of the worker pools looks every ten seconds, by a lock that any death frees. At most one
alert of a type stands; it resolves by itself a minute after it has become untrue. `eightbells alert
list` and the Watch show what stands. While nobody watches they say so, and read live what anybody
can see. A job that fails is told once beside these: an error, and critical when it timed out; the
same again within ten minutes is counted, and after five of one title one passes every five seconds.
This page is made from the table itself."""

RIGHTS_HEAD = """\
# Who may do what

Every act asks this table before anything else, in the store itself: whoever has no right to it is
refused with a reason, and the refusal is an event. A right is the first word and not the last: the
rules of DOMAIN say no to more, because of the state of things or because two acts need two people.
Officers accept and countersign; ratings capture, review and change; an auditor (a surveyor, an
inspector, the company) reads everything and changes nothing but their own PIN and key. Machinery is
the worker pool and the command line where nobody is named with `--as`. Who has left the crew has no
right at all. This page is made from the table itself."""

FILTERS_HEAD = """\
# Every filter

`/` in a list and `--filter` on the command line read the same words. A count is always of the same
filter as its list. What is not finished yet while it is typed asks for nothing.

| written | finds |
|---|---|
| `fire pump` | where both words occur; `fire and pump` is the same |
| `"fire pump"` | where they stand together, as written |
| `fire or pump` | where one of them does |
| `not pump` `-pump` | where it does not |
| `(fire or bilge) pump` | brackets say what belongs together |
| `status:failed` | where a field has that value; `status:failed,cancelled`: one of several |
| `status!=failed` | where it has another one |
| `priority>=3` | numbers and times compare with `>` `>=` `<` and `<=` |
| `since:8h` | a time is an age (`30m`, `8h`, `7d`), a date or a time: `2026-03-01T04:00Z` |

This page is made from the fields themselves."""


NAMED = {
    Standing.OFFICER: "officers",
    Standing.RATING: "ratings",
    Standing.READER: "auditors",
    Standing.MACHINE: "machinery",
}
"""The standings of people and programs, as the page calls them."""


def filters_page() -> str:
    """The filter language, and every field of every list that has one."""
    parts: list[str] = []
    for name, fields in FILTERED.items():
        parts += [f"\n## {name}\n", "| field | what it asks |", "|---|---|"]
        parts += [f"| `{field}:` | {spec.sentence} |" for field, spec in fields.items()]
    return "\n".join((FILTERS_HEAD, *parts)) + "\n"


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
    parts = ["\n| kind | what it does | starts | queue | time-out | again | stopped running |"]
    parts += ["|---|---|---|---|---|---|---|", *map(_kind_row, KINDS)]
    parts += ["\n## Queues\n", "A full queue holds up no other.\n"]
    parts += [f"* `{queue.value}`: {spec.sentence}" for queue, spec in QUEUES.items()]
    return "\n".join((JOBS_HEAD, *parts)) + "\n"


def alerts_page() -> str:
    """Every standing alert: how bad it is, when it stands, and what to do."""
    rows = [
        f"| `{kind.value}` | {spec.severity.value} | {spec.title} | {spec.when} | {spec.to_do} |"
        for kind, spec in STANDING.items()
    ]
    heading = ["\n| type | severity | what | stands when | what to do |", "|---|---|---|---|---|"]
    return "\n".join((ALERTS_HEAD, *heading, *rows)) + "\n"


def rights_page() -> str:
    """Every act, and which of the crew and the machinery may do it."""
    roles = [f"* {_of_standing(standing)}" for standing in Standing if standing in NAMED]
    rows = sorted(f"| {right.what} | {_ticks(right)} |" for right in set(RIGHTS.values()))
    named = " | ".join(NAMED.values())
    heading = [f"\n| may | {named} |", "|---|" + "---|" * len(NAMED)]
    return "\n".join((RIGHTS_HEAD, "", *roles, *heading, *rows)) + "\n"


def _of_standing(standing: Standing) -> str:
    labels = [ROLE_LABELS[role] for role in Role if standing_of_role(role) is standing]
    return f"{NAMED[standing]}: {', '.join(labels) or 'no person'}"


def _ticks(right: Right) -> str:
    return " | ".join("yes" if standing in right.who.standings else "–" for standing in NAMED)


def _key_rows(commands: Iterable[type[Command]]) -> Iterator[str]:
    yield "| key | name | what it does | id |"
    yield "|---|---|---|---|"
    for command in commands:
        told = f"| `{command.key_label()}` | {command.name} | {command.sentence()} |"
        yield f"{told} `{command.id()}` |"


def _kind_row(kind: JobKind) -> str:
    spec = KINDS[kind]
    again = "by itself after a crash" if spec.idempotent else "by a person's decision"
    stopped = "on request" if spec.cancel_running else "never"
    return (
        f"| `{kind.value}` | {spec.sentence} | {str(spec.schedule).replace('_', ' ')} "
        f"| `{spec.queue.value}` | {spec.timeout_s} s | {again} | {stopped} |"
    )
