"""No sentence people read names a key by itself: all can be remapped, so `keys_aboard` names them.

What is looked at: every string of the console's screens and of the words they are made of, and the
sentences of the commands. What is not: the tables of keys themselves, and the pages of docs/, which
are about the keys the program is built with.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.commands.table import COMMANDS
from console.keys_aboard import SHEET_KEYS
from tests.architecture.sources import name_of, nodes, python_files, tree

ELSEWHERE = ("console/cli/", "console/commands/", "console/demo/", "console/plain/")
"""Where keys are given to commands, and where people say words and press nothing."""
TABLES = {
    "console/keymap.py", "console/pages/tables.py", "console/pages/runbook.py",
    "console/keys_aboard.py",
}  # fmt: skip
"""The labels of keys, the map of keys, and the makers of docs/."""
MOVING = "the cursor is moved by keys that no command has and none can be given"
EXCEPTIONS = {
    ("console/screens/help.py", "Tab"): MOVING,
    ("console/screens/help.py", "PgUp"): MOVING,
}
"""What may stand, and why."""

SIGN = r"[b-zB-HJ-Z0-9/?:=\[\]]"
NAMED = re.compile(
    r"\b(?:Enter|Esc|Escape|Space|Tab|PgUp|PgDn|F\d{1,2}|ctrl\+\w)\b"
    rf"|(?:^|(?<=[\s(;“])){SIGN}(?= (?:(?!is\b)\w+s|and|or|now|continue)\b)"
    r"|(?:^|(?<=[\s(;“]))\.(?= (?:goes|does|always)\b)"
    rf"|\({SIGN}(?:, {SIGN})*\)"
    rf"|\b(?:[Pp]ress|with|key|begun:) {SIGN}(?=[ .,]|$)"
    rf"|(?<=; ){SIGN} (?:on\b|$)"
    r"|(?:^|(?<=[;,.] ))a (?=\w+s (?:it|who|that|what)\b)"
)
"""A key by its name; a letter or sign that does, is in brackets, or is to be pressed."""
SPEAKERS = {"key", "fixed", "legend", "Binding"}
"""Calls whose arguments are ids, names of keys, or what a key of a sheet does."""


def shown_files() -> list[Path]:
    return [
        path
        for path in python_files("console")
        if not name_of(path).startswith(ELSEWHERE) and name_of(path) not in TABLES
    ]


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Strings of a file with their lines: no docstrings, nothing that is said to the speakers."""
    skipped = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Call) and _name(node.func) in SPEAKERS:
            skipped |= {id(inner) for part in node.args for inner in ast.walk(part)}
    for node in nodes(path):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.Constant) and isinstance(text, str) and id(node) not in skipped:
            yield node.lineno, text


def spoken_ids(path: Path, speaker: str) -> Iterator[str]:
    """The constant arguments of one speaker."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and _name(node.func) == speaker:
            for part in node.args:
                yield from (str(n.value) for n in ast.walk(part) if isinstance(n, ast.Constant))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_no_sentence_on_a_screen_names_a_key_by_itself() -> None:
    found = [
        f"{name_of(path)}:{line}: {text!r} names {named.group()!r}"
        for path in shown_files()
        for line, text in strings(path)
        if (named := NAMED.search(text)) and (name_of(path), named.group()) not in EXCEPTIONS
    ]
    assert found == [], "\n".join(found)


def test_no_sentence_of_a_command_names_a_key_that_can_be_remapped() -> None:
    fixed = {"Space"}
    named = {c.id(): NAMED.findall(c.sentence()) for c in COMMANDS}
    assert {k: set(v) - fixed for k, v in named.items() if set(v) - fixed} == {}


def test_every_key_that_is_spoken_is_one_of_a_command_or_of_a_sheet() -> None:
    ids = {command.id() for command in COMMANDS}
    for path in shown_files():
        assert set(spoken_ids(path, "key")) <= ids, name_of(path)
        assert set(spoken_ids(path, "fixed")) <= SHEET_KEYS, name_of(path)


def test_what_is_spoken_stands_in_a_string_that_is_filled_in() -> None:
    left = [
        f"{name_of(path)}:{line}"
        for path in shown_files()
        for line, text in strings(path)
        if re.search(r"\{(?:key|fixed|legend)\(", text)
    ]
    assert left == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Press n and say what matters.", "g drafts one; 3 reviews it.", "Esc goes back.",
        "the job of its export says why (4).", "in the inbox of the Entries (2, b)",
        "; . goes to the first, ", "nobody yet; a says who and why", ". does the next step.",
        "It counts once the review has begun: b.", "/ writes a filter", "F5 shows",
        "3 continue the review: ", "signs in with i, reads it", "] and [ show others.", "; c ",
        "open here; f on an entry makes one.",
    ],
)  # fmt: skip
def test_a_key_in_a_sentence_is_found(sentence: str) -> None:
    assert NAMED.search(sentence)
