"""Bonds between processes: none of ours outlives the one that is responsible for it."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Be killed when `parent` dies (RELIABILITY §1.8); exit now if it already has.

    Call first thing after a fork. Where the kernel has no such bond, nothing happens.
    """
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
