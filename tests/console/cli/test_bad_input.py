"""Bad input to the job commands: a code and a sentence each, exit 1 (3 for the store), nothing
queued and nothing changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM
from storage.jobs import actions
from storage.jobs.endings import Account, Failure
from storage.jobs.limits import FILE_NAME
from tests.builders import a_vessel
from tests.console.cli.program import Eightbells

SETTINGS = {
    "is not TOML": "this is not toml",
    "names no kind there is": "[kinds.conquer]\ntimeout_s = 3",
    "changes what a kind is": "[kinds.debug]\ncancel_running = false",
    "has a time-out of nothing": "[kinds.debug]\ntimeout_s = 0",
    "has a negative priority": "[kinds.debug]\npriority = -1",
    "has a negative limit": "[queues.export]\nmax_concurrent = -1",
    "has words for numbers": "[queues.export]\nmax_concurrent = 'many'",
}


@pytest.fixture
def inside(ship: Eightbells) -> Iterator[Eightbells]:
    """The ship's store, open here too, to bring its jobs into any state."""
    database.open_store(ship.home)
    yield ship
    database.close()


@pytest.fixture
def running(inside: Eightbells) -> str:
    """A content job that runs."""
    job_id = actions.submit(SYSTEM, "handover_generate", {}, vessel_id=a_vessel().id).job_id
    job = actions.claim_next("worker-1")
    assert job is not None
    assert job.job_id == job_id
    return job_id


@pytest.fixture
def poisoned(inside: Eightbells) -> str:
    """A job that failed in a way that would only repeat itself."""
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    job = actions.claim_next("worker-1")
    assert job is not None
    actions.fail(job, Failure("poisoned:arguments", "BadInput", "no such field"), Account())
    return job_id


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("conquer",), "There is no job kind 'conquer'; `job kinds` lists them."),
        (("sleep", "--arg", "seconds=soon"), "seconds: Input should be a valid number"),
        (("sleep", "--arg", "seconds=-1"), "seconds: Input should be greater than or equal to 0"),
        (("sleep", "--arg", "seconds=NaN"), "seconds: Input should be a finite number"),
        (("debug", "--arg", "colour=red"), "colour: Extra inputs are not permitted"),
        (("command_refresh",), "draft_id: Field required"),
        (("debug", "--arg", f"message={'x' * 100_000}"), "message: String should have at most"),
        (("debug", "--arg", "message=[1, 2]"), "message: Input should be a valid string"),
    ],
)  # fmt: skip
def test_a_bad_request_names_its_field_and_queues_nothing(
    shared_ship: Eightbells, words: tuple[str, ...], sentence: str
) -> None:
    said = shared_ship("job", "submit", *words)
    assert (said.code, said.error) == (1, "bad_input")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert shared_ship.json("job", "list") == []
    (event, *_) = shared_ship.json("audit", "list")
    assert (event["action"], event["outcome"]) == ("job.submitted", "refused")


@pytest.mark.parametrize(
    "words", [("--priority", "-1"), ("--priority", "5"), ("--count", "0"), ("--count", "10001")]
)
def test_a_number_out_of_bounds_is_a_usage_error(
    shared_ship: Eightbells, words: tuple[str, str]
) -> None:
    said = shared_ship("job", "submit", "debug", *words)
    assert (said.code, said.error) == (2, "usage")
    assert words[0] in said.err
    assert shared_ship.json("job", "list") == []


def test_a_content_job_that_runs_is_not_cancelled(inside: Eightbells, running: str) -> None:
    said = inside("job", "cancel", running)
    assert (said.code, said.error) == (1, "wrong_state")
    assert "is atomic: it ends by itself or at its time-out (in " in said.err
    assert inside.json("job", "show", running)["status"] == "running"


def test_a_poisoned_job_is_not_retried(inside: Eightbells, poisoned: str) -> None:
    said = inside("job", "retry", poisoned)
    assert (said.code, said.error) == (1, "wrong_state")
    assert "The job is poisoned:arguments: a retry would only repeat it." in said.err
    assert inside.json("job", "show", poisoned)["status"] == "failed"


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_a_settings_file_with_nonsense_stops_what_needs_it(
    home: Path, a_manned_store: Path, text: str
) -> None:
    shutil.copytree(a_manned_store, home)
    (home / FILE_NAME).write_text(text)
    ship = Eightbells(home)
    for words in (("job", "submit", "debug"), ("job", "kinds"), ("worker", "--drain")):
        said = ship(*words)
        assert (said.code, said.error) == (3, "bad_settings")
        assert str(home / FILE_NAME) in said.err
    (home / FILE_NAME).unlink()
    assert ship("job", "submit", "debug").code == 0
