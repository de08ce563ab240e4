"""system_test: the diagnostics, as many as wanted, to see a whole pool at work (pure)."""

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from typing import Any

from storage.manifests.lines import ManifestEntry
from worker.workflows.receipts import LIFECYCLE
from worker.workflows.workflow import Found, PlanRequest

SENTENCE = "Sends diagnostics round the whole system and checks every receipt."
MODES = ("mixed", "debug", "sleep", "crud", "crud_latency")
COUNT = 10
SLEEP_S = 0.01
LATENCY_MS = 10

Line = dict[str, Any]


def plan(request: PlanRequest) -> Iterator[Line]:
    """As many entries as wanted; in mixed mode one of each kind in turn."""
    tasks = MODES[1:] if request.mode == "mixed" else (request.mode,)
    for number, task in enumerate(islice(cycle(tasks), request.count), start=1):
        entry_id = request.id(number)
        kwargs, expected = _TASKS[task](entry_id)
        yield {
            "task": task,
            "kwargs": kwargs,
            "meta": {"id": entry_id, "expected_result": expected},
            "description": f"{task} {number} of {request.count}",
        }


def verify(entry: ManifestEntry, receipt: Mapping[str, Any], found: Found) -> str:
    """Nothing beyond what is expected and what every receipt of a diagnostic must say."""
    return ""


def _debug(entry_id: str) -> tuple[Line, Line]:
    return {"message": entry_id}, {"echo": entry_id}


def _sleep(entry_id: str) -> tuple[Line, Line]:
    return {"seconds": SLEEP_S}, {}


def _crud(entry_id: str) -> tuple[Line, Line]:
    return {"value": entry_id}, {"lifecycle": LIFECYCLE, "created": entry_id}


def _crud_latency(entry_id: str) -> tuple[Line, Line]:
    kwargs, expected = _crud(entry_id)
    return {**kwargs, "latency_ms": LATENCY_MS}, expected


_TASKS: dict[str, Callable[[str], tuple[Line, Line]]] = {
    "debug": _debug,
    "sleep": _sleep,
    "crud": _crud,
    "crud_latency": _crud_latency,
}
