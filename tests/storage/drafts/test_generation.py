"""I5, I6, I9: one open draft per vessel, written whole or not at all, no item without a source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events, verify
from storage.drafts.content import DraftContent, HandoverType
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.generation import open_draft, write_generated
from storage.drafts.states import DraftState
from storage.drafts.views import current_draft, draft, list_drafts
from storage.engine import ledger
from storage.entries.actions import resolve, suppress
from storage.errors import BadInput, NotFound, WrongState
from storage.taxonomy.domains import TAXONOMY_VERSION, Bucket
from storage.taxonomy.knowledge import version
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_vessel,
    an_accepted_draft,
    an_entry,
    an_event,
    one_of_everything,
)
from tests.clock import ShipClock
from tests.contents import a_conflict, a_merge_proposal, an_item, contents
from tests.storage.tampering import ENGINE_REFUSES
from tests.stores import columns

TABLES = (
    "draft", "draft_item", "draft_item_source", "merge_proposal", "draft_concern", "draft_slot",
)  # fmt: skip


def rows() -> dict[str, int]:
    return {
        table: ledger.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES
    }


def fingerprint() -> str:
    vessel_id = a_vessel().id
    window = default_window(vessel_id)
    return gather_entries(vessel_id, window, HandoverType.BRIDGE_WATCH).basis.fingerprint


def test_a_draft_shows_what_was_handed_over_in_document_order(store: object) -> None:
    content = one_of_everything()
    view = draft(a_draft(content))
    assert view.state is DraftState.DRAFT
    assert [(s.number, s.bucket) for s in view.sections] == [
        (1, Bucket.COMMAND), (2, Bucket.ENGINEERING), (3, Bucket.DECK), (4, Bucket.INTERIOR),
    ]  # fmt: skip
    assert [i.number for s in view.sections for i in s.items] == [
        "1.1", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "4.1",
    ]  # fmt: skip
    for section, given in zip(view.sections, content.sections, strict=True):
        for item, made in zip(section.items, given.items, strict=True):
            assert (item.text, item.machine_text, item.key) == (made.text, made.text, made.key)
            assert set(item.sources.entries) == set(made.entry_ids)
    assert [len(p.items) for p in view.merge_proposals] == [2]
    assert [c.kind for c in view.conflicts] == ["conflict", "uncertainty", "planning"]
    assert [(s.slot, len(s.items)) for s in view.completeness] == [("bilges", 1), ("orders", 0)]


def test_a_bucket_without_items_is_hidden(store: object) -> None:
    view = draft(a_draft(contents(a_simple_item())))
    assert [s.bucket for s in view.sections] == [Bucket.DECK]


def test_a_draft_of_nothing_is_still_a_draft(store: object) -> None:
    view = draft(a_draft(contents()))
    assert view.sections == ()
    assert current_draft(view.vessel_id) is not None


@pytest.mark.parametrize("build", [a_draft, a_draft_in_review, an_accepted_draft])
def test_i5_a_vessel_has_one_open_draft(
    store: object, build: Callable[[DraftContent], str]
) -> None:
    build(contents(a_simple_item()))
    with pytest.raises(WrongState, match="open handover already"):
        a_draft(contents(a_simple_item()))
    assert len(list_drafts()) == 1


def test_i5_the_store_itself_refuses_a_second_open_draft(store: object) -> None:
    a_draft(contents(a_simple_item()))
    copied = ", ".join("'second'" if name == "id" else name for name in columns("draft"))
    with pytest.raises(ENGINE_REFUSES, match="vessel"):
        ledger.execute_sql(f"INSERT INTO draft SELECT {copied} FROM draft")


def test_i5_after_the_signature_the_next_draft_may_begin(store: object, clock: ShipClock) -> None:
    first = a_signed_handover(contents(a_simple_item()))
    clock.advance(hours=4)
    second = a_draft(contents(a_simple_item()))
    assert [d.id for d in list_drafts()] == [second, first]


def broken_contents() -> dict[str, DraftContent]:
    """Contents the store refuses, each at another place of writing them."""
    item = a_simple_item()
    nameless = replace(item, text="")
    astray = contents(replace(item, domain="CMD-01"))
    command = astray.sections[0].model_copy(update={"bucket": Bucket.DECK})
    proposal = a_merge_proposal(item, item)
    return {
        "an item without words": contents(item, nameless),
        "a command domain in another section": astray.model_copy(update={"sections": (command,)}),
        "two items of one key": contents(item, item),
        "a score over 100": contents(
            item, proposals=[proposal.model_copy(update={"score": 101})]
        ),
        "two conflicts of one key": contents(item, conflicts=[a_conflict(item), a_conflict(item)]),
    }  # fmt: skip


def test_i6_what_cannot_be_written_whole_is_not_written_at_all(store: object) -> None:
    for name, content in broken_contents().items():
        before, events = rows(), count_events()
        with pytest.raises(ENGINE_REFUSES):
            a_draft(content)
        assert rows() == before, f"{name} left half a draft behind"
        assert count_events() == events
    assert verify().ok


def test_i6_the_fingerprint_changes_exactly_when_the_entries_do(
    store: object, clock: ShipClock
) -> None:
    first = an_entry("Port bilge pump leaks.")
    seen = [fingerprint()]
    clock.advance(minutes=5)
    assert fingerprint() == seen[0], "time alone changes nothing"
    second = an_entry("Windlass brake slips.")
    seen.append(fingerprint())
    resolve(a_second_officer().actor, first.id, reason="Seal renewed.")
    seen.append(fingerprint())
    suppress(a_second_officer().actor, second.id, reason="Duplicate of the log.")
    seen.append(fingerprint())
    assert len(set(seen)) == 4


def test_i6_the_open_draft_remembers_what_it_was_made_of(store: object) -> None:
    draft_id = a_draft()
    opened = open_draft(a_vessel().id)
    assert opened is not None
    assert (opened.id, opened.fingerprint) == (draft_id, fingerprint())


def test_i9_every_item_names_its_sources_and_every_source_is_on_record(store: object) -> None:
    event_id = an_event()
    entry = an_entry("Header tank low.", event_ids=[event_id])
    view = draft(a_draft(contents(an_item(entry, domain="ENG-07"))))
    (item,) = view.items().values()
    assert item.sources.entries == (entry.id,)
    assert item.sources.events == (event_id,)


def test_i9_an_item_without_a_source_is_refused(store: object) -> None:
    unfounded = replace(a_simple_item(), entry_ids=(), event_ids=())
    before = rows()
    with pytest.raises(BadInput, match="has no source"):
        a_draft(contents(unfounded))
    assert rows() == before


def test_the_event_of_a_generation_says_how_much_by_which_knowledge_and_for_which_job(
    store: object,
) -> None:
    """The data that entries are read by is versioned (DOMAIN §1)."""
    draft_id = a_draft()
    event = list_events(limit=1)[0]
    assert (event.action, event.actor_kind, event.subject_id) == (
        "draft.generated", "service", draft_id,
    )  # fmt: skip
    assert (event.job_id, event.trace_id) == ("job-1", "trace-1")
    counts = {"items": 8, "merge_proposals": 1, "conflicts": 1, "entries": 7}
    assert event.detail == counts | {"taxonomy": TAXONOMY_VERSION, "knowledge": version()}


def test_a_suppressed_entry_is_left_out_and_a_resolved_one_of_the_watch_stays(
    store: object,
) -> None:
    kept, gone, done = (an_entry(f"Round {n}: valve open.") for n in range(3))
    actor = a_second_officer().actor
    suppress(actor, gone.id, reason="Not ours.")
    resolve(actor, done.id, reason="Closed.")
    vessel_id = a_vessel().id
    given = gather_entries(vessel_id, default_window(vessel_id), HandoverType.BRIDGE_WATCH).given
    assert [(c.entry_id, c.resolved) for c in given.candidates] == [
        (kept.id, False), (done.id, True),
    ]  # fmt: skip


def test_entries_are_gathered_in_the_order_of_their_time(store: object, clock: ShipClock) -> None:
    late = an_entry("Second.")
    clock.step(hours=-1)
    early = an_entry("First.")
    clock.step(hours=2)
    vessel_id = a_vessel().id
    given = gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION).given
    assert [c.entry_id for c in given.candidates] == [early.id, late.id]
    assert given.as_of == clock.at


def test_entries_of_the_future_wait_for_their_watch(store: object, clock: ShipClock) -> None:
    an_entry("Now.")
    vessel_id = a_vessel().id
    window = default_window(vessel_id, end=clock.at - timedelta(hours=1))
    assert gather_entries(vessel_id, window, HandoverType.ROTATION).given.candidates == ()


def test_what_is_not_there_is_refused(store: object) -> None:
    with pytest.raises(NotFound, match="draft 'D-404'"):
        draft("D-404")
    assert open_draft(a_vessel().id) is None
    assert current_draft(a_vessel().id) is None


def test_a_draft_for_an_unknown_vessel_is_refused_by_the_store(store: object) -> None:
    vessel_id = a_vessel().id
    gathered = gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION)
    with pytest.raises(ENGINE_REFUSES):
        write_generated(WORKER, "V-404", gathered.basis, contents(), job_id="j", trace_id="t")
