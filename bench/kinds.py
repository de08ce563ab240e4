"""How long a job of each kind takes on the demo vessel: the figures of docs/runbook.md.

    python -m bench.kinds [--rounds N]

The main job runs first, with a worker of its own; then every kind that needs no more than a draft
runs in this process. The figures are what the attempts themselves have noted: the shortest, which
a busy machine disturbs least, and the median.
"""

import argparse
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path

from console.demo.main_job import Voyage, main_job
from console.demo.story import load_story
from storage import database
from storage.audit.actor import SYSTEM
from storage.drafts.states import DraftState
from storage.drafts.views import list_drafts
from storage.engine import ledger
from storage.jobs.kinds import KINDS
from storage.jobs.submission import submit
from storage.vessel.views import the_vessel
from worker.loop import Loop

_TOOK = """
SELECT job.kind, json_extract(a.metrics, '$.duration_ms')
FROM job_attempt a JOIN job ON job.job_id = a.job_id WHERE a.outcome = 'completed'
"""


def measure(home: Path, rounds: int) -> dict[str, list[int]]:
    """Milliseconds of every completed attempt, by kind, in the order of the registry."""
    main_job(Voyage(home, load_story()))
    database.open_store(home)
    try:
        for _ in range(rounds):
            _run_each_kind()
        took: dict[str, list[int]] = defaultdict(list)
        for name, ms in ledger.execute_sql(_TOOK).fetchall():
            took[name].append(ms)
    finally:
        database.close()
    return {kind.value: took[kind.value] for kind in KINDS}


def _run_each_kind() -> None:
    for kind, spec in KINDS.items():
        draft_id = next((it.id for it in list_drafts() if it.state is DraftState.DRAFT), None)
        needed = {n for n, field in spec.arguments.model_fields.items() if field.is_required()}
        if needed <= ({"draft_id"} if draft_id else set()):
            given = {"draft_id": draft_id} if needed else {}
            submit(SYSTEM, kind, given, subject=draft_id or "", vessel_id=the_vessel().id)
        Loop().run(drain=True)


def main() -> None:
    """Print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "ship", parser.parse_args().rounds)
    for kind, times in found.items():
        figures = f"{min(times):,} to {statistics.median(times):,.0f} ms" if times else "not run"
        print(f"{kind:24} {figures:>24}  of {len(times)}")


if __name__ == "__main__":
    main()
