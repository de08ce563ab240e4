"""Where the console's own log goes: a file, because the screen belongs to people."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loguru import logger


@contextmanager
def to_file(home: Path) -> Iterator[None]:
    """Log JSON lines to `logs/console.log` (0600) while the screen is ours."""
    path = home / "logs" / "console.log"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    logger.remove()
    sink = logger.add(path, serialize=True, rotation="10 MB", retention=5, opener=_private)
    try:
        yield
    finally:
        logger.remove(sink)
        logger.add(sys.stderr)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
