"""`job`, `queue`, `workers` and `worker`: queued, explained, run, retried, cancelled."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.jobs.kind_spec import QUEUES
from storage.jobs.kinds import KINDS
from tests.console.cli.conftest import INCOMING, Prepared
from tests.console.cli.program import Eightbells, command, environment, until

TO_THE_SECOND = r"\S+ \d\d:\d\d:\d\d LT \(UTC\+2\) · .*\d\d:\d\d:\d\d UTC  "
CopyOf = Callable[[Prepared], Eightbells]


def test_every_kind_is_listed_with_its_arguments(shared_ship: Eightbells) -> None:
    kinds = {kind["kind"]: kind for kind in shared_ship.json("job", "kinds")}
    assert set(kinds) == set(KINDS) and "seconds" in kinds["sleep"]["arguments"]


def test_a_job_goes_all_the_way_round(ship: Eightbells) -> None:
    said = ship.json("job", "submit", "debug", "--arg", "message=Ahoy=there", "--wait")
    (job_id,) = said["job_ids"]
    job = ship.json("job", "show", job_id)
    assert (job["status"], job["result"]) == ("completed", {"echo": "Ahoy=there"})
    assert job["attempts"][0]["outcome"] == "completed" and isinstance(job["log"], list)
    assert ship.json("job", "log", job_id) == job["log"]
    assert re.match(TO_THE_SECOND, ship("job", "log", job_id).out)
    assert "Ahoy=there" in ship("job", "show", job_id).out


def test_several_jobs_are_submitted_at_once_with_arguments_of_their_type(ship: Eightbells) -> None:
    ids = ship.json("job", "submit", "sleep", "--arg", "seconds=0.5", "--count", "3")["job_ids"]
    assert len(set(ids)) == 3
    assert ship.json("job", "show", ids[0])["arguments"] == {"seconds": 0.5}
    assert {job["job_id"] for job in ship.json("job", "list", "--kind", "sleep")} == set(ids)


def test_several_jobs_are_one_group_that_closes_when_they_have_ended(ship: Eightbells) -> None:
    said = ship.json("job", "submit", "debug", "--count", "3")
    group = ship.json("group", "show", said["group_id"])
    assert (group["state"], group["queued"], group["label"]) == ("open", 3, "3 × debug")
    listed = ship.json("job", "list", "--group", said["group_id"])
    assert {job["job_id"] for job in listed} == set(said["job_ids"])
    assert said["group_id"] in ship("job", "show", said["job_ids"][0]).out
    assert ship("worker", "--drain").code == 0
    shown = ship("group", "show", said["group_id"]).out
    assert "completed (closed" in shown and "3: 0 queued" in shown and "100 %" in shown


def test_a_group_is_cancelled_once(ship: Eightbells) -> None:
    group_id = ship.json("job", "submit", "debug", "--count", "2")["group_id"]
    cancelled = ship.json("group", "cancel", group_id)
    assert (cancelled["state"], cancelled["cancelled"]) == ("cancelled", 2)
    assert ship("group", "cancel", group_id).error == "wrong_state"
    assert ship("group", "show", "no-such").error == "not_found"


def test_several_jobs_are_queued_together_or_not_at_all(ship: Eightbells) -> None:
    said = ship("job", "submit", "sleep", "--count", "3", "--arg", "seconds=long")
    assert (said.code, said.error) == (1, "bad_input")
    assert ship.json("job", "list") == []
    (event, *_) = ship.json("audit", "list")
    assert (event["action"], event["outcome"]) == ("group.opened", "refused")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["submit", "conquer"], "bad_input"),
        (["submit", "sleep", "--arg", "seconds"], "bad_input"),
        (["submit", "sleep", "--arg", "seconds=long"], "bad_input"),
        (["submit", "sleep", "--arg", "seconds=281"], "bad_input"),
        (["submit", "debug", "--arg", "colour=red"], "bad_input"),
        (["submit", "export_prepare"], "not_permitted"),
        (["show", "no-such"], "not_found"),
        (["log", "no-such"], "not_found"),
        (["retry", "no-such"], "not_found"),
        (["cancel", "no-such"], "not_found"),
        (["explain", "no-such"], "not_found"),
        (["decide", "no-such", "close", "--reason", "x"], "not_found"),
    ],
)
def test_what_cannot_be_done_is_refused(
    shared_ship: Eightbells, words: list[str], code: str
) -> None:
    said = shared_ship("job", *words)
    assert (said.code, said.error) == (1, code)
    assert shared_ship.json("job", "list") == []


def test_all_jobs_that_match_are_cancelled_together(ship: Eightbells) -> None:
    for kind in ("sleep", "sleep", "debug"):
        ship.json("job", "submit", kind)
    found = ship.json("job", "list", "--filter", "kind:sleep status:queued")
    done = ship.json("job", "cancel", "--filter", "kind:sleep", "--expect", str(len(found)))
    assert (done["done"], done["refused"]) == (2, 0)
    again = ship("job", "retry", "--filter", "status:cancelled", "--expect", "2")
    assert again.code == 1 and "2 refused" in again.out
    assert len(ship.json("job", "list", "--filter", "not status:cancelled")) == 1


def test_a_waiting_job_says_why_and_can_be_cancelled_once(ship: Eightbells) -> None:
    (job_id,) = ship.json("job", "submit", "debug")["job_ids"]
    assert "no worker is running" in ship.json("job", "explain", job_id)["explanation"]
    ship.json("queue", "pause", "diagnostics")
    assert "queue diagnostics is paused" in ship("job", "explain", job_id).out
    assert ship.json("job", "cancel", job_id)["outcome"] == "cancelled"
    for verb in ("cancel", "retry"):
        assert ship("job", verb, job_id).error == "wrong_state"
    assert ship("job", "decide", job_id, "close", "--reason", "x").error == "wrong_state"


def test_waiting_while_everything_is_paused_explains_itself(ship: Eightbells) -> None:
    ship.json("queue", "pause")
    said = ship("job", "submit", "debug", "--wait")
    assert (said.code, said.error) == (1, "not_ready") and "paused" in said.err
    queues = ship.json("queue", "resume")
    assert [queue["paused"] for queue in queues] == [False] * len(QUEUES)
    assert sum(queue["queued"] for queue in queues) == 1


def test_a_failed_job_is_told_to_whoever_waits_and_can_be_retried(
    copy_of: CopyOf, accepted: Prepared
) -> None:
    ship = copy_of(accepted)
    submit = ("job", "submit", "command_refresh", "--arg", f"draft_id={accepted.draft_id}")
    said = ship(*submit, "--wait")
    assert (said.code, said.error) == (1, "job_failed") and "frozen" in said.err
    (job,) = ship.json("job", "list", "--status", "failed")
    again = ship("job", "retry", job["job_id"], "--wait")
    assert again.error == "job_failed"
    ship.json("draft", "decline", accepted.draft_id, "--reason", "Again", "--as", INCOMING)
    retried = ship.json("job", "retry", job["job_id"], "--wait")
    assert (retried["status"], len(retried["attempts"])) == ("completed", 3)


def test_a_failure_is_acknowledged_and_its_job_is_found_by_its_words(
    copy_of: CopyOf, accepted: Prepared
) -> None:
    ship = copy_of(accepted)
    ship("job", "submit", "command_refresh", "--arg", f"draft_id={accepted.draft_id}", "--wait")
    (failure,) = ship.json("job", "failures")
    assert (failure["count"], failure["unanswered"]) == (1, 1) and "frozen" in failure["pattern"]
    (job,) = ship.json("job", "list", "--text", "frozen")
    assert job["job_id"] == failure["last_job_id"]
    answered = ("--reason", "It is signed already", "--owner", INCOMING, "--as", INCOMING)
    said = ship("job", "acknowledge", failure["failure_id"], *answered)
    assert said.code == 0 and INCOMING in said.out
    assert ship.json("job", "failures") == []
    (still,) = ship.json("job", "failures", "--all")
    assert still["acknowledged"]["owner"] == INCOMING and ship.json(
        "job", "list", "--text", "frozen"
    )
    assert ship("job", "acknowledge", failure["failure_id"], *answered).error == "wrong_state"


def test_a_waiting_job_tells_its_place(ship: Eightbells) -> None:
    first, second = (ship.json("job", "submit", "debug")["job_ids"][0] for _ in range(2))
    places = [ship.json("job", "explain", job_id)["position"] for job_id in (first, second)]
    assert places == [1, 2]


def test_a_worker_in_a_terminal_is_listed_and_stops_when_told(ship: Eightbells) -> None:
    worker = subprocess.Popen(
        command("worker", "--workers", "1"), stderr=subprocess.PIPE,
        env=environment(EIGHTBELLS_HOME=str(ship.home)),
    )  # fmt: skip
    try:
        until(lambda: any(found["alive"] for found in ship.json("workers")))
        done = ship.json("job", "submit", "debug", "--wait")
        assert len(done["job_ids"]) == 1
    finally:
        worker.terminate()
        worker.communicate()
    assert ship.json("workers") == [] and "eightbells worker" in ship("workers").out


def test_a_worker_without_a_store_exits_with_3(home: Path) -> None:
    said = Eightbells(home)("worker", "--drain")
    assert (said.code, said.error) == (3, "store_missing")


def test_a_queued_job_is_raised_before_the_others(ship: Eightbells) -> None:
    """JOBS §3."""
    (job_id,) = ship.json("job", "submit", "sleep", "--arg", "seconds=0.1")["job_ids"]
    assert ship.json("job", "boost", job_id)["priority"] == 4
    ship.json("job", "cancel", job_id)
    assert ship("job", "boost", job_id).error == "wrong_state"
