"""`doctor`: is the store sound? Every check is really made, and says what it found."""

from collections.abc import Iterator
from typing import Any

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from storage.recovery.examining import examine
from storage.recovery.findings import Check

verbs = Verbs("Check that the store is sound.")

UNSOUND = 3


@verbs.verb("doctor", "eightbells doctor", store=False)
def doctor() -> Answer:
    """Examine the store as it lies, and say of each finding what to do; nothing is changed."""
    checks = examine(home_folder())
    sound = all(check.ok for check in checks)
    value = {"ok": sound, "checks": [_value(check) for check in checks]}
    words = [line for check in checks for line in _words(check)]
    return Answer(value, words, exit_code=0 if sound else UNSOUND)


def _value(check: Check) -> dict[str, Any]:
    found = [
        {"code": f.code, "grave": f.grave, "message": f.message, "to_do": f.to_do}
        for f in check.findings
    ]
    return {"name": check.name, "ok": check.ok, "detail": check.detail, "findings": found}


def _words(check: Check) -> Iterator[str]:
    yield f"{'ok' if check.ok else 'NOT OK':6}  {check.name}: {check.detail}"
    for finding in check.findings:
        yield f"        {finding.code}: {finding.message}"
        yield f"          → {finding.to_do}"
