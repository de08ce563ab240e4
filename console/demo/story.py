"""One day aboard the demo vessel: who sails her, what was logged, what was said.

Times are minutes before the end of the day, so that the demo is always the last 24 hours.
`domain_hint` and `shows` say what an entry was written for; only tests read them.
"""

import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from storage.taxonomy.roles import Role
from storage.value import Value
from storage.vessel.rules import Watch

MAX_MORE_ENTRIES = 50_000
_DAY_MINUTES = 24 * 60


class DemoVessel(Value):
    """The vessel. Her IMO number has a valid check digit and belongs to no ship."""

    name: str
    imo: str
    offset_minutes: int
    watch_bill: tuple[Watch, ...]


class DemoPerson(Value):
    """One of the crew. The PIN is public: it opens keys of demo stores and nothing else."""

    name: str
    role: Role
    pin: str


class _Told(Value):
    minutes_before_end: int = Field(ge=0, le=_DAY_MINUTES)
    text: str

    def at(self, end: datetime) -> datetime:
        """When this was written down, if the day ends at `end`."""
        return end - timedelta(minutes=self.minutes_before_end)


class DemoEvent(_Told):
    """A ledger event, as the ship's other systems would report it."""

    event_id: str
    type: str
    source: str
    asset: str


class DemoEntry(_Told):
    """Something a person said."""

    by: str
    role: Role
    event_ids: tuple[str, ...] = ()
    domain_hint: str
    shows: str = ""


class Story(Value):
    """The whole day, oldest first."""

    vessel: DemoVessel
    crew: tuple[DemoPerson, ...]
    events: tuple[DemoEvent, ...]
    entries: tuple[DemoEntry, ...]

    def last_hours(self, hours: int) -> "Story":
        """The same story from the last `hours` of the day, with the events its entries name."""
        told = [entry for entry in self.entries if entry.minutes_before_end <= hours * 60]
        named = {event_id for entry in told for event_id in entry.event_ids}
        events = [
            event
            for event in self.events
            if event.event_id in named or event.minutes_before_end <= hours * 60
        ]
        return self.model_copy(update={"entries": tuple(told), "events": tuple(events)})


@cache
def load_story() -> Story:
    """The day as it was written."""
    aboard = json.loads(_read("crew.json"))
    return Story(
        vessel=aboard["vessel"],
        crew=aboard["crew"],
        events=tuple(DemoEvent(**row) for row in _lines("events.jsonl")),
        entries=tuple(DemoEntry(**row) for row in _lines("entries.jsonl")),
    )


def more_entries(count: int, seed: int) -> tuple[DemoEntry, ...]:
    """`count` further entries of the same day, oldest first; the same seed tells the same.

    Raises:
        ValueError: fewer than none, or more than MAX_MORE_ENTRIES.
    """
    if not 0 <= count <= MAX_MORE_ENTRIES:
        raise ValueError(f"{count} entries: between 0 and {MAX_MORE_ENTRIES} can be told")
    chance, phrases = random.Random(seed), _phrases()
    told = [_entry(chance, phrases) for _ in range(count)]
    return tuple(sorted(told, key=lambda entry: -entry.minutes_before_end))


def _entry(chance: random.Random, phrases: Mapping[str, Any]) -> DemoEntry:
    code = chance.choice(tuple(phrases["domains"]))
    said = phrases["domains"][code]
    person = chance.choice([p for p in load_story().crew if p.role in said["roles"]])
    return DemoEntry(
        text=_narrative(chance, phrases, code),
        minutes_before_end=chance.randrange(1, _DAY_MINUTES),
        by=person.name,
        role=person.role,
        domain_hint=code,
    )


def _narrative(chance: random.Random, phrases: Mapping[str, Any], code: str) -> str:
    department = code.partition("-")[0]
    said = chance.choice(phrases["domains"][code]["groups"])
    what = chance.choice(said["equipment"]).format(**_figures(chance))
    finding = chance.choice(said["findings"]).format(**_figures(chance))
    when = chance.choice(phrases["occasions"][department])
    state = chance.choice(phrases["states"][department]).format(**_figures(chance))
    text = f"{chance.choice(phrases['openings'])}{what} {when}: {finding}. {state}".rstrip()
    return text[0].upper() + text[1:]


def _figures(chance: random.Random) -> dict[str, object]:
    """Small counts (n), tens (b), temperatures and levels (t), pressures and volumes (a)."""
    return {
        "n": chance.randint(1, 9),
        "b": chance.randint(10, 59),
        "t": chance.randint(38, 94),
        "a": f"{chance.randint(1, 9)}.{chance.randint(0, 9)}",
    }


@cache
def _phrases() -> Mapping[str, Any]:
    """Equipment, findings, occasions and states; within a group any combination makes sense."""
    phrases: Mapping[str, Any] = json.loads(_read("phrases.json"))
    return phrases


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _read(name).splitlines()]


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
