"""What an audit event says in a person's words (pure). The identifiers stay in the raw record."""

from typing import NamedTuple


class Words(NamedTuple):
    """`accept` and `accepted` of `the handover`."""

    to_do: str
    done: str
    what: str


ACTION_WORDS: dict[str, Words] = {
    "alert.acknowledged": Words("acknowledge", "acknowledged", "an alert"),
    "alert.raised": Words("raise", "raised", "an alert"),
    "alert.resolved": Words("close", "closed", "an alert"),
    "analytics.aggregated": Words("count", "counted", "what happened"),
    "analytics.collected": Words("collect", "collected", "what happened"),
    "analytics.pruned": Words("let go", "let go", "old raw counts"),
    "backup.made": Words("make", "made", "a backup"),
    "draft.accepted": Words("accept", "accepted", "the handover"),
    "draft.command_refreshed": Words("refresh", "refreshed", "the Command section"),
    "draft.concern_acknowledged": Words("acknowledge", "acknowledged", "a concern"),
    "draft.declined": Words("decline", "declined", "the handover"),
    "draft.generated": Words("draft", "drafted", "the handover"),
    "draft.item_edited": Words("reword", "reworded", "an item"),
    "draft.item_moved": Words("move", "moved", "an item"),
    "draft.item_split": Words("split", "split", "an item"),
    "draft.item_suppressed": Words("leave out", "left out", "an item"),
    "draft.items_merged": Words("merge", "merged", "items"),
    "draft.print_requested": Words("ask for", "asked for", "a print of the draft"),
    "draft.printed": Words("print", "printed", "the draft"),
    "draft.proposal_answered": Words("answer", "answered", "a merge proposal"),
    "draft.regenerated": Words("draft again", "drafted again", "the handover"),
    "draft.reopened": Words("reopen", "reopened", "the handover"),
    "draft.review_begun": Words("begin", "began", "the review"),
    "draft.section_seen": Words("read", "read", "a section to its end"),
    "entry.captured": Words("capture", "captured", "an entry"),
    "entry.classification_asked": Words("ask for", "asked for", "another classification"),
    "entry.correction_accepted": Words("correct", "corrected", "a classification"),
    "entry.correction_rejected": Words("reject", "rejected", "a new classification"),
    "entry.flagged": Words("question", "questioned", "a classification"),
    "entry.imported": Words("import", "imported", "entries"),
    "entry.resolved": Words("resolve", "resolved", "an entry"),
    "entry.suppressed": Words("suppress", "suppressed", "an entry"),
    "evidence.document_added": Words("add", "added", "a source document"),
    "evidence.imported": Words("import", "imported", "ledger events"),
    "evidence.recorded": Words("record", "recorded", "ledger events"),
    "failure.acknowledged": Words("acknowledge", "acknowledged", "a failure"),
    "group.cancelled": Words("cancel", "cancelled", "a group of jobs"),
    "group.closed": Words("close", "closed", "a group of jobs"),
    "group.opened": Words("open", "opened", "a group of jobs"),
    "group.sealed": Words("seal", "sealed", "a group of jobs"),
    "handover.correction_requested": Words("ask for", "asked for", "a correction"),
    "handover.export_requested": Words("ask for", "asked for", "an export"),
    "handover.export_restored": Words("restore", "restored", "a file of an export"),
    "handover.exported": Words("export", "exported", "the signed handover"),
    "handover.sealed": Words("seal", "sealed", "the PDF of a handover"),
    "handover.signed": Words("countersign", "countersigned", "the handover"),
    "job.boosted": Words("raise", "raised", "a job"),
    "job.cancelled": Words("cancel", "cancelled", "a job"),
    "job.completed": Words("complete", "completed", "a job"),
    "job.decided": Words("decide about", "decided about", "a job"),
    "job.failed": Words("end", "ended", "a job that failed"),
    "job.rescued": Words("take back", "took back", "a job of a lost worker"),
    "job.retried": Words("retry", "retried", "a job"),
    "job.settled": Words("settle", "settled", "a job"),
    "job.started": Words("start", "started", "a job"),
    "job.submitted": Words("ask for", "asked for", "a job"),
    "notice.seen": Words("see", "saw", "a notice"),
    "order.cancelled": Words("withdraw", "withdrew", "a work order"),
    "order.dispatched": Words("dispatch", "dispatched", "a work order"),
    "order.dispatched_again": Words("send again", "sent again", "what failed of a work order"),
    "order.exported": Words("export", "exported", "a work order"),
    "order.planned": Words("plan", "planned", "a work order"),
    "order.verified": Words("verify", "verified", "a work order"),
    "output.approved": Words("approve", "approved", "an output"),
    "output.rejected": Words("reject", "rejected", "an output"),
    "output.rolled_back": Words("roll back", "rolled back", "an output"),
    "person.added": Words("add", "added", "a person to the crew"),
    "person.added_first": Words("begin", "began", "the crew with its first person"),
    "person.key_opened": Words("open", "opened", "the signing key with a PIN"),
    "person.key_rotated": Words("replace", "replaced", "their own key"),
    "person.left": Words("end", "ended", "a person's service"),
    "person.pin_changed": Words("change", "changed", "their own PIN"),
    "person.pin_failures_cleared": Words("clear", "cleared", "the count of wrong PINs"),
    "person.pin_reset": Words("reset", "reset", "a PIN"),
    "person.rejoined": Words("take back", "took back", "a person into the crew"),
    "person.reset_proposed": Words("propose", "proposed", "a new PIN for a person"),
    "person.reset_withdrawn": Words("withdraw", "withdrew", "a proposed PIN"),
    "person.signed_in": Words("sign in", "signed in", "to the console"),
    "pool.draining": Words("stop", "told to stop", "the worker pool"),
    "proposal.accepted": Words("accept", "accepted", "a proposed entry"),
    "proposal.dismissed": Words("dismiss", "dismissed", "a proposed entry"),
    "proposal.made": Words("propose", "proposed", "an entry"),
    "queue.limited": Words("limit", "limited", "a queue"),
    "queue.paused": Words("pause", "paused", "a queue"),
    "queue.resumed": Words("resume", "resumed", "a queue"),
    "regeneration.approved": Words("approve", "approved", "a regeneration"),
    "regeneration.completed": Words("complete", "completed", "a regeneration"),
    "regeneration.failed": Words("fail", "failed", "a regeneration"),
    "regeneration.retried": Words("retry", "retried", "a regeneration"),
    "schedule.missed": Words("note", "noted", "missed runs"),
    "schedule.run_by_hand": Words("run", "ran", "a schedule by hand"),
    "schedule.skipped": Words("skip", "skipped", "missed runs"),
    "schedule.started": Words("start", "started", "a scheduled job"),
    "scratch.exercised": Words("try", "tried", "the store with a row of its own"),
    "signal.raised": Words("raise", "raised", "a signal"),
    "store.restored": Words("restore", "restored", "the store from a backup"),
    "store.salvaged": Words("salvage", "salvaged", "what was left of a damaged store"),
    "suggestion.accepted": Words("accept", "accepted", "a suggestion"),
    "suggestion.dismissed": Words("dismiss", "dismissed", "a suggestion"),
    "suggestion.made": Words("make", "made", "a suggestion"),
    "store.upgraded": Words("bring up", "brought up", "the store to this version"),
    "vessel.clocks_changed": Words("change", "changed", "ship's time"),
    "vessel.equipment_posted": Words("post", "posted", "the equipment list"),
    "vessel.named": Words("name", "named", "the vessel"),
    "vessel.watch_bill_posted": Words("post", "posted", "the watch bill"),
    "worker.registered": Words("sign on", "signed on", "as a worker"),
    "worker.stopped": Words("sign off", "signed off", "as a worker"),
}
"""Every act, as people say it."""


def said(action: str, outcome: str) -> str:
    """`accepted the handover`, `not allowed: accept the handover`, `dry run: accept …`.

    An action without words of its own is told by its name: `order.drawn_up` is `order drawn up`.
    """
    words = ACTION_WORDS.get(action)
    if words is None:
        plain = action.replace(".", " ").replace("_", " ")
        return plain if outcome == "done" else f"{plain}: {outcome.replace('_', ' ')}"
    if outcome == "done":
        return f"{words.done} {words.what}"
    how = "not allowed" if outcome == "refused" else outcome.replace("_", " ")
    return f"{how}: {words.to_do} {words.what}"
