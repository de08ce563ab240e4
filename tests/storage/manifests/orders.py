"""Work orders named in words: manifests on disk, planned and dispatched, and jobs that end."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storage.audit.actor import SYSTEM
from storage.database import home
from storage.engine import ledger
from storage.identity import new_id
from storage.jobs.actions import claim_next, complete, fail
from storage.jobs.endings import Account, Failure
from storage.jobs.record import ClaimedJob
from storage.jobs.states import Reason
from storage.manifests.actions import dispatch, record_plan
from storage.manifests.dispatching import Dispatched
from storage.manifests.files import next_name, path_of
from storage.manifests.planning import Authorship
from storage.manifests.reading import survey
from tests.builders import an_entry
from tests.stores import columns

Line = dict[str, Any]


def a_line(id: str = "e1", task: str = "debug", **parts: Any) -> Line:
    """One good line; `parts` take the place of its own."""
    return {"task": task, "kwargs": {"message": id}, "meta": {"id": id}, **parts}


def lines(number: int) -> list[Line]:
    """So many good lines, each expecting its own echo."""
    return [
        a_line(f"e{n}", meta={"id": f"e{n}", "expected_result": {"echo": f"e{n}"}})
        for n in range(1, number + 1)
    ]


def a_manifest(*content: Line | str | bytes, name: str = "watch.jsonl") -> Path:
    """A file somebody has written by hand, outside the store's folder."""
    path = home().parent / name
    path.write_bytes(b"\n".join(map(_bytes, content)) + b"\n")
    return path


def planned(*content: Line) -> str:
    """The id of an order as a planner leaves it: the file in its place, the row beside it."""
    name = next_name("watch")
    a_manifest(*content).rename(path_of(name))
    author = Authorship(planner=("p1", "Priya Nair"), workflow="system_test", mode="debug")
    return record_plan(SYSTEM, name, survey(path_of(name)), author, trace_id=new_id())


def dispatched(number: int = 3) -> Dispatched:
    """An order of so many echoes, sent."""
    return dispatch(SYSTEM, a_manifest(*lines(number), name=f"w{number}.jsonl"))


def next_job() -> ClaimedJob:
    """The job that is next, in a worker's hands."""
    job = claim_next("a-worker")
    assert job is not None
    return job


def done(receipt: Mapping[str, Any] | None = None) -> ClaimedJob:
    """Complete the next job, by an honest echo or with this receipt."""
    job = next_job()
    said = dict(receipt) if receipt is not None else {"echo": job.arguments["message"]}
    complete(job, lambda: said, Account())
    return job


def failed() -> ClaimedJob:
    """Let the next job fail."""
    job = next_job()
    fail(job, Failure(Reason.ERROR, "ValueError", "no reading"), Account())
    return job


def an_unfiled_entry() -> str:
    """The id of an entry as a store holds it whose taxonomy had other domains."""
    like = an_entry("Port bilge pump leaks at the seal.")
    entry_id = new_id()
    other = {"seq": "NULL", "id": f"'{entry_id}'", "primary_domain": "'ENG-99'"}
    values = ", ".join(other.get(column, column) for column in columns("entry"))
    ledger.execute_sql(f"INSERT INTO entry SELECT {values} FROM entry WHERE id = ?", (like.id,))
    return entry_id


def _bytes(content: Line | str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()
