"""What nobody should send and somebody will: texts, values and damage for the tests of input."""

import random
from collections.abc import Callable, Iterator
from typing import Any

ESCAPES = "\x1b]52;c;QUJD\x07\x9b2J\u202egnp.exe\x00\u2028"
"""Sets a clipboard, clears a screen, turns a line round."""

ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, "", "\x00", ESCAPES, "x" * 5_000, [], {}, [[[[[]]]]], {"": {"": ""}},
    "0" * 64, "zz" * 32, "9999-12-31T23:59:59-23:59", "2026-02-30", "../../../etc/passwd",
    "<script>alert(1)</script>", "=HYPERLINK(1)", "\U0001f600", 1.5,
)  # fmt: skip
"""Values of every kind in places that expect another."""


def damaged(document: Any, chance: random.Random) -> Any:
    """A copy of a JSON value with one thing in it changed, taken away, doubled or added."""
    places = list(_places(document))
    path = chance.choice(places)
    if not path:
        return chance.choice(ODD)
    return _with(document, path, chance.choice(DAMAGES), chance)


def _another(inside: Any, key: Any, chance: random.Random) -> None:
    inside[key] = chance.choice(ODD)


def _gone(inside: Any, key: Any, chance: random.Random) -> None:
    del inside[key]


def _doubled(inside: Any, key: Any, chance: random.Random) -> None:
    if isinstance(inside, list):
        inside.insert(key, inside[key])
    else:
        inside[key] = [inside[key], inside[key]]


def _added(inside: Any, key: Any, chance: random.Random) -> None:
    if isinstance(inside, list):
        inside.append(chance.choice(ODD))
    else:
        inside["unknown"] = chance.choice(ODD)


DAMAGES: tuple[Callable[[Any, Any, random.Random], None], ...] = (
    _another, _another, _gone, _doubled, _added,
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in keys:
        yield from _places(value[key], (*path, key))


def _with(
    value: Any,
    path: tuple[Any, ...],
    damage: Callable[[Any, Any, random.Random], None],
    chance: random.Random,
) -> Any:
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if len(path) == 1:
        damage(copy, path[0], chance)
    else:
        copy[path[0]] = _with(value[path[0]], path[1:], damage, chance)
    return copy
