"""A corrected classification reaches a draft when it is made again, and people's words stay."""

from storage.drafts import editing
from storage.drafts.content import DraftContent, HandoverType
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.views import DraftView, ItemView, draft
from storage.entries.actions import flag
from storage.entries.corrections import decide
from storage.entries.states import Decision
from storage.entries.views import EntryDetail
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_captain,
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_vessel,
    an_entry,
    regenerated,
)
from worker.pipeline.draft import draft as make_draft


def made_now() -> DraftContent:
    """What the pipeline makes of the entries as they stand."""
    vessel_id = a_vessel().id
    gathered = gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION)
    return make_draft(gathered.given, lambda phase, current, total: None)


def corrected(entry: EntryDetail, domain: str) -> None:
    flag(a_rating().actor, entry.id, reason="Wrong.", suggested_domain=domain)
    decide(a_captain().actor, entry.id, Decision.ACCEPTED)


def filed(view: DraftView) -> dict[str, tuple[Bucket, str, str]]:
    """Entry → section, domain and text of the item that tells it."""
    return {
        item.sources.entries[0]: (item.bucket, item.domain, item.text)
        for item in view.items().values()
        if item.bucket is not Bucket.COMMAND
    }


def item_of(entry: EntryDetail, view: DraftView) -> ItemView:
    """The item that tells an entry; Command repeats it."""
    told = (i for i in view.items().values() if entry.id in i.sources.entries)
    return next(item for item in told if item.bucket is not Bucket.COMMAND)


def test_i10_a_correction_reaches_a_draft_only_when_it_is_made_again(store: object) -> None:
    box, pump = an_entry("Black box in the aft locker hums"), an_entry("Port bilge pump leaks")
    draft_id = a_draft_in_review(made_now())
    before = filed(draft(draft_id))
    corrected(box, "ETO-02")
    assert filed(draft(draft_id)) == before
    after = filed(regenerated(draft_id, made_now()))
    assert after[box.id][:2] == (Bucket.ETO_AVIT, "ETO-02")
    assert after[pump.id] == before[pump.id]


def test_i7_an_item_a_person_reworded_moves_with_its_words(store: object) -> None:
    box = an_entry("Black box in the aft locker hums")
    an_entry("Guest Wi-Fi is slow on deck 3")
    draft_id = a_draft_in_review(made_now())
    item = item_of(box, draft(draft_id))
    editing.edit(a_second_officer().actor, item.id, "The black box hums.")
    corrected(box, "ETO-02")
    view = regenerated(draft_id, made_now())
    assert filed(view)[box.id] == (Bucket.ETO_AVIT, "ETO-02", "The black box hums.")
    (section,) = (s for s in view.sections if s.bucket is Bucket.ETO_AVIT)
    assert len(section.items) == 2
    assert section.items[-1].id == item.id


def test_an_item_merged_from_several_entries_stays_where_it_was_merged(store: object) -> None:
    one, two = an_entry("Port bilge pump leaks"), an_entry("Stbd bilge pump leaks")
    draft_id = a_draft_in_review(made_now())
    items = [i for i in draft(draft_id).items().values() if i.bucket is Bucket.ENGINEERING]
    editing.merge(a_second_officer().actor, [item.id for item in items])
    corrected(one, "DECK-04")
    (left,) = filed(regenerated(draft_id, made_now())).values()
    assert left[0] is Bucket.ENGINEERING
    assert two.primary_domain == left[1]
