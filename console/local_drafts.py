"""Half-written text, kept on this machine so that a crash or `q` loses nothing (CONSOLE rule 15).

It is not a record: nobody but the writer has seen it, and it is gone once it is saved. A disk that
refuses takes nothing from the writer but this second place: the words stay on the screen.
"""

from contextlib import suppress
from pathlib import Path

FOLDER = "drafts-in-progress"
NOT_KEPT = "This text cannot be kept on the disk: it is lost if the sheet is closed without saving."


class LocalDraft:
    """One text being written, by name. The folder is 0700 and the file 0600."""

    def __init__(self, home: Path, name: str) -> None:
        self._path = home / FOLDER / f"{name}.txt"

    def keep(self, text: str) -> bool:
        """Write the text down as it stands; False when the disk refuses. Mere space is not kept."""
        if not text.strip():
            self.discard()
            return True
        try:
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

    def discard(self) -> None:
        """It is saved, or not wanted."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(text, encoding="utf-8", errors="surrogatepass")
        fresh.replace(self._path)
