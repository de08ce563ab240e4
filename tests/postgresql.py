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
PORT = 5432
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
    """A running server. `like`: the databases that tests get copies of."""

    def __init__(self, folder: Path, port: int) -> None:
        self.like: dict[str, str] = {}
        self._folder, self._port = folder, port
        self._numbers = count(1)

    def url(self, database: str, user: str = "ship") -> str:
        """How a store on it is named."""
        return f"postgresql://{user}@/{database}?host={self._folder}&port={self._port}"

    def make(self, template: str = "template1") -> str:
        """A new database like another, which nobody may have open; its name."""
        name = f"store_{os.getpid()}_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def kept(self, purpose: str) -> str:
        """A new database that others will be like; its name."""
        self.like[purpose] = self.make()
        return self.like[purpose]

    def drop(self, name: str) -> None:
        """End who is there still, and it."""
        self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        """As after a power cut: every connection ends, and what was committed is there again."""
        _run("pg_ctl", "-D", self._folder / "data", "-w", "-s", "-l", self._folder / "log",
             "-m", "immediate", "restart")  # fmt: skip

    def say(self, sql: str, database: str = "postgres") -> None:
        """A statement to the server itself, or in one of its databases."""
        from storage.engines.driver import connect

        with connect(self.url(database)) as connection:
            connection.cursor().at_once(sql)


@contextmanager
def running(
    *more: str, port: int = PORT, files: dict[str, bytes] | None = None
) -> Iterator[Server]:
    """A server with nothing in it, with `more` settings and with `files` in its folder of data.

    It and its folder are gone afterwards.
    """
    folder = Path(mkdtemp(prefix="eightbells-server-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVANT)
        _run("initdb", "-D", data, "-U", "ship", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8",
             "--no-sync", "--no-instructions")  # fmt: skip
        settings = [f"unix_socket_directories = '{folder}'", f"port = {port}", *SETTINGS, *more]
        with (data / "postgresql.conf").open("a") as file:
            file.write("\n".join(settings) + "\n")
        for name, content in (files or {}).items():
            (data / name).write_bytes(content)
            (data / name).chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(data / name, SERVANT)
        _run("pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log", "start")
        try:
            yield Server(folder, port)
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
