"""Where the store is found, how answers and errors are given, and the exit codes of CLI.md."""

import contextlib
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from storage.database import FILE_NAME
from tests.console.cli.program import Eightbells, Said, command, environment, run, until


def test_init_makes_a_store_that_no_second_init_touches(home: Path) -> None:
    new = Eightbells(home)
    made = new.json("init", "--vessel", "M/Y Aurora", "--imo", "9074729", "--offset", "+02:00")
    assert made["vessel"]["name"] == "M/Y Aurora" and made["home"] == str(home)
    again = new("init", "--vessel", "Other")
    assert (again.code, again.error) == (3, "store_exists")
    assert new.json("vessel", "show")["name"] == "M/Y Aurora"


def test_init_refused_for_its_name_can_be_finished(home: Path) -> None:
    new = Eightbells(home)
    assert new("init", "--vessel", " ").error == "bad_input"
    assert new("vessel", "show").error == "not_found"
    assert new.json("init", "--vessel", "Aurora")["vessel"]["name"] == "Aurora"


@pytest.mark.parametrize(
    "wrong", [("--imo", "12"), ("--offset", "2h"), ("--offset", "+15:00"), ("--imo", "12345678")]
)
def test_init_with_bad_facts_leaves_nothing_behind(home: Path, wrong: tuple[str, str]) -> None:
    said = Eightbells(home)("init", "--vessel", "Aurora", *wrong)
    assert (said.code, said.error) == (1, "bad_input")
    assert not home.exists()


def test_home_is_named_before_or_after_the_verb_and_wins_over_the_environment(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    home, elsewhere = str(shared_ship.home), str(tmp_path / "nowhere")
    for words in (("--home", home, "crew", "list"), ("crew", "list", "--home", home)):
        assert run(*words, EIGHTBELLS_HOME=elsewhere).code == 0
    assert run("crew", "list", EIGHTBELLS_HOME=elsewhere).error == "store_missing"


def test_without_a_home_the_platforms_data_folder_is_used(tmp_path: Path) -> None:
    said = run("crew", "list", XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path))
    assert said.code == 3 and str(tmp_path / "eightbells") in said.err


def test_json_is_asked_for_before_or_after_the_verb(shared_ship: Eightbells) -> None:
    before, after = shared_ship("--json", "crew", "list"), shared_ship("crew", "list", "--json")
    assert before.json == after.json and len(after.json) == 5


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://ship:wahoo@db/eightbells", "store_unsupported"),
        ("postgresql://ship:wahoo@/eightbells?hots=nowhere", "store_unsupported"),
        ("postgresql://ship:wahoo@/eightbells?host=/nowhere", "store_unreachable"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused_in_one_sentence_without_its_password(
    shared_ship: Eightbells, url: str, code: str
) -> None:
    said = shared_ship("crew", "list", EIGHTBELLS_DATABASE_URL=url)
    assert (said.code, said.error) == (3, code)
    assert len(said.err.splitlines()) == 1
    assert "wahoo" not in said.err + said.out


@pytest.mark.parametrize(
    "words",
    [
        ("crew",),
        ("crew", "fly"),
        ("sing",),
        ("crew", "list", "--loud"),
        ("entry", "add", "text"),
        ("job", "list", "--status", "asleep"),
        ("audit", "list", "--since", "yesterday"),
        ("draft", "show", "any", "--section", "Bilges"),
        ("entry", "classify"),
    ],
)
def test_a_command_not_understood_exits_with_2_and_one_sentence(words: tuple[str, ...]) -> None:
    said = run(*words)
    assert (said.code, said.error, said.out) == (2, "usage", "")
    assert len(said.err.splitlines()) == 1 and "Value error" not in said.err


def test_with_json_an_error_is_a_document_on_stdout_too(shared_ship: Eightbells) -> None:
    refused = shared_ship("entry", "show", "no-such-id", "--json")
    assert refused.code == 1 and refused.json == {
        "error": {"code": "not_found", "message": "There is no entry 'no-such-id'."}
    }
    usage = shared_ship("entry", "show", "--json")
    assert usage.code == 2 and usage.json["error"]["code"] == "usage"


def test_a_traceback_is_shown_only_with_debug(shared_ship: Eightbells) -> None:
    plain = shared_ship("entry", "show", "no-such-id")
    assert plain.err == "error: not_found: There is no entry 'no-such-id'.\n"
    assert "Traceback" in shared_ship("entry", "show", "no-such-id", "--debug").err


def test_a_damaged_store_exits_with_3(ship: Eightbells) -> None:
    file = ship.home / FILE_NAME
    file.write_bytes(b"\x00" * 100 + file.read_bytes()[100:])
    said = ship("crew", "list", "--json")
    assert (said.code, said.error) == (3, "store_damaged")
    assert said.json["error"]["code"] == "store_damaged"


def test_an_older_copy_put_in_its_place_exits_with_3(ship: Eightbells, tmp_path: Path) -> None:
    """I15: only the anchor beside the store can tell."""
    shutil.copy(ship.home / FILE_NAME, tmp_path / "older.db")
    assert ship("entry", "add", "Anchor light out.", "--as", "Priya Nair").code == 0
    for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
        (ship.home / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.db", ship.home / FILE_NAME)
    said = ship("crew", "list")
    assert (said.code, said.error) == (3, "store_damaged")


def test_a_store_on_a_read_only_medium_exits_with_3(ship: Eightbells) -> None:
    for words in (["crew", "list"], ["entry", "add", "Anchor light out.", "--as", "Priya Nair"]):
        said = read_only(ship, *words)
        assert (said.code, said.error) == (3, "store_read_only")
        assert len(said.err.splitlines()) == 1
    assert ship.json("entry", "list") == []


def test_a_store_cannot_be_made_where_nothing_can_be_written() -> None:
    said = run("init", "--vessel", "Aurora", EIGHTBELLS_HOME="/proc/nowhere")
    assert (said.code, said.error) == (3, "store_read_only")


def read_only(ship: Eightbells, *words: str) -> Said:
    """Run a command that sees the store's folder mounted read-only, as nobody else does."""
    mounting = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", mounting, str(ship.home),
         *command(*words)],
        capture_output=True, env=environment(EIGHTBELLS_HOME=str(ship.home)), check=False,
    )  # fmt: skip
    said = Said(done.returncode, done.stdout.decode(), done.stderr.decode())
    if "error: " not in said.err:
        pytest.skip(f"this machine lets nobody mount anything: {said.err.strip()}")
    return said


