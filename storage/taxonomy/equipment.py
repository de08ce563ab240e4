"""A ship's own names for its equipment, read from a small TOML text (pure).

    [equipment]
    "Blue Betty" = "DECK-03"        # what the crew says = the domain it belongs to
    "the Beast"  = "ENG-02"

Given to `classify(…, own_terms=…)` such a name outweighs any general term.
"""

import tomllib
from typing import Any

from storage.foreign import read_toml
from storage.taxonomy.domains import ASSIGNABLE
from storage.taxonomy.words import Words, stems, words

MAX_NAMES = 2_000
MAX_NAME = 80


def equipment_names(text: str) -> dict[str, str]:
    """The names in `text`, each with its domain code.

    Raises:
        ValueError: not TOML, no [equipment] table, too many names, a name without a word or told
            twice, or a code no entry may carry; the message names the line.
    """
    table = _parsed(text).get("equipment")
    if not isinstance(table, dict) or not table:
        raise ValueError("there is no [equipment] table with names in it")
    if len(table) > MAX_NAMES:
        raise ValueError(f"there are {len(table)} names; at most {MAX_NAMES} are kept")
    known: dict[Words, str] = {}
    for name, code in table.items():
        read = stems(words(name))
        if problem := _problem(name, code, known.get(read)):
            raise ValueError(f"{problem}{_place(text, name)}")
        known[read] = name
    return dict(table)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return read_toml(text)
    except ValueError as error:
        last = len(text.rstrip().split("\n"))
        said = str(error).replace("at end of document", f"at line {last}, the last")
        raise ValueError(said) from None


def _problem(name: str, code: Any, same: str | None) -> str:
    """Why a name cannot be used; empty when it can."""
    if not stems(words(name)) or len(name) > MAX_NAME or not name.isprintable():
        return f"{name!r}: a name has a word, and at most {MAX_NAME} printable characters"
    if code not in ASSIGNABLE:
        return f'{name!r} = {code!r}: a name needs a domain an entry may carry, as "DECK-03"'
    return f"{name!r} reads the same as {same!r}" if same is not None else ""


def _place(text: str, name: str) -> str:
    """` (at line 3)`, where the name stands; nothing when it is not told in one line."""
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            if name in tomllib.loads(line.strip()):
                return f" (at line {number})"
        except tomllib.TOMLDecodeError:
            continue
    return ""
