"""Pages that lead through the code lead to files that are there."""

import re

import pytest

from tests.architecture.sources import OURS, ROOT

PATH = re.compile(rf"`((?:{'|'.join((*OURS, 'docs'))})/[\w./-]*)`")


@pytest.mark.parametrize("page", ["architecture.md", "security.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    named = set(PATH.findall((ROOT / "docs" / page).read_text()))
    assert len(named) > 5
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_verb_that_is_named_is_in_the_file_it_is_named_with() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    pairs = re.findall(r"`(\w+)` in `([\w/]+\.py)`", text)
    assert len(pairs) >= 3
    assert [verb for verb, file in pairs if f"def {verb}(" not in (ROOT / file).read_text()] == []
