"""Real stores for every test: made once with a vessel and her crew, then copied while closed.

Sealing a key with a PIN is slow on purpose, so the crew of `store` joins once per session, through
the real verbs and with a cheap seal (a seal names its own cost), and every test gets its own copy
of that store, in which cheap seals are in order. In an `empty_store` a seal costs what it costs
aboard; it is a copy too, of a store that all migrations have made once.
"""

import gc
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from storage import database
from storage.engines.choosing import VARIABLE
from tests.builders import a_vessel, a_whole_crew
from tests.clock import ShipClock
from tests.postgresql import Server, running, why_not
from tests.seals import CHEAP
from tests.stores import a_new_store


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: as it is run before a release. `--engine`: the same tests on a server."""
    parser.addoption("--long", action="store_true", help="many more faults and hostile inputs")
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite")


OF_THE_FILE = (Path(__file__).parent / "storage" / "recovery",)
"""Folders of tests that are about the file of a ship's store; single ones are marked `aboard`."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server nothing is tested that is about the file, or needs a store made from one."""
    if config.getoption("--engine") == "sqlite":
        return
    for item in items:
        if item.get_closest_marker("aboard") or item.path.parent in OF_THE_FILE:
            item.add_marker(pytest.mark.skip(reason="about the file of a ship's store"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What a test counted is printed at the end, whoever ran it."""
    for report in terminalreporter.stats.get("passed", []):
        for name, counted in report.user_properties:
            terminalreporter.write_line(f"{name}: {counted}")


settings.register_profile("bounded", max_examples=60, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=2_000, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """At each commit the same examples everywhere; before a release many more, and new ones."""
    settings.load_profile("long" if config.getoption("--long") else "bounded")


gc.set_threshold(50_000, 20, 100)
"""Looking for rings of dead objects every 700 new ones is a sixth of what a pilot test costs."""


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server | None]:
    """The server that stores are on when the tests run on one; None for SQLite."""
    if request.config.getoption("--engine") == "sqlite":
        yield None
        return
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with running() as started:
        yield started


@pytest.fixture
def home(
    tmp_path: Path,
    server: Server | None,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Path]:
    """Where a store will be; nothing is there yet."""
    if server is None:
        yield tmp_path / "ship"
        return
    like = "template1"
    for wanted in ("a_laid_out_database", "a_manned_store"):
        if wanted in request.fixturenames:
            request.getfixturevalue(wanted)
            like = server.like[wanted]
    name = server.make(like)
    monkeypatch.setenv(VARIABLE, server.url(name))
    yield tmp_path / "ship"
    database.close()
    server.drop(name)


@pytest.fixture(scope="session", autouse=True)
def as_from_a_terminal() -> None:
    """Programs under test take the signals of a terminal, also where the tests ignore some."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def clock() -> ShipClock:
    """A clock that stands still until the test moves it."""
    return ShipClock()


@pytest.fixture(scope="session")
def a_manned_store(tmp_path_factory: pytest.TempPathFactory, server: Server | None) -> Path:
    """A closed store with a vessel and her whole crew, to be copied."""
    folder = tmp_path_factory.mktemp("manned") / "ship"
    with pytest.MonkeyPatch.context() as patch:
        if server:
            patch.setenv(VARIABLE, server.url(server.kept("a_manned_store")))
        patch.setattr("storage.people.keys.PRESENT", CHEAP)
        database.create(folder, clock=ShipClock())
        try:
            a_vessel()
            a_whole_crew()
        finally:
            database.close()
    return folder


@pytest.fixture
def store(
    a_manned_store: Path,
    home: Path,
    clock: ShipClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """An open store of the test's own, with a vessel and her crew; yields its folder."""
    shutil.copytree(a_manned_store, home)
    monkeypatch.setattr("storage.people.keys.PRESENT", CHEAP)
    database.open_store(home, clock=clock)
    yield home
    database.close()


@pytest.fixture(scope="session")
def a_laid_out_database(tmp_path_factory: pytest.TempPathFactory, server: Server | None) -> None:
    """On a server: a database with a store in it that has nothing in it, to be copied."""
    if server:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(VARIABLE, server.url(server.kept("a_laid_out_database")))
            database.create(tmp_path_factory.mktemp("laid-out") / "ship")
            database.close()


@pytest.fixture
def bare_store(a_laid_out_database: None, home: Path) -> Iterator[Path]:
    """An open store with nothing in it, on the machine's own clock; yields its folder."""
    a_new_store(home)
    yield home
    database.close()


@pytest.fixture
def empty_store(a_laid_out_database: None, home: Path, clock: ShipClock) -> Iterator[Path]:
    """An open store without vessel or crew; yields its folder."""
    a_new_store(home, clock=clock)
    yield home
    database.close()


@pytest.fixture(autouse=True)
def _no_store_left_open() -> Iterator[None]:
    """Whatever a test opened is closed before the next one starts."""
    yield
    database.close()
