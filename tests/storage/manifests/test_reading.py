"""A manifest of any size is read in bounded memory, its lines counted as an editor counts them."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import BadInput
from storage.manifests.lines import LINE_LIMIT
from storage.manifests.reading import REJECTED_KEPT, survey
from storage.manifests.rules import LINES_LIMIT
from tests.storage.manifests.orders import a_line, a_manifest, lines

pytestmark = pytest.mark.usefixtures("store")
MEASURE = """
import resource, sys
from pathlib import Path
from storage.manifests.reading import survey
survey(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = survey(Path(sys.argv[2]))
print(found.lines, found.bad, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_good_and_bad_lines_are_counted_with_their_numbers() -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(a_line("a")).encode()
    nap, launch = a_line("b", "sleep", kwargs={}), a_line("c", "launch")
    found = survey(a_manifest(marked, "", "{", nap, "  \r", launch))
    assert (found.lines, found.entries, found.bad) == (4, 2, 2)
    assert found.tasks == {"debug": 1, "sleep": 1}
    assert [(bad.line, bad.code) for bad in found.rejected] == [
        (3, "not_json"), (6, "unknown_task"),
    ]  # fmt: skip


def test_an_id_that_comes_twice_is_told_with_both_lines() -> None:
    (bad,) = survey(a_manifest(a_line("a"), a_line("b"), a_line("a"))).rejected
    assert (bad.line, bad.code) == (3, "duplicate_id")
    assert "line 1" in bad.message


def test_the_hash_is_that_of_the_whole_file() -> None:
    path = a_manifest(*lines(3))
    assert survey(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read() -> None:
    path = a_manifest(a_line("a"), b"x" * (3 * LINE_LIMIT), a_line("b"), b"y" * LINE_LIMIT)
    found = survey(path)
    assert [(bad.line, bad.code) for bad in found.rejected] == [
        (2, "line_too_long"), (4, "line_too_long"),
    ]  # fmt: skip
    assert found.entries == 2


def test_more_lines_than_one_order_may_have_are_refused() -> None:
    path = a_manifest("{\n" * LINES_LIMIT)
    assert survey(path).bad == LINES_LIMIT
    assert len(survey(path).rejected) == REJECTED_KEPT
    path.write_text("{\n" * (LINES_LIMIT + 1))
    with pytest.raises(BadInput, match="more than 50,000 lines"):
        survey(path)


def test_a_file_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="No such file"):
        survey(Path("nowhere.jsonl"))


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="directory"):
        survey(tmp_path)


def test_memory_does_not_grow_with_the_length_of_a_file(tmp_path: Path) -> None:
    """One endless line, and many long ones; both hundreds of times what may be kept of them."""
    small, large = a_manifest(*lines(5)), tmp_path / "large.jsonl"
    long_lines = (a_line(f"e{n}", kwargs={"message": "x" * 9_000}) for n in range(3_000))
    with large.open("wb") as file:
        for line in long_lines:
            file.write(json.dumps(line).encode() + b"\n")
        file.truncate(file.tell() + (256 << 20))
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, small, large], capture_output=True, text=True, check=True
    )
    read, bad, grown = map(int, said.stdout.split())
    assert (read, bad) == (3_001, 1)
    assert grown < 8 * 1024  # KiB
