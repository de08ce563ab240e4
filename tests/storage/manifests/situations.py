"""Situations in which the verbs of work orders succeed; each gives the call that is then made."""

from storage.database import home
from storage.identity import new_id
from storage.manifests.actions import (
    cancel,
    dispatch,
    dispatch_again,
    export_order,
    record_plan,
    record_verdict,
)
from storage.manifests.planning import Authorship
from storage.manifests.reading import survey
from storage.manifests.verifying import Count
from tests.storage.manifests.orders import a_manifest, dispatched, done, failed, lines, planned
from tests.storage.situations import Call


def to_record_plan() -> Call:
    found, author = survey(a_manifest(*lines(1))), Authorship(planner=("p1", "Priya Nair"))
    return lambda actor: record_plan(actor, "watch_01.jsonl", found, author, trace_id="trace-9")


def to_dispatch() -> Call:
    path = a_manifest(*lines(1))
    return lambda actor: dispatch(actor, path)


def to_try() -> Call:
    path = a_manifest(*lines(1))
    return lambda actor: dispatch(actor, path, dry_run=True)


def to_dispatch_again() -> Call:
    order_id = dispatched(1).order_id or ""
    failed()
    return lambda actor: dispatch_again(actor, order_id)


def to_withdraw() -> Call:
    order_id = planned(*lines(1))
    return lambda actor: cancel(actor, order_id)


def to_record_verdict() -> Call:
    sent, job = dispatched(1), done()
    count = Count(total=1, ok=1)
    return lambda actor: record_verdict(
        actor, sent.order_id or "", sha256=sent.sha256, count=count, findings=(), job=job
    )


def to_export_order() -> Call:
    order_id = planned(*lines(1))
    return lambda actor: export_order(actor, order_id, home() / new_id())
