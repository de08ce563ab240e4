"""What was looked at, and what is wrong with it (pure)."""

from storage.value import Value


class Check(Value):
    """One thing looked at; `detail` names what and where when it is not as signed."""

    name: str
    ok: bool
    detail: str = ""


class Verdict(Value):
    """All checks; `ok` only when every one is."""

    ok: bool
    checks: tuple[Check, ...]


def check(name: str, complaint: str | None, praise: str = "") -> Check:
    """A check that holds when there is nothing to complain of."""
    return Check(name=name, ok=not complaint, detail=complaint or praise)
