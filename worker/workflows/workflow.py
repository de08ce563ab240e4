"""What a workflow is: a module with `plan` and `verify`, and what those are given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from pydantic import Field

from storage.manifests.lines import ManifestEntry
from storage.value import Value

Found = Mapping[str, Sequence[Any]]
"""What a look at the store found to be done: sort → things, one for each row of work."""

COUNT = 10
"""How many entries are planned when neither a person nor the workflow says a number."""


class PlanRequest(Value):
    """What is to be planned. `name` is that of the manifest, so `{name}-00001` is a good id.

    `count` is the most entries that are wanted; `found` is what `look` gave.
    """

    name: str
    mode: str
    count: int
    found: dict[str, Any] = Field(default_factory=dict)

    def id(self, number: int) -> str:
        """An id for one entry that no other manifest has."""
        return f"{self.name}-{number:05}"


class Planner(Protocol):
    """`plan` of a workflow: pure, in a child process without the store, read as it is written."""

    def __call__(self, request: PlanRequest) -> Iterable[Mapping[str, Any]]:
        """Each entry as its line of the manifest says it; none when there is nothing to do."""
        ...


class Verifier(Protocol):
    """`verify` of a workflow: pure, in a child process without the store."""

    def __call__(self, entry: ManifestEntry, receipt: Mapping[str, Any], found: Found) -> str:
        """What is wrong with an entry whose job completed; empty when nothing is.

        `found` is what `look` gives now, after the jobs.
        """
        ...


class Look(Protocol):
    """`look` of a workflow: reads the store, in one snapshot, in the worker."""

    def __call__(self) -> Found:
        """What there is to be done."""
        ...


class Workflow(Value):
    """A workflow as it is known. `modes`: the first is taken when none is named."""

    name: str
    sentence: str
    modes: tuple[str, ...] = ()
    count: int = COUNT
    origin: str
    plan: Any
    verify: Any
    look: Any = None

    def found(self) -> dict[str, Any]:
        """What there is to be done; nothing to be found for a workflow that does not look."""
        return dict(self.look()) if self.look else {}


def nothing_wrong(entry: ManifestEntry, receipt: Mapping[str, Any], found: Found) -> str:
    """The `verify` of a manifest that no workflow planned: what it expects stands in it."""
    return ""
