"""`queue`: what waits where, and pausing."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import MaybeAs, MaybeReason
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import table
from storage.jobs import engine
from storage.jobs.kind_spec import QUEUES, Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.queue_views import Pause
from storage.jobs.queue_views import engine as steering
from storage.jobs.states import JobStatus
from storage.jobs.views import counts
from storage.jobs.waiting import limits

verbs = Verbs("Queues of jobs.")

WhichQueue = Annotated[
    Queue | None, typer.Argument(metavar="[QUEUE]", help="One queue; without it, all.")
]


@verbs.verb("list", "eightbells queue list")
def list_all() -> Answer:
    """List the queues, what waits and runs in each, and what is paused."""
    return _as_they_stand()


@verbs.verb("pause", "eightbells queue pause export --reason 'The printer is being moved'")
def pause(queue: WhichQueue = None, who: MaybeAs = None, reason: MaybeReason = "") -> Answer:
    """Start no more jobs; running ones end by themselves."""
    engine.pause(acting(who), queue, why=reason)
    return _as_they_stand()


@verbs.verb("resume", "eightbells queue resume export")
def resume(queue: WhichQueue = None, who: MaybeAs = None) -> Answer:
    """Start jobs again."""
    engine.resume(acting(who), queue)
    return _as_they_stand()


@verbs.verb("limit", "eightbells queue limit export 1")
def limit(
    queue: Annotated[Queue, typer.Argument(metavar="QUEUE", help="The queue.")],
    at_once: Annotated[
        int | None, typer.Argument(metavar="[N]", help="So many; without it, the built-in limit.")
    ] = None,
    who: MaybeAs = None,
) -> Answer:
    """Change how many jobs of a queue may run at once, over all pools."""
    engine.set_limit(acting(who), queue, at_once)
    return _as_they_stand()


def _as_they_stand() -> Answer:
    held, numbers = limits(), counts()
    value = [
        {
            "queue": queue.value,
            "paused": held.engine_paused or queue.value in held.paused,
            "max_concurrent": held.max_concurrent.get(queue.value),
            "queued": _number(numbers, queue, JobStatus.QUEUED),
            "running": _number(numbers, queue, JobStatus.RUNNING),
            "about": QUEUES[queue].sentence,
        }
        for queue in Queue
    ]
    rows = [
        (q["queue"], "paused" if q["paused"] else "open", q["max_concurrent"] or "–",
         q["queued"], q["running"], q["about"])
        for q in value
    ]  # fmt: skip
    headings = ("queue", "state", "at once", "queued", "running", "about")
    words = [*table(headings, rows, "There are no queues.")]
    return Answer(value, [*words, *_why_paused()])


def _why_paused() -> Iterator[str]:
    """A line for each pause, with the reason that was given."""
    now = steering()
    for one in now.queues:
        if one.pause:
            yield f"{one.queue}: paused{_because(one.pause)}"
    if now.pause:
        yield f"The whole engine is paused{_because(now.pause)}"
        yield "`queue resume` starts it again."


def _because(pause: Pause) -> str:
    return f" because: {pause.why}" if pause.why else "; no reason was given."


def _number(numbers: dict[tuple[JobStatus, JobKind], int], queue: Queue, status: JobStatus) -> int:
    return sum(numbers.get((status, kind), 0) for kind in JobKind if KINDS[kind].queue is queue)
