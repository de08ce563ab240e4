"""Work orders and their entries in words: what a row says, and what there is to know (pure)."""

import json
from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from console.drawing import glyphs
from console.keys_aboard import key
from console.snapshots.orders import LooseManifest, OrderItem, OrderPage
from console.widgets.facts import Fact
from console.words.upkeep import size_words
from storage.clock import age_words
from storage.jobs.record import JobDetail
from storage.jobs.states import JobStatus, job_view
from storage.manifests.reading import Survey
from storage.manifests.states import OrderView, Verdict
from storage.manifests.views import EntryRecord, OrderRecord, OrderTally, VerdictRecord
from storage.text import visible

Time = Callable[[datetime], Content]

STATES: dict[OrderView, tuple[str, str, str]] = {
    OrderView.PLANNED: ("○", "planned", "$queued"),
    OrderView.WITHDRAWN: ("–", "withdrawn", "$muted"),
    OrderView.RUNNING: ("▶", "running", "$running"),
    OrderView.COMPLETED: ("✓", "completed", "$done"),
    OrderView.PARTIAL: ("!", "partial", "$queued"),
    OrderView.FAILED: ("✗", "failed", "$failed"),
    OrderView.CANCELLED: ("–", "cancelled", "$muted"),
}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.OK: ("✓", "$done"),
    Verdict.FAILED: ("✗", "$failed"),
    Verdict.PENDING: ("○", "$queued"),
    Verdict.MISSING: ("–", "$say-warning"),
    Verdict.MISMATCH: ("≠", "$failed"),
}


def state_of(item: OrderItem) -> Content:
    """`▶ running`, `○ planned`, or that nobody has put the file on record."""
    if isinstance(item, LooseManifest):
        return Content.assemble(("· file", "$muted"))
    glyph, word, style = STATES[item.view]
    return Content.assemble((f"{glyph} {word}", style))


def verdict_of(item: OrderItem) -> Content:
    """What was last found of all its entries, in few words."""
    if isinstance(item, LooseManifest) or item.dispatched_at is None:
        return Content("")
    found = item.verdict
    if found is None:
        return Content.assemble(("not verified", "$muted"))
    if is_in_order(found):
        return Content.assemble((f"✓ {found.ok:,} ok", "$done"))
    wrong = found.total - found.ok
    words = f"✗ {wrong:,} not ok" if wrong else "✗ file changed"
    return Content.assemble((words, "$failed"))


def is_in_order(found: VerdictRecord) -> bool:
    """Whether nothing is left to be said."""
    return found.ok == found.total and found.unchanged


def tasks_words(tasks: dict[str, int]) -> str:
    """`1,250 crud, 40 sleep`."""
    return ", ".join(f"{count:,} {task}" for task, count in tasks.items()) or "nothing"


def item_facts(item: OrderItem, time: Time) -> list[Fact]:
    """What the pane says of a work order or a loose file."""
    if isinstance(item, LooseManifest):
        return [
            ("file", Content(visible(f"{item.name}, {size_words(item.bytes)}"))),
            ("changed", time(item.changed_at)),
            ("press", Content(f"{key('open')} shows its lines, {_sends()}")),
        ]
    by = Content.assemble(f"by {visible(item.planned_by_name)} · ", time(item.planned_at))
    return [
        (
            "jobs",
            glyphs.group_children(item.group) if item.group else Content(tasks_words(item.tasks)),
        ),
        ("found", verdict_words(item.verdict)),
        ("planned", Content.assemble(_workflow(item), by)),
        *_sent(item, time),
        ("id", Content(item.order_id)),
    ]


def order_facts(page: OrderPage) -> list[Fact]:
    """The lines above the entries: where it stands, its jobs, what was found."""
    order = page.order
    if order is None:
        return [
            ("state", Content.assemble(("· not on record", "$muted"), f"  {_sends()}")),
            ("lines", _survey_words(page.survey)),
        ]
    return [
        ("state", Content.assemble(state_of(order), "  ", _going(order))),
        ("jobs", _jobs(order, page.tally)),
        ("found", verdict_words(order.verdict)),
    ]


def _sends() -> str:
    return f"{key('try_order')} tries it, {key('dispatch_order')} sends it"


