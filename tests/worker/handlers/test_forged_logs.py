"""I15: an export of the log proves itself, event by event, to both verifiers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.proving import fingerprint, stored_events
from templates.verifier import verify_py
from tests.builders import entries
from tests.worker.handlers.forging import Json, ours, spelt, theirs


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "verify.py"
    path.write_bytes(verify_py())
    return path


@pytest.fixture
def printed() -> list[str]:
    """The log's fingerprint, noted twice."""
    marks = []
    for narrative in ("Port anchor fouled.", "Gyro repeater 2 dead."):
        entries(narrative)
        marks.append(str(fingerprint()))
    return marks


@pytest.fixture
def log(tmp_path: Path, printed: list[str]) -> Path:
    """The log as `audit export` writes it."""
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"".join(map(spelt, stored_events(0, fingerprint().size))))
    return path


def forged(log: Path, change: Callable[[list[Json]], object]) -> None:
    events = [json.loads(line) for line in log.read_bytes().splitlines()]
    change(events)
    log.write_bytes(b"".join(map(spelt, events)))


FORGERIES: dict[str, tuple[Callable[[list[Json]], object], str]] = {
    "an event changed": (
        lambda events: events[4].update(actor_name="Nobody"), "event 5: its content is not",
    ),
    "a detail changed": (
        lambda events: events[4]["detail"].update(role="captain"), "event 5: its content is not",
    ),
    "an event deleted": (
        lambda events: events.pop(4), "event 5 is missing, 6 stands in its place",
    ),
    "two events exchanged": (
        lambda events: events.insert(4, events.pop(5)), "event 5 is missing, 6 stands",
    ),
    "an event inserted": (
        lambda events: events.insert(4, events[4]), "event 6 is missing, 5 stands in its place",
    ),
    "an event without its actor": (
        lambda events: events[4].pop("actor_name"), "actor_name",
    ),
    "a beginning left out": (
        lambda events: events.__delitem__(slice(3)), "event 1 is missing, 4 stands in its place",
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_i15_both_verifiers_name_the_event_that_was_forged(
    log: Path, script: Path, forgery: str
) -> None:
    change, complaint = FORGERIES[forgery]
    forged(log, change)
    for said in (ours(log), theirs(log, script=script)):
        assert complaint in said["audit events"]


def test_i15_a_whole_log_holds_everything_that_was_printed(
    log: Path, printed: list[str], script: Path
) -> None:
    assert ours(log, *printed) == theirs(log, *printed, script=script) == {}
    last = json.loads(log.read_bytes().splitlines()[-1])
    as_printed_before = f"{last['seq']}:{last['hash']}"
    assert ours(log, as_printed_before) == theirs(log, as_printed_before, script=script) == {}


def test_i15_a_cut_tail_is_found_by_any_printed_checkpoint(
    log: Path, printed: list[str], script: Path
) -> None:
    size = int(printed[0].partition(":")[0])
    forged(log, lambda events: events.__delitem__(slice(size - 1, None)))
    assert ours(log) == theirs(log, script=script) == {}
    for mark in printed:
        said = ours(log, mark)
        assert said == theirs(log, mark, script=script)
        assert f"the log ends at event {size - 1}" in said["checkpoint given"]
