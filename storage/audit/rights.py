"""Who may do what: one line for every act, asked by `act` itself, so no verb can forget (pure).

A right is the first word, not the last: the rules of a noun may still say no, because of the state
of things or because two acts need two people. docs/rights.md is made from this table.
"""

from enum import StrEnum
from typing import NamedTuple

from storage.audit.actor import Actor
from storage.errors import NotPermitted
from storage.taxonomy.roles import OFFICERS, READERS, ROLE_LABELS, Role


class Standing(StrEnum):
    """What an actor is, as far as rights go."""

    OFFICER = "officer"
    RATING = "rating"
    READER = "reader"
    MACHINE = "machine"


class Who(NamedTuple):
    """Who has a right, and how a sentence names them."""

    standings: frozenset[Standing]
    named: str


OFFICER = Who(frozenset({Standing.OFFICER}), "an officer")
PERSON = Who(frozenset({Standing.OFFICER, Standing.RATING}), "a person")
STORE = Who(frozenset({Standing.MACHINE}), "the store itself")
MACHINE = Who(frozenset({Standing.MACHINE}), "the machinery")
WRITER = Who(frozenset(Standing) - {Standing.READER}, "the crew or the machinery")
ANYBODY = Who(frozenset(Standing) - {Standing.MACHINE}, "a person")


class Right(NamedTuple):
    """An act in words that follow "may", and who may."""

    what: str
    who: Who


RIGHTS: dict[str, Right] = {
    "alert.acknowledged": Right("acknowledge an alert", PERSON),
    "alert.raised": Right("raise an alert", MACHINE),
    "alert.resolved": Right("close an alert", MACHINE),
    "analytics.aggregated": Right("count what happened", WRITER),
    "analytics.collected": Right("collect what happened", WRITER),
    "analytics.pruned": Right("let old raw counts go", WRITER),
    "backup.made": Right("make a backup", MACHINE),
    "draft.accepted": Right("accept a handover", OFFICER),
    "draft.command_refreshed": Right("refresh the Command section", MACHINE),
    "draft.concern_acknowledged": Right("acknowledge a conflict", PERSON),
    "draft.declined": Right("decline a handover", OFFICER),
    "draft.generated": Right("draft a handover", MACHINE),
    "draft.item_edited": Right("reword an item", PERSON),
    "draft.item_moved": Right("move an item", PERSON),
    "draft.item_split": Right("split an item", PERSON),
    "draft.item_suppressed": Right("leave an item out", PERSON),
    "draft.items_merged": Right("merge items", PERSON),
    "draft.print_requested": Right("print a draft", PERSON),
    "draft.printed": Right("file a printed draft", MACHINE),
    "draft.proposal_answered": Right("answer a merge proposal", PERSON),
    "draft.regenerated": Right("draft a handover again", MACHINE),
    "draft.reopened": Right("reopen a handover", OFFICER),
    "draft.review_begun": Right("review a handover", PERSON),
    "draft.section_seen": Right("read a handover for review", PERSON),
    "entry.captured": Right("capture an entry", PERSON),
    "entry.classification_asked": Right("ask for a classification", MACHINE),
    "entry.correction_accepted": Right("decide about a classification", OFFICER),
    "entry.correction_rejected": Right("decide about a classification", OFFICER),
    "entry.flagged": Right("flag a classification", PERSON),
    "entry.imported": Right("import entries", PERSON),
    "entry.resolved": Right("mark an entry", PERSON),
    "entry.suppressed": Right("mark an entry", PERSON),
    "evidence.document_added": Right("add a source document", WRITER),
    "evidence.imported": Right("import ledger events", WRITER),
    "evidence.recorded": Right("record ledger events", WRITER),
    "failure.acknowledged": Right("acknowledge a failure", PERSON),
    "group.cancelled": Right("cancel a group of jobs", WRITER),
    "group.closed": Right("close a group of jobs", MACHINE),
    "group.opened": Right("open a group of jobs", WRITER),
    "group.sealed": Right("seal a group of jobs", WRITER),
    "handover.correction_requested": Right("correct a signed handover", OFFICER),
    "handover.export_requested": Right("export a handover", PERSON),
    "handover.export_restored": Right("restore a file of an export", MACHINE),
    "handover.exported": Right("file an export", MACHINE),
    "handover.sealed": Right("seal a handover", PERSON),
    "handover.signed": Right("countersign a handover", OFFICER),
    "job.boosted": Right("raise a job", WRITER),
    "job.cancelled": Right("cancel a job", WRITER),
    "job.completed": Right("complete a job", MACHINE),
    "job.decided": Right("decide about a job", WRITER),
    "job.failed": Right("fail a job", MACHINE),
    "job.rescued": Right("take back a job of a lost worker", MACHINE),
    "job.retried": Right("retry a job", WRITER),
    "job.settled": Right("settle a job", MACHINE),
    "job.started": Right("start a job", MACHINE),
    "job.submitted": Right("ask for a job", WRITER),
    "notice.seen": Right("see a notice", PERSON),
    "order.cancelled": Right("withdraw a work order", WRITER),
    "order.dispatched": Right("dispatch a work order", WRITER),
    "order.dispatched_again": Right("send again what failed of a work order", WRITER),
    "order.exported": Right("export a work order", WRITER),
    "order.planned": Right("plan a work order", WRITER),
    "order.verified": Right("verify a work order", MACHINE),
    "output.approved": Right("decide about an output", OFFICER),
    "output.rejected": Right("decide about an output", OFFICER),
    "output.rolled_back": Right("roll back", OFFICER),
    "person.added": Right("add crew", OFFICER),
    "person.added_first": Right("begin a crew", STORE),
    "person.key_opened": Right("open their own key", ANYBODY),
    "person.key_rotated": Right("replace their own key", ANYBODY),
    "person.left": Right("end somebody's service", OFFICER),
    "person.pin_changed": Right("change their own PIN", ANYBODY),
    "person.pin_failures_cleared": Right("open their own key", ANYBODY),
    "person.pin_reset": Right("confirm a new PIN for somebody", PERSON),
    "person.rejoined": Right("take somebody back into the crew", OFFICER),
    "person.reset_proposed": Right("propose a new PIN for somebody", PERSON),
    "person.reset_withdrawn": Right("withdraw a proposed PIN", PERSON),
    "person.signed_in": Right("sign in", ANYBODY),
    "pool.draining": Right("stop the worker pool", MACHINE),
    "proposal.accepted": Right("decide about a proposal", PERSON),
    "proposal.dismissed": Right("decide about a proposal", PERSON),
    "proposal.made": Right("propose an entry", WRITER),
    "queue.limited": Right("limit a queue", WRITER),
    "queue.paused": Right("pause a queue", WRITER),
    "queue.resumed": Right("resume a queue", WRITER),
    "regeneration.approved": Right("approve a regeneration", OFFICER),
    "regeneration.completed": Right("complete a regeneration", MACHINE),
    "regeneration.failed": Right("fail a regeneration", MACHINE),
    "regeneration.retried": Right("approve a retry", OFFICER),
    "schedule.missed": Right("note missed runs", MACHINE),
    "schedule.run_by_hand": Right("run a schedule by hand", WRITER),
    "schedule.skipped": Right("skip missed runs", WRITER),
    "schedule.started": Right("start a scheduled job", MACHINE),
    "scratch.exercised": Right("try the store with a row of its own", MACHINE),
    "signal.raised": Right("raise a signal", WRITER),
    "store.restored": Right("restore the store from a backup", MACHINE),
    "store.salvaged": Right("salvage what is left of a damaged store", MACHINE),
    "store.upgraded": Right("bring up the store to a newer version", MACHINE),
    "suggestion.accepted": Right("accept a suggestion", OFFICER),
    "suggestion.dismissed": Right("dismiss a suggestion", OFFICER),
    "suggestion.made": Right("make a suggestion", WRITER),
    "vessel.clocks_changed": Right("change ship's time", WRITER),
    "vessel.equipment_posted": Right("post the names of the equipment", OFFICER),
    "vessel.named": Right("name the vessel", WRITER),
    "vessel.watch_bill_posted": Right("post the watch bill", WRITER),
    "worker.registered": Right("sign on as a worker", MACHINE),
    "worker.stopped": Right("sign off as a worker", MACHINE),
}
"""Every act of the store, by the name its event has."""


