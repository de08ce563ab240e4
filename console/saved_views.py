"""Filters a person keeps under a name. They are no record: a file of their own on this machine."""

from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from console.keys_aboard import key
from storage.errors import BadInput
from storage.value import Value

FOLDER = "views"
LONGEST_NAME = 40
MOST = 50


class View(Value):
    """A list, the filter over it, and its order."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    place: str
    filter: str
    order: str


_FILE = TypeAdapter(tuple[View, ...])


class Views:
    """One person's views, by name. The folder is 0700 and the file 0600."""

    def __init__(self, home: Path, person_id: str) -> None:
        self._path = home / FOLDER / f"{person_id}.json"

    def all(self) -> tuple[View, ...]:
        """Every view, by name; none where the file cannot be read, because nothing rests on it."""
        try:
            return _FILE.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return ()

    def keep(self, view: View) -> None:
        """Keep a view; one of the same name is replaced.

        Raises:
            BadInput: there are too many already.
        """
        others = tuple(kept for kept in self.all() if kept.name != view.name)
        if len(others) >= MOST:
            raise BadInput(
                why=f"{MOST} views are kept already; {key('saved_views')} takes one off."
            )
        self._write(tuple(sorted((*others, view), key=lambda kept: kept.name.casefold())))

    def take_off(self, name: str) -> None:
        """Keep it no longer."""
        self._write(tuple(kept for kept in self.all() if kept.name != name))

    def _write(self, views: tuple[View, ...]) -> None:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(_FILE.dump_json(views))
        fresh.replace(self._path)
