"""A bundle of a later version: the same program with one more migration."""

import base64
import hashlib
import shutil
import zipfile
from pathlib import Path

from bundle.papers import SUMS, sums
from storage.database import MIGRATIONS

LAST = max(path.stem for path in MIGRATIONS.glob("0*.py"))
"""The last migration of the program as it is."""

NAME = "storage/migrations/9999_later.py"
MIGRATION = b'''"""A table of a version to come."""


def up(migrator, db):
    """Make it."""
    db.execute_sql("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")
'''


def made_later(bundle: Path, into: Path) -> Path:
    """A copy of a bundle, with a later version of the program in it."""
    later = Path(shutil.copytree(bundle, into / bundle.name))
    (wheel,) = (later / "wheels").glob("eightbells-*.whl")
    grown = wheel.with_suffix(".later")
    with zipfile.ZipFile(wheel) as now, zipfile.ZipFile(grown, "w", zipfile.ZIP_DEFLATED) as then:
        for entry in now.infolist():
            is_record = entry.filename.endswith("/RECORD")
            then.writestr(entry, now.read(entry) + (_recorded() if is_record else b""))
        then.writestr(NAME, MIGRATION)
    grown.rename(wheel)
    (later / SUMS).write_text(sums(later))
    return later


def _recorded() -> bytes:
    digest = base64.urlsafe_b64encode(hashlib.sha256(MIGRATION).digest()).rstrip(b"=").decode()
    return f"{NAME},sha256={digest},{len(MIGRATION)}\n".encode()
