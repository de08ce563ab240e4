"""Where the worker's words go: colours for people on stderr, JSON lines for programs in a file."""

import contextlib
import fcntl
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loguru import logger

from storage.clock import to_text
from storage.errors import StoreError
from storage.text import visible

if TYPE_CHECKING:
    from loguru import Message, Record

FILE_NAME = "worker.jsonl"
SIZE_LIMIT = 10_000_000
KEPT = 5
FORMAT = "<dim>{time:HH:mm:ss}</dim> <level>{level: <8}</level> {message}"


def set_up(home: Path, level: str = "INFO") -> None:
    """Send what is logged in this process, and by Huey, to both places."""
    logger.remove()
    logger.configure(patcher=_show)
    logger.add(sys.stderr, level=level, format=FORMAT, backtrace=False, diagnose=False)
    logger.add(JsonLines(home / "logs" / FILE_NAME), level="DEBUG", format="{message}")
    logging.basicConfig(handlers=[_FromLogging()], level=logging.WARNING, force=True)


def in_words(error: StoreError) -> str:
    """What a person reads of it and what a program looks for."""
    return f"{error.code}: {error}"


class JsonLines:
    """A file several processes append to: one line is one write; whoever finds it full turns it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(mode=0o700, exist_ok=True)

    def __call__(self, message: "Message") -> None:
        """Write one record."""
        line = json.dumps(_flat(message.record), ensure_ascii=False, default=str) + "\n"
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(handle, line.encode())
            if os.fstat(handle).st_size > SIZE_LIMIT:
                self._turn(handle)
        finally:
            os.close(handle)

    def _turn(self, handle: int) -> None:
        """Keep the full file under a number; the lock is on the full file itself."""
        with contextlib.suppress(BlockingIOError, FileNotFoundError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_ino != self._path.stat().st_ino:
                return
            for number in range(KEPT - 1, 0, -1):
                older = self._path.with_suffix(f".{number}.jsonl")
                if older.exists():
                    older.replace(self._path.with_suffix(f".{number + 1}.jsonl"))
            self._path.replace(self._path.with_suffix(".1.jsonl"))


def _show(record: "Record") -> None:
    """An error may quote what people wrote, and this goes to a terminal (I17)."""
    record["message"] = visible(record["message"])


class _FromLogging(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """What the store complains of is one sentence with its code, and no traceback."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, StoreError):
            logger.log(record.levelname, "{} {}", record.getMessage(), in_words(error))
            return
        logger.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def _flat(record: Any) -> dict[str, Any]:
    exception = record["exception"]
    return {
        "time": to_text(record["time"]),
        "level": record["level"].name,
        "message": record["message"],
        "pid": record["process"].id,
        **record["extra"],
        **({"exception": repr(exception.value)} if exception else {}),
    }
