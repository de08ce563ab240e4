"""A line typed above the audit log finds the rows it says, and no others."""

from pathlib import Path

import pytest

from storage.audit.actions import act
from storage.audit.actor import Actor, ActorKind
from storage.audit.filters import FIELDS, read_filter
from storage.audit.views import AuditQuery, count_events, list_events
from storage.errors import BadInput, WrongState
from tests.clock import ShipClock

ADA = Actor(kind=ActorKind.HUMAN, id="ada", name="Ada Okafor", role="captain")
BO = Actor(kind=ActorKind.SERVICE, id="bo", name="Worker", role=None)


@pytest.fixture
def log(empty_store: Path, clock: ShipClock) -> Path:
    """Five events, an hour apart: three by a person, one of them refused, two by a service."""
    for number, (actor, action) in enumerate(
        [(ADA, "entry.captured"), (BO, "job.started"), (BO, "job.completed"), (ADA, "draft.edited")]
    ):
        with act(actor, action, action.partition(".")[0], f"id-{number}") as deed:
            deed.detail = {"text": f"bilge pump {number}"}
        clock.advance(hours=1)
    with pytest.raises(WrongState), act(ADA, "draft.accepted", "draft", "id-4"):
        raise WrongState(why="It was accepted already.")
    return empty_store


def found(text: str) -> list[int]:
    """The places in the log of what a filter finds, oldest first."""
    query = AuditQuery(where=read_filter(text))
    rows = [row.seq for row in list_events(query)]
    assert len(rows) == count_events(query)
    return sorted(rows)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("actor:ada", [1, 4, 5]),
        ("actor:Ada -outcome:refused", [1, 4]),
        ("action:job.", [2, 3]),
        ("action:job or action:entry", [1, 2, 3]),
        ("action:job,entry", [1, 2, 3]),
        ("not (action:job,entry)", [4, 5]),
        ("action!=job,entry", [4, 5]),
        ("outcome:refused", [5]),
        ("seq>=2 seq<4", [2, 3]),
        ("seq:1,5", [1, 5]),
        ("pump", [1, 2, 3, 4]),
        ('"bilge pump 2"', [3]),
        ("since:150m", [3, 4, 5]),
        ("since:150m until:30m", [3, 4]),
        ("about:draft subject:id-4", [5]),
        ("%", []),
        ("'; DROP TABLE audit_event", []),
    ],
)
def test_a_filter_finds_what_it_says(log: Path, text: str, places: list[int]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("acter:ada", "did you mean actor"),
        ("colour:red", "there are actor, action"),
        ("seq:many", "seq: is a whole number"),
        ("since:later", "an age like 8h"),
        ("since:99999999d", "since: is"),
        ("action>job", "compared with : or != only"),
    ],
)
def test_a_filter_that_cannot_be_used_says_what_there_is(log: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_filter(text)


def test_every_field_says_what_it_means() -> None:
    assert all(field.sentence for field in FIELDS.values())
