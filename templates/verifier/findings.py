"""What was looked at, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from templates.verifier.spelling import shown


class Finding(NamedTuple):
    """One check: what is wrong and where, or nothing; `praise` is shown when nothing is."""

    name: str
    complaint: str
    praise: str = ""

    def line(self) -> str:
        """The finding as it is printed."""
        verdict = "NOT OK" if self.complaint else "ok"
        return shown(f"{verdict:6}  {self.name}: {self.complaint or self.praise or 'as signed'}")


def look(name: str, complaint: Callable[[], str], praise: str = "") -> Finding:
    """Do one check. What cannot even be read is a complaint, never a crash."""
    try:
        return Finding(name, complaint(), praise)
    except OSError as error:
        return Finding(name, f"cannot be read ({error.strerror})")
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        return Finding(name, f"cannot be read ({type(error).__name__}: {str(error)[:80]})")
