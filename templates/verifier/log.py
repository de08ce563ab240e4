"""An export of the whole log: one event a line, each covering the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from templates.verifier.findings import Finding, look
from templates.verifier.keys import COLUMNS, event_hash, misuse
from templates.verifier.spelling import canonical, read_json
from templates.verifier.tree import root_of

GENESIS = "0" * 64


def check_log(path: Path, printed: list[str]) -> list[Finding]:
    """Walk the file, and hold it against checkpoints that somebody noted on paper."""
    hashes: list[bytes] = []
    misused: list[str] = []
    walk = look("audit events", lambda: _first_break(path, hashes, misused))
    praise = f"{len(hashes)} events, root {root_of(hashes).hex()}"
    return [
        walk._replace(praise=praise),
        *([] if walk.complaint else [Finding("keys in use", next(iter(misused), ""))]),
        *(look("checkpoint given", partial(_not_in, mark, hashes), mark) for mark in printed),
    ]


def _first_break(path: Path, hashes: list[bytes], misused: list[str]) -> str:
    try:
        return next(_breaks(path, hashes, misused), "")
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        return f"event {len(hashes) + 1} cannot be read ({error})"


def _breaks(path: Path, hashes: list[bytes], misused: list[str]) -> Iterator[str]:
    """What does not follow; on the way, `hashes` and signatures with a key that was not in use."""
    in_use: dict[str, Any] = {}
    before = GENESIS
    with path.open(encoding="utf-8") as lines:
        for expected, line in enumerate(lines, 1):
            event = _event(line)
            if event["seq"] != expected:
                yield f"event {expected} is missing, {event['seq']} stands in its place"
            values = [canonical(event[k]).decode() if k == "detail" else event[k] for k in COLUMNS]
            if event["prev_hash"] != before:
                yield f"event {expected} does not follow the event before it"
            if event_hash(values) != event["hash"]:
                yield f"event {expected}: its content is not what was recorded"
            before = event["hash"]
            told = {**event, "detail": canonical(event["detail"]).decode()}
            misused.extend(filter(None, [misuse(told, in_use)]))
            hashes.append(bytes.fromhex(before))
    if not hashes:
        yield "there is not one event in it"


def _event(line: str) -> Any:
    event = read_json(line.encode())
    unknown = sorted(event.keys() ^ {*COLUMNS, "hash"})
    if unknown:
        raise ValueError(f"fields too many or too few: {', '.join(unknown)}")
    return event


def _not_in(mark: str, hashes: list[bytes]) -> str:
    size, root = int(mark.partition(":")[0]), mark.partition(":")[2]
    if size > len(hashes):
        return f"the log ends at event {len(hashes)}, but event {size} was once recorded"
    known = (root_of(hashes[:size]).hex(), hashes[size - 1].hex() if size else root)
    return "" if root in known else f"event {size} is not the one that was recorded then"
