"""python -m worker.workflows --home DIR: every workflow there is, as one JSON array."""

import argparse
import sys
from pathlib import Path

from pydantic_core import to_json

from storage.errors import EightBellsError
from storage.recovery.upgrading import open_upgraded
from worker.workflows.catalogue import listed


def main(argv: list[str] | None = None) -> int:
    """Print the list; the exit code is that of CLI.md."""
    parser = argparse.ArgumentParser(prog="eightbells workflows", description="List workflows.")
    parser.add_argument("--home", type=Path, required=True, help="the folder of the store")
    try:
        open_upgraded(parser.parse_args(argv).home)
        print(to_json(listed(), indent=2).decode())
    except EightBellsError as error:
        print(f"error: {error.code}: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
