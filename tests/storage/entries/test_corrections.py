"""Flagged classifications: an officer decides, the original stays, later lines learn from it."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.database import read_only
from storage.drafts.content import HandoverType
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.views import draft
from storage.entries.actions import flag, import_entries
from storage.entries.correction_views import count_open_corrections, open_corrections
from storage.entries.corrections import decide
from storage.entries.reading import read_narrative
from storage.entries.states import Decision
from storage.entries.tables import Entry
from storage.entries.views import EntryDetail, EntryQuery, count_entries, entry, list_entries
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.evidence.lines import Line
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence
from tests.builders import (
    a_captain,
    a_draft,
    a_rating,
    a_second_officer,
    a_third_officer,
    a_vessel,
    an_entry,
)
from tests.contents import an_item, contents

BLACK_BOX = "Black box in the aft locker hums"


def a_flagged_entry(text: str = BLACK_BOX, domain: str | None = "ETO-02") -> EntryDetail:
    kept = an_entry(text)
    return flag(a_rating().actor, kept.id, reason="It is the router.", suggested_domain=domain)


def accepted(entry_id: str, **given: str) -> EntryDetail:
    return decide(a_captain().actor, entry_id, Decision.ACCEPTED, **given)


def rejected(entry_id: str, reason: str = "It is where it belongs.") -> EntryDetail:
    return decide(a_captain().actor, entry_id, Decision.REJECTED, reason=reason)


def test_an_accepted_correction_files_the_entry_anew_and_keeps_the_original(store: object) -> None:
    """I10."""
    before = a_flagged_entry()
    after = accepted(before.id, reason="Seen on the rack.")
    assert (after.primary_domain, after.bucket) == ("ETO-02", Bucket.ETO_AVIT)
    assert after.owner_roles[0] == "eto"
    assert after.risk_tags == before.risk_tags
    assert after.reasons == ("corrected by Anna Lindqvist on 2026-03-01",)
    assert not after.classification_flagged
    assert after.corrected is not None
    assert (after.corrected.by, after.corrected.reason) == ("Anna Lindqvist", "Seen on the rack.")
    for name in type(after.corrected.original).model_fields:
        assert getattr(after.corrected.original, name) == getattr(before, name)
    (asked,) = after.corrections
    assert (asked.requested_by, asked.reason) == ("Sam Okafor", "It is the router.")
    assert (asked.decision, asked.decided_by) == (Decision.ACCEPTED, "Anna Lindqvist")
    with read_only():
        assert Entry.get(Entry.id == before.id).primary_domain == before.primary_domain


def test_a_rejected_correction_changes_nothing_but_the_record(store: object) -> None:
    before = a_flagged_entry()
    after = rejected(before.id)
    same = ("primary_domain", "bucket", "owner_roles", "reasons", "corrected")
    assert [getattr(after, n) for n in same] == [getattr(before, n) for n in same]
    assert after.corrections[0].decision is Decision.REJECTED
    assert after.corrections[0].decision_reason == "It is where it belongs."
    assert not after.classification_flagged
    assert list_events(limit=1)[0].action == "entry.correction_rejected"


def test_a_rejection_needs_a_reason(store: object) -> None:
    with pytest.raises(BadInput, match="reason is needed"):
        rejected(a_flagged_entry().id, reason=" ")
    assert count_open_corrections() == 1


def test_the_one_who_asked_does_not_decide(store: object) -> None:
    kept = an_entry(BLACK_BOX)
    officer = a_second_officer().actor
    flag(officer, kept.id, reason="Wrong.", suggested_domain="ETO-02")
    with pytest.raises(NotPermitted, match="another officer decides"):
        decide(officer, kept.id, Decision.ACCEPTED)
    assert list_events(limit=1)[0].outcome == "refused"
    assert accepted(kept.id).primary_domain == "ETO-02"


def test_i13_only_an_officer_decides(store: object) -> None:
    kept = a_flagged_entry()
    for actor in (a_rating().actor, WORKER):
        with pytest.raises(NotPermitted):
            decide(actor, kept.id, Decision.ACCEPTED)
    assert entry(kept.id).classification_flagged


def test_a_request_without_a_domain_is_accepted_with_one(store: object) -> None:
    kept = a_flagged_entry(domain=None)
    with pytest.raises(BadInput, match="names no domain"):
        accepted(kept.id)
    for wrong in ("CMD-01", "ENG-99", kept.primary_domain):
        with pytest.raises(BadInput):
            accepted(kept.id, domain=wrong)
    assert accepted(kept.id, domain="ETO-04").primary_domain == "ETO-04"


def test_what_is_decided_is_not_decided_again(store: object) -> None:
    (asked,) = a_flagged_entry().corrections
    accepted(asked.id)
    with pytest.raises(WrongState, match="accepted by Anna Lindqvist already"):
        rejected(asked.id)
    with pytest.raises(WrongState, match="No request"):
        rejected(an_entry().id)
    with pytest.raises(NotFound, match="entry or correction request 'no-such'"):
        accepted("no-such")


def test_of_two_open_requests_one_is_named(store: object) -> None:
    kept = a_flagged_entry()
    flag(a_third_officer().actor, kept.id, reason="A camera.", suggested_domain="ETO-04")
    with pytest.raises(WrongState, match="2 requests"):
        accepted(kept.id)
    first, second = open_corrections()
    rejected(first.id)
    assert entry(kept.id).classification_flagged
    assert accepted(second.id).primary_domain == "ETO-04"
    assert count_open_corrections() == 0


def test_the_last_accepted_correction_stands(store: object) -> None:
    kept = a_flagged_entry()
    accepted(kept.id)
    flag(a_rating().actor, kept.id, reason="A camera after all.", suggested_domain="ETO-04")
    (waiting,) = open_corrections()
    assert (waiting.filed_under, waiting.narrative) == ("ETO-02", BLACK_BOX)
    after = accepted(kept.id)
    assert after.primary_domain == "ETO-04"
    assert after.corrected is not None
    assert after.corrected.original.primary_domain == kept.primary_domain


def test_lists_find_an_entry_where_it_stands(store: object) -> None:
    kept = a_flagged_entry()
    assert count_entries(EntryQuery(flagged=True)) == 1
    accepted(kept.id)
    assert [e.id for e in list_entries(EntryQuery(domain="ETO-02"))] == [kept.id]
    assert [e.id for e in list_entries(EntryQuery(bucket=Bucket.ETO_AVIT))] == [kept.id]
    assert list_entries(EntryQuery(domain=kept.primary_domain)) == []
    assert count_entries(EntryQuery(flagged=True)) == 0


def test_i10_a_draft_that_is_made_keeps_its_reading_and_the_next_gathering_has_the_new_one(
    store: object,
) -> None:
    kept = a_flagged_entry()
    draft_id = a_draft(contents(an_item(kept, domain=kept.primary_domain)))
    window = default_window(a_vessel().id)
    earlier = gather_entries(a_vessel().id, window, HandoverType.ROTATION)
    accepted(kept.id)
    (item,) = draft(draft_id).items().values()
    assert item.domain == kept.primary_domain
    later = gather_entries(a_vessel().id, window, HandoverType.ROTATION)
    assert later.given.candidates[0].primary_domain == "ETO-02"
    assert later.basis.fingerprint != earlier.basis.fingerprint


def test_the_same_words_are_filed_as_they_were_corrected(store: object) -> None:
    accepted(a_flagged_entry().id)
    again = an_entry("black box in the AFT locker hums!")
    assert again.primary_domain == "ETO-02"
    assert again.reasons[0] == "as corrected on 2026-03-01"


def test_a_line_about_the_same_things_learns_from_a_correction_and_says_so(store: object) -> None:
    assert read_narrative("Aft locker: black box dead again").primary_domain != "ETO-02"
    accepted(a_flagged_entry().id)
    learned = read_narrative("Aft locker: black box dead again")
    assert learned.primary_domain == "ETO-02"
    assert learned.reasons[0] == "as corrected on 2026-03-01, in like words"
    assert learned.text_confidence is Confidence.MEDIUM
    other = read_narrative("Port bilge pump leaks at the shaft seal.")
    assert other.primary_domain == "ENG-05"


def test_a_rejected_correction_teaches_nothing(store: object) -> None:
    kept = a_flagged_entry()
    rejected(kept.id)
    assert an_entry(BLACK_BOX).primary_domain == kept.primary_domain


def test_an_import_learns_too_and_is_one_event(store: object) -> None:
    accepted(a_flagged_entry().id)
    before = count_events()
    lines = [Line(number=n, values={"text": f"{BLACK_BOX}, {n} days"}) for n in (1, 2)]
    report = import_entries(a_captain().actor, lines)
    assert [entry(i).primary_domain for i in report.ids] == ["ETO-02", "ETO-02"]
    assert count_events() == before + 1
