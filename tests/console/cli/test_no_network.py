"""The whole main job, from the import to the proof, opens no socket to anywhere.

Each process of it is a Python told to keep account of its sockets from its first line on, and to
refuse them; what the account holds at the end is what was tried.
"""

import json
import subprocess
from pathlib import Path

from tests.console.cli.program import command, environment

WATCH = """
import os, sys

LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")

def _watch(event, args):
    if event == "socket.__new__":
        reaches_out = args[1] != 1  # AF_UNIX: the doorbell between our own processes
    else:
        reaches_out = event in LOOKED_UP
    if reaches_out:
        with open(os.environ["SOCKETS"], "a") as account:
            account.write(f"{event} {args!r}\\n")
        raise PermissionError(f"no socket in this test: {event}")

sys.addaudithook(_watch)
with open(os.environ["SOCKETS"] + ".watched", "a") as account:
    account.write(f"{os.getpid()}\\n")
"""
TRY = "import socket; socket.create_connection(('127.0.0.1', 9))"


def test_the_main_job_reaches_out_to_nobody(tmp_path: Path) -> None:
    account, watched = tmp_path / "sockets", tmp_path / "sockets.watched"
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    more = environment(EIGHTBELLS_HOME=str(tmp_path / "ship"), SOCKETS=str(account))
    more["PYTHONPATH"] = f"{tmp_path}:{more['PYTHONPATH']}"
    ran = subprocess.run(
        command("demo", "--check", "--entries", "24", "--json"),
        env=more, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    assert json.loads(ran.stdout)["ok"]
    assert not account.exists(), account.read_text()
    assert len(watched.read_text().split()) >= 2, "the console and a worker"


def test_the_watch_would_have_seen_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    more = environment(SOCKETS=str(tmp_path / "sockets"))
    more["PYTHONPATH"] = f"{tmp_path}:{more['PYTHONPATH']}"
    ran = subprocess.run(
        [command()[0], "-c", TRY], env=more, capture_output=True, text=True, check=False
    )
    assert "no socket in this test" in ran.stderr
    assert "socket." in (tmp_path / "sockets").read_text()
