"""I13 and I20 over the whole table of verbs: one event each, in one transaction; people only."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import storage
from storage import database, engine
from storage.audit.actor import SYSTEM, WORKER, Actor
from storage.audit.rights import Standing, right_to
from storage.audit.views import checkpoint, list_events, verify
from storage.errors import NotPermitted
from tests.builders import a_captain, a_second_officer
from tests.storage.verbs import VERBS, Verb
from tests.stores import tables

PEOPLES_VERBS = [name for name, verb in VERBS.items() if verb.people_only]
PEOPLE = frozenset(Standing) - {Standing.MACHINE}
JOBS = "jobs"
"""Their verbs are tested beside them."""


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Verb]:
    """The verb named by the test, with the store it needs open."""
    verb = VERBS[request.param]
    on_a_server = request.config.getoption("--engine") == "postgresql"
    if on_a_server and request.param.startswith("recovery."):
        pytest.skip("about the file of a ship's store")
    request.getfixturevalue("empty_store" if verb.on_an_empty_store else "store")
    if verb.on_an_empty_store and "name_vessel" in request.param:
        a_captain()
    yield verb


def every_verb(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("place", names, indirect=True, ids=names)


def the_actor(verb: Verb) -> Actor:
    """The machinery where only it may, or where nobody is aboard yet."""
    by_people = right_to(verb.records[-1]).who.standings & PEOPLE
    return a_second_officer().actor if by_people and not verb.on_an_empty_store else WORKER


def contents_of_the_store(*, without: tuple[str, ...] = ()) -> str:
    """A fingerprint of every row of every table."""
    digest = hashlib.sha256()
    for table in tables():
        if table not in without:
            rows = engine.ledger.execute_sql(f"SELECT * FROM {table}").fetchall()
            digest.update(repr((table, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


@every_verb(list(VERBS))
def test_i20_every_verb_writes_exactly_its_own_event_together_with_its_change(place: Verb) -> None:
    call, actor = place.prepare(), the_actor(place)
    before, size = contents_of_the_store(), checkpoint().size
    with pytest.raises(RuntimeError, match="power cut"), database.transaction():
        call(actor)
        assert contents_of_the_store() != before
        raise RuntimeError("power cut")
    assert contents_of_the_store() == before
    call(actor)
    written = [event for event in reversed(list_events(limit=9)) if event.seq > size]
    assert tuple(event.action for event in written) == place.records
    assert verify().ok


@every_verb(PEOPLES_VERBS)
def test_i13_no_machine_does_what_only_a_person_may(place: Verb) -> None:
    call = place.prepare()
    before, size = contents_of_the_store(without=("audit_event",)), checkpoint().size
    for machine in (WORKER, SYSTEM):
        with pytest.raises(NotPermitted):
            call(machine)
    assert contents_of_the_store(without=("audit_event",)) == before
    refusals = [event for event in reversed(list_events(limit=9)) if event.seq > size]
    assert [(event.outcome, event.actor_id) for event in refusals] == [
        ("refused", WORKER.id), ("refused", SYSTEM.id),
    ]  # fmt: skip


def test_i13_every_verb_of_review_editing_and_signing_is_for_people_only() -> None:
    machines_may = {name for name, verb in VERBS.items() if not verb.people_only}
    for name in VERBS:
        if name.startswith(("drafts.review.", "drafts.editing.", "handovers.signing.")):
            assert name not in machines_may
    assert "handovers.exports.request_export" not in machines_may


def test_no_verb_is_missing_from_the_table() -> None:
    assert {name.split(" ")[0] for name in VERBS} == set(verbs_in_the_source())


def verbs_in_the_source() -> Iterator[str]:
    """Every function of storage, outside jobs and the log itself, that opens an `act`."""
    root = Path(storage.__file__).parent
    for path in sorted(root.glob("*/*.py")):
        noun = path.parent.name
        if noun in (JOBS, "audit"):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and _opens_an_act(node):
                yield f"{noun}.{path.stem}.{node.name}"


def _opens_an_act(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "act"
        for node in ast.walk(function)
    )
