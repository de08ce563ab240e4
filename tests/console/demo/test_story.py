"""The demo day is rich enough to show every part of the main job, and always the same."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from console.demo.story import MAX_MORE_ENTRIES, DemoEntry, load_story, more_entries
from storage.people.pins import check_pin_policy
from storage.people.rules import check_name
from storage.taxonomy.domains import ASSIGNABLE
from storage.taxonomy.roles import OFFICERS
from storage.vessel.rules import check_imo, check_watch_bill

PROPOSING = {
    "fault_logged",
    "maintenance_deferred",
    "inspection_failed",
    "spares_ordered",
    "vendor_contacted",
    "workaround_applied",
}


def entries_that_show(what: str) -> list[DemoEntry]:
    return [entry for entry in load_story().entries if entry.shows.partition(":")[0] == what]


def test_the_day_has_the_entries_and_events_the_main_job_needs() -> None:
    story = load_story()
    assert len(story.entries) >= 140
    assert len(story.events) >= 45
    assert len(story.crew) >= 6


def test_every_assignable_domain_is_spoken_of() -> None:
    assert {entry.domain_hint for entry in load_story().entries} == set(ASSIGNABLE)


def test_every_kind_of_event_that_proposes_an_entry_occurs_and_so_do_plain_readings() -> None:
    assert {event.type for event in load_story().events} == PROPOSING | {"reading"}


def test_entries_refer_only_to_events_that_had_happened() -> None:
    story = load_story()
    logged = {event.event_id: event.minutes_before_end for event in story.events}
    assert len(logged) == len(story.events)
    for entry in story.entries:
        for event_id in entry.event_ids:
            assert logged[event_id] >= entry.minutes_before_end, entry.text


def test_everything_is_told_oldest_first_inside_one_day() -> None:
    end = datetime(2026, 3, 1, 4, tzinfo=UTC)
    for told in (load_story().events, load_story().entries):
        times = [line.at(end) for line in told]
        assert times == sorted(times)
        assert times[0] >= end - timedelta(days=1)
        assert times[-1] <= end


@pytest.mark.parametrize(
    ("what", "fewest"),
    [
        ("duplicate", 12),
        ("progress", 9),
        ("near_miss", 12),
        ("conflict", 6),
        ("negation", 6),
        ("restriction", 6),
        ("planning", 3),
        ("hostile", 3),
    ],
)
def test_the_day_shows(what: str, fewest: int) -> None:
    assert len(entries_that_show(what)) >= fewest


@pytest.mark.parametrize("what", ["duplicate", "progress", "near_miss", "conflict"])
def test_what_needs_two_voices_has_at_least_two(what: str) -> None:
    said = Counter(entry.shows for entry in entries_that_show(what))
    assert min(said.values()) >= 2, said


def test_the_hostile_lines_are_really_hostile() -> None:
    text = " ".join(entry.text for entry in entries_that_show("hostile"))
    for danger in ("\x1b[2J", '<img src="file:///etc/passwd">', "\u202e", "{{ 7*7 }}", "[bold]"):
        assert danger in text


def test_the_crew_can_be_signed_on_as_written() -> None:
    crew = load_story().crew
    for person in crew:
        check_name(person.name)
        check_pin_policy(person.pin)
    assert len({person.name for person in crew}) == len(crew)
    assert len({person.pin for person in crew}) == len(crew)
    assert crew[0].role in OFFICERS, "the first person signed on becomes the administrator"


def test_every_author_is_aboard_in_that_role() -> None:
    aboard = {(person.name, person.role) for person in load_story().crew}
    said = {(entry.by, entry.role) for entry in load_story().entries}
    assert said <= aboard


def test_the_vessel_is_valid_and_her_imo_number_checks() -> None:
    vessel = load_story().vessel
    assert check_imo(vessel.imo) == vessel.imo
    check_watch_bill(vessel.watch_bill)
    weighted = sum(
        int(digit) * weight for digit, weight in zip(vessel.imo, range(7, 1, -1), strict=False)
    )
    assert weighted % 10 == int(vessel.imo[-1])


def test_more_entries_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert more_entries(200, seed=7) == more_entries(200, seed=7)
    assert more_entries(200, seed=7) != more_entries(200, seed=8)


def test_more_entries_are_complete_sentences_of_every_domain_by_people_aboard() -> None:
    aboard = {(person.name, person.role) for person in load_story().crew}
    told = more_entries(5_000, seed=1)
    assert {entry.domain_hint for entry in told} == set(ASSIGNABLE)
    assert {(entry.by, entry.role) for entry in told} <= aboard
    assert not [entry.text for entry in told if {"{", "}"} & set(entry.text)]
    assert len({entry.text for entry in told}) > 4_500


def test_more_entries_come_oldest_first() -> None:
    minutes = [entry.minutes_before_end for entry in more_entries(100, seed=3)]
    assert minutes == sorted(minutes, reverse=True)


@pytest.mark.parametrize("count", [-1, MAX_MORE_ENTRIES + 1])
def test_a_count_that_cannot_be_told_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        more_entries(count, seed=1)
