"""Any voyage: power cuts, clocks put forward and back, two pools. Each occurrence at most once."""

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.errors import WrongState
from storage.schedules.actions import run_now, skip_missed
from storage.schedules.rules import INSTANT, occurrences, plan_of
from storage.schedules.ships_clock import ships_clock
from storage.schedules.timekeeper import Timekeeper
from storage.schedules.timetable import Scheduled
from storage.vessel.actions import name_vessel, set_offset
from tests.clock import ShipClock
from tests.storage.schedules.voyage import (
    DRAFTING,
    HALF_HOURLY,
    NIGHTLY,
    OFFICER,
    end_all_jobs,
    rows,
)
from tests.stores import a_new_store

SCHEDULES = (NIGHTLY, HALF_HOURLY, DRAFTING)
POOLS = st.integers(0, 1)
ANY = st.sampled_from(SCHEDULES)


class ScheduleMachine(RuleBasedStateMachine):
    """Two pools look at one store while its clocks do what clocks do on ships."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = ShipClock()
        self._folder = tempfile.TemporaryDirectory()
        a_new_store(Path(self._folder.name) / "home", clock=self.clock)
        name_vessel(SYSTEM, "Halcyon Tide", offset_minutes=120)
        self.entered = self.clock.at
        self.went_back = False

    def teardown(self) -> None:
        """The chain is whole whatever happened."""
        assert verify().ok
        database.close()
        self._folder.cleanup()

    @initialize()
    def start_two_pools(self) -> None:
        self.pools = [Timekeeper(SCHEDULES), Timekeeper(SCHEDULES)]
        self.tick(0)

    @rule(minutes=st.integers(1, 240))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(hours=st.integers(1, 100), pool=POOLS)
    def a_pool_is_without_power(self, hours: int, pool: int) -> None:
        self.clock.advance(hours=hours)
        self.pools[pool] = Timekeeper(SCHEDULES)

    @rule(hours=st.integers(1, 3))
    def the_machines_clock_goes_back(self, hours: int) -> None:
        self.clock.step(hours=-hours)
        self.went_back = True

    @rule(pool=POOLS)
    def an_hour_comes_again(self, pool: int) -> None:
        self.tick(pool)
        self.the_machines_clock_goes_back(1)
        for _ in range(3):
            self.tick(pool)
            self.clock.advance(minutes=20)
        self.tick(pool)

    @rule(hours=st.integers(-11, 12))
    def ships_time_is_changed(self, hours: int) -> None:
        self.clock.advance(seconds=1)
        set_offset(OFFICER, 60 * hours)

    @rule(pool=POOLS)
    def tick(self, pool: int) -> None:
        before = _started()
        self.pools[pool].tick()
        assert all(_started()[name] - before[name] <= 1 for name in before), "a storm"
        if not self.went_back:
            for schedule in SCHEDULES:
                assert _accounted(schedule) == _due(schedule, self.entered, self.clock.at)

    @rule(schedule=ANY)
    def a_person_runs_it(self, schedule: Scheduled) -> None:
        run_now(OFFICER, schedule)

    @rule(schedule=ANY)
    def a_person_skips(self, schedule: Scheduled) -> None:
        try:
            assert skip_missed(OFFICER, schedule) > 0
        except WrongState:
            assert not any(state == "missed" for _, state, _ in rows(schedule))

    @rule()
    def the_jobs_run(self) -> None:
        end_all_jobs()

    @invariant()
    def every_scheduled_job_has_its_one_occurrence(self) -> None:
        scheduled = ledger.execute_sql(
            "SELECT job_id FROM job WHERE origin = 'scheduled' ORDER BY job_id"
        ).fetchall()
        own = ledger.execute_sql(
            "SELECT job_id FROM schedule_occurrence WHERE state = 'started' ORDER BY job_id"
        ).fetchall()
        assert scheduled == own


def _started() -> dict[str, int]:
    return {
        one.name: sum(state in ("started", "joined") for _, state, _ in rows(one))
        for one in SCHEDULES
    }


def _accounted(schedule: Scheduled) -> int:
    return sum(count for _, state, count in rows(schedule) if state != "by_hand")


def _due(schedule: Scheduled, since: datetime, until: datetime) -> int:
    ship = ships_clock()
    plan = plan_of(schedule.rule, ship.watch_ends)
    return len(occurrences(plan, ship.offsets, since + INSTANT, until))


TestScheduleMachine = ScheduleMachine.TestCase
TestScheduleMachine.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
