"""I12: the countersigner is another person and reads back each critical item."""

from collections.abc import Callable

import pytest

from storage.audit.chain import Checkpoint
from storage.audit.views import list_events, verify
from storage.canonical import sha256_hex
from storage.drafts import editing
from storage.drafts.content import ItemState
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.errors import BadInput, NotFound, NotPermitted, NotReady, WrongPin, WrongState
from storage.handovers.signing import accept, countersign, decline, reopen
from storage.handovers.snapshot import MEANINGS, Position
from storage.handovers.views import (
    HandoverQuery,
    handover,
    last_decline,
    list_handovers,
    missing_to_sign,
    snapshot,
    snapshot_bytes,
)
from storage.handovers.views import (
    read_backs as kept_read_backs,
)
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    accepted,
    an_accepted_draft,
    an_entry,
    countersigned,
    critical,
    pin_of,
    read_backs,
    read_everything,
    reviewed,
)
from tests.clock import ShipClock
from tests.contents import SAFETY, an_item, contents


def signing(
    draft_id: str,
    *,
    by: CrewMember | None = None,
    spoken: dict[str, str] | None = None,
    pin: str | None = None,
    confirmed: bool = True,
) -> str:
    officer = by or a_third_officer()
    return countersign(
        officer.actor, draft_id, pin=pin or pin_of(officer), confirmed=confirmed,
        read_backs=read_backs(draft_id) if spoken is None else spoken,
    )  # fmt: skip


@pytest.fixture
def ready(store: object) -> str:
    """An accepted draft with two critical items, read by the relief."""
    draft_id = an_accepted_draft()
    read_everything(draft_id, a_third_officer())
    return draft_id


def missing(draft_id: str, **how: object) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        signing(draft_id, **how)  # type: ignore[arg-type]
    assert draft(draft_id).state is DraftState.ACCEPTED
    assert list_handovers() == []
    return list(refusal.value.facts["missing"])


def test_i12_with_everything_done_the_handover_is_signed_whole(ready: str) -> None:
    spoken = read_backs(ready)
    document_hash = signing(ready)
    signed = snapshot(ready)
    assert draft(ready).state is DraftState.SIGNED
    assert sha256_hex(snapshot_bytes(ready)) == document_hash == handover(ready).document_hash
    assert [(s.position, s.name, s.meaning) for s in signed.signatures] == [
        (Position.OUTGOING, "Priya Nair", MEANINGS[Position.OUTGOING]),
        (Position.INCOMING, "Tomás Ferreira", MEANINGS[Position.INCOMING]),
    ]
    told = {i.id: i.read_back for s in signed.sections for i in s.items if i.read_back}
    assert {item: back.text for item, back in told.items()} == spoken
    assert {back.by for back in told.values()} == {"Tomás Ferreira"}
    assert kept_read_backs(ready) == told
    assert signed.content_hash == draft(ready).content_hash


