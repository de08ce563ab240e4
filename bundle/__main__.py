"""Make the bundle a ship installs from.

    python -m bundle [--into DIR] [--python 3.11]… [--extra serve]…

Into `dist`, for the Python that runs this and without extras, unless told otherwise. Prints the
folder, and the fingerprint that install.sh shows aboard. This needs an index of packages.
"""

import argparse
import hashlib
import platform
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bundle.papers import BILL, FACTS, LICENCES, SUMS, bill_of_materials, facts, licence_list, sums
from bundle.parts import part
from bundle.wheels import GLIBC, ROOT, NoWheels, gather

SHIP = Path(__file__).parent / "ship"
THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"


def make(into: Path, pythons: Sequence[str], extras: Sequence[str]) -> Path:
    """Make the folder, in place of one of the same name; returns it.

    Raises:
        NoWheels.
    """
    workshop = into / ".unfinished"
    shutil.rmtree(workshop, ignore_errors=True)
    (workshop / "wheels").mkdir(parents=True)
    gather(workshop / "wheels", pythons, extras)
    version = _fill(workshop, pythons, extras)
    place = into / f"eightbells-{version}-{sysconfig.get_platform()}"
    shutil.rmtree(place, ignore_errors=True)
    return workshop.rename(place)


def fingerprint(folder: Path) -> str:
    """The hash of the list of sums: eight characters name an installation, all of them prove it."""
    return hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; 1 when a wheel cannot be had."""
    given = _parser().parse_args(argv)
    try:
        folder = make(given.into, given.python or [THIS], given.extra)
    except NoWheels as error:
        print(f"error: no_wheels: {error}", file=sys.stderr)
        return 1
    print(f"{folder}\nfingerprint {fingerprint(folder)}")
    return 0


def _fill(folder: Path, pythons: Sequence[str], extras: Sequence[str]) -> str:
    """Everything beside the wheels; returns the version that is in them."""
    parts = [part(path) for path in sorted((folder / "wheels").iterdir())]
    (version,) = {one.version for one in parts if one.name == "eightbells"}
    shutil.copytree(SHIP, folder, dirs_exist_ok=True)
    (folder / BILL).write_text(bill_of_materials(parts))
    (folder / LICENCES).write_text(licence_list(parts))
    values = {
        "VERSION": version, "PYTHONS": " ".join(pythons), "EXTRAS": " ".join(extras),
        "MACHINE": platform.machine(), "GLIBC": ".".join(map(str, GLIBC)),
    }  # fmt: skip
    (folder / FACTS).write_text(facts(values))
    (folder / SUMS).write_text(sums(folder))
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.suffix == ".sh" else 0o644)
    return version


def _parser() -> Any:
    parser = argparse.ArgumentParser(prog="python -m bundle", description="Make a ship's bundle.")
    parser.add_argument("--into", type=Path, default=ROOT / "dist", help="where the folder is made")
    parser.add_argument(
        "--python", action="append", metavar="3.11", help="a Python to be met aboard"
    )
    parser.add_argument("--extra", action="append", default=[], help="an extra to take aboard")
    return parser


if __name__ == "__main__":
    sys.exit(main())
