"""Frames on the pipes between a job's child and its supervisor: kind, length, pickled value.

Pickle crosses these pipes only, between two halves of one program; it is stored nowhere.
"""

import os
import pickle
import struct
from collections.abc import Iterator
from typing import Any

HEADER = struct.Struct(">cQ")
PROGRESS, LINE, RESULT, FAILURE, REQUEST = b"P", b"L", b"R", b"F", b"Q"
SIZE_LIMIT = 1 << 30
"""Bytes one frame may have; a result beyond it is a mistake."""
SMALL = 1 << 16
"""Bytes that are copied rather than written apart."""


class Garbled(Exception):
    """Something else than frames came down the pipe."""


def send(pipe: int, kind: bytes, value: Any) -> None:
    """Write one frame, whole.

    Raises:
        Exception: whatever pickling the value raises; then nothing was written.
    """
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    header = HEADER.pack(kind, len(body))
    for part in [header + body] if len(body) < SMALL else [header, body]:
        view = memoryview(part)
        while view:
            view = view[os.write(pipe, view) :]


def receive(pipe: int) -> Any:
    """Wait for one frame and return its value; None when the other end is closed."""
    header = _exactly(pipe, HEADER.size)
    if len(header) < HEADER.size:
        return None
    body = _exactly(pipe, HEADER.unpack(header)[1])
    return pickle.loads(body)


def _exactly(pipe: int, n: int) -> bytes:
    data = b""
    while len(data) < n and (more := os.read(pipe, n - len(data))):
        data += more
    return data


class FrameReader:
    """Bytes in, whole frames out."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, Any]]:
        """The frames there are now, each taken out as it is asked for.

        Raises:
            Garbled: it is not a frame, or one over `SIZE_LIMIT`.
        """
        self._buffer += data
        return self._frames()

    def _frames(self) -> Iterator[tuple[bytes, Any]]:
        while len(self._buffer) >= HEADER.size:
            kind, length = HEADER.unpack_from(self._buffer)
            if kind not in (PROGRESS, LINE, RESULT, FAILURE) or length > SIZE_LIMIT:
                raise Garbled(f"a frame {kind!r} of {length} bytes")
            end = HEADER.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[HEADER.size : end])
            del self._buffer[:end]
            yield kind, pickle.loads(body)