_UNNAMED = Right("do this", WRITER)
"""What an act has that the table does not name; a test finds those of the program."""


def standing_of(actor: Actor) -> Standing:
    """What this actor is. A person whose role is not known has the rights of a rating."""
    return standing_of_role(actor.role) if actor.is_human else Standing.MACHINE


def standing_of_role(role: str | None) -> Standing:
    """What a person of this role is."""
    if role in OFFICERS:
        return Standing.OFFICER
    return Standing.READER if role in READERS else Standing.RATING


def right_to(action: str) -> Right:
    """The right an act needs; doing it to many rows needs the same."""
    return RIGHTS.get(action.removesuffix("_in_bulk"), _UNNAMED)


def check_right(actor: Actor, action: str) -> None:
    """Refuse an act that this actor may not do, whatever the state of things.

    Raises:
        NotPermitted: who may, and what this actor is.
    """
    right, standing = right_to(action), standing_of(actor)
    if standing not in right.who.standings:
        raise NotPermitted(why=_why_not(actor, standing, right))


def _why_not(actor: Actor, standing: Standing, right: Right) -> str:
    if standing is Standing.READER:
        return f"{actor.name} may read everything and change nothing: {_role(actor)}."
    only = f"Only {right.who.named} may {right.what}"
    return f"{only}; {actor.name} is {_role(actor) if actor.is_human else 'not one'}."


def _role(actor: Actor) -> str:
    return ROLE_LABELS[Role(actor.role)] if actor.role in set(Role) else "without a role"
