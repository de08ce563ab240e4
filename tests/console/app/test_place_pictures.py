"""How Orders and Insights look, as pictures: at 80×24 and 160×50, by day, dusk and night."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from console.app import EightBellsApp
from storage.jobs.actions import sign_off
from tests.builders import a_second_officer, an_entry
from tests.clock import ShipClock
from tests.console.app.findings import a_collected_history
from tests.console.app.jobs import a_failed_job, a_worker
from tests.console.app.terminal import LARGE, SMALL
from tests.console.app.test_orders import verified
from tests.console.app.test_snapshots import shows
from tests.storage.manifests.orders import dispatched, done, failed, lines, planned

Compare = Callable[..., bool]
MINTS = (
    "entries.rows", "entries.proposals", "insights.signalling", "insights.suggesting",
    "insights.deciding", "insights.regenerating", "jobs.submission", "jobs.many", "jobs.claims",
    "jobs.groups",
    "manifests.planning", "manifests.dispatching", "manifests.verifying",
)  # fmt: skip
"""Where ids are made that a picture shows."""
NEXT = "right_square_bracket"
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


@pytest.fixture
def ids_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids count up, so that two pictures show the same."""
    numbers = itertools.count(1)
    for module in MINTS:
        monkeypatch.setattr(
            f"storage.{module}.new_id", lambda: f"019ae{next(numbers):03d}-77aa-7000-8000"
        )


@pytest.fixture
def some_orders(store: Path, clock: ShipClock, ids_in_order: None) -> EightBellsApp:
    """One order planned, one running, one verified; the clock stands still."""
    order = dispatched(4)
    done(), done(), failed(), done()
    assert order.order_id is not None
    verified(order.order_id, failed=1, ok=3)
    clock.advance(minutes=10)
    dispatched(6)
    done(), done()
    clock.advance(minutes=2)
    planned(*lines(12))
    return _console(store)


@pytest.fixture
def some_insights(store: Path, clock: ShipClock, ids_in_order: None) -> EightBellsApp:
    """A month with entries, a failed job, a fault that came back, and a history to approve."""
    for _ in range(9):
        an_entry("Fire door 3 does not close, crew told to keep it shut by hand.")
        clock.advance(days=3)
        an_entry("Port tender battery flat.")
    a_collected_history()
    with a_worker() as worker:
        a_failed_job()
        clock.advance(minutes=7)
        a_failed_job()
        sign_off(worker)
    return _console(store)


def _console(home: Path) -> EightBellsApp:
    app = EightBellsApp(home, offers_worker=False)
    app.session.person = a_second_officer()
    return app


@pytest.mark.parametrize(
    ("palette", "size"),
    [("day", SMALL), ("dusk", SMALL), ("night", SMALL), ("dusk", LARGE)],
    ids=["day", "dusk", "night", "large"],
)
def test_the_orders_look_right(
    some_orders: EightBellsApp, snap_compare: Compare, palette: str, size: tuple[int, int]
) -> None:
    some_orders.theme = palette
    ready = shows("▶ running", "○ planned", "✗ 1 not ok", press=("5",))
    assert snap_compare(some_orders, run_before=ready, terminal_size=size)


@SIZES
def test_one_order_looks_right(
    some_orders: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("[Failed 1]", "failed it is.", press=("5", "G", "enter", NEXT, NEXT, NEXT))
    assert snap_compare(some_orders, run_before=ready, terminal_size=size)


@pytest.mark.parametrize(
    ("palette", "size"),
    [("day", SMALL), ("dusk", SMALL), ("night", SMALL), ("dusk", LARGE)],
    ids=["day", "dusk", "night", "large"],
)
def test_the_trends_look_right(
    some_insights: EightBellsApp, snap_compare: Compare, palette: str, size: tuple[int, int]
) -> None:
    some_insights.theme = palette
    ready = shows("2 began within the hour", "Entries by worst risk", press=("6",))
    assert snap_compare(some_insights, run_before=ready, terminal_size=size)


@SIZES
def test_the_signals_look_right(
    some_insights: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("fault comes back", press=("6", NEXT))
    assert snap_compare(some_insights, run_before=ready, terminal_size=size)


@SIZES
def test_the_suggestions_look_right(
    some_insights: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("○ open", "✓ accepted", press=("6", NEXT, NEXT))
    assert snap_compare(some_insights, run_before=ready, terminal_size=size)


@SIZES
def test_a_lineage_looks_right(
    some_insights: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("Lineage of the regeneration", press=("6", "left_square_bracket", "I"))
    assert snap_compare(some_insights, run_before=ready, terminal_size=size)
