"""The console in a terminal of its own, over 1,000 to 1,000,000 jobs.

    python -m bench.screens [--million]

Keys go in and what is drawn comes out as in any terminal. Budgets: the Watch with what the store
says of it in 1 s from the start of the program, compiled as it is once installed; p95 of a key to
the first byte that answers it 50 ms; 1 % of a core while nothing happens; memory that does not grow
with the store. Beside times stands what the processor spent, which a busy machine does not change.
A refresh is what one change in the store costs the console while it shows the jobs.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ
from typing import NamedTuple

from bench.jobs import fill
from storage import database
from storage.audit.actor import SYSTEM
from storage.jobs.actions import submit
from storage.people.actions import add_first_person
from storage.taxonomy.roles import Role
from storage.vessel.actions import name_vessel

SIZES = {1_000: (1_000, 0), 100_000: (20_000, 4), 1_000_000: (20_000, 49)}
"""Jobs → how many are submitted, and how often those are copied."""
KEYS, CHANGES, IDLE_S, PATIENCE_S = 100, 20, 10.0, 60.0
FIRST_PAINT_S, KEY_S, IDLE, GROWTH = 1.0, 0.050, 0.01, 1.25


class Found(NamedTuple):
    """What was measured over one store; times are seconds, memory bytes."""

    paint: float
    paint_cpu: float
    key_p50: float
    key_p95: float
    key_cpu: float
    refresh_cpu: float
    idle: float
    memory: int


class Screen:
    """The program behind a pseudo terminal."""

    def __init__(self, pid: int, terminal: int) -> None:
        self.pid, self._terminal = pid, terminal

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self._terminal, keys.encode())

    def reads(self, within: float = PATIENCE_S) -> bytes:
        """What is drawn next; nothing when nothing is."""
        ready, _, _ = select.select([self._terminal], [], [], within)
        return os.read(self._terminal, 65536) if ready else b""

    def waits_for(self, words: str) -> None:
        """Read until these words have been drawn."""
        drawn, deadline = b"", time.perf_counter() + PATIENCE_S
        while words.encode() not in drawn:
            assert time.perf_counter() < deadline, f"{words!r} never appeared"
            drawn += self.reads()

    def settles(self) -> None:
        """Read until nothing more is drawn for a moment."""
        while self.reads(0.5):
            pass

    @property
    def cpu(self) -> float:
        """Processor seconds so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Print one table; 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    sizes = [size for size in SIZES if size < 1_000_000 or given.million]
    found = {size: _measured(size) for size in sizes}
    _print(found)
    smallest, largest = found[sizes[0]], found[sizes[-1]]
    flat = largest.memory <= smallest.memory * GROWTH
    kept = all(
        one.paint <= FIRST_PAINT_S and one.key_p95 <= KEY_S and one.idle <= IDLE
        for one in found.values()
    )
    print(f"memory of the largest store against the smallest: {'flat' if flat else 'GROWS'}")
    return 0 if kept and flat else 1


def _print(found: dict[int, Found]) -> None:
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("jobs       first paint (cpu)     key p50, p95 (cpu)     refresh cpu    idle     memory")
    for size, one in found.items():
        print(
            f"{size:<10,} {one.paint:>7.2f} s ({one.paint_cpu:.2f} s) "
            f"{one.key_p50 * 1000:>7.1f}, {one.key_p95 * 1000:.1f} ms ({one.key_cpu * 1000:.1f} ms)"
            f"{one.refresh_cpu * 1000:>10.1f} ms {one.idle:>8.2%} {one.memory / 2**20:>7.0f} MB"
        )


def _measured(size: int) -> Found:
    with tempfile.TemporaryDirectory() as name:
        home = _store(Path(name) / "ship", size)
        with _console(home) as screen:
            screen.waits_for("none open")  # the modules are compiled by now
        began = time.perf_counter()
        with _console(home) as screen:
            screen.waits_for("none open")
            paint, paint_cpu = time.perf_counter() - began, screen.cpu
            screen.waits_for("No worker")
            screen.press("n")
            screen.settles()
            screen.press("4")
            screen.waits_for("asked")
            keys, key_cpu = _keys(screen)
            refresh = _refreshes(screen, home)
            screen.settles()
            before = screen.cpu
            time.sleep(IDLE_S)
            idle = (screen.cpu - before) / IDLE_S
            return Found(
                paint, paint_cpu, statistics.median(keys), sorted(keys)[int(len(keys) * 0.95)],
                key_cpu, refresh, idle, screen.memory,
            )  # fmt: skip


def _keys(screen: Screen) -> tuple[list[float], float]:
    """Seconds from each key to what answers it first, and processor seconds a key."""
    waits, before = [], screen.cpu
    for number in range(KEYS):
        screen.settles() if number % 10 == 0 else screen.reads(0.05)
        began = time.perf_counter()
        screen.press("j" if number % 20 < 10 else "k")
        screen.reads()
        waits.append(time.perf_counter() - began)
    return waits, (screen.cpu - before) / KEYS


def _refreshes(screen: Screen, home: Path) -> float:
    """Processor seconds of the console for one change in the store."""
    database.open_store(home)
    screen.settles()
    before = screen.cpu
    for _ in range(CHANGES):
        submit(SYSTEM, "debug", {"message": "one more"})
        screen.settles()
    spent = (screen.cpu - before) / CHANGES
    database.close()
    return spent


def _store(home: Path, size: int) -> Path:
    database.create(home)
    captain = add_first_person("Ada Okafor", Role.CAPTAIN, "271828")
    name_vessel(captain.actor, "Aurora", imo="9999999", offset_minutes=120)
    fill(*SIZES[size])
    database.close()
    return home


@contextmanager
def _console(home: Path) -> Iterator[Screen]:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once
        os.execv(sys.executable, [sys.executable, "-m", "console", "--home", str(home)])
    ioctl(terminal, TIOCSWINSZ, pack("HHHH", 24, 80, 0, 0))
    yield Screen(pid, terminal)
    os.kill(pid, signal.SIGTERM)
    while _is_open(terminal):
        pass
    os.waitpid(pid, 0)


def _is_open(terminal: int) -> bool:
    try:
        return bool(os.read(terminal, 65536))
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
