"""Which backups stay is a question of dates; what may be needed is never among those to go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.engine import ledger
from storage.jobs.limits import Keep
from storage.recovery.backing_up import backup
from storage.recovery.manifest import Backup
from storage.recovery.rotation import backups_in, kept, remove, to_go
from tests.clock import ShipClock

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
KEEP = Keep(newest=1, days=0, weeks=0, months=0)


def rotated(made: Backup, keep: Keep) -> list[str]:
    """What went, and is gone."""
    names = to_go(made, keep)
    remove(made.path.parent, names)
    return names


def test_the_newest_of_each_period_stays() -> None:
    daily = [(NOON - timedelta(days=n), f"day {n}") for n in range(100)]
    staying = kept(daily, Keep(newest=2, days=3, weeks=2, months=2))
    assert staying == {"day 0", "day 1", "day 2", "day 31"}


def test_several_of_one_day_are_kept_while_they_are_the_newest() -> None:
    hourly = [(NOON - timedelta(hours=n), f"hour {n}") for n in range(6)]
    assert kept(hourly, Keep(newest=3, days=1)) == {"hour 0", "hour 1", "hour 2"}


def test_what_is_kept_no_longer_goes(store: Path, clock: ShipClock) -> None:
    first = backup(store, clock=clock)
    clock.advance(days=1)
    second = backup(store, clock=clock)
    assert rotated(second, KEEP) == [first.path.name]
    assert [path for path, _ in backups_in(store / "backups")] == [second.path]


def test_the_one_just_made_stays_even_when_the_clock_was_put_back(
    store: Path, clock: ShipClock
) -> None:
    first = backup(store, clock=clock)
    clock.step(days=-3)
    second = backup(store, clock=clock)
    assert rotated(second, KEEP) == []
    assert {path for path, _ in backups_in(store / "backups")} == {first.path, second.path}


def test_a_labelled_backup_stays(store: Path, clock: ShipClock) -> None:
    backup(store, label="before-upgrade", clock=clock)
    clock.advance(days=900)
    assert rotated(backup(store, clock=clock), KEEP) == []


def test_nothing_goes_after_a_backup_of_a_store_that_is_not_whole(
    store: Path, clock: ShipClock
) -> None:
    backup(store, clock=clock)
    ledger.execute_sql("DROP TRIGGER audit_event_never_changes")
    ledger.execute_sql("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")
    clock.advance(days=1)
    assert rotated(backup(store, clock=clock), KEEP) == []


def test_folders_of_others_are_left_alone(store: Path, clock: ShipClock) -> None:
    (store / "backups" / "photos").mkdir()
    (store / "backups" / "by hand").mkdir()
    (store / "backups" / "by hand" / "backup.json").write_text("{}")
    backup(store, clock=clock)
    clock.advance(days=1)
    rotated(backup(store, clock=clock), KEEP)
    assert {"photos", "by hand"} <= {path.name for path in (store / "backups").iterdir()}
