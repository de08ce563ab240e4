"""The command line on real stores, each made once with the builders and copied while closed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage import database
from storage.audit.anchor import write_anchor
from tests import builders
from tests.console.cli.program import Eightbells

CAPTAIN, OUTGOING, INCOMING, RATING = (
    "Anna Lindqvist",
    "Priya Nair",
    "Tomás Ferreira",
    "Sam Okafor",
)


@dataclass(frozen=True)
class Prepared:
    """A closed store, and the draft in it."""

    home: Path
    draft_id: str


@pytest.fixture
def ship(home: Path, a_manned_store: Path) -> Eightbells:
    """A vessel and her crew, nothing written down yet."""
    shutil.copytree(a_manned_store, home)
    return Eightbells(home)


@pytest.fixture(scope="module")
def shared_ship(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Eightbells:
    """The same for tests that only add: one store for a module."""
    home = tmp_path_factory.mktemp("shared") / "ship"
    shutil.copytree(a_manned_store, home)
    return Eightbells(home)


@pytest.fixture(scope="session")
def in_review(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A draft of one of everything, in review; to be copied."""
    return _prepared(a_manned_store, tmp_path_factory, builders.a_draft_in_review)


@pytest.fixture(scope="session")
def accepted(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A draft the outgoing officer has signed; to be copied."""
    return _prepared(a_manned_store, tmp_path_factory, builders.an_accepted_draft)


@pytest.fixture(scope="session")
def signed(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A signed handover whose documents a worker has written; not to be changed."""
    made = _prepared(a_manned_store, tmp_path_factory, builders.a_signed_handover)
    said = Eightbells(made.home)("worker", "--drain")
    assert said.code == 0, said.err
    return made


@pytest.fixture
def copy_of(home: Path) -> Iterator[Callable[[Prepared], Eightbells]]:
    """Makes the test's own copy of a prepared store."""

    def copied(prepared: Prepared) -> Eightbells:
        shutil.copytree(prepared.home, home)
        return Eightbells(home)

    yield copied


def _prepared(
    a_manned_store: Path, folders: pytest.TempPathFactory, make: Callable[[], str]
) -> Prepared:
    home = folders.mktemp("prepared") / "ship"
    shutil.copytree(a_manned_store, home)
    database.open_store(home)
    try:
        draft_id = make()
        write_anchor()
    finally:
        database.close()
    return Prepared(home, draft_id)
