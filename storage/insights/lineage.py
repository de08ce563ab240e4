"""From a signal to the handover it led to, and back, whichever of them is named (DOMAIN §8).

entries it rests on → signal → suggestion → proposal → entry → item → handover
                                         ↘ regeneration → output
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage.clock import from_text
from storage.database import read_only
from storage.engine import ledger
from storage.errors import NotFound
from storage.value import Value

KINDS = (
    "signal", "suggestion", "proposal", "regeneration", "output", "entry", "item", "handover",
)  # fmt: skip
"""In the order one leads to the next."""

MOST = 1_000
"""So many things at most are followed; beyond, the walk says that it was cut."""


class Thing(Value):
    """One thing on the way; `id` of a handover is that of its draft."""

    kind: str
    id: str
    text: str
    status: str
    at: datetime


class Link(Value):
    """That one thing led to another."""

    source: str
    target: str


class Lineage(Value):
    """All that led to a thing and all it led to, itself included, in the order of `KINDS`."""

    kind: str
    id: str
    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    cut: bool = False


_SHOWN = {
    "signal": "SELECT id, message, severity, created_at FROM signal WHERE id = ?",
    "suggestion": "SELECT id, text, status, created_at FROM suggestion WHERE id = ?",
    "proposal": "SELECT id, text, status, created_at FROM entry_proposal WHERE id = ?",
    "regeneration": "SELECT id, coalesce(detail, reason), status, approved_at FROM regeneration "
    "WHERE id = ?",
    "output": "SELECT o.id, o.title || ', version ' || o.version, "
    "coalesce(d.decision, 'pending'), o.made_at FROM regeneration_output o "
    "LEFT JOIN output_decision d ON d.output_id = o.id WHERE o.id = ?",
    "entry": "SELECT id, narrative, status, created_at FROM entry WHERE id = ?",
    "item": "SELECT i.id, i.text, i.status, d.created_at FROM draft_item i "
    "JOIN draft d ON d.id = i.draft_id WHERE i.id = ?",
    "handover": "SELECT h.draft_id, h.document_number, d.state, h.signed_at FROM handover h "
    "JOIN draft d ON d.id = h.draft_id WHERE h.draft_id = ?",
}
"""Kind → id, words, where it stands, when."""

_EDGES = (
    ("entry", "signal", "SELECT j.value AS a, s.id AS b FROM signal s, json_each(s.entry_ids) j"),
    ("signal", "suggestion", "SELECT signal_id AS a, id AS b FROM suggestion"),
    (
        "suggestion", "proposal",
        "SELECT source_id AS a, id AS b FROM entry_proposal WHERE source_kind = 'suggestion'",
    ),
    ("suggestion", "regeneration", "SELECT suggestion_id AS a, id AS b FROM regeneration"),
    ("regeneration", "output", "SELECT regeneration_id AS a, id AS b FROM regeneration_output"),
    ("output", "output", "SELECT restores AS a, id AS b FROM regeneration_output"),
    ("proposal", "entry", "SELECT id AS a, entry_id AS b FROM entry_proposal"),
    (
        "entry", "item",
        "SELECT source_id AS a, item_id AS b FROM draft_item_source WHERE kind = 'entry'",
    ),
    (
        "item", "handover",
        "SELECT i.id AS a, h.draft_id AS b FROM draft_item i "
        "JOIN handover h ON h.draft_id = i.draft_id",
    ),
)  # fmt: skip
"""What leads to what: kinds, and the ids of both."""

Place = tuple[str, str]
"""A kind and an id."""
Edge = tuple[Place, Place]
Step = Callable[[Place], list[Edge]]


def lineage(subject_id: str) -> Lineage:
    """Follow a thing back to the signals behind it and on to the handovers after it.

    Raises:
        NotFound: no signal, suggestion, proposal, regeneration, output, entry, item or handover
            has this id.
    """
    with read_only():
        start = _place(subject_id)
        back, forth = _walk(start, _before), _walk(start, _after)
        links = dict.fromkeys((*reversed(back), *forth))
        places = dict.fromkeys((start, *(place for link in links for place in link)))
        things = [_thing(place) for place in places]
    things.sort(key=lambda it: (KINDS.index(it.kind), it.at, it.id))
    return Lineage(
        kind=start[0], id=start[1], things=tuple(things),
        links=tuple(Link(source=a[1], target=b[1]) for a, b in links),
        cut=max(len(back), len(forth)) >= MOST,
    )  # fmt: skip


def _place(subject_id: str) -> Place:
    for kind in KINDS:
        if _rows(_SHOWN[kind], subject_id):
            return kind, subject_id
    raise NotFound(kind="signal, suggestion, proposal, entry, item or handover", id=subject_id)


def _walk(start: Place, step: Step) -> list[Edge]:
    """Every link reached from a place, nearest first."""
    seen, waiting, links = {start}, [start], list[Edge]()
    while waiting and len(links) < MOST:
        for link in step(waiting.pop(0)):
            links.append(link)
            waiting += [place for place in link if place not in seen]
            seen.update(link)
    return links


def _before(place: Place) -> list[Edge]:
    """What led to a place."""
    return [
        ((source, row[0]), place)
        for source, target, edges in _EDGES
        if target == place[0]
        for row in _rows(f"SELECT a FROM ({edges}) AS e WHERE b = ? AND a IS NOT NULL", place[1])
    ]


def _after(place: Place) -> list[Edge]:
    """What a place led to."""
    return [
        (place, (target, row[0]))
        for source, target, edges in _EDGES
        if source == place[0]
        for row in _rows(f"SELECT b FROM ({edges}) AS e WHERE a = ? AND b IS NOT NULL", place[1])
    ]


def _thing(place: Place) -> Thing:
    kind, subject_id = place
    ((_, text, status, at),) = _rows(_SHOWN[kind], subject_id)
    return Thing(kind=kind, id=subject_id, text=text, status=status, at=from_text(at))


def _rows(sql: str, subject_id: str) -> list[Any]:
    return list(ledger.execute_sql(sql, (subject_id,)).fetchall())
