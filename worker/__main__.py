"""python -m worker --home DIR [--workers N] [--drain | --until JOB] [--no-huey] …"""

import argparse
import gc
import os
import sys
from pathlib import Path

from loguru import logger
from platformdirs import user_data_path

from storage.errors import EightBellsError
from worker import logs
from worker.guard import open_guarded
from worker.loop import Loop
from worker.queue import run_pool
from worker.tenure import MEGABYTES, Tenure

WORKERS = 2
COLLECT_AT = 20_000
"""New objects before Python looks for garbage: reading the shipped tables makes none to collect."""


def main(argv: list[str] | None = None) -> int:
    """Run a worker pool; the exit code is that of CLI.md."""
    given = _parser().parse_args(argv)
    gc.set_threshold(COLLECT_AT)
    try:
        rescued = open_guarded(given.home)
        logs.set_up(given.home, given.log_level)
        if rescued:
            logger.warning("{} jobs were left by dead workers and have been rescued", len(rescued))
        if given.no_huey or given.until:
            Loop().run(drain=given.drain, until=given.until)
        else:
            tenure = Tenure(given.recycle_jobs, given.recycle_mb)
            run_pool(given.workers, drain=given.drain, tenure=tenure)
    except EightBellsError as error:
        print(f"error: {error.code}: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="eightbells worker", description="Run a worker pool.")
    named = os.environ.get("EIGHTBELLS_HOME")
    home = Path(named) if named else user_data_path("eightbells")
    parser.add_argument("--home", type=Path, default=home, help="the folder of the store")
    parser.add_argument("--workers", type=_count, default=WORKERS, help="worker processes")
    parser.add_argument("--drain", action="store_true", help="run until nothing is queued")
    parser.add_argument("--until", metavar="JOB", help="alone, until this job has ended")
    parser.add_argument("--no-huey", action="store_true", help="one process, one job at a time")
    parser.add_argument("--recycle-jobs", type=_limit, help="jobs before a fresh process")
    parser.add_argument(
        "--recycle-mb", type=_limit, default=MEGABYTES, help="memory before a fresh process"
    )
    parser.add_argument("--log-level", default="INFO", choices=("DEBUG", "INFO", "WARNING"))
    return parser


def _count(text: str) -> int:
    n = int(text)
    if not 1 <= n <= 64:
        raise argparse.ArgumentTypeError("between 1 and 64 workers")
    return n


def _limit(text: str) -> int:
    n = int(text)
    if n < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return n


if __name__ == "__main__":
    sys.exit(main())
