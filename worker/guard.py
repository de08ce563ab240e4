"""Before the first claim: is this the store that was left, and is nothing of it lost?"""

from pathlib import Path

from loguru import logger

from storage.audit.anchor import check_anchor
from storage.database import home, quick_check
from storage.errors import StoreDamaged
from storage.jobs.actions import bury_dead_workers, rescue_lost
from storage.jobs.limits import settings
from storage.recovery.upgrading import open_upgraded


def open_guarded(folder: Path) -> list[str]:
    """Open the store, check it, and rescue what earlier workers left; the ids of those jobs.

    Raises:
        StoreError: it is missing, damaged, of another time, or cannot keep its promises here.
    """
    kept = open_upgraded(folder)
    if kept is not None:
        logger.warning("the store is of this version now; as it was, it is in {}", kept.path)
    settings()
    problems = quick_check()
    if problems:
        raise StoreDamaged(home=home(), why=f"{problems[0]}.")
    check_anchor()
    rescued = rescue_lost()
    bury_dead_workers()
    return rescued
