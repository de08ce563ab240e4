"""Frames on the pipe from a job's child to its supervisor: a kind, a length, a pickled value.

Pickle crosses this pipe only, between two halves of one program; it is stored nowhere.
"""

import os
import pickle
import struct
from collections.abc import Iterator
from typing import Any

HEADER = struct.Struct(">cQ")
PROGRESS, LINE, RESULT, FAILURE = b"P", b"L", b"R", b"F"
SIZE_LIMIT = 1 << 30
"""Bytes one frame may have; a result beyond it is a mistake."""


class Garbled(Exception):
    """Something else than frames came down the pipe."""


def send(pipe: int, kind: bytes, value: Any) -> None:
    """Write one frame, whole.

    Raises:
        Exception: whatever pickling the value raises; then nothing was written.
    """
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    for part in (HEADER.pack(kind, len(body)), body):
        view = memoryview(part)
        while view:
            view = view[os.write(pipe, view) :]


class FrameReader:
    """Bytes in, whole frames out."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, Any]]:
        """The frames that `data` completes.

        Raises:
            Garbled: it is not a frame, or one over `SIZE_LIMIT`.
        """
        self._buffer += data
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
