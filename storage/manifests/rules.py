"""What may be done with a work order, and whether one of its entries is in order (pure)."""

import re
from collections.abc import Iterable
from typing import Any

from storage.jobs.states import JobStatus, Reason
from storage.manifests.lines import NumberedEntry
from storage.manifests.states import LEGAL_MOVES, OrderState, Verdict
from storage.value import Value

LINES_LIMIT = 50_000
"""Entries of one work order: they are queued in one transaction, which others wait for."""
NAME = re.compile(r"([a-z0-9][a-z0-9_-]{0,63})_(\d{2,})\.jsonl")
"""The name of a manifest: prefix_NN.jsonl."""


class Sent(Value):
    """What became of the job an entry was sent as. `receipt` is its last attempt's."""

    line: int
    job_id: str
    kind: str
    arguments: dict[str, Any]
    status: JobStatus
    reason: str
    receipt: dict[str, Any] | None = None
    error: str = ""


class Judgement(Value):
    """What is found of one entry. `why` is empty when it is in order."""

    line: int
    entry_id: str
    job_id: str | None
    verdict: Verdict
    why: str = ""


def entry_key(sha256: str, line: int, round: int) -> str:
    """What makes one sending of one entry itself: the same key twice is the same job."""
    return f"manifest:{sha256}:{line}:{round}"


def prefix_of(stem: str) -> str:
    """What a file of any name is called among the manifests."""
    plain = re.sub(r"[^a-z0-9_-]+", "_", stem.lower()).strip("_-")
    return re.sub(r"_\d{2,}$", "", plain)[:64] or "manifest"


def numbered(prefix: str, taken: Iterable[str]) -> str:
    """The first name of this prefix after those that are taken."""
    matches = (NAME.fullmatch(name) for name in taken)
    used = [int(match[2]) for match in matches if match and match[1] == prefix]
    return f"{prefix}_{max(used, default=0) + 1:02}.jsonl"


def why_not_move(state: OrderState, to: OrderState) -> str | None:
    """The sentence that refuses to dispatch or withdraw; None when it may be."""
    if to in LEGAL_MOVES[state]:
        return None
    return {
        OrderState.PLANNED: "It is planned already.",
        OrderState.DISPATCHED: "It was dispatched; cancel its jobs instead.",
        OrderState.WITHDRAWN: "It was withdrawn and is never sent; plan another.",
    }[state]


def why_not_again(state: OrderState, pending: int, failed: int) -> str | None:
    """The sentence that refuses to send what failed once more; None when it may be."""
    if state is not OrderState.DISPATCHED:
        return f"It is {state}; only what was dispatched can have failed."
    if pending:
        return f"{pending:,} of its jobs still wait or run; wait for them, or cancel them."
    return None if failed else "None of its entries failed: there is nothing to send again."


def judged(entry: NumberedEntry, sent: Sent | None) -> Judgement:
    """What is to be said of an entry by what became of its job, and its receipt."""
    verdict, why = _verdict(entry, sent)
    job_id = sent and sent.job_id
    return Judgement(line=entry.line, entry_id=entry.id, job_id=job_id, verdict=verdict, why=why)


def differs(expected: object, found: object, where: str = "") -> str:
    """Where a receipt is not what was expected; empty when it is.

    Every name that is expected has to be there with exactly that value; a receipt may say more.
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        inside = (
            differs(value, found.get(name), f"{where}.{name}" if where else name)
            for name, value in expected.items()
        )
        return next(filter(None, inside), "")
    same = type(expected) is type(found) and expected == found
    return "" if same else f"{where or 'receipt'}: {_short(expected)} expected, {_short(found)} met"


def _verdict(entry: NumberedEntry, sent: Sent | None) -> tuple[Verdict, str]:
    if sent is None:
        return Verdict.MISSING, "It was never sent."
    if sent.kind != entry.kind or sent.arguments != entry.arguments:
        return Verdict.MISMATCH, "Its job was asked something else than this line says."
    if sent.reason == Reason.DRY_RUN:
        return Verdict.FAILED, "Its job was a dry run: nothing was done."
    match sent.status:
        case JobStatus.QUEUED | JobStatus.RUNNING:
            return Verdict.PENDING, f"Its job is {sent.status}."
        case JobStatus.FAILED | JobStatus.CANCELLED:
            return Verdict.FAILED, f"{sent.status} ({sent.reason}): {sent.error or 'no error'}"
    return _by_receipt(entry.entry.meta.expected_result, sent.receipt)


def _by_receipt(
    expected: dict[str, Any] | None, receipt: dict[str, Any] | None
) -> tuple[Verdict, str]:
    if receipt is None:
        return Verdict.MISMATCH, "Its job completed without a receipt."
    why = differs(expected or {}, receipt)
    return (Verdict.MISMATCH, f"{why}.") if why else (Verdict.OK, "")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
