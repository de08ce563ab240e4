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
from storage.jobs.kind_spec import Queue
from storage.jobs.rules import RAISED, why_not_boost
from storage.jobs.states import JobStatus
from storage.jobs.tables import ENGINE

BOOSTS_A_MINUTE = 50

_LIMIT = """
INSERT INTO job_queue (name, max_concurrent) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET max_concurrent = excluded.max_concurrent
"""
_PAUSE = """
INSERT INTO job_queue (name, paused_at, paused_why) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET paused_at = excluded.paused_at, paused_why = excluded.paused_why
"""
_STANDS = "SELECT status, priority FROM job WHERE job_id = ?"
_BOOSTED = """
SELECT at FROM audit_event WHERE action = 'job.boosted' AND outcome = 'done'
ORDER BY seq DESC LIMIT 1 OFFSET ?
"""


def pause(actor: Actor, queue: Queue | None = None, *, why: str = "") -> None:
    """Start no more jobs, of one queue or of all: they stay queued, running ones end.

    `why` is shown to whoever finds it paused.
    """
    name, reason = queue.value if queue else ENGINE, why.strip()
    with act(actor, "queue.paused", "queue", name) as deed:
        deed.detail = {"reason": reason} if reason else {}
        ledger.execute_sql(_PAUSE, (name, to_text(deed.at), reason or None))


def resume(actor: Actor, queue: Queue | None = None) -> None:
    """Start jobs again. Resuming one queue leaves a pause of the whole engine as it is."""
    name = queue.value if queue else ENGINE
    with act(actor, "queue.resumed", "queue", name):
        ledger.execute_sql(_PAUSE, (name, None, None))
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
        ledger.execute_sql(_LIMIT, (queue.value, max_concurrent))
        on_commit(doorbell.ring)


def boost(actor: Actor, job_id: str) -> None:
    """Raise a queued job to the highest priority; at most 50 boosts a minute (JOBS §3).

    One that is there already stays as it is.

    Raises:
        NotFound. WrongState: not queued. NotReady: too many boosts in the last minute.
    """
    with act(actor, "job.boosted", "job", job_id, job_id=job_id) as deed:
        row = ledger.execute_sql(_STANDS, (job_id,)).fetchone()
        if row is None:
            raise NotFound(kind="job", id=job_id)
        if row[1] == RAISED and row[0] == JobStatus.QUEUED:
            deed.unchanged()
            return
        if refusal := why_not_boost(JobStatus(row[0]), row[1]):
            raise WrongState(why=refusal)
        earlier = ledger.execute_sql(_BOOSTED, (BOOSTS_A_MINUTE - 1,)).fetchone()
        if earlier and to_text(deed.at - timedelta(minutes=1)) < earlier[0] <= to_text(deed.at):
            raise NotReady([f"{BOOSTS_A_MINUTE} jobs were raised within the last minute"])
        ledger.execute_sql("UPDATE job SET priority = ? WHERE job_id = ?", (RAISED, job_id))
        on_commit(doorbell.ring)
