"""Where the store is and how answers are given, for the one command this process runs."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass
class Settings:
    """What was said before or after the verb; either place counts."""

    home: Path | None = None
    json: bool = False
    debug: bool = False

    def add(self, home: Path | None, json: bool, debug: bool) -> None:
        """Take note of the options given in one place."""
        self.home = home or self.home
        self.json = json or self.json
        self.debug = debug or self.debug


settings = Settings()


def home_folder() -> Path:
    """The store's folder: `--home`, else `EIGHTBELLS_HOME`, else the platform's data folder."""
    given = settings.home or os.environ.get("EIGHTBELLS_HOME")
    folder = Path(given) if given else user_data_path("eightbells")
    return folder.expanduser().absolute()
