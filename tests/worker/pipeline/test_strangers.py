"""What two people say of one thing who name it, or what is wrong with it, in other words."""

from collections.abc import Callable

import pytest

from storage.drafts.content import DraftContent, ProposalKind
from storage.taxonomy.reading import read
from storage.taxonomy.sides import sides
from storage.taxonomy.words import words
from worker.pipeline.neighbours import near_pairs

DraftOf = Callable[..., DraftContent]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Afterpeak found dry", "0.8 m in the aft peak"),
        ("Ramp pins are in", "Ramp pins have been pulled"),
        ("Sludge tank 12 cube", "Sludge tank 7 m3"),
        ("Rescue boat engine ready for use", "Rescue boat engine would not start"),
        ("Second cook is on board", "Second cook left yesterday"),
    ],
)
def test_opposites_in_other_words_are_a_conflict(draft_of: DraftOf, one: str, two: str) -> None:
    assert draft_of(one, (1, two)).conflicts


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Otter board shackle cracked", "Trawl door shackle fractured"),
        ("Gasoline fumes in the garage", "Garage smells of petrol"),
        (
            "HRU of the rescue boat beacon expired",
            "Hydrostatic release, rescue boat beacon: expired",
        ),
    ],
)
def test_synonyms_of_gear_are_one_fact(draft_of: DraftOf, one: str, two: str) -> None:
    found = draft_of(one, (1, two)).proposals
    assert {proposal.kind for proposal in found} == {ProposalKind.DUPLICATE}


def test_after_is_the_stern_only_before_a_part_of_the_ship() -> None:
    assert ("longitudinal", "aft") in sides(words("After winch drum seized"))
    assert not sides(words("Winch drum seized after the squall"))


def test_can_not_is_no_thing() -> None:
    assert "cannot" not in read("we can not open the locker").features.things


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Trawl deck draft aft 5.10", "Draft aft 5.65 by the marks"),
        ("Fish freezer at -22", "Fish freezer reads -9"),
        ("22 visitors on the launch", "Launch took 25 visitors"),
        ("No passengers on board", "Three passengers on board"),
        ("Agent booked for 0700", "Agent expected 0930"),
        ("Workboat lashings removed", "Workboat lashings still on"),
        ("Sample locker sealed", "Sample locker: seal broken"),
        ("Stabilisers are housed", "Stabilisers still out"),
        ("Second cook on board", "Second cook still ashore"),
    ],
)
def test_what_is_counted_read_or_timed_without_a_unit_can_conflict(
    draft_of: DraftOf, one: str, two: str
) -> None:
    assert draft_of(one, (1, two)).conflicts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Meat room at -18", ("celsius", "-18")),
        ("Supply air +4", ("celsius", "4")),
        ("Heading by gyro 212", ("degree", "212")),
        ("Muster 23 on board", ("person", "23")),
        ("Petty cash 2,860 left", ("money", "2860")),
    ],
)
def test_a_number_without_a_unit_is_read_by_what_is_read(text: str, found: tuple[str, str]) -> None:
    told = read(text)
    assert (told.quantities, told.units) == ({found}, frozenset())


def test_the_number_of_a_thing_and_a_time_of_day_are_no_readings() -> None:
    told = read("Freezer 2 alarm at 0400")
    assert (told.units, told.quantities) == ({("unit", "2")}, frozenset())


def test_a_litre_an_hour_is_no_left_hand() -> None:
    assert not sides(words("Hose leaking 1 l/h"))
    assert ("hand", "left") in sides(words("cylinder 3 L/H"))


def test_units_are_named_in_letters_and_in_words() -> None:
    assert read("Only blower A runs, B is out").units == {("unit", "a"), ("unit", "b")}
    assert read("Door seven is slow").units == read("Door 7 is slow").units


def test_the_medical_of_the_second_mate_is_not_that_of_the_second_engineer() -> None:
    assert read("2/O's medical runs out").sorts != read("2/E's medical runs out").sorts


def test_a_phrase_tells_of_every_axis_it_names() -> None:
    assert read("Fins still out").ends == {"power": "off", "stowage": "out"}
    assert read("Pilot is on board").ends == {"place": "onboard"}


def test_a_door_that_is_locked_is_no_door_lock() -> None:
    assert "door" in read("Side door locked").features.things


def test_few_notes_that_name_one_thing_all_meet() -> None:
    told = [
        read("Capstan 2 slips when the stern line comes tight at the quay"),
        read("Windlass greased"),
        read("Worn cone found in capstan 2, asked the maker for another"),
    ]
    assert list(near_pairs(told)) == [(0, 2)]
