"""I15: keys that were swapped, taken out, not yet or no longer in use, to both verifiers."""

import json
from collections.abc import Callable

import pytest

from storage.audit.chain import COLUMNS, GENESIS, event_hash
from storage.canonical import canonical_json
from storage.handovers.key_checks import misused
from storage.handovers.proof import BoundKey
from templates.verifier.keys import wrong_life
from tests.worker.handlers.forging import (
    Archive,
    Json,
    archive,
    ours,
    rewritten,
    spelt,
    theirs,
    untouched,
)

__all__ = ["archive", "untouched"]

pytestmark = pytest.mark.aboard  # the folders are forged on a ship's disk

CHECK = "keys of the crew"
EVENTS = ("named", "signed", "ended")


def without_events(said: Json) -> None:
    said["format"] = "eightbells.proof/1"
    for key in said["keys"]:
        for name in EVENTS:
            del key[name]


def exchanged(said: Json) -> None:
    key = said["keys"][0]
    key["named"], key["signed"] = key["signed"], key["named"]


FORGERIES: dict[str, tuple[Callable[[Json], object], str]] = {
    "the keys change places": (
        lambda p: p["keys"].reverse(), "the crew list has other keys than the signatures",
    ),
    "a key taken out": (lambda p: p["keys"].pop(), "incoming: the key is not one of"),
    "the events of both keys taken out": (
        without_events, "the events that say whose keys they are were left out",
    ),
    "the event of another's key": (
        lambda p: p["keys"][0].update(named=p["keys"][1]["named"]),
        "does not say that the key is one of Priya Nair",
    ),
    "another act in place of the signature": (exchanged, "is not their signature with this key"),
    "an ending that is none": (
        lambda p: p["keys"][0].update(ended=p["keys"][1]["named"]), "does not end the key",
    ),
    "a key's event changed": (
        lambda p: p["keys"][0]["named"]["values"].__setitem__(4, "Somebody Else"),
        "its content is not what was recorded",
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_i15_both_verifiers_name_what_was_done_to_a_key(
    untouched: Archive, archive: Archive, forgery: str
) -> None:
    change, complaint = FORGERIES[forgery]
    rewritten(archive.second, "proof.json", change)
    script = untouched.first / "verify.py"
    mine, strangers = ours(archive.second), theirs(archive.second, script=script)
    assert complaint in mine[CHECK]
    assert complaint in strangers[CHECK]
    assert mine.keys() == strangers.keys()


def test_a_key_that_was_replaced_still_proves_what_it_signed(untouched: Archive) -> None:
    first, second = (
        json.loads((folder / "proof.json").read_bytes())["keys"][0]
        for folder in (untouched.first, untouched.second)
    )
    assert first["person_id"] == second["person_id"]
    assert first["public_key"] != second["public_key"]
    named = dict(zip(COLUMNS, second["named"]["values"], strict=True))
    assert named["action"] == "person.key_rotated"
    assert ours(untouched.first) == ours(untouched.second) == {}


def logged(seq: int, action: str, **detail: str) -> Json:
    """An event of one person, as a proof holds it."""
    own = action.startswith("person.")
    values: list[int | str | None] = [
        seq, "2026-03-01T04:00:00Z", "human", "priya", "Priya Nair", action, "done",
        "person" if own else "draft", "priya" if own else "a-draft", None, None,
        canonical_json(detail).decode(), GENESIS,
    ]  # fmt: skip
    return {"values": values, "hash": event_hash(values), "path": []}


def a_key(named: int, signed: int, ended: int | None) -> Json:
    return {
        "person_id": "priya", "name": "Priya Nair", "public_key": "ab",
        "named": logged(named, "person.key_rotated", public_key="ab"),
        "signed": logged(signed, "draft.accepted", public_key="ab"),
        "ended": logged(ended, "person.left", ended_key="ab") if ended else None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (a_key(3, 5, None), ""),
        (a_key(3, 5, 7), ""),
        (a_key(6, 5, None), "the key was not in use yet when it signed (event 5)"),
        (a_key(3, 5, 4), "the key was no longer in use when it signed (event 5)"),
    ],
)
def test_i15_a_key_not_yet_or_no_longer_in_use_is_named(key: Json, problem: str) -> None:
    assert misused(BoundKey.model_validate(key), "a-draft") == problem
    assert wrong_life(key, "a-draft") == problem


def test_i15_a_log_in_which_an_ended_key_signs_is_found_though_its_chain_holds(
    untouched: Archive, archive: Archive
) -> None:
    events = [json.loads(line) for line in archive.log.read_bytes().splitlines()]
    rotated = next(event for event in events if event["action"] == "person.key_rotated")
    later = next(
        event for event in events
        if event["action"] == "draft.accepted" and event["seq"] > rotated["seq"]
    )  # fmt: skip
    later["detail"]["public_key"] = rotated["detail"]["ended_key"]
    prev = GENESIS
    for event in events:
        event["prev_hash"] = prev
        told = {**event, "detail": canonical_json(event["detail"]).decode()}
        prev = event["hash"] = event_hash([told[name] for name in COLUMNS])
    archive.log.write_bytes(b"".join(map(spelt, events)))
    said = ours(archive.log)
    assert said == theirs(archive.log, script=untouched.first / "verify.py")
    assert said == {
        "keys in use": f"event {later['seq']}: signed with a key Priya Nair did not use then"
    }
