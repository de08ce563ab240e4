"""`worker`: this process becomes the worker."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.worker_process import become_worker
from storage.database import exists
from storage.errors import StoreMissing

verbs = Verbs("Run the worker that drafts and exports.")


@verbs.verb("worker", "eightbells worker --workers 2", store=False)
def worker(
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Worker processes.")] = None,
    drain: Annotated[bool, typer.Option("--drain", help="Stop when nothing is queued.")] = False,
    recycle_jobs: Annotated[
        int | None, typer.Option(min=1, help="Replace a worker process after so many jobs.")
    ] = None,
    recycle_mb: Annotated[
        int | None, typer.Option(min=1, help="Replace it at so many MB of memory; 512 if not said.")
    ] = None,
) -> Answer:
    """Run the worker in this terminal until it is told to stop."""
    home = home_folder()
    if not exists(home):
        raise StoreMissing(home=home)
    numbers = {
        "--workers": workers, "--recycle-jobs": recycle_jobs, "--recycle-mb": recycle_mb
    }  # fmt: skip
    options = [word for name, n in numbers.items() if n for word in (name, str(n))]
    become_worker(home, [*options, *(["--drain"] if drain else [])])
    return Answer(None, ())
