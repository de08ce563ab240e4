"""The real program as a child process, and what it said.

`run` starts a fresh interpreter, as a shell does. `Eightbells` forks its processes from a server
that has imported the program once, which is many times as fast and otherwise the same; and cheap
seals are in order there, as they are in the store the tests copy (a seal that costs less than is
asked for today would be made anew with every PIN that is given).
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from storage.people import keys
from tests.seals import CHEAP

ROOT = Path(__file__).parents[3]
LONGEST_S = 120

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["pytest", "tests.console.cli.imported"])


@dataclass(frozen=True)
class Said:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the one error; there is nothing like a traceback beside it."""
        assert "Traceback" not in self.err
        (line,) = [line for line in self.err.splitlines() if line.startswith("error: ")]
        return line.split(": ")[1]


@dataclass(frozen=True)
class Eightbells:
    """The command line on one store."""

    home: Path

    def __call__(self, *words: str, stdin: str = "", **more: str) -> Said:
        """Run one command; `more` are environment variables."""
        with _file() as given, _file() as out, _file() as err:
            given.write(stdin.encode())
            given.seek(0)
            child = _forks.Process(
                target=_become_the_program,
                args=(
                    CHEAP,
                    words,
                    environment(EIGHTBELLS_HOME=str(self.home), **more),
                    *map(_path, (given, out, err)),
                ),
            )
            child.start()
            child.join(LONGEST_S)
            assert child.exitcode is not None, "it never ended"
            return Said(child.exitcode, _all(out), _all(err))

    def json(self, *words: str, stdin: str = "") -> Any:
        """Run one command that must succeed, with `--json`; returns what it printed."""
        said = self(*words, "--json", stdin=stdin)
        assert said.code == 0, said.err
        return said.json


def command(*words: str) -> list[str]:
    """The command line that starts the program."""
    return [sys.executable, "-m", "console", *words]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without any store of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EIGHTBELLS")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(*words: str, stdin: str = "", **more: str) -> Said:
    """Run one command in a fresh interpreter and wait for it."""
    done = subprocess.run(
        command(*words), input=stdin.encode(), capture_output=True,
        env=environment(**more), timeout=LONGEST_S, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def until(holds: Callable[[], bool]) -> None:
    """Return once a condition holds; it is an error if it never does."""
    deadline = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.02)


def _become_the_program(
    cost: keys.Cost, words: tuple[str, ...], variables: Mapping[str, str], *streams: str
) -> None:
    keys.PRESENT = cost
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the process ends with it
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["eightbells", *words]
    from console.cli import main

    main()


def _file() -> IO[bytes]:
    return tempfile.NamedTemporaryFile()


def _path(file: IO[bytes]) -> str:
    return file.name


def _all(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
