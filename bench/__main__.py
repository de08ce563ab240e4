"""Every measurement, one after the other, and one table of what became of their budgets.

    python -m bench [NAME ...]          default: all of them

A measurement is a module here that says in its docstring how it is run and what its budget is. Each
runs in a process of its own, so that none warms up another. Exits with 1 when one broke a budget.
"""

import ast
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Outcome(NamedTuple):
    """What became of one measurement."""

    name: str
    seconds: float
    code: int


def measurements() -> dict[str, str]:
    """Name → first sentence of every module here that is a measurement."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        text = ast.get_docstring(ast.parse(path.read_text())) or ""
        if f"\n    python -m bench.{path.stem}" in text:
            found[path.stem] = text.partition("\n")[0]
    return found


def run(name: str) -> Outcome:
    """Run one measurement; its lines appear as it prints them."""
    begun = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return Outcome(name, time.perf_counter() - begun, code)


def main(names: list[str]) -> int:
    """Run those named, or all; 1 when any broke its budget, 2 when a name is unknown."""
    known = measurements()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    outcomes = []
    for name in names or known:
        print(f"\n{name}: {known[name]}", flush=True)
        outcomes.append(run(name))
    print(f"\n{'measurement':<14} {'seconds':>8}  budget")
    for name, seconds, code in outcomes:
        print(f"{name:<14} {seconds:>8.1f}  {'kept' if code == 0 else 'BROKEN'}")
    return int(any(outcome.code for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
