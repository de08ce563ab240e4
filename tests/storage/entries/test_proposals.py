"""Proposals: what the ship's systems think should be an entry; only a person makes it one."""

import json

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.entries.proposals import accept_proposal, dismiss_proposal, import_events
from storage.entries.states import ProposalStatus
from storage.entries.views import count_entries, count_proposals, list_proposals
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.evidence.lines import parse_lines
from storage.evidence.rules import PROPOSING_TYPES
from tests.builders import a_second_officer


def import_of(*types: str, text: str = "") -> None:
    lines = "\n".join(
        json.dumps({"event_id": f"EV-{n}-{kind}", "type": kind, "at": "2026-03-01T03:00Z",
                    "asset": "Chiller 2", "text": text})
        for n, kind in enumerate(types)
    )  # fmt: skip
    import_events(WORKER, parse_lines(lines.encode(), is_csv=False))


def test_events_of_six_kinds_propose_an_entry_and_no_others_do(store: object) -> None:
    import_of(*sorted(PROPOSING_TYPES), "door_opened", "position", "engine_started")
    assert len(PROPOSING_TYPES) == 6
    assert count_proposals() == 6
    assert count_entries() == 0, "nothing enters silently"


def test_the_same_events_again_propose_nothing_twice(store: object) -> None:
    import_of("fault_logged")
    before = count_events()
    import_of("fault_logged")
    assert (count_proposals(), count_events()) == (1, before)


def test_a_proposal_is_worded_by_its_event(store: object) -> None:
    import_of("fault_logged", text="Low refrigerant pressure")
    import_of("spares_ordered")
    assert {p.text for p in list_proposals()} == {
        "Low refrigerant pressure", "Spares ordered on Chiller 2",
    }  # fmt: skip


def test_a_person_accepts_a_proposal_as_it_is_or_in_their_own_words(store: object) -> None:
    import_of("fault_logged", "maintenance_deferred")
    as_it_is, reworded = list_proposals()
    officer = a_second_officer()
    first = accept_proposal(officer.actor, as_it_is.id)
    second = accept_proposal(officer.actor, reworded.id, text="Chiller 2 service moved to Genoa.")
    assert first.narrative == as_it_is.text
    assert second.narrative == "Chiller 2 service moved to Genoa."
    assert (first.event_ids, second.event_ids) == ((as_it_is.source_id,), (reworded.source_id,))
    assert first.author == officer.name
    assert count_proposals() == 0
    decided = {p.entry_id: p for p in list_proposals(ProposalStatus.ACCEPTED)}
    assert decided.keys() == {first.id, second.id}
    assert decided[first.id].decided_by == officer.name


def test_a_dismissed_proposal_is_logged_and_never_lost(store: object) -> None:
    import_of("fault_logged")
    (proposal,) = list_proposals()
    dismissed = dismiss_proposal(a_second_officer().actor, proposal.id, reason="Sensor test.")
    assert (dismissed.status, dismissed.reason) == (ProposalStatus.DISMISSED, "Sensor test.")
    assert list_proposals(None) == [dismissed]
    assert list_events(limit=1)[0].action == "proposal.dismissed"


def test_i1_a_decided_proposal_is_not_decided_again(store: object) -> None:
    import_of("fault_logged")
    (proposal,) = list_proposals()
    actor = a_second_officer().actor
    dismiss_proposal(actor, proposal.id, reason="Sensor test.")
    with pytest.raises(WrongState, match="dismissed by Priya Nair already"):
        accept_proposal(actor, proposal.id)
    with pytest.raises(WrongState):
        dismiss_proposal(actor, proposal.id, reason="Again.")
    assert count_entries() == 0


def test_i13_no_service_decides_about_a_proposal(store: object) -> None:
    import_of("fault_logged")
    (proposal,) = list_proposals()
    with pytest.raises(NotPermitted):
        accept_proposal(WORKER, proposal.id)
    with pytest.raises(NotPermitted):
        dismiss_proposal(WORKER, proposal.id, reason="Because.")
    assert count_proposals() == 1


def test_a_proposal_needs_words_and_a_dismissal_a_reason(store: object) -> None:
    import_of("fault_logged")
    (proposal,) = list_proposals()
    with pytest.raises(BadInput):
        accept_proposal(a_second_officer().actor, proposal.id, text="  ")
    with pytest.raises(BadInput):
        dismiss_proposal(a_second_officer().actor, proposal.id, reason=" ")
    with pytest.raises(NotFound):
        accept_proposal(a_second_officer().actor, "P-404")
    assert count_proposals() == 1