def test_a_store_locked_by_another_process_exits_with_3(ship: Eightbells) -> None:
    holder = subprocess.Popen(
        ["flock", str(ship.home / "ledger.lock"), "-c", "echo held; read line"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        said = ship("entry", "add", "Anchor light out.", "--as", "Priya Nair")
    finally:
        holder.communicate(b"\n")
    assert (said.code, said.error) == (3, "store_busy")
    assert ship.json("entry", "list") == []


def test_whoever_stops_reading_gets_no_complaint(shared_ship: Eightbells) -> None:
    program = subprocess.Popen(
        command("job", "kinds", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(EIGHTBELLS_HOME=str(shared_ship.home)),
    )  # fmt: skip
    assert program.stdout is not None
    program.stdout.close()
    _, complaint = program.communicate()
    assert (program.returncode, complaint) == (1, b"")


def test_ctrl_c_ends_a_wait_without_a_traceback_and_the_job_goes_on(ship: Eightbells) -> None:
    program = subprocess.Popen(
        command("job", "submit", "sleep", "--arg", "seconds=2", "--wait"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(EIGHTBELLS_HOME=str(ship.home)),
    )  # fmt: skip
    until(lambda: _worker_pids(ship.home) != [])
    program.send_signal(signal.SIGINT)
    out, err = program.communicate()
    assert (program.returncode, out) == (130, b"") and b"Traceback" not in err
    until(lambda: not any(Path("/proc", str(pid)).exists() for pid in _worker_pids(ship.home)))
    assert [job["status"] for job in ship.json("job", "list")] == ["completed"]


def test_control_characters_never_reach_the_terminal_but_json_has_them(ship: Eightbells) -> None:
    """I17."""
    text = "Pump \x1b[2J\x1b]0;gone\x07 stopped \u202etrats"
    made = ship.json("entry", "add", text, "--as", "Priya Nair")
    assert made["narrative"] == ship.json("entry", "list")[0]["narrative"] == text
    for words in (("entry", "list"), ("entry", "show", made["id"])):
        shown = ship(*words).out
        assert "\x1b" not in shown and "\u202e" not in shown and "<U+001B>[2J" in shown


def test_the_console_without_a_terminal_says_so(shared_ship: Eightbells) -> None:
    for words in ((), ("console",)):
        said = shared_ship(*words)
        assert (said.code, said.error) == (1, "bad_input")


def _worker_pids(home: Path) -> list[int]:
    """The process ids workers have written into their locks; a leaving one takes its lock."""
    texts = []
    for lock in home.glob("workers/*.lock"):
        with contextlib.suppress(FileNotFoundError):
            texts.append(lock.read_text())
    return [int(text.split()[0]) for text in texts if text]
