"""Situations in which the verbs of work orders and their repairs succeed; each gives the call."""

from storage.audit.actor import WORKER, Actor
from storage.canonical import sha256_hex
from storage.database import home
from storage.entries.gaps import ask_to_classify
from storage.handovers.exports import record_export
from storage.handovers.gaps import plan_restoration, restore_files
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
from tests.builders import a_signed_handover, a_simple_item, an_export_plan
from tests.contents import contents
from tests.storage.manifests.orders import (
    a_manifest,
    an_unfiled_entry,
    dispatched,
    done,
    failed,
    lines,
    planned,
)
from tests.storage.situations import IDS, Call


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


def to_ask_to_classify() -> Call:
    unfiled = an_unfiled_entry()
    return lambda actor: ask_to_classify(actor, unfiled, "ENG-05", ("pump",), **IDS)


def to_restore_files() -> Call:
    draft_id = a_signed_handover(contents(a_simple_item()))
    plan, data = an_export_plan(draft_id, "json"), b"{}"
    hashes = {"handover.json": sha256_hex(data)}
    record_export(WORKER, plan, hashes, **IDS)
    asked, workshop = plan_restoration(plan.export_id), home() / "workshop"

    def restore(actor: Actor) -> None:
        (home() / plan.folder / "handover.json").unlink(missing_ok=True)
        workshop.mkdir(exist_ok=True)
        (workshop / "handover.json").write_bytes(data)
        restore_files(actor, asked, hashes, workshop, **IDS)

    return restore
