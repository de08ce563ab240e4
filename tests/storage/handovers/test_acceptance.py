"""I11: nothing is accepted while one single condition is missing. One test a condition."""

from collections.abc import Callable

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import AuditQuery, count_events, list_events
from storage.canonical import canonical_json
from storage.drafts import editing, review
from storage.drafts.generation import write_command
from storage.drafts.states import Answer, ConcernKind, DraftState
from storage.drafts.views import draft
from storage.errors import LockedOut, NotFound, NotPermitted, NotReady, WrongPin, WrongState
from storage.handovers import signing
from storage.handovers.signing import accept, reopen
from storage.handovers.tables import HandoverSignature
from storage.handovers.views import acceptance, missing_to_accept
from storage.people.actions import open_key
from storage.people.keys import is_signed
from storage.people.views import CrewMember
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    an_accepted_draft,
    answer_everything,
    one_of_everything,
    pin_of,
    read_everything,
    regenerated,
)
from tests.clock import ShipClock
from tests.contents import contents


def accepting(
    draft_id: str, *, by: CrewMember | None = None, pin: str | None = None, confirmed: bool = True
) -> None:
    officer = by or a_second_officer()
    accept(officer.actor, draft_id, pin=pin or pin_of(officer), confirmed=confirmed)


def missing_when_accepting(draft_id: str, **how: object) -> list[str]:
    """What a refused acceptance says is missing; the draft is untouched."""
    before = draft(draft_id)
    with pytest.raises(NotReady) as refusal:
        accepting(draft_id, **how)  # type: ignore[arg-type]
    assert draft(draft_id) == before
    assert acceptance(draft_id, before.review_round) is None
    assert list_events(limit=1)[0].detail["code"] == "not_ready"
    return list(refusal.value.facts["missing"])


def everything_but(draft_id: str, *kinds: ConcernKind) -> None:
    """Acknowledge every concern except those of these kinds; answer and read everything."""
    officer = a_second_officer()
    read_everything(draft_id, officer)
    view = draft(draft_id)
    for proposal in view.merge_proposals:
        review.answer(officer.actor, proposal.id, Answer.KEEP_BOTH)
    for concern in view.conflicts:
        if concern.kind not in kinds:
            review.acknowledge(officer.actor, concern.id, note="Seen.")


def test_i11_with_everything_done_the_acceptance_is_signed_and_the_content_frozen(
    store: object,
) -> None:
    draft_id = a_reviewed_draft()
    accepting(draft_id)
    view = draft(draft_id)
    assert view.state is DraftState.ACCEPTED
    assert view.content_hash is not None
    signed = acceptance(draft_id, 1)
    assert signed is not None
    assert (signed.name, signed.role) == ("Priya Nair", "second_officer")
    event = list_events(limit=1)[0]
    assert (event.action, event.detail["content_hash"]) == ("draft.accepted", view.content_hash)


def test_i11_a_section_that_was_not_read_to_its_end_is_missing(store: object) -> None:
    draft_id = a_draft_in_review()
    answer_everything(draft_id, a_second_officer())
    for section in draft(draft_id).sections[:-1]:
        review.mark_seen(a_second_officer().actor, draft_id, section.bucket)
    assert missing_when_accepting(draft_id) == ["section Interior not read to its end"]


def test_i11_reading_by_somebody_else_does_not_count(store: object) -> None:
    draft_id = a_draft_in_review(contents(a_simple_item()))
    read_everything(draft_id, a_third_officer())
    assert missing_when_accepting(draft_id) == ["section Deck not read to its end"]


def test_i11_reading_in_an_earlier_round_does_not_count(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    reopen(a_second_officer().actor, draft_id, reason="Forgot the anchor.")
    assert missing_when_accepting(draft_id) == ["section Deck not read to its end"]


def test_i11_an_unanswered_merge_proposal_is_missing(store: object) -> None:
    draft_id = a_draft_in_review()
    read_everything(draft_id, a_second_officer())
    for concern in draft(draft_id).conflicts:
        review.acknowledge(a_second_officer().actor, concern.id, note="Seen.")
    assert missing_when_accepting(draft_id) == ["1 merge proposal not answered"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ConcernKind.CONFLICT, "1 conflict not acknowledged"),
        (ConcernKind.UNCERTAINTY, "1 uncertainty not acknowledged"),
        (ConcernKind.PLANNING, "1 line of planning language not acknowledged"),
    ],
)
def test_i11_an_unacknowledged_concern_is_missing(
    store: object, kind: ConcernKind, words: str
) -> None:
    draft_id = a_draft_in_review()
    everything_but(draft_id, kind)
    assert missing_when_accepting(draft_id) == [words]


def test_i11_an_unticked_confirmation_is_missing(store: object) -> None:
    draft_id = a_reviewed_draft()
    assert missing_when_accepting(draft_id, confirmed=False) == [
        "the confirmation is not ticked"
    ]  # fmt: skip


