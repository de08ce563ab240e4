"""A PostgreSQL server of the tests' own: in a temporary folder, reached by a socket in it alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
SETTINGS = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "listen_addresses = ''",
    "max_connections = 60",
    "shared_buffers = 32MB",
)
SERVANT = "nobody"


@cache
def programs() -> Path | None:
    """The folder of the newest server's programs that is installed."""
    found = [path for pattern in FOLDERS for path in Path("/").glob(f"{pattern[1:]}/initdb")]
    named = shutil.which("initdb")
    return max(found).parent if found else Path(named).parent if named else None


def why_not() -> str | None:
    """Why no server can be started here; None when one can."""
    if programs() is None:
        return "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"
    return None


class Server:
    """A running server. `manned`: the database of the store that tests get copies of."""

    def __init__(self, folder: Path) -> None:
        self.manned = ""
        self._folder = folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        """How a store on it is named."""
        return f"postgresql://ship@/{database}?host={self._folder}"

    def make(self, template: str = "template1") -> str:
        """A new database like another, which nobody may have open; its name."""
        name = f"store_{os.getpid()}_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """End who is there still, and it."""
        self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def say(self, sql: str) -> None:
        """A statement to the server itself."""
        from storage.engines.driver import connect

        with connect(self.url("postgres")) as connection:
            connection.cursor().at_once(sql)


@contextmanager
def running() -> Iterator[Server]:
    """A server with nothing in it; it and its folder are gone afterwards."""
    folder = Path(mkdtemp(prefix="eightbells-server-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVANT)
        _run("initdb", "-D", data, "-U", "ship", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8",
             "--no-sync", "--no-instructions")  # fmt: skip
        settings = [f"unix_socket_directories = '{folder}'", *SETTINGS]
        with (data / "postgresql.conf").open("a") as file:
            file.write("\n".join(settings) + "\n")
        _run("pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log", "start")
        try:
            yield Server(folder)
        finally:
            _run("pg_ctl", "-D", data, "-w", "-s", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    """As a servant when we are root, because the server refuses to be."""
    servant = {"user": SERVANT, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = programs()
    assert folder is not None
    done = subprocess.run(
        [folder / program, *map(str, arguments)],
        cwd="/", capture_output=True, text=True, check=False, **servant,
    )  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
