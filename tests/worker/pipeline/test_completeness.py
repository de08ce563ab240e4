"""Which slots are stated, stated nil, or not covered: never filled by inference."""

from collections.abc import Callable

from storage.drafts.content import DraftContent, HandoverType, SlotState

DraftOf = Callable[..., DraftContent]


def slots(content: DraftContent) -> dict[str, SlotState]:
    return {slot.slot: slot.state for slot in content.completeness}


def test_an_engine_watch_says_what_was_said(draft_of: DraftOf) -> None:
    found = slots(
        draft_of(
            "Bilges dry, no water found",
            "Day tank at 62 %",
            "Bow thruster motor hot",
            kind=HandoverType.ENGINE_WATCH,
        )
    )
    assert found["fuel"] is SlotState.STATED
    assert found["bilges_tanks"] is SlotState.STATED_NIL
    assert found["boilers"] is SlotState.NOT_COVERED


def test_one_real_statement_beats_a_nil(draft_of: DraftOf) -> None:
    found = slots(
        draft_of("No water in the bilges", "Aft bilge flooding", kind=HandoverType.ENGINE_WATCH)
    )
    assert found["bilges_tanks"] is SlotState.STATED


def test_every_type_of_handover_has_its_slots(draft_of: DraftOf) -> None:
    for kind in HandoverType:
        content = draft_of("Radar scanner stopped", kind=kind)
        assert len(content.completeness) >= 8
        assert len({slot.slot for slot in content.completeness}) == len(content.completeness)
