"""A page that forgets a command, a key, a setting, a job kind or a folder is a failing test."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator

import pytest

from console.cli.program import NOUNS
from console.cli.reference import commands, reference
from console.commands.table import COMMANDS
from console.pages.runbook import notes, runbook_page
from console.pages.tables import alerts_page, filters_page, jobs_page, keys_page, rights_page
from storage.jobs.kind_spec import QUEUES
from storage.jobs.kinds import KINDS
from storage.jobs.limits import KindLimits, QueueLimits
from tests.architecture.sources import OURS, PRODUCT, ROOT, nodes, python_files

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
SETTING = re.compile(r"(EIGHTBELLS|JOB)_[A-Z][A-Z_]*")
PROGRAM = re.compile(r"^(?:\s{4,}|\$ )eightbells(?= |$)(.*)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def everything_written() -> str:
    return "\n".join(page.read_text() for page in PAGES)


def every_command() -> list[str]:
    return [words for noun in NOUNS for words, _ in commands(noun)]


def settings_in_the_source() -> set[str]:
    """Every environment variable of ours that the program reads."""
    return {
        node.value
        for path in python_files(*PRODUCT)
        for node in nodes(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SETTING.fullmatch(node.value)
    }


def test_every_command_of_the_command_line_is_described() -> None:
    written = everything_written()
    assert [words for words in every_command() if f"eightbells {words}" not in written] == []


def test_the_page_of_commands_is_made_from_the_commands_as_they_are() -> None:
    assert (ROOT / "docs" / "commands.md").read_text() == reference()


def test_the_pages_of_keys_and_jobs_are_made_from_the_tables_as_they_are() -> None:
    assert (ROOT / "docs" / "keys.md").read_text() == keys_page()
    assert (ROOT / "docs" / "jobs.md").read_text() == jobs_page()
    assert (ROOT / "docs" / "alerts.md").read_text() == alerts_page()
    assert (ROOT / "docs" / "filters.md").read_text() == filters_page()
    assert (ROOT / "docs" / "rights.md").read_text() == rights_page()


def test_the_runbook_tells_of_every_kind_of_job_and_of_no_other() -> None:
    assert set(notes()) == {kind.value for kind in KINDS}
    assert (ROOT / "docs" / "runbook.md").read_text() == runbook_page()


def test_every_command_of_the_runbook_is_one() -> None:
    known = every_command()
    for kind, note in notes().items():
        for said in note.by_hand.split(", then "):
            words = said.removeprefix("eightbells ").split()
            assert any(words[: len(c.split())] == c.split() for c in known), f"{kind}: {said}"


def test_every_key_of_the_console_is_described() -> None:
    written = everything_written()
    assert [
        f"{command.key_label()} {command.name}"
        for command in COMMANDS
        if f"`{command.key_label()}`" not in written or command.name.lower() not in written.lower()
    ] == []


def test_every_kind_of_job_and_every_queue_is_described() -> None:
    written = everything_written()
    assert [kind.value for kind in KINDS if f"`{kind.value}`" not in written] == []
    assert [queue.value for queue in QUEUES if f"`{queue.value}`" not in written] == []


def test_every_setting_is_described() -> None:
    found = settings_in_the_source()
    assert found >= {"EIGHTBELLS_HOME", "JOB_DRY_RUN"}
    written = everything_written()
    assert [name for name in sorted(found) if f"`{name}" not in written] == []


def test_every_limit_that_may_be_set_is_described() -> None:
    written = (ROOT / "docs" / "settings.md").read_text()
    fields = [*KindLimits.model_fields, *QueueLimits.model_fields]
    assert [name for name in fields if f"| `{name}` |" not in written] == []


def test_every_setting_that_is_described_exists() -> None:
    named = set(re.findall(r"`((?:EIGHTBELLS|JOB)_[A-Z][A-Z_]*)", everything_written()))
    assert named - settings_in_the_source() == set()


@pytest.mark.parametrize("folder", (*OURS, "docs"))
def test_every_top_level_folder_stands_on_the_map(folder: str) -> None:
    assert f"`{folder}/`" in (ROOT / "README.md").read_text()


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    written = everything_written()
    assert [target for target in targets if f"make {target}" not in written] == []


def example_lines() -> Iterator[list[str]]:
    """The words after `eightbells` in every example of every page."""
    for page in PAGES:
        for line in PROGRAM.findall(page.read_text()):
            yield shlex.split(line, comments=True)


def test_every_example_names_a_command_that_exists() -> None:
    known = set(every_command())
    unknown = []
    for words in example_lines():
        plain = [word for word in words if not word.startswith(("-", "["))]
        if plain and plain[0] != "NOUN" and not {plain[0], " ".join(plain[:2])} & known:
            unknown.append(" ".join(words))
    assert unknown == []


def test_every_link_leads_somewhere() -> None:
    assert [
        f"{page.name}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ] == []


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    first = re.search(r"^## \[?v?([^\s\]]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert first is not None
    assert first[1] in (version, "Unreleased")
