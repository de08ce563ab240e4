"""Every command explains itself, and the reference and its examples are true."""

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.cli.program import NOUNS, noun
from console.cli.reference import commands, example, reference
from tests.console.cli.program import ROOT, environment, run

EVERY = [found for name in NOUNS for found in commands(name)]

CONTRACT = """
console serve init demo worker crew:add,list,reset-pin,confirm-reset,withdraw-reset,change-pin
crew:rotate-key,keys,show,leave,rejoin vessel:show,set-offset,watch-bill,equipment
entry:classify,add,import,list,show,flag,decide,resolve,suppress proposal:list,accept,dismiss
evidence:import-events,add-document,list
draft:generate,list,show,review,read,edit,move,merge,split,suppress,answer,acknowledge,accept
draft:sign,decline,reopen,regenerate,refresh-command,print,notices
handover:list,show,export,seal trace verify
job:kinds,submit,list,show,log,retry,cancel,boost,explain,decide,failures,acknowledge
group:list,show,cancel
manifest:workflows,plan,list,show,dispatch,verify,findings,cancel,retry,export
queue:list,pause,resume,limit
schedule:list,run,skip workers
insight:aggregate,trend,signals,suggestions,lineage,prune suggestion:show,accept,dismiss
regeneration:list,show,approve,reject,rollback,retry
audit:list,verify,checkpoint,export alert:list,acknowledge stats backup restore doctor
"""


def promised() -> set[str]:
    words = set()
    for part in CONTRACT.split():
        name, _, verbs = part.partition(":")
        words |= {f"{name} {verb}" for verb in verbs.split(",")} if verbs else {name}
    return words


def test_every_promised_command_is_there_and_no_other() -> None:
    assert {words for words, _ in EVERY} == promised()


@pytest.mark.parametrize(("words", "command"), EVERY, ids=[words for words, _ in EVERY])
def test_every_command_has_one_sentence_of_help(words: str, command: Any) -> None:
    sentence = command.help
    assert sentence.endswith(".") and "\n" not in sentence
    assert sentence[0].isupper() and len(sentence) <= 110


@pytest.mark.parametrize(("words", "command"), EVERY, ids=[words for words, _ in EVERY])
def test_every_option_and_argument_is_explained(words: str, command: Any) -> None:
    assert [p.name for p in command.params if not p.help] == []


@pytest.mark.parametrize(("words", "command"), EVERY, ids=[words for words, _ in EVERY])
def test_every_command_takes_the_shared_options(words: str, command: Any) -> None:
    options = {option for p in command.params for option in p.opts}
    assert {"--json", "--home", "--debug"} <= options


@pytest.mark.parametrize(("words", "command"), EVERY, ids=[words for words, _ in EVERY])
def test_every_example_is_understood_and_shows_its_own_command(words: str, command: Any) -> None:
    program, *given = shlex.split(example(command))
    own = words.split()
    assert program == "eightbells" and given[: len(own)] == own
    command.make_context(words, given[len(own) :])


def test_the_reference_is_what_the_commands_say() -> None:
    page = ROOT / "docs" / "commands.md"
    assert page.read_text() == reference(), "run `python -m console.cli.reference` again"


def test_every_noun_is_found_by_its_name() -> None:
    assert [noun(name).name for name in NOUNS] == list(NOUNS)


def test_the_root_help_lists_every_noun_and_imports_no_store() -> None:
    said = run("--help")
    assert said.code == 0 and all(f"  {name} " in said.out for name in NOUNS)
    heavy = ("peewee", "pydantic", "textual", "cryptography", "huey", "jinja2")
    assert [name for name in heavy if name in _modules_after("--help")] == []


@pytest.mark.parametrize("given", [("crew", "list", "--help"), ("draft", "--help")])
def test_no_command_imports_the_screens_the_worker_or_the_printing_office(
    given: tuple[str, ...],
) -> None:
    loaded = _modules_after(*given)
    strangers = ("textual", "huey", "jinja2", "xhtml2pdf", "reportlab", "worker", "templates")
    assert [name for name in strangers if name in loaded] == []


def _modules_after(*given: str) -> set[str]:
    """The modules a clean interpreter holds after a command."""
    script = (
        "import sys, contextlib, io\n"
        f"sys.argv = ['eightbells', *{list(given)!r}]\n"
        "from console.cli import main\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        "    with contextlib.suppress(SystemExit):\n"
        "        main()\n"
        "print('\\n'.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env=environment(), check=True,
        cwd=Path(ROOT),
    )  # fmt: skip
    return {name.partition(".")[0] for name in done.stdout.decode().split()}
