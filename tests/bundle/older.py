"""A bundle of an earlier version: the same program before its last migrations were written."""

import shutil
import zipfile
from pathlib import Path

from bundle.papers import SUMS, sums

LAST = "0014"
"""The last migration the earlier version has."""


def made_earlier(bundle: Path, into: Path) -> Path:
    """A copy of a bundle, with an earlier version of the program in it."""
    older = Path(shutil.copytree(bundle, into / bundle.name))
    (wheel,) = (older / "wheels").glob("eightbells-*.whl")
    kept = wheel.with_suffix(".older")
    with zipfile.ZipFile(wheel) as now, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as then:
        for entry in now.infolist():
            data = now.read(entry)
            if entry.filename.endswith("/RECORD"):
                data = b"".join(
                    line for line in data.splitlines(keepends=True)
                    if not came_later(line.decode().partition(",")[0])
                )  # fmt: skip
            if not came_later(entry.filename):
                then.writestr(entry, data)
    kept.rename(wheel)
    (older / SUMS).write_text(sums(older))
    return older


def came_later(name: str) -> bool:
    """Whether a file of the wheel is a migration the earlier version did not have."""
    folder, _, file = name.rpartition("/")
    return folder == "storage/migrations" and file[:4].isdigit() and file[:4] > LAST
