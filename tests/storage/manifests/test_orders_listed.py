"""Reading work orders: lists, pages of lines, and which order is meant."""

from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.errors import AlreadyExists, BadInput, NotFound
from storage.manifests.actions import export_order
from storage.manifests.exporting import MANIFEST
from storage.manifests.reading import hash_of
from storage.manifests.rules import Judgement
from storage.manifests.states import OrderView, Verdict
from storage.manifests.verifying import Count, record_verdict, sent_of
from storage.manifests.views import (
    entries_of,
    file_state,
    findings_of,
    lines_of_file,
    list_orders,
    manifest_path,
    show_order,
)
from tests.storage.manifests.orders import (
    a_line,
    a_manifest,
    dispatched,
    done,
    failed,
    lines,
    planned,
)

pytestmark = pytest.mark.usefixtures("store")


def verified(order_id: str) -> str:
    """A verdict that found the second of three lines failed."""
    job = done()
    bad = Judgement(line=2, entry_id="e2", job_id=None, verdict=Verdict.FAILED, why="It failed.")
    return record_verdict(
        SYSTEM, order_id, sha256=show_order(order_id).sha256, job=job,
        count=Count(total=3, ok=2, failed=1), findings=[bad],
    )  # fmt: skip


def test_orders_are_listed_the_last_one_first() -> None:
    first, second = planned(*lines(2)), dispatched(3).order_id
    assert [order.order_id for order in list_orders()] == [second, first]
    assert [order.view for order in list_orders()] == [OrderView.RUNNING, OrderView.PLANNED]


def test_an_order_is_found_by_id_by_name_and_by_file() -> None:
    order = show_order(planned(*lines(2)))
    copy = a_manifest(*lines(2), name="copy.jsonl")
    for given in (order.order_id, "watch_01", "watch_01.jsonl", str(order.path), str(copy)):
        assert show_order(given).order_id == order.order_id
    with pytest.raises(NotFound):
        show_order("nothing_01")
    assert manifest_path("watch_01") == order.path
    assert manifest_path(str(copy)) == copy


def test_the_file_of_an_order_is_compared_with_its_record() -> None:
    order = show_order(planned(*lines(2)))
    assert file_state(order) == "unchanged"
    order.path.write_bytes(b"{}\n")
    assert file_state(order) == "changed"
    order.path.unlink()
    assert file_state(order) == "missing"
    with pytest.raises(BadInput, match="No such file"):
        entries_of(order.order_id)


def test_lines_come_page_by_page() -> None:
    order_id = planned(*lines(5))
    assert [line.line for line in entries_of(order_id, limit=2)] == [1, 2]
    assert [line.line for line in entries_of(order_id, after_line=2, limit=2)] == [3, 4]
    assert entries_of(order_id, after_line=5) == []


def test_a_file_nobody_sent_is_shown_line_by_line() -> None:
    shown = lines_of_file(a_manifest(a_line("a"), "{"))
    assert [(line.entry_id, line.problem[:8]) for line in shown] == [("a", ""), ("", "not_json")]


def test_the_last_verdict_stands_beside_every_line() -> None:
    order_id = dispatched(3).order_id or ""
    assert {line.verdict for line in entries_of(order_id)} == {None}
    verdict_id = verified(order_id)
    shown = entries_of(order_id)
    assert [line.verdict for line in shown] == [Verdict.OK, Verdict.FAILED, Verdict.OK]
    assert shown[1].why == "It failed."
    verdict = show_order(order_id).verdict
    assert verdict is not None and not verdict.all_ok and verdict.unchanged
    assert [found.line for found in findings_of(verdict_id)] == [2]
    assert findings_of(verdict_id, verdict=Verdict.MISSING) == []


def test_what_became_of_each_line_is_told_with_its_last_attempt() -> None:
    order_id = dispatched(3).order_id or ""
    done(), failed()
    told = list(sent_of(order_id))
    assert [(sent.line, sent.status, sent.receipt) for sent in told] == [
        (1, "completed", {"echo": "e1"}), (2, "failed", None), (3, "queued", None),
    ]  # fmt: skip
    assert told[1].error == "no reading"


def test_an_order_is_exported_whole_with_its_hashes(tmp_path: Path) -> None:
    sent = dispatched(3)
    done(), failed()
    verified(sent.order_id or "")
    folder = tmp_path / "ashore"
    exported = export_order(SYSTEM, sent.name, folder)
    assert {path.name for path in folder.iterdir()} == {*exported.hashes, "sha256.txt"}
    assert {*exported.hashes} == {
        MANIFEST, "links.jsonl", "receipts.jsonl", "verdict.json", "order.json",
    }  # fmt: skip
    assert hash_of(folder / MANIFEST) == sent.sha256
    assert (folder / "receipts.jsonl").read_text().count('"receipt":{"echo":') == 2
    assert '"why": "It failed."' in (folder / "verdict.json").read_text()


def test_an_export_never_takes_the_place_of_anything(tmp_path: Path) -> None:
    order_id = planned(*lines(1))
    with pytest.raises(AlreadyExists):
        export_order(SYSTEM, order_id, tmp_path)
    with pytest.raises(BadInput):
        export_order(SYSTEM, order_id, Path("/proc/ashore"))
    show_order(order_id).path.unlink()
    with pytest.raises(BadInput):
        export_order(SYSTEM, order_id, tmp_path / "new")
    assert list(tmp_path.glob("*new*")) == []
