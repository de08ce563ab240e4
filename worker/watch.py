"""The watch over the whole: one process of all pools looks, raises what stands and resolves it.

What it counts it counts by the monotonic clock from when it first saw it, so a stepped wall clock
raises nothing but the alert that says so. A new watch starts counting anew.
"""

from collections.abc import Iterable
from datetime import datetime

from loguru import logger

from storage.alerts.actions import note_look, raise_standing, resolve_standing
from storage.alerts.observing import (
    beats,
    begun_jobs,
    latest_recorded,
    observe,
    waiting_jobs,
)
from storage.alerts.routing import route_new
from storage.alerts.rules import CALM_S, Facts, step_between, wrong
from storage.alerts.states import (
    STALE_AFTER_S,
    STANDING,
    STEP_SHOWN_S,
    STUCK_AFTER_S,
    Standing,
)
from storage.alerts.views import on_record
from storage.alerts.watching import take_watch, write_note
from storage.audit.actor import SYSTEM
from storage.audit.chain import GENESIS, Checkpoint
from storage.audit.views import verify_on
from storage.clock import to_text
from storage.database import read_only, store_clock
from storage.engines.form import Hold
from storage.errors import StoreError
from storage.jobs.limits import effective

EVENTS_A_LOOK = 2_000
"""How much of the audit log is walked at each look: under 0.5 % of a core while it is behind."""
WALK_AGAIN_S = 6 * 3600.0
BEGINNING = Checkpoint(size=0, root=GENESIS)


class Ages:
    """How long the same things have been seen without a break (monotonic seconds)."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def of(self, keys: Iterable[str], now: float) -> dict[str, float]:
        """The age of each of these; what is not among them is forgotten."""
        self._since = {key: self._since.get(key, now) for key in keys}
        return {key: now - since for key, since in self._since.items()}


class Watch:
    """Looks only while it holds the lock of the watch; several pools share one watch."""

    def __init__(self) -> None:
        self._hold: Hold | None = None
        self._beats, self._attempts, self._heads = Ages(), Ages(), Ages()
        self._wrong_at: dict[Standing, float] = {}
        self._clocks: tuple[datetime, float] | None = None
        self._stepped = (0.0, -STEP_SHOWN_S)
        self._walked, self._walk_began = BEGINNING, 0.0
        self._unwritable: str | None = None

    def tell(self) -> None:
        """Tell what the audit log says of failed jobs since the last time; every second."""
        if self._is_ours():
            route_new()

    def look(self) -> None:
        """Judge everything that can stand wrong; every ten seconds.

        Raises:
            StoreError: the store cannot be read or written; the note beside it says so.
        """
        if not self._is_ours():
            return
        before, self._unwritable = self._unwritable, None
        try:
            with read_only():
                facts = self._facts(before)
            self._settle(wrong(facts))
        except StoreError as error:
            self._unwritable = before or f"Since {to_text(store_clock().utcnow())}: {error}"
            raise
        finally:
            self._note()

    def close(self) -> None:
        """Let somebody else watch."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None

    def _is_ours(self) -> bool:
        if self._hold is None or self._hold.is_cut_off():
            self._hold = take_watch()
        return self._hold is not None

    def _settle(self, found: dict[Standing, str]) -> None:
        """Raise what is wrong; resolve what has not been for a while (it never flickers)."""
        note_look(found)
        now = store_clock().monotonic()
        for kind, message in found.items():
            self._wrong_at[kind] = now
            if raise_standing(SYSTEM, kind, message):
                logger.warning("{}: {}", STANDING[kind].title, message)
        for kind in on_record().keys() - found.keys():
            if now - self._wrong_at.setdefault(kind, now) >= CALM_S:
                resolve_standing(SYSTEM, kind)
                logger.info("no longer: {}", STANDING[kind].title)

    def _note(self) -> None:
        if self._hold is not None:
            try:
                write_note(store_clock().utcnow(), self._unwritable)
            except OSError as error:
                logger.critical("not even the note of the watch can be written: {}", error)

    # Facts

    def _facts(self, unwritable: str | None) -> Facts:
        """What is so now. A store that could not be written until now is still a fact of it."""
        clock = store_clock()
        at, now = clock.utcnow(), clock.monotonic()
        seen = observe(at)
        return Facts(
            free_bytes=seen.free_bytes,
            backup_age=seen.backup_age,
            unwritable=unwritable or seen.unwritable,
            chain_problem=self._walk(now),
            lost=seen.lost,
            stale=self._stale(now),
            stuck=self._stuck(now),
            failed=seen.failed,
            ended=seen.ended,
            queued=seen.queued,
            longest_wait_s=self._longest_wait(now),
            stepped_s=self._step(at, now),
        )

    def _stale(self, now: float) -> tuple[str, ...]:
        found = beats()
        ages = self._beats.of(found, now)
        return tuple(name for beat, name in found.items() if ages[beat] > STALE_AFTER_S)

    def _stuck(self, now: float) -> tuple[str, ...]:
        running = begun_jobs()
        ages = self._attempts.of(running, now)
        return tuple(
            job_id
            for attempt_id, (job_id, kind) in running.items()
            if ages[attempt_id] > effective(kind).timeout_s + STUCK_AFTER_S
        )

    def _longest_wait(self, now: float) -> float:
        return max(self._heads.of(waiting_jobs(), now).values(), default=0.0)

    def _walk(self, now: float) -> str | None:
        """Walk on along the audit log, from its beginning again every six hours."""
        if now - self._walk_began >= WALK_AGAIN_S:
            self._walked, self._walk_began = BEGINNING, now
        verdict = verify_on(self._walked, EVENTS_A_LOOK)
        self._walked = Checkpoint(size=verdict.size, root=verdict.root)
        return verdict.problem and f"{verdict.problem}."

    def _step(self, at: datetime, now: float) -> float:
        """The last step of the wall clock, for a while after it was seen.

        The first look holds it against the newest event: a clock put back while all was off shows.
        """
        if self._clocks:
            step = step_between(self._clocks, (at, now))
        else:
            step = min(0.0, step_between((latest_recorded() or at, now), (at, now)))
        self._clocks = (at, now)
        if step:
            self._stepped = (step, now)
        return self._stepped[0] if now - self._stepped[1] < STEP_SHOWN_S else 0.0
