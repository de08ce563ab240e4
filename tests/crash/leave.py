"""A process whose leave to look past the modes of files is taken away, as everybody else's is.

The superuser ignores modes by two capabilities. A thread gives them up, and so does what it forks
or starts as a thread; another account has none to give up.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VERSION_3, THIS_THREAD = 0x20080522, 0
PAST_MODES = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
SHUT = 0


@contextmanager
def as_others_are() -> Iterator[None]:
    """Inside, modes of files hold for this thread too."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(VERSION_3, THIS_THREAD), (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        pytest.skip(f"capabilities cannot be read here: error {ctypes.get_errno()}")
    had = sets[0]
    sets[0] = had & ~PAST_MODES
    libc.capset(header, sets)
    try:
        yield
    finally:
        sets[0] = had
        libc.capset(header, sets)


@contextmanager
def shut(path: Path, mode: int = SHUT) -> Iterator[None]:
    """Inside, a folder or a file has this mode; afterwards the one it had."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)
