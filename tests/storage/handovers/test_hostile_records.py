"""Damaged records: both verifiers say which check fails, and neither ever fails itself."""

import json
import random
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import database
from storage.audit.chain import COLUMNS, read_checkpoint
from storage.canonical import canonical_json, sha256_hex
from storage.handovers.checks import Check
from storage.handovers.proof import PROOF
from storage.handovers.proving import prove
from storage.handovers.tables import Handover
from storage.handovers.verification import DOCUMENT, verify_path
from storage.handovers.views import snapshot
from templates.verifier.findings import Finding
from templates.verifier.folder import check_path
from templates.verifier.pages import LARGEST_RECORD, record_in
from tests.builders import a_signed_handover
from tests.clock import ShipClock
from tests.hostile import ESCAPES, ODD, damaged

pytestmark = pytest.mark.aboard

Records = dict[str, Any]
PRINTED = "3:" + "0" * 64


@pytest.fixture(scope="module")
def records(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What a signed folder says: the document and its proof."""
    home = tmp_path_factory.mktemp("records") / "ship"
    home.mkdir()
    for path in (path for path in a_manned_store.iterdir() if path.is_file()):
        (home / path.name).write_bytes(path.read_bytes())
    database.open_store(home, clock=ShipClock())
    try:
        draft_id = a_signed_handover()
        signed = snapshot(draft_id)
        row = Handover.get(Handover.draft_id == draft_id)
        proof = prove(row, signed)
        said = {DOCUMENT: signed, PROOF: proof}
        return {name: value.model_dump(mode="json") for name, value in said.items()}
    finally:
        database.close()


def are_as_signed(folder: Path) -> list[bool]:
    """What each verifier concludes of the two records by themselves."""
    ours = verify_path(folder, [read_checkpoint(PRINTED)])
    _, theirs = check_path(folder, [PRINTED])
    about = {"document_hash.txt", "checkpoint given", "every file listed"}
    return [
        all(check.ok for check in ours.checks if check.name not in about),
        not any(found.complaint for found in theirs if found.name not in about),
    ]


def laid_down(folder: Path, records: Records) -> Path:
    for name, value in records.items():
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        (folder / name).write_bytes(text.encode(errors="surrogatepass"))
    return folder


def test_the_records_by_themselves_are_as_signed(tmp_path: Path, records: Records) -> None:
    assert are_as_signed(laid_down(tmp_path, records)) == [True, True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([DOCUMENT, PROOF]), seed=st.integers(0, 2**32))
def test_i15_whatever_is_damaged_in_a_record_both_verifiers_say_so(
    tmp_path: Path, records: Records, name: str, seed: int
) -> None:
    changed = {**records, name: damaged(records[name], random.Random(seed))}
    if canonical_json_or_none(changed[name]) != canonical_json(records[name]):
        assert are_as_signed(laid_down(tmp_path, changed)) == [False, False]


def canonical_json_or_none(value: Any) -> bytes | None:
    try:
        return canonical_json(value)
    except ValueError:
        return None


def of_the_events(log: Path) -> tuple[Check, Finding]:
    """What each verifier says of the events of an exported log."""
    _, theirs = check_path(log, [])
    ours = {check.name: check for check in verify_path(log).checks}
    return ours["audit events"], next(f for f in theirs if f.name == "audit events")


@pytest.mark.parametrize(
    "line",
    [b"[]", b"3", b"null", b'"x"', b"[" * 99_999, b"9" * 9_999, b"\x00", b"{}", b"\xff\xfe",
     *(json.dumps({**dict.fromkeys(COLUMNS, odd), "hash": odd}).encode() for odd in ODD)],
    ids=lambda line: repr(line[:12]),
)  # fmt: skip
def test_what_is_no_line_of_a_log_is_said_to_be_none(tmp_path: Path, line: bytes) -> None:
    log = tmp_path / "audit.jsonl"
    log.write_bytes(line + b"\n")
    ours, theirs = of_the_events(log)
    assert (ours.ok, bool(theirs.complaint)) == (False, True)
    assert "\x1b" not in theirs.line()


def test_i15_a_log_of_nothing_proves_nothing(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    log.touch()
    ours, theirs = of_the_events(log)
    assert (ours.ok, ours.detail) == (False, "there is not one event in it")
    assert theirs.complaint == "there is not one event in it"


def test_an_attachment_that_swells_beyond_any_record_is_left_packed() -> None:
    bomb = zlib.compress(bytes(LARGEST_RECORD + 1))
    honest = zlib.compress(b"{}")
    for packed, found in ((bomb, b""), (honest, b"{}")):
        pdf = b"%PDF-1.4 /Type /EmbeddedFile >>\nstream\n" + packed + b"endstream"
        assert record_in(pdf) == (found, None)


def test_names_in_a_list_of_hashes_lead_nowhere_and_drive_nothing(
    tmp_path: Path, records: Records
) -> None:
    names = [
        "../../secret",
        "/etc/passwd",
        ESCAPES.replace("\u2028", ""),
        "a\x00b",
        ".",
        "..",
        "",
        "x" * 5_000,
    ]
    lines = "".join(f"{sha256_hex(b'')}  {name}\n" for name in names)
    laid_down(tmp_path, records)
    (tmp_path / "document_hash.txt").write_bytes(lines.encode())
    ours = verify_path(tmp_path)
    _, theirs = check_path(tmp_path, [])
    assert not ours.ok
    assert not any("\x1b" in found.line() for found in theirs)
    outside = {check.name for check in ours.checks if "leads out" in check.detail}
    assert outside >= {"../../secret", "/etc/passwd"}