def verdict_words(found: VerdictRecord | None) -> Content:
    """What the last verifying found, in numbers."""
    if found is None:
        return Content.assemble(
            (f"nothing yet; {key('verify_order')} verifies once it was sent", "$muted")
        )
    parts = [
        Content.assemble((f"{glyph} {getattr(found, verdict):,} {verdict}", style))
        for verdict, (glyph, style) in VERDICTS.items()
        if getattr(found, verdict)
    ]
    if not found.unchanged:
        parts.append(Content.assemble(("✗ the file was changed since", "$failed")))
    left = [f"{count} {sort.replace('_', ' ')}" for sort, count in found.left_over.items() if count]
    if left:
        parts.append(Content.assemble((f"still to do: {', '.join(left)}", "$say-warning")))
    return Content("  ").join(parts)


def entry_state(entry: EntryRecord) -> Content:
    """How its job stands, or that it was never sent."""
    if entry.status is None:
        return Content("")
    glyph, word, style = glyphs.JOBS[job_view(entry.status, entry.status_reason)]
    return Content.assemble((f"{glyph} {word}", style))


def entry_verdict(entry: EntryRecord) -> Content:
    """The verdict and why, the problem of a line that cannot be used, or what it is for."""
    if entry.problem:
        return Content.assemble((f"✗ {visible(entry.problem)}", "$failed"))
    if entry.verdict is None:
        return glyphs.one_line(entry.description)
    glyph, style = VERDICTS[entry.verdict]
    return Content.assemble((f"{glyph} {entry.verdict} ", style), glyphs.one_line(entry.why))


def entry_facts(entry: EntryRecord) -> list[Fact]:
    """All that is known of one line."""
    if entry.problem:
        return [("line", Content(str(entry.line))), ("problem", entry_verdict(entry))]
    facts: list[Fact] = []
    if entry.verdict is not None:
        glyph, style = VERDICTS[entry.verdict]
        said = Content.assemble((f"{glyph} {entry.verdict}", style), visible(f"  {entry.why}"))
        facts.append(("found", said))
    if entry.status is not None:
        facts.append(("job", Content.assemble(entry_state(entry), f"  round {entry.round}")))
    if entry.task:
        facts.append(("asks", Content(visible(f"{entry.task} {_json(entry.arguments)}"))))
    if entry.expected_result:
        facts.append(("expects", Content(visible(_json(entry.expected_result)))))
    if entry.description:
        facts.append(("for", Content(visible(entry.description))))
    return [*facts, ("entry", Content(visible(f"line {entry.line}: {entry.entry_id}")))]


def planning_words(planning: JobDetail | None, at: datetime) -> str:
    """What became of the last planning, unless it is a work order on the list."""
    if planning is None or (planning.result or {}).get("order_id"):
        return ""
    workflow = visible(str(planning.arguments.get("workflow", "")))
    if planning.finished_at is None:
        return f"planning by {workflow} is {planning.status}"
    age = age_words((at - planning.finished_at).total_seconds())
    if planning.status is JobStatus.COMPLETED:
        return f"{workflow} found nothing to do ({age})"
    error = visible(planning.error or planning.status_reason).splitlines()[0]
    return f"planning by {workflow} {planning.status} ({age}): {error}"


def _workflow(order: OrderRecord) -> str:
    if not order.workflow:
        return f"from {visible(order.source)} " if order.source else "by hand "
    return f"{order.workflow}{f' ({order.mode})' if order.mode else ''} "


def _sent(order: OrderRecord, time: Time) -> list[Fact]:
    if order.dispatched_at is None:
        return []
    by = f"by {visible(order.dispatched_by_name or '')}, round {order.round} · "
    return [("sent", Content.assemble(by, time(order.dispatched_at)))]


def _going(order: OrderRecord) -> Content:
    if order.group is None:
        return Content.assemble((tasks_words(order.tasks), "$muted"))
    return Content.assemble(glyphs.bar(order.group.percent), (f"  round {order.round}", "$muted"))


def _jobs(order: OrderRecord, tally: OrderTally | None) -> Content:
    if order.group is None:
        return Content(f"none yet; {key('dispatch_order')} sends it")
    if order.round == 1 or tally is None:
        return glyphs.group_children(order.group)
    all_rounds = f"  in all {tally.completed:,} done, {tally.failed:,} failed"
    return Content.assemble(glyphs.group_children(order.group), (all_rounds, "$muted"))


def _survey_words(found: Survey | None) -> Content:
    if found is None:
        return Content("")
    words = f"{found.lines:,}: {tasks_words(found.tasks)}"
    bad = f"  ✗ {found.bad:,} cannot be used; {key('next_entries')} shows them" if found.bad else ""
    return Content.assemble(words, (bad, "$failed"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
