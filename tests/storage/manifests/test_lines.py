"""A line of a manifest is an entry, or it is told what is wrong with it and where."""

import json
from typing import Any

import pytest

from storage.evidence.lines import Rejected
from storage.jobs.kinds import JobKind
from storage.manifests.lines import LINE_LIMIT, NumberedEntry, read_entry
from tests.storage.manifests.orders import a_line


def read(content: Any) -> NumberedEntry | Rejected:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_entry(7, data)


def rejected(content: Any) -> tuple[str, str]:
    found = read(content)
    assert isinstance(found, Rejected)
    assert found.line == 7
    return found.code, found.message


def test_a_whole_line_is_an_entry() -> None:
    found = read(
        a_line(
            "e1", "crud_latency", args=["words", 20], kwargs={}, priority=4,
            meta={"id": "e1", "expected_result": {"slept_ms": 20}}, description="A round.",
        )
    )  # fmt: skip
    assert isinstance(found, NumberedEntry)
    assert (found.line, found.id, found.kind) == (7, "e1", JobKind.CRUD_LATENCY)
    assert found.arguments == {"value": "words", "latency_ms": 20}
    assert found.entry.meta.expected_result == {"slept_ms": 20}


def test_what_is_left_out_is_the_kinds_own() -> None:
    found = read({"task": "sleep", "meta": {"id": "e1"}})
    assert isinstance(found, NumberedEntry)
    assert found.arguments == {"seconds": 1.0}
    assert found.entry.priority is None


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"\xff{}", "not_utf8", "Byte 1"),
        (rb'{"task": "debug", "meta": {"id": "\ud800"}}', "not_utf8", "half a character"),
        (b"{", "not_json", "not JSON"),
        pytest.param(b"[" * 100_000, "not_json", "nested deeper than", id="nested"),
        (b'{"task": NaN}', "not_json", "NaN"),
        (b'{"task": "debug", "task": "sleep"}', "not_json", "twice"),
        ([1], "not_an_object", "not an object"),
        ({"meta": {"id": "e1"}}, "bad_entry", "task"),
        ({"task": "debug"}, "bad_entry", "meta"),
        (a_line(meta={"id": ""}), "bad_entry", "meta.id"),
        (a_line(meta={"id": 5}), "bad_entry", "meta.id"),
        (a_line(meta={"id": "e1", "expected_result": "x"}), "bad_entry", "expected_result"),
        (a_line(priority="4"), "bad_entry", "priority"),
        (a_line(priority=True), "bad_entry", "priority"),
        (a_line(priority=5), "bad_entry", "priority"),
        (a_line(kwargs=[]), "bad_entry", "kwargs"),
        (a_line(due="Friday"), "bad_entry", "due"),
        (a_line(task="launch"), "unknown_task", "launch"),
        (a_line(kwargs={"message": 5}), "bad_arguments", "message"),
        (a_line(kwargs={"colour": "red"}), "bad_arguments", "colour"),
        (a_line(args=["x"], kwargs={"message": "y"}), "bad_arguments", "in args and in kwargs"),
        (a_line(args=["x", "y"], kwargs={}), "bad_arguments", "takes 1"),
        (a_line(task="sleep", kwargs={"seconds": "1"}), "bad_arguments", "seconds"),
        (a_line(task="sleep", kwargs={"seconds": 900}), "bad_arguments", "seconds"),
        (a_line(kwargs={"message": "x" * 70_000}), "too_long", "64,000"),
    ],
)
def test_what_cannot_be_used_is_said_with_a_code(content: Any, code: str, says: str) -> None:
    found, message = rejected(content)
    assert found == code
    assert says in message
    assert len(message) < 700


def test_a_line_is_longer_than_any_arguments_may_be() -> None:
    assert LINE_LIMIT > 3 * 64_000
