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
NOT_KEPT = "This text cannot be kept for later: the disk refuses. Save it, or it is lost."


class LocalDraft:
    """One text being written, by name. The folder is 0700 and the file 0600.

    Threads may keep and discard it at once; after `finish` nothing of this writing comes back.
    """

    def __init__(self, home: Path, name: str) -> None:
        self._path = home / FOLDER / f"{name}.txt"
        self._turn, self._is_finished = Lock(), False

    def keep(self, text: str) -> bool:
        """Write the text down as it stands; nothing but space is not worth keeping.

        False: the disk took nothing, and the text is on the screen only.
        """
        with self._turn:
            try:
                if not self._is_finished:
                    self._write(text)
            except OSError:
                return False
            return True

    def text(self) -> str:
        """What was kept, or nothing."""
        try:
            return self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def finish(self) -> None:
        """It is saved, or not wanted: a text that is kept late is not kept any more."""
        with self._turn, suppress(OSError):
            self._is_finished = True
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
