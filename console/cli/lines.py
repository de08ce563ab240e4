"""The lines of an import file."""

from pathlib import Path

from storage.errors import BadInput, Failed
from storage.evidence.lines import Line, parse_lines

MAX_FILE_BYTES = 500 * 2**20


def import_lines(file: Path) -> list[Line]:
    """The lines of a JSONL or CSV file, told apart by its name.

    Raises:
        BadInput: another kind of file, too big, or without a line. Failed: it cannot be read.
    """
    suffix = file.suffix.lower()
    if suffix not in (".jsonl", ".csv"):
        raise BadInput(why=f"{file.name!r} is neither .jsonl nor .csv.")
    if file.stat().st_size > MAX_FILE_BYTES:
        raise BadInput(why=f"{file.name!r} is larger than {MAX_FILE_BYTES // 2**20} MiB.")
    try:
        lines = parse_lines(file.read_bytes(), is_csv=suffix == ".csv")
    except OSError as error:
        raise Failed(why=f"{file.name!r} cannot be read: {error.strerror}.") from None
    if not lines:
        raise BadInput(why=f"{file.name!r} has no lines.")
    return lines
