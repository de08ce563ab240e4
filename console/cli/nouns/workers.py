"""`workers`: who works for this store."""

from console.cli.answer import Answer
from console.cli.verbs import Verbs
from console.cli.words import table
from storage.jobs import views

verbs = Verbs("The workers of this store.")


@verbs.verb("workers", "eightbells workers")
def workers() -> Answer:
    """List the workers, how long ago each was heard of, and what it runs."""
    found = views.workers()
    value = [{**worker.model_dump(mode="json"), "freshness": worker.freshness} for worker in found]
    rows = [
        (w.worker_id, f"{w.host}:{w.pid}", "alive" if w.alive else "dead",
         f"{w.heartbeat_age_s:.0f} s ago ({w.freshness})", w.job_id or "idle")
        for w in found
    ]  # fmt: skip
    none = "No worker is registered; `eightbells worker` starts one."
    return Answer(value, table(("worker", "process", "state", "heard", "runs"), rows, none))
