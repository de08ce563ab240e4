"""The workers' own record: registered, beating, stopped. Their lock says whether they live."""

from importlib.metadata import PackageNotFoundError, version
from os import getpid

from storage.audit.actions import act
from storage.audit.actor import SYSTEM, WORKER
from storage.clock import boot_id, to_text
from storage.database import now, transaction, unhurried
from storage.engine import ledger
from storage.jobs.claims import HOST
from storage.jobs.liveness import forget, is_alive
from storage.jobs.tables import Worker

_STOP = """
UPDATE job_worker SET stopped_at = ?, stop_reason = ? WHERE worker_id = ? AND stopped_at IS NULL
"""
_DRAIN = """
UPDATE job_worker SET draining_at = ?
WHERE pool_id = ? AND stopped_at IS NULL AND draining_at IS NULL
"""


def register_worker(worker_id: str, pool_id: str) -> None:
    """Enter this process as a worker; its lock must be held already."""
    with act(WORKER, "worker.registered", "worker", worker_id) as deed:
        deed.detail = {"host": HOST, "pid": getpid(), "pool": pool_id}
        Worker.create(
            worker_id=worker_id,
            pool_id=pool_id,
            host=HOST,
            pid=getpid(),
            boot_id=boot_id(),
            version=_version(),
            registered_at=deed.at,
            heartbeat_at=deed.at,
        )


def beat(worker_id: str) -> None:
    """Say "still here": shown as an age, decides nothing."""
    with unhurried(), transaction() as at:
        ledger.execute_sql(
            "UPDATE job_worker SET heartbeat_at = ? WHERE worker_id = ?", (to_text(at), worker_id)
        )


def begin_draining(pool_id: str) -> None:
    """Note that the workers of a pool end what they run and take nothing more."""
    with act(WORKER, "pool.draining", "pool", pool_id) as deed:
        if not ledger.execute_sql(_DRAIN, (to_text(deed.at), pool_id)).rowcount:
            deed.unchanged()


def sign_off(worker_id: str, why: str = "drained") -> None:
    """A worker ends of its own accord: `drained`, or `recycled: …` when a fresh one follows."""
    _stopped(worker_id, why)


def bury_dead_workers() -> list[str]:
    """Note the end of every worker that died without a word; their ids."""
    rows = ledger.execute_sql("SELECT worker_id FROM job_worker WHERE stopped_at IS NULL")
    dead = [worker_id for (worker_id,) in rows.fetchall() if not is_alive(worker_id)]
    return [worker_id for worker_id in dead if _stopped(worker_id, "lost")]


def _stopped(worker_id: str, why: str) -> bool:
    actor = SYSTEM if why == "lost" else WORKER
    with act(actor, "worker.stopped", "worker", worker_id) as deed:
        noted = bool(ledger.execute_sql(_STOP, (to_text(now()), why, worker_id)).rowcount)
        deed.detail = {"reason": why}
        if not noted:
            deed.unchanged()
    forget(worker_id)
    return noted


def _version() -> str:
    try:
        return version("eightbells")
    except PackageNotFoundError:
        return "from a checkout"
