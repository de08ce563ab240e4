"""Every way a work order changes, in the order of its life; each is one transaction and one event.

planning      record_plan      the worker names the file it wrote
dispatching   dispatch · dispatch_again      people send it, and what failed once more
here          cancel           people call it off
verifying     record_verdict   the worker says what it found
exporting     export_order     people take it ashore
"""

from typing import Literal

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.errors import WrongState
from storage.jobs.actions import cancel_group
from storage.manifests.dispatching import dispatch, dispatch_again
from storage.manifests.exporting import export_order
from storage.manifests.finding import order_row
from storage.manifests.planning import record_plan
from storage.manifests.rules import why_not_move
from storage.manifests.states import OrderState
from storage.manifests.tables import WorkOrder
from storage.manifests.verifying import record_verdict

__all__ = [
    "cancel",
    "dispatch",
    "dispatch_again",
    "export_order",
    "record_plan",
    "record_verdict",
]


def cancel(actor: Actor, order_id: str) -> tuple[Literal["withdrawn", "cancelled"], int]:
    """Withdraw a planned work order, or cancel those jobs of a dispatched one that still wait.

    Returns what was done, and how many jobs were cancelled; running ones end by themselves.

    Raises:
        NotFound. WrongState: it is withdrawn already, or all its jobs have ended.
    """
    with act(actor, "order.cancelled", "order", order_id) as deed:
        row = order_row(order_id)
        if row.group_id is not None:
            cancelled = cancel_group(actor, row.group_id)
            deed.detail = {"name": row.name, "cancelled": cancelled}
            return "cancelled", cancelled
        refusal = why_not_move(OrderState(row.state), OrderState.WITHDRAWN)
        if refusal:
            raise WrongState(why=refusal)
        WorkOrder.update(state=OrderState.WITHDRAWN.value, withdrawn_at=deed.at).where(
            WorkOrder.order_id == order_id
        ).execute()
        deed.detail = {"name": row.name}
        return "withdrawn", 0
