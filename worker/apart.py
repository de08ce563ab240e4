"""Work on the files of a store, in a process of its own that is started anew.

A job's child is a fork of a process that has the store open; SQLite's locks do not survive that, so
it must never open the store itself. What it starts here shares nothing with it, reads the store as
it lies, tells its progress line by line, and ends with whoever started it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from pydantic import BaseModel
from pydantic_core import to_json

from storage.errors import EightBellsError, Failed
from worker.handler import Reporter
from worker.process import die_with

Task = Callable[..., BaseModel | Mapping[str, Any]]
"""Takes the folder of the store, named arguments, and `report(phase, current, total)`."""


def apart(module: str, home: Path, report: Reporter, **given: Any) -> dict[str, Any]:
    """Run `task` of a module of `worker.handlers` in a process of its own; what it returned.

    Raises:
        Failed: what it raised, in its own words.
    """
    parent = os.getpid()
    words = [sys.executable, "-P", "-m", "worker.apart", module, str(home), json.dumps(given)]
    signal.signal(signal.SIGTERM, _leave)
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: die_with(parent)
    ) as process:
        try:
            said = _heard(process, report)
        except BaseException:
            process.terminate()
            raise
    if "result" not in said:
        raise Failed(why=said.get("error", f"It ended with exit code {process.returncode}."))
    return dict(said["result"])


def _heard(process: "subprocess.Popen[str]", report: Reporter) -> dict[str, Any]:
    """Pass its progress on until it has said its last word."""
    assert process.stdout is not None
    for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        if "phase" not in said:
            return said
        report.phase(said["phase"], said["current"], said["total"])
    return {}


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """A stop from outside runs what cleans up."""
    sys.exit(1)


def main(argv: list[str]) -> int:
    """In that process: run the task, say how it went."""
    from importlib import import_module

    signal.signal(signal.SIGTERM, _leave)
    module, home, given = argv
    task: Task = import_module(f"worker.handlers.{module}").task
    try:
        _say({"result": task(Path(home), _report, **json.loads(given))})
    except EightBellsError as error:
        _say({"error": str(error), "code": error.code})
        return error.exit_code
    return 0


def _report(phase: str, current: int, total: int) -> None:
    _say({"phase": phase, "current": current, "total": total})


def _say(what: dict[str, Any]) -> None:
    sys.stdout.buffer.write(to_json(what) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
