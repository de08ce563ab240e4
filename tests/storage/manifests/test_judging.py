"""What is said of one entry, by its job and by its receipt (pure)."""

from typing import Any

import pytest

from storage.jobs.states import JobStatus
from storage.manifests.lines import NumberedEntry, read_entry
from storage.manifests.rules import Sent, differs, judged, numbered, prefix_of
from storage.manifests.states import Verdict
from tests.storage.manifests.orders import _bytes, a_line

ECHO = {"echo": "e1"}


def entry(**parts: Any) -> NumberedEntry:
    meta = {"id": "e1", "expected_result": ECHO}
    found = read_entry(4, _bytes(a_line(**{"meta": meta, **parts})))
    assert isinstance(found, NumberedEntry)
    return found


def sent(**traits: Any) -> Sent:
    usual = {
        "line": 4, "job_id": "j1", "kind": "debug", "arguments": {"message": "e1"},
        "status": JobStatus.COMPLETED, "reason": "completed", "receipt": ECHO,
    }  # fmt: skip
    return Sent(**{**usual, **traits})


@pytest.mark.parametrize(
    ("traits", "verdict", "says"),
    [
        ({}, Verdict.OK, ""),
        ({"receipt": {**ECHO, "more": 1}}, Verdict.OK, ""),
        ({"receipt": {"echo": "e2"}}, Verdict.MISMATCH, "echo: 'e1' expected, 'e2' met"),
        ({"receipt": {}}, Verdict.MISMATCH, "None met"),
        ({"receipt": None}, Verdict.MISMATCH, "without a receipt"),
        ({"kind": "sleep"}, Verdict.MISMATCH, "something else"),
        ({"arguments": {"message": "other"}}, Verdict.MISMATCH, "something else"),
        ({"reason": "dry_run"}, Verdict.FAILED, "dry run"),
        ({"status": JobStatus.QUEUED}, Verdict.PENDING, "queued"),
        ({"status": JobStatus.RUNNING}, Verdict.PENDING, "running"),
        ({"status": JobStatus.FAILED, "reason": "error", "error": "no"}, Verdict.FAILED, "error"),
        ({"status": JobStatus.CANCELLED}, Verdict.FAILED, "cancelled"),
    ],
)
def test_a_verdict_has_its_reason(traits: dict[str, Any], verdict: Verdict, says: str) -> None:
    found = judged(entry(), sent(**traits))
    assert found.verdict is verdict
    assert says in found.why
    assert bool(found.why) == (verdict is not Verdict.OK)


def test_what_was_never_sent_is_missing() -> None:
    assert judged(entry(), None).verdict is Verdict.MISSING


def test_without_an_expectation_any_receipt_will_do() -> None:
    assert judged(entry(meta={"id": "e1"}), sent(receipt={})).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("expected", "met", "same"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2], "c": 3}}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"a": 1.0}, False),
        ({"a": None}, {}, True),
        ({"a": {}}, {"a": []}, False),
    ],
)
def test_a_receipt_says_exactly_what_is_expected_and_perhaps_more(
    expected: object, met: object, same: bool
) -> None:
    assert (differs(expected, met) == "") == same


def test_names_are_counted_up_by_prefix() -> None:
    taken = ["a_01.jsonl", "a_99.jsonl", "ab_03.jsonl", "a_x.jsonl", "notes.txt"]
    assert numbered("a", taken) == "a_100.jsonl"
    assert numbered("ab", taken) == "ab_04.jsonl"
    assert numbered("new", taken) == "new_01.jsonl"


@pytest.mark.parametrize(
    ("stem", "prefix"),
    [("Night orders", "night_orders"), ("../../etc", "etc"), ("x_03", "x"), ("⚓", "manifest")],
)
def test_any_file_name_gives_a_safe_prefix(stem: str, prefix: str) -> None:
    assert prefix_of(stem) == prefix
