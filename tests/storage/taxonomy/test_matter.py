"""What tells one fact from another, and what tells nothing of it."""

import pytest

from storage.taxonomy.circumstances import matter
from storage.taxonomy.comparing import features
from storage.taxonomy.sorts import sorts
from storage.taxonomy.words import words


def test_when_and_who_was_told_is_no_matter() -> None:
    found = matter(words("Bilge switch stuck during washdown. Captain told, no update"))
    assert found == ("bilge", "switch", "stuck")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("skylounge fridge", "sky lounge fridge"),
        ("hatch covers", "hatch cover"),
        ("STP blower", "sewage plant blower"),
        ("pressure 4.2 bar", "pressure"),
        ("wheel house", "wheelhouse"),
        ("crew mess faucet", "tap in the crew mess"),
        ("matress", "mattress"),
        ("sundeck elevator", "lift to the sun deck"),
    ],
)
def test_one_thing_written_two_ways_is_one_thing(one: str, two: str) -> None:
    assert features(words(one)).things == features(words(two)).things


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("exhaust temperature is too high", "exhaust too hot"),
        ("temperature of the bearing rising", "bearing overheating"),
        ("pump has seized", "pump is stuck"),
        ("runs non stop", "running continuously"),
        ("lamp keeps switching off", "light keeps cutting out"),
        ("given up the ghost", "not working"),
    ],
)
def test_one_fault_told_in_two_ways_is_one_condition(one: str, two: str) -> None:
    assert features(words(one)).conditions == features(words(two)).conditions != frozenset()


def test_greetings_and_who_asked_are_no_matter() -> None:
    said = words("Hi all, just to let you know, pantry fridge warm. Thanks")
    assert features(said).things == features(words("pantry fridge warm")).things


def test_a_unit_behind_a_number_is_a_measure_and_guests_are_not() -> None:
    assert not features(words("18 cm")).things
    assert features(words("8 guests")).things


def test_a_short_form_in_capitals_is_read_with_its_number() -> None:
    assert words("AE2") == ("auxiliary", "engine", "2")


def test_a_contraction_is_written_out() -> None:
    assert words("won't start, can't stop, we're late") == (
        "will", "not", "start", "can", "not", "stop", "we", "late",
    )  # fmt: skip


def test_a_longer_name_is_not_also_a_shorter_one_of_its_sort() -> None:
    assert sorts(words("Sky lounge carpet wet")) == {("place", "sky_lounge")}


def test_whose_paper_it_is_counts_only_where_it_is_about_papers() -> None:
    assert sorts(words("Passport of the second officer expires")) == {("person", "second_officer")}
    assert not sorts(words("Second officer greased the winch"))
