"""From a signal to the handover it led to, and back, whichever of them is named."""

import pytest

from storage.entries.proposals import accept_proposal
from storage.errors import NotFound
from storage.insights.deciding import accept
from storage.insights.lineage import Lineage, lineage
from tests.builders import a_captain, a_signed_handover, an_entry
from tests.contents import an_item, contents
from tests.storage.insights.logbook import (
    a_pending_output,
    a_recurring_fault,
    a_suggestion,
)

pytestmark = pytest.mark.usefixtures("store")

CHAIN = ["signal", "suggestion", "proposal", "entry", "item", "handover"]


def a_signal_that_reached_a_handover() -> dict[str, str]:
    """Kind → id of each thing on the way."""
    captain, suggested = a_captain().actor, a_suggestion()
    decided = accept(captain, suggested.id).decision
    assert decided is not None and decided.proposal_id is not None
    entry = accept_proposal(captain, decided.proposal_id)
    draft_id = a_signed_handover(contents(an_item(entry)))
    return {
        "signal": suggested.signal_id, "suggestion": suggested.id,
        "proposal": decided.proposal_id, "entry": entry.id, "handover": draft_id,
    }  # fmt: skip


def path(found: Lineage) -> list[str]:
    """Kinds met by following the links from the signal, one at a time."""
    kinds = {it.id: it.kind for it in found.things}
    after = {link.source: link.target for link in found.links if kinds[link.source] != "item"}
    here = next(it.id for it in found.things if it.kind == "signal")
    seen = [here]
    while here in after:
        here = after[here]
        seen.append(here)
    return [kinds[it] for it in seen]


def test_a_signal_leads_to_the_handover() -> None:
    made = a_signal_that_reached_a_handover()
    found = lineage(made["signal"])
    assert {"signal", "suggestion", "proposal", "entry", "item", "handover"} <= {
        it.kind for it in found.things
    }
    assert {made[kind] for kind in made} <= {it.id for it in found.things}


def test_a_handover_leads_back_to_the_signal_and_the_entries_it_rests_on() -> None:
    made = a_signal_that_reached_a_handover()
    found = lineage(made["handover"])
    assert made["signal"] in {it.id for it in found.things}
    assert sum(it.kind == "entry" for it in found.things) == 4
    assert path(found)[:4] == CHAIN[:4]


@pytest.mark.parametrize("kind", ["suggestion", "proposal", "entry"])
def test_from_the_middle_one_sees_both_ends(kind: str) -> None:
    made = a_signal_that_reached_a_handover()
    ids = {it.id for it in lineage(made[kind]).things}
    assert {made["signal"], made["handover"]} <= ids


def test_a_regeneration_stands_between_suggestion_and_output() -> None:
    made = a_pending_output()
    found = lineage(made)
    kinds = [it.kind for it in found.things]
    assert kinds[:4] == ["signal", "suggestion", "regeneration", "output"]


def test_an_entry_a_signal_rests_on_leads_to_it() -> None:
    suggested = a_suggestion()
    entries = [it.id for it in lineage(suggested.signal_id).things if it.kind == "entry"]
    assert suggested.signal_id in {it.id for it in lineage(entries[0]).things}


def test_an_entry_nothing_came_of_stands_alone() -> None:
    a_recurring_fault()
    alone = an_entry("Anchor holding.")
    found = lineage(alone.id)
    assert ([it.id for it in found.things], found.links) == ([alone.id], ())


def test_an_id_nobody_knows_is_refused() -> None:
    with pytest.raises(NotFound):
        lineage("no-such-thing")
