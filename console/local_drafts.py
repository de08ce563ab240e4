"""Half-written text, kept on this machine so that a crash or `q` loses nothing (CONSOLE rule 15).

It is not a record: nobody but the writer has seen it, and it is gone once it is saved.
"""

from contextlib import suppress
from pathlib import Path
from threading import Lock

KEEP_AFTER_S = 0.25
"""A text is written down once its writer pauses for so long."""
FOLDER = "drafts-in-progress"
RESTORED = "What you had written is here again."
NOT_KEPT = "This text cannot be kept for later: the disk refuses. It stays while the console runs."

_REFUSED: dict[tuple[Path, str], str] = {}
"""What the disk did not take, by folder and name: kept here while the console runs."""


def kept_at_last() -> bool:
    """Whether everything half-written is on the disk; what it refused before is tried again."""
    kept = [LocalDraft(*key).keep(text) for key, text in list(_REFUSED.items())]
    return all(kept)


class LocalDraft:
    """One text being written, by name. The folder is 0700 and the file 0600.

    Threads may keep and discard it at once; after `finish` nothing of this writing comes back.
    """

    def __init__(self, home: Path, name: str) -> None:
        self._key, self._path = (home, name), home / FOLDER / f"{name}.txt"
        self._turn, self._is_finished = Lock(), False

    def keep(self, text: str) -> bool:
        """Write the text down as it stands; nothing but space is not worth keeping.

        False: the disk took nothing, and the text is gone when the console is.
        """
        with self._turn:
            try:
                if not self._is_finished:
                    self._write(text)
            except OSError:
                _REFUSED[self._key] = text
                return False
            _REFUSED.pop(self._key, None)
            return True

    def text(self) -> str:
        """What was kept, or nothing."""
        try:
            return _REFUSED.get(self._key) or self._path.read_text("utf-8", errors="replace")
        except OSError:
            return ""

    def finish(self) -> None:
        """It is saved, or not wanted: a text that is kept late is not kept any more."""
        with self._turn, suppress(OSError):
            self._is_finished = True
            _REFUSED.pop(self._key, None)
            self._path.unlink(missing_ok=True)

    def _write(self, text: str) -> None:
        if not text.strip():
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(text, encoding="utf-8", errors="surrogatepass")
        fresh.replace(self._path)


class HalfWritten:
    """The words that commands have asked for; each stays until the command that asked is done.

    They outlive Esc, a refusal and the console, and come back with the same question.
    """

    def __init__(self) -> None:
        self._asked: dict[str, LocalDraft] = {}

    def of(self, home: Path, command_id: str, about: str) -> LocalDraft:
        """The words of a command about one thing."""
        kept = self._asked[command_id] = LocalDraft(home, f"{command_id}-{about}")
        return kept

    def done(self, command_id: str) -> None:
        """The command has done what the words were for."""
        if command_id in self._asked:
            self._asked[command_id].finish()

    def leave(self, command_id: str) -> None:
        """The command has ended, done or not; what is half written stays on the disk."""
        self._asked.pop(command_id, None)
