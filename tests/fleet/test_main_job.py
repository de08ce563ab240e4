"""The whole main job by the command line, on a server."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_a_handover_is_drafted_signed_exported_and_verified(
    home: Path, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("the whole main job on a server takes half a minute: with --long")
    done = subprocess.run(
        [sys.executable, "-m", "console", "demo", "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
