"""docs/runbook.md: each kind of job for whoever runs it, from the registry and a few notes."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from storage.jobs.kind_spec import KindSpec
from storage.jobs.kinds import KINDS, JobKind
from storage.value import Value

HEAD = """\
# Runbook

Each kind of job: what it is for, how to run it by hand, how long it takes, and what happens when it
fails. Whatever fails, the record of it is `eightbells job show ID` and `eightbells job log ID`;
`eightbells job retry ID` runs it again as a new attempt, `eightbells job cancel ID` closes the
case, and an error that comes again is one group in the console. A job never leaves half a result.

The durations are the shortest of several runs of `python -m bench.kinds` on the demo vessel, on two
cores; a larger store, a slower disk or a busy machine takes longer. This page is made from the
registry and from console/pages/runbook.toml."""


class Note(Value):
    """What the registry cannot say of a kind."""

    why: str
    by_hand: str
    takes: str
    fails: str


def notes() -> dict[str, Note]:
    """The note of each kind, by its name."""
    text = files(__package__).joinpath("runbook.toml").read_text(encoding="utf-8")
    return {name: Note(**said) for name, said in tomllib.loads(text).items()}


def runbook_page() -> str:
    """Every kind of the registry, in its order."""
    said = notes()
    parts = [line for kind in KINDS for line in _section(kind, said[kind.value])]
    return "\n".join((HEAD, *parts)) + "\n"


def _section(kind: JobKind, note: Note) -> Iterator[str]:
    spec = KINDS[kind]
    yield f"\n## {spec.label} (`{kind.value}`)\n"
    yield f"{note.why}\n"
    yield f"* **Starts**: {_starts(spec)}."
    yield f"* **By hand**: `{note.by_hand}`"
    yield f"* **Takes**: {note.takes}; stopped after {spec.timeout_s} s."
    yield f"* **When it fails**: {note.fails} {_again(spec)}"


def _starts(spec: KindSpec) -> str:
    rule = str(spec.schedule).replace("_", " ")
    return "when somebody asks" if rule == "manual" else f"{rule}, or when somebody asks"


def _again(spec: KindSpec) -> str:
    if not spec.idempotent:
        return "When its worker dies, a person decides whether it runs again."
    times = spec.auto_retry_limit
    return f"When its worker dies it runs again by itself, at most {times} times."
