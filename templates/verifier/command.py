"""The command: what to look at, and what is said about it."""

from __future__ import annotations

import argparse
import re
import sys
from io import TextIOWrapper
from pathlib import Path

from templates.verifier.folder import check_path
from templates.verifier.paper import words_of
from templates.verifier.spelling import shown

ABOUT = "Check that a signed handover is what was signed. Needs nothing but Python and the files."


def main(words: list[str] | None = None) -> int:
    """Print every check; 0 when all hold, 1 when one does not, 2 for a wrong command."""
    reader = argparse.ArgumentParser(description=ABOUT)
    reader.add_argument(
        "path", nargs="?", type=Path, default=Path(__file__).resolve().parent,
        help="a signed folder, its handover.json or PDF, or an export of the log (.jsonl); "
        "without one, the folder this file is in",
    )  # fmt: skip
    reader.add_argument(
        "--checkpoint", action="append", default=[], metavar="SIZE:ROOT", type=_mark,
        help="a fingerprint of the log noted earlier, on paper say",
    )  # fmt: skip
    given = reader.parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        document_hash, found = check_path(given.path, given.checkpoint)
    except OSError as error:
        where = shown(error.filename or given.path)
        print(f"NOT OK  {where}: {error.strerror}", file=sys.stderr)
        return 1
    for finding in found:
        print(finding.line())
    return _conclude(document_hash, not any(finding.complaint for finding in found))


def _conclude(document_hash: str, ok: bool) -> int:
    if document_hash:
        print(f"\ndocument hash  {document_hash}\nin words       {words_of(document_hash)}")
    print("\nEverything is as it was signed." if ok else "\nNOT as it was signed.")
    return 0 if ok else 1


def _mark(text: str) -> str:
    if not re.fullmatch(r"\d{1,15}:[0-9a-f]{64}", text):
        raise argparse.ArgumentTypeError("a checkpoint is SIZE:ROOT, like 120:9f2c…")
    return text
