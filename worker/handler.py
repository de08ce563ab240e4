"""What a handler is: three functions in a module of `worker/handlers`, and what they are given."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from storage.jobs.record import ClaimedJob
from storage.jobs.states import Reason


class Reporter(Protocol):
    """How a running `perform` tells where it is; nothing said here is part of the result."""

    def phase(self, name: str, current: int = 0, total: int | None = None, unit: str = "") -> None:
        """Say which phase the work is in, and how far; cheap enough to call per item."""
        ...

    def count(self, **counters: int) -> None:
        """Add to counters; names of `Metrics` (`entities_read` …) end up in the metrics."""
        ...

    def log(
        self, message: str, level: Literal["INFO", "WARN", "ERROR"] = "INFO", **context: Any
    ) -> None:
        """Add a line to the job's log."""
        ...

    def issue(self, message: str, **context: Any) -> None:
        """Log a problem that leaves the result usable: `completed_with_issues`."""
        ...


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """What `gather` returns when there is no work: the job completes at once, without a child."""

    reason: str = Reason.NOTHING_TO_DO
    result: dict[str, Any] = field(default_factory=dict)


class Handler(Protocol):
    """The three functions of a module in `worker/handlers`.

    `gather` and `settle` may raise `Refused`: the job then ends failed, with that sentence.
    """

    def gather(self, job: ClaimedJob) -> Any:
        """Read the store (in one read-only snapshot) into a value, or `NothingToDo`."""
        ...

    def perform(self, given: Any, report: Reporter) -> Any:
        """The work: pure, in a child process that never sees the store and may be killed.

        The output crosses a pipe, so it must be picklable: frozen values are.
        """
        ...

    def settle(self, job: ClaimedJob, output: Any) -> dict[str, Any]:
        """Write the output, inside the transaction that also ends the attempt.

        Returns the job's result: what JSON can hold. One that lists `issues` says that the result
        is usable and something is not: `completed_with_issues`.
        """
        ...
