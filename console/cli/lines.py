"""The lines of an import file, and what other files a verb is given hold."""

from pathlib import Path

from storage.errors import BadInput, Failed, NotFound
from storage.evidence.lines import Line, parse_lines

MAX_FILE_BYTES = 500 * 2**20


def import_lines(file: Path, *, allowed: tuple[str, ...] = (".jsonl", ".csv")) -> list[Line]:
    """The lines of a JSONL or CSV file, told apart by its name.

    Raises:
        NotFound. BadInput: another kind of file, too big, or without a line. Failed: unreadable.
    """
    suffix = file.suffix.lower()
    if suffix not in allowed:
        raise BadInput(why=f"{file.name!r} is not a {' or '.join(allowed)} file.")
    lines = parse_lines(file_bytes(file), is_csv=suffix == ".csv")
    if not lines:
        raise BadInput(why=f"{file.name!r} has no lines.")
    return lines


def file_bytes(file: Path, *, at_most: int = MAX_FILE_BYTES) -> bytes:
    """What a file holds.

    Raises:
        NotFound. BadInput: larger than `at_most` bytes, whole MiB. Failed: unreadable.
    """
    if not file.is_file():
        raise NotFound(kind="file", id=str(file))
    if file.stat().st_size > at_most:
        raise BadInput(why=f"{file.name!r} is larger than {at_most // 2**20} MiB.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise Failed(why=f"{file.name!r} cannot be read: {error.strerror}.") from None
