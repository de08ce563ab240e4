"""Our own wheel, and those of everything it needs to run, as pip finds them.

The needs are pinned to the versions of this environment: what goes aboard is what was tested.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("console", "worker", "storage", "templates")
BESIDE = ("pyproject.toml", "README.md", "LICENSE")
NOT_PINNED = frozenset({"pip", "setuptools", "eightbells"})

EARLIEST = "315532800"
"""1980-01-01, where the times in a wheel begin: the same sources make the same bytes."""

GLIBC = (2, 28)
"""The oldest system library the wheels are chosen for: Debian 10, RHEL 8, Ubuntu 20.04."""


class NoWheels(Exception):
    """pip could not make or find a wheel; its own words."""


def gather(into: Path, pythons: Sequence[str], extras: Sequence[str]) -> None:
    """Fill a folder with our wheel, pip's, and all they need, for each Python ("3.11").

    Raises:
        NoWheels: something has no wheel for this platform, or no index can be reached.
    """
    ours = own_wheel(into)
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text("".join(f"{name}=={version}\n" for name, version in versions_here()))
        wanted = f"{ours}[{','.join(extras)}]" if extras else str(ours)
        _download(into, pythons[0], "--constraint", str(pins), wanted, "pip")
    settled = ["==".join(path.name.split("-")[:2]) for path in sorted(into.iterdir())]
    settled.remove("==".join(ours.name.split("-")[:2]))
    for python in pythons[1:]:
        _download(into, python, "--no-deps", *settled)


def own_wheel(into: Path) -> Path:
    """Build the project's wheel from a copy, so that building leaves nothing in the checkout.

    Raises:
        NoWheels.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            unseen = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, copy / name, ignore=unseen, copy_function=_copied)
        for name in BESIDE:
            _copied(str(ROOT / name), str(copy / name))
        _pip("wheel", "--no-deps", "--wheel-dir", str(into), folder)
    (found,) = into.glob("eightbells-*.whl")
    return found


def versions_here() -> list[tuple[str, str]]:
    """Name and version of every package of this environment, by name."""
    found = {one.metadata["Name"]: one.version for one in distributions()}
    return sorted((name, version) for name, version in found.items() if name not in NOT_PINNED)


def _download(into: Path, python: str, *wanted: str) -> None:
    machine, (major, minor) = platform.machine(), GLIBC
    tags = [f"manylinux_{major}_{n}_{machine}" for n in range(minor, 16, -1)]
    platforms = [f"--platform={tag}" for tag in (*tags, f"manylinux2014_{machine}")]
    _pip(
        "download", "--only-binary=:all:", f"--python-version={python}", *platforms,
        "--dest", str(into), *wanted,
    )  # fmt: skip


def _pip(*words: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words],
        env={**os.environ, "SOURCE_DATE_EPOCH": EARLIEST}, umask=0o022,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if said.returncode:
        raise NoWheels(said.stderr.strip())


def _copied(source: str, target: str) -> None:
    """The bytes alone, readable for all: neither times nor modes of a checkout go into a wheel."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o644)
