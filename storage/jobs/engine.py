"""Steering the engine: pause all or one queue, change a limit, raise a job. Single running jobs
are never paused; those that run end by themselves."""

from datetime import timedelta

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.database import on_commit
from storage.engine import ledger
from storage.errors import BadInput, NotFound, NotReady, WrongState
from storage.jobs import doorbell
from storage.jobs.kinds import Queue
from storage.jobs.tables import ENGINE

BOOSTS_A_MINUTE = 50
RAISED = 4

_SET = """
INSERT INTO job_queue (name, {column}) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET {column} = excluded.{column}
"""
_BOOSTED = """
SELECT at FROM audit_event WHERE action = 'job.boosted' AND outcome = 'done'
ORDER BY seq DESC LIMIT 1 OFFSET ?
"""


def pause(actor: Actor, queue: Queue | None = None) -> None:
    """Start no more jobs, of one queue or of all: they stay queued, running ones end."""
    name = queue.value if queue else ENGINE
    with act(actor, "queue.paused", "queue", name) as deed:
        ledger.execute_sql(_SET.format(column="paused_at"), (name, to_text(deed.at)))


def resume(actor: Actor, queue: Queue | None = None) -> None:
    """Start jobs again. Resuming one queue leaves a pause of the whole engine as it is."""
    name = queue.value if queue else ENGINE
    with act(actor, "queue.resumed", "queue", name):
        ledger.execute_sql(_SET.format(column="paused_at"), (name, None))
        on_commit(doorbell.ring)


def set_limit(actor: Actor, queue: Queue, max_concurrent: int | None) -> None:
    """How many jobs of a queue may run at once, over all pools; None is the built-in limit.

    Raises:
        BadInput: negative.
    """
    with act(actor, "queue.limited", "queue", queue.value) as deed:
        if max_concurrent is not None and max_concurrent < 0:
            raise BadInput(why=f"max_concurrent: {max_concurrent} is less than none at all.")
        deed.detail = {"max_concurrent": max_concurrent}
        ledger.execute_sql(_SET.format(column="max_concurrent"), (queue.value, max_concurrent))
        on_commit(doorbell.ring)


def boost(actor: Actor, job_id: str) -> None:
    """Raise a queued job to the highest priority; at most 50 boosts a minute (JOBS §3).

    Raises:
        NotFound. WrongState: not queued. NotReady: too many boosts in the last minute.
    """
    with act(actor, "job.boosted", "job", job_id, job_id=job_id) as deed:
        row = ledger.execute_sql("SELECT status FROM job WHERE job_id = ?", (job_id,)).fetchone()
        if row is None:
            raise NotFound(kind="job", id=job_id)
        if row[0] != "queued":
            raise WrongState(why=f"The job is {row[0]}; only a queued job is raised.")
        earlier = ledger.execute_sql(_BOOSTED, (BOOSTS_A_MINUTE - 1,)).fetchone()
        if earlier and earlier[0] > to_text(deed.at - timedelta(minutes=1)):
            raise NotReady([f"{BOOSTS_A_MINUTE} jobs were raised within the last minute"])
        ledger.execute_sql("UPDATE job SET priority = ? WHERE job_id = ?", (RAISED, job_id))
        on_commit(doorbell.ring)
