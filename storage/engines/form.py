"""What the one door asks of an engine; everything that differs between engines is behind it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Hold(Protocol):
    """A name that is held, until it is let go of or this process ends, however it ends."""

    def close(self) -> None:
        """Let go."""

    def is_cut_off(self) -> bool:
        """Whether it was lost without our doing, so that somebody else may hold it now."""


class Engine(Protocol):
    """An engine bound to one store. What it raises is the engine's own: the door translates."""

    @property
    def home(self) -> Path:
        """The folder of the store's files."""

    def exists(self) -> bool:
        """Whether there is a store already."""

    def check_place(self) -> None:
        """Raise when a promise cannot be kept where the store is to be; nothing is made yet."""

    def lay_out(self) -> None:
        """Make what the schema will be laid out in."""

    def bind(self) -> None:
        """Let every table of this process be of this store; raises when a promise cannot hold."""

    def abandon(self) -> None:
        """After a fork: forget the parent's connection without closing it."""

    def check(self) -> None:
        """Raise when what was opened is not there any more."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction in turn: begun when nobody else writes, and nobody else until it ends."""

    def reading(self) -> AbstractContextManager[None]:
        """One consistent snapshot; writing in it raises and is not kept."""

    def unhurried(self) -> AbstractContextManager[None]:
        """Transactions in here are ordered, but their commits are not forced to the disk."""

    def hold(self, name: str) -> Hold | None:
        """Hold a name among all that share the store; None when somebody else holds it."""

    def is_held(self, name: str) -> bool:
        """Whether somebody holds a name."""

    def data_version(self) -> int:
        """A number that changes when another connection commits."""

    def schema_number(self) -> int:
        """A number that changes whenever the schema does; asked in every transaction."""

    def form(self) -> str:
        """One hash of all tables, indexes and triggers."""

    def applied(self) -> set[str]:
        """Names of the migrations the store has."""

    def migrate(self, before: Callable[[], object]) -> list[str]:
        """Apply what is lacking and note the form, all or nothing; `before` runs when any is."""

    def tidy(self) -> None:
        """Do the housekeeping that nobody has to wait for."""

    def quick_check(self) -> list[str]:
        """What the engine finds wrong with its own structures."""
