"""The write-ahead log of a store as it lies: each page in it as last committed (pure)."""

import struct

MAGIC = (0x377F0682, 0x377F0683)
HEADER_SIZE, FRAME_HEADER = 32, 24
_MASK = 0xFFFFFFFF


def logged_pages(log: bytes) -> dict[int, bytes]:
    """Pages by number, as of the last commit that is whole; what comes after it never happened."""
    if len(log) < HEADER_SIZE or int.from_bytes(log[:4], "big") not in MAGIC:
        return {}
    order = ">" if log[3] & 1 else "<"
    size, salts = int.from_bytes(log[8:12], "big"), log[16:24]
    sums = _checksum(log[:24], (0, 0), order)
    if struct.pack(">II", *sums) != log[24:32] or size < 512:
        return {}
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for start in range(HEADER_SIZE, len(log) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        frame = log[start : start + FRAME_HEADER + size]
        sums = _checksum(frame[FRAME_HEADER:], _checksum(frame[:8], sums, order), order)
        if frame[8:16] != salts or struct.pack(">II", *sums) != frame[16:24]:
            break
        number, commit = struct.unpack(">II", frame[:8])
        pending[number] = frame[FRAME_HEADER:]
        if commit:
            committed |= pending
            pending = {}
    return committed


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for n in range(0, len(words), 2):
        first = first + words[n] + second & _MASK
        second = second + words[n + 1] + first & _MASK
    return first, second
