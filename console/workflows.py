"""Which workflows plan work orders. The worker knows; it is asked in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from storage.errors import Failed
from storage.value import Value


class KnownWorkflow(Value):
    """A workflow as the worker tells of it. `count`: entries it plans when no number is said.

    `modes`: the first is taken when none is named. With a `problem` it cannot be used.
    """

    name: str
    sentence: str
    modes: tuple[str, ...]
    count: int
    origin: str
    problem: str


def known_workflows(home: Path) -> list[KnownWorkflow]:
    """Every workflow there is for the store in `home`, those that cannot be used too.

    Raises:
        Failed: the worker could not be asked.
    """
    words = [sys.executable, "-P", "-m", "worker.workflows", "--home", str(home)]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    if said.returncode:
        last = (said.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Failed(why=f"The worker could not list its workflows: {last}")
    return [KnownWorkflow(**found) for found in json.loads(said.stdout)]
