"""Putting the story aboard a new store, through the same verbs people use."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from console.demo.story import DemoEntry, DemoEvent, DemoPerson, DemoVessel
from storage.audit.actor import SYSTEM, Actor
from storage.clock import to_text
from storage.entries.actions import import_entries
from storage.entries.proposals import import_events
from storage.evidence.lines import Line, parse_lines
from storage.people.actions import add_first_person, add_person
from storage.people.views import crew_member, list_crew
from storage.vessel.actions import name_vessel, post_watch_bill


def name(vessel: DemoVessel) -> None:
    """Give the store its vessel and her watch bill."""
    name_vessel(SYSTEM, vessel.name, imo=vessel.imo, offset_minutes=vessel.offset_minutes)
    post_watch_bill(SYSTEM, vessel.watch_bill)


def sign_on(crew: Sequence[DemoPerson]) -> int:
    """Everyone joins, the first as administrator who adds the others; returns how many."""
    first, *others = crew
    administrator = add_first_person(first.name, first.role, first.pin).actor
    for person in others:
        add_person(administrator, first.pin, person.name, person.role, person.pin)
    return len(list_crew())


def record(events: Iterable[DemoEvent], end: datetime) -> int:
    """The day's ledger events, as an import file holds them; returns how many were recorded."""
    rows = (
        {"event_id": e.event_id, "type": e.type, "at": to_text(e.at(end)), "source": e.source,
         "asset": e.asset, "text": e.text}
        for e in events
    )  # fmt: skip
    return import_events(SYSTEM, _lines(rows)).imported


def capture(entries: Iterable[DemoEntry], end: datetime, by: DemoPerson) -> int:
    """What was said, as an import file holds it; returns how many entries there are now."""
    rows = (
        {"text": e.text, "at": to_text(e.at(end)), "by": e.by, "role": e.role.value,
         "event_ids": list(e.event_ids)}
        for e in entries
    )  # fmt: skip
    return import_entries(actor(by), _lines(rows)).imported


def actor(person: DemoPerson) -> Actor:
    """One of the crew as the first argument of a verb."""
    return crew_member(person.name).actor


def _lines(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return parse_lines(data.encode(), is_csv=False)
