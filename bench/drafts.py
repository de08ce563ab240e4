"""A draft of many entries: what the worker takes for it, by stage.

    python -m bench.drafts [ENTRIES ...]          default: 500 5000 50000

Budgets: 500 entries in 1 s, 5,000 in 8 s, 50,000 in 90 s of worker time, growing nearly linearly,
and no process of the pool over 500 MB. The entries come from the demo's generator and are imported
first; then a real worker pool drafts them, and the times are those its result reports: fetch, each
stage of the pipeline, write.
"""

import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from console.demo.story import more_entries
from storage import database
from storage.audit.actor import SYSTEM
from storage.entries.actions import import_entries
from storage.evidence.lines import Line
from storage.jobs.kinds import JobKind
from storage.jobs.submission import submit
from storage.jobs.views import show_job
from storage.people.actions import add_first_person
from storage.vessel.actions import name_vessel

BUDGETS_S = {500: 1.0, 5_000: 8.0, 50_000: 90.0}
BUDGET_MB = 500
SEED = 7


class Drafted(NamedTuple):
    """What one draft took."""

    seconds: dict[str, float]
    """By stage, with the import and the total."""
    peak_mb: float
    """The most memory any one process of the pool had."""


def main(sizes: list[int]) -> int:
    """Print a table, a column for every size; 1 when a budget is broken."""
    found = {size: _drafted(size) for size in sizes}
    names = dict.fromkeys(name for one in found.values() for name in one.seconds)
    print(f"{'seconds':<14}" + "".join(f"{size:>12,}" for size in sizes))
    for name in names:
        row = "".join(f"{one.seconds.get(name, 0.0):>12.2f}" for one in found.values())
        print(f"{name:<14}{row}")
    per_entry = {size: 1000 * one.seconds["total"] / size for size, one in found.items()}
    print(f"{'ms per entry':<14}" + "".join(f"{ms:>12.2f}" for ms in per_entry.values()))
    print(f"{'peak, MB':<14}" + "".join(f"{one.peak_mb:>12.0f}" for one in found.values()))
    for smaller, larger in pairwise(sorted(sizes)):
        growth = per_entry[larger] / per_entry[smaller]
        print(f"growth: {larger:,} entries cost {growth:.2f} times as much each as {smaller:,} do")
    budgeted = [size for size in sizes if size in BUDGETS_S]
    broken = [size for size in budgeted if not _kept(size, found[size])]
    for size in budgeted:
        verdict = "BROKEN" if size in broken else "kept"
        print(f"budget: {size:,} entries in {BUDGETS_S[size]:g} s and {BUDGET_MB} MB: {verdict}")
    return int(bool(broken))


def _kept(size: int, found: Drafted) -> bool:
    return found.seconds["total"] <= BUDGETS_S[size] and found.peak_mb <= BUDGET_MB


def _drafted(size: int) -> Drafted:
    """Import so many entries and have a worker pool draft them."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "ship"
        database.create(home)
        vessel_id, importing = _capture(size)
        job_id = _order(vessel_id)
        pool = subprocess.Popen(
            [sys.executable, "-m", "worker", "--home", str(home), "--workers", "1", "--drain"],
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(pool.pid, 0)
        assert status == 0, f"the pool ended with status {status}"
        job = show_job(job_id)
        database.close()
    assert job.result is not None, f"{job.status} ({job.status_reason}): {job.error}"
    stages = {stage: ms / 1000 for stage, ms in job.result["timings_ms"].items()}
    return Drafted({"(import)": importing, **stages}, used.ru_maxrss / 1024)


def _capture(size: int) -> tuple[str, float]:
    """A vessel with so many entries of one day; her id and the seconds the import took."""
    captain = add_first_person("Ines Duarte", "captain", "602214")
    vessel_id = name_vessel(captain.actor, "Bench").id
    end = database.now()
    lines = [
        Line(
            number=number,
            values={"text": e.text, "at": e.at(end).isoformat(), "by": e.by, "role": e.role.value},
        )
        for number, e in enumerate(more_entries(size, SEED), start=1)
    ]
    begun = time.perf_counter()
    import_entries(captain.actor, lines)
    return vessel_id, time.perf_counter() - begun


def _order(vessel_id: str) -> str:
    wanted = {"handover_type": "rotation"}
    ordered = submit(
        SYSTEM, JobKind.HANDOVER_GENERATE, wanted, vessel_id=vessel_id, subject=vessel_id
    )
    return ordered.job_id


if __name__ == "__main__":
    given = [int(size.replace(",", "")) for size in sys.argv[1:]]
    sys.exit(main(given or list(BUDGETS_S)))