def test_i12_nobody_countersigns_their_own_handover(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    with pytest.raises(NotPermitted, match="relief is another person"):
        signing(draft_id, by=a_second_officer())
    assert draft(draft_id).state is DraftState.ACCEPTED


def test_i12_every_critical_item_is_read_back(ready: str) -> None:
    spoken = read_backs(ready)
    assert len(spoken) == 2
    for item, number in critical(ready).items():
        rest = {i: text for i, text in spoken.items() if i != item}
        assert missing(ready, spoken=rest) == [f"item {number} not read back"]
        assert missing(ready, spoken={**rest, item: " \n "}) == [f"item {number} not read back"]


def test_i12_only_critical_items_are_read_back(ready: str) -> None:
    other = next(i.id for i in draft(ready).items().values() if not i.is_critical)
    for unknown in (other, "I-404"):
        with pytest.raises(BadInput, match="not an item that is read back"):
            signing(ready, spoken={**read_backs(ready), unknown: "Understood."})


def test_a_read_back_has_a_limit(ready: str) -> None:
    spoken = dict.fromkeys(critical(ready), "x" * 2001)
    with pytest.raises(BadInput, match="2000 characters"):
        signing(ready, spoken=spoken)


def test_what_is_read_back_is_critical_open_and_no_repetition(store: object) -> None:
    still, done = an_entry("Fire door stuck."), an_entry("Fire pump repaired.")
    items = (
        an_item(still, domain="ENG-08", risk_tags=SAFETY, state=ItemState.OPEN),
        an_item(done, domain="ENG-08", risk_tags=SAFETY, state=ItemState.DONE),
    )
    draft_id = a_draft(contents(*items))
    (named,) = critical(draft_id)
    assert draft(draft_id).items()[named].text == "Fire door stuck."
    statements = [i for i in draft(draft_id).items().values() if i.bucket is Bucket.COMMAND]
    assert not {s.id for s in statements} & critical(draft_id).keys()


def test_i12_a_section_the_relief_has_not_read_is_missing(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    assert missing_to_sign(draft_id, a_third_officer().id, {}) == [
        "section Deck not read to its end"
    ]  # fmt: skip
    assert missing(draft_id) == ["section Deck not read to its end"]


def test_i12_an_unticked_confirmation_is_missing(ready: str) -> None:
    assert missing(ready, confirmed=False) == ["the confirmation is not ticked"]


def test_i12_without_the_pin_nothing_is_signed(ready: str) -> None:
    for wrong in ("999998", pin_of(a_second_officer())):
        with pytest.raises(WrongPin):
            signing(ready, pin=wrong)
    assert draft(ready).state is DraftState.ACCEPTED
    assert kept_read_backs(ready) == {}


def test_i12_a_rating_countersigns_nothing(ready: str) -> None:
    read_everything(ready, a_rating())
    with pytest.raises(NotPermitted, match="Only an officer may countersign"):
        signing(ready, by=a_rating())


@pytest.mark.parametrize("build", [a_draft, a_reviewed_draft, a_signed_handover])
def test_i1_only_an_accepted_draft_is_countersigned(
    store: object, build: Callable[..., str]
) -> None:
    draft_id = build(contents(a_simple_item()))
    before = draft(draft_id)
    with pytest.raises(WrongState, match="countersigning needs one that is accepted"):
        signing(draft_id)
    assert draft(draft_id) == before


def test_the_audit_checkpoint_is_bound_into_what_is_signed(ready: str) -> None:
    signing(ready)
    bound = snapshot(ready).checkpoint
    assert isinstance(bound, Checkpoint)
    assert verify([bound]).ok
    assert list_events(limit=1)[0].seq > bound.size


def test_the_signed_set_is_queued_in_the_same_transaction(ready: str) -> None:
    signing(ready)
    newest = [event.action for event in list_events(limit=2)]
    assert newest == ["handover.signed", "job.submitted"]


def test_documents_are_numbered_in_the_order_they_were_signed(
    store: object, clock: ShipClock
) -> None:
    for _ in range(3):
        a_signed_handover(contents(a_simple_item()))
        clock.advance(hours=4)
    assert [h.document_number for h in list_handovers()] == ["EB-00003", "EB-00002", "EB-00001"]


def signed_on(date: str) -> list[str]:
    return [h.draft_id for h in list_handovers(HandoverQuery(signed_on=date))]


def test_handovers_of_a_day_are_found_by_their_date(store: object, clock: ShipClock) -> None:
    first = a_signed_handover(contents(a_simple_item()))
    clock.advance(days=1)
    second = a_signed_handover(contents(a_simple_item()))
    assert signed_on("2026-03-01") == [first]
    assert signed_on("2026-03-02") == [second]
    assert signed_on("2026-03-03") == []


def test_a_declined_handover_goes_back_to_review_with_the_reason(ready: str) -> None:
    decline(a_third_officer().actor, ready, reason="  Item 2.1 is unclear. ")
    view = draft(ready)
    assert (view.state, view.review_round, view.content_hash) == (DraftState.IN_REVIEW, 2, None)
    said = last_decline(ready)
    assert said is not None
    assert (said.by, said.role, said.reason) == (
        "Tomás Ferreira", "third_officer", "Item 2.1 is unclear.",
    )  # fmt: skip
    assert list_events(limit=1)[0].action == "draft.declined"


def test_the_officer_who_accepted_reopens_and_does_not_decline(ready: str) -> None:
    officer = a_second_officer()
    with pytest.raises(NotPermitted, match="reopen it instead"):
        decline(officer.actor, ready, reason="Second thoughts.")
    with pytest.raises(NotPermitted, match="Only the officer who accepted"):
        reopen(a_third_officer().actor, ready, reason="Let me.")
    reopen(officer.actor, ready, reason="Second thoughts.")
    assert draft(ready).state is DraftState.IN_REVIEW


@pytest.mark.parametrize("verb", [decline, reopen])
def test_i1_only_an_accepted_draft_is_declined_or_reopened(
    store: object, verb: Callable[..., None]
) -> None:
    draft_id = a_reviewed_draft(contents(a_simple_item()))
    with pytest.raises(WrongState):
        verb(a_third_officer().actor, draft_id, reason="Not yet.")
    with pytest.raises(NotFound):
        verb(a_third_officer().actor, "D-404", reason="Not there.")


@pytest.mark.parametrize("verb", [decline, reopen])
def test_declining_and_reopening_need_a_reason_and_an_officer(
    ready: str, verb: Callable[..., None]
) -> None:
    by = a_third_officer() if verb is decline else a_second_officer()
    with pytest.raises(BadInput):
        verb(by.actor, ready, reason="  ")
    with pytest.raises(NotPermitted):
        verb(a_rating().actor, ready, reason="Because.")
    assert draft(ready).state is DraftState.ACCEPTED


def test_a_handover_may_be_declined_changed_accepted_and_signed_after_all(ready: str) -> None:
    first_hash = draft(ready).content_hash
    decline(a_third_officer().actor, ready, reason="Item 4.1 is unclear.")
    item = next(i for i in draft(ready).items().values() if i.bucket is Bucket.INTERIOR)
    editing.edit(a_second_officer().actor, item.id, "Cabin 3: no shellfish, by allergy.")
    countersigned(accepted(reviewed(ready)))
    signed = snapshot(ready)
    assert signed.content_hash != first_hash
    assert [d.reason for d in signed.declines] == ["Item 4.1 is unclear."]
    assert len(signed.signatures) == 2


def test_the_one_who_accepted_an_earlier_round_may_be_the_relief_of_a_later_one(
    ready: str,
) -> None:
    reopen(a_second_officer().actor, ready, reason="The other officer hands over.")
    read_everything(ready, a_third_officer())
    accept(a_third_officer().actor, ready, pin=pin_of(a_third_officer()), confirmed=True)
    read_everything(ready, a_second_officer())
    signing(ready, by=a_second_officer())
    assert [s.name for s in snapshot(ready).signatures] == ["Tomás Ferreira", "Priya Nair"]
