"""`workers`: who works for this store."""

from console.cli.answer import Answer
from console.cli.verbs import Verbs
from console.cli.words import age, table
from storage.alerts.watching import read_note
from storage.database import now
from storage.jobs import views
from storage.jobs.workforce_views import runs_done

verbs = Verbs("The workers of this store.")


@verbs.verb("workers", "eightbells workers")
def workers() -> Answer:
    """List the workers, how long ago each was heard of, and what it runs."""
    found = views.workers()
    done = runs_done(found)
    value = [
        {**worker.model_dump(mode="json"), "freshness": worker.freshness,
         "done": done[worker.worker_id].runs}
        for worker in found
    ]  # fmt: skip
    rows = [
        (w.worker_id, f"{w.host}:{w.pid}", w.state,
         f"{w.heartbeat_age_s:.0f} s ago ({w.freshness})", w.job_id or "idle",
         f"{'at least ' * done[w.worker_id].at_least}{done[w.worker_id].runs}")
        for w in found
    ]  # fmt: skip
    none = "No worker is registered; `eightbells worker` starts one."
    headings = ("worker", "process", "state", "heard", "runs", "done")
    return Answer(value, [*table(headings, rows, none), _watched()])


def _watched() -> str:
    """Whether somebody looks after the whole, and when that was last done."""
    note = read_note()
    last = f"the last look was {age(note.looked_at)}" if note.looked_at else "nobody has looked yet"
    return f"{'Watched' if note.is_current(now()) else 'Nobody watches'}: {last}."