def test_i11_without_the_pin_nothing_is_accepted(store: object) -> None:
    draft_id = a_reviewed_draft(contents(a_simple_item()))
    with pytest.raises(WrongPin):
        accepting(draft_id, pin="999998")
    assert draft(draft_id).state is DraftState.IN_REVIEW


def test_i11_with_somebody_elses_pin_nothing_is_accepted(store: object) -> None:
    draft_id = a_reviewed_draft(contents(a_simple_item()))
    with pytest.raises(WrongPin):
        accepting(draft_id, pin=pin_of(a_third_officer()))


def test_i11_an_officer_who_is_locked_out_accepts_nothing(store: object, clock: ShipClock) -> None:
    draft_id, officer = a_reviewed_draft(contents(a_simple_item())), a_second_officer()
    for _ in range(10):
        with pytest.raises((WrongPin, LockedOut)):
            open_key(officer.actor, "999998")
        clock.advance(hours=1)
    with pytest.raises(LockedOut):
        accepting(draft_id)


def test_i11_everything_missing_is_said_at_once_and_costs_no_pin(store: object) -> None:
    draft_id = a_draft_in_review()
    before = count_events(AuditQuery(action="person."))
    missing = missing_when_accepting(draft_id, pin="999998", confirmed=False)
    assert missing == [
        "section Command not read to its end",
        "section Engineering not read to its end",
        "section Deck not read to its end",
        "section Interior not read to its end",
        "1 merge proposal not answered",
        "1 conflict not acknowledged",
        "1 uncertainty not acknowledged",
        "1 line of planning language not acknowledged",
        "the confirmation is not ticked",
    ]
    assert count_events(AuditQuery(action="person.")) == before, "no wrong PIN was counted"
    assert missing_to_accept(draft_id, a_second_officer().id) == missing[:-1]


def test_i11_a_rating_accepts_nothing(store: object) -> None:
    draft_id = a_reviewed_draft(contents(a_simple_item()))
    read_everything(draft_id, a_rating())
    with pytest.raises(NotPermitted, match="Only an officer may accept"):
        accepting(draft_id, by=a_rating())


@pytest.mark.parametrize("build", [a_draft, an_accepted_draft, a_signed_handover])
def test_i1_only_a_draft_in_review_is_accepted(store: object, build: Callable[..., str]) -> None:
    draft_id = build(contents(a_simple_item()))
    before = draft(draft_id)
    with pytest.raises(WrongState, match="accepting needs one that is in review"):
        accepting(draft_id)
    assert draft(draft_id) == before


def test_a_draft_that_is_not_there_is_not_accepted(store: object) -> None:
    with pytest.raises(NotFound, match="draft 'D-404'"):
        accepting("D-404")


def meanwhile() -> dict[str, Callable[[str], object]]:
    """What somebody else may do to a draft between the question and the signature."""
    other = a_third_officer()

    def reword(draft_id: str) -> None:
        item = next(i for i in draft(draft_id).items().values() if i.bucket != "Command")
        editing.edit(other.actor, item.id, "Quite different words.")

    return {
        "reword": reword,
        "move": lambda d: editing.move(other.actor, draft(d).sections[1].items[0].id, 2),
        "regenerate": lambda d: regenerated(d, one_of_everything()),
        "refresh": lambda d: write_command(WORKER, d, None, job_id="j", trace_id="t"),
        "accept": lambda d: (
            read_everything(d, other), accepting(d, by=other),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("change", ["reword", "move", "regenerate", "refresh", "accept"])
def test_what_was_changed_while_the_pin_was_typed_is_not_signed_unseen(
    store: object, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    draft_id, officer = a_reviewed_draft(), a_second_officer()

    def open_key_while_another_acts(actor: object, pin: str) -> object:
        monkeypatch.setattr(signing, "open_key", open_key)
        meanwhile()[change](draft_id)
        return open_key(officer.actor, pin)

    monkeypatch.setattr(signing, "open_key", open_key_while_another_acts)
    with pytest.raises(WrongState):
        accepting(draft_id)
    signed = acceptance(draft_id, 1)
    assert signed is None or signed.name == "Tomás Ferreira"


def test_the_signature_stands_over_name_role_meaning_time_and_content(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    (row,) = HandoverSignature.select()
    assert is_signed(row.public_key, row.signature, canonical_json(row.statement))
    assert row.public_key == a_second_officer().public_key
    assert row.statement == {
        "content_hash": draft(draft_id).content_hash,
        "draft_id": draft_id,
        "meaning": row.meaning,
        "name": "Priya Nair",
        "person_id": a_second_officer().id,
        "position": "outgoing",
        "role": "second_officer",
        "signed_at": "2026-03-01T04:00:00.000000Z",
    }
