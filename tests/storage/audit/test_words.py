"""Every act has words for people; the identifiers are for programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import storage
from storage.audit.words import ACTION_WORDS, said

_ACTION = re.compile(r"[a-z]+\.[a-z_]+")
NOUNS = {action.partition(".")[0] for action in ACTION_WORDS}
MADE_OF_PARTS = {
    "entry.resolved", "entry.suppressed", "entry.correction_accepted", "entry.correction_rejected",
    "output.approved", "output.rejected",
}  # fmt: skip
"""Acts whose names are put together where they are done."""
FILES = ("css", "db", "html", "json", "jsonl", "lock", "pdf", "state", "toml", "txt")
TABLES = ("words.py", "rights.py")
"""Where acts are only spoken of."""


def actions_in_the_source() -> Iterator[str]:
    """Every string of storage that names an act: `noun.participle`, of a noun the table knows."""
    sources = Path(storage.__file__).parent.rglob("*.py")
    for path in (path for path in sources if path.name not in TABLES):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                noun, _, participle = node.value.partition(".")
                if _ACTION.fullmatch(node.value) and noun in NOUNS and not _is_other(participle):
                    yield node.value


def _is_other(participle: str) -> bool:
    """A file's ending, or the beginning of a name that is put together."""
    return participle in FILES or participle.endswith("_")


def test_every_act_of_a_known_noun_has_words_of_its_own() -> None:
    assert set(actions_in_the_source()) - set(ACTION_WORDS) == set()


def test_no_words_are_for_an_act_that_nobody_does() -> None:
    assert set(ACTION_WORDS) - set(actions_in_the_source()) - MADE_OF_PARTS == set()


def test_an_act_is_told_by_what_became_of_it() -> None:
    assert said("draft.accepted", "done") == "accepted the handover"
    assert said("draft.accepted", "refused") == "not allowed: accept the handover"
    assert said("person.key_opened", "refused") == ("not allowed: open the signing key with a PIN")
    assert said("draft.generated", "dry_run") == "dry run: draft the handover"


def test_an_act_without_words_is_told_by_its_name() -> None:
    assert said("order.drawn_up", "done") == "order drawn up"
    assert said("order.drawn_up", "refused") == "order drawn up: refused"
