"""No room, or no leave to write: a clear error, nothing half-written, all goes on afterwards."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.errors import NotFound, StoreError, StoreFull, StoreReadOnly
from storage.handovers.verification import verify_path
from storage.handovers.views import handover
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, JobQuery
from storage.jobs.states import JobStatus, Reason
from tests.builders import a_signed_handover
from tests.conftest import store as manned_store  # noqa: F401 - with a vessel and her crew
from tests.crash.day import content
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until
from worker.registry import HANDLERS
from worker.runner import Runner
from worker.station import Station

MEGABYTE = 1 << 20
PLENTY = 1 << 30


@contextmanager
def full() -> Iterator[None]:
    """The file may not grow; and not even the smallest event fits into it."""
    pages = ledger.execute_sql("PRAGMA page_count").fetchone()[0]
    ledger.execute_sql(f"PRAGMA max_page_count = {pages}")
    with suppress(StoreFull):
        while True:
            with suppress(NotFound):
                actions.cancel(SYSTEM, "")
    yield
    ledger.execute_sql(f"PRAGMA max_page_count = {PLENTY}")


@contextmanager
def read_only() -> Iterator[None]:
    """The engine is refused every write."""
    ledger.execute_sql("PRAGMA query_only = 1")
    yield
    ledger.execute_sql("PRAGMA query_only = 0")


Trouble = tuple[Callable[[], AbstractContextManager[None]], type[StoreError], str]
TROUBLES: dict[str, Trouble] = {
    "full": (full, StoreFull, "is full; nothing was written"),
    "read_only": (read_only, StoreReadOnly, "cannot be written; check permissions and the disk"),
}


def claims(job: ClaimedJob, waiting: str) -> None:
    taken = actions.claim_next("worker-1")
    assert taken is not None
    assert taken.job_id == waiting


VERBS: dict[str, Callable[[ClaimedJob, str], object]] = {
    "submit": lambda job, waiting: actions.submit(SYSTEM, "debug", {"message": "x"}),
    "claim": claims,
    "settle": lambda job, waiting: actions.complete(job, lambda: {"echo": "x"}, Account()),
    "fail": lambda job, waiting: actions.fail(job, Failure(Reason.ERROR, "E", "boom"), Account()),
    "give up": lambda job, waiting: actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone"),
    "cancel": lambda job, waiting: actions.cancel(SYSTEM, waiting),
    "open a group": lambda job, waiting: actions.open_group(SYSTEM, "later"),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_verb_says_so_changes_nothing_and_works_once_it_can(
    store: Path, verb: Callable[[ClaimedJob, str], object], trouble: Trouble
) -> None:
    held, waiting = (actions.submit(SYSTEM, "debug", {}).job_id for _ in range(2))
    job = actions.claim_next("worker-1")
    assert job is not None
    assert job.job_id == held
    state, error, sentence = trouble
    with state():
        before = content()
        with pytest.raises(error, match=sentence):
            verb(job, waiting)
        assert content() == before
    verb(job, waiting)
    assert content() != before
    assert verify().ok


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_an_export_that_cannot_be_recorded_is_made_again(
    manned_store: Path,  # noqa: F811
    trouble: Trouble,
) -> None:
    """I14: the record names no document, or a whole one."""
    draft_id = a_signed_handover()
    station = Station("pool-1")
    jobs = actions.claim(station.worker_id)
    assert [job.kind for job in jobs] == [JobKind.EXPORT_PREPARE]
    state, _, _ = trouble
    with state(), pytest.raises(SystemExit):
        Runner(station, HANDLERS, lambda: True).run(jobs)
    assert handover(draft_id).exports == ()
    station.close()
    assert actions.rescue_lost() == [jobs[0].job_id]
    station = Station("pool-1")
    Runner(station, HANDLERS, lambda: True).run(actions.claim(station.worker_id))
    station.close()
    (export,) = handover(draft_id).exports
    assert verify_path(manned_store / export.path).ok
    assert list(manned_store.glob("handover/**/.*")) == []
    assert verify().ok


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes, where this user may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = _mount(folder, "size=8m")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    database.create(folder / "ship")
    yield folder
    database.close()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def pool(small_disk: Path) -> Iterator[Victim]:
    """A pool on the small disk."""
    victim = Victim(small_disk / "ship")
    victim.start()
    yield victim
    victim.kill_all()


def test_a_pool_on_a_disk_that_fills_up_goes_on_when_there_is_room(
    small_disk: Path, pool: Victim
) -> None:
    for _ in range(40):
        actions.submit(SYSTEM, "sleep", {"seconds": 0.02})
    ballast = small_disk / "ballast"
    _fill(ballast)
    wait_until(_is_refused)
    ballast.unlink()
    wait_until(lambda: views.matching(JobQuery(status=JobStatus.COMPLETED)) == known())
    completions = ledger.execute_sql(
        "SELECT count(*), count(DISTINCT subject_id) FROM audit_event "
        "WHERE action = 'job.completed' AND outcome = 'done'"
    ).fetchone()
    assert completions == (known(), known())
    assert verify().ok
    assert database.quick_check() == []


def test_a_disk_that_is_mounted_read_only_is_named_and_nothing_is_lost(small_disk: Path) -> None:
    home = small_disk / "ship"
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    database.close()
    assert _mount(small_disk, "remount,ro").returncode == 0
    with pytest.raises(StoreReadOnly):
        database.open_store(home)
        actions.submit(SYSTEM, "debug", {})
    database.close()
    assert _mount(small_disk, "remount,rw").returncode == 0
    database.open_store(home)
    assert [row.job_id for row in views.list_jobs()] == [job_id]
    actions.submit(SYSTEM, "debug", {})
    assert verify().ok


def known() -> int:
    """How many jobs there are."""
    return views.matching(JobQuery())


def _mount(folder: Path, options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(MEGABYTE // 16)):
            pass


def _is_refused() -> bool:
    """Whether one more job is refused for want of room; one that fits is one more to run."""
    try:
        actions.submit(SYSTEM, "debug", {"message": "x" * 9_000})
    except StoreFull:
        return True
    return False
