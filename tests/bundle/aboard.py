"""A machine aboard: an account that is not root, a home folder, no network, no index."""

import functools
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONFINED = ("unshare", "--map-user=65534", "--map-group=65534", "--net")
"""A network name space without an interface, in which this account is `nobody`."""

NOWHERE = "http://127.0.0.1:9"
LONGEST_S = 600

EIGHTBELLS = "~/.local/bin/eightbells"
ADD_A_CAPTAIN = f"echo 714263 | {EIGHTBELLS} crew add 'Ines Duarte' --role captain --pin-stdin"


@functools.cache
def confinement() -> tuple[str, ...]:
    """How programs are kept off the network here; nothing where the system does not let us."""
    if shutil.which("unshare") is None:
        return ()
    tried = subprocess.run([*CONFINED, "true"], capture_output=True, check=False)
    return CONFINED if tried.returncode == 0 else ()


@dataclass(frozen=True)
class Machine:
    """The machine, by the home folder of its one account."""

    home: Path

    @property
    def into(self) -> Path:
        """Where install.sh puts the program of an account."""
        return self.home / ".local" / "lib" / "eightbells"

    def run(self, script: str, within: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run lines of a shell in a folder, with these arguments; the first that fails ends it."""
        return subprocess.run(
            [*confinement(), "sh", "-ec", script, "sh", *words],
            cwd=within, env=self._environment(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=LONGEST_S, check=False,
        )  # fmt: skip

    def must_run(self, script: str, within: Path, *words: str) -> str:
        """Run lines that must succeed; returns what they print."""
        said = self.run(script, within, *words)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def _environment(self) -> dict[str, str]:
        """Nothing of this project's environment; wherever pip might ask, nobody answers."""
        return {
            "HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "PIP_INDEX_URL": NOWHERE, "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "",
            "http_proxy": NOWHERE, "https_proxy": NOWHERE, "all_proxy": NOWHERE,
        }  # fmt: skip
