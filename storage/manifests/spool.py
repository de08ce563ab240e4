"""Entries that were read and checked, on their way into the queue: on disk, so that memory does not
grow with their number, and before the transaction, so that nobody waits for the checking."""

import json
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import NamedTuple

from storage.audit.actor import Actor
from storage.errors import NotFound
from storage.jobs.kinds import KINDS
from storage.jobs.many import Prepared, prepare
from storage.jobs.record import Origin
from storage.jobs.submission import Terms
from storage.manifests.lines import NumberedEntry
from storage.vessel.views import the_vessel


class Ready(NamedTuple):
    """An entry that can be queued as it is."""

    line: int
    entry_id: str
    job: Prepared


class Spool:
    """Where they wait. What is sent is what was read, whatever becomes of the file meanwhile."""

    def __init__(self, actor: Actor) -> None:
        self._actor, self._vessel_id = actor, _vessel_id()
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it goes with the spool

    def keep(self, entry: NumberedEntry) -> None:
        """Check an entry as a job and keep it."""
        spec, asked = KINDS[entry.kind], entry.entry
        terms: Terms = {
            "priority": asked.priority,
            "origin": Origin.GROUP,
            "subject": str(entry.arguments.get(spec.subject, "")),
            "vessel_id": self._vessel_id if spec.resource_type else None,
        }
        job = prepare(self._actor, entry.kind, entry.arguments, **terms)
        self._file.write(json.dumps((entry.line, entry.id, job.columns)) + "\n")

    def __iter__(self) -> Iterator[Ready]:
        """All of them, in the order of their lines."""
        self._file.seek(0)
        for text in self._file:
            line, entry_id, columns = json.loads(text)
            yield Ready(line, entry_id, Prepared(columns))


def _vessel_id() -> str | None:
    """The vessel's id; a store without one can still send diagnostics."""
    try:
        return the_vessel().id
    except NotFound:
        return None
