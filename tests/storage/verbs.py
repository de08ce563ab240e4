"""Every verb of storage that changes something, with a situation in which it succeeds.

Jobs have their own verbs and their own tests; everything else that opens an `act` is here, and a
test compares this table with the source.
"""

from collections.abc import Callable
from typing import NamedTuple

from storage.alerts.actions import raise_standing
from storage.alerts.states import Standing
from storage.database import home
from storage.entries.proposals import (
    import_events,
    propose,
)
from storage.evidence.actions import add_document, record_events
from storage.evidence.lines import Line
from storage.evidence.rules import read_event
from storage.manifests.scratch import exercise
from storage.people.actions import add_first_person, sign_in
from storage.recovery.backing_up import backup
from storage.recovery.upgrading import record_upgrade
from storage.vessel.actions import name_vessel, post_equipment, post_watch_bill, set_offset
from storage.vessel.rules import FOUR_ON_EIGHT_OFF
from tests.builders import (
    a_second_officer,
    pin_of,
)
from tests.storage import situations
from tests.storage.handovers import situations as handovers
from tests.storage.insights import situations as insights
from tests.storage.manifests import situations as manifests
from tests.storage.people import situations as people
from tests.storage.recovery import situations as recovery
from tests.storage.schedules import situations as schedules
from tests.storage.situations import Call


class Verb(NamedTuple):
    """How to come where it succeeds, what it records, and whether it is for people alone."""

    prepare: Callable[[], Call]
    records: tuple[str, ...]
    people_only: bool = True
    on_an_empty_store: bool = False


