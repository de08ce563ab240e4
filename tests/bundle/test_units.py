"""The units of the worker: understood by systemd, fenced in, and as patient as the pool is."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from bundle.__main__ import SHIP
from storage.jobs.kinds import KINDS
from worker.queue import ENDING_S

UNITS = ("eightbells-worker@.service", "eightbells-worker.service")

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def unit(name: str) -> configparser.SectionProxy:
    """What a unit says of its service; of a repeated setting the last."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(SHIP / name)
    return parser["Service"]


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    """Both units as install.sh leaves them, the one of an account under its name."""
    paths = []
    for name in UNITS:
        path = tmp_path / name.replace("@", "@bridge")
        path.write_text((SHIP / name).read_text().replace("@PROGRAM@", "/bin/true"))
        paths.append(path)
    return paths


@needs_systemd
def test_systemd_understands_every_line(written: list[Path]) -> None:
    for path in written:
        said = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert [line for line in said.stderr.splitlines() if path.name in line] == []


@needs_systemd
def test_the_service_of_an_account_is_fenced_in_from_all_but_its_store(written: list[Path]) -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(written[0])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_waits_for_the_longest_job_to_end(name: str) -> None:
    longest = max(spec.timeout_s for spec in KINDS.values())
    assert int(unit(name)["TimeoutStopSec"]) >= longest + ENDING_S


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_tells_the_pool_alone_to_stop_because_told_twice_means_at_once(name: str) -> None:
    assert unit(name)["KillMode"] == "mixed"


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_lets_no_socket_be_made_but_those_of_this_machine(name: str) -> None:
    assert unit(name)["RestrictAddressFamilies"] == "AF_UNIX"
