"""`doctor`: is the store sound? Every check is really made, and says what it found."""

import shutil
from collections.abc import Callable

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.cli.words import count
from storage.audit.anchor import check_anchor, read_anchor
from storage.audit.views import verify
from storage.database import quick_check, read_only

verbs = Verbs("Check that the store is sound.")

LEAST_FREE_BYTES = 200 * 2**20
UNSOUND = 3

Finding = tuple[bool, str]


@verbs.verb("doctor", "eightbells doctor")
def doctor() -> Answer:
    """Check the file, the audit log, its anchor and the disk."""
    checks = [
        {"name": name, "ok": ok, "detail": detail}
        for name, (ok, detail) in ((name, look()) for name, look in CHECKS.items())
    ]
    sound = all(check["ok"] for check in checks)
    words = [f"{'ok' if c['ok'] else 'NOT OK':6}  {c['name']}: {c['detail']}" for c in checks]
    return Answer({"ok": sound, "checks": checks}, words, exit_code=0 if sound else UNSOUND)


def _file() -> Finding:
    problems = quick_check()
    return not problems, "; ".join(problems) or "SQLite finds nothing wrong with it"


def _log() -> Finding:
    verdict = verify()
    return verdict.ok, verdict.problem or f"{count(verdict.size, 'event')} in an unbroken chain"


def _anchor() -> Finding:
    """A disagreeing anchor stops the opening of the store, so here it can only be absent."""
    with read_only():
        check_anchor()
    mark = read_anchor()
    return mark is not None, f"agrees at event {mark.size}" if mark else "there is none yet"


def _disk() -> Finding:
    free = shutil.disk_usage(home_folder()).free
    return free >= LEAST_FREE_BYTES, f"{free // 2**20:,} MiB free"


CHECKS: dict[str, Callable[[], Finding]] = {
    "store file": _file,
    "audit log": _log,
    "audit anchor": _anchor,
    "disk": _disk,
}
