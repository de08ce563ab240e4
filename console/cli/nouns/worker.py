"""`worker`: this process becomes the worker."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.worker_process import become_worker
from storage.database import FILE_NAME
from storage.errors import StoreMissing

verbs = Verbs("Run the worker that drafts and exports.")


@verbs.verb("worker", "eightbells worker --workers 2", store=False)
def worker(
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Worker processes.")] = None,
    drain: Annotated[bool, typer.Option("--drain", help="Stop when nothing is queued.")] = False,
) -> Answer:
    """Run the worker in this terminal until it is told to stop."""
    home = home_folder()
    if not (home / FILE_NAME).exists():
        raise StoreMissing(home=home)
    options = ["--workers", str(workers)] if workers else []
    become_worker(home, [*options, *(["--drain"] if drain else [])])
    return Answer(None, ())
