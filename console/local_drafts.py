"""Half-written text, kept on this machine so that a crash or `q` loses nothing (CONSOLE rule 15).

It is not a record: nobody but the writer has seen it, and it is gone once it is saved.
"""

from pathlib import Path

FOLDER = "drafts-in-progress"


class LocalDraft:
    """One text being written, by name. The folder is 0700 and the file 0600."""

    def __init__(self, home: Path, name: str) -> None:
        self._path = home / FOLDER / f"{name}.txt"

    def keep(self, text: str) -> None:
        """Write the text down as it stands; nothing but space is not worth keeping."""
        if not text.strip():
            self.discard()
            return
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(text, encoding="utf-8", errors="surrogatepass")
        fresh.replace(self._path)

    def text(self) -> str:
        """What was kept, or nothing."""
        try:
            return self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def discard(self) -> None:
        """It is saved, or not wanted."""
        self._path.unlink(missing_ok=True)
