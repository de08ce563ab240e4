"""Which bytes of a PDF a seal was made over, read from the bytes alone (pure).

A seal covers all of a file but itself, or something was put there that it does not speak for.
"""

import re

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_SIGNATURE = re.compile(rb"<[0-9A-Fa-f]*>")


def left_out(sealed: bytes, begins: int) -> str:
    """What of a sealed PDF is not under its seal, and where; nothing when all of it is.

    `begins`: the length of the PDF that was sealed, where the appended part begins.
    """
    found = _RANGE.findall(sealed, begins)
    if len(found) != 1:
        return f"{len(found) or 'no'} seals were appended, not one"
    start, first, second, length = map(int, found[0])
    end = second + length
    if start or not begins <= first <= second:
        return f"its seal was made over other bytes: {start} to {first}, {second} to {end}"
    if end != len(sealed):
        more = len(sealed) - end
        return (
            f"{more:,} bytes after the seal, from byte {end:,} on, are not under it" if more > 0
            else f"{-more:,} bytes at its end are missing"
        )  # fmt: skip
    if not _SIGNATURE.fullmatch(sealed, first, second):
        return f"bytes {first:,} to {second:,} are not under its seal and are no signature"
    return ""
