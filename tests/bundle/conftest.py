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
from tests.bundle.older import made_earlier


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
    """A machine on which this version has followed an earlier one, that a store was made with.

    Installing this version had been interrupted once.
    """
    machine = Machine(tmp_path_factory.mktemp("installed"))
    older = made_earlier(made, tmp_path_factory.mktemp("older"))
    for script in ("sh install.sh", f"{EIGHTBELLS} init --vessel 'M/Y Aurora'", ADD_A_CAPTAIN):
        machine.must_run(script, older)
    interrupted = machine.into / "versions" / f"0.1.0-{fingerprint(made)[:8]}"
    (interrupted / "bin").mkdir(parents=True)
    machine.must_run("sh install.sh", made)
    return machine
