"""Duplicates, progress, near misses and conflicts between two statements."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.drafts.content import Carried, DraftContent, DraftInput, ProposalKind
from storage.taxonomy.sides import sides
from storage.taxonomy.words import words
from worker.pipeline.draft import draft

DraftOf = Callable[..., DraftContent]
InputOf = Callable[..., DraftInput]


def kinds(content: DraftContent) -> set[ProposalKind]:
    return {proposal.kind for proposal in content.proposals}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Port bilge pump leaking at the shaft seal", "Shaft seal of the port bilge pump dripping"),
        ("Radar X band no picture", "X-band radar shows no picture"),
        ("Day tank low level alarm", "DAY TANK LOW LEVEL ALARM!"),
        ("A/E 1 L.O. press low", "Aux engine 1 lube oil pressure dropping"),
        ("Flashlight at muster station B missing", "Torch at muster station B is gone"),
        ("Shore pump washers missing", "Washers of the shore pump found missing"),
        ("Pool pump motor noisy", "Pool pump motor vibrating"),
    ],
)
def test_the_same_fact_said_twice_is_proposed(draft_of: DraftOf, one: str, two: str) -> None:
    content = draft_of(one, (1, two))
    assert kinds(content) == {ProposalKind.DUPLICATE}
    assert not content.conflicts


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Port bilge pump leaking", "Starboard bilge pump leaking"),
        ("No 1 chiller tripped on high pressure", "No 2 chiller tripped on high pressure"),
        ("Fire zone 3 detector in fault", "Fire zone 5 detector in fault"),
        ("Cylinder 3 exhaust temperature high", "Cylinder 5 exhaust temperature high"),
        ("Forward capstan seized", "Aft capstan seized"),
        ("440 V board low insulation", "230 V board low insulation"),
        ("All rocker covers leaking", "No 4 rocker cover leaking"),
        ("Passport of Wojciech expires in June", "Passport of Oyelaran expires in June"),
        ("Fresh water pump leaking", "Sea water pump leaking"),
        ("Muster station A light out", "Muster station B light out"),
        ("HT pump seal dripping on AE1", "LT pump seal dripping on AE1"),
        ("Ballast tank 3 P high level alarm", "Ballast tank 3 S high level alarm"),
        ("Oil sample main engine sent to lab", "Oil sample gearbox sent to lab"),
        ("Backflush filter 2A dirty", "Backflush filter 2B dirty"),
        ("Fire hose on the boat deck broken", "Fire hose on the boat deck missing"),
        ("Ladies' toilet deck 8 blocked", "Gents' toilet deck 8 blocked"),
    ],
)
def test_a_near_miss_is_never_proposed(draft_of: DraftOf, one: str, two: str) -> None:
    assert not draft_of(one, (1, two)).proposals


def test_a_temperature_is_no_number_of_a_unit_and_a_stage_is_none_but_itself(
    draft_of: DraftOf,
) -> None:
    said = ("No 1 DG high exhaust temp cyl 3, 440 C", "DG 1 cyl 3 exhaust temp high 440 deg")
    assert [proposal.kind for proposal in draft_of(*said).proposals] == [ProposalKind.DUPLICATE]
    said = ("Compressor 2 first stage valve cracked", "Compressor 2 second stage valve cracked")
    assert not draft_of(*said).proposals


def test_an_unnamed_pump_never_brings_two_named_ones_together(draft_of: DraftOf) -> None:
    content = draft_of(
        "Bilge pump 1 leaking at the seal",
        (1, "Bilge pump leaking at the seal"),
        (2, "Bilge pump 2 leaking at the seal"),
    )
    for proposal in content.proposals:
        assert not {"e000", "e002"} <= set(proposal.entry_ids)


@pytest.mark.parametrize(
    ("reported", "behind"),
    [
        ("E/R vent fan 2 tripped", "Engine room fan 2 bearing seized"),
        ("Stabiliser fin stbd leaking oil", "Stbd stabiliser: O-ring at the fin shaft cut"),
        ("Shore cable low insulation", "Shore cable plug full of water"),
    ],
)
def test_what_is_behind_a_fault_is_progress_by_another_part(
    draft_of: DraftOf, reported: str, behind: str
) -> None:
    assert kinds(draft_of(reported, (5, behind))) == {ProposalKind.PROGRESS}


def test_another_fault_of_one_machine_is_no_progress(draft_of: DraftOf) -> None:
    assert not draft_of(
        "Passerelle hydraulic hose weeping", (3, "Passerelle lights not working")
    ).proposals


def test_a_repair_after_a_report_is_progress_and_not_a_duplicate(draft_of: DraftOf) -> None:
    content = draft_of(
        "Port bilge pump leaking at the shaft seal",
        (10, "Port bilge pump shaft seal replaced, tested OK"),
    )
    assert kinds(content) == {ProposalKind.PROGRESS}
    assert not content.conflicts
    assert "→ done" in content.proposals[0].reason


def test_repaired_and_then_still_down_is_a_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Watermaker repaired and back in service", (3, "Watermaker still down"))
    assert len(content.conflicts) == 1
    assert not content.proposals


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Hold 3 hatch closed", "Hold 3 hatch open"),
        ("Bow door will not open", "Bow door left open"),
        ("Fire zone 3 enabled", "Fire zone 3 disabled"),
        ("Heating in the cabins on", "Heating in the cabins off"),
        ("Fog signal working", "Fog signal does not sound"),
        ("Steering gear tested and found good", "Steering gear not tested"),
        ("Five crew ashore", "Eight crew ashore"),
    ],
)
def test_what_cannot_both_hold_is_a_conflict(draft_of: DraftOf, one: str, two: str) -> None:
    content = draft_of(one, (1, two))
    assert len(content.conflicts) == 1
    assert not content.proposals


def test_two_who_say_that_it_does_not_work_are_in_no_conflict(draft_of: DraftOf) -> None:
    assert not draft_of("VHF battery flat, no answer", (1, "No answer on VHF")).conflicts


def test_what_somebody_left_is_no_side() -> None:
    assert not sides(words("surveyor has left the ship, 40 tons left"))


def test_down_again_a_week_later_is_a_recurrence_and_no_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Watermaker repaired and back in service", (160, "Watermaker down again"))
    assert not content.conflicts


def test_two_readings_hours_apart_are_no_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Day tank gauge at 75 %", (8, "Day tank gauge at 60 %"))
    assert not content.conflicts
    assert not content.proposals


def test_a_refused_pair_is_never_proposed_again_i10(input_of: InputOf) -> None:
    one = input_of(
        "Radar X band no picture", (1, "X band radar no picture"), (2, "Radar X band no picture")
    )
    refused = one.model_copy(
        update={"refused_pairs": frozenset({("e000", "e001"), ("e000", "e002")})}
    )
    for proposal in draft(refused, lambda *_: None).proposals:
        assert "e000" not in proposal.entry_ids


def test_a_merged_text_holds_verbatim_what_tells_something_new(draft_of: DraftOf) -> None:
    content = draft_of(
        "Radar X band no picture. Reset tried.", (1, "X band radar no picture. Reset tried.")
    )
    (proposal,) = content.proposals
    assert proposal.merged_text == ("Radar X band no picture. Reset tried.")


def test_thousands_of_copies_are_one_proposal(draft_of: DraftOf) -> None:
    content = draft_of(*["Bilge alarm aft"] * 2_000)
    assert len(content.proposals) == 1
    assert len(content.proposals[0].entry_ids) == 2_000


def test_five_readings_of_one_gauge_are_one_conflict_with_five_sources(draft_of: DraftOf) -> None:
    content = draft_of(
        *((0.2 * turn, f"Day tank gauge shows {level} %") for turn, level in enumerate(LEVELS))
    )
    (conflict,) = content.conflicts
    assert conflict.entry_ids == ("e000", "e001", "e002", "e003", "e004")
    assert "and 3 more of the same matter" in conflict.reason


LEVELS = (75, 90, 60, 82, 40)


@pytest.mark.parametrize(
    ("first", "later", "hours"),
    [
        ("Watermaker repaired and back in service", "Watermaker down again", 3),
        ("Watermaker repaired and back in service", "Watermaker still down", 30),
        ("Windlass greased", "Windlass brake slipping", 2),
        ("Crew list sent. Done.", "Fuel order not confirmed. Still open.", 1),
    ],
)
def test_what_came_back_came_much_later_or_is_another_matter_is_no_conflict(
    draft_of: DraftOf, first: str, later: str, hours: float
) -> None:
    assert not draft_of(first, (hours, later)).conflicts


def test_what_was_settled_since_is_no_open_conflict(draft_of: DraftOf) -> None:
    content = draft_of(
        "Watermaker repaired and back in service",
        (3, "Watermaker still down, no production"),
        (9, "Watermaker repaired, tested OK"),
    )
    assert not content.conflicts


def test_news_replaces_what_an_earlier_handover_told(input_of: InputOf) -> None:
    one = input_of("Watermaker repaired and back in service", (3, "Watermaker still down"))
    old, new = one.candidates
    carried = Carried(first_raised_at=old.created_at, count=2)
    told_before = replace(old, carried=carried)
    content = draft(one.model_copy(update={"candidates": (told_before, new)}), lambda *_: None)
    assert not content.conflicts


def test_how_all_are_said_to_be_stands_against_the_one_that_is_not(draft_of: DraftOf) -> None:
    content = draft_of("All fire dampers are closed", (1, "Fire damper 3 found open"))
    assert len(content.conflicts) == 1
    assert not content.proposals


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Crew mess coffee machine leaking", "Pantry coffee machine leaking"),
        ("Settling tank temperature 68 C", "Service tank temperature 68 C"),
        ("Liferaft certificate expires in March", "EPIRB certificate expires in March"),
        ("Bosun's visa runs out in May", "Chef's visa runs out in May"),
        ("Crane 1 hoisting limit not working", "Crane 1 slewing limit not working"),
    ],
)
def test_another_place_tank_or_person_is_a_near_miss(draft_of: DraftOf, one: str, two: str) -> None:
    assert not draft_of(one, (1, two)).proposals


def test_when_and_whom_it_was_told_makes_no_other_fact(draft_of: DraftOf) -> None:
    content = draft_of(
        "Tender 2 during washdown: bilge switch stuck. Captain told.",
        (2, "Bilge switch of tender 2 stuck at anchor. No update."),
    )
    assert kinds(content) == {ProposalKind.DUPLICATE}


def test_a_chain_of_one_fact_is_one_proposal_with_all_its_entries(draft_of: DraftOf) -> None:
    content = draft_of(
        "Sewage plant blower vibrating",
        (4, "Sewage plant blower opened up, bearing found damaged"),
        (20, "Sewage plant blower bearing replaced, runs smooth"),
    )
    (proposal,) = content.proposals
    assert proposal.kind is ProposalKind.PROGRESS
    assert proposal.entry_ids == ("e000", "e001", "e002")


def test_a_hundred_wordings_of_one_fact_are_no_hundred_proposals(draft_of: DraftOf) -> None:
    lines = [f"Port bilge pump leaking at the shaft seal, drop {n}" for n in range(60)]
    content = draft_of(*[(0.01 * n, line) for n, line in enumerate(lines)])
    assert len(content.proposals) + len(content.conflicts) <= 6
