"""One bundle for all tests of a run, made as `make bundle` makes it, and machines for it."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bundle.__main__ import fingerprint
from tests.architecture.sources import ROOT
from tests.bundle.aboard import ADD_A_CAPTAIN, EIGHTBELLS, Machine
from tests.bundle.later import made_later


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The bundle as it was made, once for all processes of a run; not to be touched."""
    base = tmp_path_factory.getbasetemp()
    dist = (base if worker_id == "master" else base.parent) / "a-bundle"
    dist.mkdir(exist_ok=True)
    with (dist / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(dist.glob("eightbells-*")):
            words = [sys.executable, "-m", "bundle", "--into", str(dist)]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
    (folder,) = dist.glob("eightbells-*")
    return folder


@pytest.fixture(scope="session")
def later(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of a later version; not to be touched."""
    return made_later(made, tmp_path_factory.mktemp("later"))


@pytest.fixture
def carried(later: Path, tmp_path: Path) -> Path:
    """A copy of the later bundle, as it comes from a stick."""
    return Path(shutil.copytree(later, tmp_path / "stick" / later.name))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine nothing has been installed on."""
    home = tmp_path / "home"
    home.mkdir()
    return Machine(home)


@pytest.fixture(scope="session")
def installed(made: Path, later: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which the later version has followed this one, that a store was made with.

    Installing the later version had been interrupted once.
    """
    machine = Machine(tmp_path_factory.mktemp("installed"))
    for script in ("sh install.sh", f"{EIGHTBELLS} init --vessel 'M/Y Aurora'", ADD_A_CAPTAIN):
        machine.must_run(script, made)
    interrupted = machine.into / "versions" / f"0.1.0-{fingerprint(later)[:8]}"
    (interrupted / "bin").mkdir(parents=True)
    machine.must_run("sh install.sh", later)
    return machine
