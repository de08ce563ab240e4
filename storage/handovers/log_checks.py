"""Is an export of the log whole, and does it hold what was noted on paper? Needs no store."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from storage.audit.chain import COLUMNS, Checkpoint, first_break
from storage.audit.merkle import Tree
from storage.canonical import canonical_json
from storage.foreign import read_json
from storage.handovers.checks import Check, check
from storage.handovers.key_use import KeysInUse, key_event

SUFFIX = ".jsonl"


def check_log(path: Path, printed: Sequence[Checkpoint] = ()) -> list[Check]:
    """Walk a file that `audit export` made, one event a line."""
    hashes: list[bytes] = []
    misuse: list[str] = []
    try:
        broken = first_break(_rows(path, hashes, misuse))
        problem = f"event {broken[0]}: {broken[1]}" if broken else ""
        problem = problem or ("" if hashes else "there is not one event in it")
    except (ValueError, LookupError, TypeError) as error:
        problem = f"event {len(hashes) + 1} cannot be read ({error})"
    tree = Tree(hashes)
    whole = f"{len(hashes)} events, root {tree.root(len(hashes)).hex()}"
    return [
        check("audit events", problem, whole),
        *([] if problem else [check("keys in use", next(iter(misuse), ""))]),
        *(check("checkpoint given", _not_in(mark, tree, hashes), str(mark)) for mark in printed),
    ]


def _rows(path: Path, hashes: list[bytes], misuse: list[str]) -> Iterator[list[Any]]:
    """The events as `first_break` takes them.

    On the way their hashes are added to `hashes`, and signatures with a key that was not in use
    then to `misuse`.
    """
    keys = KeysInUse()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            event = read_json(line)
            if not isinstance(event, dict):
                raise ValueError("it is not an object")
            unknown = sorted(event.keys() ^ {*COLUMNS, "hash"})
            if unknown:
                raise ValueError(f"fields too many or too few: {', '.join(unknown)}")
            event["detail"] = canonical_json(event["detail"]).decode()
            values = [event[name] for name in COLUMNS]
            yield [*values, event["hash"]]
            misuse.extend(filter(None, [keys.wrong_with(key_event(values))]))
            hashes.append(bytes.fromhex(event["hash"]))


def _not_in(mark: Checkpoint, tree: Tree, hashes: Sequence[bytes]) -> str:
    if mark.size > len(hashes):
        return f"the log ends at event {len(hashes)}, but event {mark.size} was once recorded"
    known = [tree.root(mark.size), *hashes[mark.size - 1 : mark.size]]
    if bytes.fromhex(mark.root) in known:
        return ""
    return f"event {mark.size} is not the one that was recorded then"
