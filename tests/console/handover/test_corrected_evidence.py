"""The evidence behind an item shows how an entry is filed now and how it was read first."""

from console.widgets.handover.evidence_lines import entry_block
from storage.entries.actions import flag
from storage.entries.corrections import decide
from storage.entries.states import Decision
from storage.entries.views import EntryView
from tests.builders import a_captain, a_rating, an_entry


def shown(entry: EntryView) -> str:
    return entry_block(entry, lambda moment: f"{moment:%H:%M}").plain


def test_a_corrected_entry_shows_both_readings_and_who_corrected_it(store: object) -> None:
    kept = an_entry("Port bilge pump leaks")
    flagged = flag(a_rating().actor, kept.id, reason="Wrong.", suggested_domain="DECK-02")
    assert "classification questioned" in shown(flagged)
    after = shown(decide(a_captain().actor, kept.id, Decision.ACCEPTED))
    assert "read as DECK-02" in after
    assert "because corrected by Anna Lindqvist on 2026-03-01" in after
    assert f"first read as {kept.primary_domain} because" in after
    assert "questioned" not in after
