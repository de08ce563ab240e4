"""The console in a browser of this machine, through textual-serve; nothing beyond it can connect.

What the browser shows is the same program, one process a window, with the same sign-in and lock.
"""

import sys
from ipaddress import ip_address
from pathlib import Path
from shlex import join

from storage.errors import BadInput, Failed

HOST, PORT = "127.0.0.1", 8765


def check_host(host: str) -> str:
    """The host, if it is this machine alone.

    Raises:
        BadInput: other machines could reach it.
    """
    try:
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise BadInput(why=f"{host} is not this machine alone; serve listens on {HOST} only.")
    return host


def serve(home: Path, host: str, port: int) -> None:
    """Serve the store in `home` until told to stop.

    Raises:
        BadInput: the host is not loopback. Failed: textual-serve is not installed.
    """
    check_host(host)
    try:
        from textual_serve.server import Server
    except ImportError:
        extra = "pip install 'eightbells[serve]'"
        raise Failed(why=f"Serving needs textual-serve, which is not installed: {extra}.") from None
    program = [sys.executable, "-P", "-m", "console", "--home", str(home)]
    Server(join(program), host=host, port=port, title="Eight Bells").serve()
