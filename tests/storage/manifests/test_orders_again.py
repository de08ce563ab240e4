"""Cancelling an order, and sending once more what failed, and nothing else."""

import pytest

from storage.audit.actor import SYSTEM
from storage.errors import NotFound, WrongState
from storage.jobs.states import GroupState, JobStatus
from storage.jobs.views import find_job, list_jobs
from storage.manifests.actions import cancel, dispatch_again
from storage.manifests.files import path_of
from storage.manifests.states import OrderView
from storage.manifests.views import entries_of, show_order, tally_of
from tests.storage.manifests.orders import dispatched, done, failed, lines, planned

pytestmark = pytest.mark.usefixtures("store")


def test_cancelling_ends_what_waits_and_lets_the_rest_be() -> None:
    order_id = dispatched(3).order_id or ""
    done()
    assert cancel(SYSTEM, order_id) == ("cancelled", 2)
    order = show_order(order_id)
    assert order.view is OrderView.CANCELLED
    assert order.group is not None and order.group.state is GroupState.CANCELLED
    with pytest.raises(WrongState):
        cancel(SYSTEM, order_id)


def test_only_what_failed_is_sent_again_as_new_jobs() -> None:
    order_id = dispatched(3).order_id or ""
    first, bad, last = done(), failed(), done()
    again = dispatch_again(SYSTEM, order_id)
    assert (again.sent, again.round) == (1, 2)
    now = {line.line: line for line in entries_of(order_id)}
    assert (now[1].job_id, now[3].job_id) == (first.job_id, last.job_id)
    assert now[2].job_id != bad.job_id
    assert (now[2].round, now[2].status) == (2, JobStatus.QUEUED)
    done()
    assert tally_of(order_id).completed == 3
    assert show_order(order_id).view is OrderView.COMPLETED


def test_a_failed_job_is_closed_when_its_entry_is_sent_again() -> None:
    order_id = dispatched(1).order_id or ""
    bad = failed()
    dispatch_again(SYSTEM, order_id)
    assert find_job(bad.job_id).status is JobStatus.CANCELLED
    assert len(list_jobs()) == 2


def test_what_was_cancelled_may_be_sent_again() -> None:
    order_id = dispatched(2).order_id or ""
    cancel(SYSTEM, order_id)
    assert dispatch_again(SYSTEM, order_id).sent == 2
    assert tally_of(order_id).pending == 2


def test_a_third_round_is_about_what_failed_in_the_second() -> None:
    order_id = dispatched(2).order_id or ""
    failed(), failed()
    dispatch_again(SYSTEM, order_id)
    done(), failed()
    assert (dispatch_again(SYSTEM, order_id).sent, show_order(order_id).round) == (1, 3)


@pytest.mark.parametrize("ended", [0, 1])
def test_while_jobs_wait_nothing_is_sent_again(ended: int) -> None:
    order_id = dispatched(2).order_id or ""
    for _ in range(ended):
        failed()
    with pytest.raises(WrongState, match="still wait or run"):
        dispatch_again(SYSTEM, order_id)


def test_where_nothing_failed_there_is_nothing_to_send_again() -> None:
    order_id = dispatched(1).order_id or ""
    done()
    with pytest.raises(WrongState, match="nothing to send again"):
        dispatch_again(SYSTEM, order_id)


def test_only_what_was_dispatched_can_be_sent_again() -> None:
    with pytest.raises(WrongState, match="planned"):
        dispatch_again(SYSTEM, planned(*lines(1)))
    with pytest.raises(NotFound):
        dispatch_again(SYSTEM, "nothing")


def test_what_was_changed_since_is_not_sent_again() -> None:
    sent = dispatched(2)
    failed(), failed()
    path_of(sent.name).write_bytes(path_of(sent.name).read_bytes() + b"\n")
    with pytest.raises(WrongState, match="was changed"):
        dispatch_again(SYSTEM, sent.order_id or "")
    assert len(list_jobs()) == 2
