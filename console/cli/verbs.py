"""What every verb shares: its options, its example, the store around it and one answer."""

import inspect
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.answer import Answer, deliver
from console.cli.settings import home_folder, settings

Verb = Callable[..., Answer]

HOME = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="The store's folder.", show_default=False),
]
JSON = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
DEBUG = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]

SHARED: dict[str, tuple[Any, Any]] = {
    "home": (HOME, None),
    "json": (JSON, False),
    "debug": (DEBUG, False),
}
"""The options of every verb: kind and default."""


class Verbs(typer.Typer):
    """The verbs of one noun."""

    def __init__(self, sentence: str) -> None:
        super().__init__(
            help=sentence,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
        )

    def verb(
        self, name: str, example: str, *, store: bool = True, dashes: bool = False
    ) -> Callable[[Verb], Verb]:
        """Register a verb under `name`; its docstring is its help, `example` is shown with it.

        With `store` the store is open while the verb runs and its answer is printed. With `dashes`
        an argument may begin with one, as `-03:00` does.
        """

        def register(verb: Verb) -> Verb:
            lenient = {"ignore_unknown_options": dashes}
            command = self.command(name, epilog=f"Example: {example}", context_settings=lenient)
            command(_answering(verb, store))
            return verb

        return register


def _answering(verb: Verb, store: bool) -> Callable[..., int]:
    """The verb as the program runs it: with the shared options, giving an exit code."""

    @wraps(verb)
    def run(*, home: Path | None, json: bool, debug: bool, **given: Any) -> int:
        settings.add(home, json, debug)
        with _around(store):
            return deliver(verb(**given))

    signature = inspect.signature(verb)
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in SHARED.items()
    ]
    own = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in signature.parameters.values()]
    vars(run)["__signature__"] = signature.replace(parameters=[*own, *shared])
    run.__annotations__ = {p.name: p.annotation for p in (*own, *shared)}
    return run


def _around(store: bool) -> Any:
    if not store:
        return nullcontext()
    from console.cli.store import the_store  # late: `--help` opens no database

    return the_store(home_folder())
