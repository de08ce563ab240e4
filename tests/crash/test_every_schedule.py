"""I1, I2, I3: from many starts, a whole tree of moves; the store never leaves the model.

A schedule is one order of what a worker, a second one that has lost its job, an operator and the
reaper do. Long random beginnings reach unusual stores; from each, a tree of moves is walked, every
branch undone by a savepoint before the next, so that schedules share what they have in common. The
verbs are the product's, on a real store. A refused move is looked at in `test_random_verbs`: inside
a savepoint its event cannot be kept.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import ledger
from storage.errors import Refused
from storage.jobs.liveness import take_lock
from tests.crash.conftest import Extent
from tests.crash.test_random_verbs import Verbs
from tests.crash.test_random_verbs import empty as empty

BEGINNING, DEPTH, BRANCHES = 25, 5, 4
Move = Callable[["Schedules", random.Random], None]


class Schedules(Verbs):
    """The verbs, each of which can be taken back."""

    @contextmanager
    def told(self, *actions_expected: str, allowed: bool = True) -> Iterator[None]:
        """What is allowed succeeds, what is not is refused and leaves no trace."""
        before = events()
        try:
            yield
            assert allowed, "it should have been refused"
        except Refused:
            assert not allowed, "it should have been allowed"
            assert events() == before

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Whatever is done inside is undone: in the store, in the model and at the locks."""
        kept = self.model.copy(), [*self.lost], self.clock.at
        worker, hired = self.worker, self._hired
        with ledger.atomic() as savepoint:
            yield
            savepoint.rollback()
        self.model, self.lost, self.clock.at = kept
        if worker != self.worker:
            self._lock.close()
            self.worker, self._hired, self._lock = worker, hired, take_lock(worker)


MOVES: dict[str, Move] = {
    "submit": lambda it, by: it.submit(
        kind=by.choice(["debug", "sleep"]), priority=by.randrange(5), n=by.randrange(99)
    ),
    "claim": lambda it, by: it.claim(),
    "settle": lambda it, by: it.settle(
        n=by.randrange(99), how=by.choice(["complete", "error", "poison", "late"])
    ),
    "stop": lambda it, by: it.stop(n=by.randrange(99)),
    "worker dies": lambda it, by: it.worker_dies(),
    "cancel": lambda it, by: it.cancel(n=by.randrange(99)),
    "retry": lambda it, by: it.retry(n=by.randrange(99)),
    "decide": lambda it, by: it.decide(n=by.randrange(99), answer=by.choice(["rerun", "close"])),
    "boost": lambda it, by: it.boost(n=by.randrange(99)),
    "pause or resume": lambda it, by: it.pause_or_resume(),
    "open a group": lambda it, by: it.open_group(),
    "seal": lambda it, by: it.seal(n=by.randrange(99)),
    "cancel a group": lambda it, by: it.cancel_group(n=by.randrange(99)),
    "the clock steps": lambda it, by: it.clock_steps(minutes=by.choice([-60, 1, 60])),
}


def possible(machine: Schedules) -> list[Move]:
    """What can be tried now; whether it is allowed is another question."""
    without = set[str]()
    if not machine.model.jobs:
        without |= {"cancel", "retry", "decide", "boost"}
    if not machine.model.groups:
        without |= {"seal", "cancel a group"}
    if not machine.held():
        without |= {"stop"} | ({"settle"} if not machine.lost else set())
    return [move for name, move in MOVES.items() if name not in without]


def events() -> int:
    """How many the audit log holds."""
    return int(ledger.execute_sql("SELECT max(seq) FROM audit_event").fetchone()[0] or 0)


def make(move: Move, machine: Schedules, chance: random.Random) -> None:
    """One move, and what always holds after it."""
    move(machine, chance)
    machine.store_and_model_agree()
    machine.groups_close_once_when_they_are_over()


def walk(machine: Schedules, depth: int, chance: random.Random) -> int:
    """Every branch from here to the depth; the number of schedules."""
    if depth == 0:
        return 1
    found = 0
    for move in chance.sample(possible(machine), BRANCHES):
        with machine.taken_back():
            make(move, machine, chance)
            found += walk(machine, depth - 1, chance)
    return found


def test_no_schedule_of_two_workers_an_operator_and_the_reaper_breaks_the_model(
    empty: Path, extent: Extent, chance: random.Random
) -> None:
    Schedules.empty = empty
    schedules = 0
    while schedules < extent.schedules:
        machine = Schedules()
        machine.start()
        with ledger.atomic() as whole:
            for _ in range(BEGINNING):
                make(chance.choice(possible(machine)), machine, chance)
            schedules += walk(machine, DEPTH, chance)
            whole.rollback()
        machine.teardown()
