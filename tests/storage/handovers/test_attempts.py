"""I1: a move tried while it is not legal is refused on record; a legal one leaves no trace yet."""

from collections.abc import Callable

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import AuditRow, count_events, list_events
from storage.drafts import editing
from storage.drafts.requesting import attempt_draft, attempt_renewal, request_draft
from storage.drafts.states import DraftState, EditKind, Move
from storage.drafts.views import draft
from storage.errors import NotPermitted, NotReady, Refused, WrongState
from storage.handovers.attempts import attempt
from storage.jobs.record import JobQuery
from storage.jobs.views import list_jobs
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_third_officer,
    an_accepted_draft,
    read_everything,
)


def refused(ask: Callable[[], object], error: type[Refused]) -> AuditRow:
    """The one event of the refusal, which changed nothing else."""
    before = count_events()
    with pytest.raises(error) as refusal:
        ask()
    assert count_events() == before + 1
    event = list_events(limit=1)[0]
    assert event.outcome == "refused" and event.detail["why"] == str(refusal.value)
    return event


@pytest.mark.parametrize(
    ("build", "who", "how", "error", "action"),
    [
        (an_accepted_draft, a_second_officer, Move.COUNTERSIGN, NotPermitted, "handover.signed"),
        (an_accepted_draft, a_rating, Move.COUNTERSIGN, NotPermitted, "handover.signed"),
        (an_accepted_draft, a_third_officer, Move.COUNTERSIGN, NotReady, "handover.signed"),
        (a_draft_in_review, a_second_officer, Move.ACCEPT, NotReady, "draft.accepted"),
        (a_draft_in_review, a_rating, Move.ACCEPT, NotPermitted, "draft.accepted"),
        (a_draft, a_second_officer, Move.ACCEPT, WrongState, "draft.accepted"),
        (an_accepted_draft, a_second_officer, Move.DECLINE, NotPermitted, "draft.declined"),
        (an_accepted_draft, a_third_officer, Move.REOPEN, NotPermitted, "draft.reopened"),
        (a_signed_handover, a_second_officer, Move.REVIEW, WrongState, "draft.review_begun"),
    ],
)
def test_i1_what_is_not_legal_is_refused_by_its_own_rules(
    store: object,
    build: Callable[[], str],
    who: Callable[[], CrewMember],
    how: Move,
    error: type[Refused],
    action: str,
) -> None:
    draft_id, person = build(), who()
    event = refused(lambda: attempt(person.actor, draft_id, how), error)
    assert (event.action, event.subject_id) == (action, draft_id)
    assert event.actor_id == person.id


def test_what_is_legal_leaves_no_trace_before_it_is_done(store: object) -> None:
    reviewed = a_reviewed_draft()
    before = count_events()
    attempt(a_second_officer().actor, reviewed, Move.ACCEPT)
    assert count_events() == before
    assert draft(reviewed).state is DraftState.IN_REVIEW


def test_a_relief_who_has_read_everything_may_go_on_to_the_read_backs(store: object) -> None:
    draft_id = an_accepted_draft()
    read_everything(draft_id, a_third_officer())
    before = count_events()
    attempt(a_third_officer().actor, draft_id, Move.COUNTERSIGN)
    assert count_events() == before


def test_i1_changing_a_command_item_is_refused_on_record(store: object) -> None:
    draft_id = a_draft_in_review()
    command = next(s for s in draft(draft_id).sections if s.bucket is Bucket.COMMAND).items[0]
    person = a_second_officer().actor
    event = refused(lambda: editing.attempt(person, command.id, EditKind.EDIT), NotPermitted)
    assert (event.action, event.subject_id) == ("draft.item_edited", command.id)


def test_i13_no_machine_may_even_try(store: object) -> None:
    draft_id = a_draft_in_review()
    refused(lambda: attempt(WORKER, draft_id, Move.ACCEPT), NotPermitted)


@pytest.mark.parametrize(
    ("build", "words"),
    [(a_draft_in_review, "in review; regenerate it"), (an_accepted_draft, "signed or declined")],
)
def test_a_draft_is_refused_before_anything_is_queued(
    store: object, build: Callable[[], str], words: str
) -> None:
    vessel_id = draft(build()).vessel_id
    person, queued = a_second_officer().actor, list_jobs(JobQuery())
    event = refused(lambda: request_draft(person, vessel_id, {}), WrongState)
    assert words in event.detail["why"]
    refused(lambda: attempt_draft(person, vessel_id), WrongState)
    assert list_jobs(JobQuery()) == queued


def test_frozen_content_is_not_asked_for_again(store: object) -> None:
    draft_id = an_accepted_draft()
    refused(lambda: attempt_renewal(a_second_officer().actor, draft_id), WrongState)
