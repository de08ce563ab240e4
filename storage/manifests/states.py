"""Where a work order stands, and what is found of its entries (pure).

planned → dispatched
        ↘ withdrawn        never sent; a dispatched one is cancelled by cancelling its jobs
"""

from enum import StrEnum

from storage.jobs.states import GroupState


class OrderState(StrEnum):
    """What was decided about a work order; how its jobs do is read from them."""

    PLANNED = "planned"  # a person dispatches or withdraws it
    DISPATCHED = "dispatched"  # final; what failed may be sent again, as a further round
    WITHDRAWN = "withdrawn"  # final


class OrderView(StrEnum):
    """Where a work order stands in one word, derived from its state and its last group of jobs."""

    PLANNED = "planned"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    COMPLETED = "completed"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What verifying finds of one entry (JOBS §7)."""

    OK = "ok"  # its job completed, and the receipt is what was expected
    FAILED = "failed"  # its job failed or was cancelled
    PENDING = "pending"  # its job waits or runs
    MISSING = "missing"  # it was never sent
    MISMATCH = "mismatch"  # the receipt is not what was expected, or not of this entry


LEGAL_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PLANNED: frozenset({OrderState.DISPATCHED, OrderState.WITHDRAWN}),
    OrderState.DISPATCHED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
}
"""Every move there is; the store's trigger `work_order_moves` refuses any other."""


def order_view(state: OrderState, jobs: GroupState | None) -> OrderView:
    """Where a work order stands; `jobs` is its last group, None before it was dispatched."""
    if jobs is None:
        return OrderView(state.value)
    return OrderView.RUNNING if jobs is GroupState.OPEN else OrderView(jobs.value)
