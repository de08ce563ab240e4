"""A window of a few hundred rows on a list of any length (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

C = TypeVar("C")

PAGE = 100
SIZE = 3 * PAGE


@dataclass(frozen=True)
class Window(Generic[C]):
    """Where the loaded rows begin: the cursors of the pages above, newest first."""

    starts: tuple[C, ...] = ()

    @property
    def start(self) -> C | None:
        """The rows come after this one; None: from the newest."""
        return self.starts[-1] if self.starts else None

    def older(self, cursors: Sequence[C]) -> "Window[C]":
        """One page further down, if there may be more below. `cursors` are of the loaded rows."""
        if len(cursors) < SIZE:
            return self
        return Window((*self.starts, cursors[PAGE - 1]))

    def newer(self) -> "Window[C]":
        """One page further up, if there is one."""
        return Window(self.starts[:-1])
