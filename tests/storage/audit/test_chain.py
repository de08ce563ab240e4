"""I15: a changed row or event is found, wherever it is, and so is a cut tail."""

from pathlib import Path

import pytest

from storage import database
from storage.audit.actions import act
from storage.audit.actor import SYSTEM
from storage.audit.anchor import FILE_NAME, check_anchor, read_anchor, write_anchor
from storage.audit.chain import COLUMNS, Checkpoint, event_hash, first_break
from storage.audit.views import checkpoint, verify
from storage.errors import StoreDamaged
from storage.vessel.actions import set_offset
from tests.builders import a_captain, entries
from tests.storage.tampering import raw, tamper

OTHER = {
    "at": "2020-01-01T00:00:00.000000Z",
    "actor_kind": "service",
    "outcome": "dry_run",
    "detail": '{"a":1}',
    "prev_hash": "f" * 64,
    "hash": "e" * 64,
}
"""Values the store itself would have taken."""


@pytest.fixture
def logged(store: Path) -> Path:
    """A store with a log of some length; yields its folder."""
    entries("Port anchor fouled.", "Gyro repeater 2 dead.", "Watermaker salinity high.")
    return store


def rows(home: Path) -> list[tuple[object, ...]]:
    with raw(home) as connection:
        names = ", ".join((*COLUMNS, "hash"))
        return list(connection.execute(f"SELECT {names} FROM audit_event ORDER BY seq"))


def test_an_untouched_log_is_whole(logged: Path) -> None:
    verdict = verify([checkpoint()])
    assert (verdict.ok, verdict.problem) == (True, None)
    assert Checkpoint(size=verdict.size, root=verdict.root) == checkpoint()


def test_i15_any_changed_column_of_any_event_is_found_where_it_is(logged: Path) -> None:
    sound = rows(logged)
    for place, row in enumerate(sound):
        for column, value in enumerate(row[1:], start=1):
            forged = [*row]
            forged[column] = f"{value}x"
            found = first_break([*sound[:place], tuple(forged), *sound[place + 1 :]])
            assert found is not None, f"a changed {COLUMNS[column]} went unnoticed"
            assert found[0] == place + 1


@pytest.mark.parametrize("column", sorted(OTHER))
def test_i15_a_row_changed_behind_the_triggers_is_found_in_the_store(
    logged: Path, column: str
) -> None:
    seq = checkpoint().size // 2
    tamper(logged, f"UPDATE audit_event SET {column} = ? WHERE seq = ?", (OTHER[column], seq))
    verdict = verify()
    assert not verdict.ok
    assert verdict.at_seq == seq


def test_i15_an_event_that_was_taken_out_is_missed(logged: Path) -> None:
    tamper(logged, "DELETE FROM audit_event WHERE seq = 3")
    assert verify().problem == "event 3: event 3 is missing, 4 stands in its place"


def test_i15_a_renumbered_event_is_found(logged: Path) -> None:
    tamper(logged, "UPDATE audit_event SET seq = 99 WHERE seq = 2")
    assert verify().at_seq == 2


def test_i15_two_events_that_changed_places_are_found(logged: Path) -> None:
    found = rows(logged)
    found[2], found[3] = (3, *found[3][1:]), (4, *found[2][1:])
    broken = first_break(found)
    assert broken is not None
    assert broken[0] == 3


def test_i15_an_event_changed_together_with_its_hash_breaks_the_one_after_it(logged: Path) -> None:
    found = rows(logged)
    forged = [*found[1][:-1]]
    forged[COLUMNS.index("actor_name")] = "Nobody"
    found[1] = (*forged, event_hash(forged))
    assert first_break(found) == (3, "it does not follow the event before it")


def test_i15_a_log_forged_throughout_is_found_by_any_checkpoint_printed_before(
    logged: Path,
) -> None:
    printed = [checkpoint()]
    found, prev = rows(logged), "0" * 64
    for row in found:
        forged = [*row[:-1]]
        forged[COLUMNS.index("actor_name")] = "Somebody else"
        forged[-1], prev = prev, event_hash([*forged[:-1], prev])
        tamper(
            logged, "UPDATE audit_event SET actor_name = ?, prev_hash = ?, hash = ? WHERE seq = ?",
            ("Somebody else", forged[-1], prev, row[0]),
        )  # fmt: skip
    assert verify().ok, "a forger with the whole file leaves a sound chain"
    verdict = verify(printed)
    assert verdict.problem == f"event {printed[0].size} is not the one that was recorded then"


def test_i15_a_cut_tail_is_found_by_a_printed_checkpoint_and_only_by_one(logged: Path) -> None:
    printed = checkpoint()
    for cut in range(1, printed.size):
        tamper(logged, "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")
        assert verify().ok, "a cut tail alone is a sound log"
        problem = verify([printed]).problem or ""
        assert f"ends at event {printed.size - cut}" in problem
        assert f"event {printed.size} was once recorded" in problem


def test_i15_a_cut_tail_is_found_by_the_anchor(logged: Path) -> None:
    mark = write_anchor()
    assert read_anchor() == mark
    check_anchor()
    tamper(logged, "DELETE FROM audit_event WHERE seq = ?", (mark.size,))
    with pytest.raises(StoreDamaged, match="older copy"):
        check_anchor()


@pytest.mark.aboard
def test_i15_an_old_copy_put_in_the_stores_place_is_found_by_the_anchor(logged: Path) -> None:
    database.close()
    copy = (logged / database.FILE_NAME).read_bytes()
    database.open_store(logged)
    set_offset(a_captain().actor, 180)
    write_anchor()
    database.close()
    (logged / database.FILE_NAME).write_bytes(copy)
    database.open_store(logged)
    assert verify().ok
    with pytest.raises(StoreDamaged, match="was once recorded"):
        check_anchor()


def test_i15_a_mark_that_the_log_contradicts_is_never_replaced(logged: Path) -> None:
    mark = write_anchor()
    tamper(logged, "DELETE FROM audit_event WHERE seq = ?", (mark.size,))
    with pytest.raises(StoreDamaged):
        write_anchor()
    assert read_anchor() == mark


@pytest.mark.parametrize("content", [b"", b"{", b'{"size": 1}', b"\xff\xfe", b"[]", b"null"])
def test_an_anchor_that_cannot_be_read_says_nothing(store: Path, content: bytes) -> None:
    (store / FILE_NAME).write_bytes(content)
    assert read_anchor() is None
    check_anchor()


def test_a_checkpoint_of_an_empty_log_agrees_with_any_log(empty_store: Path) -> None:
    nothing = checkpoint()
    assert str(nothing) == f"0:{'0' * 64}"
    with act(SYSTEM, "test.done", "thing"):
        pass
    assert verify([nothing]).ok


def test_text_of_any_kind_is_verified_without_the_exact_walk(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine spells a row as the hash was taken, so the fast way is the usual one."""
    for text in (
        "Größe \u2028 ⚓ \U0001f525",
        'quo"ted \\ back/slash',
        "\x01\x08\x0c\x1b\x7f\t\n\r",
    ):
        with act(SYSTEM, "test.done", "thing", text) as deed:
            deed.detail["text"] = text

    def never(rows: object) -> None:
        raise AssertionError("the exact walk was needed")

    monkeypatch.setattr("storage.audit.views.first_break", never)
    assert verify().ok