VERBS: dict[str, Verb] = {
    "alerts.actions.raise_standing": Verb(
        lambda: lambda actor: raise_standing(actor, Standing.DISK_LOW, "12 MiB are free."),
        ("alert.raised",),
        people_only=False,
    ),
    "alerts.actions.resolve_standing": Verb(
        situations.to_resolve_alert, ("alert.resolved",), people_only=False
    ),
    "alerts.actions.acknowledge": Verb(situations.to_acknowledge_alert, ("alert.acknowledged",)),
    "recovery.actions.record_backup": Verb(
        recovery.to_record_backup, ("backup.made",), people_only=False
    ),
    "recovery.actions.record_restoration": Verb(
        recovery.to_record_restoration, ("store.restored",), people_only=False
    ),
    "recovery.actions.record_salvage": Verb(
        recovery.to_record_salvage, ("store.salvaged",), people_only=False
    ),
    "manifests.planning.record_plan": Verb(
        manifests.to_record_plan, ("order.planned",), people_only=False
    ),
    "manifests.dispatching.dispatch": Verb(
        manifests.to_dispatch,
        ("order.planned", "group.opened", "job.submitted", "group.sealed", "order.dispatched"),
        people_only=False,
    ),
    "manifests.dispatching._tried": Verb(
        manifests.to_try, ("order.dispatched",), people_only=False
    ),
    "manifests.dispatching.dispatch_again": Verb(
        manifests.to_dispatch_again,
        (
            "job.cancelled",
            "group.opened",
            "job.submitted",
            "group.sealed",
            "order.dispatched_again",
        ),
        people_only=False,
    ),
    "manifests.actions.cancel": Verb(
        manifests.to_withdraw, ("order.cancelled",), people_only=False
    ),
    "manifests.verifying.record_verdict": Verb(
        manifests.to_record_verdict, ("order.verified",), people_only=False
    ),
    "manifests.exporting.export_order": Verb(
        manifests.to_export_order, ("order.exported",), people_only=False
    ),
    "manifests.scratch.exercise": Verb(
        lambda: lambda actor: exercise(actor, "a", "b", **situations.IDS),
        ("scratch.exercised",),
        people_only=False,
    ),
    "schedules.actions.note_missed": Verb(
        schedules.to_note_missed, ("schedule.missed",), people_only=False
    ),
    "schedules.actions.start_due": Verb(
        schedules.to_start_due, ("job.submitted", "schedule.started"), people_only=False
    ),
    "schedules.actions.run_now": Verb(
        schedules.to_run_now, ("job.submitted", "schedule.run_by_hand"), people_only=False
    ),
    "schedules.actions.skip_missed": Verb(
        schedules.to_skip_missed, ("schedule.skipped",), people_only=False
    ),
    "people.joining.add_first_person": Verb(
        lambda: lambda _: add_first_person("Anna Lindqvist", "captain", "602214"),
        ("person.added_first",),
        people_only=False,
        on_an_empty_store=True,
    ),
    "people.joining.add_person": Verb(people.to_add_person, ("person.added",)),
    "people.opening.sign_in": Verb(
        lambda: lambda _: sign_in("Priya Nair", pin_of(a_second_officer())),
        ("person.signed_in",),
        people_only=False,
    ),
    "people.opening._count_failure": Verb(people.wrong_pin, ("person.key_opened",)),
    "people.opening.open_key": Verb(
        people.right_pin_after_a_wrong_one, ("person.pin_failures_cleared",)
    ),
    "people.joining.leave_crew": Verb(people.to_leave_crew, ("person.left",)),
    "people.joining.rejoin_crew": Verb(people.to_rejoin_crew, ("person.rejoined",)),
    "people.owning.change_pin": Verb(people.to_change_pin, ("person.pin_changed",)),
    "people.owning.rotate_key": Verb(people.to_rotate_key, ("person.key_rotated",)),
    "people.resetting.propose_reset": Verb(people.to_propose_reset, ("person.reset_proposed",)),
    "people.resetting.confirm_reset": Verb(people.to_confirm_reset, ("person.pin_reset",)),
    "people.resetting.withdraw_reset": Verb(people.to_withdraw_reset, ("person.reset_withdrawn",)),
    "vessel.actions.name_vessel": Verb(
        lambda: lambda actor: name_vessel(actor, "Second Wind"),
        ("vessel.named",),
        people_only=False,
        on_an_empty_store=True,
    ),
    "vessel.actions.set_offset": Verb(
        lambda: lambda actor: set_offset(actor, -60), ("vessel.clocks_changed",), people_only=False
    ),
    "vessel.actions.post_watch_bill": Verb(
        lambda: lambda actor: post_watch_bill(actor, FOUR_ON_EIGHT_OFF),
        ("vessel.watch_bill_posted",),
        people_only=False,
    ),
    "vessel.actions.post_equipment": Verb(
        lambda: lambda actor: post_equipment(actor, situations.EQUIPMENT),
        ("vessel.equipment_posted",),
    ),
    "evidence.actions.record_events": Verb(
        lambda: lambda actor: record_events(actor, [read_event(situations.FAULT)]),
        ("evidence.recorded",),
        people_only=False,
    ),
    "evidence.actions.add_document": Verb(
        lambda: lambda actor: add_document(actor, situations.a_photo()),
        ("evidence.document_added",),
        people_only=False,
    ),
    "entries.actions.capture": Verb(situations.to_capture, ("entry.captured",)),
    "entries.actions.import_entries": Verb(situations.to_import, ("entry.imported",)),
    "entries.actions.flag": Verb(situations.to_flag, ("entry.flagged",)),
    "entries.actions._mark": Verb(situations.to_resolve, ("entry.resolved",)),
    "entries.actions._mark again": Verb(situations.to_suppress_entry, ("entry.suppressed",)),
    "entries.corrections.decide": Verb(
        situations.to_accept_correction, ("entry.correction_accepted",)
    ),
    "entries.corrections.decide again": Verb(
        situations.to_reject_correction, ("entry.correction_rejected",)
    ),
    "entries.gaps.ask_to_classify": Verb(
        manifests.to_ask_to_classify, ("entry.classification_asked",), people_only=False
    ),
    "entries.proposals.import_events": Verb(
        lambda: lambda actor: import_events(actor, [Line(number=1, values=situations.FAULT)]),
        ("evidence.recorded", "proposal.made", "evidence.imported"),
        people_only=False,
    ),
    "entries.proposals.propose_from_events": Verb(
        situations.to_propose, ("proposal.made",), people_only=False
    ),
    "entries.proposals.accept_proposal": Verb(
        situations.to_accept_proposal, ("proposal.accepted",)
    ),
    "entries.proposals.dismiss_proposal": Verb(
        situations.to_dismiss_proposal, ("proposal.dismissed",)
    ),
    "drafts.generation.write_generated": Verb(
        situations.to_generate, ("draft.generated",), people_only=False
    ),
    "drafts.generation.write_regenerated": Verb(
        situations.to_regenerate, ("draft.regenerated",), people_only=False
    ),
    "drafts.generation.write_command": Verb(
        situations.to_refresh, ("draft.command_refreshed",), people_only=False
    ),
    "drafts.review.begin_review": Verb(situations.to_begin_review, ("draft.review_begun",)),
    "drafts.review.mark_seen": Verb(situations.to_mark_seen, ("draft.section_seen",)),
    "drafts.review.answer": Verb(situations.to_answer, ("draft.proposal_answered",)),
    "drafts.review.acknowledge": Verb(situations.to_acknowledge, ("draft.concern_acknowledged",)),
    "drafts.editing.edit": Verb(situations.to_edit, ("draft.item_edited",)),
    "drafts.editing.move": Verb(situations.to_move, ("draft.item_moved",)),
    "drafts.editing.merge": Verb(situations.to_merge, ("draft.items_merged",)),
    "drafts.editing.split": Verb(situations.to_split, ("draft.item_split",)),
    "drafts.editing.suppress": Verb(situations.to_suppress_item, ("draft.item_suppressed",)),
    "drafts.superseding.request_correction": Verb(
        situations.to_request_correction, ("job.submitted", "handover.correction_requested")
    ),
    "handovers.notices.see_notice": Verb(situations.to_see_notice, ("notice.seen",)),
    "handovers.printing.request_print": Verb(
        situations.to_request_print, ("job.submitted", "draft.print_requested")
    ),
    "handovers.printing.record_print": Verb(
        situations.to_record_print, ("draft.printed",), people_only=False
    ),
    "handovers.signing.accept": Verb(situations.to_accept, ("draft.accepted",)),
    "handovers.signing.decline": Verb(situations.to_decline, ("draft.declined",)),
    "handovers.signing.reopen": Verb(situations.to_reopen, ("draft.reopened",)),
    "handovers.signing.countersign": Verb(
        situations.to_countersign, ("job.submitted", "handover.signed")
    ),
    "handovers.exports.request_export": Verb(
        situations.to_request_export, ("job.submitted", "handover.export_requested")
    ),
    "handovers.exports.record_export": Verb(
        situations.to_record_export, ("handover.exported",), people_only=False
    ),
    "handovers.sealing.record_seal": Verb(handovers.to_record_seal, ("handover.sealed",)),
    "handovers.gaps.restore_files": Verb(
        manifests.to_restore_files, ("handover.export_restored",), people_only=False
    ),
    "entries.proposals.propose": Verb(
        lambda: lambda actor: propose(actor, "suggestion", "s-1", "It keeps coming back."),
        ("proposal.made",),
        people_only=False,
    ),
    "insights.collecting.collect": Verb(
        insights.to_collect, ("analytics.collected",), people_only=False
    ),
    "insights.aggregating.aggregate": Verb(
        insights.to_aggregate, ("analytics.aggregated",), people_only=False
    ),
    "insights.signalling.generate_signals": Verb(
        insights.to_signal, ("signal.raised",), people_only=False
    ),
    "insights.suggesting.generate_suggestions": Verb(
        insights.to_suggest, ("suggestion.made",), people_only=False
    ),
    "insights.deciding.accept": Verb(
        insights.to_accept_suggestion, ("proposal.made", "suggestion.accepted")
    ),
    "insights.deciding.accept again": Verb(
        insights.to_accept_regeneration, ("regeneration.approved", "suggestion.accepted")
    ),
    "insights.deciding.dismiss": Verb(insights.to_dismiss_suggestion, ("suggestion.dismissed",)),
    "insights.deciding.approve_regeneration": Verb(
        insights.to_approve_regeneration, ("regeneration.approved",)
    ),
    "insights.deciding.retry": Verb(insights.to_retry, ("regeneration.retried",)),
    "insights.regenerating.complete": Verb(
        insights.to_complete, ("regeneration.completed",), people_only=False
    ),
    "insights.regenerating.fail": Verb(
        insights.to_fail, ("regeneration.failed",), people_only=False
    ),
    "insights.outputs._decide": Verb(insights.to_approve_output, ("output.approved",)),
    "insights.outputs._decide again": Verb(insights.to_reject_output, ("output.rejected",)),
    "insights.outputs.rollback": Verb(insights.to_roll_back, ("output.rolled_back",)),
    "recovery.upgrading.record_upgrade": Verb(
        lambda: lambda actor: record_upgrade(actor, backup(home())),
        ("store.upgraded",),
        people_only=False,
    ),
    "insights.pruning.prune": Verb(insights.to_prune, ("analytics.pruned",), people_only=False),
}
"""Module and function → the verb. The second officer is the actor where a person has to be."""
