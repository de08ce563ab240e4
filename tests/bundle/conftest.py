"""One bundle for all tests of a run, made as `make bundle` makes it, and machines for it."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.bundle.aboard import Machine


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle as it was made; not to be touched."""
    dist = tmp_path_factory.getbasetemp().parent / "a-bundle"
    dist.mkdir(exist_ok=True)
    with (dist / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(dist.glob("eightbells-*")):
            words = [sys.executable, "-m", "bundle", "--into", str(dist)]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
    (folder,) = dist.glob("eightbells-*")
    return folder


@pytest.fixture
def carried(made: Path, tmp_path: Path) -> Path:
    """A copy of the bundle, as it comes from a stick."""
    return Path(shutil.copytree(made, tmp_path / "stick" / made.name))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine nothing has been installed on."""
    home = tmp_path / "home"
    home.mkdir()
    return Machine(home)


@pytest.fixture(scope="session")
def installed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine with Eight Bells on it, where an earlier try had been interrupted."""
    machine = Machine(tmp_path_factory.mktemp("installed"))
    half = machine.into / "versions" / f"0.1.0-{'0' * 8}"
    half.mkdir(parents=True)
    said = machine.run("sh install.sh", made)
    assert said.returncode == 0, said.stderr
    return machine
